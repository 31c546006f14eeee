"""What departments do to each other: pure numbers in, a number out; one file per submodel of the model description."""

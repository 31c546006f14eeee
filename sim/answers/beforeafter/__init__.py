"""Was it the measure? What a log says of before and after, what the model says of the same, and whether they agree."""

"""The event machine: numbers in, numbers out; it knows no scenario, no name and no YAML."""

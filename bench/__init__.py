"""The benchmark: deptsim beside C, SimPy, Ciw and Mesa in the same minutes (see README.md)."""

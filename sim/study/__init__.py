"""Comparisons of what would happen with what happens now: arithmetic only, on the results of runs."""

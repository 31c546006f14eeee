"""What the command tells the shell; these numbers are a promise to scripts."""

FINE = 0
FAILED = 1
"""Something could not be done, or a check failed."""
USAGE = 2
"""The arguments make no sense."""
INVALID = 3
"""A scenario or input file is wrong."""
SOME_FAILED = 4
"""Some runs failed; the others are reported."""
INTERRUPTED = 130
"""By Ctrl-C; a signal to end gives 128 and its number, as everywhere: 143 for SIGTERM."""

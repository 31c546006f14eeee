"""How much of a log is read; files come from anywhere."""

MAX_FILE = 1_000_000_000
"""Bytes of a file as it is."""

MAX_UNPACKED = 3_000_000_000
"""Bytes of a packed file, unpacked."""

MAX_JSON = 200_000_000
"""Bytes of JSON, which is read as a whole."""

LARGE, MAX_RATIO = 50_000_000, 250
"""From so many bytes on, times by which a file may be larger than what it is packed into; logs are 10 to 60."""

MAX_EVENTS = 10_000_000
MAX_COLUMNS = 1_000

MAX_ROW = 4_000_000
"""Bytes of a row, as long as any note in it."""

_SHARE, _FEW, _OF = 0.01, 10, 5


def bearable(rows: int) -> float:
    """Return how many rows may be left out as they cannot be read; with more, a file is refused.

    One in a hundred, or ten where the log is small, but not more than a fifth.
    """
    return max(_SHARE * rows, min(_FEW, rows // _OF))

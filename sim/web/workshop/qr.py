"""An address as a picture that phones read."""

from __future__ import annotations

import io

QUIET = 2
"""How many empty squares stand around it on a page, which has a margin of its own."""


def rows_of(address: str) -> list[str]:
    """Return a QR code row by row, dark squares as ones.

    Parameters
    ----------
    address : str
        What it says.
    """
    import segno

    made = segno.make_qr(address, error="m")
    return ["".join("1" if dark else "0" for dark in row) for row in made.matrix_iter(border=QUIET)]


def for_terminal(address: str) -> str:
    """Return a QR code of half blocks, as terminals show it.

    Parameters
    ----------
    address : str
        What it says.
    """
    import segno

    out = io.StringIO()
    segno.make_qr(address, error="l").terminal(out, compact=True)
    return out.getvalue()

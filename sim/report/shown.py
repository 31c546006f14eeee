"""Which parts of the ledger a table or figure shows."""

from __future__ import annotations

import pandas as pd

from sim.vocab import UNFINISHED
from sim.words import words

texts = words("terminal")


def shown_parts(ledger: pd.DataFrame) -> list[str]:
    """Return the parts to show, in order; unfinished cases have one only where there are any."""
    return [name for name in texts.PARTS if name in ledger and (name != UNFINISHED or (ledger[name] > 0.0).any())]

"""Which parts of the ledger a table or figure shows, and what they are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from sim.spec.base import text_of
from sim.vocab import UNFINISHED
from sim.words import Text, words

if TYPE_CHECKING:
    from sim.scenario import Scenario

texts = words("terminal")

OUTSIDE = "external"
"""The part of the ledger that a scenario may call otherwise."""


def shown_parts(ledger: pd.DataFrame) -> list[str]:
    """Return the parts to show, in order; unfinished cases have one only where there are any."""
    return [name for name in texts.PARTS if name in ledger and (name != UNFINISHED or (ledger[name] > 0.0).any())]


def parts_called(scenario: Scenario) -> Mapping[str, Text]:
    """Return what the parts are called; waits outside as the scenario calls them, where it says so."""
    outside = outside_called(scenario)
    return texts.PARTS if outside is None else {**texts.PARTS, OUTSIDE: outside}


def outside_called(scenario: Scenario) -> Text | None:
    """Return what a scenario calls the time that passes outside; None where it says nothing, or spaces alone."""
    said = text_of(scenario.outside)
    return said if said.en.strip() and said.zh.strip() else None

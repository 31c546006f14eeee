"""The example in a workbook to fill in: a small organization, or a scenario."""

from __future__ import annotations

from typing import Any

from sim.scenario.files import shipped
from sim.scenario.reading import load, loads
from sim.scenario.starting import text_to_start_from
from sim.scenario.writing import content

_OF_ITS_OWN = ("name", "expected")
"""What a new organization has of its own: what it is called, and what its figures are known to be."""


def example(like: str | None, lang: str) -> dict[str, Any]:
    """Return what the file of an example says without defaults.

    Parameters
    ----------
    like
        A shipped scenario, or the file of one, which keeps its name and figures; without one, three departments.
    lang
        The language of the latter.
    """
    said = content(loads(text_to_start_from(lang=lang)) if like is None else load(like))
    if like is None or like in shipped():
        for name in _OF_ITS_OWN:
            said.pop(name, None)
    return said

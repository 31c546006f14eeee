"""What to choose within a budget, told and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.report.answers.bestbundle import best_sections
from sim.report.answers.page import Section

if TYPE_CHECKING:
    from sim.answers.choice.choice import Choice


def sections(answer: Choice, lang: str) -> list[Section]:
    """Return the page: the best bundles first, then what they stand on."""
    return best_sections(answer, lang)


def figures(answer: Choice, lang: str) -> Iterator[tuple[str, Any]]:
    """Yield the figures."""
    del answer, lang
    yield from ()

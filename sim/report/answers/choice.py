"""What to choose within a budget, told and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.report.answers.bestbundle import best_sections
from sim.report.answers.page import Section
from sim.report.answers.whenfails import further_sections

if TYPE_CHECKING:
    from sim.answers.choice.choice import Choice


def sections(answer: Choice, lang: str) -> list[Section]:
    """Return the page: the best bundles first, then what they stand on."""
    best, more, *rest = best_sections(answer, lang)
    return [best, more, *further_sections(answer, lang), *rest]


def figures(answer: Choice, lang: str) -> Iterator[tuple[str, Any]]:
    """Yield the figures: what each budget buys, the Pareto front, when the choice fails, and its regret."""
    from sim.report.answers.choicefigures import draw_choice  # matplotlib loads only where something is drawn

    yield from draw_choice(answer, lang)

"""What alternatives take in money beside people's time, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.study.comparison import Comparison
from sim.study.directcost import DirectCost, cost_between
from sim.words import Text, clauses, phrases, words
from sim.words.numbers import MINUS

texts = words("reasons")

LEAST = 0.5
"""Money a week, or once, from which on it is told."""


def bought(comparison: Comparison, labels: Mapping[str, str], lang: str) -> str:
    """Return what alternatives take in money, once and every week; nothing where none takes any.

    Parameters
    ----------
    comparison
        What was found.
    labels
        The alternatives to speak of, and what people call them.
    lang
        ``en`` or ``zh``.
    """
    costs = ((called, _cost(comparison, label)) for label, called in labels.items())
    told = ((called, tuple(_parts(cost))) for called, cost in costs)
    found = [texts.BOUGHT_EACH.format(label=called, parts=phrases(parts)) for called, parts in told if parts]
    return str(texts.BOUGHT.format(each=clauses(found)).get(lang)) if found else ""


def _cost(comparison: Comparison, label: str) -> DirectCost:
    return cost_between(comparison.scenario, comparison.runs[label].scenario)


def _parts(cost: DirectCost) -> Iterator[Text]:
    for text, money in ((texts.BOUGHT_ONCE, cost.once), (texts.BOUGHT_WEEKLY, cost.spent)):
        if abs(money) >= LEAST:
            yield text.format(money=f"{money:,.0f}".replace("-", MINUS))

"""What two factors do together beyond what each does alone, in a sentence that says no more than is certain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.experiments.cells import by_cell
from sim.report.experiments.finding import named
from sim.report.experiments.reading import Reading
from sim.study.statistics import LEVEL, paired_difference
from sim.words import Text, words

texts = words("effects")

_BOTH_TESTS = 1.0 - (1.0 - LEVEL) / 2.0
"""Level of each of two tests that hold at once."""


def pairs_title(found: Reading, measure: str) -> str:
    """Return what the two factors do that do most together beyond the sum of both."""
    if found.replications == 1:
        return found.say(texts.TITLE_ONE)
    pairs = found.certain(measure, 2)
    if pairs.empty:
        return found.say(texts.NO_PAIR, measure=found.specs[measure].label)
    return pair_sentence(found, pairs.iloc[0])


def pair_sentence(found: Reading, row: pd.Series) -> str:
    """Return what two factors do together beyond the sum of what each does alone, where that is certain."""
    measure = str(row["measure"])
    spec, low, mean, high = found.specs[measure], *(float(row[name]) for name in ("low", "mean", "high"))
    facts: dict[str, Any] = {"pair": named(found, row["term"]), "measure": spec.label}
    if spec.better == "neither":
        return found.say(texts.BEYOND_SUM, told=found.told(row), **facts)
    good = (mean > 0.0) == (spec.better == "higher")
    least, most = sorted((abs(low), abs(high)))
    facts["told"] = found.sized(abs(mean), least, most, measure)
    body = found.say(texts.BETTER_THAN_SUM if good else texts.WORSE_THAN_SUM, **facts)
    return found.say(_FORMS[_kind(found, row, good)], body=body, **facts)


_FORMS: Mapping[str, Text] = {
    "reinforce": texts.REINFORCE,
    "overlap": texts.OVERLAP,
    "hinder": texts.HINDER,
    "": texts.TOGETHER,
}


def _kind(found: Reading, row: pd.Series, good: bool) -> str:
    """Return how two things that are introduced go together; nothing where it is not as simple as that.

    Both have to help where they are alone. They then reinforce each other, or they do partly the same; where both
    together are certainly worse than one of them alone, they stand in each other's way.
    """
    (one, _), (other, _) = row["term"]
    if not (found.factors[one].switch and found.factors[other].switch):
        return ""
    measure = str(row["measure"])
    sign = 1.0 if found.specs[measure].better == "higher" else -1.0
    table = by_cell(found.points, found.runs, (one, other), measure)
    if len(table.columns) < 4:
        return ""
    now, alone, both = table[(False, False)], (table[(True, False)], table[(False, True)]), table[(True, True)]
    if not all(sign * float((single - now).mean()) > 0.0 for single in alone):
        return ""
    if good:
        return "reinforce"
    ends = [paired_difference(single, both, _BOTH_TESTS).difference for single in alone]
    return "hinder" if any(max(sign * end.low, sign * end.high) < 0.0 for end in ends) else "overlap"

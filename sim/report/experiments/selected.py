"""What an experiment that looks for the best points has selected, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.experiments.experiment import SelectionRule
from sim.experiments.races import ALL, replayed
from sim.experiments.selection import Race
from sim.report.experiments.reading import Reading
from sim.report.numbers import changed
from sim.words import clauses, phrases, series, words

if TYPE_CHECKING:
    from sim.experiments.results import Results

texts = words("experimentsummary")

SHOWN = 4
"""Points that are told where several are left."""


def selected(found: Reading, results: Results) -> Iterator[str]:
    """Yield what was selected in every organization and group, and with which guarantee; nothing without a rule.

    Parameters
    ----------
    found
        The experiment as it is read.
    results
        The same, as it is stored.
    """
    rule = results.experiment.replications
    if not isinstance(rule, SelectionRule) or rule.measure not in found.specs or found.runs.empty:
        return
    spec, count = found.specs[rule.measure], len(found.scenarios)
    runs = found.runs if rule.measure in found.runs else results.runs
    races = replayed(rule, spec, runs, count, len(found.points) // count)
    names = list(found.scenarios.values())
    for (place, group), race in races.by_group.items():
        several = [one for one in (names[place] if count > 1 else "", group if group != ALL else "") if one]
        where = found.say(texts.SELECTED_OF, names=series(several)) if several else ""
        yield _told(found, race, where, found.label(rule.measure))
    zone = changed(rule.zone / (100.0 if spec.unit == "share" else 1.0), spec, found.lang).lstrip("+")
    yield found.say(
        texts.SELECTED_SURE, confidence=f"{100.0 * rule.confidence:.12g}", zone=zone, source=texts.KIM_NELSON
    )


def _told(found: Reading, race: Race, where: str, measure: str) -> str:
    """Return which point of a group was selected, or which are left."""
    points = [_point(found, point) for point in race.left]
    if len(points) == 1:
        return found.say(texts.SELECTED, where=where, point=points[0], measure=measure)
    if not points:
        return found.say(texts.NONE_SELECTED, where=where, measure=measure)
    told = [*points[:SHOWN], *(["…"] if len(points) > SHOWN else [])]
    return found.say(texts.LEFT_OVER, where=where, count=len(points), points=clauses(told), measure=measure)


def _point(found: Reading, point: int) -> str:
    """Return what a point is called: by where its factors stand, without what is not there."""
    if not found.factors:
        return str(point)
    levels = found.points.loc[[point]].to_dict("records")[0]
    parts = [found.part(name, levels[name]) for name in found.factors if levels[name] is not False]
    return phrases(parts).get(found.lang) if parts else found.say(texts.NOTHING_OF_IT)

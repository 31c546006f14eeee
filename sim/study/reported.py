"""Which measures a table shows, and what is known about each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sim.ownmeasures import Measure, own_of
from sim.scenario import Scenario
from sim.spec.findings import TextError, listed, shortened
from sim.spec.measured import measure_specs, process_specs
from sim.spec.measures import MeasureSpec, of_process
from sim.spec.nearest import did_you_mean
from sim.words import words

texts = words("alternatives")
mine = words("ownmeasures")

Asked = Iterable[str | Measure] | str | Measure | None
"""Measures by name, or of somebody's own; None where the usual ones are meant."""

USUAL_MEASURES = (
    "on_time_target",
    "on_time_promise",
    "promise_mean",
    "lost_share",
    "lead_time_mean",
    "conflicts_per_100",
    "bounces_per_100",
    "trust",
    "rework_share",
    "urgent_response",
    "coordination_hours",
)
"""Reported where neither the caller nor the scenario says what: the headline, what could flatter it, the price."""

USUAL_OF_PROCESSES = ("on_time_target", "lead_time_mean")
"""Of these the usual measures name every process, where there are several but not many."""

MANY_PROCESSES = 4
"""With more processes than this, those of single processes are reported only where somebody asks for them."""


HEADLINES = ("on_time_target", "lead_time_mean", "conflicts_per_100", "coordination_hours", "coordination_cost")
"""What an answer at a glance tells: the aim, how it comes about, and the price."""

AT_A_GLANCE = 5
"""Measures that an answer at a glance has room for."""


class MeasureError(TextError):
    """A sentence about a measure that does not exist."""


def headline_measures(scenario: Scenario) -> tuple[str, ...]:
    """Return the few measures by which an answer at a glance is given, the one that decides what is best first.

    They are those that the scenario names, if it names any, and the price; otherwise the usual ones that it can have:
    on time only where there are dates, money only where the scenario says what an hour costs.
    """
    if scenario.measures:
        named = [name for name in dict.fromkeys(scenario.measures) if name != "all"][: AT_A_GLANCE - 1]
        if named:
            return tuple(dict.fromkeys((*named, "coordination_hours")))
    dated = any(one.target is not None for one in scenario.processes.values())
    paid = any("cost_per_hour" in one.model_fields_set for one in scenario.departments.values())
    left_out = {"on_time_target": not dated, "coordination_cost": not paid}
    return tuple(name for name in HEADLINES if not left_out.get(name, False))


def shown_at_a_glance(scenario: Scenario, reported: Sequence[str], own: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the measures of an answer at a glance: the headlines, or the first few where somebody asked for others.

    Measures of somebody's own are always among them, since they were written for this question.

    Parameters
    ----------
    scenario
        What is compared.
    reported
        The measures of the comparison, for all of which its intervals hold.
    own
        Those of them that somebody wrote in Python.
    """
    usual = headline_measures(scenario)
    shown = usual if set(usual) <= set(reported) else tuple(reported[:AT_A_GLANCE])
    wanted = [name for name in own if name not in shown][:AT_A_GLANCE]
    return (*shown[: AT_A_GLANCE - len(wanted)], *wanted)


def usual_specs(scenario: Scenario) -> dict[str, MeasureSpec]:
    """Return the measures of a whole scenario and, of single processes, those that tell most."""
    if len(scenario.processes) > MANY_PROCESSES:
        return measure_specs(scenario)
    undated = {of_process("on_time_target", name) for name, one in scenario.processes.items() if one.target is None}
    beside = process_specs(scenario, USUAL_OF_PROCESSES)
    return measure_specs(scenario) | {name: spec for name, spec in beside.items() if name not in undated}


def usual(scenario: Scenario) -> Iterator[str]:
    """Yield the usual measures, and after each those of single processes that belong beside it."""
    beside = usual_specs(scenario)
    for name in dict.fromkeys((*USUAL_MEASURES, *headline_measures(scenario))):
        yield name
        yield from (one for one in beside if one.startswith(f"{name}."))


def asked_for(measures: Asked) -> tuple[tuple[str, ...] | None, tuple[Measure, ...]]:
    """Return the names of the measures that are asked for, None where nothing is said, and those of somebody's own."""
    if measures is None:
        return None, ()
    given = (measures,) if isinstance(measures, str | Measure) else tuple(measures)
    if others := [one for one in given if not isinstance(one, str | Measure)]:
        raise MeasureError(mine.NO_MEASURE.format(found=shortened(repr(others[0]))))
    return tuple(one.name if isinstance(one, Measure) else one for one in given), own_of(given)


def all_specs(scenarios: Iterable[Scenario], own: Iterable[Measure] = ()) -> dict[str, MeasureSpec]:
    """Return what is known about every measure of some scenarios, and about those of somebody's own.

    A measure that only some of them have is not defined for the others.
    """
    known: dict[str, MeasureSpec] = {}
    for scenario in scenarios:
        known = measure_specs(scenario) | process_specs(scenario) | known
    return known | {one.name: one.spec for one in own}


def reported_measures(
    scenario: Scenario, measures: Iterable[str] | None, specs: Mapping[str, MeasureSpec]
) -> tuple[str, ...]:
    """Return what to report: what was asked for, else what the scenario says, else the usual measures.

    ``"all"`` are all of the whole scenario, and of single processes those that tables name unasked; others are asked
    for by name, as in ``lead_time_mean.order``.
    """
    every = tuple(usual_specs(scenario))
    asked = tuple(measures or scenario.measures or usual(scenario))
    asked = tuple(name for one in asked for name in (every if one == "all" else (one,)))
    for name in asked:
        if name not in specs:
            facts = {"name": name, "hint": did_you_mean(name, specs), "known": listed(specs, len(specs))}
            raise MeasureError(texts.UNKNOWN_MEASURE.format(**facts))
    return tuple(dict.fromkeys(asked))

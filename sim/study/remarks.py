"""What is worth saying about the state of an organization, the gravest first; the words are for reports to find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sim.scenario import Scenario, findings_in
from sim.scenario.notes import Notes
from sim.scenario.promptness import check_promptness
from sim.study.facts import Busy, Diagnosis, ProcessFacts, Remark
from sim.study.steady import FEWEST, Trend

NEARLY_ALL = 0.95
"""Share of late cases from which on hardly any difference shows in it: of twenty cases one is on time."""

NEARLY_NONE = 0.01
"""Share of late cases up to which there is less to gain than the point from which on a change matters."""

MOSTLY = 0.5
"""Share of unfinished cases from which on figures tell of the end of the run rather than of cases."""

MANY = 0.05
"""Share of unfinished cases from which on lead times are told too short by more than a word should be lost on."""

FEW = 30.0
"""Cases that count in a replication below which a single one moves the on-time rate by more than three points."""

GAP = 0.1
"""Share of hours beyond the plan from which on a plan misleads."""

IDLE = 0.4
"""Busy share of the busiest up to which hardly anybody ever waits for somebody to have time."""

KINDS = (
    "nothing",
    "grows",
    "cases_grow",
    "unfinished",
    "all_late",
    "constants",
    "unexpected",
    "none_late",
    "warmup",
    "few",
    "falls",
    "unfinished_some",
    "idle",
    "file",
    "untested",
    "steady",
    "waits",
    "gap",
    "expected",
)
"""Kinds of remarks, the gravest first."""


def remarks_on(diagnosis: Diagnosis) -> Diagnosis:
    """Return a diagnosis with what is worth saying about its figures."""
    scenario = diagnosis.scenario
    if diagnosis.overall.lead_time.mean != diagnosis.overall.lead_time.mean:  # NaN: no case counts
        found = [Remark("nothing", facts={"weeks": scenario.horizon_weeks})]
    else:
        found = [
            *_trends(diagnosis, _moves(scenario)),
            *_dates(diagnosis),
            *_cases(diagnosis, scenario),
            *_warmup(diagnosis),
            *_loads(diagnosis),
            *_unexpected(diagnosis),
        ]
    found += _file(scenario)
    amiss = sorted(found, key=lambda one: KINDS.index(one.kind))
    return replace(diagnosis, remarks=(*amiss, *_described(diagnosis, amiss)))


def _moves(scenario: Scenario) -> bool:
    """Tell whether the file says of some weeks that more or less happens in them than in others."""
    demands = [process.demand for process in scenario.processes.values()]
    by_date = {name for name, one in scenario.profiles.items() if one.by_date}
    seasons = any(one.peaks or one.profile in by_date for one in demands)
    return bool(scenario.shocks or scenario.closures or scenario.releases or seasons)


def _trends(diagnosis: Diagnosis, dated: bool) -> Iterator[Remark]:
    """Yield whose queues still grow or fall, the fastest first, and whether cases pile up elsewhere."""
    growing = [one for one in diagnosis.busy.values() if one.queue.grows]
    for one in sorted(growing, key=lambda one: -one.queue.growth):
        yield Remark("grows", one.owner, _told(one.queue, diagnosis) | _shares(one) | {"dated": dated})
    cases = diagnosis.open_cases
    if cases.grows and not growing:
        yield Remark("cases_grow", facts=_told(cases, diagnosis) | {"dated": dated})
    falling = [(one.owner, one.queue) for one in diagnosis.busy.values() if one.queue.falls]
    for owner, trend in [("", cases)] if cases.falls else falling[:1]:
        yield Remark("falls", owner, _told(trend, diagnosis) | {"dated": dated})


def _told(trend: Trend, diagnosis: Diagnosis) -> dict[str, Any]:
    return {"begin": trend.begin, "end": trend.end, "week": diagnosis.weeks}


def _shares(busy: Busy) -> dict[str, Any]:
    return {"busy": busy.share.mean, "planned": busy.planned, "beyond": dict(busy.beyond)}


def _dates(diagnosis: Diagnosis) -> Iterator[Remark]:
    """Yield where nearly all or nearly no cases are late: of all, else of processes that stand out."""
    several = diagnosis.processes or {"": diagnosis.overall}
    late = {name: 1.0 - one.on_time.mean for name, one in several.items() if one.on_time.mean == one.on_time.mean}
    for kind, extreme in (("all_late", late_for_all), ("none_late", late_for_none)):
        chosen = [name for name in late if extreme(late[name])]
        if chosen and len(chosen) == len(late):
            yield Remark(kind, "", _lateness(diagnosis.overall))
        else:
            yield from (Remark(kind, name, _lateness(several[name])) for name in chosen)


def late_for_all(late: float) -> bool:
    """Tell whether nearly all cases are late."""
    return late >= NEARLY_ALL


def late_for_none(late: float) -> bool:
    """Tell whether nearly no case is late."""
    return late <= NEARLY_NONE


def _lateness(one: ProcessFacts) -> dict[str, Any]:
    return {"late": 1.0 - one.on_time.mean, "wait": one.waits[0] if one.waits else None}


def _cases(diagnosis: Diagnosis, scenario: Scenario) -> Iterator[Remark]:
    """Yield where cases are not finished while they are waited for, and where too few come."""
    share = diagnosis.overall.unfinished.mean
    if share >= MANY:
        yield Remark(
            "unfinished" if share >= MOSTLY else "unfinished_some", "", {"share": share, "tail": scenario.tail}
        )
    if diagnosis.overall.cases < FEW:
        weeks = scenario.horizon_weeks
        facts = {"cases": diagnosis.overall.cases, "points": 100.0 / max(1.0, diagnosis.overall.cases), "weeks": weeks}
        yield Remark("few", "", facts)


def _warmup(diagnosis: Diagnosis) -> Iterator[Remark]:
    """Yield whether the warm-up is too short; where something moves all the time, that is what has to be told."""
    warmup, cases = diagnosis.warmup, diagnosis.open_cases
    if warmup.too_short and (warmup.needed is not None or not (cases.grows or cases.falls)):
        yield Remark("warmup", "", {"weeks": warmup.weeks, "needed": warmup.needed, "bias": warmup.bias})


def _unexpected(diagnosis: Diagnosis) -> Iterator[Remark]:
    """Yield what is not as the file says that it is known to be."""
    others = tuple(one for one in diagnosis.expected if one.verdict in ("outside", "undefined"))
    if others:
        yield Remark("unexpected", "", {"met": others})


def _loads(diagnosis: Diagnosis) -> Iterator[Remark]:
    """Yield whether hardly anybody has anything to do."""
    busiest = diagnosis.busiest
    if busiest is not None and busiest.share.mean <= IDLE:
        yield Remark("idle", busiest.owner, {"busy": busiest.share.mean})


def _file(scenario: Scenario) -> Iterator[Remark]:
    """Yield what `check` says about the file: first what does not fit the targets, then the rest."""
    notes = Notes()
    check_promptness(notes, scenario)
    others = [one for one in findings_in(scenario) if one not in notes.findings]
    for kind, findings in (("constants", notes.findings), ("file", others)):
        if findings:
            yield Remark(kind, "", {"findings": tuple(findings)})


def _described(diagnosis: Diagnosis, amiss: list[Remark]) -> Iterator[Remark]:
    """Yield whether all is well or unknown, what cases wait for, who does more than planned, and what is as known."""
    busiest, waits = diagnosis.busiest, diagnosis.overall.waits
    if diagnosis.replications < FEWEST:
        yield Remark("untested", "", {"replications": diagnosis.replications, "fewest": FEWEST})
    if busiest is not None and waits:
        well = not [one for one in amiss if one.kind != "unexpected"] and diagnosis.replications >= FEWEST
        yield Remark("steady" if well else "waits", busiest.owner, _shares(busiest) | {"waits": waits})
    beyond = [one for one in diagnosis.busy.values() if one.share.mean - one.planned >= GAP and not one.queue.grows]
    for one in sorted(beyond, key=lambda one: one.planned - one.share.mean):
        yield Remark("gap", one.owner, _shares(one))
    met = tuple(one for one in diagnosis.expected if one.verdict in ("within", "open"))
    if met:
        yield Remark("expected", "", {"met": met})

"""What people do puts back what was taken out of the log: disputes about tasks, and hand-overs that wait to be noticed.

The structure was learned from a log without visits for nothing. They come back as disputes: who is asked may say "not
ours" again, the likelier the more often the task was passed on (`ambiguity` of the step, 1 where that was most likely).
How likely that is in all is the lever `ambiguity`, of which nothing is known but the log, so that it may be anywhere
where the log can come of it. It is set by runs, with all other levers at their typical values or as a survey has them,
so that as many are passed on as in the log.

That a hand-over waits is seen in a log, why it waits is not, unless tasks are passed on (`noticing`). Where they are,
often enough, other hand-overs are taken to be noticed as quickly. Where they are not, a part is taken to wait for being
noticed (lever `latency`), which channels and agreements shorten: the typical time, but at most half of what was
seen. It is never more than all that was seen, nor than the median allows, since where most is taken up at once hardly
anything waits to be noticed. It is taken off the wait that was learned, so that times in all stay as they are; the rest
is a wait that nobody's behavior changes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.answers.fit.posterior import weighted_quantiles
from sim.answers.fit.survey import Survey, survey_of
from sim.answers.logfit.bounces import Visits
from sim.answers.logfit.estimated import MOST, estimated_ranges
from sim.answers.logfit.noticing import Noticed, noticed_of
from sim.answers.logfit.structure import Learned
from sim.answers.logfit.structure.building import PROCESS
from sim.eventlog.log import EventLog
from sim.replications import run
from sim.scenario import Scenario
from sim.scenario.uncertain import SHIFTED, put
from sim.spec.distributions import EMPIRICAL, Work
from sim.spec.levers import LEVERS
from sim.spec.process import END

NOTICED = (0.25, 0.5, 1.0)
"""Assumed: what part of what is taken waits for being noticed at least; which part of the wait is; and at most."""

SHORTEST = 0.05
"""Hours of waiting at a boundary below which nobody is taken to have to notice anything."""

DISPUTING = ("ambiguity", "misrouting", "clarity", "clarity_trust", "exceptions", "alignment")
"""Levers on which it depends how often a task is passed on."""

FITTED = (*(f"levers.{name}" for name in DISPUTING), "relations.trust")
"""What is fitted."""

CASES = 1500.0
"""Cases of a run that tells how likely disputes are."""

RUNS = 2
"""Such runs at a time."""

TURNS = 5
"""How often it is looked for."""

TRUST = 0.5
"""Between departments, where nobody asked them."""

MILDEST = 7.0
"""How many times as large as the chance to pass a task on its ambiguity is at most, whatever the other levers are."""

NINE_TENTHS = 1.645
"""Standard errors on both sides of a number between which it is nine times of ten."""

FARTHEST = 3.0
"""How many times as ambiguous, or as little, a step is taken to be in one turn."""

LEAST = 1e-3
"""Part of a wait of which nothing is left any more."""

CLOSE = 0.02
"""Part of the largest chance by which any may be missed."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PutBack:
    """The organization with what people do.

    Attributes
    ----------
    scenario
        It, with what is assumed as ranges.
    waits
        A row for each department that others hand over to: ``department``, ``handoffs``, ``hours`` and ``median`` (wait
        at its boundary, in hours in which somebody works), ``noticed`` (of which so many wait for being noticed).
    contested
        A row for each step that was passed on: ``step``, ``department``, ``contested_by``, ``chance`` (that who is
        asked passes it on), ``bounces``, ``ambiguity``.
    levers
        Those of disputes.
    survey
        What people were asked.
    noticed
        How long hand-overs wait to be noticed, where the log tells.
    """

    scenario: Scenario
    waits: pd.DataFrame
    contested: pd.DataFrame
    levers: Mapping[str, float] = field(default_factory=dict)
    survey: Survey | None = None
    noticed: Noticed | None = None


def put_back(
    learned: Learned,
    log: EventLog,
    visits: Visits,
    seed: int,
    known: Mapping[str, float] | None = None,
    survey: str | os.PathLike[str] | None = None,
) -> PutBack:
    """Return the organization with disputes and hand-overs that wait to be noticed.

    Parameters
    ----------
    learned
        The structure, of the log without visits for nothing.
    log, visits
        The whole log, whose groups are what the departments of the structure are called, and its visits.
    seed
        On which the luck of runs depends.
    known
        Levers of disputes, and trust, where they are known already.
    survey
        The file of one.
    """
    contested = _contested(learned, log, visits)
    noticed = noticed_of(learned, log, visits)
    base, waits = _open(learned, contested, noticed)
    asked = None if survey is None else survey_of(survey, base)
    if asked is not None:
        noticed = _asked_of(asked, noticed)
        base, waits = _open(learned, contested, noticed)
        base = asked.applied(base)
    if contested.empty:
        return PutBack(base, waits, contested.assign(ambiguity=0.0), survey=asked, noticed=noticed)
    base = moved(base, known) if known else base
    chances = _as_likely(base, contested, seed)
    lever = _short(float(chances.max()))
    contested = contested.assign(ambiguity=np.minimum(1.0, (chances / lever).round(4)))
    made = moved(base, {"levers.ambiguity": lever}).changed(_ambiguities(contested["step"], contested["ambiguity"]))
    made = made.changed({"ranges": {**{place: list(ends) for place, ends in made.ranges.items()}, **_luck(contested)}})
    return PutBack(made, waits, contested, {name: made.lever(name) for name in DISPUTING}, asked, noticed)


def _open(learned: Learned, contested: pd.DataFrame, noticed: Noticed | None) -> tuple[Scenario, pd.DataFrame]:
    """Return the organization with levers and their ranges, and what waits to be noticed."""
    waits = _waits(learned, contested, noticed)
    base = _with_latency(learned, waits, noticed)
    if contested.empty:
        return base, waits
    usual = {name: _typical(name) for name in DISPUTING}
    return _with_disputes(base, contested, usual, _ranges(base, contested)), waits


def _asked_of(asked: Survey, noticed: Noticed | None) -> Noticed | None:
    """Return how long hand-overs wait to be noticed as people say, where they were asked."""
    for one in asked.narrowed:
        if one.place == "levers.latency":
            low, high = LEVERS["latency_spread"].plausible
            spread = noticed.spread if noticed is not None else (low, _typical("latency_spread"), high)
            return Noticed((one.low, one.value, one.high), spread, 0 if noticed is None else noticed.times)
    return noticed


def moved(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """Return a scenario with other values at some places, whose ranges hold these."""
    ranges = {place: list(ends) for place, ends in scenario.ranges.items()}
    for place, value in values.items():
        low, high = ranges.get(place, (value, value))
        ranges[place] = [min(low, value), max(high, value)]
    return put(scenario, values).changed({"ranges": ranges})


def _as_likely(base: Scenario, contested: pd.DataFrame, seed: int) -> Floats:
    """Return how ambiguous steps are where each is passed on as likely as in the log, or comes nearest to that.

    Who passes on what comes from outside cannot do so for lack of goodwill; so it is told by runs.
    """
    wanted, steps = contested["chance"].to_numpy(dtype=np.float64), contested["step"]
    everywhere = put(base, {"levers.ambiguity": 1.0})
    found = np.minimum(1.0, 2.0 * wanted)
    for _ in range(TURNS):
        seen = _passed_on(everywhere.changed(_ambiguities(steps, found)), steps, seed)
        if np.abs(seen - wanted).max() <= CLOSE * wanted.max():
            break
        again = np.clip(found * wanted / np.maximum(seen, 1e-3), found / FARTHEST, np.minimum(1.0, found * FARTHEST))
        settled, found = bool(np.abs(again - found).max() <= CLOSE), again
        if settled:
            break
    return found


def _luck(contested: pd.DataFrame) -> dict[str, list[float]]:
    """Return the ranges of how ambiguous the steps are that were passed on most, by the luck of how often they were."""
    found = {}
    for _, row in contested.sort_values("bounces", ascending=False, kind="stable").head(MOST).iterrows():
        error = NINE_TENTHS * np.sqrt((1.0 - row["chance"]) / row["bounces"])
        ends = row["ambiguity"] * np.exp(-error), min(1.0, row["ambiguity"] * np.exp(error))
        found[f"processes.{PROCESS}.steps.{row['step']}.ambiguity"] = [_short(float(end)) for end in ends]
    return found


def _ambiguities(steps: Iterable[Any], values: Iterable[float]) -> dict[str, float]:
    return {
        f"processes.{PROCESS}.steps.{step}.ambiguity": float(value) for step, value in zip(steps, values, strict=True)
    }


def _ranges(base: Scenario, contested: pd.DataFrame) -> dict[str, list[float]]:
    """Return all ranges; trust is no better known than a survey would tell it."""
    trust = [TRUST - SHIFTED["relations.trust"], TRUST + SHIFTED["relations.trust"]]
    known = {place: list(ends) for place, ends in base.ranges.items()}
    documented = {f"levers.{name}": list(LEVERS[name].plausible) for name in DISPUTING}
    chance = float(contested["chance"].max())
    anywhere = {"levers.ambiguity": [_short(0.9 * chance), _short(min(1.0, MILDEST * chance))]}
    return {**known, **documented, **anywhere, "relations.trust": trust}


def _typical(lever: str) -> float:
    return float(LEVERS[lever].typical)


def _contested(learned: Learned, log: EventLog, visits: Visits) -> pd.DataFrame:
    """Return the steps that were passed on, by whom, and how likely each asked department did so."""
    tried = visits.table.groupby(["activity", "owner"])["bounces"].agg(["size", "sum"])
    done = np.flatnonzero(~visits.bounce)
    asked = pd.DataFrame(
        {"activity": visits.activity[done][visits.task], "owner": visits.owner, "by": visits.group}
    ).drop_duplicates()
    names = [str(one) for one in log.events["activity"].cat.categories]
    places = dict(zip(*_called(learned), strict=True))
    groups = [places.get(str(one), "") for one in log.events["group"].cat.categories]
    rows = []
    for _, state in learned.tables["states"].iterrows():
        key = (names.index(str(state["activity"])), groups.index(str(state["department"])))
        if key not in tried.index:
            continue
        size, bounces = tried[tried.index == key].to_numpy(dtype=int)[0].tolist()
        others = asked[(asked["activity"] == key[0]) & (asked["owner"] == key[1])]["by"]
        by = sorted({groups[int(one)] for one in others} - {str(state["department"]), ""})
        if bounces and by:
            rows.append((str(state["step"]), str(state["department"]), by, bounces / (bounces + size), bounces))
    return pd.DataFrame(rows, columns=["step", "department", "contested_by", "chance", "bounces"])


def _called(learned: Learned) -> tuple[list[str], list[str]]:
    table = learned.tables["departments"]
    return [str(one) for one in table["label"]], [str(one) for one in table["department"]]


def _waits(learned: Learned, contested: pd.DataFrame, known: Noticed | None) -> pd.DataFrame:
    """Return for each department how long hand-overs to it waited, and how much of it is taken to wait for notice."""
    department = _department_of(learned)
    table = learned.tables["waits"]
    one, other = (table[end].map(department) for end in ("step", "next"))
    across = table.assign(department=other, median=_medians(learned))[(one != other).to_numpy()]
    tries = contested.set_index("step")["chance"] if len(contested) else pd.Series(dtype=float)
    again = 1.0 + (tries / (1.0 - np.minimum(tries, 0.9))).reindex(across["next"]).fillna(0.0).to_numpy()
    rows = []
    for name, mine in across.assign(again=again).groupby("department"):
        seen = mine["seen"].to_numpy(dtype=np.float64)
        if seen.sum() <= 0.0:
            continue
        hours, times = (float(np.average(mine[column], weights=seen)) for column in ("hours", "again"))
        middle = float(weighted_quantiles(mine["median"].to_numpy(dtype=np.float64), seen, (0.5,))[0])
        usual = min(_typical("latency") * times, NOTICED[1] * hours)
        most = min(
            usual if known is None else min(known.hours[1] * times, hours),
            middle * _mean_over_median(None if known is None else known.spread[1]),
        )
        noticed = 0.0 if most < SHORTEST else most / times
        rows.append((str(name), int(seen.sum()), hours, middle, noticed, noticed * times))
    return pd.DataFrame(rows, columns=["department", "handoffs", "hours", "median", "noticed", "taken_off"])


def _mean_over_median(spread: float | None = None) -> float:
    """Return how many times as long as in the middle hand-overs wait on average to be noticed, if only for that."""
    return float(np.exp((_typical("latency_spread") if spread is None else spread) ** 2 / 2.0))


def _medians(learned: Learned) -> list[float]:
    """Return the median wait of each pair of steps, in the order of the table of waits."""
    (process,) = learned.scenario.processes.values()
    found = []
    for one, other in zip(learned.tables["waits"]["step"], learned.tables["waits"]["next"], strict=True):
        outside = process.steps[str(one)].external
        work = None if outside is None else outside.by_next.get(str(other))
        parameters = (0.0,) if work is None else work.parameters
        found.append(float(np.median(parameters)) if work is not None and work.family == EMPIRICAL else parameters[0])
    return found


def _department_of(learned: Learned) -> dict[str, str]:
    table = learned.tables["states"]
    return dict(zip(table["step"].map(str), table["department"].map(str), strict=True))


def _with_latency(learned: Learned, waits: pd.DataFrame, known: Noticed | None) -> Scenario:
    """Return the scenario in which a part of the wait at boundaries waits for being noticed."""
    said = learned.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    department = _department_of(learned)
    rows = waits.set_index("department")
    left = (1.0 - rows["taken_off"] / rows["hours"].clip(lower=SHORTEST)).to_dict()
    for process in said["processes"].values():
        for name, step in process["steps"].items():
            if not learned.parts.sojourns.known:  # how they are spread is not known, and a range needs one number
                step["work"] = _short(Work.model_validate(step["work"]).mean)
            outside = step.get("external")
            for other, work in (outside or {}).get("by_next", {}).items():
                if other != END and department[other] != department[name]:
                    outside["by_next"][other] = _times(work, left.get(department[other], 1.0))
    noticing = rows[rows["noticed"] > 0.0]
    levers: dict[str, Any] = {"preset": "neutral"}
    ranges = estimated_ranges(learned)
    if len(noticing):
        usual = float(np.average(noticing["noticed"], weights=noticing["handoffs"]))
        spread = _typical("latency_spread") if known is None else known.spread[1]
        levers |= {"latency": _short(usual), "latency_spread": _short(spread)}
        low, high = _assumed(noticing, usual) if known is None else (known.hours[0], known.hours[2])
        ranges["levers.latency"] = [_short(min(low, usual)), _short(max(high, usual))]
        spreads = LEVERS["latency_spread"].plausible if known is None else (known.spread[0], known.spread[2])
        ranges["levers.latency_spread"] = [_short(min(spreads[0], spread)), _short(max(spreads[1], spread))]
        for name, row in rows.iterrows():
            if abs(row["noticed"] - usual) > 0.01 * usual:
                said["departments"][name]["levers"] = {"latency": _short(float(row["noticed"]))}
    return Scenario.model_validate({**said, "levers": levers, "ranges": ranges})


def _assumed(noticing: pd.DataFrame, usual: float) -> tuple[float, float]:
    """Return between which hours the wait for being noticed may be, where the log does not tell."""
    hours = float(np.average(noticing["hours"], weights=noticing["handoffs"]))
    share = float(np.average(noticing["taken_off"], weights=noticing["handoffs"])) / hours
    low, high = LEVERS["latency"].plausible
    most = min(NOTICED[2] / share, _mean_over_median(LEVERS["latency_spread"].plausible[1]) / _mean_over_median())
    return min(low, NOTICED[0] * usual), min(max(high, usual), most * usual)


def _with_disputes(
    scenario: Scenario, contested: pd.DataFrame, levers: Mapping[str, float], ranges: Mapping[str, list[float]]
) -> Scenario:
    """Return the scenario with tasks that are passed on."""
    said = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    (process,) = said["processes"].values()
    for _, row in contested.iterrows():
        step = process["steps"][row["step"]]
        step["contested_by"] = list(row["contested_by"])
    low, high = ranges["levers.ambiguity"]
    said["levers"] |= {**levers, "ambiguity": float(np.clip(levers["ambiguity"], low, high))}
    said.setdefault("relations", {})["trust"] = TRUST
    return Scenario.model_validate({**said, "ranges": dict(ranges)})


def _passed_on(scenario: Scenario, steps: Iterable[Any], seed: int) -> Floats:
    """Return how likely who is asked passes each step on."""
    made = run(weeks_of(scenario, CASES), RUNS, seed, events=True, keep=("events", "measures")).events
    counts = made.groupby(["activity", "kind"], observed=True).size().unstack(fill_value=0)
    rows = counts.reindex(columns=["triage", "work"], fill_value=0).reindex([f"{PROCESS}/{one}" for one in steps])
    passed, done = (rows[kind].fillna(0.0).to_numpy(dtype=np.float64) for kind in ("triage", "work"))
    found: Floats = passed / np.maximum(passed + done, 1.0)
    return found


def weeks_of(scenario: Scenario, cases: float) -> Scenario:
    """Return a scenario that runs for so long that about so many cases come; no longer than it said."""
    weekly = sum(one.demand.weekly for one in scenario.processes.values())
    weeks = float(np.clip(np.ceil(cases / max(weekly, 1e-9)), 1.0, max(1.0, scenario.horizon_weeks)))
    return scenario.changed({"horizon_weeks": weeks})


def _times(work: Any, factor: float) -> Any:
    """Return a written wait that is so many times as long."""
    if factor >= 1.0:
        return work
    if factor < LEAST:
        return 0.0
    if isinstance(work, Mapping) and "empirical" in work:
        return {"empirical": [_short(factor * one) for one in work["empirical"]]}
    one = Work.model_validate(work)
    return _short(factor * one.mean)


def _short(value: float) -> float:
    return float(f"{value:.4g}")

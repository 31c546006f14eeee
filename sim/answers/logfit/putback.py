"""What people do puts back what was taken out of the log: disputes about tasks, and hand-overs that wait to be noticed.

The structure was learned from a log without visits for nothing. They come back as disputes: who passed a task on may
say "not ours" again, the likelier the more often the task was passed on (`ambiguity` of the step). How likely in all is
set by runs, with the levers at their typical values, so that as many are passed on as in the log.

That a hand-over waits is seen in a log, why it waits is not. A part is taken to wait for being noticed (lever
`latency`), which channels and agreements shorten: the typical time, but at most half of what was seen, and no more than
the median allows, since where most is taken up at once hardly anything waits to be noticed. It is taken off
the wait that was learned, so that times in all stay as they are; the rest is a wait that nobody's behavior changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.fit.posterior import weighted_quantiles
from sim.answers.logfit.bounces import Visits
from sim.answers.logfit.structure import Learned
from sim.eventlog.log import EventLog
from sim.replications import run
from sim.scenario import Scenario
from sim.scenario.uncertain import SHIFTED
from sim.spec.distributions import EMPIRICAL, Work
from sim.spec.levers import LEVERS
from sim.spec.process import END

NOTICED = (0.25, 0.5, 0.8)
"""Assumed: what part of what is taken waits for being noticed at least; which part of the wait is; and at most."""

SHORTEST = 0.05
"""Hours of waiting at a boundary below which nobody is taken to have to notice anything."""

DISPUTING = ("ambiguity", "misrouting", "clarity", "clarity_trust", "exceptions", "alignment")
"""Levers on which it depends how often a task is passed on."""

FITTED = ("ambiguity", "misrouting", "clarity", "exceptions", "alignment")
"""Those of them that are fitted."""

CASES = 1500.0
"""Cases of a run that sets how likely disputes are."""

TURNS = 5
"""Such runs."""

TRUST = 0.5
"""Between departments, where nobody asked them."""

STEEPEST = 1.5
"""The most that a chance is multiplied by, where it is the largest."""

CLOSE = 0.02
"""Part of the figure by which it may be missed."""


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
        A row for each step that was passed on: ``step``, ``department``, ``contested_by``, ``ambiguity``.
    levers, scale
        Those of disputes, and by what chances are multiplied to be ambiguities of steps.
    """

    scenario: Scenario
    waits: pd.DataFrame
    contested: pd.DataFrame
    levers: Mapping[str, float] = field(default_factory=dict)
    scale: float = 0.0


def put_back(
    learned: Learned, log: EventLog, visits: Visits, per_100: float, seed: int, known: Mapping[str, float] | None = None
) -> PutBack:
    """Return the organization with disputes and hand-overs that wait to be noticed.

    Parameters
    ----------
    learned
        The structure, of the log without visits for nothing.
    log, visits
        The whole log, whose groups are what the departments of the structure are called, and its visits.
    per_100
        How many of them were for nothing, of 100 cases.
    seed
        On which the luck of runs depends.
    known
        Levers of disputes, where they are known already.
    """
    contested = _contested(learned, log, visits)
    waits = _waits(learned, contested)
    base = _with_latency(learned, waits)
    if contested.empty:
        return PutBack(base, waits, contested.assign(ambiguity=0.0))
    levers, scale = _scale(base, contested, per_100, seed, known)
    contested = contested.assign(ambiguity=np.minimum(1.0, scale * contested["chance"]).round(4))
    return PutBack(_with_disputes(base, contested, scale, levers, _ranges(base)), waits, contested, levers, scale)


def _scale(
    base: Scenario, contested: pd.DataFrame, per_100: float, seed: int, known: Mapping[str, float] | None
) -> tuple[dict[str, float], float]:
    """Return levers and what chances are multiplied by to be ambiguities of steps, so that as many are passed on.

    Levers have their typical values, unless as many as in the log cannot be reached with them; then those that make
    disputes are as high as they are anywhere.
    """
    most, guess = STEEPEST / float(contested["chance"].max()), 0.0
    usual = {name: _typical(name) for name in DISPUTING}
    steep = {name: LEVERS[name].plausible[end] for name, end in (("ambiguity", 1), ("misrouting", 1), ("clarity", 0))}
    tried = (usual, usual | {"ambiguity": steep["ambiguity"]}, usual | steep)
    for levers in tried if known is None else (usual | dict(known),):
        low, high, guess = 0.0, most, most
        for _ in range(TURNS):
            reached = _passed_on(_with_disputes(base, contested, guess, levers), seed)
            if abs(reached - per_100) <= CLOSE * per_100 or (guess == most and reached < per_100):
                break
            low, high = (guess, high) if reached < per_100 else (low, guess)
            likely = guess * per_100 / reached if reached > 0.0 else high
            guess = likely if low < likely < high else (low + high) / 2.0
        if guess < most:
            break
    return levers, guess


def _ranges(base: Scenario) -> dict[str, list[float]]:
    """Return all ranges; trust is no better known than a survey would tell it."""
    trust = [TRUST - SHIFTED["relations.trust"], TRUST + SHIFTED["relations.trust"]]
    known = {place: list(ends) for place, ends in base.ranges.items()}
    return {**known, **dict(_documented()), "relations.trust": trust}


def _typical(lever: str) -> float:
    return float(LEVERS[lever].typical)


def _contested(learned: Learned, log: EventLog, visits: Visits) -> pd.DataFrame:
    """Return the steps that were passed on, by whom, and how likely each asked department did so."""
    tasks = visits.table
    tried = tasks.groupby(["activity", "group"])["bounces"].agg(["size", "sum"])
    task = np.cumsum(np.append(True, ~visits.bounce[:-1])) - 1
    done = np.flatnonzero(~visits.bounce)
    passed = pd.DataFrame(
        {
            "activity": visits.activity[done][task[visits.bounce]],
            "group": visits.group[done][task[visits.bounce]],
            "by": visits.group[visits.bounce],
        }
    )
    names = [str(one) for one in log.events["activity"].cat.categories]
    places = dict(zip(*_called(learned), strict=True))
    groups = [places.get(str(one), "") for one in log.events["group"].cat.categories]
    rows = []
    for _, state in learned.tables["states"].iterrows():
        key = (names.index(str(state["activity"])), groups.index(str(state["department"])))
        if key not in tried.index:
            continue
        size, bounces = tried[tried.index == key].to_numpy(dtype=int)[0].tolist()
        mine = passed[(passed["activity"] == key[0]) & (passed["group"] == key[1])]["by"].unique()
        by = sorted({groups[int(one)] for one in mine} - {str(state["department"]), ""})
        if bounces and by:
            rows.append((str(state["step"]), str(state["department"]), by, bounces / (bounces + size)))
    return pd.DataFrame(rows, columns=["step", "department", "contested_by", "chance"])


def _called(learned: Learned) -> tuple[list[str], list[str]]:
    table = learned.tables["departments"]
    return [str(one) for one in table["label"]], [str(one) for one in table["department"]]


def _waits(learned: Learned, contested: pd.DataFrame) -> pd.DataFrame:
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
        most = min(_typical("latency"), NOTICED[1] * hours, middle * _mean_over_median())
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


def _with_latency(learned: Learned, waits: pd.DataFrame) -> Scenario:
    """Return the scenario in which a part of the wait at boundaries waits for being noticed."""
    said = learned.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    department = _department_of(learned)
    rows = waits.set_index("department")
    left = (1.0 - rows["taken_off"] / rows["hours"].clip(lower=SHORTEST)).to_dict()
    for process in said["processes"].values():
        for name, step in process["steps"].items():
            outside = step.get("external")
            for other, work in (outside or {}).get("by_next", {}).items():
                if other != END and department[other] != department[name]:
                    outside["by_next"][other] = _times(work, left.get(department[other], 1.0))
    noticing = rows[rows["noticed"] > 0.0]
    levers: dict[str, Any] = {"preset": "neutral"}
    ranges: dict[str, list[float]] = {}
    if len(noticing):
        usual = float(np.average(noticing["noticed"], weights=noticing["handoffs"]))
        levers |= {"latency": _short(usual), "latency_spread": _typical("latency_spread")}
        hours = float(np.average(noticing["hours"], weights=noticing["handoffs"]))
        share = float(np.average(noticing["taken_off"], weights=noticing["handoffs"])) / hours
        low, high = LEVERS["latency"].plausible
        most = min(NOTICED[2] / share, _mean_over_median(LEVERS["latency_spread"].plausible[1]) / _mean_over_median())
        ends = min(low, NOTICED[0] * usual), min(max(high, usual), most * usual)
        ranges["levers.latency"] = [_short(min(ends[0], usual)), _short(max(ends[1], usual))]
        ranges["levers.latency_spread"] = list(LEVERS["latency_spread"].plausible)
        for name, row in rows.iterrows():
            if abs(row["noticed"] - usual) > 0.01 * usual:
                said["departments"][name]["levers"] = {"latency": _short(float(row["noticed"]))}
    return Scenario.model_validate({**said, "levers": levers, "ranges": ranges})


def _with_disputes(
    scenario: Scenario,
    contested: pd.DataFrame,
    scale: float,
    levers: Mapping[str, float],
    ranges: Mapping[str, list[float]] | None = None,
) -> Scenario:
    """Return the scenario with tasks that are passed on; ranges take long to check, and are stated at last."""
    said = scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    (process,) = said["processes"].values()
    for _, row in contested.iterrows():
        step = process["steps"][row["step"]]
        step["contested_by"] = list(row["contested_by"])
        step["ambiguity"] = round(min(1.0, scale * float(row["chance"])), 4)
    said["levers"] |= levers
    said.setdefault("relations", {})["trust"] = TRUST
    return Scenario.model_validate({**said, "ranges": dict(ranges or {})})


def _documented() -> Iterator[tuple[str, list[float]]]:
    for name in FITTED:
        yield f"levers.{name}", list(LEVERS[name].plausible)


def _passed_on(scenario: Scenario, seed: int) -> float:
    """Return how many tasks are passed on of 100 cases, in one run."""
    made = run(weeks_of(scenario, CASES), 1, seed, keep="measures").tables["measures"]
    return float(made["bounces_per_100"].iloc[0])


def weeks_of(scenario: Scenario, cases: float) -> Scenario:
    """Return a scenario that runs for so long that about so many cases come; no longer than it said."""
    weekly = sum(one.demand.weekly for one in scenario.processes.values())
    weeks = float(np.clip(np.ceil(cases / max(weekly, 1e-9)), 1.0, max(1.0, scenario.horizon_weeks)))
    return scenario.changed({"horizon_weeks": weeks})


def _times(work: Any, factor: float) -> Any:
    """Return a written wait that is so many times as long."""
    if factor >= 1.0:
        return work
    if isinstance(work, Mapping) and "empirical" in work:
        return {"empirical": [_short(factor * one) for one in work["empirical"]]}
    one = Work.model_validate(work)
    return _short(factor * one.mean)


def _short(value: float) -> float:
    return float(f"{value:.4g}")

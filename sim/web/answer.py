"""The numbers of one answer: what an alternative does, beside the organization as it is, in the units of the screen.

Means of weeks, pairs and owners are taken here from arrays: they are those of `sim.study.digest` and `sim.study.weeks`,
which take 200 ms for tables of any form, and a first answer has to be there within 300.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from sim.money import speaks_of_money
from sim.report.marks import SMALL, verdict_of
from sim.report.reasons import moved_by
from sim.results import RunResult
from sim.scenario import Scenario
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.study.directcost import cost_between
from sim.study.money import TABLE as MONEY
from sim.study.money import money_table
from sim.study.oneverdict import verdicts_alone
from sim.study.weeks import QUANTILES
from sim.web.agenda import STEPS
from sim.web.asked import Asked
from sim.web.shown import (
    PARTS,
    SERIES,
    factor,
    hour_digits,
    measures_shown,
    places,
    plain,
    plains,
    series_factor,
    specs_shown,
    units,
    worth_naming,
)

KEPT = ("measures", "ledger_open", "timeline", "relations", "utilization")
"""The tables that answers are made of."""

SAID: Mapping[str, str] = {
    verdicts.BETTER: "better",
    verdicts.BUT: "but",
    verdicts.WORSE: "worse",
    verdicts.CHANGED: "changed",
    verdicts.UNCLEAR: "unclear",
    verdicts.UNKNOWN: "unknown",
    SMALL: "small",
}
"""The verdicts, as the page names them."""

HELD = 16
"""Of how many results it is remembered what was worked out: the baseline is beside every answer."""

MOST_REASONS = 5
NOW, THEN = "now", "then"


def answer_of(
    scenario: Scenario,
    asked: Asked,
    now: RunResult,
    then: RunResult | None,
    counted: tuple[int, int],
    items: Sequence[str] = (),
) -> dict[str, Any]:
    """Return what is known so far of what was asked, as plain data.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    asked : Asked
        What was asked.
    now, then : RunResult
        The replications without and with it, the same numbers in both; of the baseline the first alone.
    counted : (int, int)
        How many replications there are, and how many there are to be in the end.
    items : sequence of str
        What was asked, as whoever asked wrote it.
    """
    specs = specs_shown(scenario)
    n, wanted = counted
    state = "final" if n >= wanted else "first" if n < FEW else "growing"
    return {
        "asked": list(items or asked.items),
        "key": asked.key,
        "label": asked.label.by_language(),
        "n": n,
        "wanted": wanted,
        "state": state,
        "cost": _cost(scenario, None if then is None else then.scenario),
        "measures": _measures(measures_shown(scenario), specs, now, then),
        "why": [] if then is None else _why(scenario, now, then),
        "ledger": _sides(_ledger, now, then),
        "load": _sides(_load, now, then),
        "trust": _trust(now, then),
        "weeks": {"series": _weeks(now, then)},
        **({} if then is None or MONEY not in then.tables else {"money": _money(now, then)}),
        "sure": None,
    }


def kept_for(scenario: Scenario) -> tuple[str, ...]:
    """Return the tables that answers about an organization are made of: money where it speaks of money."""
    return (*KEPT, MONEY) if speaks_of_money((scenario,)) else KEPT


FEW = STEPS[1]
"""Replications below which an answer is a first guess."""


def _sides(make: Any, now: RunResult, then: RunResult | None) -> dict[str, Any]:
    return {NOW: make(now), THEN: None if then is None else make(then)}


def _cost(scenario: Scenario, then: Scenario | None) -> dict[str, Any]:
    owners = scenario.pools()
    if then is None:
        return {"hours": 0, "money": 0, "once": 0, "departments": [0] * len(owners)}
    found = cost_between(scenario, then)
    return {
        "hours": plain(found.hours, 1),
        "money": plain(found.money, 0),
        "once": plain(found.once, 0),
        "departments": plains((found.departments.get(name, 0.0) for name in owners), 1),
    }


def _money(now: RunResult, then: RunResult) -> dict[str, Any]:
    """Return what it brings a year, with its interval, and after how many weeks it has paid back."""
    row = money_table({NOW: now, THEN: then}).loc[THEN]
    return {name: plain(row[name], 2 if name == "not_paid_back" else 0) for name in TOLD_OF_MONEY}


TOLD_OF_MONEY = (
    "net_value_year", "ci_low", "ci_high", "payback_weeks", "payback_low", "payback_high", "not_paid_back", "weeks"
)  # fmt: skip
"""What is told of money."""


def _measures(
    names: Sequence[str], specs: Mapping[str, MeasureSpec], now: RunResult, then: RunResult | None
) -> dict[str, Any]:
    table = None if then is None else verdicts_alone({NOW: now, THEN: then}, names, specs)
    return {name: _measure(name, specs[name], now, then, table) for name in names}


def _measure(
    name: str, spec: MeasureSpec, now: RunResult, then: RunResult | None, table: pd.DataFrame | None
) -> dict[str, Any]:
    times, digits = factor(spec, now.scenario), units(spec, now.scenario)[2] + 2
    before = _column(now, name)
    found: dict[str, Any] = {"now": plain(_mean(before) * times, digits)}
    found |= dict.fromkeys(("then", "diff", "low", "high", "verdict", "better"))
    if then is not None and table is not None:
        row, after = pd.Series(table.loc[name]), _column(then, name)
        # the two are rounded first, so that what is shown adds up
        ends = {"then": row["mean"], "low": row["ci_low"], "high": row["ci_high"]}
        found |= {"now": plain(row["now"] * times, digits)}
        found |= {key: plain(value * times, digits) for key, value in ends.items()}
        known = found["now"] is not None and found["then"] is not None
        found["diff"] = plain(found["then"] - found["now"], digits) if known else None
        found["verdict"] = SAID[verdict_of(row, spec)]
        found["better"] = _better(before, after, spec)
    found["now_range"] = _range(before, times, digits)
    found["then_range"] = None if then is None else _range(_column(then, name), times, digits)
    return found


def _column(run: RunResult, name: str) -> Any:
    table = run.tables["measures"]
    return table[name].to_numpy(dtype=float) if name in table else np.full(len(table), math.nan)


def _mean(values: Any) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan


def _range(values: Any, times: float, digits: int) -> list[float | int | None]:
    known = values[~np.isnan(values)]
    ends = np.quantile(known, list(QUANTILES.values())) if len(known) else [math.nan, math.nan]
    return plains([end * times for end in ends], digits)


def _better(before: Any, after: Any, spec: MeasureSpec) -> list[int] | None:
    """Return in how many replications it is better, and of how many; nothing where neither way is."""
    if spec.better == "neither":
        return None
    change = (after - before)[~np.isnan(after - before)]
    return [int((change > 0 if spec.better == "higher" else change < 0).sum()), len(change)]


def _why(scenario: Scenario, now: RunResult, then: RunResult) -> list[list[Any]]:
    """Return which parts of the open hours of a case change, the largest first."""
    ledger = pd.DataFrame({side: _means(run) for side, run in ((NOW, now), (THEN, then))}).T
    moved = moved_by(ledger, THEN, worth=worth_naming(scenario))
    every = sorted((*moved.saved, *moved.added), key=lambda one: -abs(one[1]))
    return [[part, plain(hours, hour_digits(scenario) + 1)] for part, hours in every[:MOST_REASONS]]


@lru_cache(maxsize=HELD)
def _means(run: RunResult) -> pd.Series:
    table = run.tables["ledger_open"]
    return table.mean()


def _ledger(run: RunResult) -> list[Any]:
    return plains(_means(run).reindex(list(PARTS), fill_value=0.0), hour_digits(run.scenario) + 1)


@lru_cache(maxsize=HELD)
def _load(run: RunResult) -> list[Any]:
    """Return the share of open hours in which people are busy, in percent, by owner of a queue."""
    table = run.tables["utilization"]
    busy = table.groupby("department", observed=True)["utilization"].mean()
    return plains((busy.get(name, math.nan) * 100.0 for name in run.scenario.pools()), 0)


def _trust(now: RunResult, then: RunResult | None) -> list[list[Any]]:
    """Return trust at the start and at the end of every pair that deals with each other, in percent."""
    sides = [_pairs(run) for run in (now, then) if run is not None]
    found = []
    for pair, (weight, start, end) in sides[0].items():
        if weight > 0.0 or (then is not None and sides[1].get(pair, (0.0,))[0] > 0.0):
            last = None if then is None or pair not in sides[1] else plain(sides[1][pair][2] * 100.0, 0)
            found.append([*pair, plain(start * 100.0, 0), plain(end * 100.0, 0), last])
    return found


@lru_cache(maxsize=HELD)
def _pairs(run: RunResult) -> dict[tuple[int, int], tuple[float, float, float]]:
    """Return dealings and trust at the start and at the end of every pair, both directions together."""
    place = places(run.scenario.pools())
    table = run.tables["relations"]
    many = max(1, len(run.tables["measures"]))
    each = len(table) // many
    ends = [table[name].cat.rename_categories(str).astype(str).to_numpy()[:each] for name in ("from", "to")]
    columns = [table[name].to_numpy(dtype=float).reshape(many, each).mean(axis=0) for name in COLUMNS]
    found: dict[tuple[int, int], list[Any]] = {}
    for one, other, *values in zip(*ends, *columns, strict=True):
        i, j = sorted((place[one], place[other]))
        found.setdefault((i, j), []).append(values)
    return {pair: tuple(np.mean(values, axis=0).tolist()) for pair, values in sorted(found.items())}


COLUMNS = ("planned", "trust_start", "trust")
"""What is looked at of a pair."""


def _weeks(now: RunResult, then: RunResult | None) -> dict[str, Any]:
    """Return mean and quantiles of every series week by week."""
    sides = {NOW: _bands(now), THEN: None if then is None else _bands(then)}
    return {
        one.name: {side: None if found is None else found[one.name] for side, found in sides.items()} for one in SERIES
    }


@lru_cache(maxsize=HELD)
def _bands(run: RunResult) -> dict[str, list[Any]]:
    table = run.tables["timeline"]
    many = max(1, len(run.tables["measures"]))
    weeks = len(table) // many
    found = {}
    for one in SERIES:
        values = table[one.name].to_numpy(dtype=float).reshape(many, weeks) * series_factor(one)
        digits = 0 if one.unit else 1
        found[one.name] = [plains(line, digits) for line in _lines(values)]
    return found


def _lines(values: Any) -> list[Any]:
    """Return mean and quantiles over replications (rows), those that are not defined left out."""
    ends = np.full((3, values.shape[1]), math.nan)
    missing = np.isnan(values)
    whole, part = ~missing.any(axis=0), missing.any(axis=0) & ~missing.all(axis=0)
    # what leaves out what is missing goes through the weeks one by one, so only those go there that need it
    for these, mean, quantile in ((whole, np.mean, np.quantile), (part, np.nanmean, np.nanquantile)):
        if these.any():
            ends[0, these] = mean(values[:, these], axis=0)
            ends[1:, these] = quantile(values[:, these], list(QUANTILES.values()), axis=0)
    return list(ends)

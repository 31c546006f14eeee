"""Stores whose runs were never made: every number in them follows from point and replication, and is known."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa

from sim.experiments.columns import table_of
from sim.experiments.experiment import Experiment
from sim.experiments.rounds import Schedule
from sim.experiments.store import Store

FACTORS = {"raci": {"with": "raci"}, "select": {"with": "daily_standup"}}
MEASURES = ("trust", "lead_time")


def value(point, replication, place=0):
    """Return what a measure is; the second is not defined in every third replication."""
    return float("nan") if place == 1 and replication % 3 == 2 else point + replication / 100 + place * 10


def error(point, replication):
    """Return why a run failed, of which some did."""
    return f'point {point}:\n"no" 失败' if point == 1 and replication == 0 else None


def points_of(count, **columns):
    """Return points with two factors that are there or not, and further columns."""
    numbers = range(count)
    held = {"point": numbers, "scenario": ["trust_trap"] * count}
    held |= {"raci": [one % 2 == 1 for one in numbers], "select": [one % 4 > 1 for one in numbers]}
    return pa.table({name: pa.array(list(values)) for name, values in (held | columns).items()})


def asked_of(count, replications, block, measures=MEASURES, tables=(), varied=(), **fields):
    """Return the manifest of such a store."""
    asked = {"scenarios": ["trust_trap"], "factors": FACTORS, "replications": replications, "block": block, **fields}
    experiment = Experiment.model_validate(asked).model_dump(mode="json", by_alias=True)
    experiment["tables"] = list(tables)
    experiment["factors"] |= {one: {"set": f"levers.{one}"} for one in varied}
    return {
        "format": 1,
        "deptsim": "0.1.0",
        "kernel": "k",
        "sources": "s",
        "parts": {"all": "0"},
        "experiment": experiment,
        "scenarios": {"trust_trap": {}},
        "points": count,
        "measures": {one: {"unit": "share", "label": {"en": one, "zh": one}} for one in measures},
    }


def store(
    folder, points=4, replications=3, block=4, *, measures=MEASURES, columns=None, tables=(), blocks=None, **fields
):
    """Write a store, all of it or so many blocks, and return its folder; what is there already is gone on with."""
    asked = asked_of(points, replications, block, measures, tables, **fields)
    place = Path(folder)
    place.mkdir(exist_ok=True)
    made = Store(place, tables)
    there = made.begin(asked, points_of(points, **(columns or {})))
    for number, one in enumerate(planned(points, replications, block)):
        if blocks is not None and number >= blocks:
            return place
        if there.failed_in(one) is None:
            runs = [(point, number) for point, numbers in one.spans for number in numbers]
            there.write(one, {"runs": _runs(runs, measures)} | {name: _cases(name, runs) for name in tables})
    made.seal()
    return place


def planned(points, replications, block):
    """Return the blocks of such a store."""
    asked = SimpleNamespace(replications=replications, block=block)
    schedule = Schedule(SimpleNamespace(experiment=asked, total=points))
    return [one for each, _ in schedule.rounds(lambda *_: iter(())) for one in each.blocks()]


def _runs(runs, measures):
    columns = {
        "point": pa.array([point for point, _ in runs], pa.int64()),
        "replication": pa.array([number for _, number in runs], pa.int64()),
        "error": pa.array([error(*one) for one in runs], pa.string()),
    }
    for place, name in enumerate(measures):
        values = [float("nan") if error(*one) else value(*one, place) for one in runs]
        columns[name] = pa.array(values, pa.float64())
    return pa.table(columns)


def _cases(name, runs):
    """Return the rows of a ledger: one of each run that did not fail."""
    columns = table_of(name, []).schema.names[2:]
    return table_of(name, [(*one, {each: [value(*one)] for each in columns}) for one in runs if not error(*one)])

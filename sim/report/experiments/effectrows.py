"""The effects of an experiment as figures and sentences read them: by term, with what matters and what is mixed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.experiments.axes import Axis
from sim.experiments.effects import TIMES, Effects, effects
from sim.report.experiments.reading import EFFECTS, Term
from sim.spec.findings import TextError
from sim.spec.measures import MeasureSpec
from sim.study.effects import OF_NOW, least
from sim.study.guards import PART, SHARE
from sim.study.statistics import ALPHA
from sim.words import Text

NONE = pd.DataFrame(columns=list(EFFECTS))


def effect_rows(
    points: pd.DataFrame,
    runs: pd.DataFrame,
    axes: Sequence[Axis],
    measures: Sequence[str],
    specs: Mapping[str, MeasureSpec],
    factors: Mapping[str, Text] | None = None,
) -> tuple[pd.DataFrame, tuple[Text, ...]]:
    """Return the effects on some measures, and what was left out; none where factors have no levels to compare.

    Parameters
    ----------
    points, runs, axes
        As the experiment has them.
    measures, specs
        What is looked at, and what is known about it.
    factors
        What people call them.
    """
    if runs.empty:
        return NONE, ()
    try:
        called = {name: one.label for name, one in specs.items()} | dict(factors or {})
        found = effects(points, runs, axes, [name for name in measures if name in runs], called=called)
    except TextError as error:
        return NONE, (error.text,)
    return _told(found, points, runs, specs), found.said


def _told(found: Effects, points: pd.DataFrame, runs: pd.DataFrame, specs: Mapping[str, MeasureSpec]) -> pd.DataFrame:
    table = found.table
    if table.empty:
        return NONE
    now = _means(points, runs, list(dict.fromkeys(table["measure"])))
    named = {str(row["effect"]): _term(row) for _, row in table.iterrows()}
    rows = [
        {
            "scenario": row["scenario"],
            "measure": row["measure"],
            "term": named[str(row["effect"])],
            "order": 2 if row["other"] else 1,
            **{name: row[name] for name in ("mean", "low", "high", "p", "replications")},
            "least": least(specs[row["measure"]], now[row["scenario"]][row["measure"]]),
            "mixed": _mixed(str(row["mixed"])),
            "values": values,
        }
        for (_, row), values in zip(table.iterrows(), found.values.to_numpy(dtype=float), strict=True)
    ]
    return pd.DataFrame(rows, columns=list(EFFECTS))


def _term(row: pd.Series) -> Term:
    first = (str(row["factor"]), row["level"])
    return (first, (str(row["other"]), row["other_level"])) if row["other"] else (first,)


def _mixed(said: str) -> tuple[tuple[str, ...], ...]:
    """Return the factors of the effects that an estimate has in it as well."""
    several = [one.removeprefix("−") for one in said.split(", ")] if said else []
    return tuple(tuple(part.split("=")[0] for part in one.split(TIMES)) for one in several)


def _means(points: pd.DataFrame, runs: pd.DataFrame, measures: Sequence[str]) -> Mapping[Any, Mapping[Any, float]]:
    """Return the mean of every measure in each organization."""
    scenario = runs["point"].map(points["scenario"])
    means: Mapping[Any, Mapping[Any, float]] = runs.groupby(scenario)[list(measures)].mean().to_dict("index")
    return means


def less_done(
    points: pd.DataFrame,
    runs: pd.DataFrame,
    axes: Sequence[Axis],
    guards: Mapping[str, Sequence[str]],
    specs: Mapping[str, MeasureSpec],
) -> frozenset[tuple[str, Term]]:
    """Return organization and term of the effects that leave more unfinished, or get less done, beyond doubt.

    Parameters
    ----------
    points, runs, axes
        As the experiment has them.
    guards
        The measures that say so, by organization.
    specs
        What is known about measures.
    """
    found = set()
    for scenario, names in guards.items():
        mine = points[points["scenario"] == scenario]
        rows, _ = effect_rows(mine, runs[runs["point"].isin(mine.index)], axes, names, specs)
        for _, row in rows.iterrows():
            worse = (float(row["mean"]) > 0.0) == (specs[row["measure"]].better == "lower")
            worth = SHARE if specs[row["measure"]].unit == "share" else PART / (OF_NOW / 100.0) * float(row["least"])
            if worse and float(row["p"]) < ALPHA and abs(float(row["mean"])) >= worth:
                found.add((scenario, row["term"]))
    return frozenset(found)

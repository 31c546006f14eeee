"""The public form of results: what the JSON of an experiment holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.spec.base import text_of
from sim.spec.findings import TextError
from sim.study.plain import plain_data
from sim.study.statistics import mean_interval

if TYPE_CHECKING:
    from sim.experiments.results import Results

MOST = 1000
"""Points of which means are told one by one; of more, the store is there to be asked."""


def results_data(found: Results) -> dict[str, Any]:
    """Return what an experiment was, how far it is, means of its points and its effects, as plain data."""
    experiment, measures = found.experiment, found.recalled.measures
    public: dict[str, Any] = plain_data(
        {
            "folder": str(found.folder),
            "name": experiment.name,
            "title": text_of(experiment.title, experiment.name).by_language(),
            "question": text_of(experiment.question).by_language(),
            "design": experiment.design.kind,
            "seed": experiment.seed,
            "points": len(found.points),
            "runs": found.done,
            "wanted": found.wanted,
            "complete": found.complete,
            "failed": found.failed,
            "measures": list(measures),
            "means": _means(found, measures) if len(found.points) <= MOST else None,
            "effects": _effects(found),
        }
    )
    return public


def _means(found: Results, measures: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return each point with mean and 95 % interval of every measure that the answer is about."""
    scales = found.recalled.scales(measures)
    runs: dict[Any, Any] = dict(list(found.runs.groupby("point")))
    rows: list[dict[str, Any]] = []
    for point, values in found.points.iterrows():
        one = runs.get(point)
        told = {
            name: mean_interval(one[name] if one is not None else (), scale=scales[name])
            for name in measures
            if name in found.measures
        }
        intervals = {name: {"mean": each.mean, "low": each.low, "high": each.high} for name, each in told.items()}
        rows.append({"point": point, **{str(name): value for name, value in values.items()}, "measures": intervals})
    return rows


def _effects(found: Results) -> list[dict[str, Any]] | None:
    """Return the effects; None where the design has none to tell."""
    try:
        table = found.effects().table
    except TextError:
        return None
    rows: Any = table.astype(object).where(table.notna(), None).to_dict("records")
    return list(rows)

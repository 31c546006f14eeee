"""The store of an experiment: a folder with what was asked, its points, and its runs in blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiments.plan import Plan
from sim.files import whole
from sim.results import circumstances
from sim.scenario import definition

MANIFEST = "manifest.json"
POINTS = "points.parquet"
RUNS = "runs"


class Store:
    """A folder of results.

    Parameters
    ----------
    folder : Path
        Where it is, or is to be.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, plan: Plan) -> None:
        """Write what is asked, where it does not stand there already."""
        (self.folder / RUNS).mkdir(parents=True, exist_ok=True)
        manifest = {
            "format": 1,
            "experiment": plan.experiment.model_dump(mode="json", by_alias=True),
            "scenarios": {name: definition(one) for name, one in plan.scenarios.items()},
            "measures": list(plan.specs),
            "kernel": circumstances()["kernel"],
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        if not (self.folder / MANIFEST).exists():
            with whole(self.folder / POINTS) as place:
                pq.write_table(pa.Table.from_pandas(points_table(plan), preserve_index=False), place)
            with whole(self.folder / MANIFEST) as place:
                place.write_text(text, encoding="utf-8")

    def block(self, number: int) -> Path:
        """Return where a block is, or is to be."""
        return self.folder / RUNS / f"{number:08d}.parquet"

    def write(self, number: int, columns: Mapping[str, Any]) -> None:
        """Write a block, whole or not at all."""
        table = pa.table(
            {"error": pa.array(columns["error"], pa.string())}
            | {name: values for name, values in columns.items() if name != "error"}
        ).select(list(columns))
        with whole(self.block(number)) as place:
            pq.write_table(table, place)

    def blocks(self) -> Iterator[Path]:
        """Yield the blocks that are there."""
        yield from sorted((self.folder / RUNS).glob("*.parquet"))


def points_table(plan: Plan) -> pd.DataFrame:
    """Return the points: number, organization, and where every factor stands."""
    points = [plan.point(number) for number in range(plan.total)]
    return pd.DataFrame([{"point": one.number, "scenario": one.scenario, **one.values} for one in points])

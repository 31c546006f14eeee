"""How departments stand to each other, how busy they are, and where cases spend time: means over replications."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.results import Replications
from sim.vocab import LEDGER_PARTS

PAIR = ["from", "to"]


def mean_relations(runs: Mapping[str, Replications]) -> pd.DataFrame:
    """Return trust and understanding at the start and at the end, and dealings, by alternative and pair."""
    frames = {label: _pairs(run.relations) for label, run in runs.items() if len(run.relations.columns)}
    columns = ["alternative", *PAIR, *_VALUES]
    return _stacked(frames, columns)[columns] if frames else pd.DataFrame(columns=columns)


_VALUES = ("trust_start", "trust", "understanding_start", "understanding", "dealings", "planned")


def _pairs(relations: pd.DataFrame) -> pd.DataFrame:
    return relations.mean().unstack("value").reindex(relations["trust"].columns).rename_axis(columns=None)


def mean_loads(runs: Mapping[str, Replications]) -> pd.DataFrame:
    """Return the share of open hours in which people were busy, by alternative and department or approver."""
    frames = {label: run.loads.mean().rename_axis("department").to_frame("utilization") for label, run in runs.items()}
    return _stacked(frames, ["alternative", "department", "utilization"])


def mean_places(runs: Mapping[str, Replications]) -> pd.DataFrame:
    """Return hours per case of a process that counts by alternative, process and step, a column for each part."""
    return _stacked(
        {label: run.places for label, run in runs.items()}, ["alternative", "process", "step", *LEDGER_PARTS]
    )


def _stacked(frames: Mapping[str, pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    return pd.concat(frames, names=["alternative"]).reset_index()[columns]

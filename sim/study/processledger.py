"""Where the cases of each process spend their time, from the cases themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.scenario import Scenario
from sim.vocab import LEDGER_PARTS, UNFINISHED, WEEK, Activity, Context

ROUNDING = 1e-6
"""Hours by which the end of a tail may be missed."""


def process_ledgers(cases: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return calendar hours per case that counts, one row per replication and process, the first of all together.

    A case that is not finished within the tail has all its time in the part `unfinished`, so that the parts sum to the
    published lead time.

    Parameters
    ----------
    cases : DataFrame
        As in `RunResult.cases`.
    scenario : Scenario
        What was run.
    """
    hours = cases[[f"ledger_{part}" for part in LEDGER_PARTS]].set_axis(list(LEDGER_PARTS), axis=1)
    counted, done = _counting(cases, scenario)
    means = _means(cases[counted], hours[counted].where(done[counted], 0.0).fillna(0.0))
    open_ = _means(cases[counted], (~done[counted]).to_frame(UNFINISHED).astype(float))
    return means.merge(open_.assign(**{UNFINISHED: open_[UNFINISHED] * scenario.tail * WEEK}))


def open_ledgers(cases: pd.DataFrame, spent: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the open hours of finished cases that count: no part has nights and weekends.

    Parameters
    ----------
    cases : DataFrame
        As in `RunResult.cases`.
    spent : DataFrame
        Hours by context and activity of every finished case, as in `RunResult.ledger`.
    scenario : Scenario
        What was run.
    """
    _, done = _counting(cases, scenario)
    chosen = cases[done]
    kept = spent.loc[pd.MultiIndex.from_frame(chosen[["replication", "case"]])].drop(
        columns=[Activity.CLOSED.name.lower(), Activity.PARKED.name.lower()], level="activity", errors="ignore"
    )
    return _means(chosen, open_parts(kept).set_axis(chosen.index))


def open_parts(spent: pd.DataFrame) -> pd.DataFrame:
    """Return the published parts of hours by context and activity."""
    normal = Context.NORMAL.name.lower()
    parts: Sequence[str] = [part for part in LEDGER_PARTS if part != "closed"]
    contexts = set(spent.columns.get_level_values("context"))
    found = {part: spent[part].to_numpy().sum(axis=1) if part in contexts else spent[normal, part] for part in parts}
    return pd.DataFrame(found)


def _counting(cases: pd.DataFrame, scenario: Scenario) -> tuple[pd.Series, pd.Series]:
    """Return which cases count, and which of them were finished within the tail of their arrival."""
    begin, end = scenario.window
    counted = (cases["arrival"] >= begin) & (cases["arrival"] < end) & ~cases["lost"]
    done = counted & (cases["finish"] - cases["arrival"] <= scenario.tail * WEEK + ROUNDING)
    return counted, done


def _means(cases: pd.DataFrame, hours: pd.DataFrame) -> pd.DataFrame:
    """Return the means of all cases and of those of each process, by replication."""
    keys = cases["replication"].to_numpy(), cases["process"].astype(str).to_numpy()
    of_all = hours.groupby(keys[0]).mean().rename_axis("replication").reset_index().assign(process="")
    each = hours.groupby(list(keys)).mean().rename_axis(["replication", "process"]).reset_index()
    return pd.concat([of_all, each], ignore_index=True)


def in_progress(cases: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return how many cases are open at the end of each whole week, warm-up included: replication, week, backlog."""
    begin, _ = scenario.window
    weeks = np.arange(-np.ceil(scenario.warmup_weeks), np.floor(scenario.horizon_weeks))
    ends = begin + (weeks + 1.0) * WEEK
    frames = []
    for replication, mine in cases[~cases["lost"]].groupby("replication"):
        arrived, left = (np.searchsorted(np.sort(mine[name]), ends) for name in ("arrival", "finish"))
        frames.append(pd.DataFrame({"replication": replication, "week": weeks.astype(int), "backlog": arrived - left}))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=["replication", "week", "backlog"])

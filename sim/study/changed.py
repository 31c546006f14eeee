"""Which cases changed their outcome, and which part of their ledger moved most."""

from __future__ import annotations

import pandas as pd

from sim.run import RunResult, run
from sim.scenario import Scenario
from sim.vocab import LEDGER_PARTS

KEYS = ["replication", "process", "case"]
"""What makes a case the same case with and without an intervention."""

_KEPT = ["arrival", "target", "finish", "on_time_target"]
_LEDGER = [f"ledger_{part}" for part in LEDGER_PARTS]


def changed_cases(
    baseline: Scenario, alternative: Scenario, replications: int, seed: int, threads: int | None = None
) -> pd.DataFrame:
    """Run both under the same luck and return the cases that became on time or late.

    Returns
    -------
    pandas.DataFrame
        One row per changed case: what identifies it, arrival and target, finish and outcome before and after, and the
        ledger part whose hours changed most (`part`, `part_hours`). ``attrs["counted"]`` is the number of cases
        counted on both sides.
    """
    before, after = (
        run(scenario, replications=replications, seed=seed, threads=threads) for scenario in (baseline, alternative)
    )
    return changed_between(before, after)


def changed_between(before: RunResult, after: RunResult) -> pd.DataFrame:
    """Return the cases whose on-time outcome differs between two runs of the same luck."""
    both = before.cases[KEYS + _KEPT + _LEDGER].merge(
        after.cases[KEYS + _KEPT + _LEDGER], on=KEYS, suffixes=("_before", "_after"), validate="one_to_one"
    )
    counted = both[both["on_time_target_before"].notna() & both["on_time_target_after"].notna()]
    changed = counted[counted["on_time_target_before"].astype(bool) != counted["on_time_target_after"].astype(bool)]
    result = _described(changed.reset_index(drop=True))
    result.attrs["counted"] = len(counted)
    return result


def _described(changed: pd.DataFrame) -> pd.DataFrame:
    moved = pd.DataFrame(
        {part: changed[f"ledger_{part}_after"] - changed[f"ledger_{part}_before"] for part in LEDGER_PARTS}
    )
    result = changed[KEYS].copy()
    result["arrival"] = changed["arrival_before"]
    result["target"] = changed["target_before"]
    for side in ("before", "after"):
        result[f"finish_{side}"] = changed[f"finish_{side}"]
        result[f"on_time_{side}"] = changed[f"on_time_target_{side}"].astype(bool)
    # a case that never finished has no ledger; what is known of it is only that it is late
    known = moved.fillna(0.0).to_numpy()
    place = abs(known).argmax(axis=1) if len(moved) else []
    result["part"] = [moved.columns[column] for column in place]
    result["part_hours"] = [float(known[row, column]) for row, column in enumerate(place)]
    return result

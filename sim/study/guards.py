"""What an improvement must be seen beside: more that is never finished, or less that gets done.

Conflicts, disputes, waits and costs all fall where an organization stands still. So wherever an alternative leaves more
cases unfinished or finishes fewer, that is reported whether or not somebody asked for it, and none of its improvements
is called better without the remark. That fewer customers complain is no standstill: what gets done is counted of
processes whose cases are wanted. A guard is shown where its own interval leaves out zero, and the remark follows its
verdict, which is corrected for the number of tests as every other is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from sim.results import RunResult
from sim.scenario import Scenario
from sim.spec.measures import GUARDS, MeasureSpec, of_process
from sim.study import verdicts
from sim.study.effects import MATTERS, effects_table

RATES = ("conflicts_per_100", "bounces_per_100", "handed_over", "ping_pong", "rework_share", "goods_short")
"""What falls where cases do not get on; of one process, where those of that process do not, however few they are."""


THROUGHPUT = "throughput"

SHARE, PART = 0.005, 0.01
"""Changes below half a point of unfinished cases, or one in a hundred of the throughput, are not worth a word."""


def matters(table: pd.DataFrame) -> pd.Series:
    """Tell of rows about unfinished cases and throughput whether they changed by enough to be worth a word."""
    unfinished = table["measure"].str.startswith("unfinished_share")
    least = (PART * table["now"].abs()).mask(unfinished, SHARE)
    return table["difference"].abs() >= least


def guarded(
    table: pd.DataFrame,
    runs: Mapping[str, RunResult],
    specs: Mapping[str, MeasureSpec],
    least_that_matters: float = MATTERS,
) -> pd.DataFrame:
    """Return the table with the guards that changed, and with the remark on improvements that they put in doubt.

    Parameters
    ----------
    table
        The effects, as asked for.
    runs
        The replications by label, the baseline first.
    specs
        What is known about measures.
    least_that_matters
        As in `effects_table`.
    """
    scenario = next(iter(runs.values())).scenario
    watched = guards_of(table["measure"], scenario)
    guards = effects_table(runs, watched, specs, at_once=False)
    moved = set(guards["measure"][_moved(guards)])
    missing = [name for name in watched if name in moved and name not in set(table["measure"])]
    if missing:
        table = effects_table(runs, (*dict.fromkeys(table["measure"]), *missing), specs, least_that_matters)
    return remarked(table, table[table["measure"].isin(watched)], scenario)


def remarked(table: pd.DataFrame, guards: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the table with the remark on every improvement that guards put in doubt.

    Parameters
    ----------
    table
        The effects.
    guards
        Those on the guards; they may be rows of it.
    scenario
        The organization as it is.
    """
    whole = set(_guards_of_all(scenario))
    worse = guards[(guards["verdict"] == verdicts.WORSE) & matters(guards)]
    doubtful = set(zip(worse["alternative"], worse["measure"].map(_process), strict=True))
    doubtful |= {(alternative, "") for alternative in worse["alternative"][worse["measure"].isin(whole)]}
    remark = [
        row["verdict"] == verdicts.BETTER
        and bool(doubtful & {(row["alternative"], one) for one in ("", _process(row["measure"]))})
        for _, row in table.iterrows()
    ]
    return table.assign(verdict=table["verdict"].mask(pd.Series(remark, table.index), verdicts.BUT))


def _process(name: str) -> str:
    """Return the process that a measure is of; nothing for one of the whole scenario."""
    return name.partition(".")[2]


def guards_of(measures: Iterable[str], scenario: Scenario) -> tuple[str, ...]:
    """Return the guards of the whole scenario, and of every process whose rates are reported."""
    single = dict.fromkeys(_process(name) for name in measures if name.startswith(tuple(f"{one}." for one in RATES)))
    wanted = _wanted(scenario)
    of_single = (
        of_process(name, process) for process in single for name in GUARDS if name != THROUGHPUT or process in wanted
    )
    return tuple(dict.fromkeys((*_guards_of_all(scenario), *of_single)))


def _guards_of_all(scenario: Scenario) -> tuple[str, ...]:
    """Return the guards of the whole scenario; those of processes where the cases of some are not wanted."""
    wanted = _wanted(scenario)
    if len(wanted) == len(scenario.processes):
        return GUARDS
    return (*(name for name in GUARDS if name != THROUGHPUT), *(of_process(THROUGHPUT, one) for one in wanted))


def _wanted(scenario: Scenario) -> list[str]:
    """Return the processes of which it is good to do many: not complaints, nor what can be prevented."""
    caused = {one.complains.process for one in scenario.processes.values() if one.complains}
    return [name for name, one in scenario.processes.items() if name not in caused and not one.preventable]


def _moved(guards: pd.DataFrame) -> pd.Series:
    """Tell which guards may have changed by enough to matter, so that they have to be seen."""
    within_luck = (guards["single_low"] <= 0.0) & (guards["single_high"] >= 0.0)
    return matters(guards) & ~within_luck


def doubtful(table: pd.DataFrame) -> set[str]:
    """Return the alternatives of a comparison's table that leave more unfinished, or get less done, beyond luck."""
    guards = table["measure"].str.split(".").str[0].isin(GUARDS) & (table["verdict"] == verdicts.WORSE) & matters(table)
    return set(table["alternative"][guards | (table["verdict"] == verdicts.BUT)])

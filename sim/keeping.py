"""What is kept of every replication: some tables, or what a function of somebody's own makes of its result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

from sim.hooks import HookError, because
from sim.outcome import Outcome
from sim.results import RunResult
from sim.spec.nearest import did_you_mean
from sim.tables import EVERYTHING, FOLLOWED, LOGGED, TABLES, Rows, WhenAsked, put_together

if TYPE_CHECKING:
    import pandas as pd

Function = Callable[[RunResult], Any]
"""A function of the result of one replication."""

Keep = str | Iterable[str] | Function | None
"""Names of tables, or a function; None where nothing was said."""

Every = Literal["day", "week"]
"""How often trust and understanding of every pair are written down."""


def kept_by(
    keep: Keep, events: bool = False, links_every: Every | None = None, log: bool = False
) -> tuple[tuple[str, ...], Function | None]:
    """Return which tables are made of every replication, and the function that decides what is kept, if there is one.

    Parameters
    ----------
    keep
        As somebody gave it: names of tables, a function, or None for everything.
    events, links_every, log
        Whether the event log, how often trust of every pair, and whether what happens in full, is added.

    Raises
    ------
    ValueError
        If it is none of them, or a name is not that of a table.
    """
    if links_every is not None and links_every not in get_args(Every):
        raise ValueError(f"links_every: found {links_every!r}, expected 'day', 'week' or None")
    names = EVERYTHING if keep is None or callable(keep) else _names(keep)
    followed = (FOLLOWED[links_every],) if links_every else ()
    asked = (*names, *(("events",) if events else ()), *followed, *(LOGGED if log else ()))
    return tuple(name for name in TABLES if name in asked), keep if callable(keep) else None


def _names(keep: str | Iterable[str]) -> tuple[str, ...]:
    names = (keep,) if isinstance(keep, str) else tuple(keep) if isinstance(keep, Iterable) else ()
    if not names or not all(isinstance(name, str) for name in names):
        raise ValueError(f"keep: found {keep!r}, expected names of tables or a function of a RunResult")
    for name in names:
        if name not in TABLES:
            hint = did_you_mean(name, TABLES)
            raise ValueError(f"keep: no table is called {name!r}{hint} (tables: {', '.join(TABLES)})")
    return names


def tables_of(outcome: Outcome, names: Sequence[str], rows: Mapping[str, Rows] | None = None) -> WhenAsked:
    """Return tables of one replication, each of which is made when it is asked for.

    Parameters
    ----------
    outcome
        The replication.
    names
        The tables.
    rows
        The rows of those of them that are made already.
    """
    return WhenAsked({name: partial(_table, outcome, name, (rows or {}).get(name)) for name in names})


def _table(outcome: Outcome, name: str, rows: Rows | None) -> pd.DataFrame:
    return put_together(name, [TABLES[name].rows(outcome) if rows is None else rows], [outcome.replication])


def with_outcome(outcome: Outcome, keep: Callable[[Outcome], dict[str, Rows]]) -> tuple[dict[str, Rows], Outcome]:
    """Return what is kept of a replication, and the replication itself for a function to look at."""
    return keep(outcome), outcome


def asked(function: Function, result: RunResult, replication: int) -> Any:
    """Return what a function makes of the result of one replication.

    Raises
    ------
    HookError
        If it fails: one sentence that names it, the replication and the error.
    """
    try:
        return function(result)
    except Exception as error:
        whose = f"keep={called(function)} failed"
        raise HookError(f"replication {replication}: {whose}: {because(error)}") from error


def called(function: Function) -> str:
    """Return what a function is called, or the kind of what can be called but has no name."""
    return str(getattr(function, "__name__", type(function).__name__))


def gathered(values: Mapping[int, Any], name: str) -> pd.Series | pd.DataFrame:
    """Return what a function made of every replication, indexed by replication.

    A table where it made mappings or series each time: a column for each of their keys. Else a series of that `name`,
    of numbers or of whatever it made.
    """
    import pandas as pd

    index = pd.Index(list(values), name="replication", dtype="int64")
    made = list(values.values())
    if made and all(isinstance(one, Mapping | pd.Series) for one in made):
        return pd.DataFrame([dict(one.items()) for one in made], index=index)
    plain = all(pd.api.types.is_scalar(one) for one in made)
    found = pd.Series(made if plain else [None] * len(made), index=index, name=name, dtype=None if plain else object)
    if not plain:
        for place, one in enumerate(made):  # one by one, since pandas would look into lists and tables
            found.iat[place] = one
    return found

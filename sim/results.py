"""What runs produced: tables by name, and what has to be known to repeat them."""

from __future__ import annotations

import hashlib
import inspect
import os
import platform
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib import metadata
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.hooks import Named
from sim.kernel.jit import MADE, SOURCES
from sim.scenario import Scenario, definition
from sim.sources import sources
from sim.tables import REPLICATION, TABLES, HasTables, Rows, WhenAsked, put_together
from sim.words.environment import of_environment

if TYPE_CHECKING:
    import pandas as pd

    from sim.study.facts import Diagnosis

DIAGNOSED = (
    "measures", "weekly", "timeline", "ledger", "process_ledger", "ledger_open", "process_ledger_open", "places"
)  # fmt: skip
"""The tables from which a diagnosis is made."""

_PACKAGES = ("deptsim", "mesa", "numpy", "numba", "pandas", "pydantic", "scipy")


@dataclass(frozen=True, eq=False, repr=False)
class RunResult(HasTables):
    """What replications of a scenario produced.

    Every table can be had as an attribute, too: ``result.measures`` is ``result.tables["measures"]``. `sim.tables` says
    what each holds; a run of many replications keeps those whose name is in `sim.tables.SUMMARY`.

    Attributes
    ----------
    scenario : Scenario
        What was run.
    tables : dict of DataFrame
        ``measures`` (index replication, a column per measure); ``ledger``, ``ledger_inherited``, ``ledger_open`` (index
        replication, mean hours per case by part: closed hours apart, given to what was waited for, or left out);
        ``timeline``, ``relations``, ``utilization``, ``places``; and of a run that keeps everything also ``cases``
        (times in calendar hours since Monday 00:00), ``case_ledger``, ``daily``, and ``events`` where asked for.
    manifest : dict
        The scenario in full, luck, versions, platform, hashes of scenario, kernel and all sources, classes written in
        Python by name and code, and digests of the measures: all that `sim.rerun` needs, as JSON can say it.
    errors : tuple of str
        One sentence per replication that failed.
    kept : Series or DataFrame, optional
        What the function made of every replication that ``sim.run(..., keep=function)`` was given, indexed by
        replication: a column for each key where it made mappings or series, else whatever it made.

    Examples
    --------
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> result = sim.run(short, replications=2)
    >>> result.measures.shape[0], result.errors
    (2, ())
    >>> bool((result.cases.finish > result.cases.arrival).any())
    True
    """

    scenario: Scenario
    tables: Mapping[str, pd.DataFrame]
    manifest: Mapping[str, Any]
    errors: tuple[str, ...] = ()
    kept: pd.Series | pd.DataFrame | None = None

    @property
    def can_be_diagnosed(self) -> bool:
        """Whether the tables were kept from which a diagnosis is made."""
        return all(name in self.tables for name in DIAGNOSED)

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What state the organization is in: busy shares, trends, waits, and remarks, the gravest first.

        Raises
        ------
        ValueError
            If tables were not kept that it is made from.
        """
        missing = [name for name in DIAGNOSED if name not in self.tables]
        if missing:
            raise ValueError(f"diagnosis: this result keeps {', '.join(self.tables)}; missing: {', '.join(missing)}")
        from sim.study.diagnosis import diagnose_run  # a result diagnoses itself, but only when it is asked to

        return diagnose_run(self)

    def tidy(self, measures: Iterable[str] | None = None) -> pd.DataFrame:
        """Return measures in long form, a row for each replication and measure.

        Parameters
        ----------
        measures : sequence of str, optional
            Their names; all, where nothing is said. NaN where a measure is not defined or not known.

        Returns
        -------
        DataFrame
            Columns ``replication``, ``measure`` and ``value``, in the unit of the measure. A replication that failed
            has no rows.

        Examples
        --------
        >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> rows = sim.run(short, replications=3).tidy(["on_time_target", "trust"])
        >>> rows.columns.tolist(), len(rows)
        (['replication', 'measure', 'value'], 6)
        """
        import pandas as pd

        wide: pd.DataFrame = self.tables["measures"]
        names = wide.columns if measures is None else list(measures)
        values = wide.reindex(columns=names).to_numpy(dtype=float)
        keys = pd.MultiIndex.from_product([wide.index, names], names=["replication", "measure"])
        return pd.DataFrame({"value": values.reshape(-1)}, index=keys).reset_index()

    def _repr_html_(self) -> str:
        from sim.report.notebook import html_of_run  # a result shows itself in notebooks, and only there

        return html_of_run(self, of_environment(os.environ))

    def __repr__(self) -> str:
        """Return what was run, how often, and which tables there are."""
        failed = f", {len(self.errors)} failed" if self.errors else ""
        done = f"{self.manifest['replications']} replications{failed}"
        return f"RunResult({self.scenario.name}, {done}: {', '.join(self.tables)})"


def _tables_told() -> str:
    """Return what `help` says of every table: its keys, and its columns with their units."""
    told = ["Tables", "------"]
    for table in TABLES.values():
        columns = [f"`{one.name}` ({one.unit})" if one.unit else f"`{one.name}`" for one in table.columns]
        meaning = table.meaning.en
        said = f"{meaning[0].upper()}{meaning[1:]}. Columns: {', '.join(columns) or 'one for each measure'}."
        told.append(f"``{table.name}``, by {', '.join(one.name for one in (REPLICATION, *table.keys))}")
        told += textwrap.wrap(said, 114, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(told)


if RunResult.__doc__ is not None:  # as it is where Python is told to leave texts away
    RunResult.__doc__ = f"{inspect.cleandoc(RunResult.__doc__)}\n\n{_tables_told()}\n"


def result_of(
    scenario: Scenario,
    kept: Mapping[int, dict[str, Rows]],
    names: Sequence[str],
    manifest: Mapping[str, Any],
    errors: Sequence[str] = (),
    values: pd.Series | pd.DataFrame | None = None,
) -> RunResult:
    """Return the result of a run.

    Parameters
    ----------
    scenario
        What was run.
    kept
        What was kept of each replication, by its number; it is used up, so that large tables are not held twice.
    names
        The tables.
    manifest, errors
        As in the result.
    values
        What a function made of every replication.
    """
    numbers = list(kept)
    rows = {name: [one.pop(name) for one in kept.values()] for name in TABLES if name in names}
    tables = WhenAsked({name: partial(put_together, name, ones, numbers) for name, ones in rows.items()})
    for name in tables:
        if TABLES[name].full:  # their rows are large, and held twice if anybody asked for them later
            rows.pop(name)
            tables[name]
    digests = _digests(rows["measures"], numbers) if "measures" in tables else _digests_of_tables(tables)
    made = {"tables": list(tables), "results": digests}
    return RunResult(scenario, tables, {**manifest, **made}, tuple(errors), values)


def _digests(measures: Sequence[Rows], numbers: Sequence[int]) -> dict[str, str]:
    """Return 16 hex digits for every bit of each measure in all replications."""
    told = np.array(numbers, dtype="<i8").tobytes()
    names = measures[0] if measures else ()
    return {name: _digest(told, np.concatenate([one[name] for one in measures]).astype("<f8")) for name in names}


def _digests_of_tables(tables: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the same of each table, where measures are not among them."""
    return {name: _of_table(table) for name, table in tables.items()}


def _of_table(table: pd.DataFrame) -> str:
    import pandas as pd

    rows = pd.util.hash_pandas_object(table, categorize=False).to_numpy("<u8")
    return hashlib.sha256(f"{list(table)}".encode() + rows.tobytes()).hexdigest()[:16]


def _digest(numbers: bytes, values: Any) -> str:
    known = np.where(np.isnan(values), np.nan, values)  # what is not defined is so in one way
    return hashlib.sha256(numbers + known.tobytes()).hexdigest()[:16]


def manifest_of(
    scenario: Scenario, seed: int, replications: int, first: int = 0, department: Named = None
) -> dict[str, Any]:
    """Return what is needed to repeat a run to the bit; what is written in Python is told by name and code."""
    return {
        "scenario": scenario.name,
        "scenario_hash": scenario.hash,
        "seed": seed,
        "replications": replications,
        "first_replication": first,
        "department": department,
        **circumstances(),
        "definition": definition(scenario),
    }


def circumstances() -> dict[str, Any]:
    """Return what bits may depend on beside what is run: sources, platform and versions."""
    return {
        "kernel": SOURCES,
        "kernel_made": MADE,
        "sources": sources(),
        "platform": {"system": platform.system(), "machine": platform.machine()},
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in _PACKAGES},
    }


@cache
def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"

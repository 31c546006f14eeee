"""What two scenarios say differently, and what each of them does under the same luck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.scenario import Scenario, load
from sim.scenario.reading import Asked
from sim.study.differing import ABOUT, Absent, Input, Pair, spots_of
from sim.words import Text, clauses, series, words

if TYPE_CHECKING:
    import pandas as pd

    from sim.study.compare import Plan
    from sim.study.comparison import Comparison

texts = words("differing")

A, B = "A", "B"
"""What the two are called in tables."""

FEW = 5
"""Names that are told at most, of processes or departments that do not fit."""

OTHERS = "others"
"""The part of what belongs to no other."""

_LEFT_OUT = (*ABOUT, "expected")
"""What is not listed unless everything is asked for: words for people, and what is known of the figures."""


@dataclass(frozen=True, eq=False)
class Difference:
    """Two scenarios side by side.

    Attributes
    ----------
    a, b
        The scenarios.
    inputs
        Every place at which they say something else, part by part; `base` is what A says and `here` what B says.

    Examples
    --------
    >>> found = sim.diff("order_delivery", "trust_trap")
    >>> found.same, found.table["part"].unique().tolist()
    (False, ['processes', 'relations', 'levers', 'compare', 'others'])
    """

    a: Scenario
    b: Scenario
    inputs: tuple[Input, ...]

    @property
    def same(self) -> bool:
        """Whether both are the same for a run."""
        return self.a.hash == self.b.hash

    @property
    def table(self) -> pd.DataFrame:
        """A row for each input that differs.

        ``part``, ``place``, ``called``, ``a``, ``b``; ``only`` (A or B, where the other has no such place);
        ``difference`` (B − A), ``percent`` of A and ``unit``, of numbers.
        """
        import pandas as pd  # whoever looks at places alone needs no tables

        rows = [{**one, "called": one["called"]["en"]} for one in map(told, self.inputs)]
        columns = ["part", "place", "called", "a", "b", "only", "difference", "percent", "unit"]
        return pd.DataFrame(rows, columns=columns)

    @property
    def luck(self) -> Text:
        """Whether both meet the same luck, and where they do not."""
        why = list(_apart(self.a, self.b))
        said: Text = texts.LUCK_PART.format(why=clauses(why)) if why else texts.LUCK_SAME
        return said

    def compare(self, replications: int = 200, seed: int = 1, measures: Any = None) -> Comparison:
        """Run both under the same luck, as far as they allow; see `luck`.

        Parameters
        ----------
        replications : int
            How many times each is run.
        seed : int
            Chooses the luck.
        measures : str, Measure, or sequence of them, optional
            What to report, as of `sim.compare`.

        Returns
        -------
        Comparison
            With ``A`` as it is now, and ``B`` as the alternative.

        Examples
        --------
        >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> both = sim.diff(short, short.changed({"relations.trust": 0.5})).compare(replications=2)
        >>> both.baseline, both.labels
        ('A', ('B',))
        """
        plan = plan_of(self, replications, seed, measures)
        plan.run()
        return plan.comparison()

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data.

        Returns
        -------
        dict
            ``a`` and ``b`` (name, title, hash), whether they are the ``same`` for a run, and ``inputs`` as in `table`.

        Examples
        --------
        >>> sim.diff("order_delivery", "trust_trap").to_json()["inputs"][0]["place"]
        'processes.complaint.steps.solve.response_hours'
        """
        return {
            "a": _about(self.a),
            "b": _about(self.b),
            "same": self.same,
            "inputs": list(map(told, self.inputs)),
        }


def plan_of(found: Difference, replications: int = 200, seed: int = 1, measures: Any = None) -> Plan:
    """Return the comparison of both that is to be made; parameters are those of `sim.compare`."""
    from sim.study.alternatives import alternative_of
    from sim.study.compare import planned

    other = alternative_of(B, Text(B, B), [found.b])
    return planned(found.a, [other], replications, seed, measures, baseline=A)


def diff(a: Scenario | Asked, b: Scenario | Asked, every: bool = False) -> Difference:
    """Return what two scenarios say differently: a parent and its child, or two that have nothing in common.

    Items of lists are matched by what they are called: KPIs, shocks and interventions by their kind, alternatives by
    their labels.

    Parameters
    ----------
    a, b : Scenario, str, path or mapping
        Scenarios, or how they are asked for: shipped names, files, or what a file would say.
    every : bool
        Whether labels, titles and what is known of the figures are listed as well, and what only one of them has (a
        department, a process) field by field.

    Returns
    -------
    Difference
        ``inputs`` and, as a table, ``table``; `Difference.compare` runs both.

    Raises
    ------
    ScenarioError
        If one of them cannot be read.

    Examples
    --------
    >>> mine = sim.load("order_delivery", {"departments.production.staff": 15, "levers.latency": 2})
    >>> sim.diff("order_delivery", mine).table[["place", "a", "b", "difference", "unit"]].values.tolist()
    [['departments.production.staff', 13.0, 15.0, 2.0, 'people'], ['levers.latency', 4.0, 2.0, -2.0, 'hours']]
    """
    first, second = (one if isinstance(one, Scenario) else load(one) for one in (a, b))
    spots = tuple(spots_of(first, second, ("format",) if every else _LEFT_OUT, every))
    found = Pair(second, first).inputs(spots)
    order = list(texts.PARTS)
    return Difference(first, second, tuple(sorted(found, key=lambda one: order.index(part_of(one)))))


def part_of(one: Input) -> str:
    """Return to which part of a scenario an input belongs."""
    part = str(one.path[0])
    return part if part in texts.PARTS else OTHERS


def only_in(one: Input) -> str:
    """Return which of both has such a place; empty where both have."""
    return B if _plain(one.base) is None else A if _plain(one.here) is None else ""


def change(one: Input) -> tuple[float, float | None] | None:
    """Return B − A and how many percent of A that is, where both are numbers."""
    if one.numbers is None:
        return None
    before, after = one.numbers
    apart = float(f"{after - before:.10g}")  # 0.4 - 0.26 is 0.14
    return apart, 100.0 * apart / abs(before) if before else None


def told(one: Input) -> dict[str, Any]:
    """Return an input as plain data."""
    apart, percent = change(one) or (None, None)
    return {
        "part": part_of(one),
        "place": one.place,
        "called": one.called.by_language(),
        "a": _plain(one.base),
        "b": _plain(one.here),
        "only": only_in(one),
        "difference": apart,
        "percent": percent,
        "unit": one.unit,
    }


def _plain(value: Any) -> Any:
    return None if isinstance(value, Absent) else value


def _about(scenario: Scenario) -> dict[str, Any]:
    from sim.spec.base import text_of

    title = text_of(scenario.title, scenario.name).by_language()
    return {"name": scenario.name, "title": title, "hash": scenario.hash}


def outcomes_of(found: Difference, comparison: Comparison) -> dict[str, Any]:
    """Return what both do, as plain data."""
    from sim.study.plain import plain_data

    rows = comparison.table.set_index("measure")
    return {
        "replications": comparison.replications,
        "seed": comparison.manifest["seed"],
        "luck": found.luck.by_language(),
        "measures": {
            str(name): plain_data(
                {
                    "a": row["now"],
                    "b": row["mean"],
                    **{one: row[one] for one in ("difference", "ci_low", "ci_high")},
                    "percent": percent_of(row),
                    "unit": comparison.specs[str(name)].unit,
                }
            )
            for name, row in rows.iterrows()
        },
    }


def percent_of(row: Mapping[str, Any] | pd.Series) -> float:
    """Return how many percent of A an effect is; not a number where A is nothing."""
    now = float(row["now"])
    return 100.0 * float(row["difference"]) / abs(now) if now else float("nan")


def _apart(a: Scenario, b: Scenario) -> Iterator[Text]:
    """Yield why the luck of two scenarios is not the same throughout: it is addressed by names and numbers."""
    from sim.compile.identities import identities

    if steps := sorted(_steps(a) ^ _steps(b), key=lambda one: ("." in one, one)):
        yield texts.LUCK_PROCESSES.format(names=series(steps, FEW))
    mine, other = identities(a), identities(b)
    if alone := sorted(set(mine) ^ set(other)):
        yield texts.LUCK_DEPARTMENTS.format(names=series(alone, FEW))
    if moved := [one for one in mine if one in other and mine[one] != other[one]]:
        yield texts.LUCK_ORDER.format(names=series(moved, FEW))
    if a.window != b.window:
        yield texts.LUCK_WEEKS


def _steps(scenario: Scenario) -> set[str]:
    """Return the names of processes and steps."""
    return {name for key, one in scenario.processes.items() for name in (key, *(f"{key}.{step}" for step in one.steps))}

"""Tables of what the model and its results are made of: levers, agreements, fixed numbers, measures, tables of runs."""

import textwrap
from collections.abc import Iterable

from docs.fixed import FIXED, Fixed
from docs.markdown import sentence, table
from sim.spec.grades import SCALE
from sim.spec.levers import KINDS, LEVERS
from sim.spec.measures import MEASURES
from sim.study.digest import ALTERNATIVE
from sim.study.effects import COLUMNS
from sim.study.statistics import LEVEL
from sim.study.weeks import COLUMNS as WEEKLY
from sim.tables import REPLICATION, TABLES, Column, Table
from sim.vocab import Purpose


def levers() -> str:
    """Return the table of levers."""
    headings = ("lever", "meaning", "unit", "allowed", "neutral", "typical", "plausible", "agreed", "grade", "source")
    return table(
        headings,
        (
            (
                f"`{one.name}`<br>{one.label.en}, {one.label.zh}",
                f"{one.meaning.en}<br>{one.meaning.zh}",
                one.unit,
                f"{one.low:g} … {one.high:g}",
                f"{one.neutral:g}",
                f"{one.typical:g}",
                f"{one.plausible[0]:g} … {one.plausible[1]:g}",
                one.agreed.kind,
                one.grade,
                one.source,
            )
            for one in LEVERS.values()
        ),
    )


def defaults() -> str:
    """Return how the default of every lever was set, by what kind of source it rests on, the best first."""
    found: dict[str, list[str]] = {}
    for one in LEVERS.values():
        found.setdefault(one.grade, []).append(one.name)
    rows = (
        (grade, len(found[grade]), HOW_SET[grade], ", ".join(f"`{name}`" for name in found[grade]))
        for grade in sorted(found, key=lambda one: (-SCALE[one], one == "assumption", one))
    )
    return table(("grade", "levers", "how the default was set", "which"), rows)


HOW_SET = {
    "trial": "from what was tried beside not trying it",
    "meta-analysis": "the direction from many studies, the size so that it is moderate",
    "natural experiment": "from what changed where something happened to be introduced",
    "before/after": "from figures before a program was introduced",
    "log": "fitted to a public event log, or read off it",
    "survey": "from what people say of themselves or of their projects",
    "assumption": "no number was found: a moderate value, with a range over which it should be varied",
    "claim": "from what somebody says",
}
"""What a grade says of the default of a lever."""


def agreed() -> str:
    """Return the table of what holds where two interventions agree on different figures of a lever."""
    rows = ((kind.kind, f"the {kind.strict}" if kind.strict else "refused", kind.reason) for kind in KINDS)
    return table(("lever says", "of two figures holds", "because"), rows)


def constants() -> str:
    """Return the table of fixed numbers."""
    rows = ((one.what, f"{one.value:g}", one.unit, f"`{_path(one)}`", one.grade) for one in FIXED)
    return table(("number", "value", "unit", "where", "grade"), rows)


def _path(one: Fixed) -> str:
    return f"{one.module.removeprefix('sim.').removeprefix('kernel.').replace('.', '/')}.py"


def purposes() -> str:
    """Return the numbers of all questions that draws answer."""
    told = ", ".join(f"{one.value} {one.name.lower().replace('_', ' ')}" for one in Purpose)
    return textwrap.fill(f"Purposes: {told}.", 120)


def measures() -> str:
    """Return the table of measures."""
    return table(
        ("measure", "unit", "better", "meaning"),
        (
            (f"`{one.name}`<br>{one.label.en}, {one.label.zh}", one.unit, one.better,
             f"{one.meaning.en}<br>{one.meaning.zh}")
            for one in MEASURES.values()
        ),
    )  # fmt: skip


def run_tables() -> str:
    """Return a section for every table of a run."""
    return "\n\n".join(_table_section(one) for one in TABLES.values())


def _table_section(one: Table) -> str:
    keys = ", ".join(f"`{key.name}`" for key in one.keys)
    told = f"Rows by `{REPLICATION.name}`{f', {keys}' if keys else ''}. In a comparison: {_over(one)}."
    further = "A column for every [measure](measures.md)." if one.by_name else _columns((*one.keys, *one.columns))
    return f"### `{one.name}`\n\n{sentence(one.meaning.en)}. {told}\n\n{further}"


def _over(one: Table) -> str:
    if one.by_name:
        return "the tables `table` and `now`"
    if one.full:
        return "not kept"
    if one.over == "bands":
        return f"`mean`, `low`, `high` ({LEVEL:.0%} interval of the mean) of every `series`, by `{ALTERNATIVE.name}`"
    return f"means, by `{ALTERNATIVE.name}`"


def comparison_tables() -> str:
    """Return the columns of the tables that only a comparison has."""
    now = tuple(Column(name, "number") for name in ("mean", "ci_low", "ci_high"))
    return "\n\n".join(
        (
            "### `table`\n\nWhat every alternative changes in every measure, a row each.",
            _columns(COLUMNS),
            "### `now`\n\nEvery reported measure as things are, indexed by `measure`.",
            table(("column", "holds"), zip((f"`{one.name}`" for one in now), NOW, strict=True)),
            "### `weeks`\n\nEvery series of `timeline`: its spread over replications, and what changes in pairs.",
            _columns(WEEKLY),
        )
    )


NOW = ("mean over replications", "lower end of its 95 % interval", "upper end of its 95 % interval")


def _columns(columns: Iterable[Column]) -> str:
    rows = ((f"`{one.name}`", one.label.en, one.dtype, one.unit) for one in columns)
    return table(("column", "holds", "type", "unit"), rows)

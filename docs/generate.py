"""The parts of the documentation that are written from the code, so that they say what it does.

``python docs/generate.py`` writes the tables into their pages; ``python docs/generate.py demo`` also runs the demo: its
answer goes into the README, the rest into `docs/order-delivery.md`; ``python docs/generate.py page`` takes pictures of
the page. What stands outside the markers is written by hand.
"""

import math
import re
import sys
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path

import sim
from docs.fixed import FIXED, Fixed
from sim.interventions import INTERVENTIONS, Adoption, Edit, Intervention, Meeting
from sim.spec.levers import KINDS, LEVERS
from sim.spec.meanings import meaning_of
from sim.spec.measures import MEASURES
from sim.study.digest import ALTERNATIVE
from sim.study.effects import COLUMNS
from sim.study.statistics import LEVEL
from sim.study.weeks import COLUMNS as WEEKLY
from sim.tables import REPLICATION, TABLES, Column, Table
from sim.vocab import Purpose

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PARTS = ("What people do", "What follows")


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table."""
    lines = [list(headings), None, *(list(map(str, row)) for row in rows)]
    return "\n".join("|" + "---|" * len(lines[0]) if one is None else f"| {' | '.join(one)} |" for one in lines)


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


def _allowed(field: dict[str, object]) -> str:
    signs = (("minimum", "≥ "), ("exclusiveMinimum", "> "), ("maximum", "≤ "), ("exclusiveMaximum", "< "))
    either = field.get("anyOf", ())
    numbers = [one for one in (field, *either) if one.get("type") in ("number", "integer")]
    found = ", ".join(f"{sign}{numbers[0][key]:g}" for key, sign in signs if numbers and key in numbers[0])
    found = f"empty, or {found}" if "anyOf" in field and found else found
    kind = {"array": "list", "string": "text", "boolean": "true or false"}.get(str(field.get("type")), "")
    words = any(one.get("type") == "string" for one in either)
    return found or kind or ("empty or a text" if words else "")


def _doses(model: type[Intervention] | type[Adoption] | type[Meeting], left_out: Iterable[str] = ()) -> str:
    schema = model.model_json_schema()["properties"]
    rows = [
        (f"`{name}`", _allowed(schema[name]), _default(field.get_default(call_default_factory=True)),
         _meaning(model.__name__, name))
        for name, field in model.model_fields.items()
        if name not in left_out
    ]  # fmt: skip
    return table(("field", "allowed", "default", "meaning"), rows) if rows else ""


def _meaning(model: str, field: str) -> str:
    """Say in both languages what a field is for."""
    told = meaning_of(model, field)
    return f"{told.en}<br>{told.zh}" if told else ""


def _default(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "empty"
    return "empty" if value is None else f"`{value}`"


def _told(cls: type[Intervention]) -> str:
    """Return the labeled parts of a class's docstring as a list."""
    text = " ".join((cls.__doc__ or "").split())
    pattern = "|".join(map(re.escape, PARTS))
    pieces = re.split(rf"\b({pattern}): ", text)
    return "\n".join(f"* **{name}:** {said.strip()}" for name, said in zip(pieces[1::2], pieces[2::2], strict=True))


def _edits(cls: type[Intervention]) -> str:
    """Return what the intervention does to levers, in the demo's organization and at its own doses."""
    organization = sim.load("order_delivery")
    one = cls()
    rows = [
        (f"`{edit.lever}`", f"{edit.toward:g}", f"{edit.strength:.3g}",
         _grows(edit), ", ".join(edit.where) or "everywhere", _when(edit))
        for edit in one.edits(organization) if edit.strength
    ]  # fmt: skip
    meetings = [
        f"A meeting at {meeting.at:g}:00 on {', '.join(meeting.days)}: {meeting.minutes:g} minutes, "
        f"{meeting.staff_share:.0%} of the staff{_often(meeting)}, "
        f"{meeting.minutes / meeting.item_minutes:g} questions, "
        f"settles an open conflict with chance {meeting.settles:g} (before usefulness and adoption)."
        for meeting in one.meetings(organization)
    ]
    headings = ("lever", "towards", "share of the gap closed", "grows with adoption", "where", "when")
    edits = table(headings, rows) if rows else ""
    return "\n\n".join(part for part in (edits, *meetings) if part)


def _grows(edit: Edit) -> str:
    """Say whether an edit grows with adoption."""
    if edit.paid:
        return "no: paid or agreed in full"
    return "yes, and with follow-through" if edit.followed else "yes"


def _when(edit: Edit) -> str:
    """Say from when to when an edit counts, within its intervention."""
    if edit.weeks == math.inf and edit.after_weeks == 0.0 and edit.fades_weeks == math.inf:
        return "always"
    lasts = "from then on" if edit.weeks == math.inf else "for a day" if edit.weeks < 1 else f"for {edit.weeks:g} weeks"
    fades = "" if edit.fades_weeks == math.inf else f", half as much every {edit.fades_weeks:g} weeks"
    return (f"after {edit.after_weeks:g} weeks, {lasts}" if edit.after_weeks else lasts) + fades


def _often(meeting: Meeting) -> str:
    return "" if meeting.every_weeks == 1 else f", every {meeting.every_weeks} weeks"


def _presets(cls: type[Intervention]) -> str:
    """Return the table of the presets of an intervention."""
    rows = [
        (f"`{name}`", f"{cls.preset_labels[name].en}, {cls.preset_labels[name].zh}",
         ", ".join(f"`{field}` {'empty' if value is None else f'{value:g}'}" for field, value in said.items()))
        for name, said in cls.presets.items()
    ]  # fmt: skip
    return table(("preset", "", "doses that are not as usual"), rows) if rows else ""


def _unusual(cls: type[Intervention]) -> str:
    """Say what is special about how this intervention is taken up."""
    usual, own = Adoption(), cls.model_fields["adoption"].default
    differ = [f"`{name}` {getattr(own, name):g}" for name in type(own).model_fields
              if getattr(own, name) != getattr(usual, name)]  # fmt: skip
    return f"Adoption, unless told otherwise: {', '.join(differ)}." if differ else ""


def _section(kind: str, cls: type[Intervention]) -> str:
    expected = ", ".join(f"`{one.measure}` {one.direction}" for one in cls.expects) or "none stated"
    evidence = table(("grade", "source", "finding"), ((one.grade, one.source, one.finding) for one in cls.evidence))
    doses = _doses(cls, Intervention.model_fields)
    return "\n\n".join(
        part
        for part in (
            f"## `{kind}`: {cls.label.en}, {cls.label.zh}",
            f"{cls.summary.en} {cls.summary.zh}",
            _told(cls),
            f"Stated direction, tested on paired replications: {expected}.",
            "Doses:" if doses else "",
            doses,
            _presets(cls),
            _unusual(cls),
            "At these doses in `order_delivery`:",
            _edits(cls),
            "Evidence:",
            evidence,
        )
        if part
    )


def interventions() -> str:
    """Return what is common to all interventions, and a section for each."""
    common = _doses(Intervention, ("kind", "adoption"))
    return "\n\n".join(
        (
            "## Common to all", common, "`adoption`:", _doses(Adoption),
            "A meeting (also of a `custom` intervention):", _doses(Meeting),
            *(_section(kind, cls) for kind, cls in INTERVENTIONS.items()),
        )
    )  # fmt: skip


def run_tables() -> str:
    """Return a section for every table of a run."""
    return "\n\n".join(_table_section(one) for one in TABLES.values())


def _table_section(one: Table) -> str:
    keys = ", ".join(f"`{key.name}`" for key in one.keys)
    told = f"Rows by `{REPLICATION.name}`{f', {keys}' if keys else ''}. In a comparison: {_over(one)}."
    further = "A column for every [measure](measures.md)." if one.by_name else _columns((*one.keys, *one.columns))
    return f"### `{one.name}`\n\n{_sentence(one.meaning.en)}. {told}\n\n{further}"


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


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


BLOCKS: dict[str, tuple[tuple[str, Callable[[], str]], ...]] = {
    "docs/model.md": (
        ("purposes", purposes),
        ("agreed", agreed),
        ("levers", levers),
        ("constants", constants),
    ),
    "docs/measures.md": (("measures", measures),),
    "docs/tables.md": (("comparison tables", comparison_tables), ("run tables", run_tables)),
    "docs/interventions.md": (("interventions", interventions),),
}
"""Which block of which page is written by what."""


def replaced(page: str, name: str, content: str, writer: str = "docs/generate.py") -> str:
    """Return a page with the block `name` replaced."""
    begin, end = f"<!-- {name}: written by {writer} -->\n", f"<!-- end of {name} -->"
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the page has no block '{name}'")
    return f"{before}{begin}\n{content.strip()}\n\n{end}{after}"


def fresh(path: str) -> str:
    """Return a page as it should be."""
    page = (ROOT / path).read_text(encoding="utf-8")
    for name, content in BLOCKS[path]:
        page = replaced(page, name, content())
    return page


def main(arguments: list[str]) -> None:
    """Write every generated block; with ``demo`` also those that need a run, with ``page`` pictures of the page."""
    for path in BLOCKS:
        (ROOT / path).write_text(fresh(path), encoding="utf-8")
    if "demo" in arguments:
        from docs import demo  # it writes with what is defined here

        demo.write()
    if "page" in arguments:
        from docs import page  # only this needs a browser

        page.write()


if __name__ == "__main__":
    main(sys.argv[1:])

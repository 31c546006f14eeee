"""The sections of interventions, family by family: what people do, what it moves and costs, what is known of it."""

import json
import re
import shlex
from collections.abc import Callable, Iterable
from functools import partial

import sim
from docs import rows
from docs.costs import costs, manufacturer, price
from docs.markdown import table
from sim.interventions import INTERVENTIONS, Adoption, Edit, Hire, Intervention, Meeting, family_of
from sim.interventions.complaints import complaint
from sim.interventions.costs import Cost
from sim.interventions.grounds import Ground
from sim.interventions.moves import Row
from sim.interventions.parts import Expectation
from sim.spec.meanings import meaning_of

PARTS = ("What people do", "What follows")


def blocks(family: str) -> tuple[tuple[str, Callable[[], str]], ...]:
    """Return the block of the page of a family."""
    return (("interventions", partial(sections, family)),)


def sections(family: str | None) -> str:
    """Return a section for every intervention of a family."""
    return "\n\n".join(_section(kind, cls) for kind, cls in INTERVENTIONS.items() if family_of(cls) == family)


def _section(kind: str, cls: type[Intervention]) -> str:
    evidence = table(("grade", "source", "finding"), ((one.grade, one.source, one.finding) for one in cls.evidence))
    doses = fields(cls, Intervention.model_fields)
    parts = (
        f"## `{kind}`",
        f"**{cls.label.en}, {cls.label.zh}.** {cls.summary.en}\n{cls.summary.zh}",
        _told(cls),
        _answers(cls),
        "What it moves:",
        _moves(cls) or "No lever by itself.",
        *_brings(cls),
        _costs(kind, cls),
        f"How it takes hold: {takes_hold(cls)}.",
        _needs(cls),
        *(("Doses:", doses) if doses else ()),
        _presets(cls),
        _directions(kind, cls),
        "Evidence:",
        evidence,
    )
    return "\n\n".join(part for part in parts if part)


def _told(cls: type[Intervention]) -> str:
    """Return the labeled parts of a class's docstring as a list."""
    text = " ".join((cls.__doc__ or "").split())
    pattern = "|".join(map(re.escape, PARTS))
    pieces = re.split(rf"\b({pattern}): ", text)
    return "\n".join(f"* **{name}:** {said.strip()}" for name, said in zip(pieces[1::2], pieces[2::2], strict=True))


def _answers(cls: type[Intervention]) -> str:
    """Return the complaints that it answers, with links to where others that do are found."""
    links = (f"[{complaint(name).en}](../interventions.md#choosing-from-a-complaint)" for name in cls.answers)
    return f"For whoever says: {' · '.join(links)}." if cls.answers else ""


def _moves(cls: type[Intervention]) -> str:
    """Return the table of what it moves: its own rows, and what it computes beside them."""
    one = rows.usual(cls)
    stated = [edit for row in (*cls.table, *cls.costs) for edit in _edits(row, one)]
    others = [edit for edit in one.edits(manufacturer()) if edit.lever != "overhead" and edit not in stated]
    found = [*(rows.move(row, cls) for row in cls.table), *(rows.computed(edit, cls) for edit in others)]
    return table(("lever", "towards", "share of the gap, when lived in full", "acts only with"), found) if found else ""


def _edits(row: Row | Cost, one: Intervention) -> tuple[Edit, ...]:
    """Return the edits of a row; of one whose doses are empty unless somebody states them, none."""
    try:
        return row.edits(one, manufacturer())
    except TypeError:
        return ()


def _brings(cls: type[Intervention]) -> Iterable[str]:
    """Yield the meetings that it adds, and the people whom it brings."""
    one = rows.usual(cls)
    for meeting in one.meetings(manufacturer()):
        often = "" if meeting.every_weeks == 1 else f", every {meeting.every_weeks} weeks"
        questions = meeting.minutes / meeting.item_minutes
        yield (
            f"A meeting at {meeting.at:g}:00 on {', '.join(meeting.days)}{often}: {meeting.minutes:g} minutes, "
            f"{100 * meeting.staff_share:.0f} % of the staff, up to {questions:.0f} questions, "
            f"settles an open conflict with chance {meeting.settles:g} (before usefulness and adoption)."
        )
    yield from (_people(hire) for hire in one.recruits(manufacturer()))


def _people(hire: Hire) -> str:
    after = f", after {hire.after_weeks:g} weeks" if hire.after_weeks else ""
    stays = "" if hire.weeks is None else f", for {hire.weeks:g} weeks"
    return f"People: {hire.people} more in {hire.department} (of `order_delivery`){after}{stays}."


def _costs(kind: str, cls: type[Intervention]) -> str:
    """Return what it costs in words, and what that is in one organization."""
    told = costs(cls)
    told += ["the time of its meetings, and half as much again"] * bool(rows.usual(cls).meetings(manufacturer()))
    told += ["the pay of the people whom it brings"] * bool(rows.usual(cls).recruits(manufacturer()))
    if not cls.costs:
        spent = [edit for edit in rows.usual(cls).edits(manufacturer()) if edit.lever == "overhead"]
        told += [f"{100 * edit.strength:.3g} % of the time of {_whom(edit)}{rows.when(edit)}" for edit in spent]
    listed = "\n".join(f"* {one}" for one in told)
    return f"What it costs (in `order_delivery`: {price(kind)}):\n\n{listed}"


def _whom(edit: Edit) -> str:
    return ", ".join(edit.where) or "everybody concerned"


def takes_hold(cls: type[Intervention]) -> str:
    """Return how an intervention takes hold, in words."""
    adoption: Adoption = cls.model_fields["adoption"].default
    weeks = f"{adoption.ramp_weeks:g} weeks"
    grows = f"over {weeks}" if adoption.ramp_weeks else "at once"
    done = "" if adoption.fidelity == 1.0 else f", {100 * adoption.fidelity:.0f} % as meant"
    dip = f", worse at first (dip {adoption.dip:g})" if adoption.dip else ""
    fades = adoption.retention_weeks
    stays = ", and it stays" if fades is None else f", and half of it is lost every {fades:g} weeks"
    return grows + done + dip + stays


def _needs(cls: type[Intervention]) -> str:
    """Return without what an organization is refused it."""
    return f"Refused without: {'; '.join(one.expected.en for one in cls.needs)}." if cls.needs else ""


def _presets(cls: type[Intervention]) -> str:
    """Return the table of the presets of an intervention."""
    found = [
        (f"`{name}`", f"{cls.preset_labels[name].en}, {cls.preset_labels[name].zh}",
         ", ".join(f"`{field}` {_dose(cls, value)}" for field, value in said.items()))
        for name, said in cls.presets.items()
    ]  # fmt: skip
    return table(("preset", "", "doses that are not as usual"), found) if found else ""


def _dose(cls: type[Intervention], value: object) -> str:
    """Return what a preset says of a field; of adoption only what is not as usual for the kind."""
    if isinstance(value, Adoption):
        usual: Adoption = cls.model_fields["adoption"].default
        told = ((name, getattr(value, name), getattr(usual, name)) for name in type(value).model_fields)
        return ", ".join(f"`{name}` {_dose(cls, one)}" for name, one, other in told if one != other)
    if isinstance(value, bool):
        return str(value).lower()
    return "empty" if value is None else f"{value:g}" if isinstance(value, float | int) else str(value)


def _directions(kind: str, cls: type[Intervention]) -> str:
    """Return what is stated of it, each with the command that shows it."""
    if not cls.expects:
        return "No direction is stated."
    by_ground: dict[Ground, list[Expectation]] = {}
    for one in cls.expects:
        by_ground.setdefault(one.ground, []).append(one)
    lines = [
        f"* {', '.join(f'`{one.measure}` {one.direction}' for one in stated)}: `{command(kind, ground, stated)}`"
        for ground, stated in by_ground.items()
    ]
    return "Stated, and tested on paired replications:\n\n" + "\n".join(lines)


def command(kind: str, ground: Ground, stated: Iterable[Expectation]) -> str:
    """Return the command that shows what an intervention does where there is the problem."""
    sets = (f"--set {shlex.quote(f'{place}={json.dumps(value)}')}" for place, value in ground.changes.items())
    measures = ",".join(dict.fromkeys(one.measure for one in stated))
    return " ".join(("deptsim compare", ground.scenario, *sets, f"--with {kind} --measures {measures}"))


def common() -> str:
    """Return what is common to all interventions, and the one that is data."""
    return "\n\n".join(
        (
            fields(Intervention, ("kind", "adoption")),
            "`adoption`:", fields(Adoption),
            "A meeting (also of a `custom` intervention):", fields(Meeting),
            "`custom`, an intervention as data ([how to](how-to/custom-intervention.md)):",
            fields(sim.interventions.Custom, Intervention.model_fields),
        )
    )  # fmt: skip


def _allowed(field: dict[str, object]) -> str:
    signs = (("minimum", "≥ "), ("exclusiveMinimum", "> "), ("maximum", "≤ "), ("exclusiveMaximum", "< "))
    either = field.get("anyOf", ())
    numbers = [one for one in (field, *either) if one.get("type") in ("number", "integer")]
    found = ", ".join(f"{sign}{numbers[0][key]:g}" for key, sign in signs if numbers and key in numbers[0])
    found = f"empty, or {found}" if "anyOf" in field and found else found
    listed = ", ".join(f"`{one}`" for one in field.get("enum", ()))
    kind = {"array": "list", "string": "text", "boolean": "true or false"}.get(str(field.get("type")), "")
    words = any(one.get("type") == "string" for one in either)
    return listed or found or kind or ("empty or a text" if words else "")


def fields(model: type[Intervention] | type[Adoption] | type[Meeting], left_out: Iterable[str] = ()) -> str:
    """Return the table of the fields of a model."""
    schema = model.model_json_schema()["properties"]
    found = [
        (f"`{name}`", _allowed(schema[name]), _default(field.get_default(call_default_factory=True)),
         _meaning(model.__name__, name))
        for name, field in model.model_fields.items()
        if name not in left_out
    ]  # fmt: skip
    return table(("field", "allowed", "default", "meaning"), found) if found else ""


def _meaning(model: str, field: str) -> str:
    """Say in both languages what a field is for."""
    told = meaning_of(model, field)
    return f"{told.en}<br>{told.zh}" if told else ""


def _default(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "empty"
    return "empty" if value is None else f"`{value}`"

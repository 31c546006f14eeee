"""What a column and a sheet of a workbook are, and what the models say of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from pydantic.fields import FieldInfo

from sim.spec.base import Bounds, Model, bounds_of
from sim.spec.distributions import Work
from sim.spec.findings import Path
from sim.spec.meanings import meaning_of
from sim.spec.organization import KPIS, PRESETS
from sim.words import Text, words

texts = words("workbook")

LABELS = {"en": "label_en", "zh": "label_zh"}
"""The columns with a label in the language that is not the one of the workbook."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one line of a sheet of settings.

    Attributes
    ----------
    key
        Its name in the words.
    place
        Where its values stand, from what a row describes; of settings from the scenario.
    kind
        How cells are read and written (`sim.workbook.kinds`).
    of
        What is referred to, or which choices there are.
    model, field
        Whose meaning, bounds and default are told.
    unit
        The unit in its heading: a key of the words.
    usual
        Of hours of work: how they vary where nothing is said.
    width
        Letters that fit.
    times
        How often it is repeated with a number.
    always
        Whether a template has it though its example says nothing there.
    """

    key: str
    place: Path = ()
    kind: str = "text"
    of: str = ""
    model: type[Model] | None = None
    field: str = ""
    unit: str = ""
    usual: str = ""
    width: int = 12
    times: int = 1
    always: bool = True

    @property
    def info(self) -> FieldInfo | None:
        """What the model says of the field."""
        if self.model is None:
            return None
        return next((one for name, one in self.model.model_fields.items() if _written(name, one) == self.field), None)

    @property
    def bounds(self) -> Bounds | None:
        """Between which numbers values lie, where they are numbers."""
        return bounds_of(self.info) if self.info is not None else None

    @property
    def meaning(self) -> Text | None:
        """What it is for."""
        return meaning_of(self.model.__name__, self.field) if self.model is not None else None

    @property
    def share(self) -> bool:
        """Whether it is a share, which people write in percent."""
        bounds = self.bounds
        return self.kind == "number" and bounds is not None and bounds.low == 0.0 and bounds.high <= 1.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    key
        Its name in the words.
    columns
        From the left.
    base
        Where in the scenario the things stand that rows describe; ``{process}`` is what that column says.
    names
        What rows describe by name, for references; empty where they have none.
    form
        ``table`` (rows by name), ``list`` (rows by number), ``settings`` (a value in each row), or the name of a form
        of its own (`sim.workbook.forms`).
    model
        What a row is.
    always
        Whether a template has it though its example says nothing there.
    """

    key: str
    columns: tuple[Column, ...]
    base: Path = ()
    names: str = ""
    form: str = "table"
    model: type[Model] | None = None
    always: bool = True

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(one for one in self.columns if one.key == key)


def _written(name: str, info: FieldInfo) -> str:
    return str(info.validation_alias or name)


def model_at(model: type[Model], place: str) -> tuple[type[Model], str, FieldInfo]:
    """Return the model and field to which a place such as ``own_work.share`` leads."""
    first, _, rest = place.partition(".")
    info = next(one for name, one in model.model_fields.items() if _written(name, one) == first)
    if not rest:
        return model, first, info
    inner = next(one for one in _members(info.annotation) if isinstance(one, type) and issubclass(one, Model))
    return model_at(inner, rest)


def _members(annotation: Any) -> tuple[Any, ...]:
    args = get_args(annotation)
    return tuple(one for arg in args for one in _members(arg)) if args else (annotation,)


def _kind(info: FieldInfo) -> str:
    """Return how the values of a field are read, as far as its type says."""
    members = _members(info.annotation)
    if Work in members:
        return "work"
    if bool in members:
        return "yes"
    if bounds_of(info) is not None:
        return "number"
    return "text"


def field_of(model: type[Model], place: str, *, key: str = "", before: Path = (), **more: Any) -> Column:
    """Return the column of a field; what its type says need not be said."""
    holder, field, info = model_at(model, place)
    kind = more.pop("kind", None) or _kind(info)
    path = (*before, *place.split("."))
    return Column(key or place.replace(".", "_"), path, kind, model=holder, field=field, **more)


def label_of(model: type[Model], width: int = 18) -> tuple[Column, ...]:
    """Return the columns of a name, of what the other language calls it, and of what files call it."""
    return (
        Column("name", ("label",), "name", model=model, field="label", width=width),
        Column("label_en", ("label",), "label", "en", always=False, width=width),
        Column("label_zh", ("label",), "label", "zh", always=False, width=width),
        Column("code", (), "code", always=False, width=width),
    )


def work_of(model: type[Model], place: str, usual: str, always: bool = True, **more: Any) -> tuple[Column, Column]:
    """Return the columns of hours of work, and of how they vary."""
    hours = field_of(model, place, unit="hours", usual=usual, always=always, **more)
    spread = replace(hours, key=f"{hours.key}_spread", kind="spread", unit="", width=12)
    return hours, spread


def fields_of(model: type[Model], field: str) -> tuple[str, ...]:
    members = _members(model.model_fields[field].annotation)
    inner = next(one for one in members if isinstance(one, type) and issubclass(one, Model))
    return tuple(inner.model_fields)


def names_for(sheet_: Sheet, column: Column | None = None) -> Text:
    """Return what people call a sheet or a column, the usual name first, apart by ``|``."""
    found: Text = texts.SHEETS[sheet_.key] if column is None else texts.COLUMNS[sheet_.key][column.key]
    return found


def called(names: Text) -> Text:
    """Return the usual one of several names."""
    return Text(*(names.get(lang).split("|")[0].strip() for lang in ("en", "zh")))


def heading(sheet_: Sheet, column: Column, number: int = 0) -> Text:
    """Return the heading of a column: its usual name, a number where it is repeated, and its unit."""
    name = called(names_for(sheet_, column))
    if column.times > 1:
        name = texts.NUMBERED.format(name=name, number=number + 1)
    return texts.WITH_UNIT.format(name=name, unit=texts.UNITS[column.unit]) if column.unit else name


CHOICES: Mapping[str, Mapping[str, Text]] = {
    "kpi": KPIS,
    "preset": {one: texts.PRESETS[one] for one in PRESETS},
    "at_date": texts.AT_DATE,
    "queue_rule": texts.QUEUE_RULE,
}
"""What is chosen from, by what files say."""

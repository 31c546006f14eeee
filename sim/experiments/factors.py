"""What an experiment file says about a factor: what is varied, and which values that takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

from sim.experiments.axes import Value
from sim.experiments.imported import CLASS, import_path
from sim.interventions import Intervention
from sim.interventions.own import is_own
from sim.scenario.bundles import Bundle
from sim.scenario.changes import plain_values
from sim.scenario.scenario import written_intervention
from sim.spec.base import Label, List, Model, Name, Table, number, refuse
from sim.spec.strictly import own_number
from sim.words import words

texts = words("experimentfile")

OFF = "off"
"""The level at which nothing is done: no intervention, or whatever the organization says itself."""

LIMIT = number(-1e9, 1e9)


def _value(value: Any) -> Value:
    found = own_number(value)
    if isinstance(found, bool | str) or LIMIT.allows(found):
        return found
    raise refuse(texts.A_VALUE)


def _items(value: Any) -> tuple[Any, ...]:
    """Return what is introduced together, of which there may be one alone."""
    several = tuple(value) if isinstance(value, list | tuple) else (value,)
    for one in several:
        if not (isinstance(one, str | Mapping | Intervention | Bundle | type) and (one or not isinstance(one, str))):
            raise refuse(texts.SOME_ITEMS)
    return tuple(plain_values(one) if isinstance(one, Mapping) else one for one in several)


def _written(items: tuple[Any, ...]) -> list[Any]:
    return [_one_written(item) for item in items]


def _one_written(item: Any) -> Any:
    """Return an item as files write it; what is written in Python is named by its class."""
    if isinstance(item, type):
        return import_path(item)
    if isinstance(item, Bundle):
        return f"bundle:{item.name}"
    if not isinstance(item, Intervention):
        return dict(item) if isinstance(item, Mapping) else item
    if not is_own(item):
        return written_intervention(item)
    doses = item.model_dump(mode="json", exclude_unset=True, by_alias=True)
    doses.pop("kind", None)
    return {CLASS: import_path(type(item)), **doses}


def _departments(value: Any) -> Any:
    several = list(value.values()) if isinstance(value, Mapping) else [value]
    if not several or not all(isinstance(one, type) or (isinstance(one, str) and one) for one in several):
        raise refuse(texts.A_CLASS)
    return dict(value) if isinstance(value, Mapping) else value


def _written_classes(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _written_classes(one) for name, one in value.items()}
    return import_path(value) if isinstance(value, type) else value


def _range(value: Any) -> tuple[float, float] | str:
    if value == DOCUMENTED:
        return DOCUMENTED
    two = isinstance(value, list | tuple) and len(value) == 2 and all(map(LIMIT.allows, value))
    if not two or not value[0] < value[1]:
        raise refuse(texts.A_RANGE)
    return own_number(value[0]), own_number(value[1])


def _written_or_list(value: Any) -> Any:
    return value if isinstance(value, str) else list(value)


def _assumptions(value: Any) -> tuple[str, ...] | str:
    several = isinstance(value, list | tuple) and bool(value) and all(isinstance(one, str) for one in value)
    if value != ALL and not several:
        raise refuse(texts.ASSUMPTIONS)
    return ALL if value == ALL else tuple(value)


def _several(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _or_refused(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError:
        raise refuse(LIMIT.phrase) from None


DOCUMENTED = "documented"
ALL = "all"

_NUMBER_SCHEMA = {"type": "number"}
Level: TypeAlias = Annotated[Value, PlainValidator(_value), WithJsonSchema({"type": ["number", "string", "boolean"]})]
"""A value that a factor may take."""

Number: TypeAlias = Annotated[int | float, WrapValidator(_or_refused), WithJsonSchema(_NUMBER_SCHEMA)]
"""A number as it is written: whole, or not."""

Items: TypeAlias = Annotated[
    tuple[Any, ...],
    PlainValidator(_items),
    PlainSerializer(_written),
    WithJsonSchema({"type": ["string", "object", "array"]}),
]
"""What is introduced together: interventions, bundles, values by place, classes written in Python; one or several."""

Range: TypeAlias = Annotated[
    tuple[float, float] | str,
    PlainValidator(_range),
    PlainSerializer(_written_or_list),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": DOCUMENTED},
                {"type": "array", "items": _NUMBER_SCHEMA, "minItems": 2, "maxItems": 2},
            ]
        }
    ),
]
"""The lowest and the highest value, or the word for what is documented."""

Assumptions: TypeAlias = Annotated[
    tuple[str, ...] | str,
    PlainValidator(_assumptions),
    PlainSerializer(_written_or_list),
    WithJsonSchema({"anyOf": [{"const": ALL}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]

Departments: TypeAlias = Annotated[
    Any, PlainValidator(_departments), PlainSerializer(_written_classes), WithJsonSchema({"type": ["string", "object"]})
]
"""A class of departments, for all of them or by name; by import path, or, in Python, the class itself."""

Shock: TypeAlias = Annotated[Mapping[str, Any], BeforeValidator(plain_values), WithJsonSchema({"type": ["object"]})]
"""A shock as scenarios write it."""

Kind: TypeAlias = Literal["with", "set", "shock", "department", "levels", "assumptions"]
KINDS: tuple[Kind, ...] = ("with", "set", "shock", "department", "levels", "assumptions")
"""What a factor may be about; it says exactly one of them."""

WAYS: Mapping[Kind, tuple[str, ...]] = {
    "with": ("values", "from", "range"),
    "set": ("values", "from", "range", "times"),
    "shock": ("values", "from", "range"),
    "department": (),
    "levels": (),
    "assumptions": (),
}
"""How the values of each kind may be told; of interventions and shocks those of a dose or field."""


class Factor(Model):
    """What is varied: interventions that are there or not, a dose, values by place, shocks, assumptions."""

    label: Label = ""
    """What people call it; empty = its name."""
    with_: Items = Field(default=(), validation_alias="with", serialization_alias="with")
    """Interventions, bundles or values by place that are there or not, together; or whose dose is varied."""
    dose: str = ""
    """The dose that is varied, such as strength, pages or adoption.fidelity; empty = they are there or not."""
    set_: Annotated[List[str], BeforeValidator(_several)] = Field(
        default=(), validation_alias="set", serialization_alias="set"
    )
    """A place of the scenario whose value is varied, such as levers.latency; or several that take the same value."""
    shock: Annotated[Mapping[str, Any], BeforeValidator(plain_values), WithJsonSchema({"type": ["object"]})] | None = (
        None
    )
    """A shock that happens or not, written as in a scenario; or one of whose fields is varied."""
    field: str = ""
    """The field of the shock that is varied; empty = it happens or not."""
    department: Departments | None = None
    """A class of departments that is written in Python, by import path; or departments as they are."""
    levels: Table[Name, Items] | None = None
    """Levels by name, the reference first, each with what is introduced at it."""
    assumptions: Assumptions | None = None
    """`all`, or places: a factor for every assumption of the scenario, over its range."""
    beyond: Annotated[float, number(0.0, 10.0)] = 0.0
    """How far beyond their ranges assumptions may be, in widths of the range, as far as values are allowed."""
    values: List[Level] = ()
    """The values it takes, the reference first; `off` where nothing is done."""
    from_: Number | None = Field(default=None, validation_alias="from", serialization_alias="from")
    """The first of values at equal distances."""
    to: Number | None = None
    """The last of them."""
    step: Number | None = None
    """Their distance; empty = 1."""
    times: List[Annotated[float, number(0.0, 1e6)]] = ()
    """Factors by which the value that the scenario says is multiplied; of whole numbers the nearest."""
    range_: Range | None = Field(default=None, validation_alias="range", serialization_alias="range")
    """The lowest and highest value, for designs that draw between them; `documented` = the range that is known."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it is about; one where it is right."""
        said = {
            "with": bool(self.with_),
            "set": bool(self.set_),
            "shock": self.shock is not None,
            "department": self.department is not None,
            "levels": self.levels is not None,
            "assumptions": self.assumptions is not None,
        }
        return tuple(kind for kind in KINDS if said[kind])

    @property
    def ways(self) -> tuple[str, ...]:
        """How its values are told; one where it is right."""
        stepped = any(one is not None for one in (self.from_, self.to, self.step))
        said = {
            "values": bool(self.values),
            "from": stepped,
            "range": self.range_ is not None,
            "times": bool(self.times),
        }
        return tuple(name for name, there in said.items() if there)

"""What all parts of a scenario share: frozen models, bounded numbers, names, labels, mappings that stay as they are.

Every value that is refused is refused with one phrase, "expected ...", which the reader of scenario files completes
to a sentence with file, line, field and what was found.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NoReturn, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, core_schema

from sim.characters import SCHEMA, broken, steering
from sim.spec.checked import Checked
from sim.spec.meanings import sentence_on
from sim.spec.strictly import own_number
from sim.words import LANGUAGES, Text, words

texts = words("findings")

NAME_LENGTH = 60
LABEL_LENGTH = 4000


def refuse(expected: Text) -> PydanticCustomError:
    """Return the error that says what would have been right."""
    return PydanticCustomError("expected", "expected {expected}", {"expected": expected})


class Model(Checked):
    """A part of a scenario."""

    model_config = ConfigDict(allow_inf_nan=False)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Say of every field what it is for, from the words: reading that from the source takes long."""
        described = handler(schema)
        for name, field in handler.resolve_ref_schema(described).get("properties", {}).items():
            if meaning := sentence_on(cls.__name__, name):
                field["description"] = meaning
        return described


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bounds of a number, and the phrase that names them; texts and truth values are never taken for numbers."""

    low: float
    high: float
    open_low: bool = False
    open_high: bool = False
    whole: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Check the number strictly, and say in one phrase what is allowed."""
        return core_schema.no_info_wrap_validator_function(self._validate, self._number())

    def _number(self) -> core_schema.CoreSchema:
        if self.whole:
            return core_schema.int_schema(strict=True, ge=int(self.low), le=int(self.high))
        limits: dict[str, Any] = {
            "gt" if self.open_low else "ge": self.low,
            "lt" if self.open_high else "le": self.high,
        }
        return core_schema.float_schema(strict=True, allow_inf_nan=False, **limits)

    def _validate(self, value: Any, check: core_schema.ValidatorFunctionWrapHandler) -> Any:
        try:
            return check(value)
        except ValidationError:
            raise refuse(self.phrase) from None

    def allows(self, value: object) -> bool:
        """Say whether `value` is a number within the bounds."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        return above and below and not (self.whole and value != int(value))

    @property
    def json_schema(self) -> dict[str, Any]:
        """The bounds as JSON schema."""
        low, high = (
            "exclusiveMinimum" if self.open_low else "minimum",
            "exclusiveMaximum" if self.open_high else "maximum",
        )
        return {"type": "integer" if self.whole else "number", low: self.low, high: self.high}

    @property
    def phrase(self) -> Text:
        """What is allowed, in words."""
        kind = texts.WHOLE_NUMBER if self.whole else texts.NUMBER
        low = (texts.ABOVE if self.open_low else texts.AT_LEAST).format(limit=plain(self.low))
        high = (texts.BELOW if self.open_high else texts.AT_MOST).format(limit=plain(self.high))
        return texts.BETWEEN.format(kind=kind, low=low, high=high)


def bounds_of(field: FieldInfo) -> Bounds | None:
    """Return the bounds of a field that is a number, also of one that may be empty."""
    said = [field.metadata, *(get_args(member)[1:] for member in get_args(field.annotation))]
    return next((one for told in said for one in told if isinstance(one, Bounds)), None)


def plain(limit: float) -> str:
    """Return a limit in words, with commas and without a needless point."""
    return f"{limit:,.0f}" if limit == int(limit) else f"{limit:g}"


def whole(low: int, high: int) -> Bounds:
    """Return the bounds of a whole number, both included."""
    return Bounds(low, high, whole=True)


def number(low: float, high: float, *, above: bool = False, below: bool = False) -> Bounds:
    """Return the bounds of a number; `above` and `below` leave out the bound itself."""
    return Bounds(low, high, open_low=above, open_high=below)


Share = Annotated[float, number(0.0, 1.0)]
"""A number from 0 to 1, both included."""

Hours = Annotated[float, number(0.0, 100_000.0, above=True)]
"""A duration in hours, above 0."""


def _normal(value: Any) -> Any:
    """Write accented letters in one way only, so that a name equals itself however it was typed."""
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise refuse(texts.TEXT)
    return str(value)


def _name(value: Any) -> str:
    fits = isinstance(value, str) and value.isidentifier() and not value.startswith("_") and len(value) <= NAME_LENGTH
    if not fits:
        raise refuse(texts.NAME.format(most=NAME_LENGTH))
    return str(value)


def _no_truth(value: Any) -> Any:
    """Return a truth value as text, as it equals a number that it is not meant to be; anything else as it is."""
    return str(value).lower() if isinstance(own_number(value), bool) else value


FileFormat = Annotated[Literal[1], BeforeValidator(_no_truth)]
"""The version of a kind of file: a whole number, and no truth value that equals it."""

Name = Annotated[
    str,
    PlainValidator(lambda value: _name(_normal(value))),
    WithJsonSchema({"type": "string", "maxLength": NAME_LENGTH, "pattern": r"^[^\s.\d_][^\s.]*$"}),
]
"""What a department, process, step, calendar or pool is called: letters of any script, digits and underscores."""

Reference = Annotated[
    str, PlainValidator(lambda value: _text(_normal(value))), WithJsonSchema({"type": "string", "maxLength": 130})
]
"""The name of something that is described elsewhere in the scenario."""


def refused(word: object, lines: bool = False) -> Text | None:
    """Return what words for people must be that `word` is not, or None where it is; some may have several lines."""
    if not isinstance(word, str):
        return texts.TEXT
    letter = steering(word)
    if letter is not None:
        return texts.NO_STEERING.format(code=f"{ord(letter):04X}")
    return texts.ONE_LINE if broken(word) and not lines else None


def _words(value: Any, lines: bool) -> Text | str:
    if isinstance(value, Mapping) and value and set(value) <= set(LANGUAGES):
        value = Text(value["en"], value["zh"]) if len(value) == len(LANGUAGES) else next(iter(value.values()))
    elif isinstance(value, Mapping) and None in value.values() and set(value) & set(LANGUAGES):
        raise refuse(texts.LABEL.format(most=LABEL_LENGTH) + texts.COMMA)
    if isinstance(value, Text):
        return Text(_word(value.en, lines), _word(value.zh, lines))
    return _word(value, lines)


def _word(value: Any, lines: bool) -> str:
    if not isinstance(value, str) or len(value) > LABEL_LENGTH:
        raise refuse(texts.LABEL.format(most=LABEL_LENGTH))
    word = str(value) if lines else value.rstrip("\n")  # YAML ends a block with a line break
    if expected := refused(word, lines):
        raise refuse(expected)
    return word


def _write_label(label: Text | str) -> str | dict[str, str]:
    return label.by_language() if isinstance(label, Text) else label


def _words_schema() -> dict[str, Any]:
    text = {"type": "string", "maxLength": LABEL_LENGTH, "pattern": f"^[^{SCHEMA}]*$"}
    both = {
        "type": "object",
        "properties": {"en": text, "zh": text},
        "minProperties": 1,
        "additionalProperties": False,
    }
    return {"anyOf": [text, both]}


Label = Annotated[
    Text | str,
    PlainValidator(lambda value: _words(value, lines=False)),
    PlainSerializer(_write_label),
    WithJsonSchema(_words_schema()),
]
"""Words for people on one line: one text, or one for each language; where one is missing, the other serves."""

Description = Annotated[
    Text | str,
    PlainValidator(lambda value: _words(value, lines=True)),
    PlainSerializer(_write_label),
    WithJsonSchema(_words_schema()),
]
"""Words for people on as many lines as they need, as in a label."""


def _one_line(value: str) -> str:
    if expected := refused(value):
        raise refuse(expected)
    return value


OneLine = AfterValidator(_one_line)
"""Makes a text one that fits into a table."""


def text_of(label: Text | str, name: str = "") -> Text:
    """Return a label in both languages; where one is empty, the other serves, and else `name`."""
    words = label if isinstance(label, Text) else Text(label, label)
    return Text(words.en or words.zh or name, words.zh or words.en or name)


K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(dict[K, V]):
    """A mapping that keeps its order, can be hashed and pickled, and refuses to be changed."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a scenario cannot be changed; make a new one with changed or with_interventions")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[dict[K, V]]]:
        """Pickle and copy through the constructor, since items cannot be set one by one."""
        return (type(self), (dict(self),))


Table = Annotated[Mapping[K, V], AfterValidator(FrozenMap)]
"""A mapping in the order of the file."""


def _sequence(value: Any) -> Any:
    if isinstance(value, str | bytes) or not isinstance(value, list | tuple):
        raise refuse(texts.A_LIST)
    return value


List = Annotated[tuple[V, ...], BeforeValidator(_sequence)]
"""A list in the order of the file."""

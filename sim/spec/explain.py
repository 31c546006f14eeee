"""Turns what pydantic refuses into findings: where in the file, what was found, what is allowed."""

import re
import types
import typing
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sim.spec.checked import held, written
from sim.spec.findings import Finding, Path, ScenarioError, mismatch, one_of, shortened, shown, unknown_field
from sim.spec.levers import LEVERS
from sim.spec.nearest import did_you_mean
from sim.spec.shocks import SHOCKS
from sim.words import Text, either, series, words

texts = words("findings")
_FIELDS = words("fields")

ELLIPSIS = "..."
"""What stands for a value in an example."""

Loc = tuple[int | str, ...]

_LIMITS = {"greater_than_equal": "ge", "greater_than": "gt", "less_than_equal": "le", "less_than": "lt"}


def findings_of(error: ValidationError, data: Any, model: type[BaseModel], also: Sequence[str] = ()) -> list[Finding]:
    """Return one finding for each thing that `model` refused in `data`, which may have some fields `also`."""
    found: list[Finding] = []
    for detail in error.errors(include_url=False):
        inner = detail.get("ctx", {}).get("error")
        if isinstance(inner, ScenarioError):
            found += inner.findings
        else:
            found.append(_finding(detail, data, model, also))
    return list(dict.fromkeys(found))


def _finding(detail: ErrorDetails, data: Any, model: type[BaseModel], also: Sequence[str]) -> Finding:
    path = place_of(detail["loc"], data, missing=detail["type"] == "missing")
    if detail["type"] == "missing":
        return Finding(texts.MISSING.format(field=_description(model, detail["loc"])), path)
    if detail["type"] == "extra_forbidden":
        made = _reached(data, path[:-1])
        holder = type(made) if isinstance(made, BaseModel) else _at(model, detail["loc"][:-1])
        names = _fields(holder) + [name for name in also if len(detail["loc"]) == 1]
        return unknown_field(detail["loc"][-1], names, path, empty=detail["input"] is None)
    if detail["type"].startswith("union_tag"):
        return _kind(detail, path)
    rest = _rest(detail, path, _annotated(model, detail["loc"]))
    return Finding(texts.FOUND_AND.format(found=shown(detail["input"]), rest=rest), path)


def place_of(loc: Loc, data: Any, *, missing: bool = False) -> Path:
    """Return the path in the file: what pydantic adds to tell union members and keys apart is left out."""
    path: list[int | str] = []
    for index, part in enumerate(loc):
        if _inside(data, part):
            data = _reached(data, (part,))
            path.append(part)
        elif missing and index == len(loc) - 1:
            path.append(part)
    return tuple(path)


def _inside(data: Any, part: int | str) -> bool:
    if isinstance(data, BaseModel):
        return part in _by_name(data)
    if isinstance(data, list | tuple):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, Mapping) and part in data


def _reached(data: Any, path: Path) -> Any:
    """Return what stands at a place of data that may be made of models."""
    for part in path:
        inside: Any = _by_name(data) if isinstance(data, BaseModel) else data
        data = inside[part]
    return data


def _by_name(model: BaseModel) -> dict[str, Any]:
    """Return what a model holds by the names of its fields, in Python and in files."""
    fields, values = type(model).model_fields, held(model)
    return {**values, **{str(one.validation_alias): values.get(name) for name, one in fields.items()}}


def _rest(detail: ErrorDetails, path: Path, annotation: Any) -> Text:
    """Say what was expected, or in the words of a class written in Python what is wrong."""
    if detail["type"] == "value_error":
        return texts.BUT.format(why=str(detail["ctx"]["error"]))
    expected = _expected(detail, path) or _mapping(detail, annotation)
    if expected:
        return texts.EXPECTED.format(expected=expected)
    return texts.NOT_ALLOWED.format(why=shortened(detail["msg"], 200))


def _expected(detail: ErrorDetails, path: Path) -> Text | None:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "expected" and path[-2:-1] == ("levers",) and path[-1] in LEVERS:
        return LEVERS[str(path[-1])].range
    if kind == "expected":
        return context["expected"]
    if kind in _LIMITS:
        return texts.LIMITS[kind].format(limit=context[_LIMITS[kind]])
    if kind == "literal_error":
        allowed = _quoted(context["expected"])
        return either(allowed) + did_you_mean(detail["input"], allowed)
    if kind in ("too_short", "string_too_short"):
        return texts.AT_LEAST_SO_MANY.format(count=context["min_length"])
    if kind in ("too_long", "string_too_long"):
        return texts.AT_MOST_SO_MANY.format(count=context["max_length"])
    if kind.startswith("model_") and path[:-1] == ("shocks",):
        return _told_apart(path)
    return texts.KINDS.get(kind.split("_")[0])


def _mapping(detail: ErrorDetails, annotation: Any) -> Text | None:
    """Say which fields are expected where something else was found, with an example that may be what was meant."""
    if detail["type"].split("_")[0] not in ("model", "dict", "mapping"):
        return None
    for member in _members(annotation):
        if _is_model(member):
            return texts.FIELDS_SUCH_AS.format(
                example=_example(member, detail["input"]), fields=series(written(member))
            )
        if _is_table(member):
            inner = next(filter(_is_model, _members(get_args(member)[1])), None)
            return texts.NAMES_SUCH_AS.format(example=f"{{name: {_example(inner, None) if inner else ELLIPSIS}}}")
    return texts.A_MAPPING


def _example(model: type[BaseModel], found: Any) -> str:
    """Return how a model is written: the fields that it has to have, or one; with what was found, where it fits."""
    names = written(model)
    needed = [str(one.validation_alias or name) for name, one in model.model_fields.items() if one.is_required()]
    shown_fields = needed or [name for name in names if name != "label"][:1]
    fits = len(shown_fields) == 1 and isinstance(found, int | float | str) and _accepts(model, shown_fields[0], found)
    value = shortened(str(found)) if fits else ELLIPSIS
    return "{" + ", ".join(f"{name}: {value}" for name in shown_fields) + "}"


def _accepts(model: type[BaseModel], field: str, value: Any) -> bool:
    try:
        model.model_validate({field: value})
    except (ValidationError, ScenarioError):
        return False
    return True


def _quoted(names: object) -> list[str]:
    """Return the names that pydantic puts into quotes."""
    return re.findall(r"'([^']*)'", str(names)) or [str(names)]


def _kind(detail: ErrorDetails, path: Path) -> Finding:
    """Explain a `kind` that is missing or unknown."""
    context = detail.get("ctx", {})
    if "tag" not in context or context["tag"] == str(None):
        return Finding(mismatch(detail["input"], _told_apart(path)), path)
    tag = str(context["tag"])
    return Finding(mismatch(tag, one_of(tag, _quoted(context["expected_tags"]))), path)


def _told_apart(path: Path) -> Text:
    """Say how something is written that is told apart by its kind."""
    return texts.A_SHOCK.format(kinds=either(SHOCKS)) if path[:1] == ("shocks",) else texts.AN_INTERVENTION


def _description(model: type[BaseModel], loc: Loc) -> Text:
    """Say what a required field is for."""
    name, holder = str(loc[-1]), _at(model, loc[:-1])
    told = (_FIELDS.get(cls.__name__, {}).get(name) for cls in (holder.__mro__ if holder else ()))
    meaning = next(filter(None, told), None)
    return texts.FIELD.format(name=name, meaning=meaning) if meaning else Text(name, name)


def _fields(model: type[BaseModel] | None) -> list[str]:
    if model is None:
        return []
    return written(model)


def _at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """Return the model that stands at `loc`."""
    found = [one for one in _members(_annotated(model, loc)) if _is_model(one)]
    return found[0] if found else None


def _annotated(model: type[BaseModel], loc: Loc) -> Any:
    """Return what may stand at `loc`, following pydantic's own way of naming places."""
    here: Any = model
    for part in loc:
        here = _step(here, part)
    return here


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _is_table(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _members(annotation: Any) -> list[Any]:
    """Return what an annotation may stand for, without decoration."""
    if get_origin(annotation) is Annotated:
        return _members(get_args(annotation)[0])
    if get_origin(annotation) in (typing.Union, types.UnionType):
        return [member for one in get_args(annotation) for member in _members(one)]
    return [annotation]


def _step(annotation: Any, part: int | str) -> Any:
    """Go one step of a location: into a field, a value of a mapping, an item of a list, or a member of a union."""
    members = _members(annotation)
    for member in members:
        if _is_model(member):
            for name, field in member.model_fields.items():
                if part in (name, field.validation_alias):
                    return field.annotation
        elif get_origin(member) is tuple and isinstance(part, int):
            return get_args(member)[0]
        elif _is_table(member):
            return get_args(member)[1]
    tagged = [one for one in members if _is_model(one) and "kind" in one.model_fields]
    return next((one for one in tagged if one.model_fields["kind"].default == part), None)

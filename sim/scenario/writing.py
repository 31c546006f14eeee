"""Scenarios to YAML: everything that differs from the default, in the order of the fields."""

from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any, get_args, get_origin

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from sim.interventions import Intervention
from sim.interventions.own import described, is_own
from sim.scenario.inherit import NOT_INHERITED, atomic, differences, merged
from sim.scenario.reading import load
from sim.scenario.scenario import Scenario
from sim.spec.base import Model
from sim.spec.findings import Finding, ScenarioError
from sim.spec.findings import Path as Place
from sim.spec.organization import PACED
from sim.words import words

texts = words("files")

_FIRST = ("format", "parent", "name", "title", "description", "outside")


def content(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain data, without what is at its default; reading it gives an equal scenario."""
    _check_catalog(scenario)
    return _said(scenario)


def definition(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as `content` does; what is written in Python is told by its fields, class and code."""
    said = _said(scenario)
    lists = [(said, "interventions", scenario.interventions)]
    lists += [(said["compare"][n], "with", one.with_) for n, one in enumerate(scenario.compare)]
    for holder, name, some in lists:
        if any(map(is_own, some)):
            written = zip(holder[name], some, strict=True)
            holder[name] = [described(one) if is_own(one) else told for told, one in written]
    return said


def _said(scenario: Scenario) -> dict[str, Any]:
    said = scenario.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    if scenario.pace != 1.0:
        _keep_stated(said, scenario)
    return {"format": scenario.format, "name": scenario.name, **said}


def _keep_stated(said: dict[str, Any], scenario: Scenario) -> None:
    """Write of what follows the pace what is stated, even where it is the default, and nothing else."""
    parts: list[tuple[dict[str, Any], str, Model]] = [
        (said, "coordination_work", scenario.coordination_work),
        (said, "response_targets", scenario.response_targets),
    ]
    for name, department in scenario.departments.items():
        if department.own_work is not None:
            parts.append((said["departments"][name], "own_work", department.own_work))
    for holder, name, part in parts:
        stated = part.model_dump(mode="json", exclude_unset=True)
        paced = PACED[type(part)]
        kept = {field: value for field, value in holder.get(name, {}).items() if field not in paced}
        kept |= {field: stated[field] for field in paced if field in stated}
        holder[name] = kept
        if not kept:
            del holder[name]


def _check_catalog(scenario: Scenario) -> None:
    """Refuse interventions that no file can name."""
    lists: dict[Place, tuple[Intervention, ...]] = {("interventions",): scenario.interventions}
    lists |= {("compare", n, "with"): one.with_ for n, one in enumerate(scenario.compare)}
    wrong = [
        Finding(texts.OWN_CLASS.format(name=type(one).__qualname__), (*path, n))
        for path, some in lists.items()
        for n, one in enumerate(some)
        if is_own(one)
    ]
    if wrong:
        raise ScenarioError(wrong)


def dump(scenario: Scenario, parent: str | Path | None = None, called: str | None = None) -> str:
    """Return a scenario as YAML; `loads` returns an equal one.

    Parameters
    ----------
    scenario
        What to write.
    parent
        A scenario (shipped name or path) to which only the differences are written; the file has to be read from a
        place from which `parent` leads there too.
    called
        What leads to `parent` from where the file will be, if that is not the same.
    """
    return written(
        content(scenario) if parent is None else _as_child(scenario, parent) | ({"parent": called} if called else {})
    )


def written(said: Mapping[str, Any], remarks: Mapping[Place, str] | None = None) -> str:
    """Return what a scenario file says as YAML, with remarks behind the values of some places, as comments."""
    first = {key: said[key] for key in _FIRST if key in said}
    stream = StringIO()
    laid_out = _laid_out({**first, **said})
    for path, remark in (remarks or {}).items():
        _remark(laid_out, path, remark)
    writer = YAML(typ="rt", pure=True)
    writer.width = 110
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(laid_out, stream)
    return stream.getvalue()


def in_order_of_fields(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a scenario file says in the order in which the models have their fields."""
    ordered: dict[str, Any] = _by_field(said, Scenario)
    return ordered


def _by_field(said: Any, annotation: Any) -> Any:
    """Return data in the order of the fields of a model, or of what a table or list holds."""
    if isinstance(annotation, type) and issubclass(annotation, Model) and isinstance(said, Mapping):
        fields = {str(one.validation_alias or name): one.annotation for name, one in annotation.model_fields.items()}
        names = [*(one for one in fields if one in said), *(one for one in said if one not in fields)]
        return {one: _by_field(said[one], fields.get(one)) for one in names}
    for inner in get_args(annotation)[-1:] if isinstance(said, Mapping) else ():
        if get_origin(annotation) is not None and _is_table(annotation):
            return {key: _by_field(one, inner) for key, one in said.items()}
    for inner in get_args(annotation):
        made = _by_field(said, inner)
        if made is not said:
            return made
    return said


def _is_table(annotation: Any) -> bool:
    origin = get_origin(annotation)
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _remark(laid_out: Any, path: Place, remark: str) -> None:
    """Put a comment behind what stands at a place, or behind the last around it that stands on a line of its own."""
    holder = laid_out
    for part in path[:-1]:
        if not isinstance(holder[part], CommentedMap | CommentedSeq) or holder[part].fa.flow_style():
            path = path[: path.index(part) + 1]
            break
        holder = holder[part]
    holder.yaml_add_eol_comment(remark, path[-1])


def _as_child(scenario: Scenario, parent: str | Path) -> dict[str, Any]:
    base = content(load(parent))
    for own in NOT_INHERITED:
        base.pop(own, None)
    said = content(scenario)
    different = differences(base, said)
    if _ordered(merged(base, different)) != _ordered(said):
        raise ScenarioError([Finding(texts.OTHER_ORDER.format(parent=parent), ("parent",))])
    return {"format": scenario.format, "parent": str(parent), **different}


def _ordered(value: Any, path: tuple[str | int, ...] = ()) -> Any:
    """Return data in a form in which the order of names counts where it has a meaning."""
    if not isinstance(value, Mapping):
        return value
    items = [(key, _ordered(inner, (*path, key))) for key, inner in value.items()]
    return items if path and path[-1] in ("departments", "pools", "processes", "steps") else sorted(items, key=_key)


def _key(item: tuple[str, Any]) -> str:
    return item[0]


def _quoted(text: str) -> Any:
    """Write several lines as they are, and escape whatever an emitter may fold, strip or take for a line break."""
    lines = text.split("\n")
    if len(lines) > 1 and all(line.isprintable() and line == line.strip() for line in lines) and lines[0] and lines[-1]:
        return LiteralScalarString(text)
    return text if text.isprintable() and text == text.strip() else DoubleQuotedScalarString(text)


def _laid_out(value: Any, path: tuple[str | int, ...] = ()) -> Any:
    """Write lists of names and small values on one line, whole numbers without a point."""
    if isinstance(value, Mapping):
        table = CommentedMap((key, _laid_out(inner, (*path, key))) for key, inner in value.items())
        if path and atomic(value, path) and path[0] != "calendars":
            table.fa.set_flow_style()
        return table
    if isinstance(value, list):
        sequence = CommentedSeq(_laid_out(inner, (*path, index)) for index, inner in enumerate(value))
        if not any(isinstance(inner, Mapping | list) for inner in value):
            sequence.fa.set_flow_style()
        return sequence
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value

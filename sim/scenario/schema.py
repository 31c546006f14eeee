"""The JSON schema of files of scenarios and bundles, with which editors complete and check them while they are written.

What the models say is made stricter where a single file allows it: levers, measures and interventions are listed with
their bounds and meanings, and a file without a parent has to be whole. A file with interventions at its top is a
bundle. Which departments there are, and whether numbers fit each other, only `check` knows.

``python -m sim.scenario.schema [FILE]`` writes it (by default to ``scenarios/schema.json``).
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from sim.interventions import INTERVENTIONS
from sim.scenario.bundled import PREFIX
from sim.scenario.bundles import Bundle, every_bundle
from sim.scenario.scenario import Scenario
from sim.scenario.schemafile import SchemaFile
from sim.spec.base import Label, Reference
from sim.spec.levers import LEVERS, LeverSpec
from sim.spec.meanings import meaning_of
from sim.spec.measures import MEASURES
from sim.spec.organization import PRESET, PRESETS
from sim.words import words

texts = words("starting")

FILE = "deptsim.schema.json"
"""What the schema is called beside a scenario."""

COMMENT = "# yaml-language-server: $schema="
"""How the first line of a scenario names its schema to editors."""

TITLE = "deptsim scenario"
"""What tells it from other schemas."""

Schema = dict[str, Any]

LABEL: Schema = TypeAdapter(Label).json_schema()
REFERENCE: Schema = TypeAdapter(Reference).json_schema()
_NULL = {"type": "null"}
_DEFS = "#/$defs/"
_MERGED = (
    "CoordinationWork", "Demand", "Department", "External", "OwnWork", "Pool", "Process", "Promise", "QueueRule",
    "Relations", "ResponseTargets", "Step",
)  # fmt: skip
"""What a child may say in part; reading the file tells what is missing in the end."""
_RULES: Mapping[str, Schema] = {
    "Demand": {"oneOf": [{"required": [name]} for name in ("per_week", "at", "every_days", "times_a_year")]},
    "Process": {"not": {"required": ["target_days", "target_hours"]}},
    "Pair": {"anyOf": [{"required": [name]} for name in ("trust", "understanding", "distance")]},
    "Kpi": {
        "if": {"properties": {"measures": {"const": "volume"}}},
        "else": {"properties": {"target": {"maximum": 1}}},
    },
}
"""What holds between two fields of a part."""


def models() -> Schema:
    """Return what the models of a scenario and of a bundle say of themselves, with the parent that a file may name."""
    generated = Scenario.model_json_schema(by_alias=True, mode="validation")
    bundle = Bundle.model_json_schema(by_alias=True, mode="validation")
    generated["$defs"] |= bundle.pop("$defs") | {Bundle.__name__: bundle}
    bundle["description"] = bundle["description"].partition("\n")[0]
    generated["description"] = generated["description"].partition("\n")[0]  # the rest is for those who call it
    generated["properties"] = {
        "parent": {"type": "string", "description": texts.PARENT.get("en")},
        **generated["properties"],
    }
    return generated


def schema(lang: str = "en") -> Schema:
    """Return the JSON schema of a scenario file.

    Parameters
    ----------
    lang
        ``en`` or ``zh``: the language in which levers, interventions and measures are described.
    """
    whole = _each(models(), _tidied)
    parts = whole.pop("$defs")
    _describe(whole, parts, lang)
    _list_levers(whole, parts, lang)
    _list_interventions(parts, lang)
    _list_bundles(whole, parts, lang)
    _list_measures(whole, parts, lang)
    for name, rule in _RULES.items():
        parts[name].update(rule)
    parent = {**whole["properties"].pop("parent"), "description": texts.PARENT.get(lang)}
    child = _in_part(whole)
    child["properties"] = {"parent": parent, **child["properties"]}
    partial = {f"PartOf{name}": _in_part(parts[name]) for name in _MERGED}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        "type": "object",
        "if": {"required": ["with"]},
        "then": {"$ref": f"{_DEFS}Bundle"},
        "else": {
            "if": {"required": ["parent"]},
            "then": {"$ref": f"{_DEFS}Child"},
            "else": {"$ref": f"{_DEFS}Scenario"},
        },
        "$defs": {"Scenario": whole, "Child": child, "Label": LABEL, **parts, **partial},
    }


def _each(node: Any, change: Callable[[Schema], Schema]) -> Any:
    """Return a schema in which every mapping is changed, the inner ones first."""
    if isinstance(node, dict):
        return change({key: _each(inner, change) for key, inner in node.items()})
    return [_each(inner, change) for inner in node] if isinstance(node, list) else node


def _tidied(node: Schema) -> Schema:
    """Leave out headings made from names, count the entries of tables, and allow names of one form only."""
    if node == {"enum": list(INTERVENTIONS)}:
        return {"$ref": f"{_DEFS}InterventionName"}
    found = {key: inner for key, inner in node.items() if key != "title" or isinstance(inner, dict)}
    if found.get("anyOf") == LABEL["anyOf"]:
        del found["anyOf"]
        return {"$ref": f"{_DEFS}Label", **found}
    if node.get("type") == "array" and node["items"] == REFERENCE:
        found["uniqueItems"] = True
    if node.get("type") != "object":
        return found
    for old, new in (("minLength", "minProperties"), ("maxLength", "maxProperties")):
        if isinstance(limit := found.pop(old, None), int):
            found[new] = limit
    if len(found.get("patternProperties", {})) == 1 and "propertyNames" in found:
        ((pattern, inner),) = found.pop("patternProperties").items()
        found["propertyNames"] = {**found["propertyNames"], "pattern": pattern}
        found["additionalProperties"] = inner
    return found


def _describe(whole: Schema, parts: Schema, lang: str) -> None:
    """Say of every field what it is; what a part is only where the language is that of the models."""
    for name, part in {"Scenario": whole, **parts}.items():
        if lang != "en":
            part.pop("description", None)
        for field, inner in part.get("properties", {}).items():
            if meaning := meaning_of(name, field):
                inner["description"] = meaning.get(lang)


def _list_levers(whole: Schema, parts: Schema, lang: str) -> None:
    """List levers by name, for the organization (with the preset) and for a department."""
    parts |= {f"lever_{name}": _lever(spec, lang) for name, spec in LEVERS.items()}
    levers = {name: {"$ref": f"{_DEFS}lever_{name}"} for name in LEVERS}
    top, own = whole["properties"]["levers"], parts["Department"]["properties"]["levers"]
    preset = {"enum": list(PRESETS), "default": "typical", "description": top["description"]}
    for table, first in ((top, {PRESET: preset}), (own, {})):
        del table["propertyNames"]
        table |= {"properties": {**first, **levers}, "additionalProperties": False}
    edit = parts["CustomEdit"]
    edit["properties"]["lever"] = {"anyOf": [_named(name, parts[f"lever_{name}"]["description"]) for name in LEVERS]}
    edit["allOf"] = [_bounded(*limits) for limits in sorted({(spec.low, spec.high) for spec in LEVERS.values()})]


def _lever(spec: LeverSpec, lang: str) -> Schema:
    facts = {"label": spec.label.get(lang), "meaning": spec.meaning.get(lang), "typical": spec.typical}
    low, high = spec.plausible
    words = texts.LEVER.format(**facts, low=low, high=high).get(lang)
    return {"type": "number", "minimum": spec.low, "maximum": spec.high, "description": words}


def _bounded(low: float, high: float) -> Schema:
    """Say how far the levers with these bounds may be moved."""
    names = [name for name, spec in LEVERS.items() if (spec.low, spec.high) == (low, high)]
    limits = {"toward": {"minimum": low, "maximum": high}}
    return {"if": {"properties": {"lever": {"enum": names}}, "required": ["lever"]}, "then": {"properties": limits}}


def _list_interventions(parts: Schema, lang: str) -> None:
    """Describe every intervention, and list their names."""
    names = []
    for kind, cls in INTERVENTIONS.items():
        words = texts.INTERVENTION.format(label=cls.label, summary=cls.summary).get(lang)
        names.append(_named(kind, words))
        parts[cls.__name__] |= {"description": words, "required": ["kind"]}
    parts["InterventionName"] = {"anyOf": names}


def _list_bundles(whole: Schema, parts: Schema, lang: str) -> None:
    """Let a bundle stand wherever a scenario names interventions, with the names of those that are shipped."""
    named = [_named(f"{PREFIX}{name}", one.label.get(lang)) for name, one in every_bundle().items()]
    parts["BundleName"] = {"anyOf": [*named, {"type": "string", "pattern": f"^{PREFIX}."}]}
    for holder, field in ((whole, "interventions"), (parts["Suggestion"], "with")):
        items = holder["properties"][field]["items"]
        holder["properties"][field]["items"] = {"anyOf": [*items["anyOf"], {"$ref": f"{_DEFS}BundleName"}]}


_OF_PART = r"^(kpi_.+|.+\..+)$"
"""What measures of a department or of a process are called."""


def _list_measures(whole: Schema, parts: Schema, lang: str) -> None:
    """List measures by name; those of a department or process follow a form."""
    names = [_named(name, spec.meaning.get(lang)) for name, spec in MEASURES.items()]
    form = {"type": "string", "pattern": _OF_PART}
    whole["properties"]["measures"]["items"] = {"anyOf": [*names, form]}
    known, one = parts["Expected"]["properties"]["measures"], {"$ref": f"{_DEFS}Expectation"}
    known["properties"] = {name: {**one, "description": spec.meaning.get(lang)} for name, spec in MEASURES.items()}
    known |= {"patternProperties": {_OF_PART: one}, "additionalProperties": False}


def _named(name: str, words: str) -> Schema:
    return {"const": name, "description": words}


def _in_part(model: Schema) -> Schema:
    """Return a model of which a child says what differs: nothing is required, and null takes a field away."""
    found: Schema = _each(model, _referring_to_parts)
    for rule in ("required", "oneOf", "not"):
        found.pop(rule, None)
    found["properties"] = {name: _removable(inner) for name, inner in found["properties"].items()}
    return found


def _referring_to_parts(node: Schema) -> Schema:
    name = str(node.get("$ref", "")).removeprefix(_DEFS)
    return {**node, "$ref": f"{_DEFS}PartOf{name}"} if name in _MERGED else node


def _removable(node: Schema) -> Schema:
    """Let null stand for a field, and for every entry of a table."""
    if node.get("type") == "object":
        node = {**node, "properties": _every(node.get("properties", {}), _removable)}
        if isinstance(inner := node.get("additionalProperties"), dict):
            node["additionalProperties"] = _removable(inner)
    said: Schema = {key: node[key] for key in ("description", "default") if key in node}
    kept = {key: inner for key, inner in node.items() if key not in said}
    options: Iterable[Schema] = kept["anyOf"] if set(kept) == {"anyOf"} else [kept]
    return {"anyOf": [*(one for one in options if one != _NULL), _NULL], **said}


def _every(table: Mapping[str, Schema], change: Callable[[Schema], Schema]) -> Schema:
    return {name: change(inner) for name, inner in table.items()}


SCHEMA_FILE = SchemaFile(FILE, TITLE, schema)


if __name__ == "__main__":
    SCHEMA_FILE.write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("scenarios/schema.json"))

"""The JSON schema of experiment files, with which editors complete and check them while they are written.

What the models say is made stricter where the product knows the names: interventions, bundles, levers, shocks, measures
and tables are listed with what they mean. Which places a scenario has, and whether a dose is within its bounds, only
reading the file tells.

``python -m sim.experiments.schema [FILE]`` writes it (by default to ``experiments/schema.json``).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from sim.experiments.designs import DESIGNS
from sim.experiments.experiment import Experiment
from sim.experiments.factors import KINDS, OFF, WAYS
from sim.experiments.measured import BESIDE
from sim.interventions import INTERVENTIONS
from sim.scenario import shipped
from sim.scenario.bundled import PREFIX
from sim.scenario.bundles import every_bundle
from sim.scenario.schemafile import SchemaFile
from sim.spec.base import Label
from sim.spec.levers import LEVERS
from sim.spec.meanings import meaning_of
from sim.spec.measures import MEASURES
from sim.spec.shocks import AnyShock
from sim.tables import TABLES
from sim.words import Text, words

texts = words("starting")

FILE = "deptsim.experiment.schema.json"
"""What the schema is called beside an experiment."""

TITLE = "deptsim experiment"
"""What tells it from the schema of scenarios."""

Schema = dict[str, Any]

_DEFS = "#/$defs/"
LABEL: Schema = TypeAdapter(Label).json_schema()
"""Words for people."""

_IMPORT_PATH: Schema = {"type": "string", "pattern": r"^[^\s:=]+:[^\s:=]+$"}
_DOSED: Schema = {"type": "string", "pattern": r"^[^\s:=]+:.+=.+$"}


def models() -> Schema:
    """Return what the models of an experiment say of themselves."""
    generated: Schema = Experiment.model_json_schema(by_alias=True, mode="validation")
    return generated


def experiment_schema(lang: str = "en") -> Schema:
    """Return the JSON schema of an experiment file.

    Parameters
    ----------
    lang
        ``en`` or ``zh``: the language in which fields and names are described.
    """
    found: Schema = tidied(models())
    parts = found.pop("$defs")
    for name, part in {"Experiment": found, **parts}.items():
        if lang != "en":
            part.pop("description", None)
        for field, inner in part["properties"].items():
            if meaning := meaning_of(name, field):
                inner["description"] = meaning.get(lang)
    parts |= {"Label": LABEL, **named_parts(lang)}
    _complete(found["properties"])
    _complete_factor(parts["Factor"])
    for name, part in parts.items():
        if "kind" in part.get("properties", {}) and name not in _shocks():
            part["required"] = ["kind", *part.get("required", ())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        **found,
        "$defs": parts,
    }


def tidied(node: Any) -> Any:
    """Leave out headings made from names, and let names of tables follow one form."""
    if isinstance(node, list):
        return [tidied(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    found = {
        key: tidied(inner) for key, inner in node.items() if key not in ("title", "discriminator") or _is_field(inner)
    }
    if found.get("anyOf") == LABEL["anyOf"]:
        del found["anyOf"]
        return {"$ref": f"{_DEFS}Label", **found}
    if found.get("type") == "object" and len(found.get("patternProperties", {})) == 1:
        ((pattern, inner),) = found.pop("patternProperties").items()
        found |= {"propertyNames": {**found["propertyNames"], "pattern": pattern}, "additionalProperties": inner}
    return found


def _is_field(inner: Any) -> bool:
    """Tell whether something that is called a title is a field of this name."""
    return isinstance(inner, dict) and "propertyName" not in inner


def _shocks() -> Schema:
    found: Schema = tidied(TypeAdapter(AnyShock).json_schema(by_alias=True))
    return {
        name: {**part, "required": ["kind"]} for name, part in found["$defs"].items() if "kind" in part["properties"]
    }


def named_parts(lang: str) -> Schema:
    """Return the names that files may use, each with what it means."""
    bundles = {f"{PREFIX}{name}": one.label for name, one in every_bundle().items()}
    kinds = {
        kind: texts.INTERVENTION.format(label=cls.label, summary=cls.summary) for kind, cls in INTERVENTIONS.items()
    }
    levers = {f"levers.{name}": _lever(name) for name in LEVERS}
    measures = {name: one.meaning for name, one in MEASURES.items()}
    tables = {name: TABLES[name].meaning for name in BESIDE}
    shocks = _shocks()
    return {
        "Item": {"anyOf": [*_consts(kinds | bundles, lang), _IMPORT_PATH, _DOSED, {"type": "object"}]},
        "Items": {"anyOf": [{"$ref": f"{_DEFS}Item"}, {"type": "array", "items": {"$ref": f"{_DEFS}Item"}}]},
        "Place": {"anyOf": [*_consts(levers, lang), {"type": "string"}]},
        "Measure": {"anyOf": [*_consts(measures, lang), {"type": "string", "pattern": r"^(kpi_.+|.+\..+|.+:.+)$"}]},
        "Table": {"anyOf": _consts(tables, lang)},
        "Shock": {"oneOf": [{"$ref": f"{_DEFS}{name}"} for name in shocks]},
        **shocks,
    }


def _lever(name: str) -> Text:
    spec = LEVERS[name]
    low, high = spec.plausible
    return texts.LEVER.format(label=spec.label, meaning=spec.meaning, typical=spec.typical, low=low, high=high)


def _consts(names: Mapping[str, Text], lang: str) -> list[Schema]:
    return [{"const": name, "description": meaning.get(lang)} for name, meaning in names.items()]


def _complete(fields: Schema) -> None:
    """Say what may stand in the fields of an experiment."""
    scenarios = {"anyOf": [{"enum": list(shipped())}, {"type": "string"}]}
    several = (("scenarios", scenarios), ("measures", ref("Measure")), ("tables", ref("Table")))
    for name, item in several:
        one_or_several(fields[name], item)
    kinds = [one.model_fields["kind"].default for one in DESIGNS]
    replace(fields["design"], {"anyOf": [{"enum": kinds}, {"oneOf": fields["design"]["oneOf"]}]})


def _complete_factor(factor: Schema) -> None:
    """Say what may stand in the fields of a factor, and that it is about one thing."""
    fields = factor["properties"]
    replace(fields["with"], ref("Items"))
    replace(fields["shock"], ref("Shock"))
    replace(fields["levels"], {**_table(fields["levels"]), "additionalProperties": ref("Items"), "minProperties": 2})
    one_or_several(fields["set"], ref("Place"))
    fields["values"]["minItems"] = 2
    fields["values"]["items"] = {"anyOf": [{"const": OFF}, {"type": ["number", "string", "boolean"]}]}
    factor["oneOf"] = [{"required": [kind]} for kind in KINDS]
    factor["allOf"] = [
        {"if": {"required": ["set"]}, "then": {"oneOf": [{"required": [way]} for way in WAYS["set"]]}},
        {"if": {"required": ["dose"]}, "then": {"required": ["with"], "oneOf": _ways("with")}},
        {"if": {"required": ["field"]}, "then": {"required": ["shock"], "oneOf": _ways("shock")}},
        {"dependentRequired": {"from": ["to"], "to": ["from"], "step": ["from"]}},
    ]


def _ways(kind: str) -> list[Schema]:
    return [{"required": [way]} for name, ways in WAYS.items() if name == kind for way in ways]


def ref(name: str) -> Schema:
    return {"$ref": f"{_DEFS}{name}"}


def _table(field: Schema) -> Schema:
    options: Iterable[Schema] = field.get("anyOf", (field,))
    return next(one for one in options if one.get("type") == "object")


def one_or_several(field: Schema, item: Schema) -> None:
    limits = {key: field[key] for key in ("minItems", "maxItems") if key in field}
    replace(field, {"anyOf": [item, {"type": "array", "items": item, "uniqueItems": True, **limits}]})


def replace(field: Schema, schema: Schema) -> None:
    """Let a field be described by another schema, with the words and the default that it has."""
    kept: Schema = {key: field[key] for key in ("description", "default") if key in field}
    field.clear()
    field |= {**schema, **kept}


SCHEMA_FILE = SchemaFile(FILE, TITLE, experiment_schema)


if __name__ == "__main__":
    SCHEMA_FILE.write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("experiments/schema.json"))

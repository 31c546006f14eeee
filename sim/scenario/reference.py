"""The tables of the reference of scenario files, written from their schema so that they say what the reader does.

``python -m sim.scenario.reference [FILE]`` writes them (by default into ``docs/scenario-reference.md``).
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.files import whole
from sim.interventions import INTERVENTIONS
from sim.scenario.schema import models
from sim.spec.base import plain
from sim.spec.dates import DATE, MOMENT

_SECTIONS = (
    "Department", "Kpi", "OwnWork", "Pool", "Process", "Demand", "Promise", "Satisfaction", "Complaints", "Step",
    "External", "SendsBack", "Release", "Relations", "Pair", "QueueRule", "CoordinationWork", "ResponseTargets",
    "Leaver", "Surge", "ShortStaffed", "SupplierFailure", "UrgentOrder", "WrongUpdate", "Closure", "Profile", "Peak",
    "Suggestion", "Expected", "Expectation", "Bundle",
)  # fmt: skip

MARKER = "<!-- fields:"
"""What stands above this in the file is written by hand, what stands below from the models."""


def fields() -> str:
    """Return the tables of all fields as Markdown."""
    described = models()
    parts = ["\n## Fields of the file\n", _table(described, described)]
    for name in _SECTIONS:
        model = described["$defs"][name]
        parts += [f"## {name}\n", f"{model['description']}\n", _table(model, described)]
    return "\n".join(parts)


def _table(model: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    rows = ["| field | allowed | default | meaning |", "|---|---|---|---|"]
    for name, field in model["properties"].items():
        allowed = _allowed(field, root).replace("|", "\\|")
        rows.append(f"| `{name}` | {allowed} | {_default(field)} | {_meaning(field, root)} |")
    return "\n".join(rows) + "\n"


def _meaning(field: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    model = root["$defs"].get(_section_of(field), {})
    return str(field.get("description", model.get("description", "")))


def _default(field: Mapping[str, Any]) -> str:
    if "default" not in field:
        return ""
    empty = field["default"] in (None, "", [], {})
    return "empty" if empty else f"`{json.dumps(field['default'], ensure_ascii=False)}`"


def _allowed(field: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    """Say in a few words what the schema of a field allows."""
    if "$ref" in field:
        return _named(_section_of(field))
    if field.get("enum") == list(INTERVENTIONS):
        return "an [intervention](interventions.md)"
    if "enum" in field or "const" in field:
        return " or ".join(f"`{one}`" for one in field.get("enum", [field.get("const")]) if one is not None)
    if field.get("type") in ("number", "integer"):
        return _limits(field)
    if field.get("type") == "array":
        return f"list of: {_allowed(field['items'], root)}"
    if field.get("additionalProperties") is True:
        return "values by place"
    if field.get("type") == "object":
        named = [*field.get("patternProperties", {}).values(), field.get("additionalProperties")]
        return f"names to: {_allowed(named[0], root)}" if isinstance(named[0], Mapping) else "by language"
    if "oneOf" in field and all(_section_of(one) in _SECTIONS for one in field["oneOf"]):
        return " or ".join(_named(_section_of(one)) for one in field["oneOf"])
    if field.get("pattern") in (DATE, MOMENT):
        return "date"
    if "anyOf" in field:
        several = [_allowed(one, root) for one in field["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(filter(None, several)))
    return {"string": "text", "boolean": "true or false"}.get(str(field.get("type")), "a mapping with its `kind`")


def _section_of(field: Mapping[str, Any]) -> str:
    """Return the name of the model that a field refers to."""
    return str(field.get("$ref", "")).rsplit("/", 1)[-1]


def _named(name: str) -> str:
    if name in ("Work", "Calendar"):
        return {"Work": "hours of work", "Calendar": "opening hours"}[name]
    return f"[{name}](#{name.lower()})"


def _limits(field: Mapping[str, Any]) -> str:
    kind = "whole number" if field["type"] == "integer" else "number"
    words = {"minimum": "≥ {}", "exclusiveMinimum": "> {}", "maximum": "≤ {}", "exclusiveMaximum": "< {}"}
    told = [form.format(plain(field[key])) for key, form in words.items() if key in field]
    return f"{kind} {', '.join(told)}"


def write_reference(path: Path) -> None:
    """Write the tables into the file, below what is written by hand."""
    prose, marker, below = path.read_text(encoding="utf-8").partition(MARKER)
    with whole(path) as place:
        place.write_text(f"{prose}{marker}{below.partition(chr(10))[0]}\n{fields()}", encoding="utf-8")


if __name__ == "__main__":
    write_reference(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/scenario-reference.md"))

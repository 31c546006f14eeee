"""The tables of the reference of scenario files, written from their schema so that they say what the reader does.

``python -m sim.scenario.reference [FILE]`` writes them (by default into ``docs/scenario-reference.md``).
"""

import json
import sys
from collections.abc import Mapping, Sequence
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
    return Tables(models(), _SECTIONS).text()


class Tables:
    """The fields of a kind of file, as Markdown.

    Parameters
    ----------
    described
        What the models say of themselves.
    sections
        The parts that have a table of their own, in this order.
    """

    def __init__(self, described: Mapping[str, Any], sections: Sequence[str]) -> None:
        self._root, self._sections = described, sections

    def text(self) -> str:
        """Return a table of the file, and one for each part."""
        parts = ["\n## Fields of the file\n", self._table(self._root)]
        for name in self._sections:
            model = self._root["$defs"][name]
            parts += [f"## {name}\n", f"{model['description']}\n", self._table(model)]
        return "\n".join(parts)

    def _table(self, model: Mapping[str, Any]) -> str:
        rows = ["| field | allowed | default | meaning |", "|---|---|---|---|"]
        for name, field in model["properties"].items():
            allowed = self._allowed(field).replace("|", "\\|")
            rows.append(f"| `{name}` | {allowed} | {_default(field)} | {self._meaning(field)} |")
        return "\n".join(rows) + "\n"

    def _meaning(self, field: Mapping[str, Any]) -> str:
        model = self._root["$defs"].get(_section_of(field), {})
        return str(field.get("description", model.get("description", "")))

    def _allowed(self, field: Mapping[str, Any]) -> str:
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
            return f"list of: {self._allowed(field['items'])}"
        if field.get("additionalProperties") is True:
            return "values by place"
        if field.get("type") == "object":
            named = [*field.get("patternProperties", {}).values(), field.get("additionalProperties")]
            return f"names to: {self._allowed(named[0])}" if isinstance(named[0], Mapping) else "by language"
        if "oneOf" in field and all(_section_of(one) in self._sections for one in field["oneOf"]):
            return " or ".join(_named(_section_of(one)) for one in field["oneOf"])
        if field.get("pattern") in (DATE, MOMENT):
            return "date"
        if "anyOf" in field:
            several = [self._allowed(one) for one in field["anyOf"] if one.get("type") != "null"]
            return " or ".join(dict.fromkeys(filter(None, several)))
        if isinstance(field.get("type"), list):
            return " or ".join(_TYPES[one] for one in field["type"])
        return {"string": "text", "boolean": "true or false"}.get(str(field.get("type")), "a mapping with its `kind`")


_TYPES = {"string": "text", "number": "number", "boolean": "true or false", "object": "mapping", "array": "list"}


def _default(field: Mapping[str, Any]) -> str:
    if "default" not in field:
        return ""
    empty = field["default"] in (None, "", [], {})
    return "empty" if empty else f"`{json.dumps(field['default'], ensure_ascii=False)}`"


def _section_of(field: Mapping[str, Any]) -> str:
    """Return the name of the model that a field refers to."""
    return str(field.get("$ref", "")).rsplit("/", 1)[-1]


def _named(name: str) -> str:
    if name in ("Work", "Calendar"):
        return {"Work": "hours of work", "Calendar": "opening hours"}[name]
    return f"[{name}](#{name.lower()})"


_LIMITS = {"minimum": "≥ {}", "exclusiveMinimum": "> {}", "maximum": "≤ {}", "exclusiveMaximum": "< {}"}


def _limits(field: Mapping[str, Any]) -> str:
    kind = "whole number" if field["type"] == "integer" else "number"
    if not any(key in field for key in _LIMITS):
        return kind
    told = [form.format(plain(field[key])) for key, form in _LIMITS.items() if key in field]
    return f"{kind} {', '.join(told)}"


def write_reference(path: Path) -> None:
    """Write the tables into the file, below what is written by hand."""
    write_below(path, fields())


def write_below(path: Path, tables: str) -> None:
    """Write tables into a page, below what is written by hand."""
    prose, marker, below = path.read_text(encoding="utf-8").partition(MARKER)
    with whole(path) as place:
        place.write_text(f"{prose}{marker}{below.partition(chr(10))[0]}\n{tables}", encoding="utf-8")


if __name__ == "__main__":
    write_reference(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/scenario-reference.md"))

"""The JSON schema of files of claims, with which editors complete and check them while they are written.

``python -m sim.answers.audit.schema [FILE]`` writes it (by default beside the claims that are shipped).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sim.answers.audit.claims import Claims
from sim.experiments.schema import LABEL, named_parts, ref, replace, tidied
from sim.scenario import shipped
from sim.scenario.schemafile import SchemaFile
from sim.spec.meanings import meaning_of

FILE = "deptsim.claims.schema.json"
"""What the schema is called beside claims."""

TITLE = "deptsim claims"
"""What tells it from other schemas."""

USED = ("Item", "Items", "Measure")
"""Names that files of claims may use."""


def models() -> dict[str, Any]:
    """Return what the models of claims say of themselves."""
    generated: dict[str, Any] = Claims.model_json_schema(by_alias=True, mode="validation")
    return generated


def claims_schema(lang: str = "en") -> dict[str, Any]:
    """Return the JSON schema of a file of claims.

    Parameters
    ----------
    lang
        ``en`` or ``zh``: the language in which fields and names are described.
    """
    found = tidied(models())
    parts = found.pop("$defs")
    for name, part in {"Claims": found, **parts}.items():
        if lang != "en":
            part.pop("description", None)
        for field, inner in part["properties"].items():
            if meaning := meaning_of(name, field):
                inner["description"] = meaning.get(lang)
    several = found["properties"]["claims"]
    several["minProperties"] = several.pop("minLength")
    fields = parts["Claim"]["properties"]
    for field in ("with", "already"):
        replace(fields[field], ref("Items"))
    replace(fields["measure"], ref("Measure"))
    replace(fields["scenario"], {"anyOf": [{"enum": list(shipped())}, {"type": "string"}]})
    named = {name: part for name, part in named_parts(lang).items() if name in USED}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": TITLE,
        **found,
        "$defs": {**parts, "Label": LABEL, **named},
    }


SCHEMA_FILE = SchemaFile(FILE, TITLE, claims_schema)


if __name__ == "__main__":
    SCHEMA_FILE.write(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "shipped" / "schema.json")

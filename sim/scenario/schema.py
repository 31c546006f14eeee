"""The JSON schema of scenario files, with which editors complete and check them.

``python -m sim.scenario.schema [FILE]`` writes it (by default to ``scenarios/schema.json``).
"""

import json
import sys
from pathlib import Path
from typing import Any

from sim.scenario.scenario import Scenario

_PARENT = {
    "type": "string",
    "description": "A shipped scenario or the path of a file, of which this one says only what differs.",
}


_MERGED = ("Demand", "Department", "External", "OwnWork", "Pool", "Process", "Promise", "Step")
"""What a child may say in part; reading the file tells what is missing in the end."""


def schema() -> dict[str, Any]:
    """Return the JSON schema of a scenario file."""
    generated = Scenario.model_json_schema(by_alias=True, mode="validation")
    required = generated.pop("required")
    generated["properties"] = {"parent": _PARENT, **generated["properties"]}
    generated["anyOf"] = [{"required": required}, {"required": ["parent"]}]
    for name in _MERGED:
        generated["$defs"][name].pop("required", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **generated}


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def write_schema(path: Path) -> None:
    """Write the schema file."""
    path.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    write_schema(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("scenarios/schema.json"))

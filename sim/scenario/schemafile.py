"""JSON schemas as files: what they are called, and what tells one kind from another."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.files import whole


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """A schema that is written into files.

    Attributes
    ----------
    name
        What it is called beside a file that it describes.
    title
        The title that every version of it has, and no other schema.
    schema
        Makes it in a language.
    """

    name: str
    title: str
    schema: Callable[[str], dict[str, Any]]

    def text(self, lang: str = "en") -> str:
        """Return the schema as the text of its file."""
        return json.dumps(self.schema(lang), indent=1, ensure_ascii=False) + "\n"

    def write(self, path: Path, lang: str = "en") -> None:
        """Write the file."""
        with whole(path) as place:
            place.write_text(self.text(lang), encoding="utf-8")

    def is_in(self, path: Path) -> bool:
        """Say whether there is such a schema in a file, of whatever version."""
        try:
            with path.open(encoding="utf-8") as file:
                return f'"title": "{self.title}"' in file.read(500)
        except (OSError, ValueError):
            return False

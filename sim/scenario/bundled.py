"""Where a scenario names bundles of interventions, and the files that these names lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.scenario.files import is_path, shipped_bundles
from sim.spec.findings import Path as Place

PREFIX = "bundle:"
"""How a bundle is told from an intervention."""

FIELD = "bundle"
"""The same in a file, for whoever puts a space behind the colon."""


def bundle_named(item: object) -> str | None:
    """Return the name or file of the bundle that an item stands for; None where it is something else."""
    if isinstance(item, str):
        text = item.strip()
        return text.removeprefix(PREFIX).strip() if text.startswith(PREFIX) else None
    named = item.get(FIELD) if isinstance(item, Mapping) and set(item) == {FIELD} else None
    return named if isinstance(named, str) else None


def lists_in(data: Mapping[str, Any]) -> Iterator[tuple[Place, list[Any]]]:
    """Yield the lists of interventions of a scenario, with their places."""
    if isinstance(own := data.get("interventions"), list):
        yield ("interventions",), own
    suggested = data.get("compare")
    for index, one in enumerate(suggested if isinstance(suggested, list) else ()):
        if isinstance(one, Mapping) and isinstance(one.get("with"), list):
            yield ("compare", index, "with"), one["with"]


def from_folder(data: Mapping[str, Any], folder: Path | None) -> None:
    """Let relative paths of bundles lead from the folder of the file that names them."""
    for _, items in lists_in(data) if folder is not None else ():
        for index, item in enumerate(items):
            named = bundle_named(item)
            if named and named not in shipped_bundles() and is_path(named, folder):
                items[index] = f"{PREFIX}{Path(folder or '', named)}"


def bundle_files(data: Mapping[str, Any], folder: Path | None) -> list[Path]:
    """Return the files of bundles that a scenario names; not those that are shipped."""
    named = (bundle_named(item) for _, items in lists_in(data) for item in items)
    return [Path(folder or "", one) for one in named if one and one not in shipped_bundles()]

"""Parents: a scenario file may name another and store only what differs.

Mappings are merged field by field; a field set to null is removed; lists, distributions of hours and calendars are
replaced as a whole. What a child adds comes after what its parent has.
"""

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from sim.scenario.bundled import bundle_files, from_folder
from sim.scenario.files import Found, find, read_text
from sim.scenario.yaml import Document, parse
from sim.spec.distributions import FAMILIES, is_written
from sim.spec.findings import Finding, Path, Place, ScenarioError, shown
from sim.words import words

texts = words("files")

MAX_PARENTS = 8
WRITTEN_IN_PYTHON = "<mapping>"
"""What messages call a scenario that is in no file."""

NOT_INHERITED = ("name", "expected")
"""What a child does not inherit: what its parent is called, and what is known of its figures."""
_OWN = tuple((name,) for name in NOT_INHERITED)
_PARAMETERS = frozenset(name for names in FAMILIES.values() for name in names)


def read_document(name: str | FilePath) -> Document:
    """Read a scenario file and its parents as one document; `name` falls back to the name of the file."""
    found = find(name)
    document = _with_parents(found, (found.identity,))
    document.data.setdefault("name", _as_name(found.stem))
    return document


def document_of(data: Mapping[str, Any]) -> Document:
    """Return what a scenario file would say as one document with its parents; relative ones start where we are."""
    lines: dict[Path, Place] = dict.fromkeys(_paths(data), (WRITTEN_IN_PYTHON, None))
    return _completed(Document(WRITTEN_IN_PYTHON, copy.deepcopy(dict(data)), lines, ()), FilePath(), ())


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield where values stand in plain data."""
    yield path
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from _paths(one, (*path, key))


def files_of(name: str | FilePath) -> tuple[FilePath, ...]:
    """Return the files that a scenario is read from: its own, those of its parents, and those of bundles it names."""
    found: Found | None = find(name)
    places: list[Any] = []
    bundles: list[FilePath] = []
    for _ in range(MAX_PARENTS + 1):
        if found is None:
            break
        places.append(found.place)
        data = parse(read_text(found), found.file).data
        bundles += bundle_files(data, found.folder)
        named = data.get("parent")
        found = find(named, found.folder) if isinstance(named, str) else None
    return tuple(place for place in (*places, *bundles) if isinstance(place, FilePath))


def parse_document(text: str, file: str = "<text>", folder: FilePath | None = None) -> Document:
    """Read a scenario from text; a relative parent is looked up in `folder`."""
    return _completed(parse(text, file), folder, ())


def _with_parents(found: Found, chain: tuple[str, ...]) -> Document:
    return _completed(parse(read_text(found), found.file), found.folder, chain)


def _completed(child: Document, folder: FilePath | None, chain: tuple[str, ...]) -> Document:
    """Return a document with everything its parents say and it does not."""
    from_folder(child.data, folder)
    if "parent" not in child.data:
        return child
    named = child.data.pop("parent")
    try:
        parent = _parent(named, folder, chain)
    except ScenarioError as error:
        raise ScenarioError(_retold(finding, child) for finding in error.findings) from None
    for own in NOT_INHERITED:
        parent.data.pop(own, None)
    return Document(
        child.file,
        merged(parent.data, child.data),
        {**{path: line for path, line in parent.lines.items() if path[:1] not in _OWN}, **child.lines},
        (*parent.findings, *child.findings),
    )


def _parent(named: Any, folder: FilePath | None, chain: tuple[str, ...]) -> Document:
    if not isinstance(named, str) or not named.strip():
        raise ScenarioError([Finding(texts.PARENT.format(found=shown(named)), ("parent",))])
    found = find(named, folder)
    if found.identity in chain:
        raise ScenarioError([Finding(texts.OWN_PARENT.format(found=shown(named)), ("parent",))])
    if len(chain) > MAX_PARENTS:
        raise ScenarioError([Finding(texts.MANY_PARENTS.format(most=MAX_PARENTS), ("parent",))])
    return _with_parents(found, (*chain, found.identity))


def _retold(finding: Finding, child: Document) -> Finding:
    """Let a finding that names no file, or a parent that cannot be read, point to the child's `parent` field."""
    if finding.line is not None:
        return finding
    file, line = child.lines.get(("parent",), (child.file, 1))
    told = texts.IN_PARENT.format(file=finding.file, message=finding.text) if finding.file else finding.text
    return Finding(told, ("parent",), file=file, line=line)


def _as_name(stem: str) -> str:
    name = "".join(letter if letter.isalnum() else "_" for letter in stem).strip("_")[:60]
    return name if name.isidentifier() else "scenario"


def atomic(value: Any, path: Path) -> bool:
    """Say whether a mapping is one value that a child replaces as a whole: hours of work, or a calendar."""
    if not isinstance(value, Mapping) or (path[0] == "calendars" and len(path) == 2):
        return True
    if not is_written(value):
        return False
    given = next(iter(value.values()))
    return not isinstance(given, Mapping) or (bool(given) and set(given) <= _PARAMETERS)


def merged(parent: Mapping[str, Any], child: Mapping[str, Any], path: Path = ()) -> dict[str, Any]:
    """Return what `parent` says, changed by what `child` says."""
    result = dict(parent)
    for key, value in child.items():
        here = (*path, key)
        if value is None and key in result:
            del result[key]
        elif key in result and not atomic(value, here) and not atomic(result[key], here):
            result[key] = merged(result[key], value, here)
        else:
            result[key] = value
    return result


def differences(parent: Mapping[str, Any], child: Mapping[str, Any], path: Path = ()) -> dict[str, Any]:
    """Return what `child` would have to say to become itself on top of `parent`."""
    said: dict[str, Any] = {key: None for key in parent if key not in child}
    for key, value in child.items():
        here = (*path, key)
        if key not in parent:
            said[key] = value
        elif atomic(value, here) or atomic(parent[key], here):
            if value != parent[key]:
                said[key] = value
        elif inner := differences(parent[key], value, here):
            said[key] = inner
    return said

"""YAML 1.2 to plain data, with the line of every value, and nothing but plain data.

Files come from anywhere, so size, depth and the number of values after aliases are expanded are limited, and tags
(which other programs use to build objects) are refused. Every duplicate key is reported, not only the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from sim.scenario.nodes import CORE, MAX_DEPTH, LimitError, Node, composed
from sim.spec.findings import Finding, Path, Place, ScenarioError, shortened
from sim.words import Text, words

texts = words("files")

MAX_BYTES = 1_000_000
MAX_FINDINGS = 500


@dataclass(frozen=True, slots=True)
class Written:
    """Where something was written that stands elsewhere once bundles are opened, and how a finding is told of there."""

    path: Path
    told: Text | None = None

    def retold(self, finding: Finding, inner: Path) -> Finding:
        """Return a finding about what is within, as told about what was written."""
        if self.told is None:
            return replace(finding, path=(*self.path, *inner))
        return replace(finding, path=self.path, text=self.told.format(finding=finding.text))


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain data: mappings, lists, texts, numbers, truth values; and where each value stands."""

    file: str
    data: dict[str, Any]
    lines: dict[Path, Place]
    findings: tuple[Finding, ...]
    moved: Mapping[Path, Written] = field(default_factory=dict)
    """What stands elsewhere than it was written, by where it stands."""

    def as_written(self, finding: Finding) -> Finding:
        """Return a finding about the place where its field was written."""
        for length in range(len(finding.path), 0, -1):
            written = self.moved.get(finding.path[:length])
            if written is not None:
                return written.retold(finding, finding.path[length:])
        return finding


def in_order(findings: Iterable[Finding], document: Document) -> list[Finding]:
    """Return findings with their lines in the order of the file, errors first; of very many, the first."""
    placed = [document.as_written(one).placed(document.lines, document.file) for one in findings]
    placed.sort(key=lambda one: (one.severity == "warning", one.file != document.file, one.file, _order(one.line)))
    if len(placed) > MAX_FINDINGS:
        rest = Finding(words("findings").MORE_FINDINGS.format(count=len(placed) - MAX_FINDINGS), file=document.file)
        placed = [*placed[:MAX_FINDINGS], rest]
    return placed


def _order(line: int | str | None) -> tuple[str, int, str]:
    """Return what sorts lines by number, and the cells of a workbook by sheet, row and column."""
    if not isinstance(line, str):
        return "", line or 0, ""
    sheet, _, cell = line.rpartition("!") if "!" in line else (line, "", "")
    return sheet, int("".join(filter(str.isdigit, cell)) or 0), "".join(filter(str.isalpha, cell)).rjust(3)


def parse(text: str, file: str) -> Document:
    """Return YAML text as a document; raise `ScenarioError` where nothing sensible can be read."""
    root = _composed(text, file)
    reader = _Reader(file)
    if root is None or (root.kind == "scalar" and not root.content.strip()):
        raise _fatal(file, 1, texts.EMPTY)
    if root.kind != "mapping":
        raise _fatal(file, root.line, texts.NO_MAPPING)
    data = reader.value(root, ())
    return Document(file, data, reader.lines, tuple(reader.findings))


def _composed(text: str, file: str) -> Node | None:
    try:
        return composed(text)
    except LimitError as error:
        raise _fatal(file, error.line, error.text) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = shortened(" ".join(part for part in (error.context, error.problem) if part), 200)
        raise _fatal(file, mark.line + 1 if mark else 1, _no_yaml(what)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _fatal(file, line, texts.NO_LETTER.format(code=f"{error.character:04X}")) from None
    except RecursionError:
        raise _fatal(file, 1, texts.TOO_DEEP.format(most=MAX_DEPTH)) from None
    except (YAMLError, ValueError, LookupError, AttributeError, AssertionError, TypeError) as error:
        # what ruamel raises for broken escapes, directives and control characters differs by release
        raise _fatal(file, 1, _no_yaml(shortened(str(error), 200))) from None


def _no_yaml(why: str) -> Text:
    """Return what the parser says, which speaks English only; in Chinese, what to look for."""
    return texts.NO_YAML.format(why=Text(why, texts.LOOK_FOR.zh))


def _fatal(file: str, line: int, text: Text) -> ScenarioError:
    return ScenarioError([Finding(text, file=file, line=line)])


@dataclass(slots=True)
class _Reader:
    """Turns nodes into data and remembers lines."""

    file: str
    lines: dict[Path, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def value(self, node: Node, path: Path) -> Any:
        """Return what a node means; aliases are expanded, within limits."""
        if len(path) > MAX_DEPTH:
            raise _fatal(self.file, node.line, texts.TOO_DEEP.format(most=MAX_DEPTH))
        self.lines.setdefault(path, (self.file, node.line))
        if node.tagged:
            self._note(texts.TAG.format(tag=shortened(node.tag)), path, node.line)
        if node.kind == "mapping":
            return self._mapping(node, path)
        if node.kind == "sequence":
            return [self.value(item, (*path, index)) for index, item in enumerate(node.content)]
        return _scalar(node.tag, node.content)

    def _mapping(self, node: Node, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.content:
            line = key_node.line
            key = self._key(key_node, path, line)
            if key is None:
                continue
            if key in data:
                self._note(texts.FIELD_TWICE.format(line=first[key]), (*path, key), line)
                continue
            first[key] = line
            self.lines[*path, key] = (self.file, line)
            data[key] = self.value(value_node, (*path, key))
        return data

    def _key(self, node: Node, path: Path, line: int) -> str | None:
        if node.kind != "scalar":
            self._note(texts.STRANGE_FIELD, path, line)
            return None
        if node.tag == f"{CORE}merge" and node.plain:
            self._note(texts.MERGE_KEY, path, line)
            return None
        return str(node.content)

    def _note(self, text: Text, path: Path, line: int) -> None:
        self.findings.append(Finding(text, path, file=self.file, line=line))


def _scalar(tag: str, text: str) -> Any:
    kind = tag.removeprefix(CORE)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    try:
        return {"int": _int, "float": _float}[kind](text) if kind in ("int", "float") else text
    except ValueError:  # thousands of digits, and the like: the field will say what it expects
        return text


def _int(text: str) -> int:
    digits = text.replace("_", "").lower()
    return int(digits, 0) if digits.lstrip("+-")[:2] in ("0x", "0o", "0b") else int(digits)


def _float(text: str) -> float:
    return float(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))

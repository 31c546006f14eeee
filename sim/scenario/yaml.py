"""YAML 1.2 to plain data, with the line of every value, and nothing but plain data.

Files come from anywhere, so size, depth and the number of values after aliases are expanded are limited, and tags
(which other programs use to build objects) are refused. Every duplicate key is reported, not only the first.
"""

from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from sim.spec.findings import Finding, Path, Place, ScenarioError, shortened
from sim.words import Text, words

texts = words("files")

MAX_BYTES = 1_000_000
MAX_VALUES = 300_000
MAX_DEPTH = 40

_CORE = "tag:yaml.org,2002:"
_PLAIN = {f"{_CORE}{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")}


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain data: mappings, lists, texts, numbers, truth values; and where each value stands."""

    file: str
    data: dict[str, Any]
    lines: dict[Path, Place]
    findings: tuple[Finding, ...]


def parse(text: str, file: str) -> Document:
    """Return YAML text as a document; raise `ScenarioError` where nothing sensible can be read."""
    root = _composed(text, file)
    reader = _Reader(file, YAML(typ="rt", pure=True).resolver)
    if root is None or (isinstance(root, ScalarNode) and not root.value.strip()):
        raise _fatal(file, 1, texts.EMPTY)
    if not isinstance(root, MappingNode):
        raise _fatal(file, root.start_mark.line + 1, texts.NO_MAPPING)
    data = reader.value(root, ())
    return Document(file, data, reader.lines, tuple(reader.findings))


def _composed(text: str, file: str) -> Node | None:
    try:
        return YAML(typ="rt", pure=True).compose(text)
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
    resolver: Any
    lines: dict[Path, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    count: int = 0

    def value(self, node: Node, path: Path) -> Any:
        """Return what a node means; aliases are expanded, within limits."""
        self.count += 1
        line = node.start_mark.line + 1
        if self.count > MAX_VALUES:
            raise _fatal(self.file, line, texts.MANY_VALUES.format(most=MAX_VALUES))
        if len(path) > MAX_DEPTH:
            raise _fatal(self.file, line, texts.TOO_DEEP.format(most=MAX_DEPTH))
        self.lines.setdefault(path, (self.file, line))
        self._refuse_tag(node, path, line)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return _scalar(str(node.tag), _written(node))

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
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
        if not isinstance(node, ScalarNode):
            self._note(texts.STRANGE_FIELD, path, line)
            return None
        if node.tag == f"{_CORE}merge" and node.style is None:
            self._note(texts.MERGE_KEY, path, line)
            return None
        return _written(node)

    def _refuse_tag(self, node: Node, path: Path, line: int) -> None:
        """Refuse every tag that changes what a value is."""
        if isinstance(node, ScalarNode):
            implicit = self.resolver.resolve(ScalarNode, node.value, (node.style is None, node.style is not None))
            fits = node.tag == implicit and node.tag in _PLAIN
        else:
            fits = node.tag == f"{_CORE}{'map' if isinstance(node, MappingNode) else 'seq'}"
        if not fits:
            self._note(texts.TAG.format(tag=shortened(str(node.tag))), path, line)

    def _note(self, text: Text, path: Path, line: int) -> None:
        self.findings.append(Finding(text, path, file=self.file, line=line))


def _written(node: Node) -> str:
    """Return the text of a scalar without the bells by which ruamel remembers where a folded one was broken."""
    folded = isinstance(node, ScalarNode) and node.style == ">"
    return str(node.value).replace("\a", "") if folded else str(node.value)


def _scalar(tag: str, text: str) -> Any:
    kind = tag.removeprefix(_CORE)
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

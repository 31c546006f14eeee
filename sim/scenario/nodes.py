"""YAML text as a tree of nodes, from the events of ruamel, within limits that hold while it is read.

Files come from anywhere: a few hundred bytes may nest ten thousand levels deep, or stand for a billion values by their
aliases. Nothing larger than what is allowed is ever built.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.scanner import RoundTripScanner

from sim.words import Text, words

texts = words("files")

MAX_VALUES = 300_000
MAX_REPEATED = 20_000
"""Values that aliases may add to those that are written."""
MAX_DEPTH = 40
MAX_REMEMBERED = 50_000
"""Letters of a text whose nodes are kept, for when it is read again: most of the time of reading goes into them."""

CORE = "tag:yaml.org,2002:"
_PLAIN = {f"{CORE}{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")}


class LimitError(Exception):
    """More than is allowed; `line` is where."""

    def __init__(self, text: Text, line: int) -> None:
        super().__init__(text.en)
        self.text, self.line = text, line


@dataclass(slots=True)
class Node:
    """A value as it is written: `content` is a text, a list of nodes, or a list of pairs of nodes.

    `tag` says what it means, `tagged` whether the file says so by a tag that changes it; `size` is how many values it
    stands for once aliases are expanded, 0 as long as it is not complete.
    """

    kind: str
    line: int
    tag: str
    tagged: bool = False
    plain: bool = False
    content: Any = field(default_factory=list)
    size: int = 0


class _Scanner(RoundTripScanner):
    """Refuses brackets within brackets early: ruamel looks far ahead for what they might be."""

    def fetch_flow_collection_start(self, *arguments: Any, **named: Any) -> None:
        """Note a bracket that opens."""
        if len(self.flow_context) > MAX_DEPTH:
            raise _too_deep(self.reader.line + 1)
        super().fetch_flow_collection_start(*arguments, **named)


def _too_deep(line: int) -> LimitError:
    return LimitError(texts.TOO_DEEP.format(most=MAX_DEPTH), line)


def composed(text: str) -> Node | None:
    """Return the one document of a text; None where there is none.

    Raises
    ------
    LimitError
        Where there is more than a scenario can have.
    YAMLError
        Where the text is no YAML.
    """
    return _remembered(text) if len(text) <= MAX_REMEMBERED else _read(text)


def _read(text: str) -> Node | None:
    yaml = YAML(typ="rt", pure=True)
    yaml.Scanner = _Scanner
    return _Composer(yaml.parse(text), yaml.resolver).document()


_remembered = lru_cache(maxsize=16)(_read)


class _Composer:
    """Makes nodes of events."""

    def __init__(self, events: Iterator[Any], resolver: Any) -> None:
        self._events = events
        self._resolver = resolver
        self._anchors: dict[str, Node] = {}
        self._written = self._repeated = 0

    def document(self) -> Node | None:
        """Return the only document."""
        found = None
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                if found is not None:
                    raise LimitError(texts.SECOND_DOCUMENT, _line(event))
                found = self._node(next(self._events), 0)
        return found

    def _node(self, event: Any, depth: int) -> Node:
        if isinstance(event, AliasEvent):
            return self._alias(event)
        self._written += 1
        if self._written > MAX_VALUES:
            raise LimitError(texts.MANY_VALUES.format(most=MAX_VALUES), _line(event))
        if depth > MAX_DEPTH:
            raise _too_deep(_line(event))
        node = self._scalar(event) if isinstance(event, ScalarEvent) else self._collection(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        node.size = 1 + self._fill(node, depth)
        return node

    def _fill(self, node: Node, depth: int) -> int:
        """Read what is inside a collection and return how many values that is."""
        size = 0
        if node.kind == "sequence":
            while not isinstance(event := next(self._events), SequenceEndEvent):
                node.content.append(self._node(event, depth + 1))
                size += node.content[-1].size
        elif node.kind == "mapping":
            while not isinstance(event := next(self._events), MappingEndEvent):
                key, value = self._node(event, depth + 1), self._node(next(self._events), depth + 1)
                node.content.append((key, value))
                size += value.size
        return size

    def _alias(self, event: Any) -> Node:
        line = _line(event)
        node = self._anchors.get(event.anchor)
        if node is None:
            raise LimitError(texts.ALIAS_OF_NOTHING.format(name=event.anchor), line)
        if not node.size:
            raise LimitError(texts.ALIAS_OF_ITSELF.format(name=event.anchor), line)
        self._repeated += node.size
        if self._repeated > MAX_REPEATED:
            raise LimitError(texts.MANY_ALIASES.format(most=MAX_REPEATED), line)
        return node

    def _scalar(self, event: Any) -> Node:
        implicit = str(self._resolver.resolve(ScalarNode, event.value, (event.style is None, event.style is not None)))
        tag = implicit if event.tag in (None, "!") else str(event.tag)
        tagged = tag != implicit or tag not in _PLAIN
        folded = event.style == ">"  # ruamel remembers by bells where it was broken
        text = event.value.replace("\a", "") if folded else event.value
        return Node("scalar", _line(event), tag, tagged, event.style is None, text)

    def _collection(self, event: Any) -> Node:
        kind, usual = ("sequence", "seq") if isinstance(event, SequenceStartEvent) else ("mapping", "map")
        tag = f"{CORE}{usual}" if event.tag in (None, "!") else str(event.tag)
        return Node(kind, _line(event), tag, tag != f"{CORE}{usual}")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1

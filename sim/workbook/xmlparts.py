"""XML of workbooks, read element by element: no declarations of types or entities, bounded depth and length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from sim.words import Text, words
from sim.workbook.limits import Budget
from sim.workbook.refused import refused

texts = words("opened")

MAX_DEPTH = 100
_KEPT = 1000
"""Names of elements and attributes that are remembered without their namespaces."""

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Handlers:
    """What is done where an element begins and ends, and with text within; names are without their namespaces."""

    start: Callable[[str, Attributes], None]
    end: Callable[[str], None]
    text: Callable[[str], None]


def parse(data: bytes, budget: Budget, handlers: Handlers) -> None:
    """Read XML, or refuse the file in a sentence."""
    depth = 0
    local: dict[str, str] = {}

    def plain(name: str) -> str:
        known = local.get(name)
        if known is None:
            known = name.rpartition(" ")[2]
            if len(local) < _KEPT:
                local[name] = known
        return known

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise refused(budget.file, texts.BROKEN_XML)
        budget.element()
        handlers.start(plain(name), {plain(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handlers.end(plain(name))

    reader = without_declarations(budget.file, texts.ENTITIES)
    reader.buffer_text = True
    reader.StartElementHandler = start
    reader.EndElementHandler = end
    reader.CharacterDataHandler = handlers.text
    try:
        reader.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, ValueError) and hasattr(error, "findings"):
            raise
        raise refused(budget.file, texts.BROKEN_XML) from None


def without_declarations(file: str, text: Text) -> expat.XMLParserType:
    """Return a parser that refuses declarations of types or entities; names come with their namespaces."""

    def declared(*_: object) -> NoReturn:
        raise refused(file, text)

    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartDoctypeDeclHandler = declared
    reader.EntityDeclHandler = declared
    return reader


def elements(data: bytes, budget: Budget, take: Callable[[str, Attributes], None]) -> None:
    """Call `take` for every element, of XML in which only attributes matter."""
    parse(data, budget, Handlers(take, lambda _: None, lambda _: None))

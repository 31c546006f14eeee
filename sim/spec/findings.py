"""What is wrong with a scenario, as sentences that name file, line and field."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel

from sim.characters import visible
from sim.spec.nearest import did_you_mean
from sim.words import LANGUAGES, Text, series, words

texts = words("findings")

Path = tuple[str | int, ...]
Place = tuple[str, int | str | None]
"""File and line, or the cell of a workbook (``departments!B7``); what stands in no file has only what it is called."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (error) or looks wrong (warning)."""

    text: Text
    path: Path = ()
    severity: Literal["error", "warning"] = "error"
    file: str = ""
    line: int | str | None = None
    """The line, or the cell of a workbook."""

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.text.en

    @property
    def field(self) -> str:
        """The field as people write it: ``departments.sales.staff``."""
        return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path).lstrip(".")

    def __str__(self) -> str:
        """Return the sentence: ``file.yaml:12: field: found this, expected that``, or ``org.xlsx, staff!B7: …``."""
        return self.said()

    def said(self, lang: str = "en") -> str:
        """Return the sentence in a language, with file, line and field."""
        form = texts.CELL if isinstance(self.line, str) else texts.PLACE
        place = form.format(file=self.file, line=self.line).get(lang) if self.file and self.line else self.file
        field = "" if self.line is None and f" {self.field}=" in self.file else shortened(self.field, 200)
        told = self.text.get(lang)
        for part in (field, place):
            told = texts.SENTENCE.format(place=part, rest=told).get(lang) if part else told
        return visible(told)

    @property
    def as_text(self) -> Text:
        """The sentence in every language."""
        return Text(*(self.said(lang) for lang in LANGUAGES))

    def placed(self, lines: Mapping[Path, Place], file: str) -> "Finding":
        """Return the finding with the file and line in which its field stands, or the nearest one around it."""
        if self.line is not None:
            return self
        for length in range(len(self.path), -1, -1):
            place = lines.get(self.path[:length])
            if place is not None:
                return replace(self, file=place[0], line=place[1])
        return replace(self, file=self.file or file)


class ScenarioError(ValueError):
    """A scenario that cannot be used; `findings` holds everything that is wrong with it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.said())

    def said(self, lang: str = "en") -> str:
        """Return every finding in a language, one on a line."""
        return "\n".join(finding.said(lang) for finding in self.findings)

    def __reduce__(self) -> tuple[type["ScenarioError"], tuple[tuple[Finding, ...]]]:
        """Pickle with the findings, so that the error survives a worker process."""
        return (type(self), (self.findings,))


class TextError(ValueError):
    """A sentence about something that cannot be understood, in every language; what it quotes is on one line."""

    def __init__(self, text: Text) -> None:
        self.text = Text(*(visible(" ".join(text.get(one).split())) for one in LANGUAGES))
        super().__init__(self.text.en)

    def said(self, lang: str = "en") -> str:
        """Return the sentence in a language."""
        return self.text.get(lang)

    def __reduce__(self) -> tuple[type["TextError"], tuple[Text]]:
        """Pickle with the text, so that the error survives a worker process."""
        return (type(self), (self.text,))


def mismatch(value: Any, expected: Text) -> Text:
    """Return the sentence about a value that is not allowed."""
    return texts.FOUND.format(found=shown(value), expected=expected)


def one_of(name: object, known: Collection[object]) -> Text:
    """Return the names that are known, and the nearest one, as what was expected."""
    return texts.ONE_OF.format(known=listed(known), hint=did_you_mean(name, known))


def unknown_field(name: object, known: Collection[str], path: Path, *, empty: bool = False) -> Finding:
    """Return what is said about a field that does not exist; an `empty` one may be the rest of a text with a comma."""
    hint = texts.COMMA if empty and not did_you_mean(name, known) else ""
    return Finding(texts.UNKNOWN_FIELD.format(expected=one_of(name, known)) + hint, path)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that forbid using a scenario."""
    return [one for one in findings if one.severity == "error"]


def shortened(text: str, length: int = 60) -> str:
    """Return `text` on one line, nothing in it hidden, cut to `length`."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= length else line[: length - 1] + "…"


_FEW = 4
"""Numbers of a list that are shown one by one."""


def shown(value: Any) -> Text:
    """Return a value as the sentence says it was found."""
    if value is None:
        return texts.NOTHING
    if isinstance(value, str):
        return texts.QUOTED.format(text=shortened(value))
    if isinstance(value, Mapping):
        return texts.MAPPING.format(fields=shortened(", ".join(map(str, value)))) if value else texts.EMPTY_MAPPING
    if isinstance(value, list | tuple):
        if 2 <= len(value) <= _FEW and all(type(one) in (int, float) for one in value):
            told = shortened(str(list(value)))
            return Text(told, told)
        return texts.LIST.format(count=len(value)) if value else texts.EMPTY_LIST
    if isinstance(value, BaseModel) or repr(value) == object.__repr__(value):
        return texts.OBJECT.format(name=type(value).__name__)
    if isinstance(value, int) and abs(value) >= 10**18:
        return texts.LONG_NUMBER
    told = str(value).lower() if isinstance(value, bool) else shortened(str(value))
    return Text(told, told)


def listed(names: Collection[object], most: int = 24) -> Text:
    """Return names one after another, cut off after `most`."""
    return series(map(str, names), most)

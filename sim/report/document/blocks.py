"""What a report is made of, in one language: chapters of sentences, tables, charts and pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Cell = str | float | int | bool | None
"""What stands in a table: numbers are numbers, and what is not known is None, never text."""

Kind = Literal["text", "number", "share", "count", "mixed"]
"""How a column is written: a share is from 0 to 1 and in percent; of mixed numbers each has the decimals it needs."""

Tone = Literal["now", "better", "worse", "unclear", "plain"]
"""What a row or series says about the organization; writers have a color for it, beside the word that says it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    key
        What programs call it; unique in its table.
    heading
        What people read above it, without the unit.
    unit
        Of its numbers; empty for texts and plain numbers.
    kind, digits
        How it is written, and with how many decimals.
    signed
        Whether a number has its sign, as differences have.
    """

    key: str
    heading: str
    unit: str = ""
    kind: Kind = "text"
    digits: int = 1
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of numbers and words.

    Attributes
    ----------
    name
        What files and sheets call it; letters, digits and ``_``, unique in the document.
    title
        What it shows, in a line.
    columns, rows
        Each row has a cell for each column.
    tones
        Of rows; as long as `rows`, or empty where no row stands out.
    note
        How it is to be read; may be empty.
    brief
        Whether it is short enough for a slide and a page; others go into the workbook and the appendix.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    tones: tuple[Tone, ...] = ()
    note: str = ""
    brief: bool = True


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one row of bars or one line; NaN where there is none.

    Attributes
    ----------
    name
        What the key calls it.
    values
        One for each category.
    low, high
        Ends of their intervals; empty where there are none.
    color
        As ``#RRGGBB``; empty for that of its `tone`.
    tone
        What it says about the organization.
    """

    name: str
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    color: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to be drawn by the program that opens the file, so that people can edit them.

    Attributes
    ----------
    name
        As that of a table.
    title
        What it finds, in a line.
    kind
        ``bars`` (lying, one beside another), ``stacked`` (lying, one on another), ``lines`` (over weeks),
        ``intervals`` (a dot with its interval in each row).
    categories
        What stands along the axis: names of rows, or weeks.
    series
        Each with a value for each category.
    axis, unit
        What the values are, and in what.
    digits
        Decimals of the numbers that are written.
    note
        How it is to be read; may be empty.
    """

    name: str
    title: str
    kind: Literal["bars", "stacked", "lines", "intervals"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str
    unit: str = ""
    digits: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure that no chart of an office program can be, such as the process map.

    Attributes
    ----------
    name
        As that of a table.
    title
        What it finds, in a line.
    said
        What is seen in it, for those who cannot see it.
    draw
        Draws it when asked, in the language of the document.
    """

    name: str
    title: str
    said: str
    draw: Callable[[], Figure]


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences: paragraphs, or points of a list.

    Attributes
    ----------
    sentences
        Each a paragraph or point.
    listed
        Whether they are points of a list.
    heading
        A small heading above them; may be empty.
    """

    sentences: tuple[str, ...]
    listed: bool = False
    heading: str = ""


Block = Said | Table | Chart | Picture


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the report with one finding.

    Attributes
    ----------
    key
        What links and sheets call it.
    subject
        What it is about, in a word or two: the entry in the contents.
    title
        What it finds, as a sentence.
    blocks
        In the order in which they are read.
    slide
        Whether it has a slide of its own; the rest is appendix.
    """

    key: str
    subject: str
    title: str
    blocks: tuple[Block, ...]
    slide: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report in one language.

    Attributes
    ----------
    lang
        ``en`` or ``zh``.
    title, subtitle
        Of the first page.
    chapters
        In the order in which they are read.
    foot
        Version, seed and hash, in one line that stands on every page.
    facts
        What programs may want to know: version, scenario, seed, replications, hash, command.
    """

    lang: str
    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]
    foot: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

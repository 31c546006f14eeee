"""How the cells of tables and the values of charts are written where they are words on paper and no numbers."""

from __future__ import annotations

import math

from sim.report.document.blocks import Cell, Column
from sim.words import words
from sim.words.numbers import MINUS, MISSING, digits, percent

_TEXTS = words("pages")


def written(cell: Cell, column: Column, lang: str = "en") -> str:
    """Return what stands in a cell for people to read.

    Parameters
    ----------
    cell
        What is known.
    column
        How it is written.
    lang
        ``en`` or ``zh``.
    """
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return MISSING
    if isinstance(cell, bool):
        return (_TEXTS.YES if cell else _TEXTS.NO).get(lang)
    if isinstance(cell, str):
        return cell
    if column.kind == "share":
        number = fixed(cell * 100.0, column.digits, column.signed)
        return number if column.unit else percent(number).get(lang)
    if column.kind == "count" or (column.kind == "text" and isinstance(cell, int)):
        return fixed(cell, 0, column.signed)
    return fixed(cell, column.digits, column.signed) if column.kind == "number" else short(cell)


def short(value: float) -> str:
    """Write a number that stands among others of other sizes: four digits that mean something, and no more.

    Parameters
    ----------
    value
        What is written.
    """
    text = f"{value:,.0f}" if abs(value) >= 9999.5 else f"{value:.4g}"
    return text.replace("-", MINUS) if "e" not in text else digits(value)


def fixed(value: float, places: int, with_sign: bool = False) -> str:
    """Write a number with so many decimals; what rounds to zero has no sign.

    Parameters
    ----------
    value
        What is written.
    places
        Decimals.
    with_sign
        Whether what is above zero has its sign, too.
    """
    if not math.isfinite(value):
        return MISSING
    text = f"{value:,.{places}f}"
    if not any(digit in text for digit in "123456789"):
        return text.lstrip("-")
    return text.replace("-", MINUS) if value < 0 or not with_sign else f"+{text}"


def heading_of(column: Column, lang: str = "en") -> str:
    """Return what stands above a column, with its unit."""
    if not column.unit:
        return column.heading
    return str(_TEXTS.UNIT.format(heading=column.heading, unit=column.unit).get(lang))

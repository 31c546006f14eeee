"""What is said of a column to those who fill it in: what it means, what is allowed, what holds where it is empty."""

from __future__ import annotations

from collections.abc import Mapping

from sim.spec.base import Model
from sim.words import LANGUAGES, Text, series, words
from sim.workbook.columns import CHOICES, Column
from sim.workbook.kinds import About, write
from sim.workbook.names import Names

texts = words("workbook")

_SIMPLE: Mapping[str, Text] = {
    "yes": texts.YES_NO,
    "name_of": texts.ONE_NAME,
    "parent": texts.ONE_NAME,
    "names_of": texts.SOME_NAMES,
    "measures": texts.SOME_NAMES,
    "role": texts.SOME_NAMES,
    "date": texts.A_DATE,
    "moment": texts.A_MOMENT,
    "openings": texts.OPENINGS,
    "pace": texts.A_PACE,
    "work": texts.HOURS_ALLOWED,
    "spread": texts.SPREAD_ALLOWED,
    "rate": texts.RATE,
    "set": texts.SET_ALLOWED,
    "raci": texts.LETTER_HINT,
    "amounts": texts.AMOUNTS,
}


def allowed(column: Column) -> Text | None:
    """Return what a column may hold, in words; None where that is anything."""
    if column.kind in _SIMPLE:
        return _SIMPLE[column.kind]
    if column.kind in ("choice", "kpi"):
        return series(CHOICES[column.of].values())
    if column.kind in ("item", "items"):
        example = words("interventions")["daily_standup"]["label"] + ":minutes=10"
        return texts.AN_ITEM.format(example=example)
    if column.kind in ("hours", "days", "weeks", "limit"):
        return texts.TIME.format(unit=texts.UNITS[column.unit or "hours"])
    if column.kind == "kpi_target":
        return None
    if column.share:
        return texts.PERCENT
    return column.bounds.phrase if column.bounds is not None else None


def usual(column: Column, names: Names) -> Text | None:
    """Return what holds where a column is empty, where that is a value."""
    info = column.info
    default = None if info is None or column.kind in ("spread", "kpi", "kpi_target", "raci") else info.default
    if info is None or info.is_required() or default is None or isinstance(default, Model | Mapping | tuple):
        return None
    if default == "":
        return None
    said = Text(*(str(write(column, default, About(names, lang=lang))) for lang in LANGUAGES))
    if isinstance(default, float):
        told = f"{default * 100:g} %" if column.share else f"{default:g}"
        said = Text(told, told) if column.kind != "pace" else said
    return said


def needed(column: Column) -> bool:
    """Tell whether it should be filled in."""
    required = column.info is not None and column.info.is_required() and len(column.place) == 1
    return column.kind in ("name", "parent") or column.key in _ASKED or (required and column.kind != "role")


_ASKED = ("demand_per_week", "target_days", "raci", "when", "low", "high", "measure", "place", "lever")
"""Columns that say what matters most, though a file may leave them out."""


_OWN_WORDS: Mapping[str, Text] = {
    "spread": texts.IS_SPREAD,
    "label": texts.IS_LABEL,
    "code": texts.IS_CODE,
    "kpi": texts.IS_KPI,
    "kpi_target": texts.KPI_TARGET,
}
"""What columns are for that are no field of their own."""


def meaning_of(column: Column) -> Text | None:
    """Return what a column is for, as a sentence begins."""
    said = column.meaning
    return None if said is None else Text(f"{said.en[0].upper()}{said.en[1:]}", said.zh)


def comment(column: Column, names: Names) -> Text:
    """Return what is said of a column, line by line."""
    lines = []
    if column.kind in _OWN_WORDS:
        lines.append(_OWN_WORDS[column.kind])
    elif (meaning := meaning_of(column)) is not None:
        lines.append(meaning)
    may = allowed(column)
    if may is not None:
        lines.append(texts.COMMENT_ALLOWED.format(allowed=may))
    empty = usual(column, names)
    if empty is not None:
        lines.append(texts.COMMENT_USUAL.format(usual=empty))
    return Text(*("\n".join(one.get(lang) for one in lines) for lang in LANGUAGES))

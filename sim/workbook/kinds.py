"""Cells to values of a scenario file and back, by the kind of their column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.changes import read_change
from sim.scenario.dates import Dating
from sim.scenario.scenario import written_intervention
from sim.spec.dates import DATE, seems_date
from sim.spec.findings import ScenarioError, TextError
from sim.spec.organization import NEVER
from sim.spec.pace import PROMPT
from sim.spec.process import END
from sim.vocab import DAY
from sim.words import Text, series, words
from sim.workbook import cells
from sim.workbook.cells import CellError, wrong
from sim.workbook.columns import CHOICES, Column
from sim.workbook.counts import a_week, counted
from sim.workbook.grid import Value
from sim.workbook.hours import percent
from sim.workbook.names import Names
from sim.workbook.openings import openings

texts = words("workbook")
findings = words("findings")


@dataclass(frozen=True, slots=True)
class About:
    """What is known where a cell is read or written.

    Attributes
    ----------
    names
        What is called how.
    process
        The process that the row is about, or within which it is.
    unit
        The unit in the heading, as people wrote it there.
    heading
        The heading, as people wrote it.
    lang
        The language in which cells are written.
    dating
        Whether moments can be written as dates.
    """

    names: Names
    process: str = ""
    unit: str = ""
    heading: str = ""
    lang: str = "en"
    dating: Dating | None = None


def read(column: Column, value: Value, about: About) -> Any:
    """Return what a cell means, as a scenario file says it.

    Raises
    ------
    CellError
        Where it means nothing; it says what was found and what is allowed.
    """
    return _KINDS[column.kind][0](column, value, about)


def write(column: Column, said: Any, about: About) -> Value | None:
    """Return what a cell has to say so that reading it means the same; None where no cell can."""
    return _KINDS[column.kind][1](column, said, about)


def _number(column: Column, value: Value, about: About) -> Any:
    bounds = column.bounds
    try:
        found = cells.share(value, percent="%" in about.unit) if column.share else cells.number(counted(value))
    except CellError:
        if bounds is None or column.share:
            raise
        raise wrong(value, bounds.phrase) from None
    return int(found) if found.is_integer() and abs(found) < 1e15 else found


def _rate(column: Column, value: Value, about: About) -> Any:
    del column
    return a_week(value, about.heading)


def _duration(unit: cells.Unit, day: float) -> Callable[[Column, Value, About], Any]:
    def found(column: Column, value: Value, about: About) -> Any:
        del column
        return cells.duration(value, unit, day=day, bare=cells.unit_of(about.unit))

    return found


def _plain(column: Column, said: Any, about: About) -> Value | None:
    del column, about
    return said if isinstance(said, bool | str) else float(said) if isinstance(said, int | float) else None


def _text(column: Column, value: Value, about: About) -> Any:
    del column, about
    return cells.text(value)


def _words(column: Column, value: Value, about: About) -> Any:
    del column, about
    return value if isinstance(value, str) else cells.text(value)


def _yes(column: Column, value: Value, about: About) -> Any:
    del column, about
    return cells.yes(value)


def _told_yes(column: Column, said: Any, about: About) -> Value | None:
    del column
    return str((texts.YES if said else texts.NO).get(about.lang))


def _choice(column: Column, value: Value, about: About) -> Any:
    del about
    allowed = CHOICES[column.of]
    known = {name: code for code, label in allowed.items() for name in (code, *label.by_language().values())}
    if column.of == "kpi":
        known |= {name: code for code, said in texts.KPIS.items() for name in cells.spellings(said)}
    try:
        return cells.chosen(value, known)
    except CellError:
        raise wrong(value, findings.ONE_OF.format(known=_all(allowed), hint="")) from None


def _all(allowed: Mapping[str, Text]) -> Text:
    return series(allowed.values())


def _told_choice(column: Column, said: Any, about: About) -> Value | None:
    label = CHOICES[column.of].get(said)
    return None if label is None else label.get(about.lang)


def _name_of(column: Column, value: Value, about: About) -> Any:
    return about.names.read(column.of, value, about.process)


def _told_name(column: Column, said: Any, about: About) -> Value | None:
    return about.names.told(column.of, said, about.lang, about.process) if isinstance(said, str) else None


def _names_of(column: Column, value: Value, about: About) -> Any:
    whole = about.names.table(column.of, about.process).found(cells.text(value))
    if len(whole) == 1:
        return list(whole)
    return [about.names.read(column.of, one, about.process) for one in cells.names(value)]


def _told_names(column: Column, said: Any, about: About) -> Value | None:
    if not said:
        return None
    told = [about.names.told(column.of, one, about.lang, about.process) for one in said]
    told = [name if len(cells.names(name)) == 1 else code for name, code in zip(told, said, strict=True)]
    return ("、" if about.lang == "zh" else ", ").join(told)


def _measures(column: Column, value: Value, about: About) -> Any:
    """Return measures; those of a process or department have a point in their name, and are looked up later."""
    del column
    return [one if "." in one else about.names.read("measure", one) for one in cells.names(value)]


def _told_measures(column: Column, said: Any, about: About) -> Value | None:
    del column
    told = [one if "." in one else about.names.told("measure", one, about.lang) for one in said]
    told = [name if len(cells.names(name)) == 1 else code for name, code in zip(told, said, strict=True)]
    return ("、" if about.lang == "zh" else ", ").join(told) or None


_AMOUNT = re.compile(r"(.+?)[\s:=]*(\d+(?:\.\d+)?\s*%?)")


def _amounts(column: Column, value: Value, about: About) -> Any:
    found: dict[str, Any] = {}
    also = (END, *texts.END.by_language().values()) if column.of == "step" else ()
    for part in filter(None, map(str.strip, re.split(r"[;；\n]", cells.text(value)))):
        match = _AMOUNT.fullmatch(cells.plain(part))
        if match is None:
            raise wrong(value, texts.AMOUNTS)
        name = about.names.read(column.of, match[1].strip(), about.process, also)
        amount = cells.share(match[2]) if match[2].endswith("%") else cells.number(match[2])
        found[END if name in also else name] = int(amount) if amount.is_integer() else amount
    return found


def _told_amounts(column: Column, said: Any, about: About) -> Value | None:
    shares = column.of == "step"
    told = (
        f"{about.names.told(column.of, name, about.lang, about.process)} "
        + (percent(amount, about.lang) if shares else f"{amount:.12g}")
        for name, amount in said.items()
    )
    return "; ".join(told) or None


def _date(column: Column, value: Value, about: About) -> Any:
    del column, about
    return cells.day(value).isoformat()


def _told_date(column: Column, said: Any, about: About) -> Value | None:
    del column, about
    return dt.date.fromisoformat(said) if re.fullmatch(DATE, str(said)) else None


def _moment(column: Column, value: Value, about: About) -> Any:
    del column, about
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, str) and seems_date(cells.plain(value)):
        return cells.plain(value)
    try:
        found = cells.number(value)
    except CellError:
        return cells.day(value).isoformat()
    return int(found) if found.is_integer() else found


def _told_moment(column: Column, said: Any, about: About) -> Value | None:
    dating, unit = about.dating, DAY if column.field in ("from", "to") else 1.0
    if dating is None or dating.starts is None:
        return float(said)
    moment = dating.starts + dt.timedelta(hours=said * unit)
    exact = moment.second == 0 and moment.microsecond == 0 and dating.number(moment, unit) == said
    if not exact or (unit == 1.0 and dating.refused("", moment, ())):
        return float(said)
    return moment.date() if moment.time() == dt.time() else f"{moment:%Y-%m-%d %H:%M}"


def _openings(column: Column, value: Value, about: About) -> Any:
    del column, about
    return openings(value)


def _told_openings(column: Column, said: Any, about: About) -> Value | None:
    del column, about
    return said if isinstance(said, str) else ", ".join(said) or None


def _pace(column: Column, value: Value, about: About) -> Any:
    del column, about
    if isinstance(value, str):
        try:
            return cells.number(value)
        except CellError:
            return cells.duration(value, "hours") / PROMPT
    return cells.number(value)


def _told_pace(column: Column, said: Any, about: About) -> Value | None:
    del column
    told = f"{said * PROMPT:.12g}"
    return texts.HOURS.format(hours=told).get(about.lang) if float(told) / PROMPT == said else float(said)


def _limit(column: Column, value: Value, about: About) -> Any:
    if isinstance(value, str) and cells.folded(value) in (
        NEVER,
        *map(cells.folded, texts.NEVER.by_language().values()),
    ):
        return NEVER
    return _duration("hours", cells.WORKING_DAY)(column, value, about)


def _told_limit(column: Column, said: Any, about: About) -> Value | None:
    return texts.NEVER.get(about.lang) if said == NEVER else _plain(column, said, about)


def _item(column: Column, value: Value, about: About) -> Any:
    from sim.study.making import make_intervention

    said = cells.text(value)
    whole = about.names.table(column.of).found(said)
    name, _, doses = (said, "", "") if len(whole) == 1 else cells.plain(said).partition(":")
    if not whole and cells.plain(said).casefold().startswith("bundle:"):
        name, _, doses = cells.plain(said), "", ""
    kind = about.names.read(column.of, name.strip())
    if kind.startswith("bundle:"):
        return kind
    try:
        return written_intervention(make_intervention(f"{kind}:{doses}" if doses else kind))
    except TextError as error:
        raise CellError(error.text) from None


def _told_item(column: Column, said: Any, about: About) -> Value | None:
    from sim.scenario.outline import notation
    from sim.study.making import make_intervention

    if isinstance(said, str):
        return about.names.told(column.of, said, about.lang)
    made = make_intervention(said)
    told = notation(made)
    if not told.startswith(f"{made.kind}:") or _reread(told) != said:
        return None
    return f"{about.names.told(column.of, made.kind, about.lang)}{told.removeprefix(made.kind)}"


def _reread(told: str) -> Any:
    from sim.study.making import make_intervention

    try:
        return written_intervention(make_intervention(told))
    except TextError:
        return None


def _items(column: Column, value: Value, about: About) -> Any:
    from sim.study.alternatives import items_in

    return [_item(column, one, about) for one in items_in(cells.text(value).replace("＋", "+")) if one]


def _told_items(column: Column, said: Any, about: About) -> Value | None:
    told = [_told_item(column, one, about) for one in said]
    return None if None in told else " + ".join(map(str, told))


def _set(column: Column, value: Value, about: About) -> Any:
    del column, about
    found: dict[str, Any] = {}
    for part in filter(None, map(str.strip, re.split(r"[;；\n]", cells.text(value)))):
        try:
            change = read_change(part)
        except ScenarioError as error:
            raise CellError(error.findings[0].text) from None
        found[part.partition("=")[0].strip()] = change.value
    return found


def _told_set(column: Column, said: Any, about: About) -> Value | None:
    told = "; ".join(f"{place}={_scalar(value)}" for place, value in said.items())
    try:
        return told if _set(column, told, about) == said else None
    except CellError:
        return None


def _scalar(value: Any) -> str:
    return (
        f"{value:.12g}" if isinstance(value, float) else str(value).lower() if isinstance(value, bool) else str(value)
    )


def _nothing(column: Column, said: Any, about: About) -> None:
    del column, said, about


Reader = Callable[[Column, Value, About], Any]
Writer = Callable[[Column, Any, About], Value | None]

_KINDS: Mapping[str, tuple[Reader, Writer]] = {
    "number": (_number, _plain),
    "count": (_number, _plain),
    "rate": (_rate, _plain),
    "hours": (_duration("hours", cells.WORKING_DAY), _plain),
    "days": (_duration("days", DAY), _plain),
    "weeks": (_duration("weeks", DAY), _plain),
    "text": (_text, _plain),
    "words": (_words, _plain),
    "yes": (_yes, _told_yes),
    "choice": (_choice, _told_choice),
    "kpi": (_choice, _told_choice),
    "name_of": (_name_of, _told_name),
    "parent": (_name_of, _told_name),
    "names_of": (_names_of, _told_names),
    "measures": (_measures, _told_measures),
    "role": (_names_of, _nothing),
    "amounts": (_amounts, _told_amounts),
    "date": (_date, _told_date),
    "moment": (_moment, _told_moment),
    "openings": (_openings, _told_openings),
    "pace": (_pace, _told_pace),
    "limit": (_limit, _told_limit),
    "item": (_item, _told_item),
    "items": (_items, _told_items),
    "set": (_set, _told_set),
}
"""How the cells of each kind are read and written; names, labels, RACI, KPIs and hours of work take several cells."""

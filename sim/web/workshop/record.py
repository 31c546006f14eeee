"""What is left of a workshop: every question with what was bet, found and decided, as data and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from sim.characters import as_cell
from sim.web.workshop.events import NOTES
from sim.web.workshop.outcome import is_right, shown_of
from sim.web.workshop.workshop import Bet, Round, Workshop
from sim.words import Text, words

texts = words("debrief")

FORMAT = 1
"""Counts how records have been written so far."""

COLUMNS = (
    "question",
    "asked_at",
    "kind",
    "text",
    "measure",
    "unit",
    "tried",
    "state",
    "person",
    "name",
    "bet",
    "why",
    "right",
    "now",
    "result",
    "hypothesis",
    "finding",
    "decision",
)
"""The table: a row for each bet, and one for a question without any."""


def record_of(workshop: Workshop, title: Mapping[str, str]) -> dict[str, Any]:
    """Return a workshop as plain data, without its keys.

    Parameters
    ----------
    workshop : Workshop
        As it stands.
    title : mapping
        What the organization is called, by language.
    """
    people = _numbered(workshop)
    asked = [one for one in workshop.rounds.values() if one.state != "withdrawn"]
    return {
        "format": FORMAT,
        "title": dict(title),
        "begun": workshop.at,
        "version": workshop.began.version,
        "people": len({person for one in asked for person in one.bets}),
        "questions": [_question(one, workshop, people) for one in asked],
    }


def _numbered(workshop: Workshop) -> dict[str, int]:
    """Return a number for everybody who bet, in the order in which they first did."""
    every = dict.fromkeys(person for one in workshop.rounds.values() for person in one.bets)
    return {person: number for number, person in enumerate(every, 1)}


def _question(found: Round, workshop: Workshop, people: Mapping[str, int]) -> dict[str, Any]:
    shown = shown_of(found, workshop.names)
    told = {name: shown[name] for name in ("counts", "values", "median", "result", "hits")}
    bets = [
        {
            "person": people[person],
            "name": workshop.names.get(person, ""),
            "choice": one.choice,
            "value": one.value,
            "why": one.why,
            "right": _right(one, found),
        }
        for person, one in found.bets.items()
    ]
    return {**found.question.model_dump(), "at": found.at, "state": found.state, **found.notes, **told, "bets": bets}


def _right(bet: Bet, found: Round) -> bool | None:
    """Tell whether a bet came out; None where nobody knows."""
    if found.result is None or (found.question.kind != "size" and not found.result.right):
        return None
    return is_right(bet, found.result)


def table_of(record: Mapping[str, Any], lang: str) -> str:
    """Return the table of a record as CSV; whatever people wrote is data in it, and no formula.

    Parameters
    ----------
    record : mapping
        As `record_of` makes it.
    lang : str
        The language of texts.
    """
    out = io.StringIO()
    out.write("\ufeff")  # by which spreadsheets know that it is UTF-8
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for question in record["questions"]:
        for bet in question["bets"] or [{}]:
            writer.writerow([_cell(value) for value in _row(question, bet, lang)])
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return as_cell(value)
    return "" if value is None else value


def _row(question: Mapping[str, Any], bet: Mapping[str, Any], lang: str) -> Iterator[Any]:
    labels = {one["id"]: one["label"][lang] for one in question["choices"]}
    measure = question["measure"] or {"id": "", "unit": {lang: ""}}
    choice = bet.get("choice")
    yield from (question["number"], question["at"], question["kind"], question["text"][lang])
    yield from (measure["id"], measure["unit"][lang], question["label"][lang], question["state"])
    yield from (bet.get("person"), bet.get("name"), bet.get("value") if choice is None else labels.get(choice, choice))
    yield from (bet.get("why"), _yes_no(bet.get("right")), question["now"], came_out(question, lang))
    yield from (question[name] for name in NOTES)


def _yes_no(found: bool | None) -> str:
    return "" if found is None else str(found).lower()


def came_out(question: Mapping[str, Any], lang: str) -> str | float | None:
    """Return what came out of a question, as short as it can be said.

    Parameters
    ----------
    question : mapping
        Of a record.
    lang : str
        The language.
    """
    result = question["result"]
    if result is None:
        return None
    if question["kind"] == "size":
        return None if result["then"] is None else float(round(result["then"], 3))
    labels = {one["id"]: Text(**one["label"]) for one in question["choices"]}
    return str(texts.OR.get(lang).join(labels[name].get(lang) for name in result["right"] if name in labels))

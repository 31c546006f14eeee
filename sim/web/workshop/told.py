"""What is told of a workshop: to the host everything, to others what they may know before and after they bet."""

from __future__ import annotations

from typing import Any

from sim.web.workshop.outcome import shown_of
from sim.web.workshop.workshop import Round, Workshop

PUBLIC = ("finding", "decision")
"""Notes that everybody may read, once the question they belong to is revealed."""


MOST_PAST = 5
"""Earlier questions that everybody is told with all news, without reasons; phones keep what they have seen."""


def for_host(workshop: Workshop) -> dict[str, Any]:
    """Return what a host is told of the questions, as plain data.

    Parameters
    ----------
    workshop : Workshop
        As it stands.
    """
    every = [one for one in workshop.rounds.values() if one.state != "withdrawn"]
    told = [{**_question(one, workshop), "notes": dict(one.notes)} for one in every]
    return {"question": told[-1] if told else None, "past": told[:-1]}


def for_guests(workshop: Workshop) -> dict[str, Any]:
    """Return what everybody else is told of the questions, as plain data.

    Parameters
    ----------
    workshop : Workshop
        As it stands.
    """
    every = [one for one in workshop.rounds.values() if one.state != "withdrawn"]
    current = every[-1] if every else None
    past = [_briefly(_known_to_all(one, workshop)) for one in every[:-1] if one.state == "revealed"][-MOST_PAST:]
    return {"question": None if current is None else _known_to_all(current, workshop), "past": past}


def own_part(workshop: Workshop, person: str) -> dict[str, Any]:
    """Return what somebody is told of their own.

    Parameters
    ----------
    workshop : Workshop
        As it stands.
    person : str
        Who.
    """
    current = workshop.current
    bet = None if current is None else current.bets.get(person)
    mine = None if bet is None else {"choice": bet.choice, "value": bet.value, "why": bet.why}
    return {"mine": mine, "name": workshop.names.get(person, "")}


def _briefly(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "shown": {**told["shown"], "reasons": []}}


def _known_to_all(found: Round, workshop: Workshop) -> dict[str, Any]:
    told = _question(found, workshop)
    if found.state == "revealed":
        return {**told, "notes": {name: found.notes[name] for name in PUBLIC}}
    hidden = [{**one, "items": []} for one in told["choices"]]
    return {**told, "notes": dict.fromkeys(PUBLIC, ""), "items": [], "choices": hidden}


def _question(found: Round, workshop: Workshop) -> dict[str, Any]:
    shown = shown_of(found, workshop.names) if found.state == "revealed" else None
    return {
        **found.question.model_dump(),
        "state": found.state,
        "at": found.at,
        "bets": len(found.bets),
        "shown": shown,
    }

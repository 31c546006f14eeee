"""What a message of a page says; whatever is not understood is told in one sentence."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sim.spec.findings import shortened
from sim.web.client import Number
from sim.words import Text, series, words

texts = words("web")

MOST_BYTES = 65_536
"""How long a message may be."""

DOES = ("ask", "sure", "drop")

_LONGEST_NUMBER = 40


class NotUnderstoodError(ValueError):
    """A message that says nothing; with the number of the question where it had one."""

    def __init__(self, sentence: Text, number: Number = None) -> None:
        super().__init__(sentence.en)
        self.sentence, self.number = sentence, number


class Message(NamedTuple):
    """What a page wants to know."""

    do: str
    number: Number
    scenario: str = ""
    items: tuple[str, ...] = ()


def opened(text: str | bytes) -> tuple[dict[str, Any], Number]:
    """Return what stands in a message, and the number by which its sender knows it.

    Parameters
    ----------
    text : str or bytes
        What came.

    Raises
    ------
    NotUnderstoodError
        If it is no JSON object, or too long.
    """
    length = len(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    if length > MOST_BYTES:
        raise NotUnderstoodError(texts.TOO_LONG.format(found=length, most=MOST_BYTES))
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise NotUnderstoodError(texts.NOT_UNDERSTOOD) from None
    if not isinstance(said, dict):
        raise NotUnderstoodError(texts.NOT_UNDERSTOOD)
    return said, _number(said.get("id"))


def read(said: dict[str, Any], number: Number, scenarios: Collection[str], others: Collection[str] = ()) -> Message:
    """Return what a message asks.

    Parameters
    ----------
    said : dict
        What stands in it.
    number : int or str or None
        By what its sender knows it.
    scenarios : collection of str
        What can be asked about.
    others : collection of str
        What else can be done here.

    Raises
    ------
    NotUnderstoodError
        If it says nothing that is known here.
    """
    do, scenario, items = said.get("do"), said.get("scenario"), said.get("items", [])
    if do not in DOES:
        raise NotUnderstoodError(texts.WRONG_DO.format(found=_shown(do), known=series((*DOES, *others))), number)
    if do == "drop":
        return Message(do, number)
    if not isinstance(scenario, str) or scenario not in scenarios:
        facts = {"found": _shown(scenario), "known": series(scenarios, 10)}
        raise NotUnderstoodError(texts.UNKNOWN_SCENARIO.format(**facts), number)
    if not isinstance(items, list) or not all(isinstance(one, str) and _is_text(one) for one in items):
        facts = {"field": "items", "found": _shown(items), "expected": texts.EXPECTED_ITEMS}
        raise NotUnderstoodError(texts.WRONG_FIELD.format(**facts), number)
    return Message(do, number, scenario, tuple(items))


def _number(found: Any) -> Number:
    whole = isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**53
    if found is None or whole or (isinstance(found, str) and len(found) <= _LONGEST_NUMBER and _is_text(found)):
        return found
    facts = {"field": "id", "found": _shown(found), "expected": texts.EXPECTED_ID}
    raise NotUnderstoodError(texts.WRONG_FIELD.format(**facts))


def _is_text(found: str) -> bool:
    """Tell whether a text can be written anywhere: half of a letter cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in found)


def _shown(found: Any) -> str:
    told = found if isinstance(found, str) else json.dumps(found)
    return shortened(told.encode("utf-8", "replace").decode(), 60)

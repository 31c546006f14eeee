"""Figures that a story may ask for, by what stands in the braces of its texts: ``{roles:on_time_target.then}``.

The texts themselves hold no number: what is shown is looked up in the answer that the page has, here as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.scenario import Scenario
from sim.spec.measured import measure_specs
from sim.web.shown import PARTS, measures_shown

SIDES = ("now", "then", "diff", "low", "high", "verdict", "better")
"""What is known of a measure."""

OF_HOURS = ("now", "then", "diff")
"""What is known of the hours of a case."""

OF_TRUST = ("start", "now", "then", "diff")
"""What is known of trust between departments, the mean of all pairs in percent."""

PLAIN = ("cost.hours", "cost.money", "people", "runs", "weeks")
"""Figures that are neither of a measure nor of hours."""

BARE = "number"
"""What is put behind a figure that is to stand without its unit."""

_BRACES = re.compile(r"\{([^{}]*)\}")
_STRAY = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a text asks for.

    Attributes
    ----------
    name
        As it stands in the text, without the page.
    page
        Of which page, by its id; empty where it is the one with the text.
    """

    name: str
    page: str = ""

    @property
    def whole(self) -> str:
        """As it stands in the braces."""
        return f"{self.page}:{self.name}" if self.page else self.name

    @property
    def parts(self) -> list[str]:
        """What its name is made of, without what says how it is written."""
        return self.name.removesuffix(f".{BARE}").split(".")

    @property
    def needs_change(self) -> bool:
        """Tell whether it is there only where something is switched on."""
        return self.parts[0] == "cost" or self.parts[-1] in SIDES[1:]


def figure_of(text: str) -> Figure:
    """Return the figure that stands for itself or with the page it is of.

    Parameters
    ----------
    text : str
        As it stands in the braces.

    Examples
    --------
    >>> from sim.web.story.figures import figure_of
    >>> figure_of("roles:on_time_target.then")
    Figure(name='on_time_target.then', page='roles')
    """
    page, colon, name = text.strip().partition(":")
    return Figure(name.strip(), page.strip()) if colon else Figure(page)


def figures_in(text: str) -> Iterator[Figure]:
    """Yield every figure that a text asks for, in its order.

    Parameters
    ----------
    text : str
        In one language.
    """
    return (figure_of(one) for one in _BRACES.findall(text))


def stray_in(text: str) -> str:
    """Return a brace of a text that has no other; nothing where all of them have.

    Parameters
    ----------
    text : str
        In one language.
    """
    found = _STRAY.search(_BRACES.sub("", text))
    return found[0] if found else ""


def known_figures(scenario: Scenario) -> tuple[str, ...]:
    """Return every figure by its name that can be asked for about an organization.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    """
    specs = measure_specs(scenario)
    measures = {
        f"{name}.{side}": side != "verdict"
        for name in measures_shown(scenario)
        if name in specs  # a name with a dot would be two words of a figure
        for side in SIDES
        if side != "better" or specs[name].better != "neither"
    }
    hours = {f"{home}.{side}": True for home in ("hours", *(f"hours.{one}" for one in PARTS)) for side in OF_HOURS}
    trust = {} if "trust" in measures_shown(scenario) else {f"trust.{side}": True for side in OF_TRUST}
    every = measures | hours | trust | dict.fromkeys(PLAIN, False)
    every |= {"cost.hours": True, "cost.money": True}
    bare = [f"{name}.{BARE}" for name, has_unit in every.items() if has_unit and not name.endswith(".better")]
    return (*every, *bare)


def value_of(figure: Figure, answer: Mapping[str, Any], frame: Mapping[str, Any]) -> Any:
    """Return what an answer says; None where it says nothing.

    Parameters
    ----------
    figure : Figure
        What is asked for.
    answer : mapping
        Of the page with the figure.
    frame : mapping
        What all answers have in common.
    """
    first, *rest = figure.parts
    if first == "hours":
        return _hours(answer["ledger"], rest[0] if len(rest) > 1 else "", rest[-1])
    if first == "cost":
        return answer["cost"][rest[0]]
    if first == "trust" and first not in answer["measures"]:
        return _trust(answer["trust"], rest[0])
    if not rest:
        return {"people": frame["people"], "runs": answer["n"], "weeks": frame["weeks"]["horizon"]}[first]
    return answer["measures"][first][rest[0]]


def _hours(ledger: Mapping[str, Sequence[Any] | None], part: str, side: str) -> float | None:
    if side == "diff":
        now, then = (_hours(ledger, part, one) for one in OF_HOURS[:2])
        return None if now is None or then is None else then - now
    row = ledger[side]
    if row is None:
        return None
    told = row if not part else [row[PARTS.index(part)]]
    return _sum(told)


def _trust(pairs: Sequence[Sequence[Any]], side: str) -> float | None:
    """Return the mean of all pairs at a time, or what it changes by; they stand behind the two departments."""
    if side == "diff":
        now, then = (_trust(pairs, one) for one in ("now", "then"))
        return None if now is None or then is None else then - now
    told = [pair[2 + OF_TRUST.index(side)] for pair in pairs]
    return None if not told or None in told else _sum(told) / len(told)


def _sum(values: Iterable[Any]) -> float:
    return float(sum(one or 0 for one in values))

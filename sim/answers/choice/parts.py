"""What bundles are made of: interventions, each with its doses, or several that belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sim.experiments.sweeping import NUMBER
from sim.interventions import Custom, Intervention
from sim.scenario import Scenario
from sim.scenario.scenario import written_intervention
from sim.spec.base import text_of
from sim.spec.findings import TextError
from sim.study.alternatives import Alternative, Items, alternative_of, parse_alternative
from sim.words import Text, words

texts = words("choice")

From: TypeAlias = "str | Sequence[Items] | None"
"""What somebody offers: ``"raci,daily_standup:minutes=10"``, items as in a comparison, or None for what is usual."""

VALUES = rf"{NUMBER}(?:\s*\.\.\s*{NUMBER}(?:\s*/\s*{NUMBER})?)?"
"""A dose, or a range of them, as text."""

_DOSE = re.compile(rf"[\w.]+=|{VALUES}\s*$")


class OfferError(TextError):
    """A sentence about something that cannot be offered."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a bundle has or has not.

    Attributes
    ----------
    code
        As one writes it after ``--with``.
    name
        What people call it.
    interventions
        What it adds.
    """

    code: str
    name: Text
    interventions: tuple[Intervention, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its interventions."""
        return frozenset(one.kind for one in self.interventions)


def suggested(scenario: Scenario) -> tuple[Part, ...]:
    """Return every intervention that a scenario suggests to compare, each by itself, and the first of each kind.

    Raises
    ------
    OfferError
        If it suggests none.
    """
    found: dict[str, Part] = {}
    for suggestion in scenario.compare:
        for one in alternative_of("suggested", Text("", ""), list(suggestion.with_)).interventions:
            alone = len(suggestion.with_) == 1
            name = text_of(suggestion.label) if alone else _called(one)
            key = one.name if isinstance(one, Custom) else one.kind
            found.setdefault(key, Part(written(one), name, (one,)))
    if not found:
        raise OfferError(texts.NOTHING_SUGGESTED.format(scenario=scenario.name))
    return tuple(found.values())


def part_of(said: Any) -> Part:
    """Return what somebody offers."""
    if isinstance(said, Alternative):
        made, code = said, said.label
    elif isinstance(said, str):
        made, code = parse_alternative(said), said.strip()
    else:
        made = alternative_of("offered", Text("", ""), said)
        code = "+".join(map(written, made.interventions))
        made = alternative_of(code, Text(*(" + ".join(one) for one in _names(made))), said)
    if made.changes or made.scenario is not None or made.department is not None or not made.interventions:
        raise OfferError(texts.NO_COST.format(found=code))
    return Part(code, made.name, made.interventions)


def _names(made: Alternative) -> tuple[list[str], list[str]]:
    labels = [_called(one) for one in made.interventions]
    return [one.en for one in labels], [one.zh for one in labels]


def _called(intervention: Intervention) -> Text:
    return text_of(intervention.name if isinstance(intervention, Custom) else intervention.label)


def written(intervention: Intervention) -> str:
    """Return an intervention as one writes it after ``--with``: its kind, and doses that are not as usual.

    One that is written as data, for which that would be too long, is called as it calls itself.
    """
    if isinstance(intervention, Custom):
        return intervention.name
    said = written_intervention(intervention)
    if isinstance(said, str):
        return said
    doses = ",".join(f"{name}={value}" for name, value in _flat(said) if name != "kind")
    return f"{intervention.kind}:{doses}"


def _flat(said: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in said.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, list | tuple):
            yield f"{before}{name}", f"[{','.join(map(str, value))}]"
        else:
            yield f"{before}{name}", value


def separated(said: str) -> Iterable[str]:
    """Return the parts that are separated by commas; one before a dose, or another value of it, does not separate."""
    found: list[str] = []
    for piece in said.split(","):
        if found and ":" in found[-1] and _DOSE.match(piece.strip()):
            found[-1] += f",{piece.strip()}"
        else:
            found.append(piece.strip())
    return found

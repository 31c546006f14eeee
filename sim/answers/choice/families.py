"""What bundles are made of, with the doses that each may have: one, some values, or a range.

Doses are written as `--vary` of experiments takes them: ``daily_standup:minutes=5,10,15``; ``minutes=5..30/5`` is from
5 to 30 by 5, ``minutes=5..30`` every whole number, and ``raci:clarity=0.5..0.9`` a range, of which `DOSES` are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any

from sim.answers.choice.budgets import Budget
from sim.answers.choice.bundles import Offer, offer_of
from sim.answers.choice.parts import VALUES, From, OfferError, Part, part_of, separated, suggested
from sim.experiments.decimals import evenly
from sim.experiments.doses import whole_dose
from sim.experiments.sweeping import values_in
from sim.interventions import INTERVENTIONS
from sim.scenario import Scenario
from sim.study.making import make_intervention
from sim.words import Text, words

texts = words("choice")
names = words("alternatives")

MOST = 1024
"""Bundles of which all are looked at."""

DOSES = 11
"""Doses of a range without a step, at equal distances."""

_DOSED = re.compile(rf"(?P<dose>[\w.]+)=(?P<values>{VALUES}(?:\s*,\s*{VALUES})*)(?=\s*(?:[,+]|$))")


@dataclass(frozen=True, slots=True)
class Family:
    """Something that a bundle has, at one of its doses, or has not.

    Attributes
    ----------
    code
        As somebody wrote it.
    name
        What people call it.
    parts
        It at each dose, or at each combination of doses, the first dose slowest.
    sizes
        How many doses there are of each that it has several of; nothing where it has none.
    """

    code: str
    name: Text
    parts: tuple[Part, ...]
    sizes: tuple[int, ...] = ()

    def at(self, doses: Sequence[int]) -> Part:
        """Return the part at the places of its doses."""
        place = 0
        for dose, size in zip(doses, self.sizes, strict=True):
            place = place * size + dose
        return self.parts[place]


def families_of(scenario: Scenario, said: From) -> tuple[Family, ...]:
    """Return what bundles are made of, each with its doses.

    Parameters
    ----------
    scenario
        The organization, which suggests something where nobody says anything.
    said
        What is offered; doses in texts may be several, or ranges.

    Raises
    ------
    OfferError, SweepError
        If it is nothing, one thing twice, something whose cost nobody knows before it is run, or no range.
    AlternativeError
        If it is not understood.
    """
    if said is None:
        return _named(Family(one.code, one.name, (one,)) for one in suggested(scenario))
    given = list(separated(said)) if isinstance(said, str) else list(said)
    found = [_family(one) for one in given]
    _check(found)
    return _named(found)


def _check(found: Sequence[Family]) -> None:
    """Refuse nothing, one thing twice, and two of which something is the same."""
    if not found:
        raise OfferError(texts.NOTHING_OFFERED)
    parts = [(place, part) for place, one in enumerate(found) for part in one.parts]
    codes = [part.code for _, part in parts]
    if twice := [code for place, code in enumerate(codes) if code in codes[:place]]:
        raise OfferError(texts.OFFERED_TWICE.format(found=twice[0]))
    for number, (place, one) in enumerate(parts):
        for before, other in parts[:number]:
            if before != place and set(one.interventions) & set(other.interventions):
                raise OfferError(texts.OFFERED_ALIKE.format(found=one.code, other=other.code))


def bundles_of(families: Sequence[Family]) -> int:
    """Return how many bundles can be made, nothing among them, of which an organization may not have all."""
    return prod(1 + len(one.parts) for one in grouped(families))


def offered(scenario: Scenario, families: Sequence[Family], budgets: Sequence[Budget]) -> Offer:
    """Return all bundles that can be made and fit the largest budget."""
    several = product(*((None, *family.parts) for family in grouped(families)))
    return offer_of(scenario, (tuple(filter(None, one)) for one in several), budgets)


def grouped(families: Sequence[Family]) -> tuple[Family, ...]:
    """Return the same, with those that bring one intervention each, and the same one, as doses of one."""
    found: dict[Any, list[Family]] = {}
    for place, one in enumerate(families):
        kinds = {part.interventions[0].kind for part in one.parts if len(part.interventions) == 1}
        alone = not one.sizes and len(kinds) == 1 and kinds != {"custom"}
        found.setdefault(min(kinds) if alone else place, []).append(one)
    return tuple(ones[0] if len(ones) == 1 else _doses(ones) for ones in found.values())


def _doses(ones: Sequence[Family]) -> Family:
    return Family(ones[0].code, ones[0].name, tuple(one.parts[0] for one in ones), (len(ones),))


def _family(said: Any) -> Family:
    """Return what one item stands for, with every dose that it may have."""
    found = list(_DOSED.finditer(said)) if isinstance(said, str) else []
    several = [one for one in found if not _single(one["values"])]
    if not several:
        part = part_of(said)
        return Family(part.code, part.name, (part,))
    values = [_values(one, said) for one in several]
    parts = [_dosed(said, several, one) for one in product(*values)]
    name = part_of(_written(said, several, [one[0] for one in values])).name
    doses = ", ".join(one[0] for one in several)
    return Family(
        said.strip(), names.DOSED.format(name=name, doses=doses), tuple(parts), tuple(len(one) for one in values)
    )


def _single(values: str) -> bool:
    return "," not in values and ".." not in values


def _values(found: re.Match[str], said: str) -> list[str]:
    """Return the doses that are tried, as one writes them."""
    told = values_in(found["values"], found[0])
    if "values" in told:
        return list(dict.fromkeys(map(_plain, told["values"])))
    low, high = told["range"]
    if not low < high:
        raise OfferError(texts.NO_RANGE.format(found=found[0]))
    head = re.split(r"[+=]", said[: found.start()])[-1].partition(":")[0]
    whole = whole_dose(make_intervention(f"{head}:{found['dose']}={_plain(low)}"), tuple(found["dose"].split(".")))
    return [_plain(one) for one in evenly(low, high, DOSES, whole)]


def _plain(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def _dosed(said: str, several: Sequence[re.Match[str]], values: Sequence[str]) -> Part:
    """Return the part at some doses, which its name tells."""
    part = part_of(_written(said, several, values))
    doses = ", ".join(f"{one['dose']}={value}" for one, value in zip(several, values, strict=True))
    return replace(part, name=names.DOSED.format(name=part.name, doses=doses))


def _written(said: str, several: Sequence[re.Match[str]], values: Sequence[str]) -> str:
    """Return the text with one value for each of its doses."""
    written, end = "", 0
    for one, value in zip(several, values, strict=True):
        written += f"{said[end : one.start()]}{one['dose']}={value}"
        end = one.end()
    return written + said[end:]


def _named(families: Iterable[Family]) -> tuple[Family, ...]:
    """Return the same, of which those that people would call alike are called by what was written as well."""
    several = list(families)
    called = [one.name for one in several]
    return tuple(_told_apart(one) if called.count(one.name) > 1 else one for one in several)


def _told_apart(family: Family) -> Family:
    kind, _, written = family.code.partition(":")
    doses = written or (texts.USUAL_DOSES if kind in INTERVENTIONS else family.code)
    name = names.DOSED.format(name=family.name, doses=doses)
    parts = family.parts if family.sizes else tuple(replace(one, name=name) for one in family.parts)
    return replace(family, name=name, parts=parts)

"""What can be asked of the page: items of text, the one key that stands for them, and the scenario that they make.

An item is what the command line knows as well: an intervention with doses (``raci:clarity=0.7``), one of the
organization's own figures with its value (``departments.production.staff=15``), or a shipped bundle
(``bundle:rules_only``), which stands for the interventions and figures of which it consists. Whoever asks may be
anybody in the room: nothing but these is understood, no file and no class, and figures stay within their ranges.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.interventions import INTERVENTIONS, Intervention
from sim.scenario import Scenario, dump
from sim.scenario.bundled import bundle_named
from sim.scenario.bundles import Bundle, every_bundle, spread
from sim.scenario.changes import Change, path_of
from sim.scenario.outline import notation
from sim.scenario.scenario import Suggestion
from sim.spec.findings import listed, shortened
from sim.spec.nearest import did_you_mean
from sim.study.alternatives import Alternative, is_place, items_in
from sim.study.making import AlternativeError, make_intervention
from sim.web.figures import Figure, figures_of
from sim.words import Text, words

_TEXTS = words("catalogue")

MOST_LETTERS = 2_000
MOST_ITEMS = 80

FEW = 3
"""Interventions up to which a bundle is called by their names."""

BASELINE = ""
"""The key of the organization as it is."""

Items = str | Sequence[str]
"""What is asked: items, or one text in which they are joined by plus signs."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, understood.

    Attributes
    ----------
    key
        Stands for all ways to ask the same: items in a fixed order, without what is as usual anyway.
    items
        The same, one by one.
    label
        What people call it.
    alternative
        The same as studies understand it.
    """

    key: str
    items: tuple[str, ...]
    label: Text
    alternative: Alternative

    def applied(self, scenario: Scenario) -> Scenario:
        """Return what is run."""
        return self.alternative.applied(scenario)


def asked_of(scenario: Scenario, items: Items) -> Asked:
    """Return what is asked of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    items : str or sequence of str
        What is asked; nothing is the baseline.

    Returns
    -------
    Asked
        With the key, which is the same for all ways to ask the same.

    Raises
    ------
    AlternativeError
        In one sentence, if it is too long, not understood, or cannot be.

    Examples
    --------
    >>> from sim.web.asked import asked_of
    >>> asked_of(sim.load("order_delivery"), ["raci:clarity=0.7", "shared_kpi"]).key
    'shared_kpi+raci:clarity=0.7'
    """
    told, values = _opened(_told(items))
    made = map(make_intervention, told)
    added = sorted({notation(one): one for one in made}.values(), key=_place_of)  # a switch is on or off, not on twice
    figures = figures_of(scenario)
    changes = [_change(one, figures) for one in values]
    if twice := _first_twice([place for place, _ in changes]):
        raise AlternativeError(_TEXTS.TWICE.format(place=twice))
    set_so = {place: value for place, value in sorted(changes) if value != figures[place].here}
    parts = [*((notation(one), _called(one)) for one in added), *(_set(figures[p], v) for p, v in set_so.items())]
    alternative = Alternative(
        label="with",
        name=_bundle_called(added, set_so, figures) or _joined([name for _, name in parts]),
        interventions=tuple(added),
        changes=tuple(Change((*path_of(place),), value) for place, value in set_so.items()),
    )
    return Asked("+".join(text for text, _ in parts), tuple(text for text, _ in parts), alternative.name, alternative)


def _opened(items: Sequence[str]) -> tuple[list[str | Intervention], list[str]]:
    """Return the interventions that are asked for, and the figures with their values, those of bundles among them."""
    single, values = [one for one in items if not is_place(one)], [one for one in items if is_place(one)]
    bundles = list(map(_bundle, single))
    said = {_place_in(one) for one in values}
    for bundle in filter(None, bundles):
        more = {place: value for place, value in bundle.set_.items() if place not in said}
        values += [f"{place}={shortest(value)}" for place, value in more.items()]
        said |= set(more)
    return [part.item for part in spread(single, lambda place, _: bundles[place])], values


def _bundle(item: str) -> Bundle | None:
    """Return the shipped bundle that is asked for; None where it is an intervention."""
    named = bundle_named(item)
    if named is None:
        return None
    every = every_bundle()
    if named not in every:
        facts = {"name": shortened(named), "known": listed(every), "hint": did_you_mean(named, every)}
        raise AlternativeError(_TEXTS.NO_BUNDLE.format(**facts))
    return every[named]


def _place_in(item: str) -> str:
    return item.partition("=")[0].strip()


def _bundle_called(
    added: Sequence[Intervention], values: Mapping[str, float], figures: Mapping[str, Figure]
) -> Text | None:
    """Return what a bundle is called that consists of just this; None where none does."""
    asked = sorted(map(notation, added))
    for bundle in every_bundle().values() if len(asked) > 1 else ():
        if sorted(map(notation, bundle.with_)) == asked and values == {
            place: value for place, value in bundle.set_.items() if place in figures and value != figures[place].here
        }:
            return bundle.label
    return None


def child_of(scenario: Scenario, items: Items, parent: str) -> str:
    """Return what is asked as the text of a scenario file that has the baseline for its parent.

    The organization's own figures are set in it, and its interventions are what it suggests to compare: so whoever
    compares it is shown the same as on the page.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    items : str or sequence of str
        What is asked.
    parent : str
        By what name the file finds the baseline.
    """
    asked = asked_of(scenario, items).alternative
    child = asked.organization(scenario)
    if not asked.interventions:
        return dump(child, parent)
    label = _bundle_called(asked.interventions, {}, {}) or _together([one.label for one in asked.interventions])
    bundle = Suggestion.model_validate({"label": label.by_language(), "with": asked.interventions})
    return dump(child.model_copy(update={"compare": (bundle,)}), parent)


def _together(names: Sequence[Text]) -> Text:
    """Return what several interventions are called together."""
    return _joined(names) if len(names) <= FEW else _TEXTS.BUNDLE.format(count=len(names))


def shortest(value: Any) -> str:
    """Write a number as short as it can be read again; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def _told(items: Items) -> list[str]:
    """Return single items; refuse what nobody types."""
    several = [items] if isinstance(items, str) else list(items)
    if wrong := [one for one in several if not isinstance(one, str)]:
        raise AlternativeError(_TEXTS.NOT_TEXT.format(found=shortened(repr(wrong[0]))))
    if sum(map(len, several)) > MOST_LETTERS:
        raise AlternativeError(_TEXTS.TOO_LONG.format(most=MOST_LETTERS))
    found = [item for one in several for item in items_in(one) if item]
    if len(found) > MOST_ITEMS:
        raise AlternativeError(_TEXTS.TOO_MANY.format(most=MOST_ITEMS))
    return found


def _place_of(intervention: Intervention) -> tuple[int, str]:
    return list(INTERVENTIONS).index(intervention.kind), notation(intervention)


def _first_twice(names: Sequence[str]) -> str:
    return next((name for k, name in enumerate(names) if name in names[:k]), "")


def _change(item: str, figures: Mapping[str, Figure]) -> tuple[str, float]:
    """Return the place and the value that an item sets; only what a page may change is understood."""
    place, _, said = (part.strip() for part in item.partition("="))
    figure = figures.get(place)
    if figure is None:
        raise AlternativeError(_TEXTS.NO_FIGURE.format(place=shortened(place), hint=did_you_mean(place, figures)))
    value = _number(said, figure.whole)
    if value is None or not figure.low <= value <= figure.high:
        facts = {"place": place, "found": shortened(said), "low": shortest(figure.low), "high": shortest(figure.high)}
        raise AlternativeError((_TEXTS.WHOLE_FIGURE if figure.whole else _TEXTS.WRONG_FIGURE).format(**facts))
    return place, value


def _number(said: str, whole: bool) -> float | None:
    try:
        value = float(said)
    except ValueError:
        return None
    if not math.isfinite(value) or (whole and value != int(value)):
        return None
    return int(value) if whole else value


def _set(figure: Figure, value: float) -> tuple[str, Text]:
    """Return how a changed figure is written, and what it is called."""
    number = shortest(value)
    return f"{figure.place}={number}", _TEXTS.SET.format(label=figure.label, value=number)


def _called(intervention: Intervention) -> Text:
    """Return what an intervention is called; where its doses are not as usual, with them."""
    doses = notation(intervention).partition(":")[2]
    return _TEXTS.DOSED.format(name=intervention.label, doses=doses) if doses else intervention.label


def _joined(names: Sequence[Text]) -> Text:
    return Text(" + ".join(one.en for one in names), " + ".join(one.zh for one in names))


def subject_of(item: str) -> str:
    """Return what an item is about: an intervention, or the place that it sets."""
    return item.replace("=", ":").partition(":")[0]

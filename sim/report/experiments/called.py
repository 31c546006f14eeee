"""What people call the factors of an experiment: as its file says, else by what is introduced or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.experiments.axes import Axis
from sim.experiments.factors import Factor
from sim.interventions import INTERVENTIONS, Custom, Intervention
from sim.scenario import ScenarioError
from sim.scenario.bundled import bundle_named
from sim.scenario.bundles import Bundle, load_bundle
from sim.spec.base import text_of
from sim.spec.levers import LEVERS
from sim.spec.meanings import meaning_of
from sim.study.making import AlternativeError, make_intervention
from sim.words import LANGUAGES, Text, words

texts = words("effects")

assumptions = words("uncertain")

_LEVER = "levers."

_WITHIN = {"adoption": "Adoption"}
"""Parts of an intervention, and the model that explains them."""

SHORT = 60
"""Letters that what is introduced together may take."""


def factor_called(axis: Axis, factors: Mapping[str, Factor]) -> Text:
    """Return what people call a factor; one that stands for an assumption is called by its place."""
    factor = factors.get(axis.name)
    if factor is None:
        return place_called(axis.name)
    if said := text_of(factor.label, ""):
        return said
    if factor.with_:
        names = _joined(item_called(one) for one in factor.with_)
        return texts.DOSE.format(name=names, dose=dose_called(factor.with_[0], factor.dose)) if factor.dose else names
    if factor.set_:
        names = _joined(place_called(one) for one in factor.set_)
        return texts.MULTIPLE.format(name=names) if factor.times else names
    return _spoken(axis.name)


def dose_called(item: Any, dose: str) -> Text:
    """Return what people call a dose of something that is introduced: as the page explains it, else as files do."""
    if dose == "strength":
        return texts.STRENGTH
    *within, name = dose.split(".")
    model = _WITHIN.get(within[0], "") if within else _class_of(item)
    told = meaning_of(model, name) if len(within) < 2 else None
    if told is None:
        return _spoken(dose)
    return Text(*(re.split("[;；]", told.get(lang))[0].strip() for lang in LANGUAGES))


def levels_called(factor: Factor | None) -> dict[str, Text]:
    """Return what people call levels that have a name: by what is introduced, where that is short and tells them apart.

    Nothing where doses or values make the difference: then only the file's own names say which is which.
    """
    if factor is None or factor.levels is None:
        return {}
    found = {name: _together(items) for name, items in factor.levels.items()}
    told = [one.en for one in found.values()]
    known = all(told) and len(set(told)) == len(told)
    return found if known else {}


def _together(items: Sequence[Any]) -> Text:
    """Return what is introduced together; empty where names alone do not say it, or are too many."""
    if not items:
        return texts.NO_DOSE
    plain = all(isinstance(one, str) and (":" not in one or bundle_named(one) is not None) for one in items)
    told = _joined(item_called(one) for one in items) if plain else Text("", "")
    return told if len(told.en) <= SHORT else Text("", "")


def _class_of(item: Any) -> str:
    """Return the name of the class of an intervention; of all of them where there are several, or none is known."""
    try:
        made = item if isinstance(item, Intervention) else make_intervention(item)
    except (AlternativeError, ScenarioError):
        return Intervention.__name__
    return type(made).__name__


def _spoken(name: str) -> Text:
    """Return a name of a file as people write it."""
    said = name.replace("_", " ")
    return Text(said, said)


def is_tried(axis: Axis, factors: Mapping[str, Factor]) -> bool:
    """Tell whether a factor is something that is introduced, and not how things are."""
    factor = factors.get(axis.name)
    return factor is not None and bool(factor.with_ or factor.levels or factor.department)


def item_called(item: Any) -> Text:
    """Return what people call something that is introduced: an intervention, a bundle, values by place, a class."""
    try:
        if isinstance(item, Bundle):
            return item.label
        if (named := bundle_named(item)) is not None:
            return load_bundle(named).label
        if isinstance(item, type):
            return Text(item.__name__, item.__name__)
        made = item if isinstance(item, Intervention) else make_intervention(item)
    except (AlternativeError, ScenarioError):
        said = ", ".join(item) if isinstance(item, Mapping) else str(item)
        return Text(said, said)
    told = made.name if isinstance(made, Custom) else made.label
    return Text(told, told) if isinstance(told, str) else told


def place_called(place: str) -> Text:
    """Return what people call a place: a lever and a dose by their names, all else as files write it."""
    assumed: Text | None = assumptions.PLACES.get(place)
    if assumed is not None:
        return assumed
    kind, _, dose = place.partition(".")
    if kind in INTERVENTIONS and dose:
        label, known = INTERVENTIONS[kind].label, assumptions.DOSES.get(dose)
        return (
            known.format(intervention=label) if known else texts.DOSE.format(name=label, dose=dose_called(kind, dose))
        )
    lever = LEVERS.get(place.removeprefix(_LEVER)) if place.startswith(_LEVER) else None
    return Text(place, place) if lever is None else lever.label


def _joined(names: Iterable[Text]) -> Text:
    several = list(names)
    return Text(*(" + ".join(one.get(lang) for one in several) for lang in LANGUAGES))

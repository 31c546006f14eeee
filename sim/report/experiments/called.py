"""What people call the factors of an experiment: as its file says, else by what is introduced or changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sim.experiments.axes import Axis
from sim.experiments.factors import Factor
from sim.interventions import Custom, Intervention
from sim.scenario import ScenarioError
from sim.scenario.bundled import bundle_named
from sim.scenario.bundles import Bundle, load_bundle
from sim.spec.base import text_of
from sim.spec.levers import LEVERS
from sim.study.making import AlternativeError, make_intervention
from sim.words import LANGUAGES, Text, words

texts = words("effects")

assumptions = words("uncertain")

_LEVER = "levers."


def factor_called(axis: Axis, factors: Mapping[str, Factor]) -> Text:
    """Return what people call a factor; one that stands for an assumption is called by its place."""
    factor = factors.get(axis.name)
    if factor is None:
        return place_called(axis.name)
    if said := text_of(factor.label, ""):
        return said
    if factor.with_:
        names = _joined(item_called(one) for one in factor.with_)
        return texts.DOSE.format(name=names, dose=factor.dose) if factor.dose else names
    if factor.set_:
        names = _joined(place_called(one) for one in factor.set_)
        return texts.MULTIPLE.format(name=names) if factor.times else names
    return _spoken(axis.name)


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
    """Return what people call a place of a scenario: a lever by its name, all else as files write it."""
    assumed: Text | None = assumptions.PLACES.get(place)
    if assumed is not None:
        return assumed
    lever = LEVERS.get(place.removeprefix(_LEVER)) if place.startswith(_LEVER) else None
    return Text(place, place) if lever is None else lever.label


def _joined(names: Iterable[Text]) -> Text:
    several = list(names)
    return Text(*(" + ".join(one.get(lang) for one in several) for lang in LANGUAGES))

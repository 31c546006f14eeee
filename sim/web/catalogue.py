"""What can be switched on: the few switches on the screen, every intervention by family, bundles, own figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic.fields import FieldInfo

from sim.interventions import FAMILIES, INTERVENTIONS, Custom, Intervention, family_of
from sim.scenario import Scenario, ScenarioError
from sim.scenario.bundled import PREFIX
from sim.scenario.bundles import Bundle, every_bundle
from sim.scenario.outline import notation
from sim.scenario.uncertain import settled
from sim.spec.base import bounds_of, text_of
from sim.spec.findings import TextError
from sim.spec.meanings import meaning_of
from sim.study.directcost import direct_costs
from sim.study.making import AlternativeError, make_intervention
from sim.web.asked import asked_of, shortest, subject_of
from sim.web.figures import figures_of, round_step
from sim.web.said import L, sentence_of
from sim.web.shown import neat
from sim.words import Text, words

_TEXTS = words("catalogue")
_TERMS = words("terminal")

MOST_SWITCHES = 6
USUAL = ("shared_kpi", "raci", "daily_standup", "job_rotation", "response_agreement")
"""The switches of an organization that suggests nothing; those it lacks are filled up from here."""

WIDE = 2.0
"""How many times the usual value a slider goes to at least where a dose is no share."""

SMALL = 0.01
"""Which part of all that is allowed a share usually is at least if a slider goes through all of it."""

LEAST_STEPS = 20
"""In how many steps a slider goes through its range at least."""

TIMES = 5
"""To how many times a slider goes at least."""

NO_DOSES = ("at",)
"""What is a matter of dates rather than of more or less."""


def switches_of(scenario: Scenario) -> list[str]:
    """Return the few items that stand on the screen: what the scenario suggests one by one, else the usual ones.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.

    Examples
    --------
    >>> from sim.web.catalogue import switches_of
    >>> switches_of(sim.load("order_delivery"))
    ['shared_kpi', 'raci', 'daily_standup', 'job_rotation', 'response_agreement']
    """
    suggested = [items for _, items in _suggested(scenario)]
    every = [item for alone in (True, False) for items in suggested if (len(items) == 1) == alone for item in items]
    first = {subject_of(one): one for one in reversed(every)}  # two of one intervention would turn each other off
    found = [one for one in dict.fromkeys(every) if first[subject_of(one)] == one and not _refused(scenario, [one])]
    found = found[:MOST_SWITCHES]
    kinds = {subject_of(one) for one in found}
    more = [one for one in USUAL if one not in kinds and not _refused(scenario, [one])]
    return [*found, *more[: max(0, len(USUAL) - len(found))]]


def bundles_of(scenario: Scenario) -> list[dict[str, Any]]:
    """Return what can be switched on together: what the scenario suggests, all that stands on the screen, and bundles.

    Shipped bundles have a name, and tell what they are about; one that the organization cannot have says why.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    """
    every = switches_of(scenario)
    found = [(label, items) for label, items in _suggested(scenario) if len(items) > 1]
    if not any(set(items) == set(every) for _, items in found):
        found.append((_TEXTS.EVERYTHING, every))
    own = [{"label": label.by_language(), "items": items} for label, items in found if not _refused(scenario, items)]
    return [*own, *(_bundle(scenario, name, bundle) for name, bundle in every_bundle().items())]


def _bundle(scenario: Scenario, name: str, bundle: Bundle) -> dict[str, Any]:
    item = f"{PREFIX}{name}"
    refused = _refused(scenario, [item])
    items = list(map(notation, bundle.with_)) if refused else list(asked_of(scenario, item).items)
    about = text_of(bundle.description).by_language()
    return {"name": name, "label": bundle.label.by_language(), "items": items, "about": about, "refused": refused}


def _suggested(scenario: Scenario) -> Iterator[tuple[Text, list[str]]]:
    """Yield what a scenario suggests to compare, as far as it can be said in a line of text."""
    for one in scenario.compare:
        values = [f"{place}={shortest(value)}" for place, value in one.set_.items()]
        items = [*(_said(each) for each in one.with_), *values]
        if all(items):
            yield text_of(one.label), items


def _said(intervention: Intervention) -> str:
    """Return an intervention as text; nothing where no text says the same, as of one that is data."""
    if isinstance(intervention, Custom):
        return ""
    item = notation(intervention)
    try:
        return item if make_intervention(item) == intervention else ""
    except AlternativeError:
        return ""


def catalogue_of(scenario: Scenario) -> list[dict[str, Any]]:
    """Return every intervention by family: what it is called and costs, what is known of it, and its doses.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.

    Returns
    -------
    list of dict
        A row for each family, as plain data.

    Examples
    --------
    >>> from sim.web.catalogue import catalogue_of
    >>> [one["family"] for one in catalogue_of(sim.load("order_delivery"))]
    ['goals', 'rules', 'meetings', 'tools', 'structure', 'trust', 'lasting']
    """
    costs = direct_costs(scenario).to_dict("index")
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in FAMILIES}
    for kind, cls in INTERVENTIONS.items():
        if family := family_of(cls):
            found[family].append(_row(scenario, kind, cls, costs.get(kind)))
    return [
        {"family": name, "label": _TEXTS.FAMILIES[name].by_language(), "interventions": rows}
        for name, rows in found.items()
    ]


def own_figures(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the organization's own figures that can be changed, as plain data.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    """
    return [one.told() for one in figures_of(scenario).values()]


def _row(scenario: Scenario, kind: str, cls: type[Intervention], cost: Mapping[Any, float] | None) -> dict[str, Any]:
    best = cls.best_evidence
    return {
        "kind": kind,
        "label": cls.label.by_language(),
        "summary": cls.summary.by_language(),
        "hours": None if cost is None else round(cost["hours"], 1),
        "money": None if cost is None else round(cost["money"]),
        "spent": None if cost is None else round(cost["spent"]),
        "once": None if cost is None else round(cost["once"]),
        "grade": cls.grade,
        "evidence": (Text("", "") if best is None else _TERMS.GRADES[best.grade]).by_language(),
        "finding": None if best is None or cls.found is None else _measured(cls.found, best.source).by_language(),
        "doses": list(_doses(scenario, cls)),
        "presets": [{"name": name, "label": label.by_language()} for name, label in cls.preset_labels.items()],
        "refused": _refused(scenario, [kind]),
    }


def _measured(finding: Text, source: str) -> Text:
    """Return what was found, and where; papers are named as they are."""
    return _TEXTS.FINDING.format(finding=finding, source=_TEXTS.SOURCES.get(source, source))


def _refused(scenario: Scenario, items: Sequence[str]) -> L | None:
    """Return why an organization cannot have some items together; None where it can."""
    alone = settled(scenario)
    try:
        asked_of(alone, items).applied(alone)
    except (ScenarioError, TextError) as error:
        return sentence_of(error).by_language()
    return None


def _doses(scenario: Scenario, cls: type[Intervention]) -> Iterator[dict[str, Any]]:
    """Yield the doses of an intervention that a slider can move, the strength last."""
    own = [name for name in cls.model_fields if name not in Intervention.model_fields and name not in NO_DOSES]
    for name in (*own, "strength"):
        usual = _usual(scenario, cls, name)
        label = meaning_of(cls.__name__, name)
        if usual is not None and label is not None:
            limits = _slider(cls.model_fields[name], usual)
            called = {"label": label.by_language(), "unit": Text("", "").by_language()}
            yield {"name": name, **called, **limits, "usual": neat(usual)}


def _usual(scenario: Scenario, cls: type[Intervention], name: str) -> float | None:
    """Return the usual dose; of one that follows the pace of an organization what it is there."""
    if name in cls.at_pace:
        here = cls.at_pace[name] * scenario.pace
        return float(f"{here:.3g}" if here >= 1.0 else f"{here:.2g}")  # with more digits, sliders have too many steps
    usual = cls.model_fields[name].default
    return usual if isinstance(usual, int | float) and not isinstance(usual, bool) else None


def _slider(field: FieldInfo, usual: float) -> dict[str, float]:
    """Return from where to where a slider goes and how finely: what is usual is one of its places."""
    least, most = _allowed(field)
    whole = most <= 1.0 and not 0.0 < usual < SMALL * most
    high = most if whole else min(most, round_step(WIDE * (usual or 1.0)))
    if field.annotation is int or least >= 1.0:  # so many times
        return {"low": math.ceil(least), "high": max(int(high), TIMES), "step": 1}
    steps = [k * 10.0**power for power in range(6, -7, -1) for k in (5, 2, 1)]
    fine = next(one for one in steps if one <= high / LEAST_STEPS and _goes_into(one, usual) and _goes_into(one, high))
    step = neat(fine)
    low = neat(step * max(1, math.ceil(least / step - 1e-6))) if least > 0.0 else 0
    return {"low": low, "high": neat(high), "step": step}


def _goes_into(step: float, value: float) -> bool:
    return abs(value / step - round(value / step)) < 1e-6


def _allowed(field: FieldInfo) -> tuple[float, float]:
    bounds = bounds_of(field)
    if bounds is None:
        return 0.0, math.inf
    return max(bounds.low, math.ulp(0.0) if bounds.open_low else 0.0), bounds.high

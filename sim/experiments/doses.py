"""Doses: numbers and other values within an intervention, by place as findings name it."""

from __future__ import annotations

from math import nan
from typing import Any

from sim.interventions import Intervention
from sim.spec.base import bounds_of
from sim.spec.findings import Path, TextError, listed
from sim.spec.nearest import did_you_mean
from sim.words import words

texts = words("experimentfile")


def with_dose(model: Any, path: Path, value: Any) -> Any:
    """Return an intervention with a value at a place within it.

    Raises
    ------
    ScenarioError
        Where there is no such place, or the value is not allowed.
    """
    part, rest = path[0], path[1:]
    if isinstance(model, tuple) and isinstance(part, int) and part < len(model):
        inner = with_dose(model[part], rest, value) if rest else value
        return (*model[:part], inner, *model[part + 1 :])
    if rest and hasattr(model, str(part)):
        value = with_dose(getattr(model, str(part)), rest, value)
    return model.model_copy(update={str(part): value})


def check_dose(intervention: Intervention, dose: Path) -> None:
    """Refuse a dose that an intervention does not have, or that has parts."""
    model: Any = intervention
    for part in dose:
        names = [name for name in getattr(type(model), "model_fields", {}) if name != "kind"]
        if isinstance(model, tuple) and isinstance(part, int) and part < len(model):
            model = model[part]
        elif part in names:
            model = getattr(model, str(part))
        else:
            facts = {
                "kind": intervention.kind,
                "found": part,
                "known": listed(names),
                "hint": did_you_mean(part, names),
            }
            raise TextError(texts.NO_DOSE.format(**facts))


def whole_dose(intervention: Intervention, dose: Path) -> bool:
    """Tell whether a dose takes whole numbers only."""
    model: Any = intervention
    for part in dose[:-1]:
        model = getattr(model, str(part), None)
    field = getattr(type(model), "model_fields", {}).get(str(dose[-1]))
    bounds = bounds_of(field) if field is not None else None
    return bounds is not None and bounds.whole


def number_at(intervention: Any, dose: Path) -> float:
    """Return the number that a dose is without anybody's doing."""
    for part in dose:
        intervention = intervention[part] if isinstance(part, int) else getattr(intervention, part)
    return number_of(intervention)


def number_of(value: Any) -> float:
    return nan if isinstance(value, bool) or not isinstance(value, int | float) else value

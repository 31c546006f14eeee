"""What is compared with the baseline: labeled lists of interventions, from Python, a file, or one line of text.

One line of text reads ``[LABEL=]name[:parameter=value,...][+name...]``, as in
``Roles and rhythm=raci:clarity=0.7+daily_standup:minutes=10``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from sim.interventions import INTERVENTIONS, Custom, Intervention
from sim.scenario import Scenario
from sim.spec.base import LABEL_LENGTH, refused, text_of
from sim.spec.explain import findings_of
from sim.spec.findings import TextError, listed
from sim.spec.nearest import did_you_mean
from sim.words import LANGUAGES, Text, series, words

if TYPE_CHECKING:
    from sim.agents import Department, Departments

texts = words("alternatives")
checks = words("checks")

BASELINE = Text("Now", "现状")
"""What the organization does now; its English name is the label in every table."""

BASELINE_NAMES = (BASELINE.en, BASELINE.zh)
"""Labels that no alternative may have."""

InterventionLike = str | Intervention | Mapping[str, Any]
"""An intervention, its kind, its kind with parameters as text, or its fields."""

Change: TypeAlias = "InterventionLike | type[Department]"
"""An intervention, or a class that all departments are of."""

_PARAMETERS_FIRST = re.compile(r"^[\w+.]+:[\w.]+$")
"""What stands before the first equals sign where no label was given: ``raci:clarity``."""


class AlternativeError(TextError):
    """A sentence about an alternative that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to change the organization, under a label that is unique in its comparison.

    `department` says of which class departments are, where that differs from the baseline's.
    """

    label: str
    name: Text
    interventions: tuple[Intervention, ...]
    department: Departments | None = None


def alternatives_of(
    scenario: Scenario, given: Mapping[str, Sequence[Change]] | Sequence[Alternative] | None
) -> tuple[Alternative, ...]:
    """Return what to compare: what is `given`, or else what the scenario suggests.

    Raises
    ------
    AlternativeError
        If there is nothing to compare, a label occurs twice or is the baseline's, or an intervention is not understood.
    """
    if given is None:
        found = tuple(_suggested(scenario))
        if not found:
            raise AlternativeError(texts.NO_SUGGESTION.format(scenario=scenario.name))
    elif isinstance(given, Mapping):
        found = tuple(_labeled(label, Text(label, label), items) for label, items in given.items())
    else:
        found = tuple(given)
    if others := [one for one in found if not isinstance(one, Alternative)]:
        raise AlternativeError(texts.NO_LABELS.format(found=f"{others[0]!r:.100}"))
    if not found:
        raise AlternativeError(texts.NO_ALTERNATIVES)
    found = _told_apart(found)
    _check_labels(found)
    for alternative in found:
        _check_departments(scenario, alternative)
    return found


def parse_alternative(text: str) -> Alternative:
    """Read one alternative from a line of text; without a label the line itself is the label."""
    head, equals, tail = text.partition("=")
    labeled = bool(equals) and not _PARAMETERS_FIRST.match(head)
    label, body = (head.strip(), tail) if labeled else (text.strip(), text)
    if labeled and not label:
        raise AlternativeError(texts.EMPTY_LABEL.format(text=text))
    items = [item.strip() for item in body.split("+")]
    if not all(items):
        raise AlternativeError(texts.EMPTY_NAME.format(text=text))
    alternative = _labeled(label, Text(label, label), items)
    return alternative if labeled else replace(alternative, name=_name_of(alternative.interventions))


def _name_of(interventions: Sequence[Intervention]) -> Text:
    """Return what people call a bundle: what they call its interventions."""
    called = (one.name if isinstance(one, Custom) else one.label for one in interventions)
    told = [Text(one, one) if isinstance(one, str) else one for one in called]
    return Text(*(" + ".join(one.get(lang) for one in told) for lang in LANGUAGES))


def _told_apart(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Add their doses, as they were written, to names that nobody chose and that occur more than once."""
    often = Counter(one.name for one in alternatives)
    return tuple(replace(one, name=_dosed(one)) if often[one.name] > 1 else one for one in alternatives)


def _dosed(alternative: Alternative) -> Text:
    items = alternative.label.split("+")
    if alternative.name != _name_of(alternative.interventions) or len(items) != len(alternative.interventions):
        return alternative.name
    names = []
    for one, item in zip(alternative.interventions, items, strict=True):
        doses = item.partition(":")[2]
        name = _name_of([one])
        names.append(texts.DOSED.format(name=name, doses=doses) if doses else name)
    return Text(*(" + ".join(one.get(lang) for one in names) for lang in LANGUAGES))


def make_intervention(item: Change) -> Intervention:
    """Return the intervention that `item` describes.

    Raises
    ------
    AlternativeError
        Naming the intervention and parameter, what was found, and what is allowed.
    """
    if isinstance(item, Intervention):
        return item
    if isinstance(item, type):
        raise AlternativeError(texts.A_CLASS.format(name=item.__name__))
    if not isinstance(item, str | Mapping) or (isinstance(item, Mapping) and "kind" not in item):
        raise AlternativeError(texts.NO_INTERVENTION.format(found=f"{item!r:.100}"))
    fields = _parse(item) if isinstance(item, str) else dict(item)
    kind = fields.get("kind")
    if kind not in INTERVENTIONS:
        facts = {"kind": kind, "hint": did_you_mean(kind, INTERVENTIONS), "known": listed(INTERVENTIONS)}
        raise AlternativeError(texts.UNKNOWN.format(**facts))
    try:
        made = INTERVENTIONS[kind].model_validate(fields)
    except ValidationError as error:
        raise AlternativeError(_refusal(kind, fields, error)) from None
    if isinstance(made, Custom) and made.empty:
        raise AlternativeError(texts.INTERVENTION.format(kind=kind, finding=checks.EMPTY_CUSTOM))
    return made


def _suggested(scenario: Scenario) -> list[Alternative]:
    found = []
    for suggestion in scenario.compare:
        name = text_of(suggestion.label)
        found.append(_labeled(name.en, name, suggestion.with_))
    return found


def _labeled(label: str, name: Text, items: Sequence[Change]) -> Alternative:
    if isinstance(items, str):
        raise AlternativeError(texts.TEXT_FOR_LIST.format(label=label, text=items))
    if isinstance(items, type | Intervention):
        found = items.__name__ if isinstance(items, type) else items.kind
        raise AlternativeError(texts.ONE_FOR_LIST.format(label=label, name=found))
    classes = [item for item in items if isinstance(item, type) and not issubclass(item, Intervention)]
    if len(classes) > 1:
        names = series(cls.__name__ for cls in classes)
        raise AlternativeError(texts.MANY_CLASSES.format(label=label, count=len(classes), names=names))
    added = tuple(make_intervention(item) for item in items if item not in classes)
    return Alternative(label, name, added, classes[0] if classes else None)


def _check_departments(scenario: Scenario, alternative: Alternative) -> None:
    for intervention in alternative.interventions:
        for department in intervention.departments:
            if department not in scenario.departments:
                hint = did_you_mean(department, scenario.departments)
                facts = {"kind": intervention.kind, "department": department, "scenario": scenario.name, "hint": hint}
                raise AlternativeError(texts.NO_DEPARTMENT.format(**facts))


def _check_labels(alternatives: Sequence[Alternative]) -> None:
    seen = set(BASELINE_NAMES)
    for alternative in alternatives:
        for word in (alternative.label, alternative.name.en, alternative.name.zh):
            if expected := _refused(word):
                raise AlternativeError(texts.WRONG_LABEL.format(label=f"{word!s:.100}", expected=expected))
        if alternative.label in seen:
            told = texts.BASELINE_LABEL if alternative.label in BASELINE_NAMES else texts.LABEL_TWICE
            raise AlternativeError(told.format(label=alternative.label))
        seen.add(alternative.label)


def _refused(word: str) -> Text | None:
    """Return what would have been right instead of a label, if anything."""
    if expected := refused(word):
        return expected
    return None if word.strip() and len(word) <= LABEL_LENGTH else texts.LABEL_LENGTH.format(most=LABEL_LENGTH)


def _parse(text: str) -> dict[str, Any]:
    kind, colon, rest = text.strip().partition(":")
    fields: dict[str, Any] = {"kind": kind.strip()}
    for assignment in rest.split(",") if colon else ():
        name, equals, value = (part.strip() for part in assignment.partition("="))
        if not (name and equals and value):
            raise AlternativeError(texts.NO_VALUE.format(kind=kind, found=assignment.strip()))
        _put(fields, name.split("."), value, text)
    return fields


def _put(fields: dict[str, Any], path: list[str], value: str, text: str) -> None:
    """Set a parameter; ``adoption.fidelity=0.9`` reaches into a group of parameters."""
    for part in path[:-1]:
        fields = fields.setdefault(part, {})
        if not isinstance(fields, dict):
            raise AlternativeError(texts.NO_PARTS.format(text=text, name=part))
    if path[-1] in fields:
        raise AlternativeError(texts.PARAMETER_TWICE.format(text=text, name=path[-1]))
    fields[path[-1]] = value.split("/") if path[-1] == "departments" else _number(value)


_WHOLE = re.compile(r"[+-]?[0-9]+(_[0-9]+)*")


def _number(value: str) -> float | str:
    """Return what looks like a number as one; a whole one is written without a point."""
    try:
        return int(value) if _WHOLE.fullmatch(value) else float(value)
    except ValueError:
        return value


def _refusal(kind: str, fields: Mapping[str, Any], error: ValidationError) -> Text:
    """Return the first thing that is wrong with an intervention, as a file would be told of it."""
    first = findings_of(error, fields, INTERVENTIONS[kind])[0]
    told = texts.PARAMETER if first.field else texts.INTERVENTION
    return told.format(kind=kind, name=first.field, finding=first.text)

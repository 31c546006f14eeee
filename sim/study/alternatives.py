"""What is compared with the baseline: labeled lists of interventions, from Python, a file, or one line of text.

One line of text reads ``[LABEL=]name[:parameter=value,...][+name...]``, as in
``Roles and rhythm=raci:clarity=0.7+daily_standup:minutes=10``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from sim.characters import visible
from sim.interventions import INTERVENTIONS, Intervention
from sim.scenario import Scenario
from sim.spec.base import LABEL_LENGTH, refused, text_of
from sim.spec.nearest import did_you_mean
from sim.words import Text

if TYPE_CHECKING:
    from sim.agents import Department, Departments

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


class AlternativeError(ValueError):
    """A sentence about an alternative that cannot be understood; whatever it quotes is on one line and visible."""

    def __init__(self, sentence: str) -> None:
        super().__init__(visible(" ".join(sentence.split())))


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
            raise AlternativeError(
                f"scenario '{scenario.name}' suggests no comparison; name one, for example {{'RACI': ['raci']}}"
            )
    elif isinstance(given, Mapping):
        found = tuple(_labeled(label, Text(label, label), items) for label, items in given.items())
    else:
        found = tuple(given)
    if others := [one for one in found if not isinstance(one, Alternative)]:
        raise AlternativeError(f"found {others[0]!r:.100}, expected labels and lists, as in {{'RACI': ['raci']}}")
    if not found:
        raise AlternativeError("there is nothing to compare: no alternative was given")
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
        raise AlternativeError(f"'{text}': a label was begun with '=' but is empty")
    items = [item.strip() for item in body.split("+")]
    if not all(items):
        raise AlternativeError(f"'{text}': the name of an intervention is missing; write it as a or a+b")
    return _labeled(label, Text(label, label), items)


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
        raise AlternativeError(f"found the class {item.__name__}, expected an intervention: write {item.__name__}()")
    if not isinstance(item, str | Mapping) or (isinstance(item, Mapping) and "kind" not in item):
        raise AlternativeError(
            f"found {item!r:.100}, expected the name of an intervention, a mapping with its kind, an intervention, or "
            "a class of departments"
        )
    fields = _parse(item) if isinstance(item, str) else dict(item)
    kind = fields.get("kind")
    if kind not in INTERVENTIONS:
        raise AlternativeError(
            f"unknown intervention '{kind}'{did_you_mean(kind, INTERVENTIONS)} (known: {', '.join(INTERVENTIONS)})"
        )
    try:
        return INTERVENTIONS[kind].model_validate(fields)
    except ValidationError as error:
        raise AlternativeError(_sentence(str(kind), error)) from None


def _suggested(scenario: Scenario) -> list[Alternative]:
    found = []
    for suggestion in scenario.compare:
        name = text_of(suggestion.label)
        found.append(_labeled(name.en, name, suggestion.with_))
    return found


def _labeled(label: str, name: Text, items: Sequence[Change]) -> Alternative:
    if isinstance(items, str):
        raise AlternativeError(f"alternative '{label}': expected a list of interventions, found the text '{items}'")
    if isinstance(items, type | Intervention):
        found = items.__name__ if isinstance(items, type) else items.kind
        raise AlternativeError(
            f"alternative '{label}': expected a list of interventions, found {found} alone: write [...]"
        )
    classes = [item for item in items if isinstance(item, type) and not issubclass(item, Intervention)]
    if len(classes) > 1:
        names = ", ".join(cls.__name__ for cls in classes)
        raise AlternativeError(
            f"alternative '{label}': found {len(classes)} classes of departments ({names}), expected one"
        )
    added = tuple(make_intervention(item) for item in items if item not in classes)
    return Alternative(label, name, added, classes[0] if classes else None)


def _check_departments(scenario: Scenario, alternative: Alternative) -> None:
    for intervention in alternative.interventions:
        for department in intervention.departments:
            if department not in scenario.departments:
                raise AlternativeError(
                    f"intervention '{intervention.kind}' names the department '{department}', which scenario "
                    f"'{scenario.name}' does not have{did_you_mean(department, scenario.departments)}"
                )


def _check_labels(alternatives: Sequence[Alternative]) -> None:
    seen = set(BASELINE_NAMES)
    for alternative in alternatives:
        for word in (alternative.label, alternative.name.en, alternative.name.zh):
            if expected := _refused(word):
                raise AlternativeError(f"found the label '{word!s:.100}', expected {expected}")
        if alternative.label in seen:
            why = (
                "is what the comparison calls what happens now"
                if alternative.label in BASELINE_NAMES
                else "occurs twice"
            )
            raise AlternativeError(f"the label '{alternative.label}' {why}; choose another, as in 'Label=raci'")
        seen.add(alternative.label)


def _refused(word: str) -> str | None:
    """Return what would have been right instead of a label, if anything."""
    if expected := refused(word):
        return expected
    return None if word.strip() and len(word) <= LABEL_LENGTH else f"a text of one to {LABEL_LENGTH} characters"


def _parse(text: str) -> dict[str, Any]:
    kind, colon, rest = text.strip().partition(":")
    fields: dict[str, Any] = {"kind": kind.strip()}
    for assignment in rest.split(",") if colon else ():
        name, equals, value = (part.strip() for part in assignment.partition("="))
        if not (name and equals and value):
            raise AlternativeError(f"intervention '{kind}': expected parameter=value, found '{assignment.strip()}'")
        _put(fields, name.split("."), value, text)
    return fields


def _put(fields: dict[str, Any], path: list[str], value: str, text: str) -> None:
    """Set a parameter; ``adoption.fidelity=0.9`` reaches into a group of parameters."""
    for part in path[:-1]:
        fields = fields.setdefault(part, {})
        if not isinstance(fields, dict):
            raise AlternativeError(f"'{text}': '{part}' is one value and has no parts")
    if path[-1] in fields:
        raise AlternativeError(f"'{text}': the parameter '{path[-1]}' is given twice")
    fields[path[-1]] = value.split("/") if path[-1] == "departments" else _number(value)


def _number(value: str) -> float | str:
    try:
        return float(value)
    except ValueError:
        return value


def _sentence(kind: str, error: ValidationError) -> str:
    """Put pydantic's first complaint into one sentence."""
    first = error.errors(include_url=False)[0]
    path = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        known = [name for name in INTERVENTIONS[kind].model_fields if name != "kind"]
        return (
            f"intervention '{kind}' has no parameter '{path}'{did_you_mean(path, known)} (it has: {', '.join(known)})"
        )
    message = first["msg"][0].lower() + first["msg"][1:]
    return f"intervention '{kind}', parameter '{path}': found {first['input']!r}; {message}"

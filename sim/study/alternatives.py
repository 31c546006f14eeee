"""What is compared with the baseline: interventions, changes, whole scenarios by label, from Python, a file, or text.

One line of text reads ``[LABEL=]item[+item...]``; an item is an intervention with parameters or a place with its value:
``Roles and staff=raci:clarity=0.7,upkeep_minutes=5+departments.production.staff=15``. One that begins with ``bundle:``
stands for the interventions of a bundle: ``bundle:rules_only+daily_standup``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from sim.interventions import Custom, Intervention
from sim.scenario import Scenario, ScenarioError, examined
from sim.scenario.bundled import FIELD, bundle_named
from sim.scenario.bundles import Bundle, load_bundle, retold, spread
from sim.scenario.changes import Change, changes_of, read_change
from sim.spec.base import LABEL_LENGTH, refused, text_of
from sim.spec.checked import written
from sim.spec.findings import Finding
from sim.spec.nearest import did_you_mean
from sim.study.making import AlternativeError, InterventionLike, make_intervention
from sim.words import LANGUAGES, Text, series, words

if TYPE_CHECKING:
    from sim.agents import Department, Departments

texts = words("alternatives")

BASELINE = Text("Now", "现状")
"""What the organization is called as it is, unless somebody says otherwise; the English name is its label in tables."""

Words: TypeAlias = "str | Text | Mapping[str, str]"
"""Words for people: one text, or one for each language."""

Item: TypeAlias = "InterventionLike | Bundle | Change | Scenario | type[Department]"
"""An intervention; a bundle, by its name too; values by place, or a place and its value as text; a whole scenario; a
class of all departments."""

Items: TypeAlias = "Item | Sequence[Item]"
"""What an alternative is made of: one item, or several."""

_PARAMETERS_FIRST = re.compile(r"^[\w+.]+:[\w.]+$")
"""What stands before the first equals sign where no label was given: ``raci:clarity``."""

_PLACE_FIRST = re.compile(r"[^:=]*[^:=\s][^:=]*=")
"""How an item begins that sets a value at a place: no intervention has an equals sign without a colon before it."""

_PLUS = re.compile(r"\+(?!\d)")
"""What stands between items; the plus sign of ``1e+3`` does not."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to change the organization, under a label that is unique in its comparison.

    Attributes
    ----------
    label, name
        What tables call it, and what people do.
    interventions
        What it adds.
    department
        Of which class departments are, where that differs from the baseline's.
    changes
        Values that it sets by place, before interventions are added.
    scenario
        What it starts from instead of the baseline.
    bundles
        Of which bundle each intervention is; nothing for one that was named by itself.
    """

    label: str
    name: Text
    interventions: tuple[Intervention, ...]
    department: Departments | None = None
    changes: tuple[Change, ...] = ()
    scenario: Scenario | None = None
    bundles: tuple[str, ...] = ()

    def organization(self, baseline: Scenario) -> Scenario:
        """Return the scenario to which interventions are added: whatever it starts from, with its changes."""
        begun = self.scenario or baseline
        if not self.changes:
            return begun
        try:
            return _unknown(begun).changed(self.changes)
        except ScenarioError as error:
            raise _refused_in(self.label, error) from None

    def applied(self, baseline: Scenario) -> Scenario:
        """Return what is run."""
        begun = self.organization(baseline)
        try:
            return begun.with_interventions(self.interventions)
        except ScenarioError as error:
            raise ScenarioError(map(self._told, error.findings)) from None

    def _told(self, finding: Finding) -> Finding:
        """Return a finding about an intervention of a bundle as one that names both."""
        place = finding.path[1] if len(finding.path) > 1 else None
        bundle = self.bundles[place] if isinstance(place, int) and place < len(self.bundles) else ""
        if not bundle:
            return finding
        return Finding(retold(bundle, self.interventions[int(finding.path[1])].kind, finding.text))


def _unknown(scenario: Scenario) -> Scenario:
    """Return a scenario of which nothing is known yet: what is known of its figures is known of it without changes."""
    return scenario if scenario.expected is None else scenario.model_copy(update={"expected": None})


def baseline_of(said: Words | None) -> Text:
    """Return what the baseline is called."""
    if said is None:
        return BASELINE
    both = isinstance(said, Mapping) and bool(said) and set(said) <= set(LANGUAGES)
    label: Any = Text(said.get("en", ""), said.get("zh", "")) if isinstance(said, Mapping) and both else said
    if not isinstance(label, str | Text):
        raise AlternativeError(
            texts.WRONG_LABEL.format(label=f"{said!s:.100}", expected=texts.LABEL_LENGTH.format(most=LABEL_LENGTH))
        )
    told = text_of(label)
    _check_words(told, f"{said!s:.100}")
    return told


def alternatives_of(
    scenario: Scenario,
    given: Mapping[str, Items] | Sequence[Alternative] | None,
    baseline: Text = BASELINE,
) -> tuple[Alternative, ...]:
    """Return what to compare: what is `given`, or else what the scenario suggests.

    Raises
    ------
    AlternativeError
        If there is nothing to compare, a label occurs twice or is the baseline's, or an item is not understood.
    """
    if given is None:
        found = tuple(_suggested(scenario))
        if not found:
            raise AlternativeError(texts.NO_SUGGESTION.format(scenario=scenario.name))
    elif isinstance(given, Mapping):
        found = tuple(alternative_of(label, Text(label, label), items) for label, items in given.items())
    else:
        several: Any = given
        found = tuple(several) if isinstance(several, Iterable) and not isinstance(several, str) else (several,)
    if others := [one for one in found if not isinstance(one, Alternative)]:
        raise AlternativeError(texts.NO_LABELS.format(found=f"{others[0]!r:.100}"))
    if not found:
        raise AlternativeError(texts.NO_ALTERNATIVES)
    found = _told_apart(found)
    _check_labels(found, baseline)
    for alternative in found:
        _check_departments(alternative.organization(scenario), alternative)
    return found


def parse_alternative(text: str) -> Alternative:
    """Read one alternative from a line of text; without a label the line itself is the label."""
    head, equals, tail = text.partition("=")
    labeled = bool(equals) and not _PARAMETERS_FIRST.match(head) and not _ends_in_place(head)
    label, body = (head.strip(), tail) if labeled else (text.strip(), text)
    if labeled and not label:
        raise AlternativeError(texts.EMPTY_LABEL.format(text=text))
    items = items_in(body)
    if not all(items):
        raise AlternativeError(texts.EMPTY_NAME.format(text=text))
    alternative = alternative_of(label, Text(label, label), items)
    return alternative if labeled else replace(alternative, name=_name_of(alternative, items))


def items_in(text: str) -> list[str]:
    """Return the items that are joined by plus signs in a line of text."""
    return [item.strip() for item in _PLUS.split(text)]


def _ends_in_place(head: str) -> bool:
    """Say whether what stands before the first equals sign is no label, but ends in a place or names a bundle."""
    *before, last = items_in(head)
    root = re.split(r"[.\[]", last, maxsplit=1)[0]
    return (root != last and root in written(Scenario)) or any(bundle_named(one) for one in (*before, last))


def _name_of(alternative: Alternative, items: Sequence[str], dosed: bool = False) -> Text:
    """Return what people call items that were written as text: what they call the interventions, doses on demand."""
    rest = iter(_single(alternative))
    names = [_item_called(item) or _called(next(rest), item, dosed) for item in items]
    return Text(*(" + ".join(one.get(lang) for one in names) for lang in LANGUAGES))


def _single(alternative: Alternative) -> list[Intervention]:
    """Return the interventions that were named by themselves."""
    bundles = alternative.bundles or ("",) * len(alternative.interventions)
    return [one for one, bundle in zip(alternative.interventions, bundles, strict=True) if not bundle]


def _item_called(item: str) -> Text | None:
    """Return what people call an item that is no single intervention."""
    if (named := bundle_named(item)) is not None:
        return load_bundle(named).label
    return Text(item, item) if _PLACE_FIRST.match(item) else None


def _called(intervention: Intervention, item: str, dosed: bool) -> Text:
    told = intervention.name if isinstance(intervention, Custom) else intervention.label
    name = Text(told, told) if isinstance(told, str) else told
    doses = item.partition(":")[2] if dosed else ""
    return texts.DOSED.format(name=name, doses=doses) if doses else name


def _told_apart(alternatives: Sequence[Alternative]) -> tuple[Alternative, ...]:
    """Add their doses, as they were written, to names that nobody chose and that occur more than once.

    What is called the same even so, as bundles of one title are, is called by its label beside.
    """
    found = tuple(alternatives)
    for told in (_dosed, _labeled_beside):
        often = Counter(one.name for one in found)
        found = tuple(replace(one, name=told(one)) if often[one.name] > 1 else one for one in found)
    return found


def _labeled_beside(alternative: Alternative) -> Text:
    label, name = alternative.label, alternative.name
    return name if label in (name.en, name.zh) else texts.DOSED.format(name=name, doses=label)


def _dosed(alternative: Alternative) -> Text:
    items = items_in(alternative.label)
    try:
        written_so = len([one for one in items if _item_called(one) is None]) == len(_single(alternative))
    except ScenarioError:  # a label that begins as a bundle does
        return alternative.name
    if not written_so or alternative.name != _name_of(alternative, items):
        return alternative.name
    return _name_of(alternative, items, dosed=True)


def _suggested(scenario: Scenario) -> list[Alternative]:
    found = []
    for suggestion in scenario.compare:
        name = text_of(suggestion.label)
        values = [dict(suggestion.set_)] if suggestion.set_ else []
        found.append(alternative_of(name.en, name, [*values, *suggestion.with_]))
    return found


def alternative_of(label: str, name: Text, items: Items) -> Alternative:
    """Return what some items come to; whether an organization can have them is seen where it is applied.

    Raises
    ------
    AlternativeError
        If an item is not understood.
    """
    given = _given(items)
    classes: list[Any] = [item for item in given if isinstance(item, type) and not issubclass(item, Intervention)]
    scenarios = [item for item in given if isinstance(item, Scenario)]
    if len(classes) > 1:
        names = series(cls.__name__ for cls in classes)
        raise AlternativeError(texts.MANY_CLASSES.format(label=label, count=len(classes), names=names))
    if len(scenarios) > 1:
        names = series(one.name for one in scenarios)
        raise AlternativeError(texts.MANY_SCENARIOS.format(label=label, count=len(scenarios), names=names))
    changes = tuple(change for item in given if _is_change(item) for change in _changes(label, item))
    left = [item for item in given if not isinstance(item, Scenario) and item not in classes and not _is_change(item)]
    bundles = [_bundle(label, item) for item in left]
    made = [one or make_intervention(item) for one, item in zip(bundles, left, strict=True)]
    parts = spread(made, lambda place, _: bundles[place])
    said = tuple(change for one in bundles if one for change in changes_of(one.set_))
    return Alternative(
        label,
        name,
        tuple(part.item for part in parts),
        classes[0] if classes else None,
        said + changes,
        examined(scenarios[0]) if scenarios else None,
        tuple(part.bundle.name if part.bundle else "" for part in parts) if any(bundles) else (),
    )


def _bundle(label: str, item: Any) -> Bundle | None:
    """Return the bundle for which an item stands; None where it is a single intervention."""
    named = bundle_named(item)
    if named is None:
        return item if isinstance(item, Bundle) else None
    try:
        return load_bundle(named)
    except ScenarioError as error:
        first = error.findings[0]
        raise AlternativeError(texts.IN_ALTERNATIVE.format(label=label, finding=first.as_text)) from None


def _given(items: Any) -> list[Any]:
    """Return the items of an alternative, of which there may be one alone."""
    several = isinstance(items, Iterable) and not isinstance(items, Bundle | Scenario | Intervention)
    alone = isinstance(items, str | Mapping | Change | type) or not several
    return [items] if alone else list(items)


def is_place(item: str) -> bool:
    """Tell whether an item that is written as text sets a value at a place."""
    return bool(_PLACE_FIRST.match(item))


def _is_change(item: object) -> bool:
    """Say whether an item sets values by place; a mapping with a kind, or a preset, is an intervention."""
    if isinstance(item, Mapping):
        return not {"kind", "preset", FIELD} & set(item)
    return isinstance(item, Change) or (isinstance(item, str) and bool(_PLACE_FIRST.match(item)))


def _changes(label: str, item: Any) -> tuple[Change, ...]:
    if isinstance(item, Change):
        return (item,)
    try:
        return (read_change(item, ""),) if isinstance(item, str) else changes_of(item)
    except ScenarioError as error:
        raise _refused_in(label, error) from None


def _refused_in(label: str, error: ScenarioError) -> AlternativeError:
    """Return what is wrong with the changes of an alternative: the first finding, without any file."""
    first = replace(error.findings[0], file="", line=None)
    return AlternativeError(texts.IN_ALTERNATIVE.format(label=label, finding=first.as_text))


def _check_departments(scenario: Scenario, alternative: Alternative) -> None:
    for intervention in alternative.interventions:
        for department in intervention.departments:
            if department not in scenario.departments:
                hint = did_you_mean(department, scenario.departments)
                facts = {"kind": intervention.kind, "department": department, "scenario": scenario.name, "hint": hint}
                raise AlternativeError(texts.NO_DEPARTMENT.format(**facts))


def _check_labels(alternatives: Sequence[Alternative], baseline: Text) -> None:
    taken = {baseline.en, baseline.zh}
    seen: set[str] = set()
    for alternative in alternatives:
        _check_words(alternative.name, alternative.label)
        if same := taken & {alternative.label, alternative.name.en, alternative.name.zh}:
            raise AlternativeError(texts.BASELINE_LABEL.format(label=min(same)))
        if alternative.label in seen:
            raise AlternativeError(texts.LABEL_TWICE.format(label=alternative.label))
        seen.add(alternative.label)


def _check_words(name: Text, label: str) -> None:
    for word in (label, name.en, name.zh):
        if expected := _refused(word):
            raise AlternativeError(texts.WRONG_LABEL.format(label=f"{word!s:.100}", expected=expected))


def _refused(word: str) -> Text | None:
    """Return what would have been right instead of a label, if anything."""
    if expected := refused(word):
        return expected
    return None if word.strip() and len(word) <= LABEL_LENGTH else texts.LABEL_LENGTH.format(most=LABEL_LENGTH)

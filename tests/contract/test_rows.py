"""What an intervention says of itself is whole: rows name what exists, each dose does something, words are there."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic.fields import FieldInfo

from sim.interventions import INTERVENTIONS, Intervention
from sim.interventions.complaints import COMPLAINTS
from sim.scenario import ScenarioError
from sim.spec.base import bounds_of
from sim.spec.levers import LEVERS
from sim.spec.meanings import meaning_of
from sim.spec.measures import MEASURES
from sim.spec.organization import Organization
from tests.worlds.doses import DOSES
from tests.worlds.levers import manufacturer

SECTIONS = ("What people do:", "What follows:")
NO_NAME = {"lever", "whose", "who", "per"}
"""What rows say in words of their own, which name no dose."""

every_dose = pytest.mark.parametrize("dose", DOSES.values(), ids=list(DOSES))
every_kind = pytest.mark.parametrize("kind", list(INTERVENTIONS))


@pytest.fixture(scope="module")
def firm() -> Organization:
    """Return a manufacturer that has what interventions are for."""
    return manufacturer(troubled=True)


@every_kind
def test_every_dose_that_a_row_names_exists(kind: str) -> None:
    """It is a field of the class, or a method or property of it."""
    cls = INTERVENTIONS[kind]
    for row in (*cls.table, *cls.costs):
        said = {field.name: getattr(row, field.name) for field in fields(row) if field.name not in NO_NAME}
        names = {one for one in said.values() if isinstance(one, str)}
        assert {name for name in names if name not in cls.model_fields and not hasattr(cls, name)} == set(), row


@every_dose
def test_every_edit_lies_in_the_range_of_its_lever(firm: Organization, dose: Intervention) -> None:
    """What is computed from doses is as possible as what somebody would write down."""
    for edit in dose.edits(firm):
        spec = LEVERS[edit.lever]
        assert spec.low <= edit.toward <= spec.high, edit
        assert 0.0 <= edit.strength <= 1.0, edit
        assert edit.weeks > 0.0 <= edit.after_weeks, edit
        assert edit.fades_weeks > 0.0, edit


def others(field: FieldInfo, firm: Organization) -> Iterator[Any]:
    """Yield values that a field may have, unlike each other."""
    bounds = bounds_of(field)
    if bounds:
        yield from (bounds.low, bounds.high, bounds.low + 0.3 * (bounds.high - bounds.low), 1)
    for kind in (field.annotation, *get_args(field.annotation)):
        if get_origin(kind) is Literal:
            yield from get_args(kind)
        if kind is bool:
            yield from (True, False)
    yield from (*firm.departments, *firm.processes)
    yield from ((name,) for name in (*firm.departments, *firm.processes))


def does(one: Intervention, firm: Organization) -> object:
    """Return all that an intervention says it does."""
    shape = one.reshape(firm)
    spent = one.spends(firm)
    return one.edits(firm), one.meetings(firm), one.recruits(firm), (spent.once, spent.weekly), shape


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind, name)
        for kind, cls in INTERVENTIONS.items()
        if kind != "custom"
        for name in cls.model_fields
        if name not in Intervention.model_fields
    ],
)
def test_every_dose_does_something(firm: Organization, kind: str, name: str) -> None:
    """At some setting, another value of it makes another intervention."""
    field = INTERVENTIONS[kind].model_fields[name]
    for dose in (one for one in DOSES.values() if one.kind == kind):
        before = does(dose, firm)
        for value in others(field, firm):
            try:
                other = dose.model_copy(update={name: value})
            except ScenarioError:
                continue
            if does(other, firm) != before:
                return
    pytest.fail(f"{kind}.{name} changes nothing")


@every_kind
def test_documentation_is_complete(kind: str) -> None:
    """The docstring has its fixed sections in order, every dose its description, the kind its own name."""
    cls = INTERVENTIONS[kind]
    told = re.sub(r"\s+", " ", cls.__doc__ or "")
    found = [told.find(section) for section in SECTIONS]
    assert -1 not in found, f"{kind}: {[s for s, at in zip(SECTIONS, found, strict=True) if at < 0]} missing"
    assert found == sorted(found)
    assert cls.model_fields["kind"].default == kind
    own = set(cls.model_fields) - set(Intervention.model_fields)
    assert [name for name in own if not meaning_of(cls.__name__, name)] == []


@every_kind
def test_words_exist_in_both_languages(kind: str) -> None:
    """Label and summary are there in English and in Chinese, and differ."""
    for text in (INTERVENTIONS[kind].label, INTERVENTIONS[kind].summary):
        assert text.en.isascii()
        assert text.en.strip() == text.en != ""
        assert re.search(r"[\u4e00-\u9fff]", text.zh)


ENDS = re.compile(r"[.!?](?=\s|$)")


@pytest.mark.parametrize("kind", [kind for kind in INTERVENTIONS if kind != "custom"])
def test_a_summary_says_what_people_do_and_what_it_takes(kind: str) -> None:
    """In two sentences, in both languages."""
    summary = INTERVENTIONS[kind].summary
    assert len(ENDS.findall(summary.en)) == 2, summary.en
    assert summary.zh.count("。") == 2, summary.zh


def test_every_complaint_has_an_answer_and_every_intervention_answers_one() -> None:
    """Whoever starts from what people say finds something, and whatever there is, is found."""
    answered = {one for cls in INTERVENTIONS.values() for one in cls.answers}
    assert answered == set(COMPLAINTS)
    assert [kind for kind, cls in INTERVENTIONS.items() if not cls.answers] == ["custom"]


@every_kind
def test_evidence_and_expectations_are_well_formed(kind: str) -> None:
    """Every intervention names a source; what it is expected to move is a measure; what it moves are levers."""
    cls = INTERVENTIONS[kind]
    assert cls.evidence
    assert all(one.source and one.finding for one in cls.evidence)
    assert {one.measure for one in cls.expects} <= set(MEASURES)
    assert set(cls.levers) <= set(LEVERS)
    assert set(cls.answers) <= set(COMPLAINTS)
    assert kind == "custom" or cls.expects

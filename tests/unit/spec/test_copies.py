"""Copies of any part of a scenario or intervention are checked like a file, and so are parts made behind its back."""

import copy
import math
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, PrivateAttr, ValidationError

import sim
from sim.answers.audit.reading import load_claims
from sim.experiments.designs.base import BaseDesign
from sim.experiments.designs.crossing import Crossing
from sim.experiments.designs.sampling import Drawn
from sim.experiments.designs.screening import TwoLevels
from sim.experiments.experiment import Experiment, SelectionRule
from sim.interventions import Adoption, Custom, Edit, Intervention, Meeting, Raci, introduced
from sim.interventions.meetings.regular import Regular
from sim.interventions.parts import Hire
from sim.scenario import Scenario, ScenarioError, shipped
from sim.scenario.bundles import Bundle
from sim.scenario.expected import Expected
from sim.spec import (
    OFFICE,
    FrozenMap,
    Leaver,
    Process,
    ShortStaffed,
    Step,
    SupplierFailure,
    Surge,
    UrgentOrder,
    Work,
    WrongUpdate,
)
from sim.spec.checked import Checked
from sim.spec.closures import Closure, Days
from sim.spec.profiles import Peak, Profile
from sim.spec.releases import Release
from tests.worlds.doses import DOSES


def subclasses(cls: type[Checked]) -> Iterator[type[Checked]]:
    """Return all model classes that deptsim itself has for scenarios and interventions."""
    for one in cls.__subclasses__():
        yield from subclasses(one)
        if one.__module__.startswith("sim.") and not one.__module__.startswith("sim.web."):
            yield one


def parts(value: Any) -> Iterator[Checked]:
    """Return a model and all models in it."""
    if isinstance(value, Checked):
        yield value
        value = vars(value)
    if isinstance(value, Mapping):
        value = tuple(value.values())
    for inner in value if isinstance(value, tuple) else ():
        yield from parts(inner)


ORDERS = sim.load("order_delivery")
DESIGNS = (
    {"kind": "full_factorial"},
    {"kind": "one_at_a_time"},
    {"kind": "points", "points": [{"roles": True}]},
    {"kind": "dose_response", "factor": "roles"},
    {"kind": "fractional_factorial", "resolution": 3},
    {"kind": "plackett_burman"},
    {"kind": "latin_hypercube", "points": 4},
    {"kind": "sobol_sequence", "points": 4},
    {"kind": "sobol_indices", "samples": 4},
    {"kind": "morris", "trajectories": 4},
)
EXPERIMENTS = [
    Experiment.model_validate(
        {
            "scenarios": "order_delivery",
            "factors": {"roles": {"with": "raci"}},
            "design": design,
            "replications": {"measure": "on_time_target", "half_width": 1.0},
        }
    )
    for design in DESIGNS
]
SELECTING = EXPERIMENTS[0].model_copy(update={"replications": SelectionRule(measure="on_time_target", zone=1.0)})
CLAIMS = load_claims()
EXAMPLES: dict[type[Checked], Checked] = {
    type(part): part
    for whole in (
        *map(sim.load, sorted(shipped())),
        *DOSES.values(),
        *EXPERIMENTS,
        SELECTING,
        CLAIMS,
        *CLAIMS.claims.values(),
        Leaver(week=1.0, from_="sales", to="production"),
        Surge(week=1.0, process="order"),
        ShortStaffed(week=1.0, department="sales"),
        SupplierFailure(week=1.0, process="order"),
        UrgentOrder(week=1.0, process="order"),
        Closure(from_=1),
        Days(from_=1),
        Profile(months={"dec": 2.0}),
        Peak(from_=1, factor=2.0),
        Hire(department="sales"),
        WrongUpdate(week=1.0, process="order", step="build"),
        Step.model_validate({"R": "sales", "work": 1, "external": {"work": 3}}),
        Step.model_validate({"R": "sales", "work": 1, "sends_back": {"to": "a", "share": 0.5}}),
        OFFICE,
        Expected.model_validate({"measures": {"trust": {"band": [0.1, 0.3], "mean": 0.2, "interval": [0.1, 0.3]}}}),
        Bundle.model_validate({"title": "Roles", "with": ["raci"]}),
        Release(items=("order",), every_days=30.0),
        Process.model_validate(
            {
                "demand": {"per_week": 1},
                "steps": {"a": {"R": "a", "work": 1}},
                "promise": {"standard_days": 3},
                "satisfaction": {"late": 0.5},
                "complains": {"process": "b"},
            }
        ),
        ORDERS.departments["sales"].model_copy(update={"own_work": {"share": 0.1}}),
        ORDERS.relations.model_copy(update={"pairs": [{"from": "sales", "to": "production"}]}),
    )
    for part in parts(whole)
}
EXAMPLES[sim.spec.Organization] = sim.spec.Organization(departments=ORDERS.departments, processes=ORDERS.processes)
BASES = {sim.spec.base.Model, Intervention, Regular, BaseDesign, Crossing, Drawn, TwoLevels}

models = st.sampled_from(sorted(EXAMPLES.values(), key=lambda one: type(one).__name__))
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=4,
)


def changed(model: Any, **values: Any) -> Any:
    """Return a copy with other values, past all checks."""
    one = copy.copy(model)
    vars(one).update(values)
    return one


def test_every_model_has_an_example() -> None:
    """A class of models that is added is tested here, or this fails."""
    missing = {one for one in subclasses(Checked) if not one.__name__.startswith("_")} - set(EXAMPLES) - BASES
    assert not missing


@given(models, st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_unknown_fields_are_refused(model: Checked, name: str) -> None:
    """Whatever the model, and the sentence names the field."""
    known = {*type(model).model_fields, *(one.validation_alias for one in type(model).model_fields.values())}
    if name not in known:
        with pytest.raises(ScenarioError, match=f"^{name}: found an unknown field, expected one of "):
            model.model_copy(update={name: 1.0})


@pytest.mark.parametrize("model", EXAMPLES.values(), ids=lambda one: type(one).__name__)
def test_a_copy_with_its_own_values_is_the_same(model: Checked) -> None:
    """Each field alone, all together, and by the names that files use; mappings stay frozen."""
    values = {name: getattr(model, name) for name in type(model).model_fields}
    assert model.model_copy() == model.model_copy(deep=True) == model.model_copy(update=values) == model
    for name, field in type(model).model_fields.items():
        assert model.model_copy(update={name: values[name]}) == model
        assert model.model_copy(update={field.validation_alias or name: values[name]}) == model
    for part in parts(model.model_copy(update=values)):
        assert all(isinstance(one, FrozenMap) for one in vars(part).values() if isinstance(one, Mapping))


@pytest.mark.parametrize("model", EXAMPLES.values(), ids=lambda one: type(one).__name__)
def test_no_field_takes_anything(model: Checked) -> None:
    """What is no value at all is refused in every field, in a sentence without an address in memory."""
    for name, field in type(model).model_fields.items():
        with pytest.raises(ScenarioError, match=r"found .*(expected|but) ") as refused:
            model.model_copy(update={name: object()})
        assert " at 0x" not in str(refused.value), field


@settings(max_examples=300)
@given(models, st.data(), plain)
def test_a_copy_takes_what_a_file_takes(model: Checked, data: st.DataObject, value: Any) -> None:
    """No more and no less, read the same way; what is refused is told in sentences."""
    name = data.draw(st.sampled_from(sorted(type(model).model_fields)))
    values = {one: getattr(model, one) for one in type(model).model_fields} | {name: value}
    try:
        expected: Any = type(model).model_validate(values)
    except ValidationError:
        with pytest.raises(ScenarioError, match="found"):
            model.model_copy(update={name: value})
    else:
        assert repr(model.model_copy(update={name: value})) == repr(expected)


def number_of(part: Checked) -> str | None:
    """Return a field that holds a number which could not be minus a million."""
    for name, value in vars(part).items():
        if isinstance(value, float | int) and not isinstance(value, bool) and name not in ("toward", "format"):
            return name
    return None


@pytest.mark.parametrize("model", EXAMPLES.values(), ids=lambda one: type(one).__name__)
def test_parts_changed_behind_the_back_are_refused_by_what_they_are_put_into(model: Checked) -> None:
    """A number out of bounds or a field that does not exist, in any part of a model."""
    for name, value in list(vars(model).items()):
        if isinstance(value, Checked) and (field := number_of(value)):
            for wrong in ({field: -1e6}, {"no_such_field": 1.0}):
                with pytest.raises(ScenarioError, match=rf"^{name}.*found"):
                    model.model_copy(update={name: changed(value, **wrong)})
                with pytest.raises(ScenarioError, match=rf"^{name}.*found"):
                    changed(model, **{name: changed(value, **wrong)}).model_copy()


production = ORDERS.departments["production"]
sign = next(iter(ORDERS.processes["order"].steps.values()))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: production.model_copy(update={"staff": -2}), "staff: found -2, expected a whole number of at least 1"),
        (lambda: production.model_copy(update={"staff": 2.7}), "staff: found 2.7, expected a whole number"),
        (lambda: production.model_copy(update={"staf": 5}), "did you mean 'staff'?"),
        (lambda: production.model_copy(update={"levers": {"clarity": "much"}}), "levers.clarity: found 'much'"),
        (lambda: sign.model_copy(update={"consulted": ["sales"]}), "consulted: found an unknown field"),
        (lambda: sign.model_copy(update={"C": "sales"}), "C: found 'sales', expected a list, as in [a, b]"),
        (lambda: sign.work.model_copy(update={"parameters": (1.0, 2.0, 3.0)}), "expected a list of 2 (mean, cv)"),
        (lambda: sign.work.model_copy(update={"family": ["gamma"]}), "expected one of deterministic, exponential"),
        (lambda: OFFICE.model_copy(update={"intervals": 5}), "expected intervals within the 168 hours of a week"),
        (lambda: OFFICE.model_copy(update={"interval": ()}), "did you mean 'intervals'?"),
        (lambda: Raci().model_copy(update={"strenght": 0.5}), "did you mean 'strength'?"),
        (
            lambda: Raci().model_copy(update={"adoption": {"fidelity": 2}}),
            "adoption.fidelity: found 2, expected a",
        ),
        (lambda: Custom().model_copy(update={"moves": [{"lever": "claritty", "toward": 1}]}), "mean 'clarity'?"),
        (lambda: Meeting().model_copy(update={"days": ["sunday"]}), "days[0]: found 'sunday', expected mon or"),
        (lambda: Adoption.model_construct(fidelty=0.5), "did you mean 'fidelity'?"),
        (lambda: Adoption().model_copy(update=[1]), "found a list of 1, expected the fields to change by name"),
        (lambda: ORDERS.model_copy(update={"parent": "x"}), "parent: found an unknown field"),
    ],
)
def test_what_is_said(make: Callable[[], Any], sentence: str) -> None:
    """A misspelled field or an impossible number never gives a run without an effect, or one that takes all memory."""
    with pytest.raises(ScenarioError, match=re.escape(sentence)):
        make()


def test_what_files_may_say_copies_may_say() -> None:
    """Lists for tuples, plain mappings, hours as a number, an intervention by its name, fields as files call them."""
    step = sign.model_copy(update={"C": ["production"], "work": 3})
    assert (step.C, step.work) == (("production",), Work.deterministic(3.0))
    assert type(production.model_copy(update={"levers": {"clarity": 1}}).levers) is FrozenMap
    assert ORDERS.model_copy(update={"interventions": ["raci"]}).interventions == (Raci(),)
    assert Leaver(week=1.0, from_="a", to="b").model_copy(update={"from": "c"}).from_ == "c"
    both = {"from": "c", "from_": "d"}
    with pytest.raises(ScenarioError, match="from"):
        Leaver(week=1.0, from_="a", to="b").model_copy(update=both)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: ORDERS.with_interventions([changed(Raci(), strength=5)]), "interventions[0].strength: found 5"),
        (lambda: ORDERS.with_interventions([changed(Raci(), strenght=1)]), "interventions[0].strenght: found an unkn"),
        (
            lambda: sim.compare(ORDERS, {"X": [changed(Raci(), adoption=changed(Adoption(), dip=3.0))]}),
            "interventions[0].adoption.dip: found 3.0",
        ),
        (
            lambda: ORDERS.model_copy(update={"departments": {"sales": changed(production, staff=-2)}}),
            "departments.sales.staff: found -2",
        ),
        (lambda: sim.run(changed(ORDERS, horizon_weeks=-1.0)), "horizon_weeks: found -1"),
        (lambda: sim.compare(changed(ORDERS, horizon_week=1.0), {"X": ["raci"]}), "did you mean 'horizon_weeks'?"),
        (lambda: sim.run(changed(ORDERS, relations=changed(ORDERS.relations, trust=7))), "relations.trust: found 7"),
        (lambda: sim.run(BaseModel.model_construct.__func__(Scenario)), "departments"),  # type: ignore[attr-defined]
    ],
)
def test_what_goes_past_the_checks_is_caught_when_it_is_used(make: Callable[[], Any], sentence: str) -> None:
    """In the catalog's interventions, in parts of a scenario, and in a scenario itself."""
    with pytest.raises(ScenarioError, match=re.escape(sentence)):
        make()


class Own(Intervention):
    """One of a researcher's own."""

    pull: float = Field(default=0.5, ge=0.0, le=1.0)
    meet_for: float = 15.0
    week: float = 0.0
    _seen: list[int] = PrivateAttr(default_factory=list)
    starts_on: ClassVar[bool] = True

    def edits(self, organization: Any) -> tuple[Edit, ...]:
        """Raise clarity."""
        return (Edit("clarity", 1.0, self.pull, after_weeks=self.week),)

    def meetings(self, organization: Any) -> tuple[Meeting, ...]:
        """Meet."""
        return (changed(Meeting(), minutes=self.meet_for),)


def test_interventions_of_ones_own_keep_their_class_and_are_checked() -> None:
    """Their fields, also where they were changed past the checks, and what they return."""
    own = Own(pull=0.25)
    own._seen.append(3)
    kept = ORDERS.with_interventions([own]).interventions[-1]
    assert (type(kept), kept, kept._seen) == (Own, introduced(own), [3])
    assert pickle.loads(pickle.dumps(own)).model_copy(update={"pull": 1}).pull == 1.0
    for wrong, sentence in (
        (changed(own, pull=2.0), r"interventions\[0\].pull: found 2.0"),
        (changed(own, pul=2.0), r"interventions\[0\].pul: found an unknown field, .*did you mean 'pull'"),
        (Own(meet_for=-5.0), r"in a meeting of Own: minutes: found -5.0"),
        (Own(week=math.nan), r"found nan as after_weeks in an edit of Own, expected a number of at least 0"),
        (Own(week=-1.0), r"found -1 as after_weeks in an edit of Own, expected a number of at least 0"),
    ):
        with pytest.raises(ScenarioError, match=sentence):
            ORDERS.with_interventions([wrong])

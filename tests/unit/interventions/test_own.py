"""Interventions written in Python: used like those of the catalog, asked every day, switched while a run goes on."""

import math
from collections.abc import Callable
from typing import Any, ClassVar

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

import sim
from sim.classcode import code_of
from sim.hooks import HookError
from sim.interventions import Adoption, DailyStandup, Edit, Intervention, Meeting
from sim.live import LiveOrganization
from sim.scenario import Scenario, ScenarioError, dump, loads
from sim.spec.organization import Organization as World
from sim.study.alternatives import AlternativeError
from sim.study.compare import planned
from sim.tables import EVERYTHING
from tests.worlds.workshop import WORKSHOP, same

FRAMES = EVERYTHING
AT_ONCE = Adoption(fidelity=1.0, ramp_weeks=0.0)


class Tidy(Intervention):
    """People tidy up.

    More is not to be said about it.
    """

    pull: float = Field(default=0.5, ge=0.0, le=1.0)

    def edits(self, organization: World) -> tuple[Edit, ...]:
        """Raise clarity for ten minutes a week."""
        return (self.move("clarity", 1.0, self.pull), self.cost(10.0))


class Circle(Intervention):
    """Everybody meets on Wednesdays, if somebody says so."""

    starts_on: ClassVar[bool] = False

    def edits(self, organization: World) -> tuple[Edit, ...]:
        """Raise documents."""
        return (self.move("documents", 1.0, 0.8), Edit("overhead", 1.0, 0.05, paid=True, weeks=1.0, worsens=True))

    def meetings(self, organization: World) -> tuple[Meeting, ...]:
        """Meet."""
        return (Meeting(days=("wed",), minutes=60.0),)


class OnDays(Circle):
    """The circle, on in some stretches of days."""

    stretches: tuple[tuple[int, int], ...] = ()

    def on_day(self, organization: Any) -> None:
        """Look at the calendar."""
        tomorrow = organization.day + 1
        organization.switch(self, on=any(first <= tomorrow < last for first, last in self.stretches))


class CalmDown(Intervention):
    """Raises alignment everywhere while conflicts are open, and remembers how often it was asked."""

    def on_day(self, organization: Any) -> None:
        """Look at the conflicts."""
        organization.memory["asked"] = organization.memory.get("asked", 0) + 1
        organization.set_lever("alignment", 1.0 if organization.open_conflicts else 0.2)


class Wrong(Intervention):
    """Returns whatever it is given."""

    edit: str = ""

    def edits(self, organization: World) -> tuple[Edit, ...]:
        """Return something wrong."""
        return WRONG[self.edit]


WRONG: dict[str, Any] = {
    "lever": (Edit("clarrity", 1.0, 1.0),),
    "toward": (Edit("clarity", 2.0, 1.0),),
    "strength": (Edit("clarity", 1.0, 1.5),),
    "where": (Edit("clarity", 1.0, 1.0, ("sale",)),),
    "fades": (Edit("clarity", 1.0, 1.0, paid=True, fades_weeks=0.0),),
    "nothing": None,
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the workshop without interventions."""
    return loads(WORKSHOP).model_copy(update={"interventions": ()})


def equal(one: Any, other: Any) -> None:
    """Compare the frames of two results, to the bit."""
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)


@pytest.mark.compiled
def test_it_is_used_like_any_other(scenario: Scenario) -> None:
    """A class with edits changes what it says, alone and in a comparison, which shows name and fields."""
    changed = scenario.with_interventions([Tidy(pull=0.9), "raci"])
    assert [one.kind for one in changed.interventions] == ["Tidy", "raci"]
    assert not sim.run(scenario).cases["bounces"].equals(sim.run(changed).cases["bounces"])
    compared = sim.compare(scenario, {"Mine": [Tidy(pull=0.9)]}, replications=2, measures=["bounces_per_100"])
    assert compared.manifest["alternatives"]["Mine"][0] == {
        **Tidy(pull=0.9).model_dump(mode="json"),
        "class": f"{__name__}.Tidy",
        "code": code_of(Tidy),
    }


def test_words_come_from_the_class(scenario: Scenario) -> None:
    """Without a label or summary of its own it is called as the class is."""
    assert (Tidy.label.en, Tidy.summary.en) == ("Tidy", "People tidy up.")
    assert OnDays.label == Circle.label
    assert (Tidy.evidence, Tidy.expects, Tidy.levers) == ((), (), ())


def test_class_and_fields_are_in_the_hash(scenario: Scenario) -> None:
    """Other fields, or another class with the same fields, are another scenario."""

    class Tidier(Tidy):
        pass

    some = [Tidy(), Tidy(pull=0.6), Tidier(), Tidier(kind="Tidy")]
    hashes = {scenario.with_interventions([one]).hash for one in some}
    assert len(hashes | {scenario.hash}) == 5


def test_no_file_can_name_it(scenario: Scenario) -> None:
    """Writing it is refused in a sentence; so is a kind that the catalog does not have."""
    sentence = r"^interventions\[1\]: found Tidy, a class written in Python, which no file can name"
    with pytest.raises(ScenarioError, match=sentence):
        dump(scenario.with_interventions(["raci", Tidy()]))
    with pytest.raises(ScenarioError, match="Tidy"):
        loads(WORKSHOP.replace("[raci, daily_standup]", "[Tidy]"))
    with pytest.raises(AlternativeError, match=r"found the class Tidy, expected an intervention: write Tidy\(\)"):
        sim.compare(scenario, {"Mine": [Tidy]})


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ("lever", "found the lever 'clarrity' in an edit of Wrong, expected a known one; did you mean 'clarity'"),
        ("toward", r"found clarity moved toward 2 in an edit of Wrong, expected a number from 0 to 1 \(share\)"),
        ("strength", "found a strength of 1.5 in an edit of Wrong, expected a number from 0 to 1"),
        ("fades", "found 0 as fades_weeks in an edit of Wrong, expected a number above 0"),
        ("where", "found the department 'sale' in an edit of Wrong, .*; did you mean 'sales'"),
        ("nothing", "found None as the edits of Wrong, expected a tuple of Edit"),
    ],
)
def test_wrong_edits_are_refused(scenario: Scenario, edit: str, sentence: str) -> None:
    """What the catalog promises of its edits is checked of others, before anything runs."""
    with pytest.raises(ScenarioError, match=sentence):
        scenario.with_interventions([Wrong(edit=edit)])
    with pytest.raises(ScenarioError, match=sentence):
        sim.compare(scenario, {"Wrong": [Wrong(edit=edit)]}, replications=1)


def test_what_is_no_meetings_and_no_intervention_is_refused(scenario: Scenario) -> None:
    """One meeting is not a tuple of meetings; one intervention alone is an alternative, its class is none."""

    class Lonely(Intervention):
        def meetings(self, organization: World) -> Any:
            return Meeting(minutes=5.0)

    with pytest.raises(ScenarioError, match="as the meetings of Lonely, expected a tuple of Meeting"):
        scenario.with_interventions([Lonely()])
    assert planned(scenario, {"Mine": Tidy()}, 1).chosen[0].interventions == (Tidy(),)
    with pytest.raises(AlternativeError, match=r"found the class Tidy, expected an intervention: write Tidy\(\)"):
        sim.compare(scenario, {"Mine": Tidy})


def test_fields_that_cannot_be_written_are_refused(scenario: Scenario) -> None:
    """A function among the fields could not be told from another one by the manifest."""

    class Vague(Intervention):
        how: Callable[[], float] = Field(default=lambda: 1.0)

    with pytest.raises(ScenarioError, match="found fields of Vague that cannot be written down"):
        scenario.with_interventions([Vague()])


@pytest.mark.compiled
def test_it_is_asked_every_day_of_its_weeks(scenario: Scenario) -> None:
    """From start to end week, in every replication with a memory of its own; it may set levers everywhere."""
    changed = scenario.with_interventions([CalmDown(start_week=0.0, end_week=1.0)])
    model = LiveOrganization(changed)
    model.run_model()
    assert model.memory == {"asked": 7}
    assert {one.lever("alignment") for one in model.departments} <= {0.2, 1.0}
    same(model.result(), sim.run(changed))
    one, many = (sim.run(changed, 3, threads=n) for n in (1, 3))
    same(one, many)


@pytest.mark.compiled
def test_without_strength_it_is_not_asked(scenario: Scenario) -> None:
    """Strength zero is the baseline, to the bit."""
    equal(sim.run(scenario), sim.run(scenario.with_interventions([CalmDown(strength=0.0), Circle(strength=0.0)])))


@pytest.mark.compiled
def test_off_is_as_if_it_were_not_there(scenario: Scenario) -> None:
    """Switched off it moves nothing, meets never and costs nothing, in one go and day by day."""
    off = scenario.with_interventions([Circle(), OnDays(departments=("sales",))])
    plain = sim.run(scenario)
    equal(plain, sim.run(scenario.with_interventions([Circle()])))
    equal(plain, sim.run(off))


@pytest.mark.compiled
def test_on_from_the_start_is_the_intervention_itself(scenario: Scenario) -> None:
    """Switching on what is on changes no bit; switched on before the first step it begins as planned."""

    class Always(Circle):
        starts_on: ClassVar[bool] = True

        def on_day(self, organization: Any) -> None:
            organization.switch(self, on=True)

    class Plain(Circle):
        starts_on: ClassVar[bool] = True

    expected = sim.run(scenario.with_interventions([Plain(kind="Circle")]))
    equal(expected, sim.run(scenario.with_interventions([Always(kind="Circle")])))
    model = LiveOrganization(scenario.with_interventions([Circle()]))
    model.switch("Circle", on=True)
    model.run_model()
    equal(expected, model.result())


@pytest.mark.compiled
@settings(max_examples=15)
@given(st.integers(1, 20), st.sampled_from([0.0, 1.0, 2.0]))
def test_switched_on_later_is_started_later(day: int, start: float) -> None:
    """What is switched on at a midnight is what would have started then; ramp and one-off cost count from there."""
    base = loads(WORKSHOP).model_copy(update={"interventions": (), "warmup_weeks": 0.0, "horizon_weeks": 3.0})

    class Plain(Circle):
        starts_on: ClassVar[bool] = True

    one = OnDays(kind="Circle", start_week=start, stretches=((day, 99),))
    other = Plain(kind="Circle", start_week=max(start, math.nextafter(day / 7, 0.0)))
    left, right = (LiveOrganization(base.with_interventions([two])) for two in (one, other))
    for model in (left, right):
        model.run_model()
    for a, b in zip(left.departments, right.departments, strict=True):
        assert a.lever("documents") == pytest.approx(b.lever("documents"), abs=1e-12)
        assert a.lever("overhead") == b.lever("overhead")
    days = [model.result().daily["productivity"] for model in (left, right)]
    pd.testing.assert_series_equal(*days, check_exact=False, rtol=1e-12)


def test_a_switch_counts_from_the_next_day(scenario: Scenario) -> None:
    """The meeting is paid for and edits act only while it is on; a second time everything begins anew."""
    one = OnDays(start_week=-1.0, stretches=((7, 14), (16, 21)), adoption=AT_ONCE)
    model = LiveOrganization(scenario.with_interventions([one]))
    seen, plain = [], []
    while model.running:
        model.step()
        seen.append(model.department("sales").lever("documents"))
        plain.append(model.is_on(one))
    low, high = min(seen), max(seen)
    assert low < high
    on = [7 <= day < 14 or 16 <= day < 21 for day in range(1, 29)]
    assert plain == on
    assert seen == [high if is_on else low for is_on in on]
    daily = model.result().daily
    paid = daily[daily["department"] == "sales"].set_index("day")["productivity"] < 1.0
    assert paid.to_list() == [7 <= day < 14 or 16 <= day < 21 for day in range(28)]


def test_an_end_week_ends_what_was_switched_on(scenario: Scenario) -> None:
    """However late it began, an intervention is given up in its end week."""
    one = OnDays(start_week=-1.0, stretches=((3, 99),), end_week=1.0, adoption=AT_ONCE)
    daily = sim.run(scenario.with_interventions([one])).daily
    paid = daily[daily["department"] == "sales"].set_index("day")["productivity"] < 1.0
    assert paid.to_list() == [3 <= day < 14 for day in range(28)]


def test_the_catalog_can_be_switched_too(scenario: Scenario) -> None:
    """By kind or by the intervention itself; what the scenario does not have is refused with a hint."""
    standup = DailyStandup(departments=("sales", "workshop"))
    model = LiveOrganization(scenario.with_interventions([standup, "raci"]))
    model.switch(standup, on=False)
    model.switch("raci", on=False)
    model.run_model()
    equal(sim.run(scenario), model.result())
    assert not model.is_on("raci")
    with pytest.raises(
        KeyError, match=r"'racy' is no intervention of this scenario \(daily_standup, raci\); did you mean"
    ):
        model.switch("racy", on=True)
    with pytest.raises(KeyError, match="'shared_board' is no intervention of this scenario"):
        model.is_on("shared_board")


def test_a_mistake_names_the_class(scenario: Scenario) -> None:
    """A frozen intervention that tries to remember something is told where it failed."""

    class Forgetful(Intervention):
        seen: int = 0

        def on_day(self, organization: Any) -> None:
            self.seen += 1

    with pytest.raises(HookError, match=r"replication 0, day 6: Forgetful.on_day\(\) failed: ValidationError"):
        sim.run(scenario.with_interventions([Forgetful()]))

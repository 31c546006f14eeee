"""Departments of one's own: they see everything, set what they may from the next day on, and share nothing."""

import copy
import math
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.agents import Department
from sim.classcode import code_of
from sim.hooks import HookError
from sim.live import LiveOrganization
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS
from sim.tables import EVERYTHING
from sim.vocab import WEEK
from tests.worlds.workshop import WORKSHOP, same

FRAMES = EVERYTHING


class Silent(Department):
    """Is asked and says nothing."""

    def on_day(self) -> None:
        """Do nothing."""


class Attentive(Department):
    """Pursues the company's aims while much waits, and its own otherwise."""

    def on_day(self) -> None:
        """Look at the queue."""
        self.set_lever("alignment", 1.0 if self.queue > 1 else 0.1)


class Growing(Department):
    """Takes somebody on every working day; counts its days."""

    def __init__(self, model: Any, place: int) -> None:
        super().__init__(model, place)
        self.days = 0

    def on_day(self) -> None:
        """Grow."""
        self.days += 1
        if self.is_working_day:
            self.set_staff(self.staff + 1)


class Diary(Department):
    """Writes down what it sees at the end of each day."""

    def __init__(self, model: Any, place: int) -> None:
        super().__init__(model, place)
        self.pages: list[dict[str, float]] = []

    def on_day(self) -> None:
        """Write."""
        today = self.today
        counts = ("done", "responses", "in_time", "own_done", "own_in_time", "blamed", "urgent_n", "urgent_wait")
        page = {name: getattr(today, name) for name in counts}
        self.pages.append(page | {"day": self.model.day, "hours_work": today.hours("work"), "queue": self.queue})


class Misspelled(Department):
    """Has a mistake that shows on the third day of every other replication."""

    def on_day(self) -> None:
        """Fail."""
        if self.model.day == 2 and self.model.replication % 2:
            self.set_lever("alignement", 1.0)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the workshop, watched for four weeks."""
    return loads(WORKSHOP)


@pytest.fixture
def model(scenario: Scenario) -> LiveOrganization:
    """Return one replication at its beginning."""
    return LiveOrganization(scenario)


@pytest.mark.compiled
@pytest.mark.parametrize("department", [Department, Silent, {"workshop": Silent}, {}], ids=str)
def test_a_hook_that_sets_nothing_changes_no_bit(scenario: Scenario, department: Any) -> None:
    """Being asked every day is the same run, bit by bit."""
    plain = sim.run(scenario, 2, events=True)
    asked = sim.run(scenario, 2, events=True, department=department)
    assert plain.manifest["department"] is None
    assert asked.manifest.pop("department") is not None
    same(asked, sim.results.RunResult(**{**vars(plain), "manifest": asked.manifest}))


def test_setting_what_is_there_already_changes_no_bit(scenario: Scenario) -> None:
    """Renewing levers at midnight gives what the end of the day gave, adoption of interventions included."""

    class Stubborn(Department):
        def on_day(self) -> None:
            self.set_staff(self.staff)
            self.set_lever("clarity", self.model.compiled.scenario.lever("clarity", self.name))

    one, other = sim.run(scenario), sim.run(scenario, department=Stubborn)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)


def test_a_hook_that_sets_something_changes_the_outcome(scenario: Scenario) -> None:
    """Attention makes another run of the same customers and work; the manifest says whose it is."""
    one, other = sim.run(scenario, 2), sim.run(scenario, 2, department=Attentive)
    assert (one.cases["arrival"] == other.cases["arrival"]).all()
    assert not one.cases["finish"].equals(other.cases["finish"])
    assert other.manifest["department"] == f"{__name__}.Attentive@{code_of(Attentive)}"
    some = sim.run(scenario, department={"workshop": Attentive})
    assert some.manifest["department"] == {"workshop": other.manifest["department"]}
    assert some.errors == ()


def test_staff_counts_from_the_next_day(scenario: Scenario) -> None:
    """The record of a day shows who worked on it; weekends take nobody on."""
    days = sim.run(scenario, department={"stores": Growing}).daily
    staff = days[days["department"] == "stores"]["staff"].to_list()
    assert staff[:15] == [2, 3, 4, 5, 6, 7, 7, 7, 8, 9, 10, 11, 12, 12, 12]
    assert (days[days["department"] == "workshop"]["staff"] == 8).all()


def test_levers_count_from_the_next_day_and_interventions_on_top(model: LiveOrganization) -> None:
    """What is set between two steps counts in the next one, not before; RACI closes its gap from there."""
    sales = model.department("sales")
    model.step()
    before = sales.lever("clarity")
    sales.set_lever("clarity", 0.0)
    assert sales.lever("clarity") == before
    model.step()
    low = sales.lever("clarity")
    assert 0.0 < low < 0.1 < before
    sales.set_lever("clarity", 1.0)
    model.step()
    assert sales.lever("clarity") == 1.0
    assert model.department("stores").lever("clarity") > before


def test_what_is_set_before_the_first_step_counts_from_the_start(scenario: Scenario) -> None:
    """It is as if the file had said so."""
    sales = scenario.departments["sales"].model_copy(update={"levers": {"adherence": 0.2}})
    file = scenario.model_copy(update={"departments": {**scenario.departments, "sales": sales}})
    model = LiveOrganization(scenario)
    model.department("sales").set_lever("adherence", 0.2)
    model.run_model()
    expected, found = sim.run(file), model.result()
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(expected, name), check_exact=True)


def test_people_who_approve_stand_where_management_does(scenario: Scenario) -> None:
    """A lever of management is its approvers' too; their latency counts in approval hours, as in a file."""
    levers = {"latency": 5.0, "adherence": 0.3}
    sales = scenario.departments["sales"].model_copy(update={"levers": levers})
    file = scenario.model_copy(update={"departments": {**scenario.departments, "sales": sales}})
    model, expected = LiveOrganization(scenario), LiveOrganization(file)
    for name, value in levers.items():
        model.department("sales").set_lever(name, value)
    model.step()
    expected.step()
    for name in levers:
        assert model.owner("sales.director").lever(name) == expected.owner("sales.director").lever(name)


def test_a_department_sees_its_day(scenario: Scenario) -> None:
    """What a hook sees at the end of a day is what the daily record says about it."""
    model = LiveOrganization(scenario, department=Diary)
    model.run_model()
    daily = model.result().daily
    for one in model.departments:
        record = daily[daily["department"] == one.name].set_index("day")
        pages = pd.DataFrame(one.pages).set_index("day")
        assert len(pages) == 28
        for name in pages:
            assert (pages[name] == record[name]).all(), name


def test_the_model_knows_the_day_and_the_state_of_affairs(scenario: Scenario) -> None:
    """Days, weekdays, conflicts and on-time rate agree with the result."""
    seen = []

    class Watching(Department):
        def on_day(self) -> None:
            if self.place == 0:
                seen.append((self.model.day, self.model.week, self.model.weekday, self.model.is_working_day))
                recent.append(self.model.conflicts(days=3))
                total.append(self.model.conflicts())

    recent: list[int] = []
    total: list[int] = []
    hot = scenario.model_copy(update={"levers": {"severity": 1.0, "novelty": 1.0}})
    model = LiveOrganization(hot, department=Watching)
    model.run_model()
    assert seen[5] == (5, -1, "sat", False)
    assert seen[7] == (7, 0, "mon", True)
    assert [day for day, *_ in seen] == list(range(28))
    assert total[-1] == model.result().cases["conflicts"].sum() > 0
    assert recent == [n - (total[day - 3] if day >= 3 else 0) for day, n in enumerate(total)]
    assert model.on_time() == pytest.approx(model.result().measures["on_time_target"].iloc[0])
    assert 0.0 <= model.on_time(days=14) <= 1.0
    assert math.isnan(LiveOrganization(hot).on_time())


def test_capacity_and_hours(model: LiveOrganization) -> None:
    """Capacity is people times open hours times what meetings leave; nobody works on Saturday."""
    model.step()
    workshop = model.department("workshop")
    week = model.compiled.scenario.calendar("office").hours_per_week
    assert workshop.capacity == pytest.approx(8 * week * workshop.productivity)
    assert workshop.open_hours == week / 5
    assert workshop.is_working_day
    assert workshop.understanding_of("sales") == workshop.links[0].understanding
    for _ in range(4):
        model.step()
    assert (model.weekday, workshop.open_hours, workshop.is_working_day) == ("sat", 0.0, False)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (lambda one: one.set_staff(-1), "staff of 'sales': found -1, expected a whole number of at least 0"),
        (lambda one: one.set_staff(2.5), "found 2.5, expected a whole number"),
        (lambda one: one.set_staff(100_001), "found 100001, .* at most 100,000"),
        (lambda one: one.set_staff(math.nan), "found nan, expected a whole number"),
        (lambda one: one.set_staff(True), "found True, expected a whole number"),
        (lambda one: one.set_staff("3"), "found 3, expected a whole number"),
        (lambda one: one.set_lever("alignment", 1.2), "lever 'alignment' of 'sales': found 1.2, expected a number"),
        (lambda one: one.set_lever("alignment", math.inf), "found inf, expected a number"),
        (lambda one: one.set_lever("alignment", None), "found None, expected a number"),
        (lambda one: one.set_lever("alignement", 0.5), "no lever is called 'alignement'; did you mean 'alignment'"),
        (lambda one: one.set_lever(7, 0.5), "no lever is called '7'"),
        (lambda one: one.today.hours("wrok"), "no kind of request is called 'wrok'; did you mean 'work'"),
        (lambda one: one.model.department("sale"), "no department is called 'sale'; did you mean 'sales'"),
        (lambda one: one.model.department("sales.director"), "no department is called 'sales.director'"),
    ],
)
def test_bad_values_are_refused_in_a_sentence(model: LiveOrganization, setting: Any, sentence: str) -> None:
    """The sentence says whose, what was found and what is allowed; nothing is changed by it."""
    with pytest.raises((ValueError, KeyError), match=sentence):
        setting(model.department("sales"))
    other = LiveOrganization(model.compiled)
    for one in (model, other):
        one.step()
    assert model.machine.state.departments.tobytes() == other.machine.state.departments.tobytes()


@settings(max_examples=20)
@given(st.sampled_from(sorted(LEVERS)), st.floats(0.0, 1.0), st.integers(0, 40))
def test_anything_allowed_can_be_set(name: str, part: float, staff: int) -> None:
    """Whatever is within bounds is taken, by numpy's numbers too, and the run goes on to its end."""
    spec = LEVERS[name]
    value = min(spec.high, spec.low + part * (spec.high - spec.low))
    short = loads(WORKSHOP).model_copy(update={"warmup_weeks": 0.0, "horizon_weeks": 1.0, "interventions": ()})
    model = LiveOrganization(short)
    model.step()
    model.department("workshop").set_staff(np.int64(staff))
    model.department("sales").set_lever(name, np.float64(value))
    model.run_model()
    assert model.department("workshop").staff == staff
    assert model.department("sales").lever(name) == value
    assert not model.running


def test_nothing_can_be_written_by_accident(model: LiveOrganization) -> None:
    """Views hand out numbers and have no setters."""
    sales = model.department("sales")
    for name in ("staff", "queue", "busy", "productivity", "links"):
        with pytest.raises(AttributeError):
            setattr(sales, name, 3)
    with pytest.raises(AttributeError):
        sales.links[0].trust = 1.0
    with pytest.raises(AttributeError):
        sales.today.done = 1.0
    assert all(type(value) in (int, float) for value in (sales.staff, sales.queue, sales.today.done, sales.capacity))


@pytest.mark.compiled
def test_replications_and_threads_share_nothing(scenario: Scenario) -> None:
    """Each replication has departments of its own; any number of threads gives the same bits."""
    one, many = (sim.run(scenario, 4, department=Growing, threads=n) for n in (1, 3))
    same(one, many)
    staff = one.daily[one.daily["department"] == "sales"].groupby("replication")["staff"].max()
    assert staff.nunique() == 1
    alone = sim.run(scenario, first=2, department=Growing)
    assert alone.measures.equals(one.measures.loc[[2]])
    left, right = (LiveOrganization(scenario, department=Growing) for _ in range(2))
    left.run_model()
    assert (left.department("sales").days, right.department("sales").days) == (28, 0)
    assert right.department("sales").staff == 2


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])
def test_a_copy_goes_its_own_way(scenario: Scenario, copied: Any) -> None:
    """An organization may be copied, also to another process, and both go on to the same end."""
    model = LiveOrganization(scenario, department=Attentive)
    model.step()
    other = copied(model)
    other.run_model()
    assert model.day == 1
    same(other.result(), sim.run(scenario, department=Attentive))


def test_mesas_ways_to_set(scenario: Scenario) -> None:
    """Setters may be called through agent sets; hooks on a part of them."""
    model = LiveOrganization(scenario, department={"sales": Silent})
    model.departments.do("set_staff", 3)
    model.departments.select(agent_type=Silent).do("set_lever", "alignment", 1.0)
    model.step()
    assert model.departments.get("staff") == [3, 3, 3]
    assert [one.lever("alignment") == 1.0 for one in model.departments] == [True, False, False]
    assert len(model.agents_by_type[Silent]) == 1


def test_chance_in_a_hook_is_the_replications_own(scenario: Scenario) -> None:
    """Mesa's generators differ between replications and repeat with them."""
    draws = [LiveOrganization(scenario, seed=3, replication=n).random.random() for n in (0, 1, 0)]
    assert draws[0] == draws[2] != draws[1]


@pytest.mark.compiled  # many runs
def test_a_mistake_in_a_hook_loses_nothing_else(scenario: Scenario) -> None:
    """The replication is named with class, department, day and error; the others are kept."""
    result = sim.run(scenario, 4, department=Misspelled)
    assert result.measures.index.to_list() == [0, 2]
    assert result.errors == tuple(
        f"replication {n}, day 2: Misspelled.on_day() of department 'sales' failed: "
        "KeyError: no lever is called 'alignement'; did you mean 'alignment'?"
        for n in (1, 3)
    )
    compared = sim.compare(scenario, {"Wrong": [Misspelled]}, replications=4, measures=["lead_time_mean"])
    assert compared.errors == tuple(f"Wrong: {error}" for error in result.errors)


def test_a_mistake_in_every_replication_is_raised(scenario: Scenario) -> None:
    """Where nothing is left to be kept, the researcher sees the mistake itself."""
    with pytest.raises(HookError, match=r"replication 1, day 2: Misspelled.on_day\(\)") as caught:
        sim.run(scenario, 1, first=1, department=Misspelled)
    assert isinstance(caught.value.__cause__, KeyError)


def test_what_is_no_class_of_departments_is_refused(scenario: Scenario, model: LiveOrganization) -> None:
    """An instance, another class, a misspelled department: one sentence each, before anything runs."""
    with pytest.raises(
        TypeError, match=r"department: found <Department sales.*; hand over the class itself: Department"
    ):
        sim.run(scenario, department=model.department("sales"))
    with pytest.raises(TypeError, match="department: found the class dict, expected a subclass of"):
        LiveOrganization(scenario, department=dict)
    with pytest.raises(TypeError, match=r"department\['sales'\]: found 'Silent', expected a subclass"):
        sim.run(scenario, department={"sales": "Silent"})
    with pytest.raises(KeyError, match="no department is called 'sale'; did you mean 'sales'"):
        sim.compare(scenario, {"RACI": ["raci"]}, department={"sale": Silent})
    with pytest.raises(TypeError, match="found the class int, expected a subclass of"):
        sim.compare(scenario, {"RACI": [int]})
    with pytest.raises(ValueError, match=r"found 2 classes of departments \(Silent, Attentive\), expected one"):
        sim.compare(scenario, {"Two": [Silent, Attentive]})


def test_a_hook_cannot_advance_its_own_organization(scenario: Scenario) -> None:
    """Calling step() from a hook is refused instead of going round in circles."""

    class Impatient(Department):
        def on_day(self) -> None:
            self.model.step()

    with pytest.raises(HookError, match="a hook cannot advance the organization it is asked by"):
        LiveOrganization(scenario, department=Impatient).step()


def test_a_department_that_cannot_be_made_is_named(scenario: Scenario) -> None:
    """A constructor with arguments of its own is told from a failure of the run."""

    class Demanding(Department):
        def __init__(self, model: Any, place: int, more: int) -> None:
            super().__init__(model, place + more)

    with pytest.raises(HookError, match="Demanding could not be made for department 'sales': TypeError"):
        LiveOrganization(scenario, department=Demanding)


@pytest.mark.compiled
def test_with_and_without_are_compared_under_the_same_luck(scenario: Scenario) -> None:
    """A class counts in its alternative; as `department` it counts everywhere."""
    compared = sim.compare(scenario, {"Attentive": [Attentive], "Silent": [Silent]}, replications=3, measures="all")
    table = compared.table.set_index(["alternative", "measure"])["difference"].fillna(0.0)
    assert (table["Silent"] == 0.0).all()
    assert (table["Attentive"] != 0.0).any()
    assert compared.manifest["departments"]["Attentive"] == f"{__name__}.Attentive@{code_of(Attentive)}"
    everywhere = sim.compare(scenario, {"Same": []}, replications=3, measures="all", department=Attentive)
    assert (everywhere.table["difference"].fillna(0.0) == 0.0).all()
    assert everywhere.runs["Same"].measures.equals(compared.runs["Attentive"].measures)
    changed = compared.changed_cases("Attentive", replications=3)
    assert changed.attrs["counted"] > 0
    assert compared.changed_cases("Silent", replications=3).empty


def test_a_week_of_steps_is_a_week(scenario: Scenario) -> None:
    """A run that ends in the middle of a day asks at the end of whole days only."""
    model = LiveOrganization(
        scenario.model_copy(update={"warmup_weeks": 0.0, "horizon_weeks": 0.5}), department=Growing
    )
    model.run_model()
    assert model.hours == 1.5 * WEEK
    assert model.department("sales").days == 10

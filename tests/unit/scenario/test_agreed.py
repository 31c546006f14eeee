"""Two figures of a lever of which no end is stricter are refused, in one sentence, wherever interventions meet."""

import math
from collections.abc import Callable
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.cli import main
from sim.interventions import Custom, Edit, Intervention, Sop, introduced
from sim.interventions.custom import CustomEdit
from sim.scenario import Scenario, ScenarioError, check, findings_in, loads
from sim.scenario.notes import Notes
from sim.scenario.plans import check_interventions
from sim.spec.organization import Organization
from tests.worlds.fakes import SMALL

HIGH, LOW = (
    f"{{kind: custom, name: {n}, moves: [{{lever: clarity, toward: {v}, paid: true}}]}}"
    for n, v in (("High", 0.8), ("Low", 0.25))
)
SENTENCE = (
    "found clarity agreed at 0.8 by custom 'High' and at 0.25 by custom 'Low' at the same time, "
    "expected one figure (attitude: neither is stricter)"
)


class Rule(Intervention):
    """Agrees on a figure in Python."""

    lever: str = "clarity"
    figure: float = 0.5

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Set the lever everywhere this is."""
        return (self.set_to(self.lever, self.figure),)


@pytest.fixture(scope="module")
def small() -> Scenario:
    """Return a small organization that has agreed on nothing."""
    return loads(SMALL)


def agreed(toward: float, lever: str = "clarity", **fields: object) -> Custom:
    """Return an intervention that agrees on one figure."""
    return Custom(moves=(CustomEdit(lever=lever, toward=toward, paid=True),), **fields)


def at(toward: float, after: float, weeks: float) -> Custom:
    """Return an intervention that agrees on a figure for a while."""
    move = CustomEdit(lever="clarity", toward=toward, paid=True, after_weeks=after, weeks=weeks)
    return Custom(moves=(move,))


def refused(make: Callable[[], object]) -> str:
    """Return the only sentence with which something is refused."""
    with pytest.raises(ScenarioError) as caught:
        make()
    assert len(caught.value.findings) == 1
    return str(caught.value)


def test_in_the_interventions_of_a_file() -> None:
    """At the line of the later one."""
    text = f"{SMALL}interventions:\n  - {HIGH}\n  - raci\n  - {LOW}\n"
    line = text.splitlines().index(f"  - {LOW}") + 1
    assert refused(lambda: loads(text, "file.yaml")) == f"file.yaml:{line}: interventions[2]: {SENTENCE}"


def test_between_a_scenario_and_its_alternatives(tmp_path, capsys) -> None:
    """What an organization does already is part of every alternative; each is told, and no command runs it."""
    text = SMALL.replace("with: [raci]", f"with: [raci, {LOW}]}}\n  - {{label: Other, with: [{LOW}]")
    file = tmp_path / "file.yaml"
    file.write_text(f"{text}interventions: [{HIGH}]\n", encoding="utf-8")
    assert [(one.field, one.message) for one in check(file)] == [
        ("compare[0].with[1]", SENTENCE),
        ("compare[1].with[0]", SENTENCE),
    ]
    assert main(["compare", str(file), "-n", "1"]) == 3
    assert SENTENCE in " ".join(capsys.readouterr().err.split())


def test_only_the_interventions_are_told_where_they_disagree_themselves() -> None:
    """The alternatives that come on top are not to blame."""
    assert refused(lambda: loads(f"{SMALL}interventions: [{HIGH}, {LOW}]")).count(SENTENCE) == 1


def test_from_python(small: Scenario) -> None:
    """Added at once or on top of what there is, in a copy, and in a comparison."""
    high, low = agreed(0.8, name="High"), agreed(0.25, name="Low")
    has = small.with_interventions([high])
    assert refused(lambda: small.with_interventions([high, "raci", low])) == f"interventions[2]: {SENTENCE}"
    assert refused(lambda: has.with_interventions(["raci", low])) == f"interventions[1]: {SENTENCE}"
    assert refused(lambda: small.model_copy(update={"interventions": (high, low)})) == f"interventions[1]: {SENTENCE}"
    assert refused(lambda: sim.compare(has, {"Low": [low]}, replications=1)) == f"interventions[0]: {SENTENCE}"


def test_inside_one_custom_intervention(small: Scenario) -> None:
    """Two moves of one list are no better than two lists."""
    both = Custom(name="Both", moves=agreed(0.8).moves + agreed(0.25).moves)
    told = refused(lambda: small.with_interventions([both]))
    assert "agreed at 0.8 by custom 'Both' and at 0.25 by custom 'Both' at the same time" in told


def test_classes_written_in_python(small: Scenario) -> None:
    """They are called by their kind, and where they meet is said unless it is everywhere."""
    some = [Rule(), Rule(figure=0.75, departments=("sales", "production"))]
    told = refused(lambda: small.with_interventions(some))
    assert "found clarity agreed at 0.5 by Rule and at 0.75 by Rule in sales, production at the same time" in told


ALLOWED: dict[str, list[Intervention]] = {
    "the same figure": [agreed(0.8), agreed(0.8, name="again")],
    "different departments": [agreed(0.8, departments=("sales",)), agreed(0.2, departments=("production",))],
    "one after the other": [agreed(0.8, end_week=3.0), agreed(0.2, start_week=3.0)],
    "one after the other in decimals": [at(0.8, 0.1, 0.2), at(0.2, 0.3, 0.1)],
    "of strength zero": [agreed(0.8), agreed(0.2, strength=0.0)],
    "the lowest is strict": [agreed(4.0, "tier1_hours"), agreed(9.0, "tier1_hours")],
    "the highest is strict": [agreed(0.4, "adherence"), agreed(1.0, "adherence")],
    "moves": [agreed(0.8), Custom(moves=(CustomEdit(lever="clarity", toward=0.2),))],
    "in part": [agreed(0.8), Custom(moves=(CustomEdit(lever="clarity", toward=0.2, strength=0.5, paid=True),))],
    "two levers": [agreed(0.8), agreed(0.2, "trust_baseline")],
}  # fmt: skip


@pytest.mark.parametrize("added", ALLOWED.values(), ids=ALLOWED)
def test_what_is_no_contradiction_is_allowed(small: Scenario, added: list[Intervention]) -> None:
    """In either order."""
    for some in (added, added[::-1]):
        assert small.with_interventions(some).interventions == tuple(map(introduced, some))


def test_what_begins_switched_off_is_planned_for_no_time(small: Scenario) -> None:
    """Code that switches one off and the other on may use two figures."""

    class Later(Rule):
        starts_on = False

    assert len(small.with_interventions([Rule(), Later(figure=0.1)]).interventions) == 2


def test_mistakes_are_told_before_contradictions(small: Scenario) -> None:
    """Interventions with unknown departments are not asked what they do."""
    unknown = agreed(0.2, departments=("nowhere",))
    told = refused(lambda: small.with_interventions([agreed(0.8), unknown, {"kind": "liaison"}]))
    assert "found 'nowhere', expected a department" in told


weeks = st.integers(0, 6)
NAMES = ("sales", "production", "management")


@st.composite
def figures(draw: st.DrawFn) -> Custom:
    """Draw an agreed figure somewhere, for some weeks."""
    start = draw(weeks)
    move = CustomEdit(
        lever="clarity",
        toward=draw(st.sampled_from([0.1, 0.5])),
        paid=True,
        after_weeks=draw(weeks),
        weeks=draw(st.none() | st.integers(1, 6)),
    )
    where = tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=2)))
    end = draw(st.none() | st.integers(start + 1, 12))
    return Custom(moves=(move,), departments=where, start_week=start, end_week=end)


def span(one: Custom) -> tuple[float, float]:
    """Return the weeks in which the figure counts."""
    move = one.moves[0]
    start = one.start_week + move.after_weeks
    return start, min(one.end_week or math.inf, start + (move.weeks or math.inf))


def contradict(one: Custom, other: Custom) -> bool:
    """Say whether two figures differ in some week of some department."""
    (a, b), (c, d) = span(one), span(other)
    shared = set(one.departments or NAMES) & set(other.departments or NAMES)
    return one.moves[0].toward != other.moves[0].toward and bool(shared) and max(a, c) < min(b, d)


@given(st.lists(figures(), max_size=5), st.integers(0, 5))
def test_a_list_is_refused_where_two_of_it_contradict_each_other(
    small: Scenario, some: list[Custom], first: int
) -> None:
    """And only there, however many they are, and however many of them were there before."""
    wrong = any(contradict(one, other) for i, one in enumerate(some) for other in some[:i])
    with pytest.raises(ScenarioError, match="found clarity agreed at") if wrong else nullcontext():
        small.with_interventions(some[:first]).with_interventions(some[first:])


def test_thousands_of_figures_are_looked_through_at_once(small: Scenario) -> None:
    """A figure for every week, one after the other, is a plan like any other."""
    moves = tuple(
        CustomEdit(lever="clarity", toward=week % 2, paid=True, after_weeks=week, weeks=1.0) for week in range(5000)
    )
    assert small.with_interventions([Custom(moves=moves)]).interventions


def test_what_an_organization_does_already_is_noticed_in_alternatives() -> None:
    """Adding it once more counts twice, which is allowed and looks like a mistake."""
    found = findings_in(loads(f"{SMALL}interventions: [raci]"))
    assert list(map(str, found)) == ["compare[0].with[0]: found raci a second time just as before, and both count"]


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("{clarity: 0.5}", "{clarity: 0.7}", True),
        ("{clarity: 0.5, end_week: 2}", "{clarity: 0.7}", True),
        ("{clarity: 0.5, end_week: 2}", "{clarity: 0.7, start_week: 2}", False),
        ("{departments: [sales]}", "{clarity: 0.7}", True),
        ("{departments: [sales]}", "{departments: [production], clarity: 0.7}", False),
    ],
)
def test_the_same_in_other_doses_is_noticed_where_both_count(first: str, second: str, both: bool) -> None:
    """At the same time and place; one after the other, or beside it, is a plan."""
    begun = [f"{{kind: raci, {one[1:]}" for one in (first, second)]
    found = findings_in(loads(f"{SMALL}interventions: [{', '.join(begun)}]").model_copy(update={"compare": ()}))
    told = "interventions[1]: found raci a second time in other doses where it is already, and both count"
    assert ([str(one) for one in found] == [told]) == both


def test_sops_of_two_processes_are_two_plans(small: Scenario) -> None:
    """Of all processes and one of them they are not."""
    sops = [Sop(process="order"), Sop(process="complaint"), Sop(strength=0.5)]
    notes = Notes()
    check_interventions(notes, sops[:2], small, ())
    assert "other doses" not in " ".join(map(str, notes.findings))
    check_interventions(notes, sops[2:], small, (), sops[:1])
    assert "other doses" in " ".join(map(str, notes.findings))

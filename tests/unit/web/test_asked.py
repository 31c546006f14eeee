"""What can be asked of the page: one key for all ways to ask the same, and a sentence for what cannot be."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.interventions import INTERVENTIONS
from sim.scenario import Scenario, ScenarioError, dump, loads
from sim.scenario.bundles import every_bundle
from sim.scenario.files import shipped_bundles
from sim.spec.base import text_of
from sim.spec.findings import TextError
from sim.web.asked import MOST_ITEMS, MOST_LETTERS, asked_of, child_of, shortest
from sim.web.catalogue import catalogue_of
from sim.web.figures import figures_of, round_step
from sim.web.said import sentence_of
from sim.words import LANGUAGES

DEMO = sim.load("order_delivery")
FIGURES = figures_of(DEMO)
DOSES = {
    one["kind"]: one["doses"]
    for family in catalogue_of(DEMO)
    for one in family["interventions"]
    if one["refused"] is None
}


@st.composite
def item(draw: st.DrawFn) -> str:
    """Draw an item as a page writes it: an intervention with some doses, or a figure with a value."""
    if draw(st.booleans()):
        figure = FIGURES[draw(st.sampled_from(sorted(FIGURES)))]
        steps = int((figure.high - figure.low) / figure.step)
        return f"{figure.place}={figure.low + draw(st.integers(0, steps)) * figure.step}"
    kind = draw(st.sampled_from(sorted(DOSES)))
    doses = draw(st.lists(st.sampled_from(DOSES[kind]), max_size=2, unique_by=lambda dose: dose["name"]))
    told = [f"{one['name']}={draw(st.sampled_from([one['low'], one['usual'], one['high']]))}" for one in doses]
    return f"{kind}:{','.join(told)}" if told else kind


def by_place(one: str) -> str:
    """Return what an item is about."""
    return one.partition("=")[0] if "." in one.partition("=")[0].partition(":")[0] else one.partition(":")[0]


several = st.lists(item(), max_size=5, unique_by=by_place)


@given(several, st.randoms(use_true_random=False))
def test_a_key_stands_for_all_ways_to_ask_the_same(items, luck):
    """In any order, one by one or joined, and asked once more by its own key."""
    asked = asked_of(DEMO, items)
    mixed = luck.sample(items, len(items))
    assert asked_of(DEMO, mixed).key == asked_of(DEMO, "+".join(mixed)).key == asked.key
    assert asked_of(DEMO, asked.key) == asked == asked_of(DEMO, list(asked.items))
    assert "+".join(asked.items) == asked.key


@settings(max_examples=20)
@given(several)
def test_a_key_says_all_that_is_run(items):
    """It makes the scenario that was asked for; without items that is the baseline."""
    asked = asked_of(DEMO, items)
    made = asked.applied(DEMO)
    assert (asked.key == "") == (made.hash == DEMO.hash)
    assert asked_of(DEMO, asked.key).applied(DEMO).hash == made.hash
    assert loads(dump(made)) == made


def test_what_is_as_usual_is_left_out_and_numbers_are_short():
    """Doses at their usual value, figures where they are anyway, and zeros behind a point."""
    assert asked_of(DEMO, ["raci:clarity=0.60", "departments.sales.staff=5.0"]).key == "raci"
    assert (
        asked_of(DEMO, ["departments.sales.staff=6.0+raci:clarity=.70"]).key
        == "raci:clarity=0.7+departments.sales.staff=6"
    )
    assert asked_of(DEMO, ["raci", "raci"]).key == "raci"
    assert asked_of(DEMO, "job_rotation:preset=week").key == "job_rotation:preset=week"
    assert asked_of(DEMO, "raci:adoption.fidelity=0.9").key == "raci:adoption.fidelity=0.9"
    assert [shortest(one) for one in (3.0, 0.25, 7, -0.0)] == ["3", "0.25", "7", "0"]


def test_a_bundle_is_asked_for_with_more():
    """What is asked beside it takes the place of its own; then it is not called by its name any more."""
    whole = asked_of(DEMO, "bundle:rules_without_trust")
    assert whole.label == every_bundle()["rules_without_trust"].label
    assert "relations.trust=0.1" in whole.items
    other = asked_of(DEMO, ["relations.trust=0.3", "bundle:rules_without_trust", "raci:clarity=0.7"])
    assert {"relations.trust=0.3", "raci:clarity=0.7"} <= set(other.items)
    assert len(other.items) == len(whole.items)
    assert other.label != whole.label
    assert asked_of(DEMO, ["bundle:rules_only", "bundle:rules_only"]) == asked_of(DEMO, "bundle:rules_only")


def test_it_is_called_what_people_call_it():
    """Interventions by their label, doses that are not as usual behind it; figures with their value."""
    asked = asked_of(DEMO, ["shared_kpi", "raci:clarity=0.7", "departments.production.staff=15"])
    assert asked.label.en == "Shared KPIs + RACI matrix (clarity=0.7) + People: Production: 15"
    assert asked.label.zh == "共同 KPI + RACI 矩阵（clarity=0.7） + 人数：生产部：15"


REFUSED = {
    "departments.sales.staff=99": "a whole number from 1 to 10",
    "departments.sales.staff=2.5": "a whole number from 1 to 10",
    "departments.sales.staff=nan": "a whole number from 1 to 10",
    "processes.order.demand.per_week=1e9": "a number from 12 to 36",
    "processes.order.demand.per_week={a: 1}": "a number from 12 to 36",
    "horizon_weeks=100000": "horizon_weeks: not a figure",
    "parent=/etc/passwd": "parent: not a figure",
    "departments.sales.stuff=3": "did you mean",
    "/etc/passwd": "unknown intervention",
    "other.yaml": "unknown intervention",
    "raci:clarity=7": "at most 1",
    "raci:colour=1": "raci",
    "custom": "custom",
    "bundle:nobody": "bundle 'nobody': not a shipped one",
    "bundle:/etc/passwd": "bundle '/etc/passwd': not a shipped one",
    "bundle:./mine.yaml": "not a shipped one",
    "bundle:": f"expected one of {shipped_bundles()[0]}, ",
    "departments.sales.staff=2+departments.sales.staff=3": "two values",
    "raci+" * MOST_ITEMS + "raci": f"more than {MOST_ITEMS}",
    "r" * (MOST_LETTERS + 1): f"more than {MOST_LETTERS} letters",
}


@pytest.mark.parametrize("items", REFUSED, ids=lambda one: one[:40])
def test_what_cannot_be_asked_is_refused_in_a_sentence(items):
    """In every language, without a file or line."""
    with pytest.raises((TextError, ScenarioError)) as refused:
        asked_of(DEMO, items)
    said = sentence_of(refused.value).by_language()
    assert set(said) == set(LANGUAGES)
    assert REFUSED[items] in said["en"]
    assert all(one and "\n" not in one for one in said.values())


@pytest.mark.parametrize("items", [[1], [None], [["raci"]], [{"kind": "raci"}], [b"raci"]])
def test_only_texts_are_items(items):
    """Whatever else JSON may hold."""
    with pytest.raises(TextError, match="expected texts"):
        asked_of(DEMO, items)


@pytest.mark.parametrize("more", [(), tuple(kind for kind in INTERVENTIONS if kind not in ("raci", "custom"))])
def test_a_child_is_a_file_that_compares_what_the_page_showed(tmp_path, more):
    """Beside its parent: now is the organization with its own figures, and what was switched on the alternative."""
    figure, items = "departments.production.staff=15", ["raci:clarity=0.7", *more]
    path = tmp_path / "child.yaml"
    path.write_text(child_of(DEMO, [figure, *items], "order_delivery"), encoding="utf-8")
    child = sim.load(path)
    assert child.departments == asked_of(DEMO, [figure]).applied(DEMO).departments
    assert child.interventions == DEMO.interventions
    (bundle,) = child.compare
    assert child.hash == DEMO.changed({figure.split("=")[0]: 15}).model_copy(update={"compare": (bundle,)}).hash
    assert [one.place for one in sim.diff(DEMO, child).inputs if one.path[0] != "compare"] == [figure.split("=")[0]]
    assert child.with_interventions(bundle.with_).interventions == asked_of(DEMO, items).applied(DEMO).interventions
    assert bool(more) == text_of(bundle.label).en.endswith("together")


def test_a_child_without_interventions_suggests_what_its_parent_does(tmp_path):
    """Only its own figures are set."""
    path = tmp_path / "child.yaml"
    path.write_text(child_of(DEMO, ["departments.production.staff=15"], "order_delivery"), encoding="utf-8")
    assert sim.load(path) == asked_of(DEMO, ["departments.production.staff=15"]).applied(DEMO)


def test_figures_stand_within_their_ranges_and_are_what_the_scenario_says():
    """Every place can be set to both ends, and stands at what is there now."""
    ranged = sim.load("order_delivery", {"ranges": {"levers.latency": [2.0, 6.0], "departments.sales.staff": [4, 8]}})
    found = figures_of(ranged)
    assert list(found)[: len(ranged.departments)] == [f"departments.{name}.staff" for name in ranged.departments]
    assert (found["levers.latency"].low, found["levers.latency"].high) == (2.0, 6.0)
    assert (found["departments.sales.staff"].low, found["departments.sales.staff"].high) == (4, 8)
    for one, end in itertools.product(found.values(), ("low", "high")):
        assert one.low <= one.here <= one.high
        asked = asked_of(ranged, f"{one.place}={getattr(one, end)}")
        assert isinstance(asked.applied(ranged), Scenario)


@given(st.floats(1e-3, 1e6))
def test_a_step_is_one_that_people_count_in(least):
    """One, two or five times a power of ten, as little above what it has to be as there is."""
    step = round_step(least)
    assert least * (1.0 - 1e-6) <= step <= 2.5 * least * (1.0 + 1e-6)
    assert f"{step:.6e}"[0] in "125"


def test_every_intervention_can_be_asked_for():
    """All that the catalogue has, but for what is written as data."""
    assert set(DOSES) == {kind for kind in INTERVENTIONS if kind != "custom"}

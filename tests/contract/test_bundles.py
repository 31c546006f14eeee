"""The contract of every shipped bundle: it is nothing but its parts, whatever way it is asked for."""

import pytest

import sim
from sim.compile import compile_scenario
from sim.interventions import family_of
from sim.kernel.jit import COMPILED
from sim.outcome import Outcome, simulate
from sim.scenario import Scenario, loads
from sim.scenario.bundles import Bundle, every_bundle
from sim.scenario.files import shipped_bundles
from sim.scenario.outline import parts_of
from sim.spec.base import text_of
from sim.study.alternatives import Alternative, alternatives_of, parse_alternative
from sim.web.asked import asked_of
from sim.web.catalogue import bundles_of
from sim.web.figures import figures_of
from sim.words import LANGUAGES, Text
from tests.worlds.anatomy import bits, differing

DEMO = sim.load("order_delivery")
SHIPPED = (
    "budget",
    "complaints",
    "ecommerce",
    "incidents",
    "internet",
    "launch",
    "manufacturing",
    "people_only",
    "procurement",
    "rules_only",
    "rules_without_trust",
    "service",
)

every = pytest.mark.parametrize("name", SHIPPED)


@pytest.fixture(scope="module")
def bundles() -> dict[str, Bundle]:
    """Return the shipped bundles by name."""
    return every_bundle()


def test_these_are_shipped() -> None:
    """One for each kind of company, and three that go wrong in a way to learn from."""
    assert shipped_bundles() == SHIPPED


def test_rules_without_trust_are_the_same_rules(bundles: dict[str, Bundle]) -> None:
    """So that what is between the two is trust, and people only have no rule at all."""
    assert bundles["rules_without_trust"].with_ == bundles["rules_only"].with_
    assert (bundles["rules_only"].set_, bundles["rules_without_trust"].set_) == ({}, {"relations.trust": 0.1})
    assert {family_of(type(one)) for one in bundles["rules_only"].with_} == {"rules"}
    assert "rules" not in {family_of(type(one)) for one in bundles["people_only"].with_}


@every
def test_it_tells_its_story_in_every_language(bundles: dict[str, Bundle], name: str) -> None:
    """A title and a description, each in words of its own; its name is that of its file."""
    bundle = bundles[name]
    assert bundle.name == name
    for words in (bundle.title, bundle.description):
        assert isinstance(words, Text)
        assert len({words.get(lang) for lang in LANGUAGES}) == len(LANGUAGES)
    titles = [one.label.get(lang) for one in bundles.values() for lang in LANGUAGES]
    assert len(set(titles)) == len(titles)


@every
def test_it_is_its_parts_spelled_out(bundles: dict[str, Bundle], name: str) -> None:
    """On the command line, in Python, in a file and on the page: the same organization, to the hash."""
    spelled = parse_alternative("+".join(parts_of(bundles[name]))).applied(DEMO).hash
    assert spelled != DEMO.hash
    assert parse_alternative(f"bundle:{name}").applied(DEMO).hash == spelled
    assert parse_alternative(f"Label=bundle:{name}").applied(DEMO).hash == spelled
    for item in (f"bundle:{name}", [f"bundle:{name}"], {"bundle": name}, bundles[name]):
        (one,) = alternatives_of(DEMO, {"x": item})
        assert one.applied(DEMO).hash == spelled
    asked, made = (one.applied(DEMO) for one in (asked_of(DEMO, f"bundle:{name}"), parse_alternative(f"bundle:{name}")))
    assert set(asked.interventions) == set(made.interventions)  # the page has an order of its own
    assert asked.relations == made.relations


@every
def test_a_scenario_may_suggest_it(name: str) -> None:
    """What a file compares is what the command line would, and what it is written out as is read as the same."""
    suggested = sim.load("order_delivery", {"compare": [{"label": "All", "with": [f"bundle:{name}"]}]})
    (one,) = alternatives_of(suggested, None)
    bare = DEMO.model_copy(update={"compare": ()})
    assert _without_suggestions(one, suggested).hash == parse_alternative(f"bundle:{name}").applied(bare).hash
    assert loads(sim.scenario.dump(suggested)) == suggested


def _without_suggestions(one: Alternative, scenario: Scenario) -> Scenario:
    return one.applied(scenario.model_copy(update={"compare": ()}))


@every
def test_it_is_called_by_its_title(bundles: dict[str, Bundle], name: str) -> None:
    """Where nobody says otherwise, in every language; in tables by what was written."""
    one = parse_alternative(f"bundle:{name}")
    assert (one.label, one.name) == (f"bundle:{name}", bundles[name].label)
    assert parse_alternative(f"bundle:{name}+daily_standup:minutes=5").name.en.endswith(" + Daily stand-up")


@pytest.mark.compiled  # many runs
@every
def test_nothing_of_it_is_the_baseline_to_the_bit(bundles: dict[str, Bundle], name: str) -> None:
    """At strength zero of all its parts, an organization with the values that it sets is left as it is."""
    nothing = [one.model_copy(update={"strength": 0.0}) for one in bundles[name].with_]
    weeks = {"horizon_weeks": 4.0 if COMPILED else 1.0, "warmup_weeks": 0.0, "tail_weeks": 5.0}
    begun = DEMO.changed({**bundles[name].set_, **weeks})
    before, after = (simulate(compile_scenario(one), 3, 0) for one in (begun, begun.with_interventions(nothing)))
    assert differing(_left_by(before), _left_by(after)) == []


def _left_by(outcome: Outcome) -> dict[str, dict[str, bytes]]:
    return {table: bits(getattr(outcome, table)) for table in ("cases", "days", "links")}


@every
def test_it_is_one_switch_on_the_page(bundles: dict[str, Bundle], name: str) -> None:
    """With its name and story; its key stands for all of it, and is called by its title however it is asked for."""
    (shown,) = [one for one in bundles_of(DEMO) if one.get("name") == name]
    asked = asked_of(DEMO, f"bundle:{name}")
    assert shown["refused"] is None
    assert shown["label"] == bundles[name].label.by_language() == asked.label.by_language()
    assert shown["about"] == text_of(bundles[name].description).by_language()
    assert shown["items"] == list(asked.items)
    assert asked_of(DEMO, asked.key) == asked == asked_of(DEMO, list(reversed(asked.items)))
    assert set(bundles[name].set_) <= set(figures_of(DEMO))
    more = asked_of(DEMO, [*asked.items, "response_agreement:hours=3"])
    assert more.label != asked.label


def test_what_an_organization_cannot_have_says_why() -> None:
    """On the page, and on the command line in one sentence that names the bundle and the intervention."""
    steps = {"s": {"R": "a", "C": ["b"], "work": 1.0}}
    alone = sim.Scenario.model_validate(
        {
            "departments": {"a": {"staff": 2}, "b": {"staff": 2}},
            "processes": {"p": {"demand": {"per_week": 5}, "steps": steps}},
        }
    )
    (shown,) = [one for one in bundles_of(alone) if one.get("name") == "rules_only"]
    assert all("escalation_path" in shown["refused"][lang] for lang in LANGUAGES)
    assert "escalation_path" in shown["items"]
    with pytest.raises(sim.scenario.ScenarioError) as refused:
        parse_alternative("daily_standup+bundle:rules_only").applied(alone)
    assert str(refused.value).startswith("bundle 'rules_only', intervention 'escalation_path': found escalation_path")
    assert "\n" not in str(refused.value)

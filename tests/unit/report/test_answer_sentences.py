"""What the answer at a glance says: the measures that matter here, the best first, at most six sentences."""

import io

import pytest

from sim.cli.comparing import print_comparison
from sim.cli.screen import Screen
from sim.report.answer import Answer
from sim.report.answertable import answer_table
from sim.scenario import loads
from sim.study.compare import compare
from sim.study.reported import headline_measures
from tests.worlds.fakes import EFFECTS, USUAL, FakeEngine, small_scenario

MANY = {
    f"{name} {k}": [name, {"kind": "custom", "cost_minutes": float(k)}]
    for k in range(1, 5)
    for name in ("raci", "shared_kpi", "daily_standup")
}


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    """Made-up runs in place of simulated ones."""
    return FakeEngine().used(monkeypatch)


def sentences_of(comparison, lang):
    """Return every sentence below the table."""
    answer = Answer(comparison, lang)
    return [*answer.sentences, answer.how_sure]


def shown(comparison, lang, width):
    """Return the lines of the table as a window of so many columns has them."""
    console = Screen(io.StringIO(), width=width)
    console.print(answer_table(Answer(comparison, lang), console))
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_at_most_six_sentences(lang):
    """With few alternatives as with many, and with one replication."""
    for count, replications in ((1, 12), (5, 12), (12, 30), (2, 1)):
        comparison = compare(small_scenario(), dict(list(MANY.items())[:count]), replications)
        assert 1 < len(sentences_of(comparison, lang)) <= 6


def test_the_best_comes_first():
    """By the first measure, wherever it stands in the file; `now` above it."""
    comparison = compare(small_scenario(), {"Meet": ["daily_standup"], "Goals": ["shared_kpi"]}, 20)
    order = [line.split()[0] for line in shown(comparison, "en", 132) if line.strip() and line.split()[0].isalpha()]
    assert order[-3:] == ["Now", "Goals", "Meet"]


def test_what_is_certain_but_small_is_not_called_better(monkeypatch):
    """Four tenths of a point, known to a hair: a dot, and a sentence; with a lower threshold it is better."""
    monkeypatch.setitem(EFFECTS, "raci", {"on_time_target": 0.004})
    FakeEngine(noise=0.001).used(monkeypatch)
    small = compare(small_scenario(), {"Roles": ["raci"]}, 40, measures=["on_time_target"])
    assert "≈ +0.40" in "\n".join(shown(small, "en", 80))
    assert any("too small to matter" in one and "Roles in on time" in one for one in sentences_of(small, "en"))
    large = compare(small_scenario(), {"Roles": ["raci"]}, 40, measures=["on_time_target"], matters=0.1)
    assert "● +0.40" in "\n".join(shown(large, "en", 80))


def test_a_change_printed_as_zero_is_not_called_better(monkeypatch):
    """Even where everything matters."""
    monkeypatch.setitem(EFFECTS, "raci", {"rework_share": -0.00001})
    FakeEngine(noise=0.0).used(monkeypatch)
    found = compare(small_scenario(measures=["rework_share"]), {"Roles": ["raci"]}, 40, matters=0.0)
    assert "● 0.00" not in "\n".join(shown(found, "en", 80))


DATED = "departments: {a: {staff: 1}}\nprocesses: {p: {demand: {per_week: 5}, steps: {s: {R: a, work: 1}}%s}}\n%s"


def test_measures_are_those_that_the_scenario_can_have():
    """On time where there are dates, money where an hour has a price, and what the scenario names before all."""
    plain = loads(DATED % ("", ""))
    assert headline_measures(plain) == ("lead_time_mean", "conflicts_per_100", "coordination_hours")
    dated = loads(DATED % (", target_days: 5", ""))
    assert headline_measures(dated)[0] == "on_time_target"
    assert headline_measures(dated)[-1] == "coordination_hours"
    paid = loads((DATED % (", target_days: 5", "")).replace("staff: 1", "staff: 1, cost_per_hour: 30"))
    assert headline_measures(paid)[-1] == "coordination_cost"
    named = loads(DATED % ("", "measures: [trust, throughput]\n"))
    assert headline_measures(named) == ("trust", "throughput", "coordination_hours")


def test_the_whole_answer_is_less_than_a_screen():
    """Title, state, table and sentences of five alternatives."""
    console = Screen(io.StringIO(), width=80)
    comparison = compare(small_scenario(), dict(list(MANY.items())[:5]), 12)
    print_comparison(console, comparison.scenario, comparison, "en")
    assert len(console.file.getvalue().splitlines()) <= 40


def test_who_is_called_best_is_explained_and_who_does_harm_too(monkeypatch):
    """The only certain gain may stand fourth; a certain loss is told of whatever stands before it."""
    monkeypatch.setitem(EFFECTS, "weekly_review", {"on_time_target": -0.2})
    alternatives = {
        f"Nothing {k}": [{"kind": "custom", "name": f"n{k}", "cost_minutes": float(k)}] for k in range(1, 5)
    }
    found = compare(small_scenario(), {**alternatives, "Goals": ["shared_kpi"], "Harm": ["weekly_review"]}, 20)
    sentences = sentences_of(found, "en")
    assert sentences[0].startswith("Best in 'on time': Goals")
    assert any(one.startswith("Goals: ") for one in sentences)
    assert any(one.startswith("Harm: ") for one in sentences)
    assert any("No effect can be told yet of: Nothing" in one for one in sentences)
    assert len(sentences) <= 6


def test_measures_that_are_not_defined_are_named(monkeypatch):
    """Rather than left out in silence."""
    monkeypatch.setattr(
        "tests.worlds.fakes.USUAL", {name: one for name, one in USUAL.items() if name != "conflicts_per_100"}
    )
    found = compare(small_scenario(), {"Roles": ["raci"]}, 12)
    assert any("Not defined here: conflicts." in one for one in sentences_of(found, "en"))

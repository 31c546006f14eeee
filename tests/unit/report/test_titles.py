"""What each picture finds: true to the numbers below it, and silent where there is nothing to find."""

import pytest

from sim.report.lettering import Lettering
from sim.report.pictures import material_of
from sim.report.titles import ledger_title, process_title, timeline_title, trust_title
from sim.study.compare import compare
from sim.words.numbers import digits, percentage
from tests.worlds.fakes import EFFECTS, FakeEngine, small_scenario
from tests.worlds.figures import drawn, said

BOTH = {"Goals": ["shared_kpi"], "Meet": ["daily_standup"]}


def material(replications=20, lang="en", alternatives=BOTH):
    """Return a comparison of made-up runs, and what its pictures are drawn from."""
    found = compare(small_scenario(), alternatives, replications)
    return found, material_of(found, Lettering(), lang)


@pytest.fixture(autouse=True)
def engine(monkeypatch):
    """Made-up runs in place of simulated ones."""
    return FakeEngine().used(monkeypatch)


def test_hours_that_are_saved_are_those_of_the_ledger():
    """The sum of the parts, and the part that shrinks most."""
    found, drawn_from = material()
    moved = found.ledger_inherited.loc["Goals"] - found.ledger_inherited.loc["Now"]
    title = ledger_title(drawn_from)
    assert title.startswith(f"With Goals a case takes {digits(-moved.sum())} h less")
    assert digits(moved.min()) in title


def test_where_nothing_is_certain_hours_are_told_as_they_are(monkeypatch):
    """The largest part of now, of its whole."""
    monkeypatch.setitem(EFFECTS, "shared_kpi", {"on_time_target": 0.05})
    FakeEngine(noise=3.0).used(monkeypatch)
    found, drawn_from = material(4)
    now = found.ledger_inherited.loc["Now"]
    assert ledger_title(drawn_from).endswith(f"{digits(now.max())} of {digits(now.sum())} h")


def test_the_last_weeks_are_those_of_the_lines():
    """Means of ten weeks, of now and of the best."""
    found, drawn_from = material()
    weeks = found.timeline.query("series == 'on_time_target'").groupby("alternative")["mean"]
    ends = weeks.apply(lambda one: one.iloc[-10:].mean())
    title = timeline_title(drawn_from)
    assert f"{percentage(ends['Goals'])} are on time with Goals, {percentage(ends['Now'])} now" in title


def test_trust_is_that_of_whoever_moves_it_most():
    """More interventions move it more in the made-up world."""
    more = {"One": ["shared_kpi"], "Three": ["shared_kpi", "raci", "daily_standup"]}
    _, drawn_from = material(alternatives=more)
    assert "with Three" in trust_title(drawn_from) or "whatever is done" in trust_title(drawn_from)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_picture_has_a_finding_of_its_own(lang):
    """No two of the pictures of hours, weeks, trust, departments and steps say the same."""
    found, _ = material(lang=lang)
    figures = drawn(found, lang)
    names = ("ledger", "timeline", "trust", "network", "process")
    assert len({said(figures[name]).split(found.scenario.title.get(lang))[0] for name in names}) == len(names)


def test_the_worst_step_is_that_of_the_map():
    """Named with its process."""
    _, drawn_from = material()
    from sim.report.processpanels import panels_of

    panels = panels_of(drawn_from.places, drawn_from.sheet, list(drawn_from.labels))
    assert process_title(drawn_from, panels).startswith("Most time is lost at ")
    assert process_title(drawn_from, []) == drawn_from.finding()

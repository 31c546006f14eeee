"""A comparison over the ranges of its assumptions: what is drawn, counted, told, drawn as a picture, and kept."""

import json

import numpy as np
import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.engine import Threads
from sim.report.robust import Robust
from sim.scenario import Scenario, dump
from sim.spec.findings import Finding, ScenarioError
from sim.study.compare import planned
from sim.study.rerun import again
from sim.study.robust import robust, surveyed
from sim.study.survey import survey_of
from sim.words import Text, words
from tests.worlds.fakes import FakeEngine, small_scenario
from tests.worlds.figures import drawn, misplaced, said
from tests.worlds.nasty import NASTY, WORLD

BOTH = {"Roles": ["raci"], "All": ["raci", "daily_standup"]}
TURN = 5.0
POINTS = 60
texts = words("robust")


class Latency(FakeEngine):
    """A world in which roles help the more, the sooner work is noticed, and harm from five hours on."""

    def kept(self, scenario, number, seed):
        rows = super().kept(scenario, number, seed)
        kinds = {one.kind for one in scenario.interventions}
        if hasattr(rows, "get"):
            base = 0.5 + 0.01 * number
            help_ = 0.02 * (TURN - scenario.lever("latency")) * ("raci" in kinds) + 0.3 * ("daily_standup" in kinds)
            rows["measures"]["on_time_target"] = np.array([base + help_])
        return rows


@pytest.fixture(scope="module")
def engine():
    """The world above."""
    return Latency(noise=0.0)


@pytest.fixture(scope="module")
def found(engine):
    """A comparison in that world, at sixty points."""
    return robust(small_scenario(), BOTH, points=POINTS, each=2, replications=4, engine=engine)


def rows_of(comparison, label):
    """Return what is known of on-time delivery."""
    rows = comparison.robustness
    return rows[(rows["alternative"] == label) & (rows["measure"] == "on_time_target")].iloc[0]


def test_the_boundary_of_the_sign_is_found(found):
    """The effect is a line in one lever: it is named, with the figure at which the sign changes and the better side."""
    row = rows_of(found, "Roles")
    assert (row["turns_on"], row["helps"]) == ("levers.latency", "below")
    assert row["turns_at"] == pytest.approx(TURN)
    assert row["right_in"] == 1.0
    values = found.tables["values"].query("assumption == 'levers.latency'")["value"]
    assert row["better_in"] == pytest.approx((values < TURN).mean())


def test_ranges_are_those_of_the_points(found):
    """Median, nine of ten points, and how often each is better and best, straight from the table of points."""
    points = found.tables["points"].query("measure == 'on_time_target'")
    wide = points.pivot(index="point", columns="alternative", values="difference")
    for label in BOTH:
        row = rows_of(found, label)
        assert row["middle"] == pytest.approx(wide[label].median())
        assert (row["low"], row["high"]) == pytest.approx(tuple(wide[label].quantile([0.05, 0.95])))
        assert row["better_in"] == (wide[label] > 0).mean()
    best = wide.idxmax(axis=1).where(wide.max(axis=1) > 0)
    assert rows_of(found, "All")["best_in"] == (best == "All").mean() == 1.0
    assert rows_of(found, "Roles")["best_in"] == 0.0


def test_points_are_a_latin_hypercube_and_the_same_for_the_same_seed(found):
    """Every slice of every range is met once; another seed draws other points."""
    told = found.tables["values"].set_index(["point", "assumption"])["value"]
    again, other = (survey_of(planned(small_scenario(), BOTH, 4, seed), POINTS, 2) for seed in (1, 2))
    for point in range(POINTS):
        assert dict(again.values(point)) == dict(told[point])
        assert dict(other.values(point)) != dict(told[point])
    spans = found.tables["assumptions"].set_index("assumption")
    for place, values in found.tables["values"].groupby("assumption")["value"]:
        share = (values - spans["low"][place]) / (spans["high"][place] - spans["low"][place])
        assert sorted(np.floor(share * POINTS)) == list(range(POINTS))


def test_the_comparison_as_written_is_the_usual_one(found, engine):
    """Looking at the ranges changes nothing of it."""
    plan = planned(small_scenario(), BOTH, 4)
    plan.run(engine)
    pd.testing.assert_frame_equal(found.table, plan.comparison().table)


def test_points_that_do_not_look_like_now_are_set_aside(engine):
    """What is known of a measure as things are leaves only the points at which that holds."""
    none = robust(small_scenario(ranges={"on_time_target": [0.9, 1.0]}), BOTH, 2, 2, 4, engine=engine)
    assert none.manifest["robustness"]["unlike"] == 2
    assert not none.surveyed
    every = robust(small_scenario(ranges={"on_time_target": [0.4, 0.6]}), BOTH, 3, 2, 4, engine=engine)
    assert every.manifest["robustness"]["unlike"] == 0


class Known(FakeEngine):
    """A world in which the organization is the later, the later work is noticed, whatever else is done."""

    def kept(self, scenario, number, seed):
        rows = super().kept(scenario, number, seed)
        if hasattr(rows, "get"):
            rows["measures"]["on_time_target"] = np.array([0.5 + 0.02 * (TURN - scenario.lever("latency"))])
        return rows


def test_points_are_drawn_until_they_look_like_now():
    """A measure that is known keeps the combinations that have it, and as many points as were asked for."""
    engine = Known(noise=0.0)
    found = robust(small_scenario(ranges={"on_time_target": [0.5, 0.54]}), BOTH, 8, 2, 4, engine=engine)
    told = found.manifest["robustness"]
    assert (told["points"], told["unlike"]) == (8, 0)
    assert told["rejected"] > 0
    values = found.tables["values"].query("assumption == 'levers.latency'")["value"]
    assert values.between(TURN - 2.0, TURN).all()
    assert values.nunique() == 8


def test_what_an_alternative_says_differently_stays(engine):
    """A whole scenario, or a change, about a lever keeps it wherever the baseline is; what is alike goes along."""
    slow = small_scenario(levers={"latency": 6.9})
    others = {"Slow": [slow, "raci"], "Quick": ["raci", {"levers.latency": 2.0}], "Roles": [small_scenario(), "raci"]}
    comparison = robust(small_scenario(), others, 30, 2, 4, engine=engine)
    points = comparison.tables["points"].query("measure == 'on_time_target'")
    wide = points.pivot(index="point", columns="alternative", values="difference")
    values = comparison.tables["values"].query("assumption == 'levers.latency'").set_index("point")["value"]
    assert wide["Slow"].to_numpy() == pytest.approx(0.02 * (TURN - 6.9))
    assert wide["Quick"].to_numpy() == pytest.approx(0.02 * (TURN - 2.0))
    assert wide["Roles"].to_numpy() == pytest.approx(0.02 * (TURN - values[wide.index]).to_numpy())


def test_the_baseline_may_have_a_name(engine):
    """As in every comparison."""
    comparison = robust(small_scenario(), BOTH, 12, 2, 4, engine=engine, baseline={"en": "As is", "zh": "目前"})
    assert comparison.baseline == "As is"
    assert comparison.surveyed
    assert set(comparison.robustness["alternative"]) == set(BOTH)


def test_points_that_are_no_organization_are_left_out_and_told(engine, monkeypatch):
    """Where values are possible one by one and not together, it costs those points only."""

    def refusing(scenario, *given, **named):
        if scenario.lever("latency") > TURN:
            raise ScenarioError([Finding(Text("too slow", "太慢"))])
        return planned(scenario, *given, **named)

    monkeypatch.setattr("sim.study.survey.planned", refusing)
    comparison = robust(small_scenario(), BOTH, 20, 2, 4, engine=engine)
    told = comparison.manifest["robustness"]
    assert told["refused"] == 8
    assert told["points"] == 12
    assert "8 of 20" in " ".join(Robust(comparison, "en").sentences)


def test_what_is_done_stays_done(engine):
    """An interrupted survey goes on where it was, and tells what it has meanwhile."""
    plan = planned(small_scenario(), BOTH, 4)
    plan.run(engine)
    survey = survey_of(plan, 10, 2)

    def stop(done, total):
        assert total == 10
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        survey.run(engine, stop)
    part = surveyed(plan.comparison(), survey)
    assert part.manifest["robustness"]["points"] == 4
    survey.run(engine)
    whole = surveyed(plan.comparison(), survey)
    direct = robust(small_scenario(), BOTH, 10, 2, 4, engine=engine)
    pd.testing.assert_frame_equal(whole.robustness, direct.robustness)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("better", ["neither", "undefined"])
def test_measures_that_cannot_be_judged_are_told_without_a_judgment(engine, lang, better):
    """Where neither way is better, or where nothing is defined, no count is made up and nothing breaks."""
    name = {"neither": "promise_mean", "undefined": "kpi_sales"}[better]
    comparison = robust(small_scenario(), BOTH, 12, 2, 4, measures=[name], engine=engine)
    robustness = Robust(comparison, lang)
    assert robustness.care == ""
    assert not any(row in said_of for row in BOTH for said_of in robustness.sentences)
    assert ("robust" in drawn(comparison, lang, only=("robust", "summary"))) == (better == "neither")


def test_a_survey_is_not_made_again(found):
    """Whoever runs a comparison again is told so."""
    assert any("sim.robust" in one.en for one in again(found.manifest).differences)
    plan = planned(small_scenario(), BOTH, 4)
    plan.run(Latency(noise=0.0))
    assert not any("sim.robust" in one.en for one in again(plan.comparison().manifest).differences)


@pytest.mark.parametrize("wrong", [{"points": 0}, {"each": 1}, {"points": 2.5}, {"replications": 0}])
def test_numbers_that_cannot_be_meant_are_refused(wrong):
    """Before anything is computed."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        sim.robust(small_scenario(), BOTH, **wrong)


@pytest.mark.parametrize(("points", "said"), [(3, True), (10, False)])
def test_ranges_over_few_points_are_not_left_uncommented(engine, points, said):
    """Below ten of them it is said that they say little."""
    few = robust(small_scenario(), BOTH, points=points, each=2, replications=2, engine=engine)
    told = " ".join(Robust(few, "en").sentences)
    assert ("says next to nothing" in told) is said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_sentences_name_who_leads_what_decides_and_how_wide_it_is(found, lang):
    """In both languages, with the threshold."""
    robustness = Robust(found, lang)
    text = " ".join(robustness.sentences)
    assert found.names["All"].get(lang) in text
    assert found.assumptions["levers.latency"].label.get(lang) in text
    assert texts.VALUES["hours"].format(value="5").get(lang) in text
    assert texts.SIDES["below"].get(lang) in text
    assert str(POINTS) in robustness.care


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("points", [1, pytest.param(5, marks=pytest.mark.long), 40])
def test_the_picture_is_complete_and_nothing_covers_anything(engine, lang, points):
    """However few points there are."""
    comparison = robust(small_scenario(), BOTH, points, 2, 4, engine=engine)
    figures = drawn(comparison, lang, only=("robust", "summary", "slide"))
    for figure in figures.values():
        assert misplaced(figure) == []
    words_on_it = said(figures["robust"])
    for label in BOTH:
        assert comparison.names[label].get(lang) in words_on_it
    assert (texts.BEYOND.get(lang) in words_on_it) == (points == 40)
    assert Robust(comparison, lang).care.split()[0] in said(figures["summary"])
    if points < 10:
        assert not any(
            comparison.names[label].get(lang) in " ".join(Robust(comparison, lang).sentences) for label in BOTH
        )


def test_long_names_and_many_alternatives_have_room(engine):
    """As in every other picture."""
    many = {f"Alternative {k} that a committee agreed upon after long talks": ["raci"] for k in range(12)}
    comparison = robust(small_scenario(), many, 6, 2, 4, engine=engine)
    assert misplaced(drawn(comparison, only=("robust",))["robust"]) == []


def test_without_a_survey_there_is_no_such_picture(engine):
    """The other pictures are those of before."""
    plan = planned(small_scenario(), BOTH, 4)
    plan.run(engine)
    assert drawn(plan.comparison(), only=("robust",)) == {}


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A scenario file, in the world above."""
    file = tmp_path / "small.yaml"
    file.write_text(dump(small_scenario()), encoding="utf-8")
    world = Latency(noise=0.0)
    monkeypatch.setattr(Threads, "results", lambda _, blocks: world.results(blocks))
    return str(file)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_prints_it_below_the_answer(small, capsys, lang):
    """Table and sentences."""
    assert main(["compare", small, "-n", "4", "--robust", "40", "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert texts.BEST.get(lang).split("\n")[0] in out
    assert texts.OF.format(count=40, points=40).get(lang) in out


def test_the_command_writes_it(small, capsys, tmp_path):
    """As a picture, as tables, and as data."""
    out = tmp_path / "out"
    assert main(["compare", small, "-n", "4", "--robust", "15", "--out", str(out), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["robustness"]["Roles"]["on_time_target"]["points"] == 15
    assert data["assumptions"]["levers.latency"]["high"] == 7.0
    assert {"robust.png", "robust.svg", "robustness.csv", "points.csv", "assumptions.csv", "influences.csv"} <= {
        path.name for path in out.iterdir()
    }


def test_an_interruption_keeps_the_points_that_are_done(small, capsys, monkeypatch):
    """What they say is printed, and how far it came."""
    before = FakeEngine.results
    left = [9]

    def counted(engine, blocks):
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return before(engine, blocks)

    monkeypatch.setattr(FakeEngine, "results", counted)
    assert main(["compare", small, "-n", "4", "--robust", "40"]) == 130
    said_of = capsys.readouterr()
    assert texts.INTERRUPTED.format(done=7, wanted=40).get("en") in said_of.err
    assert texts.OF.format(count=7, points=7).get("en") in said_of.out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_names_of_any_letters_stay_what_they_are(engine, lang):
    """Neither markup, formulas nor formats are made of them."""
    alternatives = {f"{k} {NASTY}"[:80]: ["raci"] for k in range(2)}
    comparison = robust(Scenario.model_validate(WORLD), alternatives, 15, 2, 4, engine=engine)
    assert misplaced(drawn(comparison, lang, only=("robust",))["robust"]) == []
    robustness = Robust(comparison, lang)
    assert robustness.order[0] in " ".join(robustness.sentences)

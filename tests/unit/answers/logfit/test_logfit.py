"""An organization from the log of a run: what comes back of it, and what its file says."""

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.answers.logfit.bounces import debounced, visits_of
from sim.answers.logfit.child import text_of_child
from sim.answers.logfit.estimated import estimated_ranges
from sim.answers.logfit.logfit import fit_log, unmet_by
from sim.answers.logfit.noticing import noticed_of
from sim.answers.logfit.structure import Settings, learn
from sim.eventlog.counted import figures
from tests.worlds.desks import desks

pytestmark = pytest.mark.compiled


@pytest.fixture(scope="module")
def log():
    """A log of desks that pass tasks on."""
    return sim.simulated(sim.run(desks(ambiguity=0.9, latency=3.0), seed=3, events=True))


SURVEY = """from,to,trust (1-7),clarity,latency
north,south,2,.4,2.5
north,south,3,0.35,2.0
south,north,6,0.45,2.2
south,north,6,,
"""


@pytest.fixture(scope="module")
def found(log, tmp_path_factory):
    """What is made of it and of what people were asked."""
    file = tmp_path_factory.mktemp("asked") / "survey.csv"
    file.write_text(SURVEY, encoding="utf-8")
    return fit_log(log, points=100, survey=file)


def test_what_was_passed_on_comes_back(log, found):
    """In the figures of a log of the organization, and as disputes rather than as routing."""
    made = sim.run(found.fitted(), 4)
    known = {one.measure: one for one in found.asked}["bounces_per_100"]
    assert made.tables["measures"]["bounces_per_100"].mean() == pytest.approx(known.value, rel=0.3)
    again = figures(sim.simulated(sim.run(found.fitted(), events=True)))
    assert again["handoffs"] == pytest.approx(figures(log)["handoffs"], rel=0.2)


def test_clear_rules_are_an_intervention_on_it(found):
    """Frozen hand-over probabilities could not say what they do."""
    clear = found.fitted().changed({"levers": {"clarity": 1.0}, "ranges": {"levers.clarity": [0.1, 1.0]}})
    before, after = (sim.run(one, 4).tables["measures"]["bounces_per_100"].mean() for one in (found.fitted(), clear))
    assert after < 0.5 * before


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_its_file_is_the_organization(tmp_path, found, lang):
    file = tmp_path / "my.yaml"
    file.write_text(text_of_child(found, lang), encoding="utf-8")
    assert sim.load(file).departments == found.fitted().departments
    assert sim.load(file).ranges == found.fitted().ranges
    assert found.summary(lang)


def test_without_disputes_nothing_is_told_of_them():
    log = sim.simulated(sim.run(desks(ambiguity=0.0, latency=3.0), events=True))
    found = fit_log(log)
    assert found.posterior is None
    assert not len(found.tables["contested"])
    places = {one for one in found.fitted().ranges if not one.startswith("departments.")}
    assert places == {"levers.latency", "levers.latency_spread"}


def test_hours_without_begins_may_be_less_or_more_and_the_truth_is_between(log):
    """A log of ends alone says no more of them than in how many hours nearly all was done."""
    blind = replace(log, events=log.events.assign(start=np.nan), known=log.known - {"start"})
    visits = visits_of(blind)
    learned = learn(debounced(blind, visits), settings=Settings(memory=1))
    ranges = {place: ends for place, ends in estimated_ranges(learned).items() if place.endswith(".work")}
    assert len(ranges) == 3
    low, high = ranges["processes.cases.steps.take.work"]
    assert low < 1.0 <= high  # an hour is what it takes
    low, _, high = noticed_of(learned, blind, visits).hours
    assert low < 3.0 < high


def test_what_is_not_met_is_named(found):
    """Those figures only whose mean lies outside of what the log says."""
    made = sim.run(found.fitted(), 2)
    mean = float(made.tables["measures"]["bounces_per_100"].mean())
    near, far = (
        replace(found.asked[0], measure="bounces_per_100", low=mean + apart - 1.0, high=mean + apart + 1.0)
        for apart in (0.0, 5.0)
    )
    assert unmet_by(made, (near,)) == []
    assert unmet_by(made, (near, far)) == ["bounces_per_100"]


def test_levers_lie_within_their_own_ranges(found):
    """As written: a range that leaves out what the file itself says would be warned of."""
    made = found.fitted()
    for place, (low, high) in made.ranges.items():
        if place.startswith("levers."):
            assert low <= made.lever(place.partition(".")[2]) <= high


def test_what_the_log_cannot_tell_is_told_of_the_organization_too(log, found):
    """The same doubts as whoever looks at the log is told."""
    assert found.tables["doubts"].equals(sim.look_at(log).tables["doubts"])
    page = " ".join(found.summary("en"))
    assert all(said in page for said in found.tables["doubts"]["said_en"])


def test_a_survey_narrows_what_the_log_leaves_open(found):
    """Trust, a lever of disputes, and how long hand-overs wait."""
    made, said = found.fitted(), found.tables["survey"].set_index("assumption")
    assert set(said.index) == {"relations.trust", "levers.clarity", "levers.latency"}
    low, high = made.ranges["levers.latency"]
    assert low <= made.lever("latency") <= high < 4.0
    low, high = made.ranges["levers.clarity"]
    assert said["low"]["levers.clarity"] - 1e-3 <= low <= made.lever("clarity") <= high
    assert high <= said["high"]["levers.clarity"] + 1e-3
    trust = {(one.from_, one.to): one.trust for one in made.relations.pairs}
    assert trust["north", "south"] < 0.4 < 0.6 < trust["south", "north"]

"""Was it the measure: logs of runs with and without it, a change that no lever makes, and what is told of them."""

from dataclasses import replace

import numpy as np
import pytest

import sim
from sim.answers.audit.changes import Change
from sim.answers.beforeafter.beforeafter import BeforeAfterError, arrivals_moved, before_after
from sim.answers.beforeafter.figures import FIGURES, counted_of, measure_of
from sim.answers.beforeafter.observed import ARRIVALS, Observed
from sim.answers.beforeafter.tables import agreement, idle, judged
from sim.eventlog.counted import case_table
from sim.report.answers.page import sections_of

pytestmark = pytest.mark.compiled

LEAST = {"worlds": 20, "replications": 2, "each": 2, "again": 2}
QUICK = {"worlds": 32, "replications": 6, "each": 2, "again": 4}


@pytest.fixture(scope="module")
def scenario():
    """An organization in which hand-offs are disputed."""
    return sim.load("trust_trap", {"horizon_weeks": 20, "warmup_weeks": 2})


@pytest.fixture(scope="module")
def before(scenario):
    """The log of it as it is."""
    return sim.simulated(sim.run(scenario, seed=11, events=True), warmup=False)


@pytest.fixture(scope="module")
def answer(scenario, before):
    """What is found where RACI was introduced, and hours of a case are those of a sixth."""
    run = sim.run(scenario.with_interventions(["raci"]), seed=12, events=True)
    after = squeezed(sim.simulated(run, warmup=False), 6.0)
    return before_after(before, scenario, "raci", after=after, figures=["handoffs", "cycle"], **QUICK)


def squeezed(log, times):
    """Return a log in which everything goes so many times faster once a case is there."""
    came = log.arrivals[log.events["case"]]
    hours = {name: came + (log.events[name] - came) / times for name in ("start", "end")}
    return replace(log, events=log.events.assign(**hours))


def test_what_the_measure_did_is_plausible_and_what_no_lever_does_is_not(answer):
    """Hand-offs are those of a run with it; that cases take a sixth of their time is made up."""
    found = answer.tables["figures"].set_index("figure")
    assert found.loc["handoffs", "certain"]
    assert answer.verdict("handoffs") == "plausible"
    assert found.loc["handoffs", "agreement"] in ("within", "untold")
    assert answer.verdict("cycle") == "beyond"
    assert found.loc["cycle", "agreement"] in ("more", "other_way")


def test_what_has_not_changed_is_not_searched_for(scenario, before):
    """The same organization with other luck: nothing is certain, and no claim is made of it."""
    other = sim.simulated(sim.run(scenario, seed=13, events=True), warmup=False)
    found = before_after(before, scenario, "raci", after=other, figures="on_time", **LEAST)
    (row,) = found.tables["figures"].to_dict("records")
    assert (row["verdict"], row["reason"]) == ("open", "unchanged")
    assert found.tables["searched"].empty
    assert "no change beyond what luck of weeks does" in " ".join(found.summary("en"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_tells_it(answer, lang, tmp_path):
    """Verdicts, what would have had to be true, what was compared, and the method; and a picture of it."""
    told = {heading.get(lang): said for heading, said in sections_of(answer, lang)}
    first, *_ = told.values()
    assert len(first) == 3
    assert len(told) == 5
    assert all("{" not in one for said in told.values() for one in said)
    assert {path.suffix for path in answer.plot(tmp_path, lang)} == {".png", ".svg"}


def test_runs_are_counted_as_logs_are(scenario):
    """A measure of a run is the figure of the log it leaves behind, of the cases that count and are finished."""
    result = sim.run(scenario, seed=3, events=True)
    log = sim.simulated(result, warmup=False)
    table = case_table(log, (log.cases["state"] == "open").to_numpy())
    counted = table[~table["open"] & (table["arrival"] < scenario.window[1])]
    for name, figure in FIGURES.items():
        assert counted_of(result, name, starts=True) == pytest.approx(figure.of(counted).mean(), rel=1e-12)
    measures = [measure_of(one, starts=False) for one in FIGURES.values()]
    alone = sim.run(scenario, seed=3, keep="measures", measures=measures).measures
    assert alone["log_handoffs_by_ends"].item() == pytest.approx(counted["handoffs"].mean(), rel=0.01)
    assert alone["log_boundary_by_ends"].item() > counted["boundary_hours"].mean()


def test_arrivals_change_where_that_is_certain(scenario):
    """All processes by the same factor; what is open about demand stays open."""
    (name, flow), *_ = scenario.processes.items()
    more = Observed(ARRIVALS, "percent", 10.0, 12.0, 0.2, 0.1, 0.3)
    moved = arrivals_moved(scenario, more)
    assert moved[f"processes.{name}.demand.per_week"] == pytest.approx(1.2 * flow.demand.per_week)
    assert arrivals_moved(scenario, replace(more, low=-0.1)) == {}


@pytest.mark.parametrize(
    ("ends", "worlds", "said"),
    [
        ((-0.15, -0.05), (-0.2, 0.0), "within"),
        ((-0.3, -0.1), (-0.2, 0.0), "untold"),
        ((-0.9, 0.9), (-0.2, 0.0), "untold"),
        ((-0.6, -0.4), (-0.2, 0.0), "more"),
        ((-0.2, -0.1), (-0.6, -0.4), "less"),
        ((-0.1, 0.1), (-0.6, -0.4), "less"),
        ((0.1, 0.3), (-0.6, -0.4), "other_way"),
        ((0.1, 0.3), (np.nan, np.nan), ""),
    ],
)
def test_how_both_stand_to_each_other(ends, worlds, said):
    """Both agree only where the log leaves nothing open that worlds do not do; what it shows beyond doubt is told."""
    one = Observed("cycle", "percent", 1.0, 1.0, sum(ends) / 2.0, *ends)
    assert agreement(one, *worlds) == said


@pytest.mark.parametrize(
    ("low", "alone", "verdict", "found"),
    [
        (-0.1, None, "edge", ("open", "unchanged")),
        (0.1, 0.05, "edge", ("plausible", "as_written")),
        (0.1, 0.15, "plausible", ("open", "arrivals")),
        (0.1, -0.15, "beyond", ("beyond", "said")),
    ],
)
def test_what_is_known_beside_the_audit_decides_first(low, alone, verdict, found):
    """Whether anything has changed, whether arrivals alone do as much, and whether it holds as written."""
    one = Observed("cycle", "percent", 1.0, 1.2, 0.2, low, 0.3)
    change = None if alone is None else Change(1.0, 1.0 + alone, alone, alone, alone, 0.0, 3)
    assert judged(one, verdict, "said", as_written=True, alone=change) == found


def test_a_measure_that_moves_nothing_is_not_judged():
    """Nothing of what it acts on is there; a figure of which nothing is known says nothing about that."""
    names = ("simulated", "worlds_low", "worlds_high", "arrivals_alone")
    still, unknown = dict(zip(names, (0.0, -1e-4, 1e-4, np.nan), strict=True)), dict.fromkeys(names, np.nan)
    assert idle([still, unknown])
    assert not idle([still, {**still, "worlds_low": -0.01}])
    assert not idle([unknown])
    busier = {**still, "simulated": 0.1, "worlds_high": 0.3, "arrivals_alone": 0.1}
    assert idle([busier])
    assert not idle([{**busier, "simulated": 0.12}])


def test_questions_that_cannot_be_meant_are_refused(scenario, before):
    """In one sentence."""
    for asked, said in (
        ({}, "expected one of them"),
        ({"after": before, "since": "2001-03-01"}, "expected one of them"),
        ({"after": before, "figures": "cycles"}, "found 'cycles'; did you mean 'cycle'?"),
    ):
        with pytest.raises(BeforeAfterError) as caught:
            before_after(before, scenario, "raci", **asked)
        assert said in str(caught.value)

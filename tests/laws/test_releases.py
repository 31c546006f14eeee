"""Releases: what is done waits for one; every item goes exactly once, never before it is done, never in between."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sim
from sim.kernel.layout import N_STATES
from sim.outcome import cases_of, spent_of
from sim.scenario import ScenarioError, findings_in, loads
from sim.vocab import Activity, Context
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, worlds

WAITS = Context.RELEASE * N_STATES


@st.composite
def released(draw: st.DrawFn) -> World:
    """A world in which cases go out with a release."""
    world = draw(worlds())
    for flow in world["processes"].values():
        flow.pop("served_by", None)
    every, cut_off = draw(st.sampled_from([(1.0, 0.0), (1.0, 0.25), (2.0, 0.5), (3.0, 3.0)]))
    names = list(world["processes"])
    work = {"work": names[1]} if len(names) > 1 and draw(st.booleans()) else {}
    slips = {"slips_at_most_days": (every - cut_off) / 2} if draw(st.booleans()) else {}
    one = {"items": names if not work else names[:1], "every_days": every, "cut_off_days": cut_off}
    world["releases"] = {"train": one | {"at_date": draw(st.sampled_from(["ship", "slip"]))} | work | slips}
    return world


def dates_of(machine: Any) -> Any:
    """Return cut-off, date and latest moment of the only release, date by date."""
    one = machine.params.releases[0]
    return machine.params.numbers[one["dates"] : one["dates"] + 3 * one["n_dates"]].reshape(-1, 3)


def items_of(machine: Any) -> tuple[Any, Any, Any]:
    """Return the accepted items, with when the work on each was done, and the number of the release it was for."""
    cases = cases_of(machine.state)
    spent = spent_of(machine.state.lines[: machine.state.now[0]["n_lines"]], len(cases))
    rides = machine.params.processes["release"][cases["process"]] == 0
    kept = rides & (cases["lost"] == 0) & (cases["prevented"] == 0)
    done = cases["served"] - spent[:, WAITS : WAITS + N_STATES].sum(axis=1)
    meant = np.searchsorted(dates_of(machine)[:, 0], cases["arrival"], side="left")
    return cases[kept], done[kept], meant[kept]


@law
@given(released())
def test_every_item_goes_once_when_a_release_goes_and_never_before_it_is_done(world: World) -> None:
    """It goes with the first release that goes once it is done, of those whose list was closed after it had come."""
    machine = finished(world)
    cases, done, meant = items_of(machine)
    went = machine.state.departures["went"][: len(dates_of(machine))]
    gone = ~np.isnan(cases["served"])
    assert sum(machine.state.departures["items"]) == gone.sum()
    assert (cases["served"][gone] == cases["finish"][gone]).all()
    assert (done[gone] >= cases["arrival"][gone] - 1e-6).all()
    for case, ready, number in zip(cases[gone], done[gone], meant[gone], strict=True):
        with_it = number + case["releases_missed"]
        assert went[with_it] == case["served"] >= ready - 1e-6
        assert (went[number:with_it] <= ready + 1e-6).all()


@law
@given(released())
def test_releases_go_in_order_between_their_date_and_the_latest_moment(world: World) -> None:
    """None goes before its date, none later than it may, none twice; and a list is closed after the last has gone."""
    machine = finished(world)
    cut_offs, dates, latest = dates_of(machine).T
    went = machine.state.departures["went"][: len(dates)]
    known = ~np.isnan(went)
    assert (np.diff(known.astype(int)) <= 0).all()
    assert ((went >= dates) & (went <= latest))[known].all()
    assert (went[:-1] <= cut_offs[1:])[known[:-1]].all()
    assert (known | (latest > machine.time)).all()


@law
@given(released())
def test_a_release_that_ships_goes_on_its_date_unless_its_own_work_holds_it(world: World) -> None:
    """Without work of its own it is always on time, whatever is not done."""
    plain = deepcopy(world)
    plain["releases"]["train"]["at_date"] = "ship"
    plain["releases"]["train"].pop("work", None)
    machine = finished(plain)
    went, dates = machine.state.departures["went"], dates_of(machine)[:, 1]
    assert (went[: len(dates)] == dates)[dates <= machine.time].all()


@law
@given(released())
def test_a_release_that_slips_leaves_nothing_behind_before_the_latest_moment(world: World) -> None:
    """Whatever was accepted by its cut-off goes with it; on its date it goes as soon as all of that is done."""
    plain = deepcopy(world)
    plain["releases"]["train"]["at_date"] = "slip"
    plain["releases"]["train"].pop("work", None)
    machine = finished(plain)
    _, dates, latest = dates_of(machine).T
    departures = machine.state.departures[: len(dates)]
    early = departures["went"] < latest
    assert (departures["left"][early] == 0).all()
    cases, done, meant = items_of(machine)
    for n in np.flatnonzero(early):
        mine = meant == n
        assert (cases["served"][mine] == departures["went"][n]).all()
        assert (cases["releases_missed"][mine] == 0).all()
        older = (meant <= n) & (done <= departures["went"][n] + 1e-6)
        assert departures["went"][n] == pytest.approx(
            max([dates[n], *done[older & (cases["served"] == departures["went"][n])]])
        )


@law
@given(released())
def test_the_time_a_case_waits_for_its_release_is_in_its_ledger(world: World) -> None:
    """Nothing else is: neither work nor waits outside, and nothing of cases that go out with none."""
    machine = finished(world)
    cases = cases_of(machine.state)
    spent = spent_of(machine.state.lines[: machine.state.now[0]["n_lines"]], len(cases))
    waited = spent[:, WAITS : WAITS + N_STATES]
    other = [one for one in range(N_STATES) if one not in (Activity.QUEUE, Activity.CLOSED)]
    assert (waited[:, other] == 0.0).all()
    assert (waited[machine.params.processes["release"][cases["process"]] < 0] == 0.0).all()


@law
@given(released())
def test_work_on_cases_that_press_no_date_is_the_same_with_and_without_releases(world: World) -> None:
    """A release without work of its own delays when cases are handed over, and nothing that people do before."""
    plain = deepcopy(world)
    plain["queue"] = {"rule": "boost", "due": 0.0, "urgency": 0.0, "value": 1.0}
    plain["releases"]["train"].pop("work", None)
    for one in (plain, *plain["departments"].values()):
        one["levers"] = {k: v for k, v in one["levers"].items() if k not in ("changes", "warning")}
    plain["interventions"] = []
    for flow in plain["processes"].values():
        flow.pop("complains", None)
    bare = deepcopy(plain)
    bare["releases"] = {}
    with_it, without = (finished(one) for one in (plain, bare))
    assert differing({"days": traces(with_it)["days"]}, {"days": traces(without)["days"]}) == []
    cases, done, _ = items_of(with_it)
    ends = cases_of(without.state)["finish"][[int(key) for key in _rows(with_it)]]
    gone = ~np.isnan(cases["served"])
    assert done[gone] == pytest.approx(ends[gone], abs=1e-6)


def _rows(machine: Any) -> Any:
    cases = cases_of(machine.state)
    rides = machine.params.processes["release"][cases["process"]] == 0
    return np.flatnonzero(rides & (cases["lost"] == 0) & (cases["prevented"] == 0))


HAND = """
departments: {desk: {staff: 1, calendar: always}, lab: {staff: 1, calendar: always}}
processes:
  feature: {demand: {at: [1, 10, 30, 50, 70]}, steps: {do: {R: desk, work: 12}}}
  test: {demand: {per_week: 0}, steps: {test: {R: lab, work: 30}}}
releases:
  monthly: {items: [feature], every_days: 2, cut_off_days: 1}
levers: {preset: neutral}
horizon_weeks: 1
warmup_weeks: 0
tail_weeks: 1
"""


def told(text: str) -> tuple[Any, Any]:
    """Return the cases that are items, and the first measures, of a scenario as text."""
    result = sim.run(loads(text), seed=1)
    return result, result.measures.iloc[0]


def test_a_release_that_ships_by_hand() -> None:
    """Done at 13, 25, 42, 62 and 82; lists closed at 24, 72, 120; going at 48 and 96: all catch theirs, in time."""
    text = HAND.replace("  test: {demand: {per_week: 0}, steps: {test: {R: lab, work: 30}}}\n", "")
    result, found = told(text)
    assert result.cases["served"].tolist() == [48.0, 48.0, 96.0, 96.0, 96.0]
    assert result.cases["ledger_release"].tolist() == [35.0, 23.0, 54.0, 34.0, 14.0]
    gone = result.tables["releases"]
    assert gone["cut_off"].tolist()[:3] == [24.0, 72.0, 120.0]
    assert gone["went"].tolist() == gone["date"].tolist() == [48.0 * n for n in range(1, 8)]
    assert gone["items"].tolist() == [2, 3, 0, 0, 0, 0, 0]
    assert (found["releases_on_time"], found["release_slip_days"], found["release_caught"]) == (1.0, 0.0, 1.0)
    assert found["items_per_release"] == 5 / 3  # dates within the week: 48, 96, 144


SLOW = HAND.replace("work: 12", "work: 30").replace(
    "  test: {demand: {per_week: 0}, steps: {test: {R: lab, work: 30}}}\n", ""
)


def test_what_is_not_done_misses_a_release_that_ships_and_holds_one_that_slips() -> None:
    """Done at 31, 61, 91, 121 and 151.

    Shipping: one of the two accepted by 24 goes at 48, the other and the first of three at 96, the rest at 144 and 192.
    Slipping: the first goes at 61 with both; of the three the last is done at 151, but it may not slip beyond the next
    cut-off at 120: with it goes what is done by then, and the rest at 151, which is within the third's time.
    """
    result, found = told(SLOW)
    assert result.cases["served"].tolist() == [48.0, 96.0, 96.0, 144.0, 192.0]
    assert result.cases["releases_missed"].tolist() == [0, 1, 0, 1, 2]
    assert found["release_caught"] == 0.4
    assert result.tables["releases"]["left"].tolist()[:3] == [1, 2, 1]
    result, found = told(SLOW.replace("cut_off_days: 1", "cut_off_days: 1, at_date: slip"))
    assert result.cases["served"].tolist() == [61.0, 61.0, 120.0, 151.0, 151.0]
    assert result.tables["releases"]["went"].tolist()[:4] == [61.0, 120.0, 151.0, 192.0]
    assert found["releases_on_time"] == 0.0
    assert found["release_slip_days"] == pytest.approx((13 + 24 + 7) / 3 / 24)
    assert found["release_caught"] == 0.6
    result, _ = told(SLOW.replace("cut_off_days: 1", "cut_off_days: 1, at_date: slip, slips_at_most_days: 0.5"))
    assert result.tables["releases"]["went"].tolist()[:4] == [60.0, 108.0, 151.0, 192.0]


def test_the_work_of_the_release_itself_holds_it() -> None:
    """The test begins when the list is closed and takes 30 hours, which is 6 more than there are."""
    result, found = told(HAND.replace("cut_off_days: 1", "cut_off_days: 1, work: test"))
    items = result.cases[result.cases["process"] == "feature"]
    assert items["served"].tolist() == [54.0, 54.0, 102.0, 102.0, 102.0]
    tests = result.cases[result.cases["process"] == "test"]
    assert tests["arrival"].tolist() == [24.0 + 48.0 * n for n in range(7)]
    assert tests["ledger_release"].fillna(0.0).tolist() == [0.0] * 7
    assert (found["releases_on_time"], found["release_slip_days"]) == (0.0, 0.25)


def test_dates_one_by_one_and_what_comes_after_the_last() -> None:
    """Four campaigns a year are four dates; who comes after the last cut-off is never served."""
    text = HAND.replace("every_days: 2, cut_off_days: 1", "at: [30, 60]")
    result, _ = told(text.replace("  test: {demand: {per_week: 0}, steps: {test: {R: lab, work: 30}}}\n", ""))
    assert result.cases["served"].tolist()[:3] == [30.0, 30.0, 60.0]
    assert result.cases["served"].isna().tolist() == [False, False, False, True, True]


def test_a_change_of_what_is_done_is_refused() -> None:
    """Who wants something else while the case waits for its release is told that it is too late."""
    text = HAND.replace("  test: {demand: {per_week: 0}, steps: {test: {R: lab, work: 30}}}\n", "")
    text = text.replace("at: [1, 10, 30, 50, 70]", "at: [1]").replace("every_days: 2, cut_off_days: 1", "at: [300]")
    text = (
        text.replace("work: 12}", "work: 0.001, changeable: true}")
        .replace("steps:", "target_days: 12, steps:")
        .replace("tail_weeks: 1", "tail_weeks: 2")
    )
    text = text.replace("preset: neutral", "preset: neutral, changes: 3")
    case = told(text)[0].cases.iloc[0]
    assert (case["changes_accepted"], case["defective"]) == (0, False)
    assert case["changes_refused"] > 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("items: [feature]", "items: [featur]", "items.*: found 'featur', expected a process .*'feature'"),
        ("items: [feature]", "items: []", "items: found .*at least 1"),
        ("every_days: 2, ", "", "monthly: .*one of every_days"),
        ("every_days: 2, ", "every_days: 2, at: [5], ", "monthly: .*one of every_days"),
        ("every_days: 2, ", "at: [50, 50], ", "at: .*each later than the one before"),
        ("every_days: 2, ", "at: [50, 60], first: 1, ", "monthly: .*expected"),
        ("cut_off_days: 1", "cut_off_days: 3", "cut_off_days: found 3, expected at most 2, the days from one release"),
        (
            "cut_off_days: 1",
            "cut_off_days: 1, slips_at_most_days: 1.5",
            "slips_at_most_days: found 1.5, expected at most 1",
        ),
        ("cut_off_days: 1", "at_date: wait", "at_date: found 'wait', expected"),
        ("cut_off_days: 1", "work: tset", "work: found 'tset', expected a process .*'test'"),
        ("cut_off_days: 1", "work: feature", "work: found 'feature', whose cases go out with release 'monthly'"),
        (
            "cut_off_days: 1}",
            "work: test}\n  b: {items: [feature], every_days: 1}",
            "items.*: found 'feature', whose cases",
        ),
        (
            "cut_off_days: 1}",
            "work: test}\n  b: {items: [feature], every_days: 1, work: test}",
            "which release 'monthly'",
        ),
        ("steps: {do:", "served_by: do, steps: {do:", "items.*: found 'feature', whose customers are served by one of"),
        ("cut_off_days: 1}", "cut_off_days: 1}", "per_week: found 0"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(old: str, new: str, said: str) -> None:
    """Place, what was found, what would do."""
    with pytest.raises(ScenarioError, match=said):
        loads(HAND.replace(old, new))


def test_dates_may_be_written_as_dates() -> None:
    """Also beyond the horizon, where what is done in its last weeks goes out."""
    text = HAND.replace("  test: {demand: {per_week: 0}, steps: {test: {R: lab, work: 30}}}\n", "")
    text = text.replace("every_days: 2, cut_off_days: 1", 'at: [2027-01-05, "2027-01-12 12:00"]')
    result, _ = told(text + "starts_on: 2027-01-04\n")
    assert result.tables["releases"]["date"].tolist() == [24.0, 204.0]
    every = text.replace('at: [2027-01-05, "2027-01-12 12:00"]', "every_days: 7, first: 2027-01-06")
    assert told(every + "starts_on: 2027-01-04\n")[0].tables["releases"]["date"].tolist() == [48.0, 216.0]


@pytest.mark.parametrize("dates", ["at: [5000]", "every_days: 400, first: 5000", "every_days: 400, first: -48"])
def test_whoever_waits_in_vain_is_told(dates: str) -> None:
    """None goes within the run that takes along anybody who counts; the file as it stands has nothing of the kind."""
    vain = loads(SLOW.replace("every_days: 2, cut_off_days: 1", dates))
    assert any("they wait in vain" in str(one) for one in findings_in(vain))
    assert not any("in vain" in str(one) for one in findings_in(loads(SLOW)))


def test_a_software_house_with_monthly_releases_and_a_campaign_a_quarter() -> None:
    """Features and fixes go out together, on dates of a calendar; adverts with their own campaign."""
    house = sim.load(Path(__file__).parent / "software_house.yaml")
    result = sim.run(house, 2, seed=1)
    gone = result.tables["releases"]
    assert set(gone["release"]) == {"monthly", "campaign"}
    assert (gone["went"].dropna() >= gone["date"][gone["went"].notna()]).all()
    assert (result.measures["items_per_release"] > 5.0).all()

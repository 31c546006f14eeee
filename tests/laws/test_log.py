"""The log of all that happens: it agrees with the kernel at every hour, sums to what is known, and changes nothing."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.kernel.machine import Machine
from sim.log.moves import ENDINGS, Moves
from sim.log.window import ALWAYS, touching
from sim.outcome import Outcome, harvest, ledger_parts, start
from sim.replications import run
from sim.scenario import Scenario
from sim.tables import EVERYTHING, LOGGED, TABLES, put_together
from sim.vocab import LEDGER_PARTS, Event, Kind, Note
from tests.laws.test_same_bits import Silent
from tests.worlds.anatomy import at_work, live_requests, pending
from tests.worlds.drawn import World, compiled, end_of, law, worlds
from tests.worlds.witness import WITNESS

EXACT = 1e-9
"""Hours by which sums may differ that are added up in another order."""

fewer = settings(law, max_examples=max(2, law.max_examples // 3))


def machine_with_log(world: World) -> Machine:
    """Return a machine at time zero that logs everything."""
    return start(compiled(world), 1, 0, log=True)


def outcome_of(world: World, machine: Machine) -> Outcome:
    """Return what a machine with a log has produced so far."""
    return harvest(compiled(world), machine, 0, log=ALWAYS)


def table(outcome: Outcome, name: str) -> pd.DataFrame:
    """Return one table of one replication, names as numbers."""
    frame = put_together(name, [TABLES[name].rows(outcome)], [0])
    for column in ("from", "to", "worked_by", "department", "awaited", "raised_by", "against"):
        if column in frame:
            frame[column] = frame[column].cat.codes
    return frame


def under_way(machine: Machine) -> Any:
    """Return how many requests are on their way to each department, by the events that will bring them."""
    events, rows = pending(machine), machine.state.requests
    events = events[events["kind"] == Event.RECEIVE]
    counted = rows["token"][events["who"]] == events["stamp"]
    return np.bincount(rows["dept"][events["who"][counted]], minlength=len(machine.state.departments))


def hours_of(world: World) -> tuple[Outcome, Any, Any]:
    """Return what a world leaves behind, full hours, and what the kernel counts in each: waiting, busy, on the way."""
    machine, hours = machine_with_log(world), np.arange(end_of(world) + 1.0)
    counted = []
    for hour in hours:
        machine.advance(hour)
        departments = machine.state.departments
        assert (departments["busy"] == at_work(machine)).all()
        counted.append((departments["waiting"].copy(), departments["busy"].copy(), under_way(machine)))
    return outcome_of(world, machine), hours, np.array(counted)


def counted_at(hours: Any, owners: Any, begin: Any, end: Any, many: int) -> Any:
    """Return how many intervals cover each of some times, by owner; what has no end goes on."""
    begin, end = (np.asarray(one, dtype=float) for one in (begin, end))
    found = np.zeros((len(hours), many), dtype=int)
    for k, hour in enumerate(hours):
        here = (begin <= hour) & ~(end <= hour)
        found[k] = np.bincount(np.asarray(owners)[here], minlength=many)
    return found


@law
@given(worlds())
def test_who_waits_is_at_work_and_on_the_way_is_what_the_kernel_counts_every_hour(world: World) -> None:
    """Moves that are noticed and not taken up, less what is set aside, are the queue; begun and not ended are busy."""
    outcome, hours, kernel = hours_of(world)
    moves, parked = table(outcome, "moves"), table(outcome, "parked")
    parked = parked.drop_duplicates(["move", "begin"])
    many = kernel.shape[2]
    over = moves.begun.fillna(moves.ended)
    noticed = moves[moves.received.notna()]
    waiting = counted_at(hours, noticed.to, noticed.received, over[noticed.index], many)
    aside = counted_at(hours, parked.department, parked.begin, parked.end, many)
    assert (waiting - aside == kernel[:, 0]).all()
    taken = moves[moves.begun.notna()]
    assert (counted_at(hours, taken.worked_by, taken.begun, taken.ended, many) == kernel[:, 1]).all()
    assert (counted_at(hours, moves.to, moves.sent, moves.received, many) == kernel[:, 2]).all()


@law
@given(worlds())
def test_every_move_ends_once(world: World) -> None:
    """At most one line ends it, the row of a request is not used again before, and what is open is still somewhere."""
    machine = machine_with_log(world)
    machine.advance(end_of(world))
    outcome = outcome_of(world, machine)
    moves = Moves.of(outcome)
    over = np.isin(moves.note, list(ENDINGS))
    ended = np.bincount(moves.numbers[over], minlength=len(moves.sent))
    assert (moves.numbers >= 0).all()
    assert (ended <= 1).all()
    rows = moves.sent["row"][ended == 0]
    assert len(set(rows)) == len(rows)
    assert set(rows) <= set(live_requests(machine))
    state = machine.state
    busy, waiting = state.departments["busy"].sum(), state.departments["waiting"].sum()
    aside = table(outcome, "parked")
    aside = aside[aside.end.isna()].move.nunique()
    assert len(rows) == busy + waiting + under_way(machine).sum() + aside


@law
@given(worlds())
def test_moves_are_in_order(world: World) -> None:
    """Sent, noticed, begun, ended; what waits for another was sent before it, and is of the same case."""
    machine = machine_with_log(world)
    machine.advance(end_of(world))
    moves = table(outcome_of(world, machine), "moves")
    times = moves[["sent", "received", "begun", "ended"]]
    known = times.ffill(axis=1)
    assert (known.diff(axis=1).iloc[:, 1:] >= 0.0).all().all()
    assert (moves.how == "open").equals(moves.ended.isna())
    children = moves[moves.parent >= 0]
    parents = moves.loc[children.parent.to_numpy()]
    assert (parents.case.to_numpy() == children.case.to_numpy()).all()
    assert (parents.index.to_numpy() < children.index.to_numpy()).all()
    assert set(children.kind) <= {"consult", "approve", "rework", "triage", "mediate"}
    assert (moves.parent[moves.kind.isin(["consult", "approve", "rework", "triage"])] >= 0).all()


@law
@given(worlds())
def test_work_is_set_aside_until_the_last_answer_has_come(world: World) -> None:
    """It is whoever asked that waits, each for those it has asked; an answer that is out leaves the end open."""
    machine = machine_with_log(world)
    machine.advance(end_of(world))
    outcome = outcome_of(world, machine)
    parked, moves = table(outcome, "parked"), table(outcome, "moves")
    answers = parked[parked.reason == "answers"]
    each = answers.groupby(["move", "begin"])
    last = each["answered"].agg(lambda found: found.max(skipna=False))
    pd.testing.assert_series_equal(each["end"].first(), last, check_names=False)
    assert (each["end"].nunique() <= 1).all()
    questions = moves[moves.kind == "consult"]
    assert sorted(zip(answers.move, answers.awaited, strict=True)) == sorted(
        zip(questions.parent, questions.to, strict=True)
    )
    assert (parked.department.to_numpy() == moves.to.loc[parked.move].to_numpy()).all()


@law
@given(worlds())
def test_conflicts_sum_to_the_frozen_hours_of_their_cases(world: World) -> None:
    """As many as broke out, as long as cases were frozen; and open ones stand at the tier they have reached."""
    machine = machine_with_log(world)
    machine.advance(end_of(world))
    outcome = outcome_of(world, machine)
    frozen, cases = table(outcome, "frozen"), outcome.cases
    over = frozen[frozen.end.notna()]
    hours = np.bincount(over.case, over.end - over.begin, minlength=len(cases))
    assert hours == pytest.approx(cases["frozen_hours"], abs=EXACT)
    assert (np.bincount(frozen.case, minlength=len(cases)) == cases["conflicts"]).all()
    still = frozen[frozen.end.isna()]
    rows = machine.state.cases[machine.state.cases["number"] >= 0]
    rows = rows[cases["frozen"][rows["number"]] > 0]
    told = dict(zip(still.case, zip(still.raised_by, still.against, still.tier, strict=True), strict=True))
    assert told == {one["number"]: (one["side_a"], one["side_b"], one["tier"]) for one in rows}


@law
@given(worlds())
def test_timelines_sum_to_the_ledger_of_every_case(world: World) -> None:
    """Part by part, without gaps or overlaps, from arrival to service; and of no other case."""
    machine = machine_with_log(world)
    machine.advance(end_of(world))
    outcome = outcome_of(world, machine)
    lines, cases = table(outcome, "timelines"), outcome.cases
    lead = np.where(np.isnan(cases["served"]), 0.0, cases["served"] - cases["arrival"])
    found = ledger_parts(outcome.spent)
    normal = lines.part.astype(str) == lines.activity.astype(str)
    whole = lines.end - lines.begin
    for part in LEDGER_PARTS:
        hours = {"tax": lines.tax * normal, "closed": lines.closed * normal}.get(part)
        if hours is None:
            hours = (lines.part == part) * np.where(normal, lines.open, whole)
        assert np.bincount(lines.case, hours, minlength=len(cases)) == pytest.approx(found[part], abs=EXACT), part
    assert (lines.open + lines.tax + lines.closed).to_numpy() == pytest.approx(whole.to_numpy(), abs=EXACT)
    first, last = (lines.groupby("case")[name].agg(how) for name, how in (("begin", "first"), ("end", "last")))
    assert (first == cases["arrival"][first.index]).all()
    assert (last == cases["served"][last.index]).all()
    assert set(np.flatnonzero(lead > 0.0)) == set(lines.case)
    inside = lines.case.eq(lines.case.shift())
    assert (lines.begin[inside] == lines.end.shift()[inside]).all()


@law
@given(worlds())
def test_meetings_count_what_is_answered_and_settled_in_them(world: World) -> None:
    """Every answer has a meeting at that time at which both were present, and every settlement had both sides there."""
    machine = machine_with_log(world)
    machine.advance(end_of(world))
    outcome = outcome_of(world, machine)
    meetings, moves, frozen = (table(outcome, name) for name in ("meetings", "moves", "frozen"))
    assert meetings.meeting.nunique() <= machine.state.now[0]["meetings"]
    there = set(zip(meetings.begin, meetings.department, strict=True))
    answered = moves[moves.how == "in_meeting"]
    settled = frozen[frozen.settled == "meeting"]
    assert meetings.answered.sum() == len(answered)
    assert meetings.settled.sum() == 2 * len(settled)
    for pairs in (
        zip(answered.ended, answered["from"], strict=True),
        zip(answered.ended, answered["to"], strict=True),
        zip(settled.end, settled.raised_by, strict=True),
        zip(settled.end, settled.against, strict=True),
    ):
        assert set(pairs) <= there


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Compare two tables to the bit."""
    pd.testing.assert_frame_equal(one, other, check_exact=True)


@pytest.mark.compiled  # many events
@fewer
@given(worlds())
def test_a_log_changes_no_bit(world: World) -> None:
    """On or off, in one go or day by day, on one thread or two: the same results, and the same log."""
    scenario = Scenario.model_validate(world)
    plain = run(scenario, 2, events=True, threads=1)
    logged = run(scenario, 2, events=True, log=True, threads=1)
    asked = run(scenario, 2, events=True, log=True, threads=2, department=Silent)
    for name in (*EVERYTHING, "events"):
        same(plain.tables[name], logged.tables[name])
    for name in logged.tables:
        same(logged.tables[name], asked.tables[name])


@fewer
@given(worlds(), st.integers(-1, 2), st.integers(0, 2))
def test_a_window_keeps_the_rows_that_touch_it(world: World, first: int, more: int) -> None:
    """The same rows with the same numbers as without it; cases that touch it are whole."""
    scenario = Scenario.model_validate(world)
    whole, part = (run(scenario, 1, log=log, keep=LOGGED) for log in (True, (first, first + more)))
    begin, end = first * 168.0, (first + more + 1) * 168.0
    ends = {"moves": ("sent", "ended"), "meetings": ("begin", "begin")}
    for name in LOGGED:
        frame = whole.tables[name]
        if name == "busy":
            frame = frame.assign(begin=frame["week"] * 168.0, end=frame["week"] * 168.0)
        since, until = (frame[one] for one in ends.get(name, ("begin", "end")))
        if name == "timelines":
            since, until = (
                frame.groupby("case")[one].transform(how) for one, how in (("begin", "min"), ("end", "max"))
            )
        kept = frame[(since < end) & ~(until < begin)].reset_index(drop=True)
        same(kept[list(part.tables[name])], part.tables[name])


def test_everything_that_can_be_logged_happens() -> None:
    """In the organization in which everything happens there is a line of every sort: the laws above are not empty."""
    machine = machine_with_log(WITNESS)
    machine.advance(end_of(WITNESS))
    outcome = outcome_of(WITNESS, machine)
    assert set(outcome.log["note"]) == set(Note)
    moves = table(outcome, "moves")
    assert set(moves.kind.cat.codes) == set(Kind)
    assert set(moves.how) == set(moves.how.cat.categories)
    for name in ("frozen", "parked"):
        frame = table(outcome, name)
        for column in ("cause", "settled", "reason"):
            if column in frame:
                assert set(frame[column]) == set(frame[column].cat.categories), column
    assert touching(outcome, np.array([0.0]), np.array([np.nan])).all()

"""Minutes agree with the log: what was answered and settled in each meeting, and what was still open then."""

import pytest

import sim
from sim.scenario import Scenario
from sim.spec.findings import TextError
from sim.templates import Minutes, minutes

SHORT = {"warmup_weeks": 1, "horizon_weeks": 8}
WEEK = 168.0


def with_meetings() -> Scenario:
    """A manufacturer with two kinds of meetings, some at the same hour, in which conflicts are often settled."""
    scenario = sim.load("order_delivery", SHORT)
    own = {"kind": "custom", "name": "Call", "meets": [{"minutes": 30, "days": ["mon", "thu"], "settles": 0.9}]}
    return scenario.with_interventions(["daily_standup", own])


@pytest.fixture(scope="module")
def log() -> sim.RunResult:
    """The same run in one go."""
    return sim.run(with_meetings(), 1, 5, log=True)


@pytest.fixture(scope="module", params=[1, 4, 6])
def found(request: pytest.FixtureRequest) -> tuple[int, Minutes]:
    """The minutes of a week."""
    return request.param, minutes(with_meetings(), request.param, seed=5)


@pytest.mark.compiled
def test_meetings_are_those_of_the_log_with_its_counts(found: tuple[int, Minutes], log: sim.RunResult) -> None:
    """Of the week asked for, each once; a conflict has two sides there."""
    week, told = found
    begin = (1 + week) * WEEK
    seats = log.meetings[(log.meetings["begin"] >= begin) & (log.meetings["begin"] < begin + WEEK)]
    counts = seats.groupby("meeting")[["answered", "settled"]].sum()
    assert told.meetings["meeting"].tolist() == counts.index.tolist()
    assert told.meetings["answered"].tolist() == counts["answered"].tolist()
    assert (2 * told.meetings["settled"]).tolist() == counts["settled"].tolist()
    assert len(told.answered) == told.meetings["answered"].sum() > 0
    assert len(told.settled) == told.meetings["settled"].sum()
    for row in told.meetings.itertuples():
        there = seats[seats["meeting"] == row.meeting]["department"]
        assert row.present.split(", ") == there.tolist()


@pytest.mark.compiled
def test_answers_are_moves_that_ended_in_that_meeting(found: tuple[int, Minutes], log: sim.RunResult) -> None:
    """Of the case, between those who are named."""
    _, told = found
    begins = told.meetings.set_index("meeting")["begin"]
    moves = log.moves[log.moves["how"] == "in_meeting"].astype({"from": str, "to": str, "kind": str})
    for row in told.answered.itertuples():
        of = moves[(moves["case"] == row.case) & (moves["ended"] == begins[row.meeting])]
        mine = of[(of["from"] == row.asked_by) & (of["to"] == row.answered_by) & (of["kind"] == row.kind)]
        assert (mine["sent"] == row.sent).any()


@pytest.mark.compiled
def test_open_actions_are_questions_and_conflicts_that_were_not_over(
    found: tuple[int, Minutes], log: sim.RunResult
) -> None:
    """Sent before the meeting, ended after it or never, and none left out between those present."""
    _, told = found
    moves = log.moves.astype({"from": str, "to": str, "kind": str})
    for row in told.meetings.itertuples():
        there = row.present.split(", ")
        asked = moves[moves["kind"].isin(["consult", "approve"]) & moves["from"].isin(there) & moves["to"].isin(there)]
        waiting = asked[(asked["sent"] < row.begin) & ~(asked["ended"] <= row.begin)]
        mine = told.open[told.open["meeting"] == row.meeting]
        questions = mine[mine["kind"] != "conflict"]
        got = set(zip(questions["case"], questions["owner"], questions["since"], strict=True))
        assert set(zip(waiting["case"], waiting["to"], waiting["sent"], strict=True)) <= got
        over = asked[asked["ended"] < row.begin]
        answered = told.answered[told.answered["meeting"] == row.meeting]
        assert not got & set(zip(over["case"], over["to"], over["sent"], strict=True))
        assert not got & set(zip(answered["case"], answered["answered_by"], answered["sent"], strict=True))
        for one in mine[mine["kind"] == "conflict"].itertuples():
            frozen = log.frozen[(log.frozen["case"] == one.case) & (log.frozen["begin"] == one.since)].iloc[0]
            assert not frozen["end"] <= row.begin
            assert set(one.owner.split(", ")) == {frozen["raised_by"], frozen["against"]}


@pytest.mark.compiled
def test_conflicts_that_were_settled_are_those_of_the_log(log: sim.RunResult) -> None:
    """Over all weeks: each that a meeting has settled is in the minutes of that meeting."""
    told = [minutes(with_meetings(), week, seed=5) for week in range(8)]
    settled = [(row.case, row.begin) for one in told for row in one.settled.itertuples()]
    frozen = log.frozen[(log.frozen["settled"] == "meeting") & (log.frozen["end"] < 9 * WEEK)]
    expected = frozen[frozen["end"] >= WEEK]
    assert sorted(settled) == sorted(zip(expected["case"], expected["begin"], strict=True))
    assert settled


def test_without_meetings_it_is_said_what_to_do() -> None:
    """In one sentence; and a week in which none was held has empty tables."""
    with pytest.raises(TextError, match="no intervention of this scenario holds meetings; add one, such as --with"):
        minutes(sim.load("order_delivery", SHORT))
    later = sim.load("order_delivery", SHORT).with_interventions([{"kind": "daily_standup", "start_week": 4}])
    told = minutes(later, week=1)
    assert all(frame.empty for frame in (told.meetings, told.answered, told.settled, told.open))
    assert "owner" in told.open.columns
    with pytest.raises(TextError, match="week: found 99"):
        minutes(later, week=99)

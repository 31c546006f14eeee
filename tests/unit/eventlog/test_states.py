"""What a log says itself of its cases: whether they are finished, at its end and at a time before."""

import pandas as pd
import pytest

from sim.eventlog.endings import endings
from sim.eventlog.log import EventLog
from sim.eventlog.reading import read_log
from sim.eventlog.states import is_state
from sim.eventlog.writing.written import write_log

MONDAY = pd.Timestamp("2024-01-01")


@pytest.fixture(scope="module")
def log():
    rows = [(f"c{k}", what, 24.0 * k + at) for k in range(30) for what, at in (("take", 9.0), ("close", 30.0))]
    table = pd.DataFrame(rows, columns=["case", "activity", "hour"])
    table["end"] = MONDAY + pd.to_timedelta(table.pop("hour"), unit="h")
    state = {f"c{k}": "open" if k in (3, 4) else "lost" if k == 5 else "done" for k in range(30)}
    return EventLog.of(table, "orders", state=state)


def test_what_the_log_says_is_not_guessed(log):
    found = endings(log)
    assert log.cases["case"][found.open].tolist() == ["c3", "c4"]
    assert (found.said, int(found.unsure.sum())) == (30, 0)


def test_of_an_earlier_time_it_is_not_known_what_becomes_of_what_goes_on(log):
    early = log.happened(0.0, 24.0 * 10 + 12)
    assert early.cases["case"][endings(early).open].tolist() == ["c3", "c4", "c10"]


@pytest.mark.parametrize("ending", ["csv", "xes"])
def test_a_state_that_was_written_is_read_back(log, tmp_path, ending):
    again = read_log(write_log(log, tmp_path / f"orders.{ending}"))
    assert again.cases["state"].tolist() == log.cases["state"].tolist()
    assert any("state" in note.en for note in again.notes)


def test_a_state_that_changes_within_a_case_is_none_of_the_case(tmp_path):
    file = tmp_path / "log.csv"
    rows = [f"c{k},{what},2024-01-0{1 + j} 10:00,{state}" for k in range(5)
            for j, (what, state) in enumerate([("take", "open"), ("close", "done")])]  # fmt: skip
    file.write_text("\n".join(["case,activity,end,status", *rows]))
    assert "state" not in read_log(file).cases


@pytest.mark.parametrize(
    ("values", "are"), [(["Open", "已完成", " Closed"], True), (["open", "approve"], False), ([], False)]
)
def test_only_words_that_tell_are_states(values, are):
    assert is_state(pd.Series(values, dtype=object)) is are

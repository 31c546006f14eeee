"""A second table with one row a case."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.spec.findings import ScenarioError

EVENTS = """ticket,step,end
A,open,2026-03-02 09:00
A,close,2026-03-03 09:00
B,open,2026-03-02 10:00
C,open,2026-03-02 11:00
"""


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """A log of three cases that says nothing of due dates."""
    path = tmp_path / "events.csv"
    path.write_text(EVENTS)
    return path


def read(events: Path, table: str, **asked: str) -> sim.EventLog:
    """Return the log with a second table."""
    path = events.with_name("cases.csv")
    path.write_text(table)
    return sim.read_log(events, cases=path, **asked)


def test_due_dates_and_priorities_come_from_it(events: Path) -> None:
    """In any order, also of cases that the log does not have; a case that it does not know is without."""
    log = read(events, "id;deadline;priority\nX;2026-03-09 12:00;low\nC;;high\nA;2026-03-03 08:00;low\n")
    assert log.cases["due"].to_numpy() == pytest.approx([32.0, np.nan, np.nan], nan_ok=True)
    assert log.cases["priority"].astype(object).where(log.cases["priority"].notna(), "").tolist() == ["low", "", "high"]
    assert {"due", "priority"} <= log.known
    assert any("2 of 3 cases" in str(note.get("en")) for note in log.notes)


def test_a_date_lasts_until_its_end(events: Path) -> None:
    """As in the log itself."""
    assert read(events, "ticket,deadline\nA,2026-03-03\nB,2026-03-04\n").cases["due"].tolist()[:2] == [48.0, 72.0]


def test_a_state_alone_is_enough_and_a_day_may_have_its_clock_beside_it(events: Path) -> None:
    """What became of cases, and the date and the hour at which they are due."""
    log = read(
        events, "ticket,status,day,hour\nA,Closed,2026-03-03,08:00\nB,In progress,2026-03-04,9:30\n", due="day+hour"
    )
    assert log.cases["state"].astype(object).where(log.cases["state"].notna(), "").tolist() == [
        "Closed",
        "In progress",
        "",
    ]
    assert log.cases["due"].tolist()[:2] == [32.0, 57.5]


def test_columns_may_be_named(events: Path) -> None:
    """By the options of the same name, which then mean this table."""
    assert read(events, "a,b\nA,2026-03-03 08:00\n", due="b").cases["due"][0] == 32.0


@pytest.mark.parametrize(
    ("table", "asked", "sentence"),
    [
        ("x,deadline\nQ,2026-03-03\n", {}, r"cases\.csv: found no column with the cases of the log; there are x"),
        ("x,y\nA,2\n", {}, r"cases\.csv: found no due date, no priority and no state"),
        ("ticket,deadline\nA,2026-03-03\n", {"due": "dead"}, r"cases\.csv: .*--due.*dead"),
    ],
)
def test_what_cannot_be_meant(events: Path, table: str, asked: dict[str, str], sentence: str) -> None:
    """One sentence with the file and what there is."""
    with pytest.raises(ScenarioError, match=sentence):
        read(events, table, **asked)

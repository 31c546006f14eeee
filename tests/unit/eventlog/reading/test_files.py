"""Logs in XES, as Jira exports them and in workbooks, and what files of other kinds are."""

import copy
import json
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

import sim
from sim.eventlog.log import EventLog
from sim.spec.findings import ScenarioError

KEYS = {"name": "concept:name", "at": "time:timestamp", "is": "lifecycle:transition", "by": "org:resource",
        "in": "org:group", "no": "concept:instance"}  # fmt: skip


def xes(*traces, log=""):
    """Return a log in XES; a trace is its name, further attributes and its events."""
    held = '<?xml version="1.0"?>\n<log xmlns="http://www.xes-standard.org/">' + log
    for name, about, *events in traces:
        held += "\n<trace>" + "".join(f'<string key="{key}" value="{value}"/>' for key, value in about.items())
        held += f'<string key="concept:name" value="{name}"/>' if name else ""
        for event in events:
            said = "".join(f'<string key="{KEYS[key]}" value="{value}"/>' for key, value in event.items())
            held += f"\n<event>{said}<list key='x'><string key='concept:name' value='not this'/></list></event>"
        held += "</trace>"
    return held + "</log>"


def at(hour, name, is_="complete", **more):
    """Return an event of Monday, 4 March 2024."""
    return {"name": name, "at": f"2024-03-04T{hour:02d}:00:00Z", "is": is_, **more}


def read(tmp_path, text, name="log.xes", **asked):
    """Return the log in a file and what was said about it."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    log = sim.read_log(tmp_path / name, **asked)
    return log, " ".join(note.en for note in log.notes)


def test_starts_and_completions_are_paired(tmp_path):
    """The k-th start of an activity in a case belongs to its k-th completion; others stand for themselves."""
    events = [at(8, "a", "schedule"), at(9, "a", "start"), at(10, "a", "start"), at(11, "a"), at(12, "b"), at(13, "a"),
              at(14, "c", "start")]  # fmt: skip
    log, told = read(tmp_path, xes(("x", {}, *events)))
    assert log.events["activity"].tolist() == ["a", "b", "a", "c"]
    assert log.events["end"].tolist() == [11, 12, 13, 14]
    np.testing.assert_array_equal(log.events["start"], [9, np.nan, 10, np.nan])
    assert "2 of 3 completions were joined" in told
    assert "Left out 1 row that neither starts nor completes" in told
    assert "1 start has no completion" in told


def test_pieces_of_work_are_told_apart_by_their_instance(tmp_path):
    """The second that starts may be the first that ends."""
    events = [at(9, "a", "start", no=1), at(10, "a", "start", no=2), at(11, "a", no=2), at(15, "a", no=1)]
    log, _ = read(tmp_path, xes(("x", {}, *events)))
    assert log.events["start"].tolist() == [10, 9]


def test_attributes_of_traces(tmp_path):
    """Due dates and priorities by name; traces of one name, or of none, are cases of their own."""
    about = {"due date": "2024-03-05T12:00:00Z", "priority": "high"}
    text = xes(("x", about, at(9, "a", by="p", **{"in": "g"})), ("x", {}, at(10, "a")), ("", {}, at(11, "a")))
    log, told = read(tmp_path, text)
    assert log.cases["case"].tolist() == ["x", "x (2)", "3"]
    assert log.known == {"due", "priority", "group", "resource"}
    assert log.cases["due"].tolist()[0] == 36.0
    assert "1 trace is called as another" in told
    assert "1 trace without a name" in told


def test_zone_and_end_of_the_whole(tmp_path):
    """As our own logs say them."""
    log = '<string key="zone" value="Asia/Shanghai"/><date key="until" value="2024-03-11T00:00:00Z"/>'
    read_, _ = read(tmp_path, xes(("x", {}, at(9, "a")), log=log))
    assert (read_.zone, read_.until, read_.events["end"][0]) == ("Asia/Shanghai", 7 * 24 + 8, 17.0)


def test_what_is_written_is_read(tmp_path):
    """A log that is written and read is the same, in both forms."""
    events = pd.DataFrame(
        {
            "case": ["1", "1", "2"], "activity": ["a", "b", "a"], "group": ["g", "h", "g"],
            "resource": ["p", None, "q"],
            "start": pd.to_datetime(["2024-03-04 09:00", "2024-03-04 10:00", "2024-03-05 09:00"]),
            "end": pd.to_datetime(["2024-03-04 09:30", "2024-03-04 11:00", "2024-03-05 09:15"]),
        }
    )  # fmt: skip
    log = EventLog.of(events, due={"1": pd.Timestamp("2024-03-06 12:00")}, priority={"1": "high", "2": "low"})
    for name in ("log.csv", "log.xes.gz"):
        again = sim.read_log(sim.write_log(log, tmp_path / name))
        pd.testing.assert_frame_equal(again.events, log.events, check_dtype=False, check_categorical=False)
        pd.testing.assert_frame_equal(again.cases, log.cases, check_dtype=False, check_categorical=False)
        assert (again.known, again.origin, again.name) == (log.known, log.origin, "log")


ISSUE = {
    "key": "P-1",
    "fields": {
        "created": "2024-03-04T09:00:00.000+0100", "resolutiondate": "2024-03-05T09:00:00.000+0100",
        "duedate": "2024-03-06",
        "priority": {"name": "High"}, "assignee": {"displayName": "Bob"},
        "status": {"name": "Done", "statusCategory": {"key": "done"}},
    },
    "changelog": {
        "total": 3,
        "histories": [
            {
                "created": "2024-03-05T09:00:00.000+0100",
                "items": [{"field": "status", "fromString": "Doing", "toString": "Done"}],
            },
            {
                "created": "2024-03-04T10:00:00.000+0100",
                "items": [
                    {"field": "assignee", "fromString": "Ann", "toString": "Bob"},
                    {"field": "Assigned team", "fromString": "Desk", "toString": "Network"},
                ],
            },
            {
                "created": "2024-03-04T12:00:00.000+0100",
                "items": [{"field": "status", "fromString": "Open", "toString": "Doing"}],
            },
        ],
    },
}  # fmt: skip


def test_a_changelog_of_jira(tmp_path):
    """A stay in a status with an assignee is an event; what is not over yet is none."""
    open_ = copy.deepcopy(ISSUE) | {"key": "P-2"}
    open_["fields"] |= {"status": {"name": "Done"}, "resolutiondate": None}
    log, told = read(tmp_path, json.dumps({"issues": [ISSUE, open_, {"key": "P-3"}]}), "issues.json")
    assert log.cases["case"].tolist() == ["P-1", "P-2"]
    first = log.events[log.events["case"] == 0]
    assert first["activity"].tolist() == ["Open", "Open", "Doing"]
    assert first["resource"].tolist() == ["Ann", "Bob", "Bob"]
    assert first["group"].tolist() == ["Desk", "Network", "Network"]
    assert first["start"].tolist() == [9, 10, 12]
    assert first["end"].tolist() == [10, 12, 33]
    assert log.cases["due"].tolist() == [72, 72]
    assert "6 events of 3 issues" in told
    assert "1 stay is not over yet" in told
    assert "Left out 1 issue without a key" in told


def test_a_table_of_jira(tmp_path):
    """It has one event or two a case, which is said; columns may have one name."""
    text = "Issue key,Issue id,Status,Created,Resolved,Assignee,Reporter,Due date,Priority,Comment,Comment\n"
    text += 'P-1,1,Done,07/Mar/11 9:42 AM,08/Mar/11 1:42 PM,Ann,Bob,09/Mar/11 12:00 AM,High,"a\nb",c\n'
    text += "P-2,2,Open,07/Mar/11 9:43 AM,,Ann,Cho,,High,a,c\n"
    log, told = read(tmp_path, text, "jira.csv")
    assert log.events["activity"].tolist() == ["Created", "Done", "Created"]
    assert log.events["resource"].tolist() == ["Bob", "Ann", "Cho"]
    assert "one row an issue" in told
    asked, told = read(tmp_path, text, "jira.csv", activity="Status", end="Created")
    assert len(asked.events) == 2
    assert "one row an issue" not in told


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A workbook with notes, and events under a title."""
    made, begin = Workbook(), datetime(2024, 3, 4, 9)
    made.active.append(["hello"])
    sheet = made.create_sheet("Log")
    sheet.append(["Tickets of March"])
    sheet.append(["工单号", "环节", "开始时间", "完成时间", "处理部门"])
    for one in range(8):
        hour = begin + timedelta(hours=one)
        sheet.append([1000 + one // 4, "abcd"[one % 4], hour, hour + timedelta(minutes=30), "xy"[one % 2]])
    sheet["D10"] = "soon"
    path = tmp_path_factory.mktemp("book") / "book.xlsx"
    made.save(path)
    return path


def test_a_workbook(book):
    """The sheet with events is found; cells are named."""
    log = sim.read_log(book)
    assert log.events["end"].tolist() == [9.5, 10.5, 11.5, 12.5, 13.5, 14.5, 15.5]
    assert log.cases["case"].tolist() == ["1000", "1001"]
    told = " ".join(note.en for note in log.notes)
    assert "on the sheet 'Log'" in told
    assert "book.xlsx, Log!D10: found 'soon'" in told
    with pytest.raises(ScenarioError, match="expected one of Sheet, Log; did you mean 'Log'"):
        sim.read_log(book, sheet="Lag")
    with pytest.raises(ScenarioError, match="found no table"):
        sim.read_log(book, sheet="Sheet")

"""Logs as files: what was written is read again by other means, and by whoever knows the format."""

import csv
import gzip
import json
import sqlite3
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from sim.eventlog.log import EventLog
from sim.eventlog.reading import read_log
from sim.eventlog.simulated import simulated
from sim.eventlog.writing import parts
from sim.eventlog.writing.endings import ENDINGS, EndingError
from sim.eventlog.writing.written import write_log
from sim.replications import run
from sim.scenario import load

XES = "{http://www.xes-standard.org/}"
FORMULA, HOSTILE = "=SUM(A1)", 'A & B <"x">\r\n\x1b\ufffe\t\u202e中文'


@pytest.fixture
def log():
    """Two cases in summer time, with everything that a log may know and texts that are hard to write."""
    local = ["2024-06-03 09:00", "2024-06-03 09:30:15.125", "2024-06-03 12:00", "2024-06-04 08:00"]
    events = pd.DataFrame(
        {
            "case": ["a", HOSTILE, "a", HOSTILE],
            "activity": [FORMULA, "object", HOSTILE, "object"],
            "group": ["Sales", "sales", None, "Sales"],
            "resource": ["Ann", None, "Ann", "Bob"],
            "start": pd.to_datetime(["2024-06-03 08:30", None, "2024-06-03 12:00", "2024-06-04 07:00"]),
            "end": pd.to_datetime(local, format="mixed"),
        }
    )
    due = {"a": pd.Timestamp("2024-06-05 17:00")}
    made = EventLog.of(events, "hard", zone="Europe/Berlin", due=due, priority={HOSTILE: "high"})
    cases = made.cases.assign(pieces=[3, 4], weight=[0.5, np.nan], vip=[True, False], state=["done", "open"])
    return EventLog(**{**vars(made), "cases": cases})


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_log_makes_the_same_bytes(log, tmp_path, ending, monkeypatch):
    """Under another name, too, and, as far as order is the same, however many events are held at a time."""
    first = write_log(log, tmp_path / f"one{ending}").read_bytes()
    if ending != ".sqlite":
        monkeypatch.setattr(parts, "PART", 1)
    assert write_log(log, tmp_path / f"other{ending.upper()}").read_bytes() == first


def test_a_table_of_events(log, tmp_path):
    """Texts are what they were, times on the clock of the log; what is unknown is empty."""
    path = write_log(log, tmp_path / "log.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        first, *rows = csv.reader(file)
    assert first[:8] == ["case", "activity", "group", "resource", "start", "end", "due", "priority"]
    assert rows[0][:4] == ["a", FORMULA, "Sales", "Ann"]
    assert rows[0][4:8] == ["2024-06-03 08:30:00.000", "2024-06-03 09:00:00.000", "2024-06-05 17:00:00.000", ""]
    assert rows[2][:6] == [HOSTILE, "object", "sales", "", "", "2024-06-03 09:30:15.125"]
    assert dict(zip(first, rows[2], strict=True)) | {"pieces": "4", "weight": "", "vip": "False"} == dict(
        zip(first, rows[2], strict=True)
    )


def _said(node):
    return {one.get("key"): one.get("value") for one in node if one.get("key")}


def test_xes(log, tmp_path):
    """Work begins and ends with one instance; times say how far the clock is ahead; no XML holds what XML cannot."""
    root = ET.parse(write_log(log, tmp_path / "log.xes")).getroot()
    assert root.tag == f"{XES}log"
    assert root.get("xes.version") == "1849-2016"
    order = [f"{XES}{one}" for one in ("extension", "global", "classifier", "string", "date", "trace")]
    places = [order.index(one.tag) for one in root]
    assert all(one <= other for one, other in pairwise(places))
    first, second = root.findall(f"{XES}trace")
    about = _said(first)
    assert about["concept:name"] == "a"
    assert about["due"] == "2024-06-05T17:00:00.000+02:00"
    assert {one.get("key"): one.tag.removeprefix(XES) for one in second} | {
        "pieces": "int", "vip": "boolean", "priority": "string",
    } == {one.get("key"): one.tag.removeprefix(XES) for one in second}  # fmt: skip
    events = [_said(one) for one in first.findall(f"{XES}event")]
    told = [(one["concept:instance"], one["lifecycle:transition"]) for one in events]
    assert told == [("0", "start"), ("0", "complete"), ("1", "start"), ("1", "complete")]
    assert events[0]["time:timestamp"] == "2024-06-03T08:30:00.000+02:00"
    assert (events[0]["org:group"], events[0]["org:resource"]) == ("Sales", "Ann")
    assert "org:group" not in events[2]
    assert events[2]["concept:name"] == HOSTILE.replace("\x1b", r"\x1b").replace("\ufffe", r"\ufffe")
    assert [_said(one)["lifecycle:transition"] for one in second.findall(f"{XES}event")] == [
        "complete", "start", "complete",
    ]  # fmt: skip


def test_objects_and_events_in_json(log, tmp_path):
    """Every object and type that an event names is there once; values have the kinds that their types say."""
    data = json.loads(write_log(log, tmp_path / "log.jsonocel").read_text(encoding="utf-8"))
    assert list(data) == ["objectTypes", "eventTypes", "objects", "events"]
    kinds = {
        (one["name"], each["name"]): each["type"]
        for part in ("objectTypes", "eventTypes")
        for one in data[part]
        for each in one["attributes"]
    }
    objects = {one["id"]: one for one in data["objects"]}
    assert len(objects) == len(data["objects"]) == 2 + 2 + 2
    python = {"string": str, "time": str, "integer": int, "float": float, "boolean": bool}
    for one in (*data["objects"], *data["events"]):
        for each in one["attributes"]:
            assert type(each["value"]) is python[kinds[one["type"], each["name"]]]
    assert {one["type"] for one in data["events"]} == {one["name"] for one in data["eventTypes"]}
    for one in data["events"]:
        assert {each["objectId"] for each in one["relationships"]} <= set(objects)
    first = data["events"][0]
    assert (first["type"], first["time"]) == (FORMULA, "2024-06-03T07:00:00.000Z")
    assert first["attributes"] == [{"name": "start", "value": "2024-06-03T06:30:00.000Z"}]
    assert [one["qualifier"] for one in first["relationships"]] == ["case", "done by", "performed by"]
    states = [each for one in data["objects"] for each in one["attributes"] if each["name"] == "state"]
    assert [one["time"] for one in states] == ["2024-06-04T06:00:00.000Z"] * 2


def test_objects_and_events_in_a_database(log, tmp_path, monkeypatch):
    """Keys lead somewhere; every type has a table of its own; the tables hold what the JSON says."""
    monkeypatch.setattr(parts, "PART", 1)
    path = write_log(log, tmp_path / "log.sqlite")
    data = json.loads(write_log(log, tmp_path / "log.jsonocel").read_text(encoding="utf-8"))
    with sqlite3.connect(path) as database:
        read = database.execute
        assert read("PRAGMA foreign_key_check").fetchall() == []
        assert read("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = {name for (name,) in read("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert {"event", "object", "event_object", "object_object", "event_map_type", "object_map_type"} <= tables
        for what in ("event", "object"):
            assert read(f"SELECT ocel_id, ocel_type FROM {what} ORDER BY 1").fetchall() == sorted(
                (one["id"], one["type"]) for one in data[f"{what}s"]
            )
            for kind, short in read(f"SELECT ocel_type, ocel_type_map FROM {what}_map_type").fetchall():
                rows = read(f'SELECT DISTINCT ocel_id FROM "{what}_{short}" ORDER BY 1').fetchall()
                assert rows == read(f"SELECT ocel_id FROM {what} WHERE ocel_type = ? ORDER BY 1", [kind]).fetchall()
        pairs = [(one["id"], *each.values()) for one in data["events"] for each in one["relationships"]]
        assert sorted(read("SELECT * FROM event_object").fetchall()) == sorted(pairs)
        changed = read("SELECT ocel_changed_field, state, due FROM object_case WHERE ocel_changed_field NOT NULL")
        assert changed.fetchall() == [("state", "done", None), ("state", "open", None)]
    database.close()


@pytest.mark.parametrize(("name", "found"), [("log.xlsx", "ends with '.xlsx'"), ("log", "the name 'log'")])
def test_any_other_ending_is_refused(log, tmp_path, name, found):
    """In one sentence, with what is allowed."""
    with pytest.raises(EndingError, match=r"expected one that ends with .csv, .csv.gz, .xes") as caught:
        write_log(log, tmp_path / name)
    assert found in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_log_without_groups_and_begins(tmp_path):
    """Is written without them."""
    events = pd.DataFrame({"case": ["1"], "activity": ["x"], "end": pd.to_datetime(["2024-01-01"])})
    log = EventLog.of(events)
    assert (
        write_log(log, tmp_path / "log.csv").read_text("utf-8-sig")
        == "case,activity,end\n1,x,2024-01-01 00:00:00.000\n"
    )
    data = json.loads(write_log(log, tmp_path / "log.jsonocel").read_text("utf-8"))
    assert [one["name"] for one in data["objectTypes"]] == ["case"]
    (event,) = ET.parse(write_log(log, tmp_path / "log.xes")).getroot().iter(f"{XES}event")
    assert "org:group" not in _said(event)


@pytest.mark.parametrize("ending", [".csv", ".csv.gz", ".xes", ".xes.gz"])
def test_what_was_written_is_read_again(tmp_path, ending):
    """A run's log comes back as it was, to half a millisecond."""
    log = simulated(run(load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2}), events=True))
    again = read_log(write_log(log, tmp_path / f"log{ending}"))
    assert (again.origin, again.zone, again.known) == (log.origin, log.zone, log.known)
    for table, other, names in (
        (log.events, again.events, ("case", "activity", "group")),
        (log.cases, again.cases, ("case", "priority")),
    ):
        for name in names:
            assert table[name].astype(object).tolist() == other[name].astype(object).tolist()
    for table, other, name in (
        (log.events, again.events, "start"), (log.events, again.events, "end"), (log.cases, again.cases, "due"),
    ):  # fmt: skip
        np.testing.assert_allclose(other[name], table[name], atol=0.5 / 3.6e6 + 1e-9)

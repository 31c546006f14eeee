"""How a look at a log is told and drawn: no more than its tables say, in both languages."""

import re

import numpy as np
import pandas as pd
import pytest

from sim.answers.look.look import look_at
from sim.eventlog.log import EventLog
from sim.report.answers.look import figures
from sim.report.answers.page import sections_of
from sim.report.lettering import Lettering

MONDAY = pd.Timestamp("2024-01-01")


def log_of(count=300, group=True, due=True):
    """Return a log of cases that go from sales to the shop, each fifth of them back and forth, which then is late."""
    rows = []
    for number in range(count):
        time = 24.0 * (number // 5 * 7 % 5 + number // 25 * 7) + 9.0 + number % 7
        steps = ["sales", "shop", "sales", "shop"] if number % 5 == 0 else ["sales", "shop"]
        rows += [
            (f"c{number}", f"step {place}", where, f"{where} {number % 2}", time + 5.0 * place)
            for place, where in enumerate([*steps, "shop"])
        ]
    table = pd.DataFrame(rows, columns=["case", "activity", "group", "resource", "end"])
    table["end"] = MONDAY + pd.to_timedelta(table["end"], unit="h")
    last = table.groupby("case")["end"].max()
    late = np.array([int(case[1:]) % 5 == 0 for case in last.index])
    dates = last + pd.to_timedelta(np.where(late, -1, 1), unit="h")
    return EventLog.of(table if group else table.drop(columns="group"), "orders", due=dates if due else None)


@pytest.fixture(scope="module")
def found():
    return look_at(log_of())


def test_the_page_tells_what_the_tables_say(found):
    told = {heading.en: " ".join(said) for heading, said in sections_of(found, "en")}
    first = told["What the log tells: orders"]
    assert "300 cases and 1,020 events" in first
    handed = (
        "A finished case is handed on 1.40 times on average between 2 groups (100 % are handed on at all); in 20 % of"
    )
    assert handed in first
    assert "100 % of 240, 3: 0 % of" in first.replace("On time by number of hand-offs: 1: ", "")
    assert "sales to shop: 360 hand-offs (86 % of all), waiting 5 h (median; mean 5 h)" in told["Who passes to whom"]
    doubts = found.tables["doubts"]
    cannot = told["What the log cannot tell, and what it means for a fit"]
    assert all(said in cannot for said in (*doubts["said_en"], *doubts["fit_en"]))


def test_the_page_is_told_in_chinese(found):
    told = [sentence for _, said in sections_of(found, "zh") for sentence in said]
    assert any("共 300 件事项、1,020 个事件" in one for one in told)
    assert not any("{" in one or "hand-off" in one for one in told)


@pytest.mark.parametrize(("known", "names"), [
    ({}, ["overview", "clock", "passing", "time", "lateness"]),
    ({"group": False, "due": False}, ["overview", "clock"]),
])  # fmt: skip
def test_only_what_the_log_knows_is_drawn(known, names):
    answer = look_at(log_of(**known))
    with Lettering().used():
        assert [name for name, _ in figures(answer, "zh")] == names


def test_titles_of_figures_state_findings(found):
    with Lettering().used():
        drawn = dict(figures(found, "en"))
    titles = {name: "".join(text.get_text() for text in figure.axes[0].texts) for name, figure in drawn.items()}
    assert "late more often: 100 % with 3 hand-offs, 0 % with 1" in titles["lateness"]
    assert "86 % of the waiting between groups arises where sales passes to shop" in titles["passing"]
    assert "of the time of finished cases passes between groups; in 20 % of them" in titles["time"]


def _small(rows, start=None):
    """Return a log of rows (case, activity, group, hour at which it ended), perhaps all with one begin."""
    table = pd.DataFrame(rows, columns=["case", "activity", "group", "end"])
    for name in ("end", *(["start"] if start is not None else [])):
        table[name] = MONDAY + pd.to_timedelta(table["end"] if name == "end" else start, unit="h")
    return EventLog.of(table, "small")


SMALL = {
    "one event a case": _small([(f"c{k}", "abc"[k % 3], "GH"[k % 2], 10.0 * k) for k in range(30)]),
    "one case": _small([("c", "abca"[k], "GHGG"[k], hour) for k, hour in enumerate((1.0, 5.0, 30.0, 60.0))]),
    "one event": _small([("c", "a", "G", 1.0)]),
    "one day": _small([(f"c{k // 2}", "ab"[k % 2], "GH"[k % 2], 8.0 + k / 3) for k in range(20)]),
    "one moment": _small([(f"c{k // 2}", "ab"[k % 2], "GH"[k % 2], 9.0) for k in range(20)]),
    "one hour of work": _small([(f"c{k // 2}", "ab"[k % 2], "GH"[k % 2], 9.0) for k in range(20)], 8.0),
}
UNKNOWN = re.compile(r"\b(nan|inf|n/a|None|NaT)\b|–(?! ?[0-9])|无数据|\b1 (cases|events|weeks|hand-offs|days|times)\b")
"""What stands for a number that there is not, or with a number where it is another."""


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_of_logs_that_know_next_to_nothing_no_sentence_has_a_number_that_there_is_not(name, lang):
    answer = look_at(SMALL[name])
    told = [sentence for _, said in sections_of(answer, lang) for sentence in said]
    assert [one for one in told if UNKNOWN.search(one)] == []


def test_titles_of_a_log_that_knows_next_to_nothing_say_so():
    with Lettering().used():
        drawn = {name: dict(figures(look_at(SMALL[name]), "en")) for name in ("one event a case", "one moment")}
    said = {key: {name: " ".join(one.get_text() for one in figure.axes[0].texts) for name, figure in every.items()}
            for key, every in drawn.items()}  # fmt: skip
    assert list(said["one event a case"]) == ["overview", "clock"]
    assert "in work" not in said["one event a case"]["overview"].split("small:")[0]
    assert "All events happen at one moment" in said["one moment"]["overview"]
    assert "When people work cannot be told" in said["one moment"]["clock"]
    assert "(times as written)" in said["one moment"]["clock"]
    assert "No time passes where groups pass cases" in said["one moment"]["passing"]
    assert not any(UNKNOWN.search(one) for every in said.values() for one in every.values())


def test_of_hundreds_of_groups_with_long_names_the_largest_are_drawn_and_no_name_leaves_the_page():
    rows = [(f"c{k}", "a", f"Purchasing of raw materials and spare parts number {min(k % 97, (5 * k + j) % 97)}",
             float(3 * k + j)) for k in range(400) for j in range(3)]  # fmt: skip
    with Lettering().used():
        drawn = dict(figures(look_at(_small(rows)), "en"))["passing"]
        axes = drawn.axes[0]
        boxes = [text.get_window_extent() for text in axes.texts]
        told = " ".join(" ".join(text.get_text().split()) for text in axes.texts)
    assert "groups with fewest events are drawn as one" in told
    assert all(drawn.bbox.x0 <= box.x0 and box.x1 <= drawn.bbox.x1 for box in boxes)
    title, *below = sorted((box for box in boxes if box.width), key=lambda box: -box.y1)[:2]
    names = [box for text, box in zip(axes.texts, boxes, strict=True) if text.get_rotation()]
    assert len(names) == 12
    assert max(box.y1 for box in names) <= min(box.y0 for box in (title, *below))

"""A look at a log: what is found, and what is said to be beyond it, on logs that are made to have one flaw each."""

import numpy as np
import pandas as pd
import pytest

from sim.answers.look.look import look_at
from sim.eventlog.log import EventLog

MONDAY = pd.Timestamp("2023-01-02")


def log_of(rows, **known):
    """Return a log of rows (case, activity, group, resource, hour at which it ended)."""
    table = pd.DataFrame(rows, columns=["case", "activity", "group", "resource", "end"])
    table["end"] = MONDAY + pd.to_timedelta(table["end"], unit="h")
    return EventLog.of(table, "orders", **known)


def firm(weeks=60, each=10, seed=1):
    """Return rows of cases that go from sales to a workshop and, one in four, back and forth once more."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(weeks * each):
        begin = 168.0 * (number // each) + 24.0 * random.integers(5) + random.uniform(8, 16)
        steps = [("take", "sales"), ("make", "shop")]
        steps += [("ask", "sales"), ("make", "shop")] if number % 4 == 0 else []
        hours = begin + np.append(0.0, np.cumsum(random.uniform(2.0, 60.0, len(steps))))
        several = zip([*steps, ("close", "shop")], hours, strict=True)
        rows += [(f"c{number}", what, group, f"{group}{number % 3}", time) for (what, group), time in several]
    return rows


@pytest.fixture(scope="module")
def rows():
    return firm()


@pytest.fixture(scope="module")
def found(rows):
    return look_at(log_of(rows))


def doubts(answer):
    return set(answer.tables["doubts"]["doubt"])


def test_who_passes_to_whom_is_counted_with_how_often_it_comes_back(found):
    passes = found.tables["passes"].set_index(["from", "to"])
    assert passes["handoffs"].to_dict() == {("sales", "shop"): 750, ("shop", "sales"): 150}
    assert passes.loc[("sales", "shop"), "back"] == 150  # to the shop, and at once back to sales
    assert passes.loc[("shop", "sales"), "back"] == 150
    assert passes["share"].sum() == pytest.approx(1.0)
    assert found.tables["handoffs"].set_index("handoffs")["cases"].to_dict() == {0: 0, 1: 450, 2: 0, 3: 150}
    assert found.tables["ping_pong"]["cases"].tolist() == [450, 0, 150]
    assert found.tables["time"]["share"].sum() == pytest.approx(1.0)


def test_a_sound_log_is_not_suspected_of_what_others_do(found):
    assert doubts(found) <= {"starts_missing", "no_due", "open", "begins_empty"}


def test_what_everybody_should_know_is_plain_data_in_both_languages(found):
    data = found.to_json()
    assert data["kind"] == "look"
    assert (data["cases"], data["groups"], data["people"]) == (600, 2, 6)
    for row in data["tables"]["doubts"]:
        assert all(row[name] for name in ("said_en", "said_zh", "fit_en", "fit_zh"))
        assert "{" not in "".join(row[name] for name in ("said_en", "said_zh", "fit_en", "fit_zh"))


def test_cases_that_were_selected_by_their_end_are_noticed_and_arrivals_are_not_read_off_them():
    random = np.random.default_rng(2)
    rows = []
    for number, begin in enumerate(np.sort(random.uniform(0, 100 * 168, 6000))):
        end = begin + random.exponential(6 * 168)
        if end >= 97 * 168:
            rows += [(f"c{number}", "open", "a", "x", begin), (f"c{number}", "close", "b", "y", end)]
    answer = look_at(log_of(rows))
    assert "ended" in doubts(answer)
    assert "shift" not in doubts(answer)
    border = str((MONDAY + pd.Timedelta(weeks=97)).date())
    assert answer.found.date(answer.found.selected.ended_from) >= border


def test_cases_that_were_selected_by_their_begin_are_noticed(rows):
    late = [("long", "take", "sales", "sales1", 59 * 168.0), ("long", "close", "shop", "shop1", 70 * 168.0)]
    answer = look_at(log_of([*rows, *late]))
    assert "begun" in doubts(answer)
    assert "ended" not in doubts(answer)


def test_a_group_that_appears_later_and_a_level_that_changed_are_told_with_their_date(rows):
    new = [
        (f"n{case}", what, group, resource, time)
        for case, what, group, resource, time in firm(60, 20, seed=3)
        if time >= 30 * 168
    ]
    new = [(*row[:2], "lab" if row[1] == "close" else row[2], *row[3:]) for row in new]
    table = look_at(log_of([*rows, *new])).tables["doubts"].set_index("doubt")
    assert {"shift", "groups_come"} <= set(table.index)
    assert "lab (2023-0" in table.loc["groups_come", "said_en"]
    assert table.loc["shift", "value"] == pytest.approx(3.0, rel=0.15)


@pytest.mark.parametrize(("late_of", "flat"), [(lambda number, hands: number % 9 == 0, True),
                                               (lambda number, hands: hands or number % 9 == 1, False)])  # fmt: skip
def test_lateness_that_knows_nothing_of_handoffs_is_called_flat(rows, late_of, flat):
    log = log_of(rows)
    case = log.cases["case"].str[1:].astype(int).to_numpy()
    late = np.array([late_of(number, number % 4 == 0) for number in case])
    due = MONDAY + pd.to_timedelta(log.finishes + np.where(late, -1.0, 100.0), unit="h")
    answer = look_at(log_of(rows, due=pd.Series(due, index=log.cases["case"])))
    assert ("flat" in doubts(answer)) is flat
    assert answer.tables["lateness"]["cases"].sum() == len(answer.found.finished)


def test_bunches_dates_without_times_and_names_spelled_twice_are_told(rows):
    bunch = [(f"c{k}", "archive", "shop", "robot", 61 * 168.0 + 2.5) for k in range(400)]
    renamed = [(*row[:3], "Sales 0" if row[3] == "sales0" and k % 2 else row[3], row[4]) for k, row in enumerate(rows)]
    renamed = [(*row[:3], row[3].replace("sales0", "SALES-0"), row[4]) for row in renamed]
    told = look_at(log_of([*renamed, *bunch])).tables["doubts"].set_index("doubt")
    assert "archive (robot)" in told.loc["batches", "said_en"]
    assert told.loc["batches", "value"] == pytest.approx(400 / len([*rows, *bunch]))
    assert "SALES-0" in told.loc["names", "said_en"]
    days = [(*row[:4], 24.0 * (row[4] // 24)) for row in rows]
    assert {"dates_only", "same_second"} <= doubts(look_at(log_of(days)))


def test_a_log_without_groups_says_so_and_one_without_events_cannot_be_looked_at(rows):
    table = pd.DataFrame(rows[:40], columns=["case", "activity", "group", "resource", "end"])
    table["end"] = MONDAY + pd.to_timedelta(table["end"], unit="h")
    log = EventLog.of(table.drop(columns=["group", "resource"]))
    assert "no_groups" in doubts(look_at(log))
    with pytest.raises(ValueError, match="no event"):
        look_at(log.only(np.zeros(len(log.cases), dtype=bool)))

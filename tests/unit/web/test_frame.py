"""The frame: what all answers share, for organizations of any kind, as plain data in both languages."""

import json
import re
from itertools import pairwise

import pytest

import sim
from sim.web.document import page_folder
from sim.web.frame import PAGE, frame_of, words_of
from sim.words import LANGUAGES, table
from tests.worlds.fakes import small_scenario
from tests.worlds.organizations import organization

EVERY = {
    "order_delivery": sim.load("order_delivery"),
    "trust_trap": sim.load("trust_trap"),
    "twelve": organization(12, 3),
    "three": organization(3, 2, approvers=False),
}


@pytest.fixture(scope="module", params=EVERY)
def both(request):
    """Return a scenario and its frame."""
    scenario = EVERY[request.param]
    return scenario, frame_of(scenario, 6, 1)


def texts_of(told, path=()):
    """Yield all that is told in several languages."""
    if isinstance(told, dict) and set(told) == set(LANGUAGES) and path[:1] != ("words",):
        yield path, told
    elif isinstance(told, dict | list):
        for key, one in told.items() if isinstance(told, dict) else enumerate(told):
            yield from texts_of(one, (*path, key))


def test_a_frame_is_plain_data_and_the_same_every_time(both):
    """Without what JSON does not know."""
    scenario, frame = both
    text = json.dumps(frame, sort_keys=True, allow_nan=False)
    assert json.loads(text) == frame
    assert json.dumps(frame_of(scenario, 6, 1), sort_keys=True, allow_nan=False) == text


def test_what_is_said_is_said_in_both_languages(both):
    """Units may be nothing, in both."""
    _, frame = both
    assert all(bool(said["en"]) == bool(said["zh"]) for _, said in texts_of(frame))
    assert {path for path, said in texts_of(frame) if not said["en"]} <= {
        path for path, _ in texts_of(frame) if path[-1] in ("unit", "title")
    }


def test_owners_stand_in_the_order_of_the_organization(both):
    """Approvers have a parent before them, departments their people; everybody has a place in the picture."""
    scenario, frame = both
    owners = frame["departments"]
    assert [one["id"] for one in owners] == list(scenario.pools())
    for one in owners:
        assert 0.0 <= one["x"] <= 1.0
        assert 0.0 <= one["y"] <= 1.0
        home = one["id"].partition(".")[0]
        assert (one["parent"] is None) == (home == one["id"])
        if one["parent"] is not None:
            assert owners[one["parent"]]["id"] == home
    assert frame["people"] == sum(one["staff"] for one in owners if one["parent"] is None)


def test_lines_are_of_pairs_that_deal_most_first(both):
    """Each pair once."""
    _, frame = both
    pairs = [(i, j) for i, j, _ in frame["lines"]]
    assert len(set(map(frozenset, pairs))) == len(pairs)
    weekly = [often for *_, often in frame["lines"]]
    assert weekly == sorted(weekly, reverse=True)


def test_the_calendar_has_all_hours_in_which_anybody_is_open(both):
    """Day by day, sorted and apart; together as many as the union of all shifts."""
    scenario, frame = both
    assert len(frame["calendar"]) == 7
    hours = {
        half
        for name in scenario.pools()
        for begin, end in scenario.shifts(name)
        for half in range(round(begin * 60), round(end * 60))
    }
    told = {
        day * 1440 + minute
        for day, shifts in enumerate(frame["calendar"])
        for begin, end in shifts
        for minute in range(round(begin * 60), round(end * 60))
    }
    assert told == hours
    assert all(one[1] < other[0] for shifts in frame["calendar"] for one, other in pairwise(shifts))


def test_the_week_that_is_played_is_the_one_in_the_middle(both):
    """As people count, from one on."""
    scenario, frame = both
    assert frame["played"] == {
        "number": 6,
        "week": frame["played"]["index"] + 1,
        "index": int(scenario.horizon_weeks // 2),
    }
    assert 0 <= frame["played"]["index"] < frame["weeks"]["horizon"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_the_page_are_flat(lang):
    """Every text of its subjects by key, those of tables by table and key, and no others."""
    expected = {}
    for subject in PAGE:
        for key, text in table(subject, lang).items():
            told = text if isinstance(text, dict) else {"": text}
            expected |= {f"{key}.{name}".rstrip("."): one for name, one in told.items()}
    assert words_of(lang) == expected


def test_where_nobody_wants_anything_by_a_date_nothing_is_on_time_in_any_week():
    """Else the tab would begin with a series of which nothing is known."""
    steps = {"fix": {"R": "production", "work": 1.0}}
    dates: tuple[dict[str, int], ...] = ({"target_days": 10}, {})
    processes = [{"order": {"demand": {"per_week": 1}, "steps": steps, **date}} for date in dates]
    told = [[one["id"] for one in frame_of(small_scenario(processes=one), 0, 1)["series"]] for one in processes]
    assert told[0] == ["on_time_target", *told[1]]


def test_customers_who_count_in_hours_are_told_hours():
    """Where every date that they want is one of hours."""
    steps = {"fix": {"R": "production", "work": 1.0}}
    for date, unit in (({"target_hours": 4}, "h"), ({"target_days": 10}, "days")):
        processes = {"order": {"demand": {"per_week": 1}, "steps": steps, **date}}
        frame = frame_of(small_scenario(processes=processes), 0, 1)
        (lead,) = (one for one in frame["measures"] if one["id"] == "lead_time_mean")
        assert (frame["in_hours"], lead["unit"]["en"]) == (unit == "h", unit)


@pytest.mark.parametrize(("pace", "digits", "said"), [("8 h", 0, "half an hour"), ("15 min", 2, "a minute")])
def test_where_minutes_count_hours_are_told_in_parts(pace, digits, said):
    """Of a case, and how long customers wait; what is done in a week is many hours anyhow."""
    processes = {"order": {"demand": {"per_week": 1}, "steps": {"fix": {"R": "production", "work": 1.0}}}}
    processes["order"]["target_hours"] = 4
    frame = frame_of(small_scenario(processes=processes, pace=pace), 0, 1)
    lead, work = (
        next(one["digits"] for one in frame["measures"] if one["id"] == name)
        for name in ("lead_time_mean", "coordination_hours")
    )
    assert (frame["hours"]["digits"], frame["hours"]["said"]["en"]) == (digits, said)
    assert (lead, work) == (max(1, digits), 0)


def test_nothing_is_sent_that_the_page_does_not_read(both):
    """But the version of the form, and what tells where the numbers come from."""
    _, frame = both
    scripts = "\n".join(one.read_text(encoding="utf-8") for one in page_folder().iterdir() if one.name.endswith(".js"))
    read = rf"frame\.({'|'.join(frame)})\b|{{[^}}]*}} = (?:\w+\.)*frame\b"
    found = {name for match in re.finditer(read, scripts) for name in re.findall(r"\w+", match[0])}
    assert set(frame) - found == {"v", "manifest"}

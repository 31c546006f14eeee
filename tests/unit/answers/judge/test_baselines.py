"""Splitting a log by time, and doing nothing clever with its first part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.answers.judge.baselines import RandomCases, Replay, halves
from sim.answers.judge.booking import booked_like
from sim.answers.judge.histories import Histories
from sim.answers.judge.judged import within
from sim.answers.judge.split import split
from sim.eventlog.log import EventLog
from sim.vocab import DAY, WEEK
from tests.worlds.alike import made_log


@pytest.fixture(scope="module")
def log() -> EventLog:
    """A log whose weeks are all alike but for luck."""
    return made_log()


def test_published_drops_cases_on_both_sides(log) -> None:
    parts = split(log, "published")
    assert parts.train.finishes.max() <= parts.test.events["end"].min()
    assert len(parts.train.cases) + len(parts.test.cases) + parts.dropped == len(log.cases)
    assert parts.cases == len(parts.test.cases)
    assert parts.begin == parts.test.arrivals.min()


def test_forecast_drops_nothing_and_knows_nothing_after_the_cut(log) -> None:
    parts = split(log, "forecast", 0.7)
    assert parts.train.events["end"].max() < parts.begin
    assert parts.cases is None
    after = (log.events["end"] >= parts.begin).sum()
    assert (parts.test.events["end"] >= parts.begin).sum() == after
    assert len(parts.train.events) + after == len(log.events)


def test_too_few_cases_are_no_split(log) -> None:
    few = np.zeros(len(log.cases), dtype=bool)
    few[:3] = True
    assert split(log.only(few), "published") is None


@pytest.mark.parametrize("forecaster", [Replay(), RandomCases()])
def test_as_many_cases_as_asked_at_the_hours_of_the_past(log, forecaster) -> None:
    parts = split(log, "published")
    made = forecaster.learn(parts.train, parts.asked(1, 1)).log(0)
    assert len(made.cases) == parts.cases
    assert made.arrivals.min() >= parts.begin
    hours = set(np.round(parts.train.begins % WEEK, 6))
    assert set(np.round(made.begins % WEEK, 6)) <= hours


def test_replay_goes_round_where_the_past_is_shorter(log) -> None:
    parts = split(log, "published")
    asked = replace(parts.asked(1, 1), cases=3 * len(parts.train.cases))
    assert len(Replay().learn(parts.train, asked).log(0).cases) == asked.cases


def test_replay_as_a_forecast_repeats_what_happened_last(log) -> None:
    parts = split(log, "forecast")
    made = Replay().learn(parts.train, parts.asked(1, 1)).log(0)
    weeks = np.ceil((parts.end - parts.begin) / WEEK) * WEEK
    before = parts.train.events["end"].to_numpy()
    judged = made.events["end"].to_numpy()
    assert sorted(judged[judged >= parts.begin]) == pytest.approx(sorted(before[before >= parts.begin - weeks] + weeks))


def test_random_cases_come_as_often_as_before(log) -> None:
    parts = split(log, "forecast")
    forecast = RandomCases().learn(parts.train, parts.asked(1, 1))
    weeks = (parts.end - parts.begin) / WEEK
    made = [forecast.log(k).happened(-np.inf, parts.end) for k in range(20)]
    mean = np.mean([(one.arrivals >= parts.begin).sum() for one in made]) / weeks
    assert mean == pytest.approx(8.0, rel=0.15)
    assert not forecast.log(1).events.equals(forecast.log(2).events)
    assert forecast.log(1).events.equals(forecast.log(1).events)


def test_halves_are_all(log) -> None:
    one, other = halves(log, 1, 0)
    assert sorted([*one.cases["case"], *other.cases["case"]]) == sorted(log.cases["case"])


def test_a_simulated_log_is_written_down_as_the_other(log) -> None:
    events = log.events.assign(start=np.nan, end=np.floor(log.events["end"] / DAY) * DAY)
    found = booked_like(log, replace(log, events=events, known=log.known - {"start"}))
    assert found.events["start"].isna().all()
    assert (found.events["end"] % DAY == 0.0).all()
    assert "start" not in found.known


def test_open_cases_have_the_history_of_one_that_is_open(log) -> None:
    """Of the first day of the week after the cut, simulated cases of which some had been open."""
    cut = float(log.events.loc[log.events["case"] == 100, "end"].iloc[0]) + 0.01
    past = log.happened(-np.inf, cut)
    made = log.happened(cut, cut + 2 * WEEK)
    opened = np.isin(made.cases["case"], past.cases["case"])
    made, opened = made.only(opened | (made.arrivals >= cut)), opened[opened | (made.arrivals >= cut)]
    found = Histories(past, cut).before(made, opened, np.random.default_rng(1))
    assert len(found.cases) == len(made.cases)
    assert found.events["end"].min() < cut
    assert len(found.events) - len(made.events) == (found.events["end"] < cut).sum() > 0
    assert (found.events["case"].diff().dropna() >= 0).all()


def test_where_only_finished_cases_are_there_those_of_a_forecast_count(log) -> None:
    parts = replace(split(log, "forecast"), finished=True)
    parts = replace(parts, end=parts.begin + 188.0)  # two cases go on then
    made = Replay().learn(parts.train, parts.asked(1, 1)).log(0)
    whole, judged = within(made, replace(parts, finished=False)), within(made, parts)
    assert whole.finishes.max() <= parts.end < made.finishes.max()
    done = (made.finishes >= parts.begin) & (made.finishes <= parts.end)
    assert len(whole.cases) > len(judged.cases) == done.sum() > 0
    assert len(judged.events) == done[made.events["case"]].sum()

"""What a process and its surroundings say in words: money, ways back, releases, how demand is spread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.scenario.scenario import Scenario
from sim.spec.base import text_of
from sim.spec.dates import moment_of
from sim.spec.process import Process
from sim.spec.profiles import Profile
from sim.spec.releases import Release
from sim.vocab import DAY
from sim.words import Text, clauses, phrases, series, words

texts = words("outline")

FEW = 6
"""Dates of a release that are told; of more, how many others there are."""


def money_told(process: Process) -> Text:
    """Say what a case brings and what it costs to be late; nothing where nothing is said."""
    said = (
        (texts.WORTH, process.worth),
        (texts.DELAY_COST, process.delay_cost),
        (texts.LATE_PENALTY, process.late_penalty),
    )
    return phrases(text.format(money=value) for text, value in said if value is not None)


def ways_back(process: Process) -> Iterator[Text]:
    """Yield from which steps cases go back, where to and how often."""
    for name, step in process.steps.items():
        if step.sends_back is not None:
            back = step.sends_back
            said = [
                texts.BACK.format(
                    step=text_of(step.label, name),
                    to=text_of(process.steps[back.to].label, back.to),
                    share=back.share * 100.0,
                )
            ]
            if back.at_most is not None:
                said.append(texts.AT_MOST.format(count=back.at_most))
            yield phrases(said)


def release_told(scenario: Scenario, name: str) -> Text:
    """Say what a release takes along, when, and what it waits for."""
    one = scenario.releases[name]
    items = series(text_of(scenario.processes[item].label, item) for item in one.items)
    facts = {"name": text_of(one.label, name), "items": items, "when": _rhythm(scenario, one)}
    said = [texts.RELEASE.format(**facts)]
    if one.cut_off_days:
        said.append(texts.CUT_OFF.format(days=one.cut_off_days))
    said.append(texts.SLIPS if one.at_date == "slip" else texts.SHIPS)
    if one.at_date == "slip" and one.slips_at_most_days is not None:
        said.append(texts.SLIPS_AT_MOST.format(days=one.slips_at_most_days))
    if one.work is not None:
        said.append(texts.RELEASE_WORK.format(process=text_of(scenario.processes[one.work].label, one.work)))
    return phrases(said)


def _rhythm(scenario: Scenario, one: Release) -> Text:
    if not one.at:
        every = one.every_days is not None
        rhythm: Text = (texts.EVERY if every else texts.A_YEAR).format(count=one.every_days or one.times_a_year)
        return rhythm if one.first is None else texts.FROM.format(rhythm=rhythm, first=_date(scenario, one.first))
    dates = series([_date(scenario, hours) for hours in one.at], most=FEW)
    on: Text = texts.ON.format(dates=dates)
    return on


def _date(scenario: Scenario, hours: float) -> Text:
    """Return a moment of the horizon as its date, or the day where no date is known."""
    import datetime as dt

    starts = moment_of(scenario.starts_on)
    if starts is None:
        day: Text = texts.ONE_DAY.format(day=f"{hours / DAY:.4g}")
        return day
    date = (starts + dt.timedelta(hours=round(hours, 6))).date().isoformat()
    return Text(date, date)


def profile_told(name: str, profile: Profile) -> Text:
    """Say with which weights a profile spreads demand, against what is usual."""
    week = [_days(*one) for one in (profile.week or {}).items()]
    year = series(_weights(profile.months or profile.weeks or {}))
    label = text_of(profile.label)
    head = texts.PROFILE_NAMED.format(name=name, label=label) if label else Text(name, name)
    told: Text = texts.PROFILE.format(name=head, weights=clauses(one for one in (*week, year) if one))
    return told


def _days(day: str, said: Any) -> Text:
    if isinstance(said, Mapping):
        hours: Text = texts.WEIGHED_HOURS.format(days=day, weights=series(_weights(said)))
        return hours
    return Text(*[f"{day} {said:g}"] * 2)


def _weights(said: Mapping[str, float]) -> list[str]:
    return [f"{one} {weight:g}" for one, weight in said.items()]

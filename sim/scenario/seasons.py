"""When cases come that come by chance: how demand differs from hour to hour, over the year, in peaks and in surges.

Demand is so many times what is usual, piece by piece of the run. Customers keep their own clock of usual open hours, so
that they are the same ones whatever the profile; `pieces` is what turns that clock into open hours.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from sim.scenario.dates import date_from
from sim.scenario.holidays import MOST_WEEKS, openings
from sim.scenario.notes import Notes
from sim.spec.closures import Openings
from sim.spec.process import Demand
from sim.spec.profiles import Profile
from sim.spec.shocks import Shock, Span, Surge, hour, open_between, products, spans
from sim.vocab import DAY, WEEK
from sim.words import words

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

texts = words("checks")
WHAT = words("findings").WHAT


def demand_spans(scenario: Scenario, shocks: Sequence[Shock], process: str) -> list[Span]:
    """Return how many times the usual demand of a process there is, span by span of the run and beyond."""
    demand = scenario.processes[process].demand
    surges = [one for one in shocks if isinstance(one, Surge) and one.process == process]
    if demand.profile is None and not demand.peaks:
        return spans(surges, scenario.warmup_weeks)
    begin = hour(0.0, scenario.warmup_weeks)
    moving = [
        (hour(one.week, scenario.warmup_weeks), hour(one.over, scenario.warmup_weeks), one.factor) for one in surges
    ]
    for peak in demand.peaks:
        first, after = peak.days
        moving.append((max(0.0, begin + DAY * first), max(0.0, begin + DAY * after), peak.factor))
    found = products([one for one in moving if one[2] != 1.0])
    return found if demand.profile is None else list(_in_season(tuple(found), *_season(scenario, demand)))


def usual_demand(scenario: Scenario, shocks: Sequence[Shock], process: str, until: float) -> float:
    """Return in how many open hours of usual demand as many cases come as they do by the hour `until`."""
    calendar = openings(scenario, scenario.processes[process].demand.during)
    return _usual_hours(calendar, tuple(demand_spans(scenario, shocks, process)), until)


@lru_cache(64)
def _usual_hours(calendar: Openings, found: tuple[Span, ...], until: float) -> float:
    """Return the open hours until some hour, as often as they are usual; checks ask the same again and again."""
    return math.fsum(
        factor * open_between(calendar, begin, min(end, until)) for begin, end, factor in found if begin < until
    )


def pieces(scenario: Scenario, process: str) -> list[tuple[float, float, float]]:
    """Return how the clock of a process's arrivals is warped, piece by piece.

    Each piece begins after so many usual open hours of demand, at so many open hours, and runs so many times faster
    than usual. Where demand rests altogether there is no piece: no customer falls into that time.
    """
    calendar = openings(scenario, scenario.processes[process].demand.during)
    found = demand_spans(scenario, scenario.shocks, process)
    usual = accumulate((factor * open_between(calendar, begin, end) for begin, end, factor in found[:-1]), initial=0.0)
    return [
        (passed, calendar.open_hours(begin), factor)
        for passed, (begin, _, factor) in zip(usual, found, strict=True)
        if factor > 0.0 and len(found) > 1
    ]


_Season = tuple[Profile, Openings, dt.date | None, int]
"""A profile, the usual week over which it is spread, when the run begins, and how many weeks it has."""


def _season(scenario: Scenario, demand: Demand) -> _Season:
    profile = scenario.profiles[str(demand.profile)]
    start = date_from(scenario.starts_on, -scenario.warmup_weeks) if profile.by_date else None
    return profile, openings_of_week(scenario, demand), start, math.ceil(scenario.weeks)


@lru_cache(64)
def _in_season(found: tuple[Span, ...], *season: *_Season) -> tuple[Span, ...]:
    return tuple(_both(found, _of_profile(*season)))


def openings_of_week(scenario: Scenario, demand: Demand) -> Openings:
    """Return the usual week in which cases come, over which a profile is spread."""
    calendar = scenario.calendar(demand.during)
    return Openings(calendar.intervals, WEEK, calendar.hours_per_week)


@lru_cache(64)
def _of_profile(profile: Profile, usual: Openings, start: dt.date | None, weeks: int) -> tuple[Span, ...]:
    """Return what a profile makes of demand in a run that begins on a date, and what is usual after it."""
    mean = mean_weight(profile, usual)
    by_day: list[list[Span]] = [[] for _ in range(7)]
    for begin, end, weight in profile.weights_of_week():
        by_day[int(begin // DAY)].append((begin, end, weight / mean))
    found: list[Span] = []
    for day in range(7 * weeks):
        season = profile.weight_of(start + dt.timedelta(days=day)) if start is not None else 1.0
        monday = WEEK * (day // 7)
        found += [(monday + begin, monday + end, weight * season) for begin, end, weight in by_day[day % 7]]
    return tuple(_joined([*found, (WEEK * weeks, math.inf, 1.0)]))


def mean_weight(profile: Profile, usual: Openings) -> float:
    """Return the mean weight of an open hour of the week."""
    weights = {weight for *_, weight in profile.weights_of_week()}
    if len(weights) == 1:
        return min(weights)
    parts = [
        (weight, usual.open_hours(begin), usual.open_hours(end) if end < WEEK else usual.a_week)
        for begin, end, weight in profile.weights_of_week()
    ]
    whole = math.fsum(after - before for _, before, after in parts)
    return math.fsum(weight * (after - before) for weight, before, after in parts) / whole


def _joined(found: Iterable[Span]) -> Iterator[Span]:
    """Yield spans one after another, those that are alike as one."""
    last: Span | None = None
    for begin, end, factor in found:
        if last is not None and last[2] == factor:
            last = (last[0], end, factor)
        else:
            if last is not None:
                yield last
            last = (begin, end, factor)
    if last is not None:
        yield last


def _both(one: Sequence[Span], other: Sequence[Span]) -> Iterator[Span]:
    """Yield the products of two lists of spans that both go on without end."""
    i = j = 0
    begin, found = 0.0, list[Span]()
    while i < len(one) and j < len(other):
        end = min(one[i][1], other[j][1])
        if begin < end:
            found.append((begin, end, one[i][2] * other[j][2]))
        begin = end
        i, j = i + (one[i][1] <= end), j + (other[j][1] <= end)
    return _joined(found)


def check_profiles(notes: Notes, scenario: Scenario) -> None:
    """Note profiles that do not exist, that need a date, or that leave no hour in which anybody comes."""
    for name, process in scenario.processes.items():
        demand, path = process.demand, ("processes", name, "demand", "profile")
        if demand.profile is None or not notes.known(path, demand.profile, scenario.profiles, WHAT["profile"]):
            continue
        profile = scenario.profiles[demand.profile]
        if profile.by_date and scenario.starts_on is None:
            notes.error(path, texts.SEASON_WITHOUT_DATE.format(profile=demand.profile))
        if scenario.warmup_weeks + scenario.horizon_weeks > MOST_WEEKS:
            notes.error(path, texts.LONG_PROFILE.format(weeks=scenario.weeks, most=MOST_WEEKS))
        known = demand.during in scenario.calendars or demand.during in ("always", "office")
        if known and (profile.rests or mean_weight(profile, openings_of_week(scenario, demand)) <= 0.0):
            notes.error(path, texts.NOBODY_COMES.format(profile=demand.profile, calendar=demand.during))


def check_peaks(notes: Notes, scenario: Scenario) -> None:
    """Note peaks that are outside of the run; no errors are left."""
    first, end = -scenario.warmup_weeks * WEEK / DAY, (scenario.weeks - scenario.warmup_weeks) * WEEK / DAY
    for name, process in scenario.processes.items():
        for index, peak in enumerate(process.demand.peaks):
            begin, after = peak.days
            if after <= first or begin >= end:
                told = texts.PEAK_OUTSIDE.format(first=begin, last=after - 1)
                notes.warning(("processes", name, "demand", "peaks", index), told)

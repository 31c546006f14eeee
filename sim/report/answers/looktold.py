"""A look at a log in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.answers.look.doubts import duration, named
from sim.eventlog.clock import DAYS, WorkingHours
from sim.spec.calendars import DAYS as DAY_NAMES
from sim.spec.calendars import ROUND_THE_CLOCK
from sim.vocab import WEEK
from sim.words import Text, clauses, phrases, series, words
from sim.words.numbers import digits, few, percentage

if TYPE_CHECKING:
    from sim.answers.look.look import LogLook

texts = words("look")
terminal = words("terminal")

MOST_GROUPS, MOST_PASSES, MOST_DATES = 6, 6, 20
"""Groups, pairs and dates that are named; the tables have them all."""

LARGE = 0.02
"""Share of the events from which on a group is told of."""

SEVERAL_WEEKS = 2.0
"""Weeks from which on the length of a log is told in weeks."""

FEWEST_SIGHTS = 20
"""Sights of people from which on it is told when they work."""

FEWEST_ARRIVALS = 20
"""Cases from which on it is told when most of them arrive."""

OFTEN_BACK = 0.2
"""Share of hand-offs that come straight back from which on it is told."""


def overview(answer: LogLook) -> Iterator[Text]:
    """Yield what there is, how fast it goes, how often it is handed on, and the doubt that weighs most."""
    about, found = answer.about, answer.found.figures
    facts = {name: f"{about[name]:,}" for name in ("cases", "events", "open")}
    yield texts.SIZE.format(span=span_told(about), **facts)
    # where cases were selected by their end, nobody knows how many came; less than a week says nothing of weeks
    if about["weeks"] >= 1.0 and answer.found.selected.ended_from is None:
        come = texts.COME if answer.found.several_steps else texts.COME_ONLY
        yield come.format(arrivals=few(found["arrivals_per_week"]), wip=few(found["wip"]))
    yield from _of_finished(answer)
    yield from _on_time(answer)
    doubts = answer.tables["doubts"]
    if len(doubts):
        yield texts.MOST_DOUBT.format(doubt=_said(doubts.iloc[0], "said"))


def span_told(about: Mapping[str, Any]) -> Text:
    """Return from when to when a log is, and how long that takes."""
    hours = about["weeks"] * WEEK
    if hours == 0.0:
        return _text(texts.ONE_MOMENT.format(**{"from": about["from"]}))
    facts = {"from": about["from"], "until": about["until"], "long": long_told(about)}
    return _text((texts.SPANNED if about["from"] != about["until"] else texts.ONE_DATE).format(**facts))


def long_told(about: Mapping[str, Any]) -> Text:
    """Return how long a log takes: in weeks where it has several."""
    weeks = about["weeks"]
    return _text(texts.WEEKS.format(weeks=few(weeks)) if weeks >= SEVERAL_WEEKS else duration(weeks * WEEK))


def _of_finished(answer: LogLook) -> Iterator[Text]:
    """Yield how long finished cases take, and how often they are handed on, as far as the log knows."""
    about, found, done = answer.about, answer.found.figures, answer.found.finished
    if not answer.found.several_steps:
        yield texts.ONE_STEP
        return
    if done.empty:
        yield texts.NONE_FINISHED
        return
    timed = float(done["cycle_hours"].max()) > 0.0
    times = {"median": duration(found["cycle_q50"]), "most": duration(found["cycle_q90"])}
    yield texts.TAKES.format(**times) if timed else texts.NO_TIME
    if about["groups"] < 2:
        return
    shares = {"share": percentage(found["handed_on"]), "ping_pong": percentage(found["ping_pong_share"])}
    yield texts.HANDED.format(handoffs=digits(found["handoffs"]), groups=about["groups"], **shares)
    if not np.isnan(found["back_after_two"]):
        yield texts.BACK.format(back=percentage(found["back_after_two"]))
    if timed:
        yield texts.BOUNDARY.format(boundary=percentage(found["boundary_share"]))
        work = float(answer.tables["time"]["share"].iloc[-1])
        if not np.isnan(work):
            yield texts.IN_HANDS.format(work=percentage(work))


def _on_time(answer: LogLook) -> Iterator[Text]:
    table = answer.tables["lateness"]
    if table.empty:
        return
    yield texts.ON_TIME.format(on_time=percentage(answer.found.figures["on_time"]))
    if len(table) > 1:
        told = [
            texts.ONE_NUMBER.format(number=number_told(row), share=percentage(1.0 - row["late"]), cases=row["cases"])
            for row in table.to_dict("records")
        ]
        yield texts.BY_HANDOFFS.format(listed=phrases(told))


def number_told(row: Any, column: str = "handoffs") -> Text:
    """Return a number of hand-offs, perhaps with those beyond."""
    number = str(row[column])
    told: Text = texts.OR_MORE.format(number=number) if row["or_more"] else Text(number, number)
    return told


def work(answer: LogLook) -> Iterator[Text]:
    """Yield when people work, when nobody does, and when cases arrive."""
    clock = answer.found.clock
    every = clock.everybody
    if not enough_seen(every):
        yield texts.NO_SIGHTS
        yield from _arrive(answer)
        return
    text = texts.ALL_HOURS if every.timed else texts.NO_HOURS
    yield text.format(hours=hours_told(every), inside=percentage(every.inside))
    largest = [name for name in answer.tables["groups"]["group"] if name in clock.groups]
    own = [name for name in largest if clock.groups[name].own and clock.groups[name].written != every.written]
    for name in own[:MOST_GROUPS]:
        one = clock.groups[name]
        yield texts.GROUP_HOURS.format(group=named(name), hours=hours_told(one), inside=percentage(one.inside))
    same = [named(name) for name in largest if name not in own]
    if same and len(largest) > 1:
        yield texts.SAME_HOURS.format(groups=series(same, MOST_GROUPS))
    dates = clock.closed["date"].tolist()
    if dates:
        yield texts.CLOSED.format(dates=series(dates, MOST_DATES))
    yield from _arrive(answer)


def enough_seen(hours: WorkingHours) -> bool:
    """Tell whether people are seen often enough to say when they work."""
    return hours.seen >= FEWEST_SIGHTS


def _arrive(answer: LogLook) -> Iterator[Text]:
    """Yield when cases arrive, where there are enough to tell."""
    profile = answer.found.profile
    if profile.arrivals.sum() < FEWEST_ARRIVALS:
        return
    days = profile.weights.reshape(DAYS, -1)
    by_day, by_hour = days.sum(1) / days.sum(), days.sum(0) / days.sum()
    day = int(by_day.argmax())
    facts = {"day": day_told(day), "share": percentage(float(by_day[day]))}
    if not profile.timed:
        yield texts.ARRIVE_DAY.format(**facts)
        return
    hour = int(by_hour.argmax())
    yield texts.ARRIVE.format(hour=hour_told(hour), share_hour=percentage(float(by_hour[hour])), **facts)


def hours_told(hours: WorkingHours) -> Text:
    """Return working hours as people say them."""
    written = hours.written
    if written == ROUND_THE_CLOCK:
        return _text(texts.ROUND_THE_CLOCK)
    told = []
    for key, spans in written.items():
        first, _, last = key.partition("-")
        days = day_told(DAY_NAMES.index(first))
        if last:
            days = texts.DAYS.format(first=days, last=day_told(DAY_NAMES.index(last)))
        timed = series(_span(*span.split("-")) for span in spans)
        told.append(texts.SPAN.format(days=days, hours=timed) if hours.timed else days)
    return clauses(told)


def hour_told(hour: int) -> Text:
    """Return an hour of the day, as from when to when it lasts."""
    return _span(f"{hour:02d}:00", f"{hour + 1:02d}:00")


def _span(first: str, last: str) -> Text:
    return Text(f"{first}–{last}", f"{first} 至 {last}")


def day_told(day: int) -> Text:
    """Return the name of a day of the week; 0 is Monday."""
    return _text(terminal.DAYS[day])


def passing(answer: LogLook) -> Iterator[Text]:
    """Yield who passes to whom most, and who does how much."""
    table = answer.tables["passes"]
    if len(table):
        yield texts.ALL_CASES
    for row in table[:MOST_PASSES].to_dict("records"):
        back = row["back"] / row["handoffs"]
        text = texts.PASS_BACK if back >= OFTEN_BACK else texts.PASS
        waits = {"wait": duration(row["wait_median"]), "mean": duration(row["wait_mean"])}
        ends = {"from": named(row["from"]), "to": named(row["to"])}
        shares = {"share": percentage(row["share"]), "back": percentage(back)}
        yield text.format(handoffs=f"{row['handoffs']:,}", **ends, **waits, **shares)
    rest = table[MOST_PASSES:]
    if len(rest):
        yield texts.MORE_PASSES.format(count=f"{len(rest):,}", share=percentage(float(rest["share"].sum())))
    groups = answer.tables["groups"]
    if len(groups) > 1 and "few_people" not in set(answer.tables["doubts"]["doubt"]):
        large = groups[(groups["share"] >= LARGE) & (groups["people"] > 0)]
        yield from (_people(row) for row in large[:MOST_GROUPS].to_dict("records"))


def _people(row: Any) -> Text:
    facts = {"people": few(row["people_per_week"]), "each": few(row["events_per_person"])}
    return _text(texts.GROUP_PEOPLE.format(group=named(row["group"]), share=percentage(row["share"]), **facts))


def cannot(answer: LogLook) -> Iterator[Text]:
    """Yield what the log cannot tell."""
    doubts = answer.tables["doubts"]
    if doubts.empty:
        yield texts.NO_DOUBT
    for _, row in doubts.iterrows():
        said, fit = _said(row, "said"), _said(row, "fit")
        yield Text(f"{said.en} {fit.en}", f"{said.zh}{fit.zh}")


def method(answer: LogLook) -> Iterator[Text]:
    """Yield how it was counted, and what was noted when the log was read."""
    yield from _finished(answer)
    yield texts.RULE_FINISHED
    if answer.about["groups"] > 1:
        yield texts.RULE_GAPS
        if "start" not in answer.about["known"]:
            yield texts.RULE_GAPS_ENDS
    yield texts.RULE_WORK
    for note in answer.found.log.notes:
        yield texts.NOTE.format(note=note)


def _finished(answer: LogLook) -> Iterator[Text]:
    """Yield by which rule a case is finished."""
    ends, cases = answer.about["endings"], answer.about["cases"]
    if ends["said"]:
        yield texts.RULE_SAID
        return
    if ends["by_state"] == cases:
        yield texts.RULE_STATE
        return
    if ends["by_state"]:
        yield texts.RULE_STATE_SOME.format(said=f"{ends['by_state']:,}", cases=f"{cases:,}")
    quiet = {name: duration(ends[f"{name}_hours"]) for name in ("quiet", "long_quiet")}
    rule = texts.RULE_OPEN if answer.found.several_steps else texts.RULE_ONE_STEP
    yield rule.format(last=series(ends["last"], MOST_GROUPS), **quiet)


def _said(row: pd.Series, what: str) -> Text:
    return Text(row[f"{what}_en"], row[f"{what}_zh"])


def _text(text: Any) -> Text:
    """Return a text as one, for whoever checks types."""
    found: Text = text
    return found

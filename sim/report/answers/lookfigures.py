"""The pictures of a look at a log: what came and was in work, when people work, and who is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator, PercentFormatter

from sim.answers.look.doubts import flatness
from sim.eventlog.clock import DAYS, HOURS, WorkingHours
from sim.report.answers.looktold import day_told, enough_seen, hour_told, hours_told, long_told, number_told
from sim.report.experiments.rows import TICKS, titled
from sim.report.fit import width
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import INK, SERIES_COLORS, SMALL, SOFT, TINY, WORSE, plain
from sim.spec.calendars import DAYS as DAY_NAMES
from sim.words import Text, words
from sim.words.numbers import few, percentage

if TYPE_CHECKING:
    from sim.answers.look.look import LogLook

texts = words("lookfigures")

WIDTH = 11.7
_LIGHT = 0.35
"""How strong the bars of weeks are that the log does not span."""

_SEVERAL = 20
"""Cases from which on a title speaks of their lateness."""

_MOST_TICKS = 9
_MOST_PARTS = 3
"""Parts of a week with the same hours that a title has room for."""


def draw_overview(answer: LogLook, lang: str) -> Figure:
    """Draw arrivals and ends by week, and below them what was in work."""
    said, about = texts.OVERVIEW, answer.about
    title = titled(_flow_title(answer).get(lang))
    dates = {"from": about["from"], "until": about["until"]}
    below = said["below"].format(log=about["log"], **dates).get(lang)
    weeks = answer.tables["weeks"]
    foot = foot_of("" if weeks["whole"].all() else said["note"].get(lang), WIDTH)
    deep = (1.6, 1.2, 1.2)
    gap = 0.38
    page = Page(WIDTH, head_height(title, below, WIDTH) + sum(deep) + 3 * gap + 0.4 + foot_height(foot))
    y = headed(page, title, below)
    bars = (("arrivals", SERIES_COLORS[1]), ("finished", SERIES_COLORS[3]), ("wip", SERIES_COLORS[2]))
    for (name, color), height in zip(bars, deep, strict=True):
        page.line(MARGIN, y + 0.1, said[name].get(lang), SMALL, bold=True, color=color)
        axes = page.panel(MARGIN + 0.45, y + 0.24, WIDTH - 2 * MARGIN - 0.45, height)
        plain(axes)
        strong = np.where(weeks["whole"], 1.0, _LIGHT)
        if name == "wip":
            axes.step(weeks["week"], weeks[name], where="mid", color=color, linewidth=1.4)
            axes.fill_between(weeks["week"], 0.0, weeks[name].fillna(0.0), step="mid", color=color, alpha=0.2)
        else:
            axes.bar(weeks["week"], weeks[name], width=0.86, color=[(color, float(one)) for one in strong])
        axes.set_ylim(bottom=0.0)
        axes.set_xlim(-0.6, len(weeks) - 0.4)
        axes.yaxis.set_major_locator(MaxNLocator(nbins=4, steps=list(TICKS)))
        _dated(axes, weeks["date"].tolist())
        y += 0.24 + height + gap - 0.24 + 0.1
    footed(page, foot)
    return page.figure


def _dated(axes: Axes, dates: list[str]) -> None:
    step = max(-(-len(dates) // _MOST_TICKS), 1)
    places = list(range(0, len(dates), step))
    axes.set_xticks(places, [dates[place] for place in places])


def _flow_title(answer: LogLook) -> Text:
    said, figures = texts.OVERVIEW, answer.found.figures
    doubts = answer.tables["doubts"].set_index("doubt")
    chosen = answer.found.selected
    wip = few(figures["wip"])
    if chosen.ended_from is not None:
        return _text(said["title_ended"].format(date=answer.found.date(chosen.ended_from)))
    if "shift" in doubts.index:
        facts = answer.found.shift
        assert facts is not None  # the doubt stands on it
        levels = {"before": few(facts.before), "after": few(facts.after)}
        return _text(said["title_shift"].format(date=facts.date, wip=wip, **levels))
    if answer.about["weeks"] >= 1.0:
        come = said["title" if answer.found.several_steps else "title_come"]
        return _text(come.format(arrivals=few(figures["arrivals_per_week"]), wip=wip))
    cases = f"{answer.about['cases']:,}"
    if answer.about["weeks"] == 0.0:
        return _text(said["title_moment"])
    return _text(said["title_short"].format(cases=cases, long=long_told(answer.about)))


def draw_clock(answer: LogLook, lang: str) -> Figure:
    """Draw at which hours of the week people are seen and cases arrive, with the working hours as found."""
    said, about, every = texts.CLOCK, answer.about, answer.found.clock.everybody
    hours = answer.tables["hours"]
    if not enough_seen(every):
        title = said["title_unseen"]
    elif every.timed and every.calendar.always:
        title = said["title_always"]
    else:
        title = _hours_title(every, hours) if every.timed else said["title_dates"]
    head = titled(title.get(lang))
    below = said["below"].format(log=about["log"], zone=about["zone"] or said["as_written"]).get(lang)
    note = said["note"].format(inside=percentage(every.inside)) if enough_seen(every) else Text("", "")
    foot = foot_of(note.get(lang), WIDTH)
    names = [day_told(day).get(lang) for day in range(DAYS)]
    left = max(width(name, SMALL) for name in names) + 0.15
    deep, across = 2.1, (WIDTH - 2 * MARGIN - left - 0.35) / 2
    page = Page(WIDTH, head_height(head, below, WIDTH) + 0.3 + deep + 0.55 + foot_height(foot))
    y = headed(page, head, below)
    panels = (("seen", "sights", "Blues", 0), ("arrive", "arrivals", "Oranges", 1))
    for name, column, colors, place in panels:
        x = MARGIN + left + place * (across + 0.35)
        by_day = name == "arrive" and not answer.found.profile.timed
        page.line(x, y + 0.12, said["arrive_days" if by_day else name].get(lang), SMALL, bold=True)
        axes = page.panel(x, y + 0.28, across, deep)
        share = hours[column].to_numpy(dtype=float).reshape(DAYS, -1)
        if by_day:
            share = np.repeat(share.sum(1, keepdims=True), HOURS // DAYS, axis=1)
        axes.imshow(share, aspect="auto", cmap=colors, vmin=0.0)
        axes.set_yticks(range(DAYS), names if place == 0 else [""] * DAYS)
        axes.set_xticks(np.arange(0, 25, 3) - 0.5, [str(hour) for hour in range(0, 25, 3)])
        axes.tick_params(labelsize=SMALL, length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        if enough_seen(every):
            _frame(axes, every.intervals)
        page.line(x + across / 2, y + 0.28 + deep + 0.36, said["hour"].get(lang), TINY, color=SOFT, side="center")
    footed(page, foot)
    return page.figure


def _hours_title(every: WorkingHours, hours: pd.DataFrame) -> Text:
    """Return at which hours people work, or how many and when most, where that is a long list."""
    said = texts.CLOCK
    if len(every.written) <= _MOST_PARTS:
        return _text(said["title"].format(hours=hours_told(every)))
    most = hours.iloc[int(hours["sights"].to_numpy().argmax())]
    span = hour_told(int(most["hour"]))
    day = day_told(DAY_NAMES.index(most["day"]))
    return _text(said["title_long"].format(number=few(every.calendar.hours_per_week), day=day, hour=span))


def _frame(axes: Axes, intervals: Any) -> None:
    """Frame working hours, each day on its own."""
    day = HOURS // DAYS
    for first, last in intervals:
        for row in range(int(first) // day, int(np.ceil(last / day))):
            low, high = max(first, row * day) - row * day, min(last, (row + 1) * day) - row * day
            axes.add_patch(
                Rectangle((low - 0.5, row - 0.47), high - low, 0.94, fill=False, edgecolor=INK, linewidth=1.0)
            )


def draw_lateness(answer: LogLook, lang: str) -> Figure | None:
    """Draw the share of late cases by number of hand-offs."""
    table = answer.tables["lateness"]
    if len(table) < 2:
        return None
    said = texts.LATENESS
    title = titled(_late_title(answer).get(lang))
    below = said["below"].format(log=answer.about["log"]).get(lang)
    deep, across = 2.6, WIDTH - 2 * MARGIN - 0.6
    page = Page(WIDTH, head_height(title, below, WIDTH) + 0.2 + deep + 0.75 + foot_height(""))
    y = headed(page, title, below) + 0.1
    axes = page.panel(MARGIN + 0.55, y, across, deep)
    plain(axes)
    places = np.arange(len(table))
    errors = np.maximum(np.vstack([table["late"] - table["low"], table["high"] - table["late"]]), 0.0)
    axes.bar(places, table["late"], width=0.5, color=WORSE, alpha=0.75)
    axes.errorbar(places, table["late"], yerr=errors, fmt="none", ecolor=INK, elinewidth=1.0, capsize=3)
    axes.set_ylim(0.0, min(max(float(table["high"].max()) * 1.15, 0.05), 1.0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol="%" if lang == "zh" else " %"))
    told = [
        f"{number_told(row).get(lang)}\n{said['cases'].format(cases=row['cases']).get(lang)}"
        for row in table.to_dict("records")
    ]
    axes.set_xticks(places, told, linespacing=1.5)
    bottom = y + deep + 2 * line_height(SMALL) + 0.28
    page.line(MARGIN + 0.55 + across / 2, bottom, said["axis"].get(lang), SMALL, color=SOFT, side="center")
    return page.figure


def _late_title(answer: LogLook) -> Text:
    said, table = texts.LATENESS, answer.tables["lateness"]
    several = table[table["cases"] >= _SEVERAL]
    table = several if len(several) > 1 else table
    first, last = table.iloc[0], table.iloc[-1]
    facts = {"number": number_told(last), "fewest": number_told(first)}
    facts |= {"high": percentage(float(last["late"])), "low": percentage(float(first["late"]))}
    if last["late"] <= first["late"]:
        return _text(said["title_fall"].format(**facts))
    if flatness(answer.found) is not None:
        return _text(said["title_flat"].format(**facts))
    return _text(said["title_rise" if last["low"] > first["high"] else "title_unclear"].format(**facts))


def _text(text: Any) -> Text:
    found: Text = text
    return found

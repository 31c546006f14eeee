"""What a log cannot tell: every doubt with what was found, and what it means for whoever fits an organization to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from sim.answers.look.facts import Found
from sim.answers.look.passing import alike
from sim.eventlog.clock import DATES_ONLY
from sim.eventlog.counted import steps_of
from sim.eventlog.flow import LARGE
from sim.words import Text, series, words
from sim.words.numbers import digits, few, percentage

texts = words("lookdoubts")

NOTICED = 0.02
"""Share of events, or of cases, from which on a flaw is told."""

AT_ONCE = 0.05
"""Share of the steps from one event to the next in the same second from which on their order is in doubt."""

INSTANT = 0.2
"""Share of events that begin when they end, from which on begins are in doubt."""

FEW_CASES = 200
"""Finished cases below which figures are uncertain."""

FLAT, FLAT_POINTS = 0.1, 0.05
"""Rank correlation, and difference of shares, below which lateness does not depend on something."""

FEWEST_LATE = 100
"""Cases whose lateness is known, from which on something is said of what it depends on."""

DRIFTING, FEWEST_WEEKS = 0.7, 4
"""Rank correlation of arrivals with time from which on they drift, and weeks that a third of a log has to have then."""

ROAMING = 3
"""Groups in which somebody is seen from which on he is said to be in several."""

MANY_ROAM = 0.3
"""Share of the events of such people from which on groups may be something else than departments."""

Facts = Mapping[str, Any] | None


def doubts_of(found: Found) -> pd.DataFrame:
    """Return what a log cannot tell.

    Returns
    -------
    DataFrame
        ``doubt`` (its name), ``value`` (the number that raises it), ``said_en``, ``said_zh`` (what was found),
        ``fit_en``, ``fit_zh`` (what it means for a fit).
    """
    rows = []
    for name, of in DOUBTS.items():
        facts = of(found)
        if facts is None:
            continue
        told = {key: f"{one:,}" if isinstance(one, int) else one for key, one in facts.items()}
        said, fit = texts.SAID[name].format(**told), texts.FIT[name].format(**told)
        value = float(facts.get("value", np.nan))
        rows.append((name, value, said.en, said.zh, fit.en, fit.zh))
    return pd.DataFrame(rows, columns=["doubt", "value", "said_en", "said_zh", "fit_en", "fit_zh"])


def _share(value: float, least: float = NOTICED, **facts: Any) -> Facts:
    """Return a share that is told from a size on."""
    return {"value": value, "share": percentage(value), **facts} if value >= least else None


def _rank(values: pd.Series, others: pd.Series) -> float:
    """Return the rank correlation; 0 where one is always the same."""
    if values.nunique() < 2 or others.nunique() < 2:
        return 0.0
    return float(values.rank().corr(others.rank()))


def _no_groups(found: Found) -> Facts:
    return None if "group" in found.log.known else {}


def _one_step(found: Found) -> Facts:
    return None if found.several_steps else {}


def _unknown_group(found: Found) -> Facts:
    if "group" not in found.log.known:
        return None
    column = found.log.events["group"]
    return _share(float((column.isna() | (column.astype(str).str.strip() == "")).mean()))


def _starts_missing(found: Found) -> Facts:
    known = float(found.log.events["start"].notna().mean())
    if "start" not in found.log.known:
        return {"value": 1.0, "share": texts.ALL}
    return _share(1.0 - known)


def _instant(found: Found) -> Facts:
    events = found.log.events
    known = events["start"].notna()
    return _share(float((events["start"] == events["end"])[known].mean()), INSTANT) if known.any() else None


def _dates_only(found: Found) -> Facts:
    return _share(found.clock.dates_only, DATES_ONLY)


def _batches(found: Found) -> Facts:
    machines = found.clock.machines.sort_values("events", ascending=False)
    who = series(f"{one.activity} ({one.who})" for one in machines[:3].itertuples())
    return _share(float(found.automatic.mean()), who=who)


def _same_second(found: Found) -> Facts:
    steps, end = steps_of(found.log), found.log.events["end"].to_numpy()
    after = np.flatnonzero(~steps.first)
    if not len(after):
        return None
    at_once = end[after] - end[after - 1] < 1.0 / 3600.0
    return _share(float(at_once.mean()), AT_ONCE, handoffs=int((at_once & steps.changed[after]).sum()))


def _ended(found: Found) -> Facts:
    chosen = found.selected
    if chosen.ended_from is None:
        return None
    early = int((found.finished["arrival"] < chosen.ended_from).sum())
    share = float((found.finished["finish"] >= chosen.ended_from).mean())
    date, first = found.date(chosen.ended_from), found.date(float(found.cases["arrival"].min()))
    return {"value": chosen.missing, "date": date, "first": first, "early": early, "share": percentage(share)}


def _begun(found: Found) -> Facts:
    until = found.selected.begun_until
    if until is None:
        return None
    weeks = (found.log.until - until) / 168.0
    return {"value": weeks, "date": found.date(until), "weeks": few(weeks)}


def _only_finished(found: Found) -> Facts:
    facts = {"value": found.figures["wip"], "open": int(found.cases["open"].sum()), "wip": few(found.figures["wip"])}
    return facts if found.selected.only_finished else None


def _begins_empty(found: Found) -> Facts:
    facts = {"value": found.figures["wip"], "cut": int(found.cases["cut"].sum()), "wip": few(found.figures["wip"])}
    return facts if found.selected.begins_empty else None


def _open(found: Found) -> Facts:
    return None if _all_said(found) else _opened(found)


def _open_said(found: Found) -> Facts:
    return _opened(found) if _all_said(found) else None


def _all_said(found: Found) -> bool:
    """Tell whether the log says itself of every case whether it is finished."""
    return found.open_cases is None and found.endings.said == len(found.cases)


def _opened(found: Found) -> Facts:
    cases = found.cases
    count, unsure = int(cases["open"].sum()), int(cases["unsure"].sum())
    return {"value": float(count), "open": count, "unsure": unsure, "cases": len(cases)} if count else None


def _cut(found: Found) -> Facts:
    count = int(found.cases["cut"].sum())
    return {"value": float(count), "cut": count} if count else None


def _names(found: Found) -> Facts:
    several = alike(found.people["resource"])
    told = series(" = ".join(one) for one in several[:3])
    return {"value": float(len(several)), "count": len(several), "names": told} if several else None


def _roaming(found: Found) -> Facts:
    people = found.people
    if "resource" not in found.log.known or len(found.groups) < ROAMING or _few_people(found) is not None:
        return None
    many = people[people["groups"] >= ROAMING]
    return _share(float(many["events"].sum() / people["events"].sum()), MANY_ROAM, count=len(many))


def _few_people(found: Found) -> Facts:
    """Tell where names of people stand for many: fewer of them than groups."""
    people, groups = len(found.people), len(found.groups)
    if "resource" not in found.log.known or not 0 < people < groups:
        return None
    return {"value": float(people), "people": people, "groups": groups}


def flatness(found: Found) -> Facts:
    """Return how little lateness depends on hand-offs; None where it does, or where it is not known."""
    known = found.finished[found.finished["late"].notna()]
    late = known["late"].astype(float)
    if len(known) < FEWEST_LATE or not 0.0 < late.mean() < 1.0 or known["handoffs"].nunique() < 2:
        return None
    several = known["handoffs"] > known["handoffs"].median()
    several = several if several.any() else known["handoffs"] == known["handoffs"].max()
    low, high = float(late[~several].mean()), float(late[several].mean())
    ranks = _rank(late, known["handoffs"]), _rank(late, known["cycle_hours"])
    if abs(ranks[0]) >= FLAT or high - low >= FLAT_POINTS:
        return None
    told = texts.CYCLE_FLAT if abs(ranks[1]) < FLAT else texts.CYCLE_NOT
    facts = {"few": percentage(low), "many": percentage(high), "limit": few(float(known["handoffs"].median()))}
    return {"value": float(ranks[0]), "rank": digits(ranks[0]), "cycle": told.format(rank=digits(ranks[1])), **facts}


def _due_afterwards(found: Found) -> Facts:
    """Tell where dates lie far behind the last event: what decides about them is not in the log."""
    known = found.finished[found.finished["due"].notna()]
    if len(known) < FEWEST_LATE:
        return None
    slack, cycle = float((known["due"] - known["finish"]).median()), float(known["cycle_hours"].median())
    facts = {"slack": few(slack / 24.0), "cycle": duration(cycle)}
    return {"value": slack / 24.0, **facts} if slack > 3.0 * cycle and slack > 24.0 else None


def _no_due(found: Found) -> Facts:
    return None if "due" in found.log.known else {}


def _shift(found: Found) -> Facts:
    change = found.shift
    if change is None:
        return None
    value = change.after / change.before if change.before else np.inf
    return {"value": value, "date": change.date, "before": few(change.before), "after": few(change.after)}


def _drift(found: Found) -> Facts:
    """Tell where arrivals rise or fall all along, and no week divides them into two levels."""
    whole = found.weeks[found.weeks["whole"]]["arrivals"].astype(float)
    part = len(whole) // 3
    if found.shift is not None or found.selected.ended_from is not None or part < FEWEST_WEEKS:
        return None
    rank = _rank(whole, pd.Series(np.arange(len(whole)), index=whole.index))
    before, after = float(whole[:part].mean()), float(whole[-part:].mean())
    if abs(rank) < DRIFTING or max(before, after) <= LARGE * min(before, after):
        return None
    return {"value": rank, "before": few(before), "after": few(after)}


def _groups_come(found: Found) -> Facts:
    return _come_or_go(found, "late", "first")


def _groups_go(found: Found) -> Facts:
    return _come_or_go(found, "early", "last")


def _come_or_go(found: Found, which: str, when: str) -> Facts:
    table = found.groups[found.groups[which]]
    if table.empty or found.selected.ended_from is not None:
        return None
    told = [texts.GROUP.format(group=named(row["group"]), date=row[when]) for _, row in table[:6].iterrows()]
    listed = series(told)
    more = len(table) - len(told)
    listed = texts.MORE.format(listed=listed, count=more) if more else listed
    return {"value": float(len(table)), "count": len(table), "groups": listed}


def _few_cases(found: Found) -> Facts:
    cases = len(found.finished)
    return {"value": float(cases), "cases": cases} if cases < FEW_CASES else None


def duration(hours: float) -> Text:
    """Return hours as people say them: in days from two on, in hours or minutes from one on, else in seconds."""
    units = ((texts.DAYS, 24.0, 48.0), (texts.HOURS, 1.0, 1.0), (texts.MINUTES, 1.0 / 60.0, 1.0 / 60.0))
    unit, one = next(((unit, one) for unit, one, least in units if hours >= least), (texts.SECONDS, 1.0 / 3600.0))
    told: Text = unit.format(number=few(hours / one))
    return told


def named(group: str) -> Text:
    """Return the name of a group; a group without a name is said to have none."""
    return Text(group, group) if group.strip() else texts.NO_NAME


DOUBTS: Mapping[str, Callable[[Found], Facts]] = {
    "one_step": _one_step,
    "no_groups": _no_groups,
    "ended": _ended,
    "shift": _shift,
    "drift": _drift,
    "groups_come": _groups_come,
    "groups_go": _groups_go,
    "flat": flatness,
    "due_afterwards": _due_afterwards,
    "begun": _begun,
    "only_finished": _only_finished,
    "starts_missing": _starts_missing,
    "instant": _instant,
    "dates_only": _dates_only,
    "batches": _batches,
    "same_second": _same_second,
    "begins_empty": _begins_empty,
    "unknown_group": _unknown_group,
    "roaming": _roaming,
    "few_people": _few_people,
    "names": _names,
    "open": _open,
    "open_said": _open_said,
    "cut": _cut,
    "no_due": _no_due,
    "few_cases": _few_cases,
}
"""Every doubt, those that weigh most first."""

"""Dates in a scenario: whoever says on which date counting begins may write dates instead of weeks, hours and days.

They become numbers before anything else is read, so that nothing but this file knows of them. Whoever adds a field that
takes a moment marks it with `OrDate` and names its place in `MOMENTS`.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sim.scenario.notes import Notes
from sim.spec.dates import moment_of, seems_date
from sim.spec.findings import Finding, Path, ScenarioError, mismatch, shown
from sim.vocab import DAY, WEEK
from sim.words import Text, words

texts = words("findings")

STARTS = "starts_on"
ANY = "*"

MOMENTS: Mapping[tuple[str, ...], float] = {
    ("shocks", ANY, "week"): WEEK,
    ("interventions", ANY, "start_week"): WEEK,
    ("interventions", ANY, "end_week"): WEEK,
    ("compare", ANY, "with", ANY, "start_week"): WEEK,
    ("compare", ANY, "with", ANY, "end_week"): WEEK,
    ("processes", ANY, "demand", "at", ANY): 1.0,
    ("processes", ANY, "demand", "first"): 1.0,
    ("processes", ANY, "demand", "peaks", ANY, "from"): DAY,
    ("processes", ANY, "demand", "peaks", ANY, "to"): DAY,
    ("releases", ANY, "first"): 1.0,
    ("releases", ANY, "at", ANY): 1.0,
    ("closures", ANY, "from"): DAY,
    ("closures", ANY, "to"): DAY,
}
"""Where a date may stand for a number, and in how many hours that number is."""

ANY_TIME = ("end_week", "closures", "peaks", "releases")
"""Fields at whose places dates may lie outside of the horizon, as those of a list of holidays for several years."""


class Dating:
    """The dates between which moments may lie, of what somebody said about the run."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self.starts = moment_of(said.get(STARTS))
        self.stated = said.get(STARTS) is not None
        self.warmup, self.horizon = (_weeks(said.get(name), usual) for name, usual in _USUAL.items())

    def number(self, moment: dt.datetime, unit: float) -> float:
        """Return a moment as a number, counted from when counting begins; days are whole."""
        assert self.starts is not None
        passed = (moment - self.starts) / dt.timedelta(hours=unit)
        return int(passed) if unit == DAY else passed

    def refused(self, written: object, moment: dt.datetime, path: Path) -> Text | None:
        """Return what is wrong with a date at a place, or None."""
        if self.starts is None:
            return texts.NO_START.format(found=shown(written))
        week = self.number(moment, WEEK)
        if not set(path) & set(ANY_TIME) and not -self.warmup <= week < self.horizon:
            first, last = date_after(self.starts, -self.warmup), date_after(self.starts, self.horizon - A_MOMENT)
            return texts.DATE_OUTSIDE.format(found=shown(written), first=first, last=last)
        return None


A_MOMENT = 1e-6
"""Weeks before its end at which a horizon is on its last day."""

_USUAL = {"warmup_weeks": 10.0, "horizon_weeks": 50.0}


def _weeks(said: Any, usual: float) -> float:
    known = isinstance(said, int | float) and not isinstance(said, bool) and 0.0 <= said <= 100_000.0
    return float(said) if known else usual


def numbered(data: Mapping[str, Any], said: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return data of a scenario with numbers in place of dates; `said` is the scenario where data are a part of it.

    Raises
    ------
    ScenarioError
        With every date that nothing can be made of.
    """
    dating, found = Dating(data if said is None else said), list[Finding]()
    made = dict(data)
    if dating.stated and dating.starts is None:  # no date can be counted from there, so nothing else is said of any
        raise ScenarioError([Finding(mismatch(data.get(STARTS), texts.DATE), (STARTS,))])
    for pattern, unit in MOMENTS.items():
        if pattern[0] in made:
            made[pattern[0]] = _replaced(made[pattern[0]], pattern[1:], (pattern[0],), unit, dating, found)
    if found:
        raise ScenarioError(found)
    return made


def _replaced(
    node: Any, pattern: tuple[str, ...], path: Path, unit: float, dating: Dating, found: list[Finding]
) -> Any:
    """Return what stands at a place, with numbers for the dates at the pattern below it."""
    if not pattern:
        return _number(node, path, unit, dating, found)
    step, rest = pattern[0], pattern[1:]
    if step == ANY and isinstance(node, list | tuple):
        return [_replaced(one, rest, (*path, n), unit, dating, found) for n, one in enumerate(node)]
    if not isinstance(node, Mapping):
        return node
    names = list(node) if step == ANY else [step] if step in node else []
    return {**node, **{name: _replaced(node[name], rest, (*path, name), unit, dating, found) for name in names}}


def _number(written: Any, path: Path, unit: float, dating: Dating, found: list[Finding]) -> Any:
    moment = moment_of(written)
    if moment is None or (unit == DAY and moment.time() != dt.time()):
        if seems_date(written):
            found.append(Finding(mismatch(written, texts.DATE), path))
            return 0
        return written
    if refused := dating.refused(written, moment, path):
        found.append(Finding(refused, path))
    return dating.number(moment, unit) if dating.starts is not None else 0


def check_start(notes: Notes, starts_on: str | None, warmup: float) -> None:
    """Note a first date on another day of the week than that on which counting begins."""
    moment = moment_of(starts_on)
    if moment is None:
        return
    days = round(warmup * 7.0, 6)
    if days != int(days):
        notes.error((STARTS,), texts.START_IN_DAY.format(found=starts_on, warmup=warmup))
        return
    off = (moment.weekday() - int(days)) % 7
    if off:
        near = moment - dt.timedelta(days=off)
        dates = [(near + dt.timedelta(weeks=n)).date().isoformat() for n in (0, 1)]
        notes.error((STARTS,), texts.START_DAY.format(found=starts_on, one=dates[0], other=dates[1], warmup=warmup))


def date_from(starts_on: str | None, weeks: float) -> dt.date | None:
    """Return the date so many weeks from that on which counting begins, where one is known."""
    moment = moment_of(starts_on)
    return None if moment is None else dt.date.fromisoformat(date_after(moment, weeks))


def date_after(moment: dt.datetime, weeks: float) -> str:
    """Return the date so many weeks after a moment, or the last or first that there is."""
    try:
        return (moment + dt.timedelta(hours=round(weeks * WEEK, 6))).date().isoformat()
    except OverflowError:
        return (dt.date.max if weeks > 0.0 else dt.date.min).isoformat()


def with_date(starts_on: str | None, week: float) -> str:
    """Return the number of a week as people read it, and its date where one is known."""
    moment = moment_of(starts_on)
    return f"{week:g}" if moment is None else f"{week:.4g} ({date_after(moment, week)})"

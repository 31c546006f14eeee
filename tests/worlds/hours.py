"""When people are at work, counted afresh: day by day through a whole run, without the tables of the kernel."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.scenario import Scenario
from sim.vocab import DAY, WEEK


@dataclass(frozen=True)
class Hours:
    """All openings of a run and the weeks after it, in hours of the run; none goes beyond a midnight."""

    starts: Any
    ends: Any

    def passed(self, time: float) -> float:
        """Return the open hours up to a time."""
        return float(np.clip(time - self.starts, 0.0, self.ends - self.starts).sum())

    def between(self, begin: float, end: float) -> float:
        """Return the open hours between two times."""
        return self.passed(end) - self.passed(begin) if begin < end else 0.0

    def is_open(self, time: float, edge: float = 1e-6) -> bool:
        """Tell whether people are at work at a time and well within an opening, whose parts may meet at midnight."""
        return bool(self.between(time - edge, time + edge) > 2.0 * edge * 0.99)

    def at_edge(self, time: float, edge: float) -> bool:
        """Tell whether something opens or closes about then."""
        return 0.0 < self.between(time - edge, time + edge) < 2.0 * edge * 0.99


def is_closed(scenario: Scenario, calendar: str, day: float) -> bool:
    """Tell whether a day of the run, counted from the first that counts, is one on which a calendar is closed."""
    for one in scenario.closures:
        meant = calendar in one.calendars or (not one.calendars and not scenario.calendar(calendar).always)
        last = one.from_ if one.to is None else one.to
        if meant and one.from_ <= day <= last:
            return True
    return False


def hours_of(scenario: Scenario, owner: str) -> Hours:
    """Return when somebody who has a queue is at work."""
    calendar = scenario.departments[scenario.home(owner)].calendar
    first = scenario.warmup_weeks * WEEK / DAY
    assert first == int(first), "a warm-up of whole days"
    spans = []
    for week in range(math.ceil(scenario.weeks) + 2):
        for opens, closes in scenario.shifts(owner):
            for day in range(int(opens // DAY), math.ceil(closes / DAY)):
                low, high = max(opens, day * DAY), min(closes, (day + 1) * DAY)
                if low < high and not is_closed(scenario, calendar, 7 * week + day - first):
                    spans.append((week * WEEK + low, week * WEEK + high))
    starts, ends = np.array(sorted(spans)).T
    return Hours(starts, ends)

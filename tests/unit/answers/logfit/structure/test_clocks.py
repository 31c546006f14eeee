import numpy as np
import pytest

from sim.answers.logfit.structure import learn
from sim.answers.logfit.structure.building import PROCESS
from sim.answers.logfit.structure.clocks import FEWEST, OpenHours, stretched, waiting_hours
from sim.eventlog.log import EventLog
from sim.spec.calendars import ALWAYS, OFFICE, Calendar
from tests.worlds.learnable import table


def test_open_hours_are_counted_without_closed_days():
    hours = OpenHours(OFFICE, [1], 400.0)
    assert hours.between(np.array([9.0]), np.array([24.0 + 24.0 + 9.0])).tolist() == [8.0]
    assert hours.between(np.array([9.0]), np.array([5.0])).tolist() == [0.0]


def test_when_so_many_hours_have_passed():
    hours = OpenHours(OFFICE, [], 400.0)
    assert hours.moment(np.array([1.0, 12.0])).tolist() == [9.0, 24.0 + 13.0]


SHORT = Calendar.model_validate({"mon-fri": ["09:00-12:00", "13:00-16:00"]})


def presence(hours: dict[tuple[int, int], float]) -> np.ndarray:
    """Return how often somebody was seen, by day and hour of the day; a hundred times in each office hour."""
    seen = np.zeros((7, 24))
    seen[:5, 9:16] = 100.0
    for at, often in hours.items():
        seen[at] += often
    return seen.reshape(-1)


def test_hours_that_are_never_used_stay_closed() -> None:
    """Breaks stay as they are."""
    assert stretched(SHORT, presence({})) == SHORT


def test_who_stays_late_on_one_day_may_on_every_working_day() -> None:
    """From one sight in two hundred on; the hour after that is closed."""
    late = stretched(SHORT, presence({(2, 16): 60.0, (2, 17): 1.0}))
    assert late == Calendar.model_validate({"mon-fri": ["09:00-12:00", "13:00-17:00"]})


@pytest.mark.parametrize(("often", "intervals"), [(FEWEST * 10, 11), (1, 10)])
def test_on_a_closed_day_somebody_may_look_in(often: float, intervals: int) -> None:
    """For an hour, when most were seen; a single sight is none."""
    assert len(stretched(SHORT, presence({(5, 10): often})).intervals) == intervals


def busy(weights: np.ndarray, events: int) -> EventLog:
    """Return a log whose second events fall in hours of the week by chance, with weights."""
    luck = np.random.default_rng(1)
    hours = luck.choice(168, events, p=weights / weights.sum()) + luck.random(events)
    weeks = 168.0 * luck.integers(1, 10, events)
    return table([row for n in range(events) for row in ((n, "a", "x", 0.0), (n, "b", "x", hours[n] + weeks[n]))])


def test_an_hour_counts_as_much_as_is_done_in_it() -> None:
    weights = np.zeros((7, 24))
    weights[:5, 8:18] = 4.0
    weights[:5, 18:22] = 1.0
    found = np.zeros(168)
    for start, stop, weight in waiting_hours(busy(weights.ravel(), 20000), ALWAYS, OFFICE).pieces:
        found[int(start) : int(stop)] = weight
    assert found == pytest.approx(weights.ravel() / weights[:5, 8:18].mean(), abs=0.12)


def test_luck_makes_no_hour_count_as_less() -> None:
    weights = np.zeros((7, 24))
    weights[:5, 8:18] = 1.0
    office = Calendar.model_validate({"mon-fri": ["08:00-18:00"]})
    assert waiting_hours(busy(weights.ravel(), 300), ALWAYS, office) == office
    assert waiting_hours(busy(np.ones(168), 300), office, ALWAYS) == ALWAYS
    assert waiting_hours(busy(np.ones(168), 100), office, ALWAYS) == office  # too few to tell


def test_who_waits_for_minutes_waits_by_plain_hours() -> None:
    """However few are there late in the day: who comes late and is served at once is served at once."""
    luck = np.random.default_rng(2)
    rows = []
    for case in range(800):
        at = 24.0 * (case % 5) + 168.0 * (case // 40) + luck.uniform(8.0, 16.0) * (1.0 - 0.3 * luck.random())
        soon = at + luck.uniform(0.1, 1.0)
        rows += [
            (case, "ask", "a", at),
            (case, "look", "a", soon),
            (case, "send", "a", soon + luck.uniform(48.0, 96.0)),
        ]
    found = learn(table(rows)).scenario
    steps = {str(one.label): one for one in found.processes[PROCESS].steps.values()}
    assert not found.calendars[steps["ask"].external.calendar].weights
    assert found.calendars[steps["look"].external.calendar].weights

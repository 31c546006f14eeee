import numpy as np
import pytest

from sim.answers.logfit.structure.clocks import FEWEST, OpenHours, stretched
from sim.spec.calendars import OFFICE, Calendar


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

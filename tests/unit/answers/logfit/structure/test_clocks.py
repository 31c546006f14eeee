import numpy as np

from sim.answers.logfit.structure.clocks import OpenHours
from sim.spec.calendars import OFFICE


def test_open_hours_are_counted_without_closed_days():
    hours = OpenHours(OFFICE, [1], 400.0)
    assert hours.between(np.array([9.0]), np.array([24.0 + 24.0 + 9.0])).tolist() == [8.0]
    assert hours.between(np.array([9.0]), np.array([5.0])).tolist() == [0.0]


def test_when_so_many_hours_have_passed():
    hours = OpenHours(OFFICE, [], 400.0)
    assert hours.moment(np.array([1.0, 12.0])).tolist() == [9.0, 24.0 + 13.0]

import datetime as dt

import numpy as np
import pytest

from sim.answers.logfit.structure import learn
from sim.answers.logfit.structure.building import PROCESS, PROFILE
from sim.answers.logfit.structure.seasons import seasons_of
from tests.worlds.learnable import table

YEAR = 8760.0


def came(years, factors, growth=0.0, per_day=6.0, seed=1):
    """Return when cases came: in each month so many times as many as usual, and every year more."""
    luck, origin = np.random.default_rng(seed), dt.datetime(2024, 1, 1)
    found = []
    for day in range(int(years * 365)):
        month = (origin + dt.timedelta(days=day)).month
        rate = per_day * factors[month - 1] * (1.0 + growth * day / 365)
        found += list(24.0 * (day + luck.random(luck.poisson(rate))))
    return np.sort(found)


def seasons(times, years):
    return seasons_of(times, np.ones(len(times)), dt.datetime(2024, 1, 1), 0.0, years * YEAR)


FLAT, SUMMER = [1.0] * 12, [1.0] * 6 + [1.6, 1.6] + [1.0] * 4


def test_what_every_year_has_is_a_season():
    found = seasons(came(3, SUMMER), 3)
    assert found.weights.mean() == pytest.approx(1.0)
    # 180 cases a month, three times: a twentieth is one standard error
    assert found.weights / found.weights[0] == pytest.approx(SUMMER, rel=0.2)
    assert list(found.written)[int(np.argmax(found.weights))] in ("jul", "aug")
    months = found.weights[[6, 7]].mean()
    assert found.usual(100.0 * months, dt.date(2025, 8, 30), 8) == pytest.approx(100.0, rel=0.05)


@pytest.mark.parametrize(("times", "years"), [(came(3, FLAT, growth=0.8), 3), (came(1.5, SUMMER), 1.5)])
def test_growth_is_none_and_one_year_tells_of_none(times, years):
    assert seasons(times, years) is None


def test_the_scenario_has_them():
    times = came(3, SUMMER, per_day=1.5)
    found = learn(table([(n, "do", "desk", float(one)) for n, one in enumerate(times)]))
    months = found.scenario.profiles[PROFILE].months
    assert months["jul"] > 1.2 > months["feb"]
    assert found.scenario.processes[PROCESS].demand.per_week == pytest.approx(7 * 1.5 * 1.1, rel=0.15)
    assert any("seasons" in one.en for one in found.notes)

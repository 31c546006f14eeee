"""The organization with the figures that is least unlike the file, on a picture with a known answer."""

from types import SimpleNamespace

import numpy as np
import pytest

import sim
from sim.answers.fit.nearby import MOVED, least_moved

STRONG = np.array([2.0, 1.0, *[0.01] * 18])


def picture(slopes=STRONG):
    """Return one in which a figure is a sum of shares, known to a hundredth."""
    return SimpleNamespace(at=lambda shares: (shares @ slopes)[:, None], scatter=np.array([[1e-4]]))


def test_assumptions_move_as_far_as_they_do_anything():
    """The shortest way to a figure is along what it depends on: twice as strong, twice as far."""
    here = np.full(len(STRONG), 0.2)
    found = least_moved(picture(), np.array([here @ STRONG + 0.5]), here)
    moved = found - here
    assert found @ STRONG == pytest.approx(here @ STRONG + 0.5, abs=1e-3)
    assert moved[0] == pytest.approx(2.0 * moved[1], rel=1e-3)
    assert (moved != 0.0).sum() <= MOVED


def test_nothing_leaves_its_range():
    """Where one comes to its end, others go further."""
    here = np.full(len(STRONG), 0.9)
    found = least_moved(picture(), np.array([here @ STRONG + 0.25]), here)
    assert found.max() <= 1.0
    assert found @ STRONG == pytest.approx(here @ STRONG + 0.25, abs=5e-3)


def test_a_file_that_has_the_figures_stays_as_it_is():
    """There is nothing to move."""
    here = np.full(len(STRONG), 0.4)
    assert least_moved(picture(), np.array([here @ STRONG]), here) == pytest.approx(here)


@pytest.mark.compiled
def test_figures_of_the_file_itself_move_nothing():
    """Who says what the file does already is told that nothing has to be otherwise, and goes on with that file."""
    firm = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
    disputes = sim.run(firm, replications=20).measures["bounces_per_100"].mean()
    over = ["levers.ambiguity", "levers.clarity"]
    found = sim.fit(firm, {"bounces_per_100": disputes}, over=over, points=100, rounds=1, replications=4)
    best = found.tables["best"].set_index("assumption")["value"].astype(float)
    assert best.to_dict() == {place: firm.lever(place.removeprefix("levers.")) for place in over}
    assert "The file as it stands has all these figures: nothing has to be otherwise." in found.summary("en")
    assert found.fitted().changed({"ranges": None}).levers == firm.levers

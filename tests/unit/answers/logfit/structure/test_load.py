import pytest

from sim.answers.logfit.structure.load import waiting


@pytest.mark.parametrize(("staff", "busy", "hours"), [(1, 0.5, 1.0), (2, 0.8, 1.7778), (3, 0.0, 0.0)])
def test_the_wait_is_that_of_the_formula(staff, busy, hours):
    assert waiting(staff, busy, 1.0) == pytest.approx(hours, abs=1e-4)

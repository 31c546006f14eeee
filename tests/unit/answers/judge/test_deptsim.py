import numpy as np
import pytest

from sim.answers.judge.deptsim import Deptsim
from sim.answers.judge.split import split
from tests.worlds.learnable import table


@pytest.mark.compiled
def test_what_open_cases_did_before_has_the_departments_that_were_found():
    luck = np.random.default_rng(4)
    rows = []
    for case in range(120):
        at = 8.0 * case
        for step, who in (("ask", "ann"), ("check", "bob"), ("answer", "ann")):
            rows.append((case, step, who, at))
            at += float(luck.uniform(20.0, 40.0))
    parts = split(table(rows, "case activity resource end"), "forecast")
    found = Deptsim(1).learn(parts.train, parts.asked(1, 1))
    made = found.log(0)
    went_on = made.arrivals < parts.begin
    assert went_on.any()
    assert set(made.events["group"]) == set(found.learned.parts.departments.labels)

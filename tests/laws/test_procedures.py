"""A longer procedure covers more and is observed less: where people do not put up with much, a short one is best."""

from functools import cache
from itertools import pairwise

import pandas as pd
import pytest

import sim
from sim.interventions import Adoption, Sop
from sim.replications import replicate
from sim.spec.levers import LEVERS
from tests.worlds.levers import levers_of, manufacturer, without_work

PAGES = tuple(range(11))
IMPATIENT = 0.5
LIVED = Adoption(fidelity=1.0, ramp_weeks=0.0)
COVERED = ("clarity", "documents", "adherence", "step_agreement")


def gained(pages: int, tolerance: float) -> dict[str, float]:
    """Return what a procedure of so many pages adds to levers, where it is meant as it is written."""
    quiet = without_work(manufacturer())
    quiet = quiet.model_copy(update={"levers": {**quiet.levers, "tolerance": tolerance}})
    moved = levers_of(quiet.with_interventions([Sop(pages=pages, adoption=LIVED)])) - levers_of(quiet)
    at = list(quiet.departments).index("production")
    return {name: float(moved[at, LEVERS[name].lever]) for name in COVERED}


@pytest.mark.compiled
def test_where_people_put_up_with_everything_every_page_helps() -> None:
    """Each less than the one before: the procedure itself knows of no best length."""
    for lever in COVERED:
        found = [gained(pages, LEVERS["tolerance"].neutral)[lever] for pages in PAGES]
        steps = [after - before for before, after in pairwise(found)]
        assert found[0] == 0.0
        assert min(steps) > 0.0
        assert steps == sorted(steps, reverse=True)


@pytest.mark.compiled
def test_where_they_do_not_a_short_procedure_is_best() -> None:
    """The best is one to three pages long; of ten pages with three forms and two signatures little is left."""
    for lever in COVERED:
        found = [gained(pages, IMPATIENT)[lever] for pages in PAGES]
        best = found.index(max(found))
        assert 1 <= best <= 3
        assert 0.0 < found[10] < found[best] / 3.0


@cache
def measured(pages: int) -> pd.DataFrame:
    """Return the measures of the manufacturer with a procedure, where people do not put up with everything."""
    short = {"levers.tolerance": IMPATIENT, "horizon_weeks": 20, "warmup_weeks": 5}
    changed = sim.load("order_delivery", short).with_interventions([Sop(pages=pages)] if pages else [])
    return replicate(changed, replications=20, seed=5).measures


@pytest.mark.compiled
def test_so_do_the_results() -> None:
    """In paired runs: disputes fall most with a short procedure, and ten pages are gone round in most cases."""
    fewer = {pages: float((measured(0) - measured(pages))["bounces_per_100"].mean()) for pages in (0, 1, 2, 3, 5, 10)}
    best = max(fewer, key=fewer.__getitem__)
    assert 1 <= best <= 3
    assert fewer[10] < fewer[best] / 2.0
    assert measured(10)["bypassed"].mean() > 0.8 > 0.3 > measured(2)["bypassed"].mean()

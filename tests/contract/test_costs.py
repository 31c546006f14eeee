"""Nothing is free: every intervention takes people's time, money, or people who are paid, in proportion to its dose."""

import numpy as np
import pytest

from sim.interventions import INTERVENTIONS, Adoption, Intervention, introduced
from sim.money import spendings
from sim.scenario import Scenario
from sim.spec.organization import Organization
from tests.worlds.doses import DOSES, RUN
from tests.worlds.levers import manufacturer, productivity, without_work

MOST = 0.5
"""Share of its time that no department would give away for a single intervention."""

every_dose = pytest.mark.parametrize("dose", RUN.values(), ids=list(RUN))


@pytest.fixture(scope="module")
def quiet() -> Scenario:
    """Return the departments of a manufacturer that has troubles, without any work."""
    return without_work(manufacturer(troubled=True))


def time_of(quiet: Scenario, one: Intervention) -> np.ndarray:
    """Return the share of its time that an intervention takes of every department when it begins."""
    return productivity(quiet) - productivity(quiet.with_interventions([one]))


def money_of(quiet: Scenario, one: Intervention) -> float:
    """Return the money that it takes in its first ten weeks, the pay of people whom it brings included."""
    changed = quiet.with_interventions([one])
    begin = changed.window[0]
    taken = spendings(changed, [introduced(one)], np.array([begin, begin + 10 * 168.0]))
    return sum(float(once.sum() + weekly.sum()) for once, weekly in taken)


@every_dose
def test_it_costs_something(quiet: Scenario, dose: Intervention) -> None:
    """Time is spent from the first day whether or not people mean it, or money is; less at half strength."""
    unloved = dose.model_copy(update={"adoption": Adoption(fidelity=0.0)})
    weak = unloved.model_copy(update={"strength": 0.5})
    whole, half = time_of(quiet, unloved), time_of(quiet, weak)
    assert (whole >= 0.0).all()
    assert (whole < MOST).all()
    assert (half <= whole + 1e-12).all()
    split = "team_size" in dose.levers  # teams talk to each other where a department is split, and it is or it is not
    assert split or half == pytest.approx(whole / 2.0, rel=0.02)
    spent = money_of(quiet, unloved)
    assert spent >= 0.0
    assert whole.sum() + spent > 0.0
    people = [hire for hire in dose.recruits(quiet) if hire.number(0.5) * 2 != hire.people]  # nobody is half a person
    assert people or money_of(quiet, weak) == pytest.approx(spent / 2.0)


@every_dose
def test_what_it_says_it_takes_it_takes(quiet: Scenario, dose: Intervention) -> None:
    """A class whose rows take time takes time, one whose rows say money spends some, and no other does."""
    plain = dose.model_copy(update={"money_once": 0.0, "money_per_week": 0.0})
    takes = {edit.lever for edit in plain.edits(quiet)} & {"overhead"}
    assert bool(time_of(quiet, plain).sum() > 0.0) == bool(takes or plain.meetings(quiet))
    spends = plain.spends(quiet)
    assert (money_of(quiet, plain) > 0.0) == (spends.once + spends.weekly > 0.0 or bool(plain.recruits(quiet)))


@pytest.mark.parametrize("kind", [kind for kind, cls in INTERVENTIONS.items() if cls.costs])
def test_every_row_of_costs_takes_something(quiet: Scenario, kind: str) -> None:
    """At the usual dose, at a preset or at another tested setting: a row that never takes anything is none."""
    doses = [dose for dose in DOSES.values() if dose.kind == kind]
    for row in INTERVENTIONS[kind].costs:
        assert any(_takes(row, dose, quiet) for dose in doses), row


def _takes(row: object, dose: Intervention, organization: Organization) -> bool:
    money = row.money(dose, organization)
    return any(edit.strength > 0.0 for edit in row.edits(dose, organization)) or money.once + money.weekly > 0.0


def test_money_stated_beside_it_is_added(quiet: Scenario) -> None:
    """What a file says of an invoice comes on top of what the intervention takes anyway."""
    for kind, cls in INTERVENTIONS.items():
        plain, paid = cls(kind=kind), cls(kind=kind, money_once=100.0, money_per_week=10.0)
        before, after = plain.spends(quiet), paid.spends(quiet)
        assert (after.once - before.once, after.weekly - before.weekly) == pytest.approx((100.0, 10.0)), kind

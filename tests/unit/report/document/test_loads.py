"""Who pays: what an alternative takes from each department, and what becomes of answers, rework and disputes."""

import pytest

from sim.report.document.loads import PRICED, WORK, Load, loads_of
from sim.study.compare import planned
from tests.worlds.fakes import FakeEngine, small_scenario

WITH = {"Roles": ["raci", {"departments.production.staff": 6}]}


def compared(monkeypatch, also=()):
    """Return a comparison of runs that are made up."""
    FakeEngine().used(monkeypatch)
    plan = planned(small_scenario(), WITH, 3, also=also)
    plan.run()
    return plan.comparison()


def test_hours_add_up(monkeypatch):
    """What is paid is what is taken and what is spent more; means over weeks that count."""
    comparison = compared(monkeypatch, ("weekly",))
    weekly = {label: run.tables["weekly"] for label, run in comparison.runs.items()}
    for one in loads_of(comparison, "Roles"):
        moved = [one.moved[kind] for kind in PRICED]
        assert one.net == pytest.approx(one.given + sum(moved))
        means = {
            label: rows[(rows["department"] == one.owner) & (rows["week"] >= 0)]["rework"].mean()
            for label, rows in weekly.items()
        }
        assert one.moved["rework"] == pytest.approx(means["Roles"] - means["Now"])
    given = {one.owner: one for one in loads_of(comparison, "Roles")}
    assert given["production"].given > given["sales"].given > 0.0
    assert {name: one.people for name, one in given.items()} == {"sales": 0, "production": 2}


def test_without_weeks_only_what_is_taken_is_known(monkeypatch):
    """As where a program compared."""
    comparison = compared(monkeypatch)
    for run in comparison.runs.values():
        tables = {name: run.tables[name] for name in run.tables if name != "weekly"}
        object.__setattr__(run, "tables", tables)
    assert all(not one.moved and one.net != one.net for one in loads_of(comparison, "Roles"))


def test_work_on_cases_is_neither_a_price_nor_a_gain():
    """Less of it may be that less gets done."""
    moved = {"own": 90.0, WORK: -7.0, "answers": 2.0, "rework": -3.0, "disputes": 0.5}
    assert Load("sales", 0.5, 0.6, 1.0, moved, 0).net == 0.5

"""The log a run leaves behind, against the tables of the run."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

import sim
from sim.eventlog.log import EventLog
from sim.eventlog.simulated import BOOKED, EPOCH, simulated
from sim.vocab import WEEK

DATED = {"warmup_weeks": 1, "horizon_weeks": 3, "starts_on": "2024-01-08"}


@pytest.fixture(scope="module")
def result():
    """Two replications of an organization with two processes and urgent cases."""
    return sim.run(sim.load("order_delivery", DATED), replications=2, events=True)


@pytest.fixture(scope="module")
def log(result):
    """The log of the second."""
    return simulated(result, 1)


def test_every_piece_of_booked_work_is_an_event(result, log):
    """With the hours that the run has, case by case in the order in which they ended."""
    table = result.events.query("replication == 1")
    table = table[table["kind"].isin(BOOKED)].sort_values(["case", "end", "start"], kind="stable")
    assert log.events["start"].tolist() == table["start"].tolist()
    assert log.events["end"].tolist() == table["end"].tolist()
    assert log.cases["case"].to_numpy()[log.events["case"]].tolist() == table["case"].astype(str).tolist()
    labels = {"sales": "Sales", "service": "Customer service"}
    told = log.events["group"].astype(str).to_numpy()
    for name, label in labels.items():
        assert set(told[table["department"] == name]) == {label}


def test_cases_have_what_a_ticket_system_knows(result, log):
    """When they are due, how urgent they are, what they are about and what became of them."""
    cases = result.cases.query("replication == 1").set_index("case").loc[log.cases["case"].astype(int)]
    assert log.known == {"start", "group", "due", "priority"}
    np.testing.assert_array_equal(log.cases["due"], cases["target"])
    assert ((log.cases["priority"] == "urgent") == cases["urgent"].to_numpy()).all()
    assert set(log.cases["process"]) == {"Complaint", "Order"}
    assert ((log.cases["state"] == "open") == (cases["finish"].isna() & ~cases["lost"]).to_numpy()).all()


def test_the_clock_begins_with_the_warm_up(log):
    """On the Monday that lies so many weeks before the date from which on cases count."""
    assert (log.origin, log.origin.weekday()) == (dt.datetime(2024, 1, 1), 0)
    assert log.until == sim.load("order_delivery", DATED).weeks * WEEK
    undated = sim.run(sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 1}), events=True)
    assert simulated(undated).origin == EPOCH


def test_warm_up_and_what_comes_later_can_be_left_out(result):
    """Cases that had arrived before counting began, and what had not ended when the log was taken."""
    later = simulated(result, 1, warmup=False)
    arrived = result.cases.query("replication == 1").set_index("case")["arrival"]
    assert arrived.loc[later.cases["case"].astype(int)].min() >= WEEK
    early = simulated(result, 1, until=300.0)
    assert early.until == 300.0
    assert early.events["end"].max() <= 300.0
    assert len(early.cases) == early.events["case"].nunique()
    finished = result.cases.query("replication == 1").set_index("case")["finish"]
    late = (finished.loc[early.cases["case"].astype(int)] > 300.0).to_numpy()
    assert late.any()
    assert (early.cases["state"][late] == "open").all()


def test_replications_in_one_log_are_told_apart(result):
    """No case of one is that of another, and each is there as if it were alone."""
    both, second = simulated(result, None), simulated(result, 1)
    mine = both.only(both.cases["replication"] == 1)
    assert mine.cases["case"].tolist() == [f"1-{one}" for one in second.cases["case"]]
    assert mine.events["end"].tolist() == second.events["end"].tolist()
    assert len(both.events) == len(simulated(result, 0).events) + len(second.events)


def test_all_kinds_of_work_may_be_events(result):
    """What is not the step itself is called by step and kind; waiting for somebody outside never is one."""
    every = simulated(result, 1, "all", lang="zh")
    table = result.events.query("replication == 1 and kind != 'external'")
    assert len(every.events) == len(table)
    assert "生产：征询" in every.events["activity"].cat.categories


def test_departments_of_one_label_are_told_apart(result):
    """By their site, and else by their name."""
    alike = {f"departments.{one}.label": "Team" for one in ("sales", "production", "warehouse")}
    sited = {"departments.sales.site": "North"}
    run = sim.run(sim.load("order_delivery", {**DATED, **alike, **sited}), events=True)
    groups = set(simulated(run).events["group"].cat.categories)
    assert {"Team (North)", "Team [production]", "Team [warehouse]"} <= groups


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kinds": ["wrok"]}, "kinds: found 'wrok'; did you mean 'work'?"),
        ({"replication": 7}, "replication: found 7, expected one of 0–1"),
    ],
)
def test_what_is_not_there_is_refused(result, asked, said):
    """In one sentence."""
    with pytest.raises(ValueError, match="expected") as caught:
        simulated(result, **asked)
    assert str(caught.value).startswith(said)


def test_a_run_without_events_is_refused():
    """It says how to get them."""
    plain = sim.run(sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 1}), keep="cases")
    with pytest.raises(ValueError, match=r"missing: events \(run it with events=True"):
        simulated(plain)


def test_a_run_in_which_nothing_happens_leaves_an_empty_log():
    """Whichever replication is asked for; one that was not run is refused all the same."""
    idle = sim.load("order_delivery", {"horizon_weeks": 1, "warmup_weeks": 0})
    idle = idle.changed({f"processes.{name}.demand.per_week": 1e-9 for name in idle.processes})
    found = sim.run(idle, events=True)
    for replication in (0, None):
        log = sim.simulated(found, replication)
        assert (len(log.events), len(log.cases)) == (0, 0)
    with pytest.raises(ValueError, match="replication: found 1, expected one of 0"):
        sim.simulated(found, 1)
    with pytest.raises(ValueError, match="found no event"):
        EventLog.of(pd.DataFrame({"case": [], "activity": [], "end": pd.to_datetime([])}))

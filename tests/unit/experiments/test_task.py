"""A block of runs: rows come out, whatever happened in it."""

import pickle

import pytest

from sim.engine import Block as Replications
from sim.experiments.rounds import Block
from sim.experiments.task import RunsTask
from tests.worlds.stores import FACTORS, plan_of, sent_of, small


def task_of(plan, *spans):
    """Return the task of a block."""
    block = Block(0, spans)
    return RunsTask(block, tuple(plan.point(number) for number, _ in spans), sent_of(plan))


def test_rows_are_those_of_a_run():
    """Each measure of every run, to the bit."""
    import sim

    plan = plan_of(seed=7)
    task = pickle.loads(pickle.dumps(task_of(plan, (0, range(1, 3)), (7, range(2)))))
    task.prepare()
    table = task.work()["runs"].to_pandas()
    assert table[["point", "replication"]].to_numpy().tolist() == [[0, 1], [0, 2], [7, 0], [7, 1]]
    assert table["error"].isna().all()
    alone = sim.run(small(), 2, 7, first=1, keep="measures").measures
    here = table.iloc[:2].set_index("replication")[alone.columns]
    assert here.equals(alone)


def test_a_point_that_cannot_be_is_rows_with_a_sentence():
    """Each of its runs has it, and the other points have their numbers."""
    factors = FACTORS | {"latency": {"set": "levers.latency", "values": [2.0, -4.0]}}
    task = task_of(plan_of(factors=factors), (0, range(2)), (2, range(2)))
    table = task.work()["runs"].to_pandas()
    assert table["error"].notna().tolist() == [False, False, True, True]
    assert "levers.latency" in table["error"][2]
    assert "\n" not in table["error"][2]
    assert table["on_time_target"].isna().tolist()[2:] == [True, True]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyError("desk"), "KeyError: desk"),
        (TypeError("no <Desk at 0x7f12ab34cd>\n  here"), "TypeError: no <Desk at 0x…> here"),
        (MemoryError(), "replication 1 failed: not enough memory"),
    ],
)
def test_a_run_that_fails_is_a_row(error, told, monkeypatch):
    """The others go on, whatever it was, and it is told in the same words every time."""
    way = Replications._way

    def breaking(self):
        def run(compiled, seed, number, **options):
            if number == 1:
                raise error
            return way(self)(compiled, seed, number, **options)

        return run

    monkeypatch.setattr(Replications, "_way", breaking)
    table = task_of(plan_of(), (0, range(3))).work()["runs"].to_pandas()
    assert table["error"].tolist() == [None, told, None] or table["error"].fillna("").tolist() == ["", told, ""]
    assert table["trust"].notna().tolist() == [True, False, True]


def test_what_was_lost_is_rows():
    """With the columns of all others."""
    task = task_of(plan_of(), (0, range(2)), (1, range(1)))
    table = task.lost("whoever worked on it died")["runs"]
    assert table.schema == task.work()["runs"].schema
    assert set(table["error"].to_pylist()) == {"whoever worked on it died"}


def test_tasks_are_small_however_many_points_there_are():
    """The design stays where it is."""
    many = FACTORS | {"load": {"set": "levers.trust_start", "values": [n / 2000 for n in range(1, 1001)]}}
    few, more = (len(pickle.dumps(task_of(plan_of(factors=one), (0, range(2))))) for one in (FACTORS, many))
    assert more - few < 12_000  # the levels of the factor itself
    assert few < 40_000

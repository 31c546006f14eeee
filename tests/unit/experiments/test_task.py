"""A block of runs: rows come out, whatever happened in it."""

import pickle

import pytest

from sim.engine import Block as Replications
from sim.experiments.plan import Plan
from sim.experiments.rounds import Block
from sim.experiments.task import Tasks
from sim.spec.findings import Finding, ScenarioError
from sim.words import Text
from tests.worlds.stores import small


def task_of(plan, *spans):
    """Return the task of a block."""
    return Tasks(plan).of(Block(0, spans))


def test_rows_are_those_of_a_run():
    """Each measure of every run, to the bit."""
    import sim

    plan = small(seed=7)
    task = pickle.loads(pickle.dumps(task_of(plan, (0, range(1, 3)), (3, range(2)))))
    task.prepare()
    table = task.work()["runs"].to_pandas()
    assert table[["point", "replication"]].to_numpy().tolist() == [[0, 1], [0, 2], [3, 0], [3, 1]]
    assert table["error"].isna().all()
    alone = sim.run(plan.scenario(plan.point(0)), 2, 7, first=1, keep="measures").measures
    assert table.iloc[:2].set_index("replication")[list(plan.specs)].equals(alone[list(plan.specs)])


def test_a_point_that_cannot_be_is_rows_with_a_sentence(monkeypatch):
    """Each of its runs has it, and the other points have their numbers."""
    made = Plan.made

    def refusing(self, point):
        if point.number == 2:
            raise ScenarioError([Finding(Text("found 3 people,\n expected more", "人太少"), ("departments", "sales"))])
        return made(self, point)

    monkeypatch.setattr(Plan, "made", refusing)
    table = task_of(small(seed=8), (0, range(2)), (2, range(2))).work()["runs"].to_pandas()
    said = "departments.sales: found 3 people, expected more"
    assert table["error"].fillna("").tolist() == ["", "", said, said]
    assert table["on_time_target"].isna().tolist() == [False, False, True, True]


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
    table = task_of(small(), (0, range(3))).work()["runs"].to_pandas()
    assert table["error"].fillna("").tolist() == ["", told, ""]
    assert table["trust"].notna().tolist() == [True, False, True]


def test_what_was_lost_is_rows():
    """With the columns of all others."""
    task = task_of(small(), (0, range(2)), (1, range(1)))
    table = task.lost("whoever worked on it died")["runs"]
    assert table.schema == task.work()["runs"].schema
    assert set(table["error"].to_pylist()) == {"whoever worked on it died"}


def test_tasks_are_small_however_many_points_there_are():
    """The design stays where it is."""
    factors = {"latency": {"set": "levers.latency", "range": [1.0, 9.0]}}
    points = [{"latency": 1.0 + n / 100} for n in range(300)]
    few, many = (
        small(factors=factors, design={"kind": "points", "points": points[:count]}) for count in (2, len(points))
    )
    sizes = [len(pickle.dumps(task_of(one, (0, range(2))))) for one in (few, many)]
    assert sizes[0] == sizes[1] < 40_000


def test_points_can_have_luck_of_their_own():
    """Each run has the luck of another replication, however many replications there are."""
    import sim

    plan = small(seed=7, luck="own")
    table = task_of(plan, (0, range(2)), (3, range(1, 2))).work()["runs"].to_pandas()
    assert table[["point", "replication"]].to_numpy().tolist() == [[0, 0], [0, 1], [3, 1]]
    for row, (point, first) in zip(table.itertuples(), [(0, 0), (0, 1), (3, 3_000_001)], strict=True):
        alone = sim.run(plan.scenario(plan.point(point)), 1, 7, first=first, keep="measures").measures
        assert row.lead_time_mean == alone["lead_time_mean"].iloc[0]
    assert plan.hash != small(seed=7).hash

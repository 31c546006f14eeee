"""Studies: block by block, in any engine and order, with the same result; interrupted, and gone on with."""

import pickle
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import pytest

from sim.engine import Block, Failure, Threads
from sim.replications import Study, run
from sim.study.compare import compare, planned
from tests.worlds.fakes import FakeEngine, small_scenario

SHORT = {"warmup_weeks": 1.0, "horizon_weeks": 3.0}


class Elsewhere:
    """An engine that works on copies, as if they had been sent somewhere, and stops after so many blocks."""

    def __init__(self, most: int = 10**9) -> None:
        self.most, self.seen = most, []

    def results(self, blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Any]]]:
        for place, block in enumerate(blocks):
            if place == self.most:
                raise KeyboardInterrupt
            self.seen.append((block.label, block.replications))
            sent = pickle.loads(pickle.dumps(block))
            yield block, pickle.loads(pickle.dumps(sent.work()))


def same(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> None:
    """Compare tables to the bit."""
    assert list(one) == list(other)
    for name, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[name], check_exact=True)


def test_another_engine_gives_the_same_bits() -> None:
    """What is sent elsewhere and comes back is what threads here make of it."""
    scenario = small_scenario(**SHORT)
    here, there = (Study({"one": scenario}, replications=3, seed=5) for _ in range(2))
    here.run(Threads(2))
    there.run(Elsewhere())
    same(here.result("one").tables, there.result("one").tables)


def test_every_scenario_is_in_a_replication_before_any_is_in_the_next() -> None:
    """So that what is done can be compared at any time."""
    engine = Elsewhere()
    planned(small_scenario(**SHORT), {"A": ["raci"], "B": ["daily_standup"]}, 2).run(engine)
    assert engine.seen == [(label, range(n, n + 1)) for n in range(2) for label in ("Now", "A", "B")]


def test_an_interrupted_study_has_a_result_and_goes_on() -> None:
    """What is done counts where every alternative has been there; the rest is done later, nothing twice."""
    scenario, alternatives = small_scenario(**SHORT), {"A": ["raci"]}
    plan = planned(scenario, alternatives, 4, 7)
    with pytest.raises(KeyboardInterrupt):
        plan.run(Elsewhere(5))
    part = plan.comparison()
    assert (part.replications, part.wanted, part.interrupted) == (2, 4, True)
    same(part.tables, compare(scenario, alternatives, 2, 7).tables)
    rest = Elsewhere()
    plan.run(rest)
    assert rest.seen == [("A", range(2, 3)), ("Now", range(3, 4)), ("A", range(3, 4))]
    same(plan.comparison().tables, compare(scenario, alternatives, 4, 7).tables)
    assert not plan.comparison().interrupted


def test_blocks_hold_as_many_replications_as_wanted() -> None:
    """The last one holds what is left."""
    study = Study({"one": small_scenario(**SHORT)}, replications=5, seed=1, first=3)
    assert [block.replications for block in study.blocks(2)] == [range(3, 5), range(5, 7), range(7, 8)]
    for block in study.blocks(2):
        assert len(block.work()) == len(block.replications)


def test_a_failure_is_a_sentence_and_loses_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """A replication that ran out of memory is left out, and named."""
    real = Block.work

    def failing(block: Block) -> list[Any]:
        return [Failure("replication 1 failed: MemoryError")] if 1 in block.replications else real(block)

    monkeypatch.setattr("sim.engine.Block.work", failing)
    result = run(small_scenario(**SHORT), 3)
    assert list(result.measures.index) == [0, 2]
    assert result.errors == ("replication 1 failed: MemoryError",)


def test_memory_that_never_suffices_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where some replications are left out there is a result, but nothing is none."""

    def failing(*_: Any, **__: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr("sim.engine.block.simulate", failing)
    with pytest.raises(MemoryError):
        run(small_scenario(**SHORT), 2)


def test_progress_never_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when a study is gone on with."""
    FakeEngine().used(monkeypatch)
    plan, seen = planned(small_scenario(), {"A": ["raci"]}, 3), []
    plan.run(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(n, 6) for n in range(1, 7)]
    plan.run(progress=lambda done, total: seen.append((done, total)))
    assert len(seen) == 6


def test_a_plan_that_grows_in_steps_ends_with_the_same_bits() -> None:
    """After each step there is the comparison of so many replications; nothing is done twice."""
    scenario, alternatives = small_scenario(**SHORT), {"A": ["raci"]}
    plan, engine = planned(scenario, alternatives, 2, 7), Elsewhere()
    for replications in (2, 2, 5):
        plan.grow(replications)
        plan.run(engine)
        found, at_once = plan.comparison(), compare(scenario, alternatives, replications, 7)
        same(found.tables, at_once.tables)
        assert found.manifest == at_once.manifest
        assert (found.wanted, found.interrupted) == (replications, False)
    assert engine.seen == [(label, range(n, n + 1)) for n in range(5) for label in ("Now", "A")]


def test_a_plan_never_shrinks() -> None:
    """What was asked for stays asked for."""
    plan = planned(small_scenario(**SHORT), {"A": ["raci"]}, 3)
    with pytest.raises(ValueError, match=r"^replications: found 2, expected a whole number of at least 3$"):
        plan.grow(2)
    plan.grow(4)
    assert (plan.study.total, plan.study.done) == (8, 0)

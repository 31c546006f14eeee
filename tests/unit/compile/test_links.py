"""Links as rows: who has one with whom, how often they deal, and how large a step of their trust is."""

import pytest

from sim.compile import Compiled, compile_scenario
from sim.compile.links import FEW_POOLS, dense_links
from sim.scenario import loads

TEXT = """
departments:
  {a: {staff: 9}, b: {staff: 9, pools: {head: {hours_per_week: 5}}}, c: {staff: 9}, d: {staff: 1}, e: {staff: 1}}
management: b
relations:
  trust: 0.5
  understanding: 0.4
  pairs: [{from: a, to: b, trust: 0.9}, {from: d, to: a, understanding: 0.1, distance: 0.3}]
processes:
  p:
    demand: {per_week: 10}
    steps:
      one: {R: a, C: [c], work: 0.1, needs: []}
      two: {R: b, A: b.head, I: [c], work: 0.1, needs: [one], response_hours: 8}
"""
A, B, C, D, E, HEAD = range(6)


def pairs(compiled: Compiled, field: str) -> dict[tuple[int, int], float]:
    """Return a field of every link, by its ends."""
    return dict(zip(compiled.link_ends, compiled.links[field].tolist(), strict=True))


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    """Five departments, of which one deals with management only."""
    return compile_scenario(loads(TEXT))


def test_there_is_a_link_for_whoever_may_deal_with_whom(compiled: Compiled) -> None:
    """Both ways, sorted; also for two whose relation is described, and for everybody with management."""
    both = [(A, B), (A, C), (A, D), (B, C), (B, D), (B, E), (B, HEAD)]
    assert list(compiled.link_ends) == sorted([*both, *((j, i) for i, j in both)])
    pools = compiled.params.pools
    spans = list(zip(pools["first_link"].tolist(), pools["n_links"].tolist(), strict=True))
    assert spans == [(0, 3), (3, 5), (8, 2), (10, 2), (12, 1), (13, 1)]


def test_relations_are_as_described_and_else_as_usual(compiled: Compiled) -> None:
    """One way only: what holds from a to b is not said from b to a."""
    trust, understanding = pairs(compiled, "trust"), pairs(compiled, "understanding")
    assert {pair for pair, value in trust.items() if value != 0.5} == {(A, B)}
    assert {pair for pair, value in understanding.items() if value != 0.4} == {(D, A)}
    assert (trust[A, B], understanding[D, A]) == (0.9, 0.1)


def test_two_are_as_far_apart_one_way_as_the_other(compiled: Compiled) -> None:
    """Distance is written once, and holds in both directions; who says nothing of it is near."""
    distance = pairs(compiled, "distance")
    assert {pair: far for pair, far in distance.items() if far} == {(A, D): 0.3, (D, A): 0.3}


def test_dealings_between_departments_and_approvals_are_kept_apart(compiled: Compiled) -> None:
    """Ten cases a week are handed over, asked about, and approved; notices are no dealings."""
    weight, approvals = pairs(compiled, "weight"), pairs(compiled, "approvals")
    asked = dict.fromkeys(((A, B), (B, A), (A, C), (C, A)), 10.0)
    assert {pair: often for pair, often in weight.items() if often} == asked
    assert {pair: often for pair, often in approvals.items() if often} == {(B, HEAD): 10.0, (HEAD, B): 10.0}


@pytest.mark.parametrize(
    ("per_week", "pace", "norm"), [(10, 1, 0.5), (5, 1, 1.0), (10, 0.5, 1.0), (1, 1, 4.0), (200, 1, 0.05)]
)
def test_busier_links_take_smaller_steps(per_week: float, pace: float, norm: float) -> None:
    """Five dealings a week are usual, over the pace; within bounds. Whose dealings nobody judges takes plain steps."""
    text = TEXT.replace("per_week: 10", f"per_week: {per_week}") + f"pace: {pace}\n"
    found = pairs(compile_scenario(loads(text)), "norm")
    judged = {pair for ends in ((A, B), (A, C), (B, HEAD)) for pair in (ends, ends[::-1])}
    assert found == {pair: norm if pair in judged else 1.0 for pair in found}


def test_links_are_looked_up_in_a_square(compiled: Compiled) -> None:
    """The row of every link, or -1: the same that is found by search."""
    pools = compiled.params.pools
    spans = list(zip(pools["first_link"].tolist(), pools["n_links"].tolist(), strict=True))
    square = dense_links(compiled.links, spans)
    rows = {pair: row for row, pair in enumerate(compiled.link_ends)}
    assert square == [rows.get((i, j), -1) for i in range(6) for j in range(6)]
    first = compiled.params.world[0]["dense"]
    assert compiled.params.lists[first : first + 36].tolist() == square


@pytest.mark.parametrize("owners", [FEW_POOLS, FEW_POOLS + 1])
def test_a_square_is_made_for_few_only(owners: int) -> None:
    """Its size grows with the square of the number of owners."""
    more = "".join(f", x{k}: {{staff: 1}}" for k in range(owners - 6))
    compiled = compile_scenario(loads(TEXT.replace(", e: {staff: 1}", f", e: {{staff: 1}}{more}")))
    assert len(compiled.pools) == owners
    assert (compiled.params.world[0]["dense"] >= 0) == (owners <= FEW_POOLS)

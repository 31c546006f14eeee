"""Shocks as rows: dated changes in order, and the clock of arrivals that a surge warps."""

import pytest

from sim.compile import compile_scenario
from sim.scenario import loads
from sim.scenario.seasons import pieces as surges_of
from sim.vocab import Shock

TEXT = """
departments: {a: {staff: 3}, b: {staff: 3}}
processes:
  p: {demand: {per_week: 5}, steps: {s: {R: a, work: 1, I: [b]}}}
  q: {demand: {per_week: 5, during: always}, steps: {s: {R: b, work: 1}}}
warmup_weeks: 2
horizon_weeks: 20
shocks: [%s]
"""
LATE = "{kind: leaver, week: 4, from: b, to: a, share: 0.5, people: 2, vacancy_weeks: 3}"
EARLY = "{kind: leaver, week: -1, from: a, to: b, people: 0}"


@pytest.mark.parametrize("shocks", [(LATE, EARLY), (EARLY, LATE)])
def test_leavers_are_dated_changes_in_order(shocks: tuple[str, str]) -> None:
    """A relationship is lost, people are missing, and are replaced; weeks count from the end of the warm-up."""
    table = compile_scenario(loads(TEXT % ", ".join(shocks))).params.shocks
    assert table[["time", "kind", "dept", "other", "amount"]].tolist() == [
        (168.0, Shock.PARTING, 0, 1, 1.0),
        (1008.0, Shock.PARTING, 1, 0, 0.5),
        (1008.0, Shock.STAFF, 1, -1, -2.0),
        (1512.0, Shock.STAFF, 1, -1, 2.0),
    ]


@pytest.mark.parametrize(
    ("process", "surges", "pieces"),
    [
        ("q", ["week: 1, weeks: 2, factor: 3"], [(0, 0, 1), (504, 504, 3), (504 + 3 * 336, 840, 1)]),
        ("p", ["week: 1, weeks: 2, factor: 3"], [(0, 0, 1), (120, 120, 3), (120 + 3 * 80, 200, 1)]),
        ("q", ["week: 1, weeks: 2, factor: 0"], [(0, 0, 1), (504, 840, 1)]),
        (
            "q",
            ["week: 1, weeks: 2, factor: 2", "week: 2, weeks: 2, factor: 0.5"],
            [(0, 0, 1), (504, 504, 2), (840, 672, 1), (1008, 840, 0.5), (1092, 1008, 1)],
        ),
        ("q", [], []),
        ("q", ["week: 1, weeks: 2, factor: 1"], []),
    ],
    ids=["thrice", "in open hours", "nobody comes", "two multiply", "none", "as usual"],
)
def test_a_surge_warps_the_clock_of_arrivals(process: str, surges: list[str], pieces: list[tuple[float, ...]]) -> None:
    """Usual open hours passed, open hours passed, and how fast: nothing is said of a time in which nobody comes."""
    told = ", ".join(f"{{kind: surge, process: {process}, {one}}}" for one in surges)
    scenario = loads(TEXT % told)
    assert surges_of(scenario, process) == pieces
    params = compile_scenario(scenario).params
    mine, other = (params.processes[k] for k in ((0, 1) if process == "p" else (1, 0)))
    assert (mine["n_surges"], other["n_surges"]) == (len(pieces), 0)
    numbers = params.numbers[mine["surges"] : mine["surges"] + 3 * len(pieces)]
    assert numbers.tolist() == [number for piece in pieces for number in piece]

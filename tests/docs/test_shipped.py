"""What the shipped scenarios say of themselves is what comes out when they are run."""

import re

import pandas as pd
import pytest

import sim
from tests import ROOT


def beginning(name: str) -> str:
    """Return the comment at the top of a scenario file as one line."""
    text = (ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8").partition("\nformat:")[0]
    return " ".join(line.removeprefix("#").strip() for line in text.splitlines())


def said(pattern: str) -> list[float]:
    """Return the numbers that the order process says of itself in a passage."""
    found = re.search(pattern, beginning("order_delivery"))
    assert found, pattern
    return [float(number) for number in found.groups()]


@pytest.fixture(scope="module")
def result() -> sim.RunResult:
    """As many replications as it says, with the seed that it says."""
    (replications, seed) = map(int, said(r"(\d+) replications, seed (\d+)"))
    return sim.run(sim.load("order_delivery"), replications=replications, seed=seed)


@pytest.mark.long
@pytest.mark.compiled
def test_how_many_are_on_time_before_anything_is_introduced(result: sim.RunResult) -> None:
    """With its interval, of orders, of complaints, and how long a case takes."""
    told = result.measures
    on_time = 100.0 * told["on_time_target"]
    mean, half = on_time.mean(), 1.96 * on_time.std() / len(on_time) ** 0.5
    shares = said(r"([\d.]+) % of the cases are on time .* interval ([\d.]+) to ([\d.]+) %")
    assert [round(one, 1) for one in (mean, mean - half, mean + half)] == shares
    parts = [round(100.0 * told[f"on_time_target.{process}"].mean()) for process in ("order", "complaint")]
    assert parts == said(r"(\d+) % of the orders .* and (\d+) % of the complaints")
    assert round(told["lead_time_mean"].mean()) == said(r"A case takes (\d+) hours")[0]


@pytest.mark.long
@pytest.mark.compiled
def test_what_disputes_do_to_complaints(result: sim.RunResult) -> None:
    """How many are disputed how often, and how many of those are on time."""
    begin, end = result.scenario.window
    cases = result.cases
    mine = cases[(cases["process"] == "complaint") & cases["arrival"].between(begin, end, inclusive="left")]
    often = pd.cut(mine["bounces"], [-1, 0, 1, 2, 4, 10**6], labels=["none", "once", "twice", "more", "many"])
    once, many = said(r"complaints (\d+) % are disputed at least once and ([\d.]+) % five times or more")
    assert round(100.0 * (mine["bounces"] > 0).mean()) == once
    assert round(100.0 * (often == "many").mean(), 1) == many
    on_time = mine["on_time_target"].astype(float).groupby(often, observed=True).mean()
    found = [round(100.0 * on_time[one]) for one in ("none", "twice", "many")]
    assert found == said(r"in (\d+) % of the cases without a dispute, (\d+) % with two and (\d+) % with five or more")

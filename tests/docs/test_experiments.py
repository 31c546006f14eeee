"""The shipped experiments: each reads, asks and answers in both languages, and answers what was measured."""

import re
from itertools import product

import numpy as np
import pandas as pd
import pytest

from docs import experiments
from docs.experiment_quantities import QUANTITIES, Found
from docs.mark import present
from sim.experiments.places import shipped_experiments
from sim.experiments.reading import plan_of
from sim.experiments.running import experiment
from sim.spec.base import text_of

RUNS = {
    "four_roots": 11 * 2**4 * 20,
    "hours_budget": 2**7 * 40,
    "one_measure_each": 11 * (1 + 4) * 40,
    "response_hours": 10 * 3 * 40,
    "rotation": 7 * 4 * 40,
    "seven_measures": 2**7 * 50,
    "sop_pages": 9 * 2 * 30,
    "standup_load": 8 * 4 * 40,
    "surge": 2 ** (8 - 2) * 40,
    "tipping": 17 * 2 * 20,
    "unknown_world": 200 * 3 * 5,
    "way_out": 6 * 20,
}
"""How many runs each has: points of its design, and replications."""

TOLD = {
    "en": re.compile(r"([+−]?\d+(?:\.\d+)?) \((−?\d+(?:\.\d+)?) to (−?\d+(?:\.\d+)?)\)"),
    "zh": re.compile(r"([+−]?\d+(?:\.\d+)?)（(−?\d+(?:\.\d+)?) 至 (−?\d+(?:\.\d+)?)）"),
}
"""A number with its interval, in either language."""


def told(text: str, lang: str) -> list[tuple[str, ...]]:
    """Return the numbers with their intervals that a text names, in its order."""
    return [tuple(one.replace("−", "-").lstrip("+") for one in found) for found in TOLD[lang].findall(text)]


def test_all_shipped_experiments_are_known() -> None:
    """To the script that measured them, with the number of their runs; nothing is wrong with any of them."""
    assert set(shipped_experiments()) == set(QUANTITIES) == set(RUNS)
    for name, runs in RUNS.items():
        plan = plan_of(name)
        assert plan.total * plan.experiment.replications == runs == experiments.runs_of(name), name


@pytest.mark.parametrize("name", sorted(RUNS))
def test_question_and_answer_are_told_in_both_languages(name: str) -> None:
    """The answer names numbers with intervals, the same in both, each of which was measured."""
    said = experiments.told()[name]
    for text in map(text_of, (said.title, said.question, said.answer)):
        assert text.en != text.zh
        assert not re.search("[\u4e00-\u9fff]", text.en)
        assert re.search("[\u4e00-\u9fff]", text.zh)
    answer = text_of(said.answer)
    numbers = told(answer.en, "en")
    assert len(numbers) >= 3
    assert numbers == told(answer.zh, "zh")
    kept = experiments.load().loc[name, ["mean", "low", "high"]].to_numpy()
    for number in numbers:
        digits = len(number[0].partition(".")[2])
        rounded = {tuple(f"{one:.{digits}f}" for one in row) for row in kept}
        assert tuple(f"{float(one):.{digits}f}" for one in number) in rounded, number


def test_the_page_tells_of_every_experiment() -> None:
    """With its number of runs, and the command that runs it."""
    page = (experiments.ROOT / "docs" / "experiments.md").read_text(encoding="utf-8")
    for name, runs in RUNS.items():
        section = page.partition(f"<!-- {name}: written by")[2].partition(f"<!-- end of {name} -->")[0]
        assert f"{runs:,} runs" in section, name


def test_effects_and_interactions_are_those_that_were_put_in() -> None:
    """Of two factors in four points, of which replications share their luck."""
    points = pd.DataFrame(list(product(["here"], [False, True], [False, True])), columns=["scenario", "raci", "okr"])
    luck = np.random.default_rng(1).normal(0.0, 0.2, 5)
    runs = pd.DataFrame(
        {"point": k, "replication": n, "on_time_target": 0.5 + 0.1 * row.raci + 0.05 * row.raci * row.okr + luck[n]}
        for k, row in points.rename_axis("point").iterrows()
        for n in range(5)
    )
    found = Found(points.rename_axis("point"), runs)
    np.testing.assert_allclose(found.effect("on_time_target", "raci"), 12.5)
    np.testing.assert_allclose(found.effect("on_time_target", "okr", raci=False), 0.0, atol=1e-9)
    np.testing.assert_allclose(found.interaction("on_time_target", "raci", "okr"), 5.0)


@pytest.mark.long
@pytest.mark.compiled
def test_an_answer_can_be_measured_anew(tmp_path) -> None:
    """By the name of the experiment; what is found is what is kept, if this version measured that."""
    results = experiment("way_out", tmp_path / "store", replications=20)
    fresh = dict(QUANTITIES["way_out"](Found(results.points, results.runs)))
    kept = experiments.load().loc["way_out"]
    assert list(fresh) == list(kept.index)
    assert fresh["lived for 104 weeks: trust"].low > fresh["lived for 0 weeks: trust"].high + 50.0
    if present() in experiments.version():
        means = [one.mean for one in fresh.values()]
        np.testing.assert_allclose(means, kept["mean"], rtol=1e-4, atol=1e-6)

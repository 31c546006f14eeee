"""How a judgment is told: what is as near as can be, and where it loses, under which way of looking."""

import pandas as pd
import pytest

from sim.answers.judge.answer import Judgment
from sim.report.answers.judgetold import Told

MEANS = {"deptsim": (0.30, 5.0), "replay": (0.20, 9.0), "random": (0.40, 9.5), "floor": (0.25, 6.0)}
"""Of three activities in a row, where ours is farther, and of when events happen, where it is as near as can be."""


@pytest.fixture(scope="module")
def told():
    rows = [
        (protocol, measure, method, values[place], 0.01, values[place] / MEANS["replay"][place],
         values[place] - MEANS["replay"][place] if method == "deptsim" else float("nan"), method == "deptsim")
        for protocol in ("published", "forecast")
        for place, measure in enumerate(("ngd", "aed"))
        for method, values in MEANS.items()
    ]  # fmt: skip
    columns = ["protocol", "measure", "method", "mean", "sd", "to_replay", "difference", "sure"]
    tables = {
        "distances": pd.DataFrame(rows, columns=columns).astype({"sure": "boolean"}),
        "figures": pd.DataFrame(columns=["protocol", "measure", "method", "mean"]),
        "splits": pd.DataFrame({"protocol": ["published", "published", "forecast", "forecast"]}),
    }
    return Told(Judgment(tables, {"protocols": ["published", "forecast"]}))


def test_what_is_as_near_as_the_log_is_to_itself_is_said_of_ours_and_of_replay(told):
    said = [one.en for one in told.verdict("forecast")]
    assert said[-2].startswith("As near to what came as one half of it is to the other")
    assert said[-2].endswith(": when events happen.")
    assert said[-1].startswith("Replay is as near")
    assert said[-1].endswith(": three activities in a row.")


def test_where_it_loses_is_told_with_the_way_of_looking(told):
    said = [one.en for one in told.why()]
    assert [one.split(":")[0] for one in said] == [
        "three activities in a row, as published comparisons do it",
        "three activities in a row, as a forecast",
    ]
    assert [one.zh.split("：")[0] for one in told.why()][1] == "连续三项活动（作为预测）"

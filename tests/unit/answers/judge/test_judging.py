"""The whole judgment: what is told of it, kept of it, and refused."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

import sim
from sim.answers.judge.published import published
from sim.answers.judge.tables import distance_table
from sim.eventlog.log import EventLog
from sim.report.answers.page import sections_of
from sim.spec.findings import TextError
from tests.worlds.alike import made_log


@pytest.fixture(scope="module")
def log() -> EventLog:
    """A log whose weeks are all alike but for luck."""
    return made_log()


def measured(ours: list[float], replay: list[float], parts: float) -> pd.DataFrame:
    """Return distances of both by repeat; leaving out a part of the test changes ours by so much."""
    rows = []
    for repeat, pair in enumerate(zip(ours, replay, strict=True)):
        for method, value in zip(("deptsim", "replay"), pair, strict=True):
            rows.append(("forecast", repeat, method, "ngd", 0, -1, value))
            for part in range(4):
                away = parts * (part - 1.5) if method == "deptsim" else 0.0
                rows.append(("forecast", repeat, method, "ngd", 0, part, value + away))
    return pd.DataFrame(rows, columns=["protocol", "repeat", "method", "measure", "log", "without", "value"])


def test_a_difference_beyond_both_kinds_of_luck_is_sure() -> None:
    ours, replay = [0.10, 0.11, 0.10, 0.12], [0.20, 0.21, 0.21, 0.20]
    sure = distance_table(measured(ours, replay, 0.001)).set_index("method").loc["deptsim"]
    assert sure["sure"]
    assert sure["low"] < -0.0975 < sure["high"]
    assert sure["difference"] == pytest.approx(-0.0975)
    unsure = distance_table(measured(ours, replay, 0.05)).set_index("method").loc["deptsim"]
    assert not unsure["sure"]  # the test might as well have had other cases


def test_one_repeat_knows_no_luck() -> None:
    assert pd.isna(distance_table(measured([0.1], [0.2], 0.001)).set_index("method").loc["deptsim", "sure"])


def test_published_figures_are_those_of_the_log_that_is_named(tmp_path) -> None:
    found = published("acr").set_index(["measure", "method"])["mean"]
    assert found["ngd", "AgentSim"] == 0.362
    assert published(None).empty
    with pytest.raises(TextError, match=r"expected one of .*BPI12W"):
        published("nothing")
    own = tmp_path / "own.csv"
    own.write_text("log,method,NGD,AED,CED,RED,CTD\nours,other,0.1,1,2,3,4\n")
    assert published("ours", own)["mean"].tolist() == [0.1, 1, 2, 3, 4]
    with pytest.raises(TextError, match="--published-log"):
        published(None, own)
    own.write_text("log,method,NGD,AED,CED,RED,CTD\nours,other,0.1,1,2,many,4\n")
    with pytest.raises(TextError, match="row 2, column RED: found 'many'"):
        published("ours", own)


def test_what_cannot_be_judged_is_refused(log) -> None:
    with pytest.raises(ValueError, match="protocol: found 'mine', expected"):
        sim.judge(log, "mine")
    few = np.zeros(len(log.cases), dtype=bool)
    few[:2] = True
    with pytest.raises(ValueError, match="found 2 cases, too few"):
        sim.judge(log.only(few))


@pytest.mark.compiled
def test_the_whole(log, tmp_path) -> None:
    """On a log without any drift an organization that is learned is not far from the noise floor; and it is kept."""
    found = sim.judge(log, repeats=2, logs=1, out=tmp_path, published_log="ACR")
    table = found.tables["distances"].set_index(["protocol", "measure", "method"])["mean"]
    assert found.tables["errors"].empty
    for protocol in ("published", "forecast"):
        assert table[protocol, "ngd", "deptsim"] < 3 * table[protocol, "ngd", "floor"] + 0.05
        assert table[protocol, "ctd", "deptsim"] < table[protocol, "ctd", "floor"] + 2.0
    figures = found.tables["figures"].set_index(["protocol", "measure", "method"])["mean"]
    assert figures["forecast", "handoffs", "deptsim"] == pytest.approx(figures["forecast", "handoffs", "test"], rel=0.2)
    again = sim.judge(log, repeats=2, logs=1, out=tmp_path)
    pd.testing.assert_frame_equal(again.tables["measured"], found.tables["measured"])
    for lang in ("en", "zh"):
        told = sections_of(found, lang)
        assert len(told) > 5
        assert not re.search(r"nan|\{", " ".join(one for _, said in told for one in said))
    assert {path.suffix for path in found.plot(tmp_path / "drawn", only="distances")} == {".png", ".svg"}


def test_too_few_to_compare_are_refused(tmp_path) -> None:
    """Ten cases of five days: nothing comes after any cut."""
    with pytest.raises(TextError, match=r"found 10 cases, too few"):
        sim.judge(made_log(weeks=1, per_week=10), repeats=1, logs=1)

"""What is said and drawn of the front, regret and failing claims no more than the tables hold."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.answers.choice.regret import Enough, regret_table, worlds_table
from sim.report.answers.choicefigures import draw_front
from sim.report.answers.riskfigures import draw_failing, draw_regret
from sim.report.answers.whenfails import Further, further_sections
from sim.report.lettering import Lettering

ABOUT = {"measure": "on_time_target", "zone": 1.0, "reach": None, "now": "now", "each_world": 3}
ABOUT |= {
    "search": None,
    "objectives": ["on_time_target", "conflicts_per_100", "hours"],
    "first": 20,
    "likely": 0.05,
    "front": 60,
}
FAILS = {"bundle": "a", "outcome": "told", "kind": "fails", "share": 0.3, "share_low": 0.25, "share_high": 0.35}
FAILS |= {"density": 0.83, "density_low": 0.7, "density_high": 0.91, "coverage": 0.61, "coverage_low": 0.5}
FAILS |= {"coverage_high": 0.71, "p": 0.3, "checked_in": 200}
LATENCY = {"assumption": "levers.latency", "label_en": "latency", "label_zh": "延迟", "unit": "hours", "low": 2.0}
LATENCY |= {"high": 8.0, "here": 4.0, "stated": False}
MEASURE = {"measure": "on_time_target", "label_en": "on time", "label_zh": "准时率", "unit": "share"}
MEASURE |= {"own_unit_en": "", "own_unit_zh": "", "better": "higher"}
POINT = {"on_time_target_low": -0.01, "on_time_target_high": 0.06, "conflicts_per_100_low": -2.0}
POINT |= {"conflicts_per_100_high": -0.5, "probability": 0.7, "conflicts_per_100": -1.0, "on_time_target": 0.03}


def choice(outcome="told", kind="fails", gap=0.05):
    """Return an answer of two bundles, the first of which is ahead by a gap in every world."""
    random = np.random.default_rng(1)
    places = pd.MultiIndex.from_product([range(40), range(3)], names=["world", "replication"])
    now = random.normal(0.7, 0.05, 120)
    values = pd.DataFrame({"now": now, "a": now + 0.08, "b": now + 0.08 - gap + random.normal(0.0, 0.02, 120)}, places)
    names = [(code, code.upper(), f"组合 {code}") for code in ("now", "a", "b")]
    front = [{"bundle": code, "on_front": code != "b", "fresh": True, "hours": 9.0, **POINT} for code, *_ in names]
    tables = {
        "measures": pd.DataFrame([MEASURE]),
        "candidates": pd.DataFrame(names, columns=["bundle", "name_en", "name_zh"]),
        "front": pd.DataFrame(front),
        "worlds": worlds_table(values, Enough(0.01)),
        "regret": regret_table(values, Enough(0.01), 200),
        "assumptions": pd.DataFrame([LATENCY]),
        "failing": pd.DataFrame([{**FAILS, "outcome": outcome, "kind": kind}]),
        "limits": pd.DataFrame([{"bundle": "a", "assumption": "levers.latency", "side": "above", "value": 5.2}]),
        "left_out_worlds": pd.DataFrame([("worlds", 40, 2, 3), ("worlds_anew", 200, 0, 0)], columns=_LEFT_OUT),
    }
    return SimpleNamespace(tables=tables, about=ABOUT)


_LEFT_OUT = ["experiment", "worlds", "refused", "unlike"]


def said(answer, lang="en"):
    """Return all sentences in one text."""
    return "\n".join(one for _, told in further_sections(answer, lang) for one in told)


def test_it_ends_in_a_sentence():
    """With its limits, how dense, how much it covers, and all of that within intervals."""
    told = "A fails when “latency” is above 5.2 h: in 83 % (70.0 … 91.0) of such worlds. That covers 61 % (50.0 … 71.0)"
    assert told in said(choice())
    assert "“延迟”高于 5.2 小时时，组合 a会失效".replace("a会", "a 会") in said(choice(), "zh")


def test_where_it_mostly_holds_it_only_fails_more_often():
    """Nobody is told that it fails where it fails in a fifth of the worlds."""
    answer = choice()
    answer.tables["failing"]["density"] = 0.2
    assert "A fails more often when “latency” is above 5.2 h: in 20 %" in said(answer)


@pytest.mark.parametrize(
    ("outcome", "kind", "told"),
    [
        (
            "told",
            "holds",
            "A fails in 30 % (25.0 … 35.0) of the worlds. It holds up best when “latency” is above 5.2 h",
        ),
        ("never", "fails", "A failed in none of the worlds; it fails in at most 35 % of them."),
        ("always", "holds", "A failed in all of the worlds."),
        ("few", "fails", "These are too few to say when."),
        ("few", "holds", "Those in which it does not are too few to say when."),
        ("nothing", "fails", "When cannot be told: no limit of an assumption separates them beyond luck."),
        ("unconfirmed", "fails", "was not confirmed in others (p = 0.30)."),
    ],
)
def test_every_outcome_has_its_sentence(outcome, kind, told):
    """And only what is told claims to know when."""
    text = said(choice(outcome, kind))
    assert told in text
    assert ("That covers" in text) == (outcome == "told")


def test_least_regret_is_claimed_only_where_intervals_are_apart():
    """Where two bundles do the same, neither has the least."""
    assert "Over the assumptions A has the least regret" in said(choice(gap=0.05))
    assert "has the least regret" not in said(choice(gap=0.0))
    assert "5 worlds are left out: in 2 no such organization is possible, in 3" in said(choice())


def test_the_front_is_counted_and_told():
    """Nothing is on it too, and is not told by itself."""
    text = said(choice())
    assert "2 of 3 bundles (doing nothing counts as one) are on the Pareto front" in text
    assert "A: on time +3.00 points (−1.00 … +6.00), conflicts −1.00 per 100 cases (−2.00 … −0.50), 9 hours" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_figures_are_drawn_of_what_is_told(lang):
    """None of limits that are not told, and none of a single bundle."""
    with Lettering().used():
        for draw in (draw_regret, draw_failing):
            figure = draw(Further(choice(), lang))
            assert len(figure.axes[0].texts) > 3
        assert draw_failing(Further(choice("unconfirmed"), lang)) is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_front_says_what_brings_most_and_what_can_be_ruled_out(lang):
    """Where nothing can be, each gives something up; every bundle of the front has its number beside it."""
    answer = choice()
    said_of = {"en": ("Of 3 bundles, 1 can be ruled out", "Each of the 3 bundles"), "zh": ("可排除 1 个", "各有取舍")}
    answer.tables["front"].loc[0, "on_time_target"] = 0.0
    for on, told in zip((answer.tables["front"]["on_front"].copy(), True), said_of[lang], strict=True):
        answer.tables["front"]["on_front"] = on
        with Lettering().used():
            figure = draw_front(Further(answer, lang))
        title = " ".join(one.get_text() for one in figure.axes[0].texts).replace("\n", " ")
        assert told in title
        assert "+3.00" in title

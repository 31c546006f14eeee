"""The page and the picture of an audit, from made-up facts: every verdict, in both languages."""

import re

import pytest

from sim.answers.audit.audit import Audit
from sim.answers.audit.changes import Change
from sim.answers.audit.claims import Claims
from sim.answers.audit.facts import Facts, Tried
from sim.report.answers.audit import figures
from sim.report.answers.page import sections_of
from sim.report.lettering import Lettering
from sim.scenario.uncertain import Assumption
from sim.spec.measures import MEASURES
from sim.words import Text

LEVERS = tuple(Assumption(f"levers.{name}", 0.1, 0.5, 0.3, Text(name, "参数"), "share") for name in "abcdefgh")
ABOUT = {"seed": 1, "worlds": 30, "replications": 8, "each": 4, "again": 24, "runs": 1000}


def change(before, changed):
    """Return a made-up change in points."""
    return Change(before, before + changed, changed, changed - 0.01, changed + 0.01, 0.005, 8)


def tried(inside, holds, moved):
    """Return a place with so many levers moved."""
    departures = [0.4 if inside else 1.5] * moved + [0.0] * (len(LEVERS) - moved)
    world = {one.place: one.here + 0.4 * shift for one, shift in zip(LEVERS, departures, strict=True) if shift}
    return Tried(world, departures, inside, change(0.8, 0.17 if holds else 0.1), holds)


def facts(name, worlds=(), places=(), **said):
    """Return a claim of 16 points, from 80 %, with what was found of it."""
    words = {
        field: {"en": f"{field} of {name}", "zh": f"{name} 的说明"} for field in ("title", "text", "source", "why")
    }
    usual = {
        "scenario": "order_delivery",
        "with": "shared_kpi",
        "measure": "on_time_target",
        "before": 0.8,
        "after": 0.96,
    }
    claim = Claims.model_validate({"claims": {name: {**words, **usual, **said}}}).claims[name]
    if not claim.judged:
        return Facts(name, claim)
    return Facts(name, claim, MEASURES["on_time_target"], change(0.77, 0.02), worlds, LEVERS, places, -0.04)


@pytest.fixture(scope="module")
def answer():
    """Return an audit with a claim for every verdict and every end of a search."""
    short, far = [change(0.8, 0.03)] * 30, [change(0.8, 0.17)] * 30
    anchor = {"says": "x", "grade": "trial", "reference": "y", "points": [5, 9]}
    found = (
        facts("plausible", far, [Tried({}, [0.0] * len(LEVERS), True, change(0.8, 0.17), True)], anchors=[anchor]),
        facts("lucky", [*short[:28], *far[:2]], [tried(True, False, 2)]),
        facts("edge", short, [tried(True, True, len(LEVERS))]),
        facts("beyond", short, [tried(True, False, 1), tried(False, True, 2)]),
        facts("nowhere", short, [tried(True, False, 1)], complement=True, after=0.64, percent=None),
        facts("few", short[:5]),
        facts("stated", cannot={"en": "no market", "zh": "没有市场"}),
    )
    return Audit(found, ABOUT)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_verdict_is_told(answer, lang):
    """With what would have to be true, and no placeholder or number that is none."""
    told = {heading.get(lang): " ".join(said) for heading, said in sections_of(answer, lang)}
    assert len(told) == len(answer.found) + 2
    assert not [one for one in told.values() if re.search(r"\bnan\b|[{}]|None", one)]
    verdicts = answer.tables["claims"]["verdict"].tolist()
    assert verdicts == ["plausible", "plausible", "edge", "beyond", "beyond", "open", "open"]
    several = list(told.values())[1:-1]
    assert "−50" in several[0]  # half the lead time
    assert ("2 more" if lang == "en" else "另有 2 项") in several[2]
    assert ("beyond its range" if lang == "en" else "超出范围") in several[3]


def test_a_place_that_holds_with_the_same_luck_only_is_not_told_as_found(answer):
    """Two of thirty worlds reach it, and no place does with other luck."""
    told = " ".join({heading.en: said for heading, said in sections_of(answer, "en")}["title of lucky"])
    assert "no place was found at which it holds again" in told
    assert "2 of the worlds reach it" in told


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_picture_has_a_row_for_each_claim(answer, lang):
    """Also for one that nothing stands for; its title counts the verdicts."""
    with Lettering().used():
        ((name, figure),) = figures(answer, lang)
    said = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert name == "audit"
    assert said[0].startswith("7 ")
    assert any(one.startswith("+16.0") for one in said)
    assert any(("nothing in the model" if lang == "en" else "模型中没有") in one for one in said)

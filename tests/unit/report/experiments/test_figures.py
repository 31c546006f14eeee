"""Figures of an experiment: those that fit the design, in two languages, every word in its place and none cut."""

import numpy as np
import pytest

from sim.report.experiments.effectsfigure import draw_effects
from sim.report.experiments.figures import draw_experiment, figures_of
from sim.report.experiments.gathered import reading_of
from sim.report.experiments.mapfigure import grid_of
from sim.report.fit import ELLIPSIS
from sim.report.lettering import Lettering
from tests.worlds.fakes import small_scenario
from tests.worlds.figures import labels_of, misplaced
from tests.worlds.madeup import made_up

LONG = "Response-time agreement for consulted departments that a committee has agreed upon, second draft"
LONG_ZH = "经委员会讨论同意的被征询部门响应时限约定（第二稿）"
SWITCHES = {
    "raci": {"with": "raci"},
    "kpi": {"with": "shared_kpi"},
    "standup": {
        "with": "daily_standup",
        "label": {"en": LONG, "zh": LONG_ZH},
    },
}
MEASURES = ["on_time_target", "lead_time_mean", "coordination_hours"]


def usual(levels):
    """Return measures in which two things help, and stand in each other's way, and the third does nothing."""
    both = levels["raci"] + levels["kpi"] - 1.8 * levels["raci"] * levels["kpi"]
    return {"on_time_target": 0.6 + 0.1 * both, "lead_time_mean": 400.0 - 60.0 * both, "coordination_hours": 90.0}


def dosed(levels):
    """Return measures that are best in the middle of a dose, and worse with fewer people."""
    dose = 0.0 if levels["dose"] == "off" else float(levels["dose"])
    gain = 0.02 * dose - 0.0011 * dose**2
    return {"on_time_target": 0.7 + gain - 0.02 * (12 - levels["staff"]), "lead_time_mean": 400.0 - 500.0 * gain}


DOSES = {
    "dose": {"with": "daily_standup", "dose": "minutes", "values": ["off", 5, 10, 20, 30]},
    "staff": {"set": "departments.production.staff", "values": [12, 9, 10]},
}
RANGES = {
    "latency": {"set": "levers.latency", "range": [1, 3], "label": LONG},
    "staff": {"set": "departments.production.staff", "range": [9, 15]},
    "raci": {"with": "raci"},
}
DRAWN = {name: RANGES[name] for name in ("latency", "raci")}
SPREAD = {"kind": "latin_hypercube", "points": 60}
NAMED = {"way": {"levels": {"nothing": [], "light": ["raci"], "all_of_it": ["raci", "shared_kpi"]}}, **SWITCHES}


def one():
    """Return the organization."""
    return {"small": small_scenario()}


def several(count):
    """Return organizations."""
    return {f"firm_{k}": small_scenario(name=f"firm_{k}", title=f"Firm number {k} of a long row") for k in range(count)}


def ranged(levels):
    """Return a measure that one of the ranges decides."""
    return {"on_time_target": 0.9 - 0.1 * levels["latency"] + 0.01 * levels["raci"], "lead_time_mean": 300.0}


def worded(levels):
    """Return a measure that depends on a level that is a word."""
    return {"on_time_target": {"nothing": 0.6, "light": 0.65}.get(levels["way"], 0.8), "lead_time_mean": 300.0}


TOGETHER = {
    "levels": {"off": [], "roles": ["raci"], "all_of_it": ["shared_kpi", "raci", "daily_standup", "job_rotation"]}
}


def ways(levels):
    """Return a measure that one of the ranges decides, and all that is introduced together."""
    gain = 0.2 if levels["way"] == "all_of_it" else 0.0
    return {"on_time_target": 0.9 - 0.1 * levels["latency"] + gain, "lead_time_mean": 300.0}


ALL_THREE = ["effects", "half_normal", "interactions"]
ALONE = {"raci": {"with": "raci"}}


def helped(levels):
    """Return a measure that one thing helps."""
    return {"trust": 0.4 + 0.2 * levels["raci"]}


CASES = {
    "factorial": (lambda: made_up(one(), SWITCHES, usual, measures=MEASURES), ALL_THREE, ("en", "zh")),
    "two runs": (lambda: made_up(one(), SWITCHES, usual, replications=2), ALL_THREE, ("zh",)),
    "one run": (lambda: made_up(one(), SWITCHES, usual, replications=1), ALL_THREE, ("en",)),
    "one factor": (lambda: made_up(one(), ALONE, helped, measures=["trust"]), ["effects"], ("zh",)),
    "doses": (lambda: made_up(one(), DOSES, dosed), ["effects", "curves", "map"], ("en", "zh")),
    "words": (lambda: made_up(one(), NAMED, worded), ["effects", "interactions"], ("en",)),
    "ranges": (lambda: made_up(one(), RANGES, ranged, design=SPREAD), ["scatter"], ("en",)),
    "crossed": (
        lambda: made_up(one(), DRAWN, ranged, design={**SPREAD, "points": 30, "crossed": ["raci"]}),
        ["effects", "scatter", "changes_True"],
        ("zh",),
    ),
    "crossed, named": (
        lambda: made_up(
            one(),
            {"way": TOGETHER, "latency": RANGES["latency"]},
            ways,
            design={**SPREAD, "points": 30, "crossed": ["way"]},
        ),
        ["effects", "scatter", "changes_roles", "changes_all_of_it"],
        ("en", "zh"),
    ),
    "two firms": (lambda: made_up(several(2), ALONE, helped, measures=["trust"]), ["effects"], ("zh",)),
    "many firms": (
        lambda: made_up(several(4), ALONE, helped, measures=["trust"]),
        ["where", *(f"effects_firm_{k}" for k in range(4))],
        ("en",),
    ),
}


@pytest.mark.parametrize(("name", "lang"), [(name, lang) for name, case in CASES.items() for lang in case[2]])
def test_the_figures_that_fit_are_drawn_and_every_word_has_its_place(name, lang):
    """However few runs there are, and however long names: nothing leaves the page, covers words or is cut."""
    results, expected, _ = CASES[name]
    lettering = Lettering()
    with lettering.used():
        figures = dict(figures_of(reading_of(results(), lang, lettering)))
        for figure in figures.values():
            figure.draw_without_rendering()
        assert list(figures) == expected
        assert {kind: found for kind, figure in figures.items() if (found := misplaced(figure))} == {}
    words = [one.get_text() for figure in figures.values() for one in labels_of(figure)]
    assert [one for one in words if one.endswith(ELLIPSIS)] == []


def test_files_are_written_the_same_every_time(tmp_path):
    """As PNG and SVG, into a folder that need not exist."""
    results = CASES["one factor"][0]()
    first, again = (draw_experiment(results, tmp_path / name / "deep") for name in "ab")
    assert [path.name for path in first] == ["effects.png", "effects.svg"]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]


def test_nothing_is_drawn_of_what_does_not_move(tmp_path):
    """Measures that nothing changes, or that are defined nowhere, have no figure."""
    for value in (0.5, np.nan):
        still = made_up(one(), {"raci": {"with": "raci"}}, lambda _, value=value: {"trust": value}, luck=0.0)
        assert draw_experiment(still, tmp_path) == []


def test_a_map_compares_what_is_introduced_though_conditions_are_two():
    """Doses stand below each other, and the two loads beside: what counts is what a dose changes against none."""
    factors = {
        "dose": {"with": "daily_standup", "dose": "minutes", "values": ["off", 5, 15]},
        "staff": {"set": "departments.production.staff", "values": [12, 9]},
    }
    found = reading_of(made_up(one(), factors, dosed))
    assert grid_of(found) == ("staff", "dose")
    conditions = {"staff": factors["staff"], "latency": {"set": "levers.latency", "values": [1, 2, 3]}}
    assert grid_of(reading_of(made_up(one(), conditions, lambda _: {"trust": 0.5}))) == ("latency", "staff")


@pytest.mark.parametrize(("design", "note"), [("full_factorial", "A × B"), ("one_at_a_time", "all other factors at")])
def test_what_is_not_in_the_figure_of_effects_is_not_explained(design, note):
    """Where no two factors are told together, nothing is said of pairs; one at a time, others stand at their first."""
    found = reading_of(made_up(one(), SWITCHES, usual, design=design))
    words = " ".join(label.get_text().replace("\n", " ") for label in labels_of(draw_effects(found)))
    assert note in words
    assert ("two do beyond" in words) == ("Bold" in words) == (design == "full_factorial")

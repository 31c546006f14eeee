"""How a sensitivity analysis is told: no more than its tables say, and the level apart from the effect."""

import pandas as pd
import pytest

import sim
from sim.answers.sensitivity import Sensitivity
from sim.answers.sensitivity.deciding import deciding
from sim.report.answers.page import sections_of
from sim.report.answers.sensitivity import figures
from sim.report.lettering import Lettering
from sim.study.alternatives import parse_alternative
from sim.study.reported import all_specs

FIRM = sim.load("trust_trap")
PLACES = ("levers.latency", "relations.trust", "levers.clarity")
RACI = parse_alternative("raci")
KEYS = ["of", "measure", "assumption"]
ENDS = [
    "at_low",
    "at_low_low",
    "at_low_high",
    "at_high",
    "at_high_low",
    "at_high_high",
    "swing",
    "swing_low",
    "swing_high",
]


def answer(shares, swings, luck=0.02):
    """Return an answer about being on time; shares by side and assumption, NaN where nothing varies."""
    rows = [
        ("now" if side == "now" else "change", "on_time_target", place, *numbers)
        for side, several in shares.items()
        for place, numbers in several.items()
    ]
    indices = pd.DataFrame(rows, columns=[*KEYS, "total", "total_low", "total_high", "sure", "among"])
    indices["first"] = indices["total"]
    tornado = pd.DataFrame(
        [(side, "on_time_target", place, *swings[place], True, 20) for side in shares for place in PLACES],
        columns=[*KEYS, *ENDS, "sure", "replications"],
    )
    screening = pd.DataFrame(columns=[*KEYS, "mu_star", "low", "high", "sigma", "luck", "sure"])
    tables = {
        "deciding": deciding(screening, indices, tornado),
        "screening": screening,
        "indices": indices,
        "tornado": tornado,
        "luck": pd.DataFrame(
            [(side, "on_time_target", luck, 2 * luck, 64) for side in shares],
            columns=["of", "measure", "luck", "luck_apart", "samples"],
        ),
        "now": pd.DataFrame(
            [(side, "on_time_target", 0.5, 0.4, 0.6) for side in shares],
            columns=["of", "measure", "mean", "low", "high"],
        ),
    }
    assumed = {one.place: one for one in sim.scenario.uncertain.assumptions_of(FIRM) if one.place in PLACES}
    made = {"indices": {"points": 640, "runs": 2560, "failed": 3}, "ends": {"points": 7, "runs": 140, "failed": 0}}
    about = {
        "measures": ["on_time_target"], "points": 64, "trajectories": None, "replications": 4, "seed": 1,
        "experiments": made,
    }  # fmt: skip
    tried = RACI if "change" in shares else None
    return Sensitivity(tables, about, all_specs([FIRM]), assumed, FIRM, tried)


STRONG, WEAK, LUCK = (0.7, 0.6, 0.8, True, 1.0), (0.1, 0.05, 0.2, True, 0.9), (0.02, -0.1, 0.1, False, 0.5)
NOTHING = (float("nan"),) * 3 + (False, float("nan"))
SWINGS = {
    "levers.latency": (0.2, 0.19, 0.21, -0.1, -0.11, -0.09, -0.3, -0.32, -0.28),
    "relations.trust": (-0.01, -0.02, 0.0, 0.04, 0.03, 0.05, 0.05, 0.03, 0.07),
    "levers.clarity": (0.0, 0.0, 0.0, 0.01, 0.0, 0.02, 0.01, 0.0, 0.02),
}
BOTH = answer(
    {
        "change": dict(zip(PLACES, (LUCK, STRONG, WEAK), strict=True)),
        "now": dict(zip(PLACES, (STRONG, WEAK, LUCK), strict=True)),
    },
    SWINGS,
)


def test_the_level_is_told_apart_from_the_effect():
    """What decides each, what both, with shares, intervals, and both ends of the ranges."""
    (title, first), (_, ends), (_, sure), _ = sections_of(BOTH, "en")
    assert title.en == "What matters: A manufacturer caught in distrust, RACI matrix"
    assert first[0] == (
        "What RACI matrix does to on time depends most on trust at the start (70 % of the variance, 60 % … 80 %), "
        "clarity of responsibility (10 % of the variance, 5 % … 20 %)."
    )
    assert first[2].startswith("The level of on time depends most on hand-over latency (70 %")
    assert "level and effect: trust at the start" in first[-1]
    assert "the effect only: clarity of responsibility" in first[-1]
    assert "hand-over latency: +20.0 points (+19.0 … +21.0) at 2 h, −10.0 points" in ends[-1]
    assert "clarity of responsibility: as it is at 10 %" in ends[1]
    assert any("is not certain of trust at the start (90 % of the draws)" in one for one in sure)
    assert any(one.startswith("3 of 2700 runs failed") for one in sure)


def test_titles_claim_no_more_than_intervals():
    """The first is called that only where no other may be as much."""
    told = {name: figure.axes[0].texts[0].get_text() for name, figure in figures(BOTH, "en")}
    assert set(told) == {"tornado", "indices"}
    assert told["tornado"].startswith("Alone, 'hand-over latency' moves what RACI")
    assert "'trust at the start' accounts for most" in told["indices"].replace("\n", " ").lower()
    close = SWINGS | {"relations.trust": (0.0, 0.0, 0.0, 0.28, 0.2, 0.36, 0.28, 0.2, 0.36)}
    unsure = {"now": dict(zip(PLACES, (WEAK, WEAK, LUCK), strict=True))}
    told = {name: figure.axes[0].texts for name, figure in figures(answer(unsure, close), "en")}
    title = " ".join(one.get_text() for one in told["tornado"][:2])
    assert "others may do as much" in title
    assert "' accounts for 10 % of the variance" in " ".join(one.get_text() for one in told["indices"][:2])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_where_all_is_luck_nothing_is_called_a_driver(lang):
    """And the figure of shares is left out."""
    found = answer({"now": dict.fromkeys(PLACES, NOTHING)}, SWINGS, luck=0.98)
    (_, first), *_ = sections_of(found, lang)
    assert {"en": "not certain that on time varies at all", "zh": "是否变化尚不确定"}[lang] in first[0]
    with Lettering().used():
        assert [name for name, _ in figures(found, lang)] == ["tornado"]

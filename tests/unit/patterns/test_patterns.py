"""Patterns: their words, their settings, and what is made of a few runs."""

import math

import numpy as np
import pandas as pd
import pytest

from sim.patterns import PATTERNS
from sim.patterns.found import Found, claim
from sim.patterns.outcome import Outcome
from sim.patterns.pattern import Pattern, Setting, quantity
from sim.report.patternfigure import draw_patterns
from sim.words import words

SAID = {"name", "recipe", "expected", "why", "finding", "claims"}


@pytest.fixture(scope="module", params=list(PATTERNS))
def pattern(request) -> Pattern:
    """Every pattern."""
    return PATTERNS[request.param]


def made_up(pattern: Pattern, refused: bool = False) -> Outcome:
    """Return an outcome with numbers drawn anywhere, whose claims hold, and fail, as is declared unless `refused`."""
    luck = np.random.default_rng(1)
    watched = (*pattern.quantities, *pattern.beside)
    frames = {
        name: pd.DataFrame({one: luck.uniform(40, 60, 5) for one in watched}, index=range(5))
        for name in pattern.compared
    }
    rows = [
        {"setting": name, "quantity": one, "mean": 50.0, "low": 40.0, "high": 60.0, "within": 2.0, "replications": 5}
        for name in frames
        for one in watched
    ]
    keys = [one.key for one in pattern.claims(Found(frames))]
    fails = set(keys) if refused else pattern.refused
    values = [1.0, 1.1, 0.9]
    claims = [claim(key, values, above=2.0 if key in fails else 0.0) for key in keys]
    return Outcome(pattern, pd.DataFrame(rows), claims, 5, 1)


def test_a_pattern_says_what_it_claims(pattern):
    """Its words name every claim, setting or line, and nothing else; refused claims are explained."""
    outcome, told = made_up(pattern), pattern.texts
    assert set(told) >= SAID
    assert set(told["claims"]) == {one.key for one in outcome.claims}
    settings = pattern.compared
    if all(one.at is not None for one in settings.values()):
        assert "axis" in told
        assert set(told.get("lines", {})) == {one.line for one in settings.values()} - {""}
    else:
        assert set(told["settings"]) == set(settings)
    assert pattern.refused <= set(told["claims"])
    assert not set(settings) & set(told["claims"])
    assert ("explained" in told) == bool(pattern.refused)


def test_a_finding_is_a_sentence_with_numbers(pattern):
    """Nothing is left unfilled, in both languages, whether it comes out as declared or not."""
    for outcome in (made_up(pattern), made_up(pattern, refused=True)):
        for text in (*outcome.finding.by_language().values(), *outcome.explained.by_language().values()):
            assert "{" not in text
        assert outcome.finding
    assert made_up(pattern).declared


def test_its_settings_are_organizations_that_run(pattern):
    """Everything that is watched is found in a run, and the figure is drawn."""
    for one in pattern.compared.values():
        assert isinstance(one, Setting)
    for name in (*pattern.quantities, *pattern.beside):
        assert quantity(name).label.zh


def test_quantities_that_nobody_watches_have_no_words():
    """The words of quantities are those that patterns look at."""
    watched = {name for one in PATTERNS.values() for name in (*one.quantities, *one.beside)}
    assert set(words("patterns").QUANTITIES) <= watched


def test_a_claim_holds_if_its_whole_interval_is_within_the_bounds():
    """A mean beyond the bound is not enough, and luck that is undefined is left out."""
    assert claim("one", [1.0, 1.2, 0.8, math.nan], above=0.0).holds
    assert claim("one", [1.0, 1.2, 0.8, math.nan]).replications == 3
    assert not claim("one", [3.0, -2.0, 1.0], above=0.0).holds
    assert not claim("one", [1.0, 1.2, 0.8], above=0.0, below=1.1).holds
    assert not claim("one", [1.0], above=0.0).holds
    assert claim("one", [1.0, 1.2, 0.8], below=2.0).asked.en == "below 2"


def test_figures_are_drawn(tmp_path):
    """Settings below each other, along an axis, and on several lines; of made-up numbers, in Chinese."""
    keys = ("P1", "P2", "P10")
    files = draw_patterns([made_up(PATTERNS[key]) for key in keys], tmp_path, "zh")
    assert {path.name for path in files} == {f"{key.lower()}.{kind}" for key in keys for kind in ("png", "svg")}


def test_every_pattern_has_words_in_its_place():
    """What lists them reads the words alone."""
    assert list(words("patterns").PATTERNS) == list(PATTERNS)

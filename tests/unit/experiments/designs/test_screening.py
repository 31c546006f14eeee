"""Fractions of factorials and Plackett–Burman designs: balance, resolution, and aliases as books have them."""

import itertools

import numpy as np
import pydoe
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.axes import Axis
from sim.experiments.designs import FractionalFactorial, PlackettBurman
from sim.experiments.designs.aliases import aliases_of
from sim.spec.findings import TextError


def switches(count):
    """Return factors A, B, C … with two levels; I is left out, as in books."""
    return [Axis(name, (-1, 1)) for name in "ABCDEFGHJKLMNOPQRSTUVWXYZ"[:count]]


def mixed(design, count):
    """Return what every effect is mixed with: words such as ``AB``, with the share."""
    return {
        "".join(one.effect): {"".join(term): round(share, 6) for term, share in one.mixed}
        for one in design.aliases(switches(count))
    }


def whole(aliases):
    """Return the sets of effects that cannot be told apart at all."""
    return {frozenset([one, *others]) for one, others in aliases.items() if others}


def groups(text):
    """Read sets of effects from lines such as ``A BD CE FG``."""
    return {frozenset(line.split()) for line in text.strip().splitlines()}


SATURATED = """
A BD CE FG
B AD CF EG
C AE BF DG
D AB EF CG
E AC DF BG
F BC DE AG
G CD BE AF
"""
"""2^(7−4), D = AB, E = AC, F = BC, G = ABC: Box, Hunter & Hunter 2005, chapter 6; without three factors together."""


def test_the_eighth_of_seven_factors_is_confounded_as_published():
    """Each of seven with three pairs, in eight points."""
    design = FractionalFactorial(generator="a b c ab ac bc abc")
    assert whole(mixed(design, 7)) == groups(SATURATED)
    assert whole(mixed(FractionalFactorial(resolution=3), 7)) == groups(SATURATED)
    assert design.count(switches(7)) == 8


def test_the_half_of_five_factors_tells_all_pairs_apart():
    """2^(5−1) of resolution V, E = ABCD: no effect of one or two factors is mixed with another."""
    design = FractionalFactorial(resolution=5)
    assert design.count(switches(5)) == 16
    assert not any(mixed(design, 5).values())


def test_the_quarter_of_six_factors_is_confounded_as_published():
    """2^(6−2) of resolution IV, E = ABC, F = BCD: Montgomery 2012, chapter 8."""
    found = mixed(FractionalFactorial(generator="a b c d abc bcd"), 6)
    assert whole(found) == groups("AB CE\nAC BE\nAD EF\nAE BC DF\nAF DE\nBD CF\nBF CD")
    assert all(not found[one] for one in "ABCDEF")


def test_a_sign_turns_what_is_mixed():
    """C = −AB: what two do together is taken off."""
    assert mixed(FractionalFactorial(generator="a b -ab"), 3) == {
        "A": {"BC": -1.0}, "B": {"AC": -1.0}, "C": {"AB": -1.0}, "AB": {"C": -1.0}, "AC": {"B": -1.0}, "BC": {"A": -1.0}
    }  # fmt: skip


def test_twelve_points_have_a_third_of_every_other_pair():
    """Plackett & Burman's twelve: each factor has a third, with either sign, of the 45 pairs of the ten others."""
    found = mixed(PlackettBurman(), 11)
    for factor in "ABCDEFGHJKL":
        others = {pair: share for pair, share in found[factor].items() if len(pair) == 2}
        assert len(others) == 45
        assert all(factor not in pair for pair in others)
        assert set(map(abs, others.values())) == {0.333333}


def test_the_library_says_the_same():
    """Its own search for aliases, which goes through all words, groups the same effects."""
    names = "abcdefg"
    told, _ = pydoe.fracfact_aliasing(np.array(pydoe.fracfact("a b c d abc abd acd")))
    theirs = {frozenset(t for t in line.split(" = ") if len(t) <= 2) for line in told}
    found = mixed(FractionalFactorial(generator="a b c d abc abd acd"), 7)
    ours = whole({key.lower(): {one.lower(): 1 for one in others} for key, others in found.items()})
    assert {one for one in theirs if len(one) > 1} == ours
    assert names


@given(st.integers(2, 14), st.integers(3, 5))
def test_a_fraction_is_balanced_and_keeps_its_resolution(factors, resolution):
    """Every level as often as the other, every pair of levels as often as the other three, no point twice."""
    design = FractionalFactorial(resolution=resolution)
    signs = design.signs(factors)
    assert (signs.sum(axis=0) == 0).all()
    assert (signs.T.astype(int) @ signs == len(signs) * np.eye(factors)).all()
    assert len(np.unique(signs, axis=0)) == len(signs) == design.count(switches(factors))
    assert len(signs) == len(pydoe.fracfact_by_res(factors, resolution))
    three, four = lengths(signs)
    assert not (three if resolution == 4 else three + four if resolution == 5 else 0)


@given(st.integers(2, 64), st.booleans())
def test_a_screening_is_balanced_also_where_there_is_no_design_of_its_size(factors, folded):
    """Of 24 to 27 factors there is none with 28 points here; one with 32 serves. Folded, no pair is in a factor."""
    signs = PlackettBurman(folded=folded).signs(factors).astype(int)
    assert factors < len(signs) // (1 + folded) <= 2 * factors + 3
    assert (signs.sum(axis=0) == 0).all()
    assert (signs.T @ signs == len(signs) * np.eye(factors)).all()
    if folded and factors <= 12:
        found = aliases_of(signs.astype(np.int8), [f"f{k}" for k in range(factors)])
        assert not any(len(term) == 2 for one in found if len(one.effect) == 1 for term, _ in one.mixed)


def lengths(signs):
    """Return how many words of three and of four letters there are: factors whose product is the same in all points."""
    codes = signs.astype(int)
    return tuple(
        sum(
            len(set(np.prod(codes[:, one], axis=1))) == 1 for one in itertools.combinations(range(codes.shape[1]), size)
        )
        for size in (3, 4)
    )


@pytest.mark.parametrize(
    ("factors", "resolution", "points", "words"),
    [
        (4, 3, 8, (0, 1)), (5, 3, 8, (2, 1)), (5, 4, 16, (0, 0)), (6, 3, 8, (4, 3)), (6, 4, 16, (0, 3)),
        (6, 5, 32, (0, 0)), (7, 4, 16, (0, 7)), (7, 5, 64, (0, 0)), (8, 3, 16, (0, 14)), (8, 5, 64, (0, 0)),
        (9, 3, 16, (4, 14)), (9, 4, 32, (0, 6)), (9, 5, 128, (0, 0)), (10, 3, 16, (8, 18)), (10, 4, 32, (0, 10)),
        (11, 3, 16, (12, 26)), (12, 3, 16, (16, 39)), (13, 3, 16, (22, 55)), (14, 3, 16, (28, 77)),
        (15, 3, 16, (35, 105)), (11, 4, 32, (0, 25)),
    ],
)  # fmt: skip
def test_few_effects_are_mixed_up_as_published(factors, resolution, points, words):
    """Points, and words of three and four letters, of the designs of minimum aberration: Chen, Sun & Wu 1993."""
    signs = FractionalFactorial(resolution=resolution).signs(factors)
    assert (len(signs), lengths(signs)) == (points, words)


@pytest.mark.parametrize(
    ("generator", "said"),
    [
        ("a b", "found 2 words, expected 3"),
        ("a c ac", "found a c as the letters"),
        ("ab bc ca", "as the letters"),
        ("a b ad", "'ad'"),
        ("a b aab", "'aab'"),
        ("a b --ab", "'--ab'"),
        ("a b a", "as the letters"),
        ("a b c ab ba", "always change together"),
        ("a b ab -ab", "always change together"),
        ("a b -a", "always change together"),
        ("a -b ab", "'-b'"),
        ("a b 商", "as the letters"),
        ("a b c d e f g h i j k l m n", "14 letters"),
    ],
)
def test_a_generator_that_makes_no_design_is_refused(generator, said):
    """In our words, and not in those of the library."""
    factors = max(3, len(generator.split()))
    with pytest.raises(TextError, match=said):
        FractionalFactorial(generator=generator).points(switches(factors), 1)


def test_a_generator_and_a_resolution_are_one_too_many():
    """Each says how large the fraction is."""
    with pytest.raises(TextError, match="one of them"):
        FractionalFactorial(generator="a b ab", resolution=3).points(switches(3), 1)

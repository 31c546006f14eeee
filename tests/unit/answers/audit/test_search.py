"""The search for what would have to be true, on functions whose answer is known."""

import numpy as np
import pytest

from sim.answers.audit.search import ROUNDS, Limits, Seen, furthest, holding, looked_at_again, movers_of, proposals

ASSUMPTIONS = 8


def drawn_worlds(effect, before, count=60):
    """Return made-up worlds, and the typical one behind them."""
    moved = np.vstack([np.random.default_rng(1).uniform(-0.5, 0.5, (count, ASSUMPTIONS)), np.zeros(ASSUMPTIONS)])
    return Seen(moved, effect(moved), before(moved), len(moved))


def searched(effect, before, limits, seen):
    """Return what is seen after all rounds."""
    movers = movers_of(seen.departures[:-1] + 0.5, [seen.progress[:-1], seen.before[:-1]], [])
    for _ in range(ROUNDS):
        made = proposals(seen, limits, movers)
        if not len(made):
            break
        seen = seen.with_more(made, effect(made), before(made))
    return seen


def box(size, before=(-np.inf, np.inf)):
    """Return limits that are the same for all."""
    return Limits(np.full(ASSUMPTIONS, -size), np.full(ASSUMPTIONS, size), before)


def test_the_cheapest_lever_is_moved_and_no_other():
    """Of two that help, the one that helps three times as much; so far as it takes, bent as the effect is."""

    def effect(moved):
        return 0.4 + 1.5 * np.tanh(moved[:, 2]) + 0.5 * moved[:, 5]

    def before(moved):
        return np.zeros(len(moved))

    seen = searched(effect, before, box(0.5), drawn_worlds(effect, before))
    best = seen.departures[holding(seen, box(0.5))[0]]
    assert np.flatnonzero(best).tolist() == [2]
    assert best[2] == pytest.approx(np.arctanh(0.4), abs=0.06)


def test_what_moves_the_figure_before_is_made_up_for():
    """A claim holds only in an organization like its own, so another lever has to hold it there."""

    def effect(moved):
        return 0.5 + 1.2 * moved[:, 0]

    def before(moved):
        return moved[:, 0] + moved[:, 1]

    limits = box(0.5, (-0.1, 0.1))
    seen = searched(effect, before, limits, drawn_worlds(effect, before))
    best = seen.departures[holding(seen, limits)[0]]
    assert best[0] >= 0.4
    assert -0.1 <= best[0] + best[1] <= 0.1


def test_nothing_is_found_where_nothing_is():
    """Within the ranges there is none; further out there is, and the search says where."""

    def effect(moved):
        return 0.2 + 0.8 * moved[:, 3]

    def before(moved):
        return np.zeros(len(moved))

    inside = searched(effect, before, box(0.5), drawn_worlds(effect, before))
    assert holding(inside, box(0.5)) == []
    assert inside.progress[furthest(inside, box(0.5))] == pytest.approx(0.6)
    outside = searched(effect, before, box(2.0), inside)
    again = looked_at_again(outside, box(2.0))
    assert 1.0 <= outside.departures[again[0]][3] < 1.2
    assert holding(outside, box(0.5)) == []


def test_a_claim_holds_only_where_the_figure_before_is_like_its_own():
    """However large the effect is elsewhere, and however near."""
    moved = np.array([[0.2] + [0.0] * 7, [0.4] + [0.0] * 7])
    seen = Seen(moved, np.array([1.5, 1.2]), np.array([0.5, 0.0]), 1)
    limits = box(0.5, (-0.1, 0.1))
    assert holding(seen, limits) == [1]
    assert looked_at_again(seen, limits) == [1]
    assert furthest(seen, limits) == 1

"""The search, on made-up numbers whose truth is known, so that it is seen what it misses."""

import logging
import subprocess
import sys
from itertools import product

import numpy as np
import optuna
import pytest

from sim.answers.choice import search
from sim.answers.choice.front import nondominated
from sim.answers.choice.search import Question, SearchError, searched

PARTS = 8


class Surface:
    """Bundles of eight parts with a budget, whose effects depend on what is beside them.

    Parameters
    ----------
    seed
        Draws effects, costs, and the luck that blurs what is seen.
    luck
        How much that is.
    """

    def __init__(self, seed, luck=0.0, parts=PARTS):
        random = np.random.default_rng(seed)
        self.luck, self.parts, self.asked = luck, parts, []
        self.gains, self.costs = random.normal(0.5, 1.0, (2, parts)), random.gamma(3.0, 3.0, parts)
        self.together = np.triu(random.normal(0.0, 0.5, (2, parts, parts)), 1)
        self.budget = 0.5 * self.costs.sum()
        self.blur = np.random.default_rng([seed, 1])

    def losses(self, candidate):
        """Return what is true of a bundle: two losses, and what it takes."""
        there = np.isin(np.arange(self.parts), [place for place, _ in candidate]).astype(float)
        gains = self.gains @ there + there @ self.together @ there
        return (-gains[0], -gains[1], float(self.costs @ there))

    def fits(self, candidate):
        """Tell whether a bundle is within the budget."""
        return self.losses(candidate)[-1] <= self.budget

    def possible(self, candidate):
        """Leave out the last parts until the rest fits."""
        while not self.fits(candidate):
            candidate = candidate[:-1]
        return candidate

    def tried(self, number, candidates):
        """Return what is seen of bundles."""
        self.asked.append((number, list(candidates)))
        true = np.array([self.losses(one) for one in candidates])
        true[:, :2] += self.luck * self.blur.normal(size=(len(true), 2))
        return [tuple(map(float, one)) for one in true]

    @property
    def question(self):
        """What is searched for."""
        return Question([()] * self.parts, self.possible, self.tried)

    @property
    def front(self):
        """The bundles on the true front."""
        several = [
            tuple((place, ()) for place, on in enumerate(there) if on) for there in product((0, 1), repeat=self.parts)
        ]
        fitting = [one for one in several if self.fits(one)]
        on = nondominated(np.array([self.losses(one) for one in fitting]))
        return {one for one, yes in zip(fitting, on, strict=True) if yes}


def at_random(surface, runs, seed):
    """Return as many different bundles, drawn without any thought."""
    random = np.random.default_rng(seed)
    found = set()
    while len(found) < runs:
        there = np.flatnonzero(random.random(surface.parts) < 0.5)
        found.add(surface.possible(tuple((int(place), ()) for place in there)))
    return found


@pytest.fixture(scope="module")
def compared():
    """Of six surfaces, what share of the true front is found, by search and at random, in as many runs."""
    found = []
    for seed in range(6):
        surface = Surface(seed, luck=0.1)
        tried = searched(surface.question, seed, generations=12, population=16)
        front = surface.front
        shares = [len(front & set(one)) / len(front) for one in (tried, at_random(surface, len(tried), seed))]
        found.append((len(tried), *shares))
    return np.array(found)


def test_more_of_the_front_is_found_than_at_random(compared):
    """On each of the surfaces, though not all of it, in far fewer runs than there are bundles."""
    tried, by_search, by_chance = compared.T
    assert tried.max() < 2**PARTS / 2
    assert (by_search > by_chance).all()
    assert by_search.mean() > 0.7


def test_generations_are_run_whole_and_nothing_twice():
    """Nothing first; what is known is not asked for again, and what does not fit is never run."""
    surface = Surface(1)
    found = searched(surface.question, 1, generations=4, population=16)
    numbers = [number for number, _ in surface.asked]
    asked = [one for _, several in surface.asked for one in several]
    assert numbers == sorted(set(numbers))
    assert asked[0] == ()
    assert asked == list(found)
    assert all(surface.fits(one) for one in asked)
    alone = {((place, ()),) for place in range(PARTS) if surface.fits(((place, ()),))}
    assert alone <= set(surface.asked[1][1])


SCRIPT = """
from tests.unit.answers.choice.test_search import Surface
from sim.answers.choice.search import searched
print(list(searched(Surface(3).question, 3, generations=4, population=16)))
"""


def test_the_same_seed_finds_the_same():
    """In another process as well, whatever it hashes by; another seed finds others."""
    here = list(searched(Surface(3).question, 3, generations=4, population=16))
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(here)
    assert told.stderr == ""
    assert here != list(searched(Surface(3).question, 4, generations=4, population=16))


def test_what_is_not_known_is_never_bred_from():
    """Bundles with the first part cannot be judged; the search leaves them."""
    surface = Surface(2)

    def tried(number, candidates):
        told = surface.tried(number, candidates)
        return [
            (float("nan"),) * 3 if any(place == 0 for place, _ in one) else losses
            for one, losses in zip(candidates, told, strict=True)
        ]

    searched(Question(surface.question.genes, surface.possible, tried), 1, generations=6, population=16)
    shares = [np.mean([any(place == 0 for place, _ in one) for one in several]) for _, several in surface.asked[1:]]
    assert np.mean(shares[-2:]) < np.mean(shares[:2])


def test_doses_are_found():
    """The best dose of one part, where its effect is a hill."""

    def tried(number, candidates):
        doses = [dict(one).get(0) for one in candidates]
        return [(0.0 if dose is None else (dose[0] - 13.0) ** 2 - 100.0, float(len(one))) for one, dose in zip(
            candidates, doses, strict=True
        )]  # fmt: skip

    found = searched(Question([(26,), ()], lambda one: one, tried), 1, generations=8, population=16)
    best, _ = min(found.items(), key=lambda one: one[1])
    assert abs(best[0][1][0] - 13) <= 1


def test_users_hear_of_their_own_studies_alone(caplog):
    """Nothing of ours is written, nothing of theirs is kept back, and all is as before."""
    before = optuna.logging.get_verbosity()
    logger = logging.getLogger("optuna")
    logger.addHandler(caplog.handler)
    try:
        searched(Surface(1).question, 1, generations=1, population=4)
        assert not caplog.records
        optuna.create_study()
        assert len(caplog.records) == 1
    finally:
        logger.removeHandler(caplog.handler)
    assert optuna.logging.get_verbosity() == before


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch):
    """In one sentence."""
    monkeypatch.setattr(search.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SearchError, match=r"pip install 'deptsim\[answers\]'"):
        searched(Surface(1).question, 1)

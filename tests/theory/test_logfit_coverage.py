"""What an organization that is read off a log promises: of truths drawn from the ranges, nine of ten are in its ranges.

A truth is run, only its log is taken, and all is learned from that as `sim.fit_log` does: steps, calendars, waits,
levers. Its levers, and what two interventions do to it with the same luck, are compared with what `sim.robust` says of
the organization that was found.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import binom

import sim
from sim.spec.levers import LEVERS

TRUTHS, POINTS, EACH, WEEKS = 10, 19, 2, 16.0
"""Of 19 points, nine of ten others lie between the least and the largest."""

DRAWN = ("ambiguity", "misrouting", "clarity", "exceptions", "alignment", "latency", "latency_spread")

ALTERNATIVES = {"RACI": ["raci"], "Messaging": ["instant_messaging"]}

EFFECTS = (("RACI", "bounces_per_100"), ("RACI", "lead_time_mean"), ("Messaging", "lead_time_mean"))


@dataclass(frozen=True)
class Truth:
    """An organization of which only a log is known."""

    levers: dict[str, float]
    trust: float
    unclear: dict[str, float]
    outside: float

    @property
    def scenario(self):
        """Return two desks that may send a task to each other, and an office between them."""
        steps = {
            "take": {"R": "north", "contested_by": ["south"], "work": 1.0, "next": {"check": 1.0}},
            "check": {"R": "office", "work": 0.5, "next": {"settle": 0.7, "end": 0.3}},
            "settle": {"R": "south", "contested_by": ["north"], "work": 1.0, "next": {"end": 1.0}},
        }
        for name, share in self.unclear.items():
            steps[name]["ambiguity"] = share
        steps["take"]["external"] = {"work": {"exponential": self.outside}}
        said = {
            "name": "desks",
            "horizon_weeks": WEEKS,
            "calendars": {"day": {"mon-fri": "09:00-17:00"}},
            "departments": {
                name: {"staff": staff, "calendar": "day"} for name, staff in (("north", 4), ("south", 4), ("office", 3))
            },
            "processes": {"cases": {"demand": {"per_week": 25}, "steps": steps}},
            "relations": {"trust": self.trust},
            "levers": {"preset": "neutral", "clarity_trust": 0.5, **self.levers},
        }
        return sim.Scenario.model_validate(said)

    @property
    def numbers(self):
        """Return what its ranges are to hold, by place; how ambiguous a step is, is that of two numbers together."""
        together = {name: self.levers["ambiguity"] * share for name, share in self.unclear.items()}
        alone = {f"levers.{name}": self.levers[name] for name in DRAWN if name != "ambiguity"}
        return {**together, **alone, "relations.trust": self.trust}


def truth(number):
    """Return a truth, drawn from what levers may be."""
    luck = np.random.default_rng([25, number])
    levers = {name: float(luck.uniform(*LEVERS[name].plausible)) for name in DRAWN}
    unclear = {"take": float(luck.uniform(0.3, 1.0)), "settle": float(luck.uniform(0.3, 1.0))}
    return Truth(levers, float(luck.uniform(0.35, 0.65)), unclear, float(luck.uniform(0.5, 8.0)))


def ranges_of(found):
    """Return the ranges of what was found, by the same places; documented ones where it states none."""
    made = found.fitted()
    low, high = made.ranges["levers.ambiguity"]
    steps = found.tables["contested"]["step"]
    luck = {name: made.ranges[f"processes.cases.steps.{name}.ambiguity"] for name in steps}
    ends = {name: (low * least, high * most) for name, (least, most) in luck.items()}
    usual = {f"levers.{name}": LEVERS[name].plausible for name in DRAWN}
    return {**usual, **dict(made.ranges), **ends}


def effects_of(found, real):
    """Return what interventions do to the truth, and between what they may do by what was found, with the same luck."""
    made = found.fitted()
    names = sorted({measure for _, measure in EFFECTS})
    fields = {"measures": names, "seed": 3}
    same = real.changed({"horizon_weeks": made.horizon_weeks, "warmup_weeks": made.warmup_weeks})
    true = sim.compare(same, ALTERNATIVES, replications=EACH, **fields).table.set_index(["alternative", "measure"])
    points = sim.robust(made, ALTERNATIVES, points=POINTS, each=EACH, replications=2, **fields).tables["points"]
    by = points.groupby(["alternative", "measure"])["difference"]
    return [(float(true["difference"][one]), float(by.min()[one]), float(by.max()[one])) for one in EFFECTS]


@pytest.fixture(scope="module")
def recovered():
    """What is true of each number and each effect, and between what it lies by the log."""
    numbers, effects = [], []
    for number in range(TRUTHS):
        one = truth(number)
        found = sim.fit_log(sim.simulated(sim.run(one.scenario, seed=1000 + number, events=True)), points=100)
        ranges = ranges_of(found)
        numbers.append({place: (value, *ranges[place]) for place, value in one.numbers.items()})
        effects.append(effects_of(found, one.scenario))
    return numbers, effects


def held(found, factor=1.0):
    """Return how many truths lie within what was found, were they so many times as large; and how many there are."""
    rows = np.array(found)
    inside = (rows[:, 1] <= factor * rows[:, 0]) & (factor * rows[:, 0] <= rows[:, 2])
    return int(inside.sum()), len(rows)


def as_promised(found):
    """Tell whether nine of ten may lie within, by the luck of so many."""
    inside, count = held(found)
    return inside >= binom(count, 0.9).ppf(0.001)


@pytest.mark.long
def test_levers_are_recovered_from_logs(recovered):
    """Each within its range; and another truth would have been noticed where the log tells something."""
    numbers, _ = recovered
    assert as_promised([one for each in numbers for one in each.values()])
    for place in ("take", "settle", "levers.latency", "levers.latency_spread"):
        mine = [each[place] for each in numbers]
        inside, count = held(mine, 3.0)
        assert inside <= 0.5 * count, place


@pytest.mark.long
def test_what_interventions_do_is_recovered_from_logs(recovered):
    """With the same luck, as `--robust` says; a quarter of it, or three times as much, would not have been."""
    _, effects = recovered
    assert as_promised([one for each in effects for one in each])
    for factor in (0.25, 3.0):
        inside, count = held([one for each in effects for one in each], factor)
        assert inside <= 0.5 * count

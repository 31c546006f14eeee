"""Stand-ins for runs: numbers that look like an order process, made without simulating one.

Comparisons, tables and figures are arithmetic on the results of runs; their tests should not wait for a kernel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pandas as pd

from sim.measures import RELATION
from sim.scenario import Scenario
from sim.vocab import LEDGER_PARTS
from sim.weekly import COLUMNS, weekly_frame

USUAL = {
    "on_time_target": (0.80, 0.03),
    "on_time_promise": (0.52, 0.04),
    "promise_mean": (23.3, 0.1),
    "on_time_of_all_asked": (0.78, 0.03),
    "lost_share": (0.02, 0.004),
    "lead_time_mean": (425.0, 14.0),
    "lead_time_p90": (720.0, 40.0),
    "throughput": (31.8, 0.8),
    "unfinished_share": (0.01, 0.004),
    "conflicts_per_100": (25.0, 2.0),
    "bounces_per_100": (50.0, 3.0),
    "trust": (0.56, 0.02),
    "trust_in_approvers": (0.7, 0.02),
    "handed_over": (0.31, 0.02),
    "ping_pong": (0.12, 0.01),
    "rework_share": (0.09, 0.01),
    "urgent_response": (6.1, 0.5),
    "coordination_hours": (96.0, 3.0),
    "coordination_cost": (4800.0, 150.0),
}
HOURS = dict(zip(LEDGER_PARTS, (18.0, 1.2, 12.0, 14.0, 56.0, 260.0, 28.0, 12.0, 16.0, 8.0), strict=True))

EFFECTS = {
    "shared_kpi": {"on_time_target": 0.05, "conflicts_per_100": -8.0, "lead_time_mean": -40.0, "urgent_response": -1.0},
    "raci": {"on_time_target": 0.004, "bounces_per_100": -21.0, "coordination_hours": 14.0},
    "daily_standup": {"on_time_target": -0.01, "coordination_hours": 22.0, "rework_share": -0.012},
}
"""What each intervention does in the made-up world."""


@dataclass
class FakeReplications:
    """What `sim.replications.replicate` returns, as far as comparisons look at it."""

    measures: pd.DataFrame
    ledger: pd.DataFrame
    ledger_inherited: pd.DataFrame
    ledger_open: pd.DataFrame
    timeline: pd.DataFrame
    relations: pd.DataFrame
    weekly: pd.DataFrame
    loads: pd.DataFrame
    places: pd.DataFrame
    errors: tuple[str, ...] = ()


@dataclass
class FakeReplicate:
    """Called in place of `replicate`; shares luck between scenarios and remembers what it was asked."""

    noise: float = 0.3
    failing: dict[int, str] = field(default_factory=dict)
    calls: list[tuple[Scenario, int, int]] = field(default_factory=list)

    def __call__(self, scenario, *, replications, seed, threads=None, first=0, progress=None, department=None):
        self.calls.append((scenario, replications, seed))
        kinds = [one.kind for one in scenario.interventions]
        index = pd.Index([n for n in range(first, first + replications) if n not in self.failing], name="replication")
        if progress is not None:
            progress(replications, replications)
        return FakeReplications(
            measures=self._measures(kinds, index, seed),
            ledger=self._ledger(kinds, index, seed, LEDGER_PARTS),
            ledger_inherited=self._ledger(kinds, index, seed, [part for part in LEDGER_PARTS if part != "closed"]),
            ledger_open=self._ledger(kinds, index, seed, [part for part in LEDGER_PARTS if part != "closed"]),
            timeline=self._timeline(kinds, index, seed),
            relations=self._relations(scenario, index, seed),
            weekly=self._weekly(scenario, index, seed),
            loads=self._loads(scenario, index, seed),
            places=self._places(scenario, seed),
            errors=tuple(f"replication {n}: {why}" for n, why in self.failing.items()) if kinds else (),
        )

    def _measures(self, kinds, index, seed):
        columns = {}
        for place, (name, (mean, spread)) in enumerate(USUAL.items()):
            luck = np.array([np.random.default_rng((seed, n, place)).normal() for n in index])
            own = np.array([np.random.default_rng((seed, n, place, len(kinds), 7)).normal() for n in index])
            shift = sum(EFFECTS.get(kind, {}).get(name, 0.0) for kind in kinds)
            columns[name] = mean + shift + spread * (luck + (self.noise * own if kinds else 0.0))
        return pd.DataFrame(columns, index=index)

    def _ledger(self, kinds, index, seed, parts):
        shrink = 0.85 ** len(kinds)
        rows = [
            [HOURS[part] * shrink * np.random.default_rng((seed, n)).uniform(0.9, 1.1) for part in parts] for n in index
        ]
        return pd.DataFrame(rows, index=index, columns=list(parts))

    def _relations(self, scenario, index, seed):
        """Everybody deals with the departments beside it in the file; each intervention lifts trust by a tenth."""
        names = list(scenario.departments)
        pairs = [pair for a, b in pairwise(names) for pair in ((a, b), (b, a))]
        lift = 0.1 * len(scenario.interventions)
        rows = [
            [value for one in self._sorts(len(pairs), np.random.default_rng((seed, n)), lift) for value in one]
            for n in index
        ]
        columns = [(value, *pair) for value in RELATION for pair in pairs]
        keys = pd.MultiIndex.from_tuples(columns, names=["value", "from", "to"]) if columns else None
        return pd.DataFrame(rows, index=index, columns=keys)

    def _sorts(self, size, random, lift):
        trust, understanding = random.uniform(0.2, 0.6, size), random.uniform(0.4, 0.9, size)
        return [[0.5] * size, trust + lift, [0.4] * size, understanding, random.uniform(50, 500, size), [5.0] * size]

    def _weekly(self, scenario, index, seed):
        """Everybody spends about as much of 40 hours on each kind of work, week after week."""
        owners = scenario.pools()
        tables = {
            n: np.random.default_rng((seed, n, 9)).uniform(1.0, 9.0, (60, len(owners), len(COLUMNS))) for n in index
        }
        for one in tables.values():
            one[..., COLUMNS.index("days")], one[..., COLUMNS.index("open")] = 7.0, 40.0
        return weekly_frame(owners, scenario.window[0], tables)

    def _loads(self, scenario, index, seed):
        rows = [np.random.default_rng((seed, n, 5)).uniform(0.5, 0.95, len(scenario.pools())) for n in index]
        return pd.DataFrame(rows, index=index, columns=list(scenario.pools()))

    def _places(self, scenario, seed):
        """Each step takes its share of the usual hours, less with every intervention."""
        shrink = 0.85 ** len(scenario.interventions)
        rows = [
            {"process": name, "step": step}
            | {part: hours * shrink * random.uniform(0.5, 1.5) / len(process.steps) for part, hours in HOURS.items()}
            for random, (name, process) in self._seeded(scenario, seed)
            for step in process.steps
        ]
        return pd.DataFrame(rows, columns=["process", "step", *LEDGER_PARTS])

    def _seeded(self, scenario, seed):
        return [(np.random.default_rng((seed, k)), item) for k, item in enumerate(scenario.processes.items())]

    def _timeline(self, kinds, index, seed):
        keys = pd.MultiIndex.from_product([index, range(60)], names=["replication", "week"])
        random = np.random.default_rng((seed, len(kinds)))
        ramp = np.minimum(keys.get_level_values("week").to_numpy() / 10, 1.0)
        shift = sum(EFFECTS.get(kind, {}).get("on_time_target", 0.0) for kind in kinds)
        return pd.DataFrame(
            {
                "on_time_target": 1 - ramp * (0.2 - shift) + random.normal(0, 0.05, len(keys)),
                "backlog": 80 * ramp - 150 * shift * ramp + random.normal(0, 6, len(keys)),
                "conflicts": 8 + random.normal(0, 2, len(keys)),
            },
            index=keys,
        )


def small_scenario(**changes) -> Scenario:
    """Return two departments and one process, enough to be compared."""
    world = {
        "name": "small",
        "title": {"en": "Small orders", "zh": "小订单"},
        "departments": {
            "sales": {
                "label": {"en": "Sales", "zh": "销售"},
                "staff": 2,
                "kpis": [{"measures": "volume", "target": 20}],
            },
            "production": {"staff": 4},
        },
        "processes": {
            "order": {
                "demand": {"per_week": 10},
                "target_days": 10,
                "steps": {
                    "sign": {"R": "sales", "C": ["production"], "work": 4.0},
                    "make": {"R": "production", "I": ["sales"], "work": 8.0},
                },
            }
        },
        "compare": [
            {"label": {"en": "Roles", "zh": "职责"}, "with": ["raci"]},
            {"label": "Rhythm", "with": [{"kind": "daily_standup", "minutes": 10.0}]},
        ],
    }
    return Scenario.model_validate(world | changes)

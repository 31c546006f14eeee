"""Stand-ins for runs: numbers that look like an order process, made without simulating one.

Comparisons, tables and figures are arithmetic on the results of runs; their tests should not wait for a kernel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from sim.engine import Failure, Threads
from sim.frames import names_of
from sim.scenario import Scenario
from sim.tables import SUMMARY
from sim.vocab import LEDGER_PARTS, UNFINISHED
from sim.weekly import COLUMNS

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
    "milestones_kept": (0.9, 0.02),
    "warned": (0.0, 0.0),
    "value_delivered": (1.0, 0.0),
    "team_share": (0.0, 0.0),
    "prevented_share": (0.0, 0.0),
    "trust": (0.56, 0.02),
    "trust_in_approvers": (0.7, 0.02),
    "handed_over": (0.31, 0.02),
    "ping_pong": (0.12, 0.01),
    "rework_share": (0.09, 0.01),
    "bypassed": (0.08, 0.01),
    "hours_lent": (3.0, 0.5),
    "quits": (3.0, 1.0),
    "vacant_share": (0.02, 0.005),
    "urgent_response": (6.1, 0.5),
    "coordination_hours": (96.0, 3.0),
    "coordination_cost": (4800.0, 150.0),
    "total_cost": (4800.0, 150.0),
    **dict.fromkeys(("changes_accepted", "changes_refused", "complaints_per_100", "goods_short"), (0.0, 0.0)),
    "line_hours_lost": (0.0, 0.0),
    **dict.fromkeys(("satisfaction", "revenue", "delay_cost", "net_value"), (np.nan, 0.0)),
    "returns_per_100": (0.0, 0.0),
    **dict.fromkeys(("releases_on_time", "release_slip_days", "items_per_release", "release_caught"), (np.nan, 0.0)),
}
HOURS = dict(zip(LEDGER_PARTS, (18.0, 1.2, 12.0, 14.0, 56.0, 260.0, 28.0, 12.0, 16.0, 8.0, 0.0), strict=True))

EFFECTS = {
    "shared_kpi": {"on_time_target": 0.05, "conflicts_per_100": -8.0, "lead_time_mean": -40.0, "urgent_response": -1.0},
    "raci": {"on_time_target": 0.004, "bounces_per_100": -21.0, "coordination_hours": 14.0},
    "daily_standup": {"on_time_target": -0.01, "coordination_hours": 22.0, "rework_share": -0.012},
}
"""What each intervention does in the made-up world."""


@dataclass
class FakeEngine:
    """Works on blocks without a kernel; shares luck between scenarios and remembers what it was asked."""

    noise: float = 0.3
    failing: dict[int | tuple[str | int, ...], str] = field(default_factory=dict)
    """Replications that fail with what sentence, of all alternatives or of one: its kinds in order, then the number."""
    calls: dict[str, tuple[Scenario, int, int]] = field(default_factory=dict)

    def used(self, monkeypatch):
        """Put it in place of the threads where comparisons are made, and return it; runs in full stay real."""
        real = Threads.results

        def results(threads, blocks):
            compared = blocks and blocks[0].label and blocks[0].keep.keywords["names"] == SUMMARY
            return self.results(blocks) if compared else real(threads, blocks)

        monkeypatch.setattr(Threads, "results", results)
        return self

    def results(self, blocks):
        """Yield blocks with what is kept of them, as an engine does."""
        for block in blocks:
            scenario = block.compiled.scenario
            _, n, _ = self.calls.get(block.label, (scenario, 0, 0))
            self.calls[block.label] = (scenario, n + len(block.replications), block.seed)
            yield block, [self.kept(scenario, number, block.seed) for number in block.replications]

    def kept(self, scenario, number, seed):
        """Return the rows of every table of one replication."""
        kinds = [one.kind for one in scenario.interventions]
        for failing in (number, (*sorted(kinds), number)):
            if kinds and failing in self.failing:
                return Failure(f"replication {number}: {self.failing[failing]}")
        ledger = self.ledger(kinds, (seed, number))
        return {
            "measures": {name: np.array([value]) for name, value in self.measures(kinds, (seed, number)).items()},
            "ledger": ledger,
            "ledger_inherited": {part: hours for part, hours in ledger.items() if part != "closed"},
            "ledger_open": {part: hours for part, hours in ledger.items() if part != "closed"},
            "process_ledger": by_process(scenario, ledger),
            "process_ledger_open": by_process(scenario, {one: ledger[one] for one in ledger if one != "closed"}),
            "timeline": self.timeline(kinds, (seed, number)),
            "relations": self.relations(scenario, (seed, number)),
            "weekly": self.weekly(scenario, (seed, number, 9)),
            "utilization": self.utilization(scenario, (seed, number, 5)),
            "places": self.places(scenario, seed),
        }

    def measures(self, kinds, luck):
        """Return the usual measures, moved by what interventions do."""
        found = {}
        for place, (name, (mean, spread)) in enumerate(USUAL.items()):
            shared = np.random.default_rng((*luck, place)).normal()
            own = np.random.default_rng((*luck, place, len(kinds), 7)).normal() if kinds else 0.0
            shift = sum(EFFECTS.get(kind, {}).get(name, 0.0) for kind in kinds)
            found[name] = mean + shift + spread * (shared + self.noise * own)
        return found

    def ledger(self, kinds, luck):
        """Return usual hours, less with every intervention, and none of cases that are never finished."""
        scale = 0.85 ** len(kinds) * np.random.default_rng(luck).uniform(0.9, 1.1)
        return {part: np.array([HOURS[part] * scale]) for part in LEDGER_PARTS} | {UNFINISHED: np.array([0.0])}

    def relations(self, scenario, luck):
        """Everybody deals with the departments beside it in the file; each intervention lifts trust by a tenth."""
        names = list(scenario.departments)
        pairs = [pair for a, b in pairwise(names) for pair in ((a, b), (b, a))]
        lift, random, size = 0.1 * len(scenario.interventions), np.random.default_rng(luck), len(pairs)
        values = {
            "trust_start": np.full(size, 0.5),
            "trust": random.uniform(0.2, 0.6, size) + lift,
            "understanding_start": np.full(size, 0.4),
            "understanding": random.uniform(0.4, 0.9, size),
            "dealings": random.uniform(50, 500, size),
            "planned": np.full(size, 5.0),
        }
        ends = ([a for a, _ in pairs], [b for _, b in pairs])
        from_, to = (names_of(names, [names.index(name) for name in one]) for one in ends)
        return {"from": from_, "to": to} | values

    def weekly(self, scenario, luck):
        """Everybody spends about as much of 40 hours on each kind of work, week after week."""
        owners, weeks, random = list(scenario.pools()), np.arange(60), np.random.default_rng(luck)
        size = len(owners) * len(weeks)
        values = {name: random.uniform(1.0, 9.0, size) for name in COLUMNS}
        who = names_of(owners, np.tile(np.arange(len(owners)), len(weeks)))
        keys = {"week": np.repeat(weeks, len(owners)), "department": who}
        return keys | values | {"days": np.full(size, 7.0), "open": np.full(size, 40.0)}

    def utilization(self, scenario, luck):
        """Everybody is busy for half of the time or more."""
        pools = list(scenario.pools())
        return {
            "department": names_of(pools, np.arange(len(pools))),
            "utilization": np.random.default_rng(luck).uniform(0.5, 0.95, len(pools)),
        }

    def places(self, scenario, seed):
        """Each step takes its share of the usual hours, less with every intervention."""
        shrink = 0.85 ** len(scenario.interventions)
        rows = [
            (name, step, [hours * shrink * random.uniform(0.5, 1.5) / len(process.steps) for hours in HOURS.values()])
            for random, (name, process) in self.seeded(scenario, seed)
            for step in process.steps
        ]
        hours = np.array([row for *_, row in rows]).reshape(len(rows), len(HOURS))
        names = {
            "process": in_order([name for name, *_ in rows]),
            "step": in_order([step for _, step, _ in rows]),
        }
        return names | {part: hours[:, k] for k, part in enumerate(HOURS)}

    def seeded(self, scenario, seed):
        """Return every process with luck of its own."""
        return [(np.random.default_rng((seed, k)), item) for k, item in enumerate(scenario.processes.items())]

    def timeline(self, kinds, luck):
        """Return sixty weeks in which things settle within ten."""
        weeks = np.arange(60)
        random, ramp = np.random.default_rng((*luck, len(kinds))), np.minimum(weeks / 10, 1.0)
        shift = sum(EFFECTS.get(kind, {}).get("on_time_target", 0.0) for kind in kinds)
        return {
            "week": weeks,
            "on_time_target": np.clip(1 - ramp * (0.2 - shift) + random.normal(0, 0.05, 60), 0.0, 1.0),
            "backlog": 80 * ramp - 150 * shift * ramp + random.normal(20, 6, 60),
            "conflicts": 8 + random.normal(0, 2, 60),
            "trust": 0.3 + random.normal(0, 0.01, 60),
        }


def in_order(found):
    """Return a column of names that stand in the order of the alphabet."""
    names = sorted(set(found))
    return names_of(names, [names.index(name) for name in found])


def by_process(scenario, ledger):
    """Return the same hours for every process."""
    names = list(scenario.processes)
    return {"process": in_order(names)} | {part: np.repeat(hours, len(names)) for part, hours in ledger.items()}


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


SMALL = """
format: 1
name: small
title: {en: Small orders, zh: 小订单}
departments:
  sales:
    label: {en: Sales, zh: 销售}
    staff: 2
    kpis: [{measures: volume, target: 20}]
    pools: {director: {hours_per_week: 5}}
  production: {staff: 4, own_work: {share: 0.3}}
  management: {staff: 1}
management: management
processes:
  order:
    demand: {per_week: 10}
    target_days: 10
    steps:
      sign: {R: sales, A: sales.director, C: [production], work: 4.0}
      make: {R: production, I: [sales], work: 8.0}
horizon_weeks: 6
warmup_weeks: 2
compare:
  - {label: {en: Roles, zh: 职责}, with: [raci]}
"""
"""Much the same as a file, with management that approves."""

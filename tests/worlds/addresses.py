"""Every address of a draw that small worlds open, and from where: `python -m tests.worlds.addresses FILE`.

The kernel has to run uncompiled (`NUMBA_DISABLE_JIT=1`): where an address is formed, somebody then looks over its
shoulder.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from sim.kernel import draws
from sim.vocab import Purpose
from tests.worlds.drawn import BOSS, CALENDARS, World, finished, law, worlds
from tests.worlds.witness import WITNESS

DRAWN = 40
"""Worlds that are drawn, beside those that are written down."""

Opened = tuple[tuple[int, ...], str, int]
"""An address, who opened it (file and line), and what lay in it."""


def _step(responsible: str, **roles: Any) -> World:
    work = {"gamma": {"mean": 1.0, "cv": 1.0}}
    return {"R": responsible, "work": work, "response_hours": 1.0, "novelty": 1.0, "ambiguity": 1.0} | roles


def _world(departments: World, processes: World, levers: World, **more: Any) -> World:
    return {
        "name": "court",
        "calendars": CALENDARS,
        "departments": departments,
        "processes": processes,
        "levers": levers,
        "relations": {"trust": 0.1, "understanding": 0.1},
        "horizon_weeks": 5.0,
        "warmup_weeks": 0.0,
    } | more


TEAM: World = {"staff": 2, "calendar": "always"}
QUARREL: World = {
    "ambiguity": 0.8,
    "misrouting": 0.5,
    "exceptions": 0.3,
    "clarity": 0.4,
    "escalation": 0.5,
    "escalation_bounces": 2.0,
    "ownership": 0.3,
    "ownership_bounces": 2.0,
    "adherence": 0.6,
    "agreement": 0.5,
    "agreement_hours": 0.5,
    "step_agreement": 0.5,
    "express": 0.7,
    "express_hours": 0.2,
    "withholding": 0.1,
    "warning": 0.5,
    "skip_risk": 0.5,
    "infeasible": 0.2,
    "approval_check": 0.6,
    "detection": 0.5,
    "changes": 2.0,
    "change_loss": 0.2,
    "freeze_days": 1.0,
    "acceptance": 0.5,
    "lookup": 0.2,
    "prevention": 0.5,
    "teamwork": 0.2,
    "shortages": 1.0,
    "refusal": 1.0,
    "novelty": 1.0,
    "documents": 0.1,
    "severity": 0.5,
    "standoff_hours": 30.0,
    "standoff_spread": 1.0,
    "tier1_hours": 4.0,
    "tier2_hours": 1.0,
    "latency": 0.5,
    "signatures": 0.7,
    "cross_training": 0.5,
    "help_rule": 0.3,
    "quit_rate": 3.0,
    "concentration": 0.5,
}

ALL_ROLES = _step(
    "dept_a",
    A="dept_a.head",
    C=["dept_c", "dept_d"],
    I=["dept_b", "dept_d"],
    contested_by=["dept_b", "dept_c"],
    commitment=True,
    external={"work": {"exponential": 0.5}, "calendar": "always"},
    short=0.4,
    short_wait={"exponential": 0.5},
)

BY_NEXT = {"work": {"exponential": 0.5}, "by_next": {"solve": {"exponential": 0.4}}, "calendar": "always"}
"""Somebody outside is waited for, as long as it takes to go where a case goes next."""

COURT = _world(
    {
        "dept_a": TEAM | {"pools": {"head": {"hours_per_week": 30}, "deputy": {"hours_per_week": 30}}},
        "dept_b": TEAM | {"own_work": {"share": 0.2, "size": {"exponential": 1.0}}},
        "dept_c": TEAM,
        "dept_d": TEAM,
        BOSS: {"staff": 2, "calendar": "always"},
    },
    {
        "project": {
            "demand": {"per_week": 15, "during": "always"},
            "urgent_share": 0.8,
            "preventable": 0.3,
            "complexity": 0.5,
            "promise": {"standard_days": 4, "elasticity": 1.0},
            "target_days": 5,
            "complains": {"process": "question", "late": 0.5, "defective": 0.5},
            "steps": {
                "sell": _step(
                    "dept_a", A="dept_a.head", C=["dept_b", "dept_c", "dept_d"], commitment=True, changeable=True
                ),
                "plan": _step(
                    "dept_c",
                    C=["dept_a", "dept_b"],
                    A="dept_a.deputy",
                    needs=["sell"],
                    probability=0.8,
                    due_days=1,
                    changeable=True,
                ),
                "make": ALL_ROLES | {"A": BOSS, "needs": ["plan"]},
                "ship": _step("dept_d", needs=["make"], C=["dept_b"], contested_by=["dept_b", "dept_c"]),
            },
        },
        "question": {
            "demand": {"per_week": 19, "during": "always"},
            "urgent_share": 0.8,
            "teams": False,
            "steps": {
                "take": ALL_ROLES | {"next": {"solve": 0.6, "take": 0.3}, "external": BY_NEXT},
                "solve": ALL_ROLES | {"R": "dept_b", "contested_by": ["dept_a", "dept_c"], "next": {"take": 0.7}},
            },
        },
    },
    QUARREL,
    management=BOSS,
    coordination_work={kind: {"exponential": 0.2} for kind in ("consult", "approve", "triage", "negotiate", "mediate")},
    response_targets={"consult": 1.0, "approve": 0.5},
    interventions=[{"kind": "daily_standup"}, {"kind": "daily_standup"}],
)
"""Everything that can be asked is asked, over and over: disputes, rework, approvals, conflicts through all tiers."""

CROWD = {f"dept_{n}": TEAM for n in range(18)}
HOT_POTATO = _world(
    CROWD,
    {
        "hard": {
            "demand": {"at": [1.0, 2.0]},
            "steps": {"do": _step("dept_0", needs=[], contested_by=list(CROWD)[1:])},
        },
        "harder": {
            "demand": {"at": [1.0, 2.0, 3.0]},
            "steps": {
                "greet": _step("dept_2"),
                "do": _step("dept_0", needs=["greet"], contested_by=["dept_1"]),
            },
        },
    },
    {"preset": "neutral", "ambiguity": 0.99, "misrouting": 1.0, "clarity": 0.0, "latency": 0.5, "severity": 0.1},
)
"""Nobody accepts: between two contestants or eighteen, requests wander for longer than counters count."""


class Watch:
    """Notes every address that is opened while it looks."""

    def __init__(self) -> None:
        self.opened: list[Opened] = []
        self._bits = draws.bits
        modules = [module for name, module in sys.modules.items() if name.startswith("sim.kernel")]
        for module in modules:
            if getattr(module, "bits", None) is self._bits:
                module.bits = self._look  # type: ignore[attr-defined]

    def _look(self, *address: Any) -> Any:
        frame = sys._getframe(1)
        while frame.f_code.co_filename == draws.__file__ and frame.f_back is not None:
            frame = frame.f_back
        found = self._bits(*address)
        site = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
        self.opened.append((tuple(map(int, address)), site, int(found)))
        return found


class Notes:
    """What was seen in all worlds."""

    def __init__(self) -> None:
        self.worlds = 0
        self.addresses = 0
        self.same_bits = 0
        self.sites: defaultdict[str, set[str]] = defaultdict(set)
        self.askers: defaultdict[str, set[bool]] = defaultdict(set)
        self.twice: Counter[str] = Counter()
        self.revisited: Counter[str] = Counter()
        self.repeated: Counter[str] = Counter()

    def add(self, opened: list[Opened]) -> None:
        """Take in what one world has opened."""
        times = Counter(address for address, _, _ in opened)
        self.worlds += 1
        self.addresses += len(times)
        self.same_bits += len(times) - len({found for _, _, found in opened})
        for (_, _, purpose, whom, visit, again), site, _ in opened:
            name = Purpose(purpose).name
            self.sites[name].add(site)
            self.askers[name].add(whom >= 0)
            self.revisited[name] += visit > 0
            self.repeated[name] += again > 0
        self.twice.update(Purpose(address[2]).name for address, n in times.items() if n > 1)

    def tell(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {name: _plain(found) for name, found in vars(self).items()}


def _plain(found: Any) -> Any:
    if isinstance(found, defaultdict):
        return {name: sorted(some) for name, some in found.items()}
    return found


def watched() -> Notes:
    """Return what the worlds that are written down, and some that are drawn, have opened."""
    watch, notes = Watch(), Notes()

    def see(world: World) -> None:
        watch.opened.clear()
        finished(world)
        notes.add(watch.opened)

    for world in (WITNESS, COURT, HOT_POTATO):
        see(world)
    settings(law, max_examples=DRAWN, derandomize=True, deadline=None)(given(worlds())(see))()
    return notes


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(watched().tell()), encoding="utf-8")

"""Where the stated direction of an intervention is tested: organizations that have the problem it is meant for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Ground:
    """An organization with a certain problem: a shipped scenario, with some values set otherwise.

    Parameters
    ----------
    scenario : str
        A shipped scenario.
    changes : mapping
        Values by place, as ``--set`` takes them.
    """

    scenario: str = "order_delivery"
    changes: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return what a command line says to get it."""
        return " ".join((self.scenario, *(f"--set {place}={value}" for place, value in self.changes.items())))

    def __hash__(self) -> int:
        """Return a number that is the same for the same organization."""
        return hash(str(self))


AS_IT_IS = Ground()
"""The manufacturer as it is: unclear roles, late answers, own numbers."""

HEAVY_PROCEDURES = Ground(
    changes={
        "departments.management.staff": 4,
        "levers.form_hours": 0.3,
        "levers.signatures": 1,
        "levers.tolerance": 1,
        "levers.adherence": 0.6,
    }
)
"""Everything is filled in and signed by a management that has the people for it, and people go round a part of it."""

NEWS_WITHHELD = Ground(changes={"levers.withholding": 8})
"""Whoever has done its part tells the next a day later."""

MILESTONES_SET = Ground(
    changes={
        "levers.withholding": 8,
        "levers.boost": 24,
        "processes.order.steps.sign.due_days": 4,
        "processes.order.steps.procure.due_days": 14,
        "processes.order.steps.produce.due_days": 21,
        "processes.order.steps.deliver.due_days": 28,
    }
)
"""Orders have milestones that nobody looks at, and whoever has done its part tells the next a day later."""

SUPERIORS_ASKED = Ground(changes={"levers.escalation": 0.8, "levers.severity": 0.4})
"""Frictions become quarrels, and quarrels are brought before management."""

NEWCOMERS = Ground(
    changes={
        "levers.quit_rate": 0.4,
        "levers.strain": 0.3,
        "levers.concentration": 0.4,
        "levers.onboarding_weeks": 26,
        "departments.sales.staff": 6,
        "departments.production.staff": 15,
        "departments.purchasing.staff": 5,
        "departments.warehouse.staff": 6,
    }
)
"""Two in five leave within a year, newcomers need half a year, and there are a few more people to make up for it."""

PREVENTABLE = Ground(changes={"processes.complaint.preventable": 0.5})
"""Half of the complaints have a cause that could be removed."""

GOODS_MISSING = Ground(
    changes={
        "levers.shortages": 1,
        "processes.order.steps.produce.short": 0.12,
        "processes.order.steps.produce.short_wait": 24,
    }
)
"""Now and then material is missing when production wants to begin."""

ROUTINE = Ground(
    changes={
        "processes.order.steps.sign.routine": 0.4,
        "processes.order.steps.procure.routine": 0.5,
        "processes.complaint.steps.record.routine": 0.6,
    }
)
"""A large part of the work in the offices is typing."""

"""Where the stated direction of an intervention is tested: organizations that have the problem it is meant for."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def _flow(value: Any) -> str:
    """Return a value as a file says it in one line."""
    return json.dumps(value) if isinstance(value, Mapping | list) else str(value)


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
        told = (shlex.quote(f"{place}={_flow(value)}") for place, value in self.changes.items())
        return " ".join((self.scenario, *(f"--set {one}" for one in told)))

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

SUPERIORS_ASKED = Ground(changes={"levers.escalation": 0.8, "levers.severity": 0.4})
"""Frictions become quarrels, and quarrels are brought before management."""

LATE_CHANGES = Ground(
    changes={
        "levers.changes": 1,
        "levers.change_loss": 0.3,
        "processes.order.steps.procure.changeable": True,
        "processes.order.steps.produce.changeable": True,
    }
)
"""Customers want something else while their order is under way, once on average."""

SCALABLE = Ground(changes={"processes.order.steps.produce.scalable": True})
"""Of an order less can be made than was asked for."""

DEFECTS_FELT = Ground(
    changes={
        "processes.order.complains.process": "complaint",
        "processes.order.complains.late": 0,
        "processes.order.complains.defective": 0.5,
    }
)
"""Half of the customers complain where something is wrong with what they get."""

PROJECTS = Ground(
    changes={
        "levers.withholding": 16,
        "processes.order.steps.sign.due_days": 4,
        "processes.order.steps.procure.due_days": 12,
        "processes.order.steps.produce.due_days": 22,
        "processes.order.steps.deliver.due_days": 27,
    }
)
"""Every step has a date that hardly anybody goes by, and who has done its part tells the next after two days."""

LITTLE_CARRIED_OUT = Ground(
    changes={"levers.follow_through": 0.5, "interventions": ["weekly_review", "monthly_retrospective"]}
)
"""People meet, and half of what they settle is carried out."""

PEOPLE_LEAVE = Ground(
    changes={
        "levers.quit_rate": 0.2,
        "levers.strain": 0.5,
        "levers.concentration": 0.4,
        "levers.onboarding_weeks": 20,
    }
)
"""One in five leaves in a year, more where there are quarrels; newcomers take months, and relations hang on a few."""

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

TWICE_THE_PEOPLE = Ground(
    changes={
        **{
            f"departments.{name}.staff": people
            for name, people in {
                "sales": 10,
                "production": 26,
                "purchasing": 8,
                "warehouse": 10,
                "finance": 6,
                "service": 10,
                "product": 8,
                "management": 4,
            }.items()
        },
        "processes.order.demand.per_week": 48,
        "processes.complaint.demand.per_week": 16,
        "levers.pair_load": 0.004,
    }
)
"""Twice the people for twice the work, of whom each one more in a department takes a little of everybody's time."""

PEOPLE_AWAY = Ground(
    changes={"shocks": [{"kind": "short_staffed", "department": "production", "week": 0, "people": 4, "weeks": 8}]}
)
"""For two months four of thirteen people in production are away."""

PURSES = Ground(
    changes={
        "departments.sales_budget": {"staff": 5, "purse": True},
        "departments.plant_budget": {"staff": 5, "purse": True},
        "processes.campaign": {
            "demand": {"per_week": 8},
            "steps": {"pay": {"R": "sales_budget", "work": {"exponential": 22}}},
        },
        "processes.repair": {
            "demand": {"per_week": 8},
            "steps": {"pay": {"R": "plant_budget", "work": {"exponential": 22}}},
        },
        "relations.pairs": [{"from": "sales_budget", "to": "plant_budget", "trust": 0.3}],
    }
)
"""Campaigns and repairs wait for the money of two budgets, each of which is short when the other is not."""

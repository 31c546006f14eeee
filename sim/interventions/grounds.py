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
    changes={"levers.form_hours": 0.3, "levers.signatures": 2, "levers.tolerance": 1, "levers.adherence": 0.6}
)
"""Everything is filled in and signed, and people go round a part of it."""

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

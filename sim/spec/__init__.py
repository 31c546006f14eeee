"""What the world is: departments, calendars, processes, levers and measures, as frozen data without arrays."""

from sim.spec.base import FrozenMap, Label, text_of
from sim.spec.calendars import ALWAYS, OFFICE, PREDEFINED, Calendar
from sim.spec.distributions import FAMILIES, Work
from sim.spec.levers import LEVERS, LeverSpec
from sim.spec.measures import MEASURES, MeasureSpec, kpi_measure
from sim.spec.organization import (
    KPIS,
    CoordinationWork,
    Department,
    Kpi,
    Organization,
    OwnWork,
    Pair,
    Pool,
    QueueRule,
    Relations,
    ResponseTargets,
)
from sim.spec.process import Demand, External, Process, Promise, Step
from sim.spec.shocks import Leaver, ShortStaffed, SupplierFailure, Surge, UrgentOrder, WrongUpdate

__all__ = [
    "ALWAYS",
    "FAMILIES",
    "KPIS",
    "LEVERS",
    "MEASURES",
    "OFFICE",
    "PREDEFINED",
    "Calendar",
    "CoordinationWork",
    "Demand",
    "Department",
    "External",
    "FrozenMap",
    "Kpi",
    "Label",
    "Leaver",
    "LeverSpec",
    "MeasureSpec",
    "Organization",
    "OwnWork",
    "Pair",
    "Pool",
    "Process",
    "Promise",
    "QueueRule",
    "Relations",
    "ResponseTargets",
    "ShortStaffed",
    "Step",
    "SupplierFailure",
    "Surge",
    "UrgentOrder",
    "Work",
    "WrongUpdate",
    "kpi_measure",
    "text_of",
]

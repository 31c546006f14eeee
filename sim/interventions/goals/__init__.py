"""Interventions on goals: what departments are measured by, and whether they know what the others aim at."""

from sim.interventions.goals.shared_kpi import SharedKpi

__all__ = ["SharedKpi"]

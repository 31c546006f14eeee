"""Interventions that are tools: what shows, tells, remembers or does work."""

from sim.interventions.tools.shared_board import SharedBoard

__all__ = ["SharedBoard"]

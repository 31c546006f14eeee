"""Interventions on structure: who sits where, and who stands in for whom."""

from sim.interventions.structure.liaison import Liaison

__all__ = ["Liaison"]

"""Scenario files: reading, checking, writing."""

from sim.scenario.model import Alternative, Scenario

__all__ = ["Alternative", "Scenario"]

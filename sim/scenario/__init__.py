"""Scenario files: reading, checking, writing, and what follows from them without running anything."""

from sim.scenario.files import shipped
from sim.scenario.findings import Finding, ScenarioError
from sim.scenario.load import Load, loads_of
from sim.scenario.model import Alternative, Scenario, findings_in, refuse_others
from sim.scenario.reading import check, load, loads
from sim.scenario.traffic import visits
from sim.scenario.writing import dump

__all__ = [
    "Alternative",
    "Finding",
    "Load",
    "Scenario",
    "ScenarioError",
    "check",
    "dump",
    "findings_in",
    "load",
    "loads",
    "loads_of",
    "refuse_others",
    "shipped",
    "visits",
]

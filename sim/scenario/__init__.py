"""Scenario files: reading, checking, writing, and what follows from them without running anything."""

from sim.scenario.files import shipped
from sim.scenario.inherit import files_of
from sim.scenario.load import Load, loads_of
from sim.scenario.model import Alternative, Scenario, examined, findings_in
from sim.scenario.reading import check, load, loads
from sim.scenario.traffic import visits
from sim.scenario.writing import dump
from sim.spec.findings import Finding, ScenarioError

__all__ = [
    "Alternative",
    "Finding",
    "Load",
    "Scenario",
    "ScenarioError",
    "check",
    "dump",
    "examined",
    "files_of",
    "findings_in",
    "load",
    "loads",
    "loads_of",
    "shipped",
    "visits",
]

"""Scenario files: reading, checking, writing, and what follows from them without running anything."""

from sim.scenario.files import shipped
from sim.scenario.inherit import files_of
from sim.scenario.reading import check, load, loads, read_data
from sim.scenario.scenario import Scenario, Suggestion, examined, findings_in
from sim.scenario.workload import Workload, planned_loads
from sim.scenario.writing import content, definition, dump
from sim.spec.findings import Finding, ScenarioError
from sim.spec.traffic import visits

__all__ = [
    "Finding",
    "Scenario",
    "ScenarioError",
    "Suggestion",
    "Workload",
    "check",
    "content",
    "definition",
    "dump",
    "examined",
    "files_of",
    "findings_in",
    "load",
    "loads",
    "planned_loads",
    "read_data",
    "shipped",
    "visits",
]

"""Interventions: what they are made of, and the catalogue of them (`sim.interventions.catalogue`).

Every class of the catalogue is exported here by the module of its family.
"""

from sim.interventions.base import Intervention, introduced
from sim.interventions.catalogue import CATALOGUE, INTERVENTIONS, AnyIntervention
from sim.interventions.custom import *
from sim.interventions.goals import *
from sim.interventions.meetings import *
from sim.interventions.parts import MANAGEMENT, Adoption, Edit, Evidence, Expectation, Hire, Meeting, Need
from sim.interventions.paths import *
from sim.interventions.roles import *
from sim.interventions.structure import *
from sim.interventions.times import *
from sim.interventions.tools import *
from sim.interventions.trust import *

__all__ = [
    "CATALOGUE",
    "INTERVENTIONS",
    "MANAGEMENT",
    "Adoption",
    "AnyIntervention",
    "Edit",
    "Evidence",
    "Expectation",
    "Intervention",
    "Hire",
    "Meeting",
    "Need",
    "introduced",
    *(cls.__name__ for cls in CATALOGUE),
]

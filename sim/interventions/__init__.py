"""Interventions: what they are made of, and the catalogue of them (`sim.interventions.catalogue`).

Every class of the catalogue is exported here by the folder of its family.
"""

from sim.interventions.base import Intervention, introduced
from sim.interventions.catalogue import CATALOGUE, FAMILIES, INTERVENTIONS, AnyIntervention, family_of
from sim.interventions.costs import Forms, HoursOf, Minutes, OnceHours, Pay, PerCase, ShareOfWork, Signed, Spending
from sim.interventions.custom import Custom
from sim.interventions.goals import *
from sim.interventions.lasting import *
from sim.interventions.meetings import *
from sim.interventions.moves import Contact, Move, Times
from sim.interventions.parts import MANAGEMENT, Adoption, Edit, Evidence, Expectation, Hire, Meeting, Need
from sim.interventions.rules import *
from sim.interventions.structure import *
from sim.interventions.tools import *
from sim.interventions.trust import *

__all__ = [
    "CATALOGUE",
    "FAMILIES",
    "INTERVENTIONS",
    "MANAGEMENT",
    "Adoption",
    "AnyIntervention",
    "Contact",
    "Custom",
    "Edit",
    "Evidence",
    "Expectation",
    "Forms",
    "Hire",
    "HoursOf",
    "Intervention",
    "Meeting",
    "Minutes",
    "Move",
    "Need",
    "OnceHours",
    "Pay",
    "PerCase",
    "ShareOfWork",
    "Signed",
    "Spending",
    "Times",
    "family_of",
    "introduced",
    *(cls.__name__ for cls in CATALOGUE[:-1]),
]

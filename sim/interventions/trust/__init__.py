"""Interventions on trust: people of different departments come to know each other, and leaders go first."""

from sim.interventions.trust.duty_training import DutyTraining
from sim.interventions.trust.job_rotation import JobRotation
from sim.interventions.trust.leadership_example import LeadershipExample
from sim.interventions.trust.mentors import Mentors
from sim.interventions.trust.sharing_session import SharingSession
from sim.interventions.trust.team_building import TeamBuilding

__all__ = ["DutyTraining", "JobRotation", "LeadershipExample", "Mentors", "SharingSession", "TeamBuilding"]

"""Interventions on structure: who sits where, how many, and who stands in for whom."""

from sim.interventions.structure.backup_supplier import BackupSupplier
from sim.interventions.structure.deputies import Deputies
from sim.interventions.structure.liaison import Liaison
from sim.interventions.structure.reinforcement import Reinforcement
from sim.interventions.structure.team import Team
from sim.interventions.structure.team_size_cap import TeamSizeCap

__all__ = ["BackupSupplier", "Deputies", "Liaison", "Reinforcement", "Team", "TeamSizeCap"]

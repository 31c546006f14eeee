"""Interventions that give others staying power: they keep alive, reward and mend what was introduced."""

from sim.interventions.lasting.collaboration_score import CollaborationScore
from sim.interventions.lasting.process_tuning import ProcessTuning
from sim.interventions.lasting.recognition import Recognition

__all__ = ["CollaborationScore", "ProcessTuning", "Recognition"]

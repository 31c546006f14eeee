"""Interventions that are rules: who does what, by when, and where a matter goes that is stuck."""

from sim.interventions.rules.decision_rule import DecisionRule
from sim.interventions.rules.escalation_path import EscalationPath
from sim.interventions.rules.first_contact_ownership import FirstContactOwnership
from sim.interventions.rules.grading import Grading
from sim.interventions.rules.joint_acceptance import JointAcceptance
from sim.interventions.rules.jump_rule import JumpRule
from sim.interventions.rules.mediator import Mediator
from sim.interventions.rules.raci import Raci
from sim.interventions.rules.requirement_freeze import RequirementFreeze
from sim.interventions.rules.requirement_review import RequirementReview
from sim.interventions.rules.response_agreement import ResponseAgreement
from sim.interventions.rules.scope_reduction import ScopeReduction
from sim.interventions.rules.sop import Sop

__all__ = [
    "DecisionRule",
    "EscalationPath",
    "FirstContactOwnership",
    "Grading",
    "JointAcceptance",
    "JumpRule",
    "Mediator",
    "Raci",
    "RequirementFreeze",
    "RequirementReview",
    "ResponseAgreement",
    "ScopeReduction",
    "Sop",
]

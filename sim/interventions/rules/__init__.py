"""Interventions that are rules: who does what, by when, and where a matter goes that is stuck."""

from sim.interventions.rules.escalation_path import EscalationPath
from sim.interventions.rules.first_contact_ownership import FirstContactOwnership
from sim.interventions.rules.raci import Raci
from sim.interventions.rules.response_agreement import ResponseAgreement

__all__ = ["EscalationPath", "FirstContactOwnership", "Raci", "ResponseAgreement"]

"""Interventions that are tools: what shows, tells, remembers or does work."""

from sim.interventions.tools.crm_loop import CrmLoop
from sim.interventions.tools.double_check import DoubleCheck
from sim.interventions.tools.erp import Erp
from sim.interventions.tools.instant_messaging import InstantMessaging
from sim.interventions.tools.knowledge_base import KnowledgeBase
from sim.interventions.tools.rpa import Rpa
from sim.interventions.tools.shared_board import SharedBoard
from sim.interventions.tools.shared_documents import SharedDocuments

__all__ = [
    "CrmLoop",
    "DoubleCheck",
    "Erp",
    "InstantMessaging",
    "KnowledgeBase",
    "Rpa",
    "SharedBoard",
    "SharedDocuments",
]

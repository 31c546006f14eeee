"""Interventions on goals: what departments are measured by, and whether they know what the others aim at."""

from sim.interventions.goals.budget_pool import BudgetPool
from sim.interventions.goals.goal_breakdown import GoalBreakdown
from sim.interventions.goals.goal_meeting import GoalMeeting
from sim.interventions.goals.leadership_sponsorship import LeadershipSponsorship
from sim.interventions.goals.okr import Okr
from sim.interventions.goals.shared_kpi import SharedKpi

__all__ = ["BudgetPool", "GoalBreakdown", "GoalMeeting", "LeadershipSponsorship", "Okr", "SharedKpi"]

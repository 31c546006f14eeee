"""Interventions that are meetings."""

from sim.interventions.meetings.daily_standup import DailyStandup
from sim.interventions.meetings.monthly_retrospective import MonthlyRetrospective
from sim.interventions.meetings.weekly_review import WeeklyReview

__all__ = ["DailyStandup", "MonthlyRetrospective", "WeeklyReview"]

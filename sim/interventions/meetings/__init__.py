"""Interventions that are meetings, or bring people onto the phone, or see to what meetings settle."""

from sim.interventions.meetings.adhoc_call import AdhocCall
from sim.interventions.meetings.daily_standup import DailyStandup
from sim.interventions.meetings.early_warning import EarlyWarning
from sim.interventions.meetings.kickoff import Kickoff
from sim.interventions.meetings.minutes import MeetingMinutes
from sim.interventions.meetings.monthly_retrospective import MonthlyRetrospective
from sim.interventions.meetings.weekly_review import WeeklyReview

__all__ = [
    "AdhocCall",
    "DailyStandup",
    "EarlyWarning",
    "Kickoff",
    "MeetingMinutes",
    "MonthlyRetrospective",
    "WeeklyReview",
]

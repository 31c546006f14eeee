"""What a log says about the structure of an organization: departments, calendars, arrivals, routing, work and waits."""

from sim.answers.logfit.structure.learned import Learned, learn
from sim.answers.logfit.structure.settings import Settings

__all__ = ["Learned", "Settings", "learn"]

"""Templates: what companies write down to coordinate, made of a scenario or of a run of it.

A RACI table, a plan with the dates and goals of every step, the progress of open cases against it, and the minutes of
meetings. Each is a function that returns tables; how they are printed and written is said elsewhere.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.templates.meetings import Minutes, minutes
    from sim.templates.planning import plan
    from sim.templates.progressing import progress, progress_by_step
    from sim.templates.roles import raci

__all__ = ["Minutes", "minutes", "plan", "progress", "progress_by_step", "raci"]

_HOMES = {
    "Minutes": "meetings",
    "minutes": "meetings",
    "plan": "planning",
    "progress": "progressing",
    "progress_by_step": "progressing",
    "raci": "roles",
}


def __getattr__(name: str) -> Any:
    """Load a function when it is first asked for: tables of a scenario need no simulation."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim.templates' has no attribute {name!r}")
    return getattr(import_module(f"sim.templates.{_HOMES[name]}"), name)

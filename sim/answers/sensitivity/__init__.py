"""What matters: which assumptions drive how an organization does, and which what a measure changes there.

Whoever needs no more than the few that matter asks `levers_that_matter` (runs a screening in a room) or, of a screening
that is there, `most_influential` (a pure function of its table).
"""

from sim.answers.sensitivity.answer import Sensitivity
from sim.answers.sensitivity.deciding import most_influential
from sim.answers.sensitivity.made import levers_that_matter, sensitivity

__all__ = ["Sensitivity", "levers_that_matter", "most_influential", "sensitivity"]

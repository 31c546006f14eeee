"""How interventions usually take hold: seven shapes, all of them assumptions but for what is said."""

from sim.interventions.parts import Adoption

RULE = Adoption(fidelity=0.8, ramp_weeks=4.0)
"""A rule that all have agreed on: most do it after a month, and it stays."""

DECREE = Adoption(fidelity=0.5, ramp_weeks=2.0, retention_weeks=26.0)
"""A rule from above: half do it, soon, and forget it (mandated double checks are done in 52 to 97 % of cases)."""

SOFTWARE = Adoption(fidelity=0.7, ramp_weeks=16.0, dip=0.2)
"""New software: first it costs, then it helps."""

ONCE = Adoption(ramp_weeks=0.0)
"""Done once, or bought: it is there at once."""

HABIT = Adoption(fidelity=0.8, ramp_weeks=4.0)
"""A habit, such as a meeting: most keep to it after a month."""

LEARNED = Adoption(fidelity=0.7, ramp_weeks=26.0)
"""Something that has to be learned: half a year."""

GLOW = Adoption(fidelity=1.0, ramp_weeks=0.0, retention_weeks=10.0)
"""An event: everybody is moved, and it fades within weeks."""

"""What can be said about how a structure is learned; what nobody says is chosen on weeks that were held out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """How a structure is learned.

    Attributes
    ----------
    departments
        How many there may be; rarer groups are merged.
    steps
        How many steps a process may have: activities in departments, as often as what came before makes a difference.
    kinds
        How many activities in departments are told apart; where there are more, the rare ones of each department are
        one step.
    memory
        How many events back routing may look; None = chosen on held-out weeks.
    half_life
        Weeks after which an event counts half; 0 = all count alike; None = chosen on held-out weeks.
    held_out
        Share of events, the last ones, on which such choices are made.
    quantiles
        Pieces into which a distribution is cut, at most 100.
    horizon
        Weeks that the scenario watches.
    whole
        Whether it is known that the log holds all that had happened until it was taken, and so open cases, too; if not,
        it is found out whether only finished ones are there.
    load
        Share of their time in which people work at most, on these cases and on everything else.
    """

    departments: int = 12
    steps: int = 150
    kinds: int = 400
    memory: int | None = None
    half_life: float | None = None
    held_out: float = 0.2
    quantiles: int = 40
    horizon: float = 26.0
    whole: bool = False
    load: float = 0.8

"""Duty training."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, OnceHours
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation
from sim.spec.base import Share, number


class DutyTraining(Intervention):
    """People are trained in what the other departments do, and in some of their work.

    What people do: within two months everybody spends two days on courses in which departments show what their duties
    are and how to do simple parts of them. What follows: understanding grows while the courses last, and is forgotten
    like any other; roles are clearer; and some people can stand in for others when they have nothing to do, not as fast
    as those. As only whole people are lent, a small department has nobody to lend. Trust does not move by itself.
    """

    kind: Literal["duty_training"] = "duty_training"
    hours: Annotated[float, number(0.0, 200.0)] = 16.0
    """Hours of everybody, once."""
    weeks: Annotated[float, number(0.0, 520.0, above=True)] = 8.0
    """Weeks over which the courses are spread."""
    explained: Share = 0.01
    """Share of what is not understood of the others that is explained, for a day."""
    cross_trained: Share = 0.15
    """Share of the staff that can then stand in elsewhere."""
    stand_in_speed: Annotated[float, number(0.05, 1.0)] = 0.7
    """Speed of those who stand in, against that of the others."""
    clarity: Share = 0.15
    """Share of the missing clarity that it brings."""
    adoption: Adoption = Adoption(fidelity=0.7, ramp_weeks=8.0)

    table: ClassVar[tuple[Row, ...]] = (
        Move("teaching", 1.0, share="explained", weeks="weeks"),
        Move("cross_training", 1.0, share="cross_trained"),
        Move("cross_skill", "stand_in_speed", share=1.0, worsens=True),
        Move("clarity", 1.0, share="clarity"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (OnceHours("hours", over_weeks="weeks"),)
    answers: ClassVar[tuple[str, ...]] = ("misread", "nobody_responsible", "scarce_people")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "assumption", "queueing theory", "where everybody is busy at other times, a few who can help are enough"
        ),
        Evidence("assumption", "no number found", "how much two days explain, and how many can stand in after them"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("bounces_per_100", "down"),)

"""Leadership by example."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, HoursOf, Minutes
from sim.interventions.moves import Contact, Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number


class LeadershipExample(Intervention):
    """Leaders do themselves what they ask of others.

    What people do: leaders keep the rules they set, ask across departments, work side by side, and are seen doing so.
    What follows: what else was introduced is meant more seriously and forgotten more slowly, fewer frictions become
    quarrels, and leaders have to do with each other.
    """

    kind: Literal["leadership_example"] = "leadership_example"
    example: Share = 0.5
    """Share of what others' adoption lacks that it makes up for."""
    severity: Share = 0.2
    """Share of quarrels over frictions that it prevents."""
    dealings: Annotated[float, number(0.0, 10.0)] = 0.05
    """Good dealings a day that leaders' contact is worth, with each other."""
    leader_hours: Annotated[float, number(0.0, 40.0)] = 4.0
    """Hours a week of every leader."""
    minutes: MinutesAWeek = 5.0
    """Minutes a week per person."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("leadership", 1.0, share="example"),
        Move("severity", 0.0, share="severity"),
        Contact("dealings"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("minutes"), HoursOf("leader_hours", "leaders"))
    answers: ClassVar[tuple[str, ...]] = ("does_not_last", "quarrels")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey",
            "Simons 2002, 76 hotels",
            "where managers kept their word, people trusted them and profit was higher",
        ),
        Evidence("before/after", "Haynes et al. 2009", "checklists that people believed in: complications -37 %"),
        Evidence("before/after", "Urbach et al. 2014, 101 hospitals", "mandated checklists: about no effect"),
        Evidence("assumption", "no number found", "how far severity falls, and what leaders' contact is worth"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("trust", "up"),)

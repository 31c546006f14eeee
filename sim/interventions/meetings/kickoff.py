"""Kick-off meeting."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, OnceHours, PerCase
from sim.interventions.grounds import PROJECTS
from sim.interventions.meetings.regular import OVERRUN
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, Meeting
from sim.interventions.shapes import GLOW, HABIT
from sim.spec.base import Share, number
from sim.spec.organization import Organization

USUAL_OVERRUN = float(Meeting.model_fields["overrun"].default)
"""Time that a meeting takes in all, in planned lengths."""


class Kickoff(Intervention):
    """All who are concerned sit together once before they start.

    What people do: for two hours they go through the goal, who does what, and by when each part is due. With
    `each_case` (preset `project`) every case begins with one, in which one person of each department that has something
    to do takes part. What follows: for some weeks people know better whose a task is, go by the dates of the steps, and
    tell sooner that their part is done; then the glow fades, unless there is a next one. For matters of some hours, of
    which many come in a week, one for each takes far more than it gives. It writes nothing down and decides nothing
    later. What people hear of each other's state is stale within a week, and is not modeled.
    """

    kind: Literal["kickoff"] = "kickoff"
    minutes: Annotated[float, number(0.0, 480.0)] = 120.0
    """Length of the meeting."""
    each_case: bool = Field(False, strict=True)
    """Whether every case begins with one, as projects do; then it does not fade."""
    milestones: Share = 0.3
    """Share of the gap to going by the dates of the steps that it closes in the order of work."""
    telling: Share = 0.4
    """Share of the time for which people sit on news that is saved."""
    clarity: Share = 0.2
    """Share of what is unclear about the roles that it clears up."""
    adoption: Adoption = GLOW

    table: ClassVar[tuple[Row, ...]] = (
        Move("milestones", 1.0, share="milestones"),
        Move("withholding", 0.0, share="telling"),
        Move("clarity", 1.0, share="clarity"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (OnceHours("hours_once"), PerCase("minutes_a_case"))
    answers: ClassVar[tuple[str, ...]] = ("late_news", "nobody_responsible")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "trial",
            "Johnson et al. 2022, 1,891 student teams, half of them with a charter",
            "better process only at the start, more conflict, no better result",
        ),
        Evidence(
            "survey",
            "Mathieu & Rapp 2009, 32 student teams",
            "those with a good charter and a good strategy did best in the long run",
        ),
        OVERRUN,
        Evidence("assumption", "no number found", "how much sooner people tell, and how far they go by the dates"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("bounces_per_100", "down"),
        Expectation("lead_time_mean", "down", PROJECTS),
    )
    presets: ClassVar[dict[str, dict[str, Any]]] = {"project": {"each_case": True, "adoption": HABIT}}

    @classmethod
    def _with_preset(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """Let one that is held again and again take hold as habits do, unless something else is said."""
        told = super()._with_preset(given)
        adoption = told.get("adoption", {})
        if told.get("each_case") is not True or not isinstance(adoption, Mapping):
            return told
        return {**told, "adoption": {**HABIT.model_dump(), **adoption}}

    def hours_once(self, organization: Organization) -> float:
        """Hours of everybody, where there is one for all."""
        return 0.0 if self.each_case else self.minutes * USUAL_OVERRUN / 60.0

    def minutes_a_case(self, organization: Organization) -> float:
        """Minutes for each case, where each begins with one."""
        return self.minutes * USUAL_OVERRUN if self.each_case else 0.0

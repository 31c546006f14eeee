"""Knowledge base."""

from typing import ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import LEARNED
from sim.spec.base import Share


class KnowledgeBase(Intervention):
    """What departments know of each other's work is written down where all find it.

    What people do: answers that are given again and again, rules and contacts are kept in one place, and whoever has a
    question looks there first. What follows: some questions need nobody, which saves the wait for an answer; what is
    written is not forgotten, and newcomers find it. Looking up is no dealing, so nobody gets to know anybody by it. It
    disappoints where few look or few write, and where advice is needed rather than an answer.
    """

    kind: Literal["knowledge_base"] = "knowledge_base"
    looked_up: Share = 0.25
    """Share of questions that are looked up when lived."""
    kept: Share = 0.5
    """Share of what is not written yet of other departments that then is."""
    upkeep_minutes: MinutesAWeek = 20.0
    """Minutes a week per person."""
    adoption: Adoption = LEARNED

    table: ClassVar[tuple[Row, ...]] = (
        Move("lookup", 1.0, share="looked_up"),
        Move("knowledge_base", 1.0, share="kept"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("waiting", "one_person", "people_leave")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey",
            "Haas & Hansen 2007, 182 sales teams of one firm",
            "documents saved time but did not make work better; advice made it better but saved no time",
        ),
        Evidence("assumption", "no number found", "how many questions are looked up, and how much is ever written"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("lead_time_mean", "down"),)

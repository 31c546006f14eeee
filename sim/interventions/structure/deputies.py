"""Deputies with hand-over files."""

from typing import ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.grounds import PEOPLE_LEAVE
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share


class Deputies(Intervention):
    """Everybody has a deputy who knows the same people, and a file from which to go on.

    What people do: two people share each contact, and what has to be known of the others is written into a hand-over
    file. What follows: when somebody leaves, less of what is understood of other departments goes too, because it is
    written; and no single departure tears a relationship apart, because it hangs on two. The mean loss of trust stays
    the same, since more people now take along a little: what falls is the risk. While nobody leaves, files keep alive
    what would be forgotten, and the rest is only a cost. A departure that a file tells of (the shock `leaver`) says
    itself which share of a relationship goes; deputies change nothing of that.
    """

    kind: Literal["deputies"] = "deputies"
    in_one_hand: Share = 0.15
    """Share of each relationship that hangs on one person at most, when lived."""
    written: Share = 0.4
    """Share of what only heads know of the others that the files hold, when lived."""
    minutes: MinutesAWeek = 20.0
    """Minutes a week per person to keep the file and the deputy up to date."""

    table: ClassVar[tuple[Row, ...]] = (
        Move("concentration", "in_one_hand", share=1.0),
        Move("knowledge_base", 1.0, share="written"),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("one_person", "people_leave")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "where there is a deputy, work goes on when somebody is away"),
        Evidence("assumption", "no number found", "how much hangs on one person then, and how much a file holds"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("rework_share", "down", PEOPLE_LEAVE),)

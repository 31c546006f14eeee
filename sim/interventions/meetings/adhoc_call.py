"""Ad-hoc calls about what is urgent."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Evidence, Expectation, MinutesAWeek
from sim.spec.base import Share, number


class AdhocCall(Intervention):
    """Whoever needs something for an urgent case calls at once; it is answered or begun in a quarter of an hour.

    What people do: they do not wait for the next meeting or the next look into the mailbox; those concerned are on the
    phone for some minutes. What follows: what urgent cases ask for, work included, is noticed and taken up within the
    agreed time, and whatever else those who were called had to do waits longer. Each call takes six minutes of both
    sides (at a pace of 1). The time is to the answer, or to when work is begun. Where those who are called are busy for
    longer than that, it is broken, and that costs trust and makes quarrels. It does not say what is urgent: where
    everything is, everybody is on the phone.
    """

    kind: Literal["adhoc_call"] = "adhoc_call"
    hours: Annotated[float, number(0.0, 40.0, above=True)] | None = None
    """Open hours within which an urgent request is answered or begun; empty = a quarter of the pace."""
    reach: Share = 0.8
    """Share of urgent requests for which people really call, when lived."""
    upkeep_minutes: MinutesAWeek = 3.0
    """Minutes a week per person to be within reach, beside the calls."""

    table: ClassVar[tuple[Row, ...]] = (Move("express", 1.0, share="reach"), Move("express_hours", "hours"))
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("upkeep_minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("waiting", "late_news")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("claim", "practitioners", "with daily stand-ups, urgent response from 4 h to 1 h"),
        Evidence(
            "assumption",
            "arithmetic",
            "a daily meeting leaves a mean wait of half a day, so an answer within an hour takes a call",
        ),
        Evidence("assumption", "no number found", "for which share of urgent matters people call"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("urgent_response", "down"),)
    at_pace: ClassVar[Mapping[str, float]] = {"hours": 0.25}

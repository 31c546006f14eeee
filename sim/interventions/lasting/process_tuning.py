"""Process tuning: every month, by a survey, or by what people suggest."""

from typing import Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes
from sim.interventions.grounds import HEAVY_PROCEDURES
from sim.interventions.moves import Move, Row
from sim.interventions.parts import Adoption, Evidence, Expectation, MinutesAWeek
from sim.interventions.shapes import LEARNED
from sim.spec.base import Share


class ProcessTuning(Intervention):
    """Procedures are looked through again and again, and made lighter and clearer.

    What people do: in the preset `monthly` owners of a process meet every month and drop what is not needed; in
    `survey` everybody is asked what hinders most, and the worst is mended; with `suggestions` people propose what they
    like, which few do, and of which a third is carried out. What follows: fewer forms and signatures, so that work is
    done sooner and less of what was introduced is gone round; and it is clearer who does what. It mends as much as
    people follow through. Where there are no forms and signatures only clarity is left to gain.
    """

    kind: Literal["process_tuning"] = "process_tuning"
    lightening: Share = 0.5
    """Share of forms and signatures that is dropped in time."""
    clarity: Share = 0.2
    """Share of the missing clarity that it brings."""
    minutes: MinutesAWeek = 10.0
    """Minutes a week per person to look through and to mend."""
    adoption: Adoption = LEARNED

    table: ClassVar[tuple[Row, ...]] = (
        Move("form_hours", 0.0, share="lightening", followed=True),
        Move("signatures", 0.0, share="lightening", followed=True),
        Move("clarity", 1.0, share="clarity", followed=True),
    )
    costs: ClassVar[tuple[CostRow, ...]] = (Minutes("minutes"),)
    answers: ClassVar[tuple[str, ...]] = ("heavy_procedures", "waiting", "does_not_last")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey",
            "Employee Involvement Association 1992",
            "8 % of employees take part in suggestion systems, 35 % of what they suggest is carried out",
        ),
        Evidence("assumption", "no number found", "how many forms are dropped, and that a survey finds half as many"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("bypassed", "down", HEAVY_PROCEDURES),
        Expectation("lead_time_mean", "down", HEAVY_PROCEDURES),
    )
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "monthly": {"lightening": 0.5, "clarity": 0.2, "minutes": 10.0},
        "survey": {"lightening": 0.25, "clarity": 0.2, "minutes": 5.0},
        "suggestions": {"lightening": 0.17, "clarity": 0.07, "minutes": 3.0},
    }

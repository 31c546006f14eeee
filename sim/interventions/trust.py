"""Interventions on trust: people of different departments come to know each other, and leaders go first."""

import math
from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import FULL_WEEK, Adoption, Edit, Evidence, Expectation
from sim.spec.base import Share, number, whole
from sim.spec.organization import Organization

__all__ = ["JobRotation", "LeadershipExample", "TeamBuilding"]


class JobRotation(Intervention):
    """Some people of every department work in another one for a while.

    What people do: a share of the staff changes places, for a week or for half a year, is of little use at first, and
    knows both sides afterwards. In the preset `front_help` people of the back departments help at the front for a day a
    week; it is meant for `departments: [front, back]`, and what they get done there is not modeled yet: only that they
    meet, and that a fifth of their own work is lost.
    Levers: contact as long as it lasts, from which trust and understanding grow by themselves; they stay as long as
    these people do. Direction: trust up, disputed hand-offs down. Evidence: Mlekus & Maier 2021 [meta-analysis, 56
    studies]: r = 0.13 with productivity, 0.32 with flexibility. Cost: the productivity of those who are new, which is
    back by half every few weeks.
    """

    kind: Literal["job_rotation"] = "job_rotation"
    staff_share: Share = 0.1
    """Share of the staff that changes places."""
    weeks: Annotated[float, number(0.0, 520.0, above=True)] = 26.0
    """How long they stay in the other department."""
    loss: Share = 0.5
    """Share of their work that is lost at first."""
    learning_weeks: Annotated[float, number(0.0, 520.0, above=True)] | None = 5.0
    """Half-life of the loss in weeks: newcomers need 8 to 20 weeks; assumption; empty = it stays."""
    dealings: Annotated[float, number(0.0, 50.0)] = 2.0
    """Good dealings a day, at a pace of 1, that somebody's being there is worth."""
    adoption: Adoption = Adoption(ramp_weeks=0.0)

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Mlekus & Maier 2021, 56 studies", "productivity r = 0.13, flexibility r = 0.32"),
        Evidence("claim", "practitioners", "complaints between departments down 80 %"),
        Evidence("assumption", "newcomers need 8 to 20 weeks", "the loss of those who are new halves every 5 weeks"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("trust", "up"), Expectation("bounces_per_100", "down"))
    levers: ClassVar[tuple[str, ...]] = ("contact", "overhead")
    presets: ClassVar[dict[str, dict[str, Any]]] = {
        "week": {"staff_share": 0.2, "weeks": 1.0},
        "half_year": {"staff_share": 0.1, "weeks": 26.0},
        "front_help": {"staff_share": 0.1, "weeks": 26.0, "loss": 0.2, "learning_weeks": None, "dealings": 0.4},
    }

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Bring departments together and lose capacity, both for some weeks; the loss fades as people learn."""
        learning = math.inf if self.learning_weeks is None else self.learning_weeks
        minutes = 60.0 * FULL_WEEK * self.staff_share * self.loss
        return (
            self.meet(organization, self.dealings * self.staff_share, weeks=self.weeks),
            self.cost(minutes, weeks=self.weeks, fades_weeks=learning),
        )


class TeamBuilding(Intervention):
    """Everybody spends a day together outside work.

    What people do: they meet as people; it is forgotten unless work confirms it or it is repeated.
    Levers: contact, on one day. Direction: trust up, for a while. Evidence: Klein et al. 2009 [meta-analysis]: team
    building and team outcomes rho = 0.31, most for how people feel about each other. Cost: the hours, in that week.
    """

    kind: Literal["team_building"] = "team_building"
    hours: Annotated[float, number(0.0, 40.0)] = 8.0
    """Hours of everybody, once."""
    dealings: Annotated[float, number(0.0, 100.0)] = 10.0
    """Good dealings between any two departments, at a pace of 1, that the day is worth."""
    times: Annotated[int, whole(1, 100)] = 1
    """How often it is held."""
    every_weeks: Annotated[float, number(1.0, 520.0)] = 26.0
    """Weeks from one to the next."""
    adoption: Adoption = Adoption(ramp_weeks=0.0)

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence("meta-analysis", "Klein et al. 2009", "team outcomes rho = 0.31, affective ones most"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (Expectation("trust", "up"),)
    levers: ClassVar[tuple[str, ...]] = ("contact", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Bring departments together for a day and charge its hours in that week, each time."""
        starts = [n * self.every_weeks for n in range(self.times)]
        return tuple(
            edit
            for start in starts
            for edit in (
                self.meet(organization, self.dealings, weeks=1 / 7, after_weeks=start),
                self.cost(60.0 * self.hours, weeks=1.0, after_weeks=start),
            )
        )


class LeadershipExample(Intervention):
    """Leaders do themselves what they ask of others.

    What people do: leaders keep the rules they set, ask across departments, work side by side, and are seen doing so.
    Levers: leadership (what else was introduced is meant more seriously and forgotten more slowly), severity towards 0
    (fewer frictions become quarrels), contact between leaders. Direction: trust up. Evidence: Simons 2002 [survey]:
    behavioral integrity; mandated checklists had no effect, those that were believed in -37 % complications
    [before/after]. Cost: hours of leaders, and a few minutes of everybody.
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
    minutes: Annotated[float, number(0.0, 600.0)] = 5.0
    """Minutes a week per person."""

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
    levers: ClassVar[tuple[str, ...]] = ("leadership", "severity", "contact", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Set the example; leaders pay in hours: management, or where it takes no part one person a department."""
        everywhere = self.departments or tuple(organization.departments)
        leads = organization.management
        hours = (
            (Edit("overhead", 1.0, self.leader_hours / FULL_WEEK, (leads,), paid=True, worsens=True),)
            if leads in everywhere
            else self.cost_of_one(organization, self.leader_hours)
        )
        return (
            self.move("leadership", 1.0, self.example),
            self.move("severity", 0.0, self.severity),
            self.meet(organization, self.dealings),
            self.cost(self.minutes),
            *hours,
        )

"""Teams across departments."""

from typing import Annotated, Any, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.costs import CostRow, Minutes, Pay
from sim.interventions.moves import Move, Row
from sim.interventions.parts import FULL_WEEK, Evidence, Expectation
from sim.interventions.verbs import taking_part
from sim.spec.base import Reference, Share, number
from sim.spec.organization import Organization
from sim.spec.process import Process


class Team(Intervention):
    """People of all departments take cases on together, for good or as a project with a manager.

    What people do: those who have to do with a case are one team from its arrival, sit together, and have somebody who
    keeps it together and is paid for that alone. What follows: in a case of a team nobody waits to be noticed or told,
    refuses, or disputes whose it is, and people understand each other better; work, queues and approvals stay what they
    are, and so do the goals of the departments. People who are set aside for the team are missing elsewhere. It is the
    front department that brings its cases to the team: all of them, or those of one process, and then of all others
    with the same front. Quarrels within a team are not modeled, nor what the manager decides.
    """

    kind: Literal["team"] = "team"
    process: Reference | None = None
    """The process whose cases a team takes on; empty = all."""
    weeks: Annotated[float, number(0.0, 520.0, above=True)] | None = None
    """How long there is a team; empty = for good."""
    cases: Share = 0.8
    """Share of the cases that a team really takes on, when lived."""
    managers: Annotated[float, number(0.0, 100.0)] = 1.0
    """People who only keep the team together, at average pay."""
    pooling: Share = 0.05
    """Share of everybody's time that is lost because who is set aside for a team cannot do other work meanwhile."""

    table: ClassVar[tuple[Row, ...]] = (Move("teamwork", 1.0, share="cases", weeks="lasts", where="bringing"),)
    costs: ClassVar[tuple[CostRow, ...]] = (
        Minutes("lost_minutes", weeks="lasts", where="members"),
        Pay(once="paid_once", weekly="paid_weekly", per="total"),
    )
    answers: ClassVar[tuple[str, ...]] = ("waiting", "nobody_responsible", "late_news")
    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "meta-analysis",
            "Troy, Hirunyawipada & Paswan 2008, 25 studies of new products",
            "integration helps where information is shared (beta = 0.21), less where only the climate is meant to be "
            "good (-0.15), and best with two functions",
        ),
        Evidence("assumption", "no number found", "which share of cases is a team's, what it costs in pooling"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("team_share", "up"),
        Expectation("bounces_per_100", "down"),
        Expectation("lead_time_mean", "down"),
    )
    presets: ClassVar[dict[str, dict[str, Any]]] = {"project_team": {"weeks": 26.0}}

    def bringing(self, organization: Organization) -> tuple[str, ...]:
        """Return the departments that bring cases to the team."""
        fronts = {flow.front for flow in self._flows(organization)}
        return tuple(name for name in self._concerned(organization) if name in fronts)

    def members(self, organization: Organization) -> tuple[str, ...]:
        """Return the departments that have people in the team."""
        there = {name for flow in self._flows(organization) for name in taking_part(flow, "all")}
        return tuple(name for name in self._concerned(organization) if name in there)

    def _flows(self, organization: Organization) -> tuple[Process, ...]:
        """Return the processes whose cases a team takes on."""
        named = organization.processes.get(self.process) if self.process is not None else None
        every = organization.processes.values() if self.process is None else [named]
        return tuple(flow for flow in every if flow is not None and flow.teams)

    @property
    def lasts(self) -> float:
        """Weeks for which there is a team."""
        return float("inf") if self.weeks is None else self.weeks

    @property
    def lost_minutes(self) -> float:
        """Minutes a week of everybody in a team that are lost."""
        return 60.0 * FULL_WEEK * self.pooling

    @property
    def paid_once(self) -> float:
        """Hours of pay of the managers of a team that ends, when it begins."""
        return 0.0 if self.weeks is None else FULL_WEEK * self.managers * self.weeks

    @property
    def paid_weekly(self) -> float:
        """Hours of pay a week of the managers of a team that stays."""
        return FULL_WEEK * self.managers if self.weeks is None else 0.0

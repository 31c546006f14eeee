"""Interventions on structure: who sits between departments."""

from typing import Annotated, ClassVar, Literal

from sim.interventions.base import Intervention
from sim.interventions.parts import Edit, Evidence, Expectation
from sim.spec.base import Share, number
from sim.spec.organization import Organization

__all__ = ["Liaison"]


class Liaison(Intervention):
    """Every department has a liaison officer for the others.

    What people do: one person of each department spends hours a week with the others, knows whom to send what to, and
    is called in before a friction becomes a quarrel.
    Levers: contact (trust and understanding grow with it), mediation towards 1, misrouting towards 0. Direction:
    conflicts down, disputed hand-offs down. Evidence: Lawrence & Lorsch 1967 [survey]: integrators in the best of ten
    firms. Cost: the officer's hours, which weigh most in small departments.
    """

    kind: Literal["liaison"] = "liaison"
    hours: Annotated[float, number(0.0, 40.0)] = 3.0
    """Hours a week of one person of each department."""
    dealings: Annotated[float, number(0.0, 10.0)] = 0.1
    """Good dealings a day, at a pace of 1, that the contact is worth, with every other."""
    mediation: Share = 0.1
    """Share of budding conflicts that officers take the heat from."""
    routing: Share = 0.15
    """Share of honest misrouting they prevent."""

    evidence: ClassVar[tuple[Evidence, ...]] = (
        Evidence(
            "survey",
            "Lawrence & Lorsch 1967, ten firms",
            "those that performed best had integrators whom both sides trusted",
        ),
        Evidence("assumption", "no number found", "how many quarrels and misrouted requests an officer prevents"),
    )
    expects: ClassVar[tuple[Expectation, ...]] = (
        Expectation("conflicts_per_100", "down"),
        Expectation("bounces_per_100", "down"),
        Expectation("trust", "up"),
    )
    levers: ClassVar[tuple[str, ...]] = ("contact", "mediation", "misrouting", "overhead")

    def edits(self, organization: Organization) -> tuple[Edit, ...]:
        """Bring departments together, and charge each the hours of its officer."""
        return (
            self.meet(organization, self.dealings),
            self.move("mediation", 1.0, self.mediation),
            self.move("misrouting", 0.0, self.routing),
            *self.cost_of_one(organization, self.hours),
        )

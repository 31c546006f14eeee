"""What an intervention moves, as a table: a lever, where to, and which share of the gap it closes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from sim.interventions.parts import Edit
from sim.spec.levers import LEVERS
from sim.spec.organization import Organization

if TYPE_CHECKING:
    from sim.interventions.base import Intervention

Said: TypeAlias = "float | str"
"""A number, or the name of what holds it: a field of the intervention, or a method that is asked of an organization."""


def figure(one: Intervention, organization: Organization, said: Said, lever: str) -> float:
    """Return the number that a row means.

    Parameters
    ----------
    one : Intervention
        Whose row it is.
    organization : Organization
        The scenario that it is for.
    said : float or str
        A number, a field (at the pace of the organization where the class names it in `at_pace`), or a method.
    lever : str
        The lever whose range it keeps to.
    """
    if not isinstance(said, str):
        return said
    if said in one.at_pace:
        return one.paced(said, organization, lever)
    found = getattr(one, said)
    return float(found(organization) if callable(found) else found)


def placed(edit: Edit, one: Intervention, organization: Organization, where: str | None) -> Edit:
    """Return an edit in the departments that a method names; where it names none, it is moved nowhere.

    Parameters
    ----------
    edit : Edit
        In all departments concerned.
    one : Intervention
        Whose row it is.
    organization : Organization
        The scenario that it is for.
    where : str, optional
        A method of the intervention that is asked of the organization; without it the edit stays as it is.
    """
    if where is None:
        return edit
    found = tuple(getattr(one, where)(organization))
    return replace(edit, where=found) if found else replace(edit, strength=0.0)


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table: a lever moves towards a value, by a share of the gap, as far as the intervention is lived.

    Without a `share` it is an agreed figure: it counts in full from the first day.

    Parameters
    ----------
    lever : str
        Which lever.
    toward : float or str
        Where to, or the field that says so.
    share : float or str, optional
        Which share of the gap is closed when lived in full, or the field or method that says so.
    weeks, after_weeks : float or str
        For how many weeks, and from how many weeks after the start on.
    followed : bool
        Whether it counts only as far as people follow through on what they agreed.
    worsens : bool
        Whether it counts also where its aim is worse than where the lever stands: a price.
    given : str, optional
        The field that has to be stated for it, where it is a part that is left out unless somebody says so.
    where : str, optional
        The method that says in which of the departments; without it, in all that are concerned.
    """

    lever: str
    toward: Said
    share: Said | None = None
    weeks: Said = math.inf
    after_weeks: Said = 0.0
    followed: bool = False
    worsens: bool = False
    given: str | None = None
    where: str | None = None

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return the edit of an intervention in its departments, or none where it has no such part."""
        if self.given is not None and getattr(one, self.given) is None:
            return ()
        agreed = self.share is None
        everywhere = Edit(
            self.lever,
            figure(one, organization, self.toward, self.lever),
            1.0 if self.share is None else figure(one, organization, self.share, self.lever),
            one.departments,
            paid=agreed,
            weeks=figure(one, organization, self.weeks, self.lever),
            after_weeks=figure(one, organization, self.after_weeks, self.lever),
            worsens=self.worsens,
            followed=self.followed,
        )
        return (placed(everywhere, one, organization, self.where),)


@dataclass(frozen=True, slots=True)
class Contact:
    """A row of the table: departments deal with each other more often, from which trust and understanding grow.

    Parameters
    ----------
    dealings : float or str
        Good dealings a day of any two departments, at a pace of 1, or the field or method that says so.
    weeks, after_weeks : float or str
        For how many weeks, and from how many weeks after the start on.
    """

    dealings: Said
    weeks: Said = math.inf
    after_weeks: Said = 0.0

    @property
    def lever(self) -> str:
        """The lever that it moves."""
        return "contact"

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return the edit of an intervention in its departments."""
        dealings, weeks, after = (
            figure(one, organization, said, self.lever) for said in (self.dealings, self.weeks, self.after_weeks)
        )
        return (one.meet(organization, dealings, weeks=weeks, after_weeks=after),)


@dataclass(frozen=True, slots=True)
class Times:
    """A row of the table: a lever becomes so many times what it is in each department, as far as that is lived.

    Written as a move towards an end of its range, so that it combines with moves of others in any order; what stands at
    0 stays there, and nothing goes beyond the end.

    Parameters
    ----------
    lever : str
        Which lever.
    factor : float or str
        How many times, or the field or method that says so.
    worsens : bool
        Whether it counts also where that is the worse way: a price.
    """

    lever: str
    factor: Said
    worsens: bool = False

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return an edit for each place where the lever stands otherwise; of none that stands at 0."""
        factor = figure(one, organization, self.factor, self.lever)
        places: dict[float, list[str]] = {}
        for name in one.departments or organization.staffed:
            places.setdefault(organization.lever(self.lever, name), []).append(name)
        everywhere = len(places) == 1
        return tuple(
            Edit(self.lever, end, share, one.departments if everywhere else tuple(names), worsens=self.worsens)
            for stands, names in places.items()
            for end, share in [self._way(stands, factor)]
            if share > 0.0
        )

    def _way(self, stands: float, factor: float) -> tuple[float, float]:
        """Return the end of the range that a factor goes towards, and which share of the way."""
        spec = LEVERS[self.lever]
        end = spec.high if stands * factor > stands else spec.low
        gap = abs(end - stands)
        return end, min(1.0, abs(stands * factor - stands) / gap) if gap > 0.0 else 0.0


Row: TypeAlias = Move | Contact | Times

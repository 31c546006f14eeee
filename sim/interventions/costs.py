"""What an intervention costs, as a table: whose time, or whose money, once or every week.

Time is a share of a 40-hour week on the lever ``overhead``, and counts in full whether or not people mean it; what is
to be filled in or signed has levers of its own, and people go round what is too much. Money is said in hours of pay, so
that it fits an organization of any size and currency.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from sim.interventions.moves import Said, figure, placed
from sim.interventions.parts import Edit
from sim.spec.organization import Organization

if TYPE_CHECKING:
    from sim.interventions.base import Intervention


@dataclass(frozen=True, slots=True)
class Spending:
    """Money of an intervention at full strength: what is spent when it begins, and every week while it lasts."""

    once: float = 0.0
    weekly: float = 0.0

    def __add__(self, other: Spending) -> Spending:
        """Return both together."""
        return Spending(self.once + other.once, self.weekly + other.weekly)


class Cost:
    """A row of the table of costs; it takes time, money or both."""

    __slots__ = ()
    takes_time: ClassVar[bool] = True
    """Whether it takes people's time."""
    lever: ClassVar[str] = "overhead"
    """The lever that its time moves."""

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return the time that it takes, as edits of the lever ``overhead``."""
        return ()

    def money(self, one: Intervention, organization: Organization) -> Spending:
        """Return the money that it takes."""
        return Spending()


@dataclass(frozen=True, slots=True)
class Minutes(Cost):
    """Minutes a week of everybody concerned; a loss of some weeks may fade as people learn.

    Parameters
    ----------
    minutes : float or str
        Of every person, or the field or method that says so.
    weeks, after_weeks : float or str
        For how many weeks, and from how many weeks after the start on.
    fades_weeks : float or str
        Weeks in which it becomes half as much.
    where : str, optional
        The method that says in which of the departments; without it, in all that are concerned.
    """

    minutes: Said
    weeks: Said = math.inf
    after_weeks: Said = 0.0
    fades_weeks: Said = math.inf
    where: str | None = None

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return one edit."""
        said = (self.minutes, self.weeks, self.after_weeks, self.fades_weeks)
        charged = one.cost(*(figure(one, organization, each, "overhead") for each in said))
        return (placed(charged, one, organization, self.where),)


@dataclass(frozen=True, slots=True)
class OnceHours(Cost):
    """Hours of everybody concerned, once, spread over the first weeks.

    Parameters
    ----------
    hours : float or str
        Of every person, or the field or method that says so.
    over_weeks : float or str
        The weeks over which they are spread, or the field or method that says so.
    """

    hours: Said
    over_weeks: Said = 4.0

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return one edit of the first weeks; none where it takes nothing."""
        hours, weeks = (figure(one, organization, said, "overhead") for said in (self.hours, self.over_weeks))
        return (one.cost(60.0 * hours / weeks, weeks=weeks),) if hours else ()


@dataclass(frozen=True, slots=True)
class HoursOf(Cost):
    """Hours a week of one person of each department concerned, or of every leader; or hours for each newcomer.

    Parameters
    ----------
    hours : float or str
        A week, or the field or method that says so.
    whose : {"one", "leaders", "front", "newcomers"}
        One person of each department; everybody in management, or where it takes no part one person of each
        department; one person of each department that takes cases in; a colleague of each newcomer, for whom the hours
        are those in all, at the number of newcomers a week that `quit_rate` means.
    weeks : float or str
        For how many weeks.
    where : str, optional
        The method that says in which of the departments; without it, in all that are concerned.
    """

    hours: Said
    whose: Literal["one", "leaders", "front", "newcomers"] = "one"
    weeks: Said = math.inf
    where: str | None = None

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return an edit for each department concerned."""
        hours = figure(one, organization, self.hours, "overhead")
        weeks = figure(one, organization, self.weeks, "overhead")
        if self.whose == "leaders":
            charged = one.cost_of_leaders(organization, hours)
        elif self.whose == "newcomers":
            charged = one.cost_per_newcomer(organization, hours)
        else:
            named = "fronts" if self.whose == "front" else self.where
            charged = one.cost_of_one(organization, hours, None if named is None else getattr(one, named)(organization))
        return tuple(replace(edit, weeks=weeks) for edit in charged)


@dataclass(frozen=True, slots=True)
class PerCase(Cost):
    """Minutes for each case, at the planned numbers of cases: of one person of each department that takes part.

    Parameters
    ----------
    minutes : float or str
        For a case, or the field or method that says so.
    who : {"all", "consulted", "front", "supplied"}
        All that have something to do in the process; those who are consulted in it, or where nobody is, all; the one
        that takes cases in; those who are responsible for steps at which goods may be missing, whenever a case comes to
        one.
    """

    minutes: Said
    who: Literal["all", "consulted", "front", "supplied"] = "all"

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return an edit for each department concerned; none where it takes nothing."""
        minutes = figure(one, organization, self.minutes, "overhead")
        return one.cost_per_case(organization, minutes, self.who) if minutes else ()


@dataclass(frozen=True, slots=True)
class ShareOfWork(Cost):
    """A share of the planned work of each case, in all: large cases take more than small ones.

    Parameters
    ----------
    share : float or str
        Which share, or the field or method that says so.
    who : {"all", "consulted"}
        As `PerCase` has it; each of these departments has the same part in it.
    """

    share: Said
    who: Literal["all", "consulted"] = "all"

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return an edit for each department concerned; none where it takes nothing."""
        share = figure(one, organization, self.share, "overhead")
        return one.cost_of_work(organization, share, self.who) if share else ()


@dataclass(frozen=True, slots=True)
class Forms(Cost):
    """Minutes that every hand-over takes longer, for whoever goes on: people observe the less of it the more it is.

    Parameters
    ----------
    minutes : float or str
        For a hand-over, or the field or method that says so.
    """

    minutes: Said
    lever: ClassVar[str] = "form_hours"

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return one edit, of what is prescribed, on top of what has to be filled in already."""
        return (one.cost_on_top(self.lever, figure(one, organization, self.minutes, self.lever) / 60.0),)


@dataclass(frozen=True, slots=True)
class Signed(Cost):
    """Further signatures by management that every result needs: people observe the less of them the more they are.

    Parameters
    ----------
    signatures : float or str
        How many, or the field or method that says so.
    """

    signatures: Said
    lever: ClassVar[str] = "signatures"

    def edits(self, one: Intervention, organization: Organization) -> tuple[Edit, ...]:
        """Return one edit, of what is prescribed, on top of what has to be signed already."""
        return (one.cost_on_top(self.lever, figure(one, organization, self.signatures, self.lever)),)


@dataclass(frozen=True, slots=True)
class Pay(Cost):
    """Money, in hours of pay: of every person concerned, or of one person of average pay in all.

    Parameters
    ----------
    once, weekly : float or str
        Hours of pay when it begins and every week, or the fields or methods that say so.
    per : {"head", "total"}
        Whether they are of every person concerned, or in all.
    """

    once: Said = 0.0
    weekly: Said = 0.0
    per: Literal["head", "total"] = "head"
    takes_time: ClassVar[bool] = False

    def money(self, one: Intervention, organization: Organization) -> Spending:
        """Return what that is in money."""
        rate = one.pay_per_hour(organization, self.per)
        once, weekly = (figure(one, organization, said, "overhead") * rate for said in (self.once, self.weekly))
        return Spending(once, weekly)


CostRow: TypeAlias = Minutes | OnceHours | HoursOf | PerCase | ShareOfWork | Forms | Signed | Pay

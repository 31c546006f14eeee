"""An organization at a point: what the values of all factors make of it, exactly as an alternative of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import BaseModel

from sim.experiments.items import opened_up
from sim.experiments.varied import Added
from sim.scenario import Scenario
from sim.scenario.changes import Change, changes_of
from sim.scenario.uncertain import changes_at, dosed, settled
from sim.study.alternatives import Alternative

if TYPE_CHECKING:
    from sim.agents import Departments

_KEPT = 64
"""Organizations that are kept with values set, before interventions are added."""


@dataclass(frozen=True, slots=True)
class Made:
    """What is run at a point.

    Attributes
    ----------
    scenario
        The organization.
    departments
        Of which class its departments are; None where of the usual one.
    """

    scenario: Scenario
    departments: Departments | None = None


class Base:
    """An organization to which points add something; what was made for one point serves others.

    What a scenario says of its ranges, and what it suggests to compare, changes nothing that is run. It is put aside
    while a point is made, since it would be checked again every time, and put back afterwards: a point has the hash
    that the same alternative of a comparison has.

    Parameters
    ----------
    scenario
        As it is.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self._aside = {"ranges": scenario.ranges, "compare": scenario.compare}
        self._bare: Scenario = BaseModel.model_copy(settled(scenario), update={"expected": None})
        self._changed: dict[str, Scenario] = {}

    def made(self, added: Added) -> Made:
        """Return what is run where this is added.

        Raises
        ------
        ScenarioError, AlternativeError
            Where it cannot be.
        """
        if not (added.items or added.shocks or added.known):
            return Made(self.scenario, added.departments)
        alternative = self._alternative(added)
        changes = self._changes(added, alternative)
        organization = self._organization(changes) if changes else self._bare
        found = alternative.applied(organization) if alternative.interventions else organization
        return Made(BaseModel.model_copy(found, update=self._aside), added.departments)

    def _alternative(self, added: Added) -> Alternative:
        found = opened_up(added.items)
        if not added.known:
            return found
        return replace(found, interventions=tuple(dosed(one, added.known) for one in found.interventions))

    def _changes(self, added: Added, alternative: Alternative) -> tuple[Change, ...]:
        shocks = [one.model_dump(mode="json", by_alias=True) for one in self.scenario.shocks]
        struck = {"shocks": [*shocks, *added.shocks]} if added.shocks else {}
        known = changes_at(self.scenario, added.known) if added.known else {}
        return (*changes_of(dict(sorted(known.items()))), *changes_of(struck), *alternative.changes)

    def _organization(self, changes: Sequence[Change]) -> Scenario:
        """Return the organization with values set; the last few are kept, as many points have the same."""
        key = repr(changes)
        found = self._changed.get(key)
        if found is None:
            found = BaseModel.model_copy(self._bare.changed(changes), update={"expected": None})
            if len(self._changed) >= _KEPT:
                self._changed.pop(next(iter(self._changed)), None)
            self._changed[key] = found
        return found

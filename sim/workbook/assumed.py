"""What nobody says in the sheets of an organization and is assumed until somebody does: hours, volumes, people."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from sim.scenario.scenario import Scenario
from sim.scenario.workload import planned_loads
from sim.spec.findings import Path, ScenarioError
from sim.spec.process import Demand
from sim.words import LANGUAGES, words
from sim.workbook.cells import folded
from sim.workbook.reading import Taken
from sim.workbook.usual import APPROVALS, BUSY, CASES, work

texts = words("workbook")

_RHYTHMS = ("per_week", "at", "every_days", "times_a_year")
assert set(_RHYTHMS) <= set(Demand.model_fields)


def with_assumptions(taken: Taken) -> Taken:
    """Return what was read with what is assumed where nothing is said; what was refused stays away."""
    data = copy.deepcopy(taken.document.data)
    made = _Assuming(data, taken)
    made.steps()
    made.processes()
    made.approvers()
    made.people()
    return replace(taken, document=replace(taken.document, data=data), assumed={**taken.assumed, **made.assumed})


class _Assuming:
    """What a scenario file would say, while it is completed."""

    def __init__(self, data: dict[str, Any], taken: Taken) -> None:
        self._data = data
        self._refused = taken.document.lines
        self.assumed: dict[Path, Any] = {}

    def _assume(self, path: Path, value: Any, text: Any) -> None:
        """Put a value where nothing stands, unless a cell was refused there."""
        if path in self._refused:
            return
        holder: Any = self._data
        for part in path[:-1]:
            holder = holder.setdefault(part, {})
        holder[path[-1]] = value
        self.assumed[path] = text

    def _each(self, *path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        held: Any = self._data
        for part in path:
            held = held.get(part, {}) if isinstance(held, Mapping) else {}
        return ((name, one) for name, one in held.items() if isinstance(one, dict))

    def steps(self) -> None:
        """Assume hours of work."""
        for process, _ in self._each("processes"):
            for step, one in self._each("processes", process, "steps"):
                if "work" not in one:
                    self._assume(("processes", process, "steps", step, "work"), work(), texts.ASSUMED_HOURS)

    def processes(self) -> None:
        """Assume how many cases come; none of their own to what complaints go through, and what releases do."""
        by_others = {one.get("complains", {}).get("process") for _, one in self._each("processes")}
        by_others |= {one.get("work") for _, one in self._each("releases")}
        for process, one in self._each("processes"):
            if not set(_RHYTHMS) & set(one.get("demand", {})):
                cases = 0.0 if process in by_others else CASES
                path: Path = ("processes", process, "demand", "per_week")
                if not any((*path[:-1], kind) in self._refused for kind in _RHYTHMS):
                    self._assume(path, cases, texts.ASSUMED_CASES)

    def approvers(self) -> None:
        """Assume hours for approvals, and which department is management where somebody approves."""
        some = False
        for department, _ in self._each("departments"):
            for pool, one in self._each("departments", department, "pools"):
                some = True
                if "hours_per_week" not in one:
                    path = ("departments", department, "pools", pool, "hours_per_week")
                    self._assume(path, APPROVALS, texts.ASSUMED_APPROVALS)
        if some and "management" not in self._data:
            known = {folded(one) for lang in LANGUAGES for one in texts.MANAGEMENT.get(lang).split("|")}
            named = (code for code, one in self._each("departments") if folded(_label(code, one)) in known)
            name = next(named, None)
            if name is None:
                name = "management"
                self._data["departments"][name] = {"staff": 1}
                self.assumed["departments", name, "staff"] = texts.ASSUMED_MANAGER
            self._assume(("management",), name, texts.ASSUMED_MANAGEMENT)

    def people(self) -> None:
        """Assume so many people that they are busy most of their time, where the rest of the organization is known."""
        path = [name for name, one in self._each("departments") if "staff" not in one]
        missing = [name for name in path if ("departments", name, "staff") not in self._refused]
        for name in missing:
            self._assume(("departments", name, "staff"), 1, texts.ASSUMED_PEOPLE.format(load=100.0 * BUSY))
        if not missing:
            return
        try:
            loads = {one.owner: one for one in planned_loads(Scenario.model_validate(copy.deepcopy(self._data)))}
        except (ValidationError, ScenarioError):
            return
        for name in missing:
            load = loads[name]
            own = load.own / load.capacity
            free = max(BUSY, own + 0.1) - own
            people = math.ceil((load.work + load.coordination) / (load.capacity * min(free, 1.0)))
            self._data["departments"][name]["staff"] = max(1, people)


def _label(code: str, one: Mapping[str, Any]) -> str:
    label = one.get("label", code)
    return str(next(iter(label.values())) if isinstance(label, Mapping) else label)

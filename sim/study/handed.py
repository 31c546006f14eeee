"""Classes written in Python, which no file can hold: handed over, and found again by what a manifest calls them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from sim.classcode import qualified
from sim.hooks import name_of
from sim.interventions import Intervention
from sim.ownmeasures import Measure
from sim.scenario import ScenarioError
from sim.spec.explain import findings_of
from sim.spec.findings import Finding, shown
from sim.study.told import Told
from sim.words import Text, words

if TYPE_CHECKING:
    from sim.agents import Departments

texts = words("rerun")

Own: TypeAlias = type | Measure | Iterable[type | Measure]
"""What is written in Python: one class or measure, or several."""


class Handed:
    """What somebody hands over to run something again.

    Parameters
    ----------
    own : class, Measure, or iterable of them
        Departments, interventions and measures.
    told : Told
        The manifest that asks for them.
    """

    def __init__(self, own: Own, told: Told) -> None:
        given: tuple[Any, ...] = (own,) if isinstance(own, type | Measure) else tuple(own)
        if other := [one for one in given if not isinstance(one, type | Measure)]:
            raise ScenarioError([Finding(texts.NOT_OWN.format(found=shown(other[0])), ("own",))])
        self._own: tuple[Any, ...] = tuple(one for one in given if not isinstance(one, Measure))
        self._measures = {one.name: one for one in given if isinstance(one, Measure)}
        self._told = told
        self.differences: list[Text] = []

    def departments(self, named: Any, *path: str) -> Departments | None:
        """Return the class that all departments are, or those that some are; None where nothing is said."""
        if named is None:
            return None
        from sim.agents import Department  # Mesa takes longer to load than most runs to run

        if isinstance(named, Mapping):
            return {name: self._found(one, Department, *path, name) for name, one in named.items()}
        return self._found(named, Department, *path)

    def measures(self) -> tuple[Measure, ...]:
        """Return the measures of somebody's own that the manifest asks for."""
        wanted = self._told.mapping("own_measures")
        for name, code in wanted.items():
            if name not in self._measures:
                self._told.refuse(texts.NEEDED_MEASURE.format(name=name), "own_measures")
            if self._measures[name].code != code:
                self.differences.append(texts.OTHER_MEASURE.format(name=name))
        return tuple(self._measures[name] for name in wanted)

    def scenario(self, definition: Mapping[str, Any], *path: str) -> dict[str, Any]:
        """Return the definition of a scenario with the interventions that are written in Python."""
        made = dict(definition)
        if "interventions" in made:
            made["interventions"] = self._made(made["interventions"], *path)
        if isinstance(made.get("compare"), list):
            made["compare"] = [
                {**one, "with": self._made(one["with"], *path)} if isinstance(one, Mapping) and "with" in one else one
                for one in made["compare"]
            ]
        return made

    def _made(self, written: Any, *path: str) -> Any:
        if not isinstance(written, list):
            return written
        own = [isinstance(one, Mapping) and "class" in one for one in written]
        return [self._intervention(one, *path) if is_own else one for one, is_own in zip(written, own, strict=True)]

    def _intervention(self, fields: Mapping[str, Any], *path: str) -> Intervention:
        told = {name: value for name, value in fields.items() if name not in ("class", "code", "private")}
        cls = self._found(f"{fields['class']}@{fields.get('code')}", Intervention, *path)
        try:
            return cls.model_validate_json(json.dumps(told))
        except ValidationError as error:
            raise ScenarioError(findings_of(error, told, cls)) from None

    def _found(self, named: Any, kind: type, *path: str) -> Any:
        """Return the class of a name, the one of the same code where several have it."""
        name = str(named).partition("@")[0]
        if name == qualified(kind):
            return kind
        called = [cls for cls in self._own if qualified(cls) == name] or [
            cls for cls in self._own if cls.__qualname__ == name.rpartition(".")[2]
        ]
        if not called:
            self._told.refuse(texts.NEEDED.format(name=name, cls=name.rpartition(".")[2]), *path)
        cls = next((one for one in called if name_of(one) == named), called[-1])
        if not issubclass(cls, kind):
            self._told.refuse(texts.NOT_ITS_KIND.format(name=name, expected=kind.__name__), *path)
        if name_of(cls) != named:
            self.differences.append(texts.OTHER_CODE.format(name=name))
        return cls

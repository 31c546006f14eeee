"""What is called how in a workbook: departments, steps, calendars and whatever else cells refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.interventions import INTERVENTIONS
from sim.scenario.bundled import PREFIX
from sim.scenario.bundles import every_bundle
from sim.spec.base import text_of
from sim.spec.calendars import PREDEFINED
from sim.spec.findings import listed
from sim.spec.levers import LEVERS
from sim.spec.measures import MEASURES
from sim.spec.nearest import nearest
from sim.spec.process import END
from sim.words import LANGUAGES, Text, series, words
from sim.workbook.cells import folded, text, wrong
from sim.workbook.grid import Value

texts = words("workbook")

_MOST_COMPARED = 10_000
"""Names that are compared with misspelled ones of a kind before no more hints are given."""

MOST = 24
"""Names that are told; the rest is counted."""


@dataclass(slots=True)
class Table:
    """Things of one kind by what files call them, with what people call them."""

    labels: dict[str, Text] = field(default_factory=dict)
    _folded: dict[str, set[str]] | None = None
    _shown: Text | None = None
    _compared: int = 0
    _hints: dict[str, Text] = field(default_factory=dict)

    def add(self, code: str, label: Any = "") -> None:
        """Add a thing under its code, with a label in one or more languages."""
        said = Text(label["en"], label["zh"]) if isinstance(label, Mapping) and len(label) == len(LANGUAGES) else label
        if isinstance(said, Mapping):
            said = next(iter(said.values()))
        self.labels[code] = text_of(said, code) if isinstance(said, Text | str) else Text(code, code)
        self._folded = self._shown = None
        self._hints.clear()

    def _by_name(self) -> dict[str, set[str]]:
        if self._folded is None:
            self._folded = {}
            for code, label in self.labels.items():
                for name in {code, *label.by_language().values()}:
                    self._folded.setdefault(folded(name), set()).add(code)
        return self._folded

    def found(self, said: str) -> set[str]:
        """Return the codes of what is called so: by code, or in any language."""
        return {said} if said in self.labels else self._by_name().get(folded(said), set())

    def told(self, code: str, lang: str) -> str:
        """Return what people call a thing, or its code where others are called the same."""
        label = self.labels[code].get(lang) if code in self.labels else code
        return label if self.found(label) == {code} else code

    def hint(self, said: str) -> Text:
        """Return ``; did you mean ...?`` with what people call the thing whose name looks most alike, or nothing.

        Of a file in which nothing fits, the first mistakes are enough: comparing names takes long.
        """
        if said not in self._hints:
            if self._compared > _MOST_COMPARED:
                return Text("", "")
            self._compared += len(self.labels)
            self._hints[said] = self._hint(said)
        return self._hints[said]

    def _hint(self, said: str) -> Text:
        names = {name: code for code, one in self.labels.items() for name in (code, *one.by_language().values())}
        near = nearest(said, names)
        if near is None:
            return Text("", "")
        told = Text(*(self.told(names[near], lang) for lang in LANGUAGES))
        return words("findings").DID_YOU_MEAN.format(name=told)

    def shown(self) -> Text:
        """Return all names that cells may have, in each language, as a sentence lists them."""
        if not self.labels:
            none: Text = words("findings").NONE_THERE
            return none
        if self._shown is None:
            self._shown = series((Text(*(self.told(code, lang) for lang in LANGUAGES)) for code in self.labels), MOST)
        return self._shown


class Names:
    """Everything that cells may refer to, by kind; steps by their process."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, str], Table] = {}
        for code in PREDEFINED:
            self.add("calendar", code, texts.CALENDARS[code])
        for code, one in LEVERS.items():
            self.add("lever", code, one.label)
        for code, measure in MEASURES.items():
            self.add("measure", code, measure.label)
        for code, cls in INTERVENTIONS.items():
            self.add("intervention", code, cls.label)
        for code, bundle in every_bundle().items():
            self.add("intervention", f"{PREFIX}{code}", bundle.label)

    def table(self, what: str, within: str = "") -> Table:
        """Return the things of a kind; steps are within a process."""
        return self._tables.setdefault((what, within if what == "step" else ""), Table())

    def add(self, what: str, code: str, label: Any = "", within: str = "") -> None:
        """Add a thing; a department and whoever approves for it are owners of queues too."""
        self.table(what, within).add(code, label)
        if what in ("department", "approver"):
            self.table("owner").add(code, label)

    def steps(self) -> Iterator[tuple[str, Table]]:
        """Yield the steps of every process."""
        return ((within, table) for (what, within), table in self._tables.items() if what == "step")

    def read(self, what: str, value: Value, within: str = "", also: Iterable[str] = ()) -> str:
        """Return the code of what a cell refers to; say what there is where it refers to nothing, or to several."""
        said = text(value)
        if said in also or said.casefold() in also:
            return said.casefold()
        table = self.table(what, within)
        found = table.found(said)
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise wrong(value, texts.ONE_OF_SEVERAL.format(codes=listed(sorted(found))))
        raise wrong(value, texts.NAMES[what].format(known=table.shown()) + table.hint(said))

    def told(self, what: str, code: str, lang: str, within: str = "") -> str:
        """Return what people call a thing."""
        if what == "step" and code == END:
            return texts.END.get(lang)
        return self.table(what, within).told(code, lang)


def names_in(data: Mapping[str, Any]) -> Names:
    """Return what is called how in what a scenario file says."""
    names = Names()
    for code, calendar in _each(data, "calendars"):
        del calendar
        names.add("calendar", code)
    for code, one in _each(data, "departments"):
        names.add("department", code, _label(one, code))
    for code, one in _each(data, "departments"):
        for pool, approver in _each(one, "pools"):
            names.add("approver", f"{code}.{pool}", _label(approver, pool))
    for code, one in _each(data, "processes"):
        names.add("process", code, _label(one, code))
        for step, said in _each(one, "steps"):
            names.add("step", step, _label(said, step), code)
    for code, one in _each(data, "profiles"):
        names.add("profile", code, _label(one, code))
    return names


def _each(data: Any, key: str) -> Iterator[tuple[str, Any]]:
    held = data.get(key) if isinstance(data, Mapping) else None
    return iter(held.items()) if isinstance(held, Mapping) else iter(())


def _label(one: Any, code: str) -> Any:
    return (one.get("label") if isinstance(one, Mapping) else None) or code

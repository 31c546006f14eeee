"""What may be asked soon: one switch more or less than what somebody looks at, and all switches of the screen."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

from sim.scenario import Scenario, ScenarioError
from sim.spec.findings import TextError
from sim.web.agenda import Subject
from sim.web.asked import asked_of, subject_of

_REMEMBERED = 1000


class Around:
    """What stands around what is asked; nothing before the switches of a scenario are known.

    Parameters
    ----------
    scenarios : mapping of Scenario
        What can be asked about, by name.
    """

    def __init__(self, scenarios: Mapping[str, Scenario]) -> None:
        self._scenarios = scenarios
        self._switches: dict[str, tuple[str, ...]] = {}
        self._combined: dict[str, tuple[Subject, ...]] = {}
        self.subject = lru_cache(_REMEMBERED)(self._understood)
        self._near = lru_cache(_REMEMBERED)(self._neighbors)

    def _understood(self, scenario: str, items: tuple[str, ...]) -> Subject:
        return Subject(scenario, asked_of(self._scenarios[scenario], items).key)

    def items(self, subject: Subject) -> tuple[str, ...]:
        """Return the items that a subject is about, in the words of its key."""
        return tuple(asked_of(self._scenarios[subject.scenario], subject.key).items)

    def knows(self, scenario: str) -> bool:
        """Tell whether the switches of a scenario are known."""
        return scenario in self._switches

    def learn(self, scenario: str, switches: Iterable[str]) -> None:
        """Learn which switches a scenario has on the screen."""
        self._switches[scenario] = tuple(switches)

    def one_away(self, subject: Subject) -> tuple[Subject, ...]:
        """Return what is one switch away from something."""
        return self._near(subject) if self.knows(subject.scenario) else ()

    def _neighbors(self, subject: Subject) -> tuple[Subject, ...]:
        items = self.items(subject)
        return tuple(self._subjects(subject.scenario, (_switched(items, switch) for switch in self._of(subject))))

    def combined(self, subject: Subject) -> tuple[Subject, ...]:
        """Return all combinations of the switches of a scenario."""
        if subject.scenario not in self._combined and self._of(subject):
            switches = self._of(subject)
            every = (some for size in range(1, len(switches) + 1) for some in combinations(switches, size))
            self._combined[subject.scenario] = tuple(self._subjects(subject.scenario, every))
        return self._combined.get(subject.scenario, ())

    def _of(self, subject: Subject) -> tuple[str, ...]:
        return self._switches.get(subject.scenario, ())

    def _subjects(self, scenario: str, every: Iterable[tuple[str, ...]]) -> Iterator[Subject]:
        for items in every:
            with contextlib.suppress(ScenarioError, TextError):  # an organization may be unable to have them together
                yield self.subject(scenario, items)


def _switched(items: tuple[str, ...], switch: str) -> tuple[str, ...]:
    """Return items without what is on about a switch, or with it where nothing is."""
    left = tuple(one for one in items if subject_of(one) != subject_of(switch))
    return left if left != items else (*items, switch)

"""The page as one file: every combination of a few switches, computed beforehand and packed into the document.

The file holds what a server would answer. Its data are lines of letters: the first has all answers, each further one
the played week of a combination, so that a browser unpacks only what somebody looks at. The same inputs give the same
bytes: nothing in it tells when or where it was made.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from sim.engine import Engine, Threads
from sim.files import whole
from sim.scenario import Scenario, ScenarioError
from sim.spec.findings import TextError
from sim.study.making import AlternativeError
from sim.study.robust import EACH
from sim.web.asked import BASELINE, Asked, subject_of
from sim.web.catalogue import switches_of
from sim.web.document import GENERATOR, json_text, one_file, packed
from sim.web.fonts import style_sheet
from sim.web.said import L, sentence_of
from sim.web.studies import CHUNK, TYPICAL, Studies
from sim.web.sure import Sure
from sim.words import words

texts = words("stick")

MOST = 7
"""Switches, of which all combinations can be in one file."""

HEAD = 4_000
"""Bytes of a file in which it says what it is."""

TOGETHER = 0.4
"""To what part answers are compressed further when they are compressed together, about."""

Progress = Callable[[int, int], None]
"""Told how many runs are done, of how many."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What a file takes.

    Attributes
    ----------
    combinations
        How many answers it holds, the baseline among them.
    runs
        How many runs stand behind them.
    seconds
        How long they take, about.
    size
        How many bytes the file has in the end, about.
    """

    combinations: int
    runs: int
    seconds: float
    size: int


class Stick:
    """The page as one file, in the making.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    toggles : sequence of str
        Its switches, as items of text; by default those that the page has on its screen.
    replications : int
        How many replications stand behind each answer.
    seed : int
        Chooses the luck.
    engine : Engine, optional
        What works on replications; by default threads, one for each core.
    points : int
        At how many points of the ranges of all assumptions each switch alone, and all of them, are tried.
    story : mapping, optional
        A story that needs no other switches; see `sim.web.story.told`.

    Attributes
    ----------
    switches
        Its switches, each written the one way that stands for all.

    Raises
    ------
    AlternativeError
        In one sentence, where something is no switch, or where there are too many.
    ScenarioError
        Where the organization cannot have a switch at all.
    """

    def __init__(
        self,
        scenario: Scenario,
        toggles: Sequence[str] = (),
        replications: int = 100,
        seed: int = 1,
        engine: Engine | None = None,
        points: int = 0,
        story: Mapping[str, Any] | None = None,
    ) -> None:
        self._scenario, self._replications, self._seed, self._story = scenario, replications, seed, story
        self._engine = engine or Threads()
        self._studies = Studies(scenario, seed, self._engine)
        self.switches = self._understood(toggles or switches_of(scenario))
        self._refused: dict[str, L] = {}
        self._asked = dict(self._those_possible())
        self._points = points
        self._answers: dict[str, Any] = {}
        self._weeks: dict[str, str] = {}

    @property
    def runs(self) -> int:
        """How many runs stand behind the file."""
        return len(self._asked) * self._replications + 2 * EACH * self._points * len(self._surveyed)

    def effort(self) -> Effort:
        """Return what the file takes, judged by a few runs that are needed anyway."""
        every = list(self._asked)[-1]
        asked = self._asked[every]
        self._studies.grow(asked, CHUNK)  # loads and compiles what the others need
        begun = time.monotonic()
        self._studies.grow(asked, TYPICAL)
        each = (time.monotonic() - begun) / (2 * (TYPICAL - CHUNK))
        frame = self.frame
        begun = time.monotonic()
        week, answer = packed(json_text(self._studies.week(asked))), self._studies.answer(asked)
        beside = time.monotonic() - begun
        number = len(self._asked)
        size = len(week) + TOGETHER * len(packed(json_text(answer)))
        bare = len(self._put_together(frame, "", json_text(answer), "en").encode("utf-8"))
        return Effort(number, self.runs, each * self.runs + beside * number, int(bare + size * number))

    def run(self, progress: Progress | None = None) -> None:
        """Compute every answer and week.

        Parameters
        ----------
        progress : callable, optional
            Told how many runs are done, of how many.
        """
        done, told = 0, progress or _silent
        for key, asked in self._asked.items():

            def stop(asked: Asked = asked, done: int = done) -> bool:
                told(done + min(self._studies.done(asked.key), self._replications), self.runs)
                return False

            self._studies.grow(asked, self._replications, stop)
            self._answers[key] = self._studies.answer(asked, asked.items, self._replications)
            self._weeks[key] = packed(json_text(self._studies.week(asked, asked.items)))
            done += self._replications
        for key in self._surveyed:
            self._answers[key]["sure"], done = self._sure(self._asked[key], done, told)

    @cached_property
    def frame(self) -> dict[str, Any]:
        """The frame of the page, with nothing in it that the file cannot answer."""
        frame = self._studies.frame()
        on = set(self.switches)
        return {
            **frame,
            "switches": self.switches,
            "bundles": [one for one in frame["bundles"] if on.issuperset(one["items"]) and not one.get("refused")],
            "figures": [one for one in frame["figures"] if one["place"] in self._doses],
            "catalogue": [family for one in frame["catalogue"] if (family := self._held(one))["interventions"]],
            "manifest": {**frame["manifest"], "replications": self._replications},
            "story": self._story,
        }

    def document(self, lang: str = "en") -> str:
        """Return the file.

        Parameters
        ----------
        lang : str
            The language in which the page begins.
        """
        told = {"answers": self._answers, "refused": self._refused, "otherwise": texts.NOT_HELD.by_language()}
        answers = json_text({**told, "weeks": list(self._weeks)})
        data = "\n".join([packed(answers), *self._weeks.values()])
        return self._put_together(self.frame, data, answers, lang)

    def _put_together(self, frame: Mapping[str, Any], data: str, said: str, lang: str) -> str:
        letters = {*json_text(frame), *said}
        return one_file(frame, data, style_sheet(letters), lang, self._answers.get(BASELINE))

    @property
    def _surveyed(self) -> list[str]:
        """The keys of what is tried over the ranges of assumptions: each switch alone, and all of them."""
        if not self._points:
            return []
        every = self._key(self.switches)
        return [key for key in dict.fromkeys((*self.switches, every)) if key in self._asked]

    def _sure(self, asked: Asked, done: int, told: Progress) -> tuple[dict[str, Any], int]:
        """Return how sure an answer is, and how many runs are done then."""
        sure = Sure(self._scenario, asked, self._seed, self._engine, points=self._points)
        while sure.done < sure.total:
            sure.go_on()
            told(done + 2 * EACH * sure.done, self.runs)
        return sure.told(), done + 2 * EACH * self._points

    def _understood(self, toggles: Sequence[str]) -> list[str]:
        """Return switches, each written the one way that stands for all."""
        if len(toggles) > MOST:
            raise AlternativeError(texts.TOO_MANY.format(found=len(toggles), most=MOST))
        found: dict[str, str] = {}
        for toggle in toggles:
            items = self._studies.asked(toggle).items
            if len(items) != 1:
                raise AlternativeError(texts.NOT_ONE.format(found=toggle))
            subject = subject_of(items[0])
            if subject in found:
                raise AlternativeError(texts.SAME_SUBJECT.format(found=toggle, subject=subject))
            found[subject] = items[0]
        self._doses = {subject: item[len(subject) :] for subject, item in found.items()}
        return list(found.values())

    def _those_possible(self) -> Iterator[tuple[str, Asked]]:
        """Yield every combination that the organization can have; why it cannot have the others is kept."""
        for number in range(len(self.switches) + 1):
            for items in combinations(self.switches, number):
                try:
                    asked = self._studies.asked(items)
                    asked.applied(self._scenario)
                except (TextError, ScenarioError) as error:
                    if number < 2:
                        raise
                    self._refused[self._key(items)] = sentence_of(error).by_language()
                else:
                    yield self._key(items), asked

    def _key(self, items: Sequence[str]) -> str:
        """Return by what the page finds an answer: items in the order of the switches."""
        return "+".join(items)

    def _held(self, family: Mapping[str, Any]) -> dict[str, Any]:
        """Return a family of interventions without those that are no switch, and without doses to choose."""
        return {
            **family,
            "interventions": [
                {**one, "doses": [], "presets": [each for each in one["presets"] if self._is_dose(one, each)]}
                for one in family["interventions"]
                if one["kind"] in self._doses
            ],
        }

    def _is_dose(self, intervention: Mapping[str, Any], preset: Mapping[str, Any]) -> bool:
        return f"preset={preset['name']}" in self._doses[intervention["kind"]]


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def toggles_in(text: str) -> list[str]:
    """Return items that are separated by commas, which also stand between the doses of one item.

    Parameters
    ----------
    text : str
        As in ``raci:clarity=0.7,upkeep_minutes=5,shared_kpi``.

    Examples
    --------
    >>> from sim.web.stick import toggles_in
    >>> toggles_in("raci:clarity=0.7,upkeep_minutes=5,shared_kpi,departments.sales.staff=6")
    ['raci:clarity=0.7,upkeep_minutes=5', 'shared_kpi', 'departments.sales.staff=6']
    """
    found: list[str] = []
    for part in (one.strip() for one in text.split(",")):
        if found and ":" in found[-1] and _is_more_of(part):
            found[-1] += f",{part}"
        elif part:
            found.append(part)
    return found


def _is_more_of(part: str) -> bool:
    """Tell whether something is a dose rather than an item: it is set, and is no place within a scenario."""
    name, equals, _ = part.partition("=")
    field, dot, _ = name.partition(".")
    return bool(equals) and ":" not in name and not (dot and field in Scenario.model_fields)


def is_page(path: Path) -> bool:
    """Tell whether a file is a page that was written so.

    Parameters
    ----------
    path : Path
        Of a file that is there.
    """
    with path.open("rb") as file:
        return GENERATOR.encode("ascii") in file.read(HEAD)


def write(stick: Stick, path: Path, lang: str = "en") -> int:
    """Write the file, and return of how many bytes it is.

    Parameters
    ----------
    stick : Stick
        With everything computed.
    path : Path
        Where to.
    lang : str
        The language in which the page begins.
    """
    content = stick.document(lang).encode("utf-8")
    with whole(path) as place:
        place.write_bytes(content)
    return len(content)

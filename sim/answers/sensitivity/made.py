"""From a question to what drives the answer: plans the experiments, has them run, and makes tables of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Any, Literal

import pandas as pd

from sim.answers.room import Room, room
from sim.answers.sensitivity.answer import Sensitivity
from sim.answers.sensitivity.asked import ENDS, INDICES, SCREENING, Asked, Over, asked
from sim.answers.sensitivity.deciding import KEYS, REST, deciding, most_influential
from sim.answers.sensitivity.elementary import COLUMNS as EFFECTS
from sim.answers.sensitivity.elementary import elementary_effects, screening
from sim.answers.sensitivity.ends import COLUMNS as SWINGS
from sim.answers.sensitivity.ends import as_it_is, tornado
from sim.answers.sensitivity.indices import COLUMNS as SHARES
from sim.answers.sensitivity.indices import indices, samples_of, share_of_luck
from sim.answers.sensitivity.outcomes import Outcomes, outcomes_of
from sim.engine import Engine, Named
from sim.experiments.designs.sampling import no_power_of_two
from sim.experiments.pacing import Progress
from sim.experiments.reading import plan_of
from sim.ownmeasures import Measure
from sim.scenario import Scenario
from sim.spec.counts import count_of
from sim.spec.findings import TextError, one_of
from sim.spec.measures import MeasureSpec
from sim.study.alternatives import Alternative, Items
from sim.words import words

texts = words("sensitivity")

Method = Literal["both", "morris", "sobol"]

SCREENED = (*KEYS, *EFFECTS)
LUCK = (*KEYS, "luck", "luck_apart", "samples")
"""Columns of the table of luck: what share of the variance it has, and would have if points did not share it."""

METHODS: tuple[Method, ...] = ("both", "morris", "sobol")

TRAJECTORIES, POINTS, REPLICATIONS, MOST = 10, 128, 4, 10
"""What is done where nobody says otherwise: trajectories, samples, replications of each point, assumptions that get
indices of their own."""

IN_TORNADO = 20
"""Assumptions that are put at both ends of their range alone, those that do most in the screening; the five that decide
are always among them."""

AT_ENDS = 20
"""Replications at the ends of ranges at least: there are few points, and differences are small there."""


def sensitivity(
    scenario: Scenario | str,
    with_: Items | Alternative | None = None,
    over: Over | None = None,
    measures: Sequence[str | Measure] | str | None = None,
    *,
    method: Method = "both",
    trajectories: int = TRAJECTORIES,
    points: int = POINTS,
    replications: int = REPLICATIONS,
    most: int = MOST,
    seed: int = 1,
    out: str | os.PathLike[str] | None = None,
    engine: Engine | Named | None = None,
    progress: Progress | bool | None = None,
) -> Sensitivity:
    """Say which assumptions and levers drive a result: what is now, and what an alternative changes of it.

    Every assumption is first screened by elementary effects (Morris), over the whole range of all others. Those that do
    most are then told their share of the variance (Sobol indices), all others together as one. Each alone is put at
    both ends of its range (a tornado). All points meet the same luck.

    Parameters
    ----------
    scenario : Scenario or str
        The organization; its `ranges` say what is known of uncertain numbers, and levers have documented ranges.
    with_ : intervention, bundle, values by place, or several, optional
        An alternative, as in `compare`: what it changes at every point is then looked at as well.
    over : sequence of str, or mapping, optional
        Places that are varied, instead of all assumptions: ``["levers.latency", "relations.trust=0.2..0.5"]``.
    measures : sequence of str or Measure, optional
        What is looked at, the first before all; the usual measures of the organization where nothing is said.
    method : {"both", "morris", "sobol"}
        Screening and indices, screening alone, or indices of all assumptions without any screening.
    trajectories : int
        Of the screening; each is a point for every assumption and one more.
    points : int
        Samples of the indices, a power of two; each is a point for every assumption that is looked at and three more.
    replications : int
        Of every point, at least 2; at the ends of ranges at least 20.
    most : int
        How many assumptions get indices of their own: those that do most to the first measure, as it is and as it
        changes, in turns.
    seed : int
        Chooses luck and points.
    out : str or path, optional
        The folder in which runs stay, and with which an interrupted call goes on.
    engine : str or Engine, optional
        What works on the runs; no result depends on it.
    progress : callable or bool, optional
        As in `sim.experiment`.

    Returns
    -------
    Sensitivity
        With the tables ``deciding`` (the five that decide, fewer where fewer are sure), ``screening``, ``indices``,
        ``tornado``, ``luck``, ``now`` and ``assumptions``.

    Raises
    ------
    ScenarioError, AlternativeError, TextError
        If anything of it cannot be meant.
    StoreError
        If the folder holds something else.

    Notes
    -----
    Morris 1991, Technometrics 33: 161; Campolongo et al. 2007, Environmental Modelling & Software 22: 1509; Saltelli et
    al. 2010, Computer Physics Communications 181: 259. What luck does to indices is told in
    `sim.answers.sensitivity.indices`.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"horizon_weeks": 2, "warmup_weeks": 0})
    >>> over = ["relations.trust", "levers.latency", "levers.clarity"]
    >>> found = sim.sensitivity(scenario, over=over, measures=["trust"], trajectories=2, points=4, replications=2)
    >>> sorted(found.tables)
    ['assumptions', 'deciding', 'indices', 'luck', 'now', 'screening', 'tornado']
    >>> found.tables["screening"]["assumption"].tolist()
    ['relations.trust', 'levers.latency', 'levers.clarity']
    """
    named = [measures] if isinstance(measures, str | Measure) else measures or ()
    question = asked(scenario, with_, over, tuple(named), seed)
    if method not in METHODS:
        raise TextError(texts.WRONG_METHOD.format(found=method, known=one_of(method, METHODS)))
    for _, why in no_power_of_two("points", points):
        raise TextError(texts.IN_FIELD.format(field="points", why=why))
    replications, most = count_of("replications", replications, 2), count_of("most", most, 1)
    with room(out, engine, progress) as place:
        return _Work(question, place, replications).answer(method, trajectories, points, most)


def levers_that_matter(
    place: Room,
    scenario: Scenario | str,
    k: int,
    measures: Sequence[str | Measure] = (),
    *,
    with_: Items | Alternative | None = None,
    over: Over | None = None,
    trajectories: int = TRAJECTORIES,
    replications: int = REPLICATIONS,
    seed: int = 1,
) -> tuple[str, ...]:
    """Return the places of the few assumptions that matter most to some measures, by a screening in a room.

    Parameters
    ----------
    place
        Where it is run, in a store ``screening``.
    k
        How many.
    scenario, measures, with_, over, trajectories, replications, seed
        As in `sensitivity`; with an alternative, those count as well that drive what it changes.
    """
    question = asked(scenario, with_, over, tuple(measures), seed)
    work = _Work(question, place, count_of("replications", replications, 2))
    return most_influential(work.screening(trajectories), k)


class _Work:
    """The experiments of one question, and the tables that are made of them."""

    def __init__(self, question: Asked, place: Room, replications: int) -> None:
        self._question, self._room, self._replications = question, place, replications
        self._counted: dict[str, dict[str, int]] = {}
        self._measures: tuple[str, ...] = ()
        self._specs: Mapping[str, MeasureSpec] = {}

    def answer(self, method: Method, trajectories: int, points: int, most: int) -> Sensitivity:
        """Return everything."""
        question = self._question
        screened = self.screening(trajectories) if method != "sobol" else pd.DataFrame(columns=list(SCREENED))
        alone = most_influential(screened, most, self._measures[:1]) if method == "both" else tuple(question.places)
        shares, luck = self.indices(alone, points) if method != "morris" and alone else _no_indices()
        measures = self._measures
        swings, now = self.tornado(_at_their_ends(question.places, measures[0], screened, shares))
        tables = {
            "deciding": deciding(screened, shares, swings),
            "screening": screened,
            "indices": shares,
            "tornado": swings,
            "luck": luck,
            "now": now,
            "assumptions": _assumption_rows(question),
        }
        about = {
            "scenario": question.scenario.name,
            "with": None if question.tried is None else question.tried.label,
            "method": method,
            "measures": list(measures),
            "seed": question.seed,
            "replications": self._replications,
            "trajectories": trajectories if method != "sobol" else None,
            "points": points if method != "morris" else None,
            "experiments": self._counted,
        }
        assumptions = {one.place: one for one in question.assumptions}
        return Sensitivity(tables, about, self._specs, assumptions, question.scenario, question.tried)

    def screening(self, trajectories: int) -> pd.DataFrame:
        """Return the table of elementary effects."""
        question = self._question
        found = self._ran(SCREENING, question.screening(trajectories, self._replications))
        return _stacked(
            (of, measure, screening(places, elementary_effects(found.points, places, values), question.seed))
            for places in [question.places]
            for measure in self._measures
            for of, values in found.of(measure)
        )

    def indices(self, alone: Sequence[str], points: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the table of Sobol indices, and how much of the variance is luck."""
        question = self._question
        names = question.exchanged(alone)
        found = self._ran(INDICES, question.indices(alone, points, self._replications))
        shares, luck = [], []
        for measure in self._measures:
            for of, values in found.of(measure):
                samples = samples_of(found.points, names, values)
                shares.append((of, measure, indices(names, samples, question.seed, (REST,))))
                luck.append((of, measure, *share_of_luck(samples), len(samples.complete().a)))
        return _stacked(shares), pd.DataFrame(luck, columns=list(LUCK))

    def tornado(self, places: Sequence[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the table of both ends of some ranges, and measures where everything is as the scenario says."""
        question = self._question
        found = self._ran(ENDS, question.ends(places, max(AT_ENDS, self._replications)))
        ones = [(of, measure, values) for measure in self._measures for of, values in found.of(measure)]
        now = [(of, measure, *astuple(as_it_is(values))) for of, measure, values in ones]
        varied = [one for one in question.assumptions if one.place in places]
        swings = _stacked((of, measure, tornado(varied, values)) for of, measure, values in ones)
        return swings, pd.DataFrame(now, columns=[*KEYS, "mean", "low", "high"])

    def _ran(self, name: str, experiment: Mapping[str, Any]) -> Outcomes:
        """Run an experiment, and return what it found."""
        plan = plan_of(experiment)
        self._measures, self._specs = plan.headlines, plan.specs
        found = outcomes_of(self._room.ran(name, plan), self._question.sides)
        self._counted[name] = {"points": len(found.points), "runs": len(found.runs), "failed": found.failed}
        return found


def _at_their_ends(places: Sequence[str], first: str, screened: pd.DataFrame, shares: pd.DataFrame) -> tuple[str, ...]:
    """Return what is put at the ends of its range: what decides, and what does most to the first measure.

    Without a screening that is everything.
    """
    if screened.empty:
        return tuple(places)
    decided = deciding(screened, shares, pd.DataFrame(columns=[*KEYS, *SWINGS]))["assumption"]
    chosen = {*decided, *most_influential(screened, IN_TORNADO, [first])}
    return tuple(place for place in places if place in chosen)


def _stacked(parts: Iterable[tuple[str, str, pd.DataFrame]]) -> pd.DataFrame:
    """Return tables below each other, with what each is about before it."""
    told = [table.assign(of=of, measure=measure)[[*KEYS, *table.columns]] for of, measure, table in parts]
    return pd.concat(told, ignore_index=True)


def _no_indices() -> tuple[pd.DataFrame, pd.DataFrame]:
    return pd.DataFrame(columns=[*KEYS, *SHARES]), pd.DataFrame(columns=list(LUCK))


def _assumption_rows(question: Asked) -> pd.DataFrame:
    rows = [(one.place, one.low, one.high, one.here, one.unit, one.stated) for one in question.assumptions]
    return pd.DataFrame(rows, columns=["assumption", "low", "high", "here", "unit", "stated"])

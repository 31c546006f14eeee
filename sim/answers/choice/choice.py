"""The best bundle within a budget, and what it stands on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pandas as pd

from sim.answers.answer import Answer
from sim.answers.choice.asked import FIRST, Asked, Rule, check_rule, measure_asked, zone_of
from sim.answers.choice.assumed import EACH, assumed_tables, check_worlds
from sim.answers.choice.budgets import Said, budgets_of
from sim.answers.choice.bundles import NOW, offer_of
from sim.answers.choice.chosen import Chosen, selected
from sim.answers.choice.families import MOST, Family, bundles_of, families_of, offered
from sim.answers.choice.finalists import LIKELY, REPLICATIONS, front_tables, objectives_asked
from sim.answers.choice.fresh import fresh_tables
from sim.answers.choice.parts import From, part_of
from sim.answers.choice.search import check_library
from sim.answers.choice.searching import Searched, searched_offer
from sim.answers.room import Room, room
from sim.engine import Engine, Named
from sim.experiments.pacing import Progress
from sim.ownmeasures import Measure
from sim.scenario import Scenario, examined
from sim.spec.base import text_of
from sim.study.alternatives import Items


@dataclass(frozen=True)
class Choice(Answer):
    """The best bundle within each budget.

    Attributes
    ----------
    facts
        The tables: ``offered`` (of what bundles are made), ``searched`` (bundles that a search tried, where there are
        too many to run them all, and which of them are finalists), ``candidates`` (bundles that a budget allows, with
        what they take directly), ``contents`` (what is in each), ``left_out`` (what the organization cannot have),
        ``budgets`` (a row for each: what was chosen, and whether the selection came to an end), ``selection`` (how
        every bundle fared in it), ``effects`` (what chosen bundles do, from luck that has not chosen them), ``steps``
        (what a larger budget brings beyond a smaller one), ``cheaper`` (bundles that take less than the chosen ones and
        did about as well), ``measures`` (unit, direction, and what is now); ``front`` (changes of the objectives, and
        how sure it is that a bundle is not dominated); ``worlds``, ``values``, ``assumptions`` and ``left_out_worlds``
        (what bundles come to in drawn worlds, and where assumptions are there), ``regret`` (what they cost there beside
        the best), ``failing`` and ``limits`` (when chosen bundles fail).
    asked
        What was asked.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> found = sim.choose(scenario, "0h,200h", offer="shared_kpi", at_most=20, fresh=10, worlds=0, out="trust")
    >>> found.tables["budgets"]["bundles"].tolist(), found.about["runs"]
    ([1, 2], 40)
    """

    kind: ClassVar[str] = "choice"

    facts: Mapping[str, pd.DataFrame]
    asked: Mapping[str, Any]

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The facts, by name."""
        return self.facts

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked, and what it took."""
        return self.asked

    def best(self, budget: str | None = None) -> str:
        """Return what was chosen, as one writes it after ``--with``; `now` where nothing is better.

        Parameters
        ----------
        budget : str, optional
            Of which budget, as in ``40h``; by default the largest.

        Returns
        -------
        str
            Parts with plus signs between them.

        Raises
        ------
        KeyError
            If there is no such budget.

        Examples
        --------
        >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
        >>> found = sim.choose(scenario, "0h,200h", offer="shared_kpi", at_most=20, fresh=10, worlds=0, out="trust")
        >>> found.best("0h"), found.best()
        ('now', 'shared_kpi')
        """
        rows = self.facts["budgets"].set_index("budget")["chosen"]
        return str(rows.iloc[-1] if budget is None else rows[budget])


def choose(
    scenario: Scenario,
    budget: Said | None = None,
    *,
    money: str | float | None = None,
    offer: From = None,
    finalists: Sequence[Items] | None = None,
    measure: str | Measure | None = None,
    zone: float | None = None,
    confidence: float = 0.95,
    at_most: int = 1000,
    fresh: int = 200,
    worlds: int = 200,
    reach: float | None = None,
    seed: int = 1,
    out: str | os.PathLike[str] | None = None,
    engine: Engine | Named | None = None,
    progress: Progress | bool | None = None,
) -> Choice:
    """Choose the best bundle of interventions within a budget.

    All bundles of what is offered are compared that a budget allows, and doing nothing, by the fully sequential
    procedure of Kim and Nelson (2001) under common random numbers. What is chosen is the best with the confidence asked
    for, if it is ahead of all others by the indifference zone. What it does is told from runs of other luck, which had
    no part in choosing it. Where more than 1,024 bundles could be made, those that are compared are the finalists of a
    search (NSGA-II, Deb et al. 2002), in fixed rounds of its own luck; then what is chosen is the best of these.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    budget : float, str, or sequence of them, optional
        Hours of people a week that a bundle may take directly: ``40``, ``"40h"``, ``[20, 40, 80]``.
    money : float or str, optional
        Money that a bundle may take beside people's time in its first year: 52 times what it takes a week, and what it
        takes once. It binds beside each of the hours, or alone.
    offer : str or sequence, optional
        What bundles are made of, each as in `compare`: ``"raci,daily_standup:minutes=10"``, or a list of such items. By
        default every intervention that the scenario suggests to compare. Doses may be several, or ranges:
        ``minutes=5,10,15``, ``5..30/5`` from 5 to 30 by 5, ``5..30`` every whole number, ``clarity=0.5..0.9`` eleven.
    finalists : sequence, optional
        Bundles among which to choose instead of all that can be made: what another search has found.
    measure : str or Measure, optional
        By what bundles are compared; by default ``on_time_target``.
    zone : float, optional
        The smallest difference that is worth finding: points of a share (by default 1), otherwise in the unit of the
        measure (by default 2 % of what is now).
    confidence : float
        How sure the selection is to be, of all budgets together.
    at_most : int
        Replications of a bundle after which the selection ends in any case; then several may be left.
    fresh : int
        Replications from which it is told what chosen bundles do.
    worlds : int
        Worlds, in which every assumption is drawn from its range, from which regret and failing are told; and as many
        others, in which it is checked when a bundle fails. 0 leaves all of that out.
    reach : float, optional
        What the measure has to reach in a world to be good enough (of a share in percent); by default a bundle has to
        improve it by the zone.
    seed : int
        Chooses the luck.
    out : str or path, optional
        The folder in which runs stay, and with which an interrupted call goes on.
    engine : str or Engine, optional
        What works on runs; no result depends on it.
    progress : callable or bool, optional
        As in `sim.experiment`.

    Returns
    -------
    Choice
        Tables, a summary, figures.

    Raises
    ------
    BudgetError, OfferError, RuleError, AlternativeError, MeasureError
        If a budget, what is offered, how sure it is to be or the measure cannot be meant.
    SearchError
        If bundles have to be searched for, and Optuna is not installed (``pip install 'deptsim[answers]'``).
    StoreError, ScenarioError
        As `sim.experiment`.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> found = sim.choose(scenario, "0h,200h", offer="shared_kpi", at_most=20, fresh=10, worlds=0, out="trust")
    >>> found.tables["candidates"]["bundle"].tolist()
    ['now', 'shared_kpi']
    """
    scenario = examined(scenario)
    check_worlds(worlds)
    budgets = budgets_of(budget, money)
    spec, measures = measure_asked(scenario, measure)
    rule = Rule(zone, confidence, at_most, fresh, worlds, reach)
    check_rule(rule, spec)
    families: tuple[Family, ...] = () if finalists is not None else families_of(scenario, offer)
    many = bundles_of(families) > MOST
    if many:
        check_library()
        offers = offer_of(scenario, [()], budgets)
    elif finalists is None:
        offers = offered(scenario, families, budgets)
    else:
        offers = offer_of(scenario, [(), *((part_of(one),) for one in finalists)], budgets)
    asked = Asked(scenario, offers, spec, measures, rule, seed)
    with room(out, engine, progress) as there:
        return searched_for(asked, families, there) if many else answered(asked, there, families)


def searched_for(asked: Asked, families: Sequence[Family], there: Room) -> Choice:
    """Return the answer where bundles are searched for, as there are too many to run them all."""
    search = searched_offer(asked, families, there)
    return answered(replace(asked, offer=search.offer), there, families, search)


def answered(asked: Asked, there: Room, families: Sequence[Family] = (), search: Searched | None = None) -> Choice:
    """Return the answer to what is asked, from runs in a room."""
    zone = zone_of(asked, there)
    chosen = selected(asked, zone, there)
    front = front_tables(asked, chosen, zone, there)
    tables = {
        "offered": pd.DataFrame([_offered(one) for one in families], columns=_OFFERED),
        "searched": pd.DataFrame(columns=["bundle"]) if search is None else search.tried,
        "candidates": asked.offer.table,
        "contents": asked.offer.contents,
        "left_out": asked.offer.left_out,
        "budgets": chosen.budgets,
        "selection": chosen.selection,
        **fresh_tables(asked, chosen, there),
        **front,
        **assumed_tables(asked, chosen, front["front"], zone, there),
    }
    return Choice(tables, _about(asked, zone, chosen) | {"search": None if search is None else search.about})


_OFFERED = ["part", "name_en", "name_zh", "doses"]


def _offered(family: Family) -> tuple[str, str, str, int]:
    return family.code, family.name.en, family.name.zh, len(family.parts)


def _about(asked: Asked, zone: float, chosen: Chosen) -> dict[str, Any]:
    title = text_of(asked.scenario.title, asked.scenario.name)
    return {
        "scenario": asked.scenario.name,
        "title": title.by_language(),
        "measure": asked.spec.name,
        "unit": asked.spec.unit,
        "better": asked.spec.better,
        "zone": zone,
        "confidence": asked.rule.confidence,
        "at_most": asked.rule.at_most,
        "fresh": asked.rule.fresh,
        "seed": asked.seed,
        "runs": chosen.runs,
        "beyond": asked.offer.beyond,
        "worlds": asked.rule.worlds,
        "reach": asked.rule.reach,
        "objectives": list(objectives_asked(asked)),
        "first": FIRST,
        "likely": LIKELY,
        "front": REPLICATIONS,
        "each_world": EACH,
        "now": NOW,
    }

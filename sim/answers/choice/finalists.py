"""The Pareto front of an offer: all bundles from the first runs of the selection, those in question from fresh ones.

Of many bundles some are on the front because they were lucky. Those that are on it in some of the resamples of the
first runs meet luck that had no part in finding them; what is told of the front is told of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from sim.answers.choice.asked import FIRST, USUAL, Asked
from sim.answers.choice.bundles import NOW, Bundle
from sim.answers.choice.chosen import Chosen
from sim.answers.choice.front import Objective, front_table
from sim.answers.room import Room
from sim.experiments.results import Results
from sim.experiments.selection import UNKNOWN
from sim.spec.measures import MEASURES

CONFLICT = "conflicts_per_100"

LIKELY = 0.05
"""Share of the resamples of the first runs from which on a bundle meets fresh luck."""

REPLICATIONS = 60
"""How often such a bundle meets it."""


def objectives_asked(asked: Asked) -> tuple[str, ...]:
    """Return the objectives: the measure, conflict (or on time, where that is the measure), and what a bundle takes.

    That is ``hours`` directly taken a week, or ``money`` of the first year where no budget binds hours.
    """
    measure = asked.spec.name
    other = CONFLICT if measure != CONFLICT else USUAL
    cost = "hours" if any(one.hours is not None for one in asked.offer.budgets) else "money"
    return (measure, other, cost)


def front_tables(asked: Asked, chosen: Chosen, zone: float, room: Room) -> dict[str, pd.DataFrame]:
    """Return the table ``front``: a row for each bundle, with changes against now.

    Parameters
    ----------
    asked, chosen, zone
        What is asked, what was selected, and by which indifference zone.
    room
        Where it is run.

    Returns
    -------
    dict
        Columns as of `front.front_table`, and ``fresh``: whether the row is told from fresh runs. A bundle that is not
        is on the front in too few resamples of the first runs to be in question, and not on the front.
    """
    bundles = _judged(asked, chosen)
    if len(bundles) == 1:
        return {"front": pd.DataFrame(columns=["bundle", "on_front", "probability", "fresh"])}
    first = room.ran("selection", asked.selection(zone))
    rough = front_table(_objectives(asked, asked.offer.bundles, first, FIRST, bundles), seed=asked.seed)
    finalists = _finalists(bundles, rough, [one.code for one in chosen.told])
    found = room.ran("front", asked.experiment(finalists, REPLICATIONS, asked.fresh_seed))
    told = front_table(_objectives(asked, finalists, found, REPLICATIONS, finalists), seed=asked.seed)
    others = rough[~rough["bundle"].isin(told["bundle"])].assign(fresh=False, on_front=False)
    return {"front": pd.concat([told.assign(fresh=True), others], ignore_index=True)}


def _judged(asked: Asked, chosen: Chosen) -> list[Bundle]:
    """Return the bundles of which enough is known to be judged; of nothing else where now itself is not known."""
    unknown = {row["bundle"] for row in chosen.selection.to_dict("records") if row["stands"] == UNKNOWN}
    first, *others = asked.offer.bundles
    return [first] if NOW in unknown else [first, *(one for one in others if one.code not in unknown)]


def _finalists(bundles: Sequence[Bundle], rough: pd.DataFrame, told: Sequence[str]) -> list[Bundle]:
    """Return the bundles that meet fresh luck, nothing among them, in the order of the offer."""
    chosen = {NOW, *told, *rough["bundle"][rough["probability"] >= LIKELY]}
    return [one for one in bundles if one.code in chosen]


def _objectives(
    asked: Asked, run: Sequence[Bundle], found: Results, most: int, bundles: Sequence[Bundle]
) -> list[Objective]:
    """Return the objectives as changes against now, from so many replications of some of the bundles that were run."""
    *measures, cost = objectives_asked(asked)
    codes = [one.code for one in bundles]
    made = []
    for name in measures:
        better = asked.spec.better if name == asked.spec.name else MEASURES[name].better
        values = found.measure(name).set_axis([one.code for one in run], axis=1).loc[:, codes].iloc[:most]
        made.append(Objective(name, better == "higher", values.sub(values[NOW], axis=0)))
    taken: list[Any] = [[getattr(one, cost) for one in bundles]]
    return [*made, Objective(cost, False, pd.DataFrame(taken, columns=codes))]

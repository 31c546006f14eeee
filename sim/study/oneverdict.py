"""The verdict on one alternative for a stated family of measures, whatever else was compared with it.

The intervals of a whole comparison hold for all alternatives and measures at once, so what may be said of one of them
depends on what stands beside it. Here the family is stated: some measures of one alternative, such as those that a
screen shows, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sim.results import RunResult
from sim.spec.measured import process_specs
from sim.spec.measures import MeasureSpec
from sim.study.effects import MATTERS, effects_table
from sim.study.guards import guards_of, remarked


def verdicts_alone(
    pair: Mapping[str, RunResult],
    names: Sequence[str],
    specs: Mapping[str, MeasureSpec],
    least_that_matters: float = MATTERS,
) -> pd.DataFrame:
    """Return a row for each measure, the intervals holding for all of these at once.

    Unfinished cases and throughput are watched in a family of their own: where they are worse, no improvement is called
    better without the remark, and no interval is wider for it.

    Parameters
    ----------
    pair
        The replications of the baseline and of one alternative, by label.
    names, specs
        The measures, and what is known about every one.
    least_that_matters
        As in `effects_table`.
    """
    found = effects_table(pair, names, specs, least_that_matters)
    scenario = next(iter(pair.values())).scenario
    guards = effects_table(pair, guards_of(names, scenario), {**specs, **process_specs(scenario)})
    return remarked(found, guards, scenario).set_index("measure").drop(columns="alternative")

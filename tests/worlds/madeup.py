"""Results of an experiment that was never run: its design is made, and measures are what a function says."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from sim.experiments.experiment import Experiment
from sim.experiments.plan import Plan
from sim.experiments.recalled import Recalled
from sim.scenario import definition


def made_up(scenarios, factors, value, *, replications=6, luck=0.004, **asked):
    """Return results in which the measures of a run are what `value` makes of its point, with luck that points share.

    `value` gets a mapping of factors to levels, with the organization under ``scenario``, and returns the measures by
    name; to each some luck of the replication is added, and a little of the run itself.
    """
    told = {"scenarios": list(scenarios.values()), "factors": factors, "replications": replications, **asked}
    experiment = Experiment.model_validate(told)
    plan = Plan(experiment, scenarios)
    design = pd.DataFrame(plan.design.columns())
    points = pd.concat([design.assign(scenario=name) for name in scenarios], ignore_index=True).rename_axis("point")
    manifest = {"scenarios": {name: definition(one) for name, one in scenarios.items()}}
    runs = _runs(points, value, replications, luck)
    return SimpleNamespace(
        experiment=experiment,
        manifest=manifest,
        recalled=Recalled(experiment, manifest, points),
        points=points,
        runs=runs,
        measures=tuple(runs.columns[3:]),
        iter_runs=lambda names: iter([runs[["point", "replication", "error", *names]]]),
    )


def _runs(points, value, replications, luck):
    random = np.random.default_rng(5)
    shared = random.normal(0.0, 1.0, replications)
    rows = []
    for point, levels in zip(points.index, points.to_dict("records"), strict=True):
        for replication in range(replications):
            noise = luck * (3.0 * shared[replication] + random.normal())
            measures = {name: one * (1.0 + noise) for name, one in value(levels).items()}
            rows.append({"point": point, "replication": replication, "error": None, **measures})
    return pd.DataFrame(rows)

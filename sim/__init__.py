"""deptsim: what an intervention would do to on-time delivery and to conflict between departments.

The public names are loaded when first used, so that ``import sim`` stays quick.

Examples
--------
>>> import sim
>>> scenario = sim.load("order_delivery", {"horizon_weeks": 10})
>>> comparison = sim.compare(scenario, {"RACI": ["raci"]}, replications=4)
>>> comparison.table.columns[:5].tolist()
['alternative', 'measure', 'now', 'mean', 'difference']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.agents import Department
    from sim.answers.audit.audit import Audit, audit
    from sim.answers.beforeafter.beforeafter import BeforeAfter, before_after
    from sim.answers.choice.choice import Choice, choose
    from sim.answers.fit.fitting import Fit, fit
    from sim.answers.judge.answer import Judgment
    from sim.answers.judge.judging import judge
    from sim.answers.logfit.logfit import LogFit, fit_log
    from sim.answers.look.look import LogLook, look_at
    from sim.answers.sensitivity import Sensitivity, sensitivity
    from sim.eventlog.reading.read import read_log
    from sim.eventlog.simulated import simulated
    from sim.eventlog.writing.written import write_log
    from sim.experiments.results import Results, open_experiment
    from sim.experiments.running import experiment
    from sim.interventions import Intervention
    from sim.live import LiveOrganization
    from sim.ownmeasures import Measure
    from sim.replications import run
    from sim.results import RunResult
    from sim.scenario import Scenario, check, load, shipped
    from sim.study.compare import compare
    from sim.study.comparison import Comparison
    from sim.study.difference import Difference, diff
    from sim.study.paired import paired_differences
    from sim.study.rerun import rerun
    from sim.study.robust import robust
    from sim.study.statistics import holm, mean_interval, paired_difference

__version__ = "0.1.0"

__all__ = [
    "Audit",
    "BeforeAfter",
    "Choice",
    "Comparison",
    "Department",
    "Difference",
    "Fit",
    "Intervention",
    "Judgment",
    "LiveOrganization",
    "LogFit",
    "LogLook",
    "Measure",
    "Results",
    "RunResult",
    "Scenario",
    "Sensitivity",
    "__version__",
    "audit",
    "before_after",
    "check",
    "choose",
    "compare",
    "diff",
    "experiment",
    "fit",
    "fit_log",
    "holm",
    "judge",
    "load",
    "look_at",
    "mean_interval",
    "open_experiment",
    "paired_difference",
    "paired_differences",
    "read_log",
    "rerun",
    "robust",
    "run",
    "sensitivity",
    "shipped",
    "simulated",
    "write_log",
]

_HOMES = {
    "Audit": "sim.answers.audit.audit",
    "BeforeAfter": "sim.answers.beforeafter.beforeafter",
    "Choice": "sim.answers.choice.choice",
    "Comparison": "sim.study.comparison",
    "Department": "sim.agents",
    "Difference": "sim.study.difference",
    "Fit": "sim.answers.fit.fitting",
    "Intervention": "sim.interventions",
    "Judgment": "sim.answers.judge.answer",
    "LiveOrganization": "sim.live",
    "LogFit": "sim.answers.logfit.logfit",
    "LogLook": "sim.answers.look.look",
    "Measure": "sim.ownmeasures",
    "Results": "sim.experiments.results",
    "RunResult": "sim.results",
    "Scenario": "sim.scenario",
    "Sensitivity": "sim.answers.sensitivity",
    "audit": "sim.answers.audit.audit",
    "before_after": "sim.answers.beforeafter.beforeafter",
    "check": "sim.scenario",
    "choose": "sim.answers.choice.choice",
    "compare": "sim.study.compare",
    "diff": "sim.study.difference",
    "experiment": "sim.experiments.running",
    "fit": "sim.answers.fit.fitting",
    "fit_log": "sim.answers.logfit.logfit",
    "holm": "sim.study.statistics",
    "judge": "sim.answers.judge.judging",
    "load": "sim.scenario",
    "look_at": "sim.answers.look.look",
    "mean_interval": "sim.study.statistics",
    "open_experiment": "sim.experiments.results",
    "paired_difference": "sim.study.statistics",
    "paired_differences": "sim.study.paired",
    "read_log": "sim.eventlog.reading.read",
    "rerun": "sim.study.rerun",
    "robust": "sim.study.robust",
    "run": "sim.replications",
    "sensitivity": "sim.answers.sensitivity",
    "shipped": "sim.scenario",
    "simulated": "sim.eventlog.simulated",
    "write_log": "sim.eventlog.writing.written",
}


def __getattr__(name: str) -> Any:
    """Load a public name from the module that defines it, when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

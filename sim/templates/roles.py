"""The RACI table: who is responsible, accountable, consulted and informed at which step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.scenario import Scenario, examined
from sim.scenario.outline import called
from sim.spec.base import text_of
from sim.spec.process import Process, Step
from sim.words import Text, series, words

if TYPE_CHECKING:
    import pandas as pd

texts = words("templates")

FEW = 3
"""Steps below which being asked at every one of them says nothing."""


def owners(scenario: Scenario) -> tuple[str, ...]:
    """Return everybody who may have a role: each department, followed by its people of management who approve."""
    return tuple(
        one for name, department in scenario.departments.items() for one in (name, *_pools(name, department.pools))
    )


def _pools(name: str, pools: Any) -> Iterator[str]:
    return (f"{name}.{pool}" for pool in pools)


def letters(step: Step, owner: str) -> str:
    """Return the roles of somebody at a step: several letters where it is several."""
    roles = {"R": (step.R,), "A": (step.A,), "C": step.C, "I": step.I}
    return "/".join(letter for letter, people in roles.items() if owner in people)


def raci(scenario: Scenario) -> pd.DataFrame:
    """Return the RACI table of every process: a row for each step, a column for everybody who may have a role.

    Parameters
    ----------
    scenario : Scenario
        Whose steps.

    Returns
    -------
    DataFrame
        ``process``, ``step``; then a column for each department, followed by its people of management who approve
        (``sales.director``), with the letters of their roles, such as ``A`` or ``R/A``, or nothing; and
        ``contested_by``: the departments between which it can be argued whose task the step is.

    Examples
    --------
    >>> import sim
    >>> from sim.templates import raci
    >>> table = raci(sim.load("order_delivery")).set_index("step")
    >>> table.loc["sign", ["sales", "sales.director", "production", "finance"]].tolist()
    ['R', 'A', 'C', 'I']
    """
    import pandas as pd

    scenario = examined(scenario)
    everybody = owners(scenario)
    rows = [
        {"process": name, "step": key}
        | {one: letters(step, one) for one in everybody}
        | {"contested_by": ", ".join(step.contested_by)}
        for name, process in scenario.processes.items()
        for key, step in process.steps.items()
    ]
    return pd.DataFrame(rows)


def hints(scenario: Scenario) -> list[Text]:
    """Return what whoever reads a RACI table looks for: nobody accountable, asked everywhere, no role at all.

    Parameters
    ----------
    scenario : Scenario
        Whose steps.
    """
    found: list[Text] = []
    for name, process in scenario.processes.items():
        label = text_of(process.label, name)
        without = [text_of(step.label, key) for key, step in process.steps.items() if step.A is None]
        if without:
            every = texts.NONE_ACCOUNTABLE if len(without) == len(process.steps) else texts.NOT_ACCOUNTABLE
            found.append(every.format(process=label, steps=series(without)))
        everywhere = [one for one in scenario.departments if _asked_everywhere(process, one)]
        if everywhere:
            who = series(called(scenario, one) for one in everywhere)
            found.append(texts.ASKED_EVERYWHERE.format(process=label, who=who))
    idle = [one for one in owners(scenario) if not _has_role(scenario, one)]
    if idle:
        found.append(texts.NO_ROLE.format(who=series(called(scenario, one) for one in idle)))
    return found


def _asked_everywhere(process: Process, department: str) -> bool:
    others = [step for step in process.steps.values() if department != step.R]
    return len(others) >= FEW and all(department in step.C for step in others)


def _has_role(scenario: Scenario, owner: str) -> bool:
    steps = (step for process in scenario.processes.values() for step in process.steps.values())
    return any(letters(step, owner) or owner in step.contested_by for step in steps)

"""The progress table: where open cases stand on a day of a run, against the dates of their plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sim.live import LiveOrganization
from sim.outcome import cases_of
from sim.scenario import Scenario, examined
from sim.templates.moments import day_hours, day_of
from sim.templates.schedule import Planner, Schedule
from sim.templates.standing import Place, places_in
from sim.vocab import DAY

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "case", "process", "step", "state", "with", "awaited", "since", "arrival", "planned", "due", "wanted", "days_left",
    "late",
)  # fmt: skip

NONE = math.nan


def progress(scenario: Scenario, day: int | str, seed: int = 1, replication: int = 0) -> pd.DataFrame:
    """Return where every open case stands as a day begins, against its plan: the most urgent first.

    Parameters
    ----------
    scenario : Scenario
        What is run, with its interventions; dates are those of `plan` for a case that came when this one did.
    day : int or str
        A day of the horizon; 0 is the first, those of the warm-up are negative. A date where the scenario has any.
    seed, replication : int, optional
        Which luck, as for `sim.run`.

    Returns
    -------
    DataFrame
        A row for each step at which a case is: ``case``, ``process``, ``step`` (empty where all are done and it waits
        for its release), ``state`` (one of `sim.templates.standing.STATES`), ``with`` whom, ``awaited`` (from whom
        answers are), ``since``; ``arrival``, the ``planned`` end of the step, the date by which it is ``due`` (its
        milestone, or the latest that keeps the customer's date, or where there is no such date the planned end) and the
        date on which it is ``wanted``, all in hours of the run, NaN where there is none; ``days_left`` until it is due,
        negative where that is over, and whether it is ``late``.

    Raises
    ------
    TextError
        If the day lies outside of the run.

    Examples
    --------
    >>> import sim
    >>> from sim.templates import progress
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> table = progress(short, day=14)
    >>> bool((table.arrival < 14 * 24).all()), table.days_left.is_monotonic_increasing
    (True, True)
    """
    import pandas as pd

    scenario = examined(scenario)
    hours = day_hours(scenario, day_of(scenario, day))
    model = LiveOrganization(scenario, seed, replication)
    while model.hours < min(hours, model.end):
        model.step()
    rows = _rows(model, model.hours)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["late"] = frame["late"].astype(bool)
    return frame.sort_values(["days_left", "case"], kind="stable", ignore_index=True)


def progress_by_step(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many cases are at each step, how many of them are late, and in which states they are.

    Parameters
    ----------
    table : DataFrame
        What `progress` returned.

    Returns
    -------
    DataFrame
        ``process``, ``step``, ``cases``, ``late``, and ``states``: how many are in each, by its name.

    Examples
    --------
    >>> import sim
    >>> from sim.templates import progress, progress_by_step
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> table = progress(short, day=14)
    >>> int(progress_by_step(table).cases.sum()) == len(table)
    True
    """
    import pandas as pd

    rows = [
        {
            "process": process,
            "step": step,
            "cases": len(here),
            "late": int(here["late"].sum()),
            "states": here["state"].value_counts().to_dict(),
        }
        for (process, step), here in table.groupby(["process", "step"], sort=False)
    ]
    return pd.DataFrame(rows, columns=["process", "step", "cases", "late", "states"])


def _rows(model: LiveOrganization, now: float) -> list[dict[str, Any]]:
    cases, planners, plans = cases_of(model.machine.state), dict[str, Planner](), dict[int, Schedule]()
    rows = []
    for place in places_in(model):
        case = cases[place.case]
        if place.process not in planners:
            planners[place.process] = Planner(model.compiled.scenario, place.process)
        if place.case not in plans:
            plans[place.case] = planners[place.process].schedule(float(case["arrival"]))
        rows.append(_row(place, plans[place.case], planners[place.process], case, now))
    return rows


def _row(place: Place, found: Schedule, planner: Planner, case: Any, now: float) -> dict[str, Any]:
    planned, due = _promised(place, found, planner)
    return {
        "case": place.case,
        "process": place.process,
        "step": place.step,
        "state": place.state,
        "with": place.with_,
        "awaited": ", ".join(place.awaited),
        "since": place.since,
        "arrival": float(case["arrival"]),
        "planned": planned,
        "due": due,
        "wanted": float(case["target"]),
        "days_left": (due - now) / DAY,
        "late": due < now,
    }


def _promised(place: Place, found: Schedule, planner: Planner) -> tuple[float, float]:
    """Return when a step was planned to be over, and by when it has to be."""
    if not place.step:
        return found.served, found.served if found.wanted is None else found.wanted
    step = planner.process.steps[place.step]
    dates = found.steps.get(place.step)
    planned = NONE if dates is None else dates.finish
    if step.due_days is not None:
        return planned, found.arrival + step.due_days * DAY
    latest = None if dates is None else dates.latest_finish
    if latest is not None:
        return planned, latest
    return planned, planned

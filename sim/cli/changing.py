"""What ``--set`` and ``--weeks`` change of a scenario before it is checked."""

from __future__ import annotations

from sim.scenario import ScenarioError
from sim.scenario.changes import Change, read_change
from sim.spec.findings import TextError
from sim.words import Text


def given_changes(set_: tuple[str, ...], weeks: float | None) -> tuple[Change, ...]:
    """Return the changes of the options; the weeks come last."""
    try:
        changes = tuple(read_change(text) for text in set_)
    except ScenarioError as error:
        raise TextError(Text(error.said("en"), error.said("zh"))) from None
    if weeks is None:
        return changes
    return (*changes, Change(("horizon_weeks",), weeks, f"--weeks {weeks:g}"))

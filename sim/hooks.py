"""Hooks: code of a researcher that is asked at the end of every day, by departments or by interventions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.interventions import Intervention

Named = str | dict[str, str] | None
"""The name of the class that all departments are, or that some are; None where nothing was said."""


class HookError(RuntimeError):
    """A sentence about a hook that failed: whose, on which day of which replication, and why (`__cause__`)."""


def acts(intervention: Intervention) -> bool:
    """Say whether an intervention wants to be asked at the end of every day; without strength it does nothing."""
    return intervention.strength > 0.0 and type(intervention).on_day is not Intervention.on_day


def acting(interventions: Iterable[Intervention]) -> bool:
    """Say whether any of some interventions wants to be asked."""
    return any(acts(one) for one in interventions)


def qualified(cls: type) -> str:
    """Return the full name of a class."""
    return f"{cls.__module__}.{cls.__qualname__}"


def name_of(department: type | Mapping[str, type] | None) -> Named:
    """Return the name of a class of departments, or of several by department."""
    if isinstance(department, Mapping):
        return {name: qualified(cls) for name, cls in department.items()}
    return None if department is None else qualified(department)


def because(error: Exception) -> str:
    """Return what an exception says, with its kind."""
    said = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return f"{type(error).__name__}: {said}" if said else type(error).__name__

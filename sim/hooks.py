"""Hooks: code of a researcher that is asked at the end of every day, by departments or by interventions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.classcode import code_of, is_foreign, qualified
from sim.interventions import Intervention

Named = str | dict[str, str] | None
"""The class that all departments are, or that some are, as name@digest of its code; None where nothing was said."""


class HookError(RuntimeError):
    """A sentence about a hook that failed: whose, on which day of which replication, and why (`__cause__`)."""


def acts(intervention: Intervention) -> bool:
    """Say whether an intervention wants to be asked at the end of every day; without strength it does nothing."""
    return intervention.strength > 0.0 and type(intervention).on_day is not Intervention.on_day


def acting(interventions: Iterable[Intervention]) -> bool:
    """Say whether any of some interventions wants to be asked."""
    return any(acts(one) for one in interventions)


def name_of(department: type | Mapping[str, type] | None) -> Named:
    """Return the name of a class of departments and what stands for its code, or of several by department."""
    if isinstance(department, Mapping):
        return {name: _told(cls) for name, cls in department.items()}
    return None if department is None else _told(department)


def _told(cls: type) -> str:
    return qualified(cls) if is_foreign(cls) else f"{qualified(cls)}@{code_of(cls)}"


def because(error: Exception) -> str:
    """Return what an exception says, with its kind."""
    said = str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error)
    return f"{type(error).__name__}: {said}" if said else type(error).__name__

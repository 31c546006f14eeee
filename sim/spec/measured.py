"""Which measures an organization can have, by name, and what is known about each."""

from __future__ import annotations

from collections.abc import Iterable

from sim.spec.base import text_of
from sim.spec.measures import MEASURES, PER_PROCESS, MeasureSpec, kpi_measure, of_process, process_measure
from sim.spec.organization import Organization
from sim.spec.sites import called_at


def measure_specs(organization: Organization) -> dict[str, MeasureSpec]:
    """Return every measure of a whole organization by name, the KPI attainment of its departments included."""
    kpis = (kpi_measure(name, called_at(one, name)) for name, one in organization.departments.items() if one.kpis)
    return MEASURES | {spec.name: spec for spec in kpis}


def process_specs(organization: Organization, names: Iterable[str] = PER_PROCESS) -> dict[str, MeasureSpec]:
    """Return measures of every process by name; none where there is one process only."""
    if len(organization.processes) < 2:
        return {}
    labels = {name: text_of(one.label, name) for name, one in organization.processes.items()}
    return {
        of_process(name, process): process_measure(name, process, label)
        for name in names
        for process, label in labels.items()
    }

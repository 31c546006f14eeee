"""The catalogue of measures: name, unit, which direction is better, and what the number says."""

from dataclasses import dataclass, replace
from math import isnan
from typing import Literal

from sim.vocab import CaseCount
from sim.words import Text, words

_TEXTS = words("measures")

Unit = Literal[
    "share", "hours", "per 100 cases", "per week", "money per week", "hours per week", "days", "per year", "cases"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """One measure: published, where those of cases exist for every process too, or somebody's own."""

    name: str
    unit: Unit | str
    better: Literal["higher", "lower", "neither"]
    label: Text
    meaning: Text
    of_cases: bool = True
    counts: CaseCount | None = None
    """What it counts of all cases that were asked, if it is that simple."""
    each: float = 1.0
    """... and for how many cases."""
    own_unit: Text | None = None
    """The unit of a measure that somebody wrote in Python, as people write it."""
    rest: float | None = None
    """Where it stands while the mechanism that it tells of is off: then it has nothing to tell."""

    def tells(self, mean: float) -> bool:
        """Tell whether a mean says anything: it is defined, and its mechanism is not just off."""
        return not isnan(mean) and mean != self.rest

    @property
    def own(self) -> bool:
        """Whether somebody wrote it in Python."""
        return self.own_unit is not None


def _m(
    name: str,
    unit: Unit,
    better: Literal["higher", "lower", "neither"],
    of_cases: bool = True,
    counts: CaseCount | None = None,
    rest: float | None = None,
) -> MeasureSpec:
    said = _TEXTS[name]
    each = 100.0 if unit == "per 100 cases" else 1.0
    return MeasureSpec(name, unit, better, said["label"], said["meaning"], of_cases, counts, each, rest=rest)


MEASURES: dict[str, MeasureSpec] = {
    spec.name: spec
    for spec in (
        _m(
            "on_time_target",
            "share",
            "higher",
        ),
        _m(
            "on_time_promise",
            "share",
            "higher",
        ),
        _m(
            "promise_mean",
            "days",
            "neither",
        ),
        _m(
            "on_time_of_all_asked",
            "share",
            "higher",
        ),
        _m(
            "lost_share",
            "share",
            "lower",
        ),
        _m(
            "lead_time_mean",
            "hours",
            "lower",
        ),
        _m(
            "lead_time_p90",
            "hours",
            "lower",
        ),
        _m(
            "throughput",
            "per week",
            "higher",
        ),
        _m(
            "unfinished_share",
            "share",
            "lower",
        ),
        _m(
            "conflicts_per_100",
            "per 100 cases",
            "lower",
            counts=CaseCount.CONFLICTS,
        ),
        _m(
            "bounces_per_100",
            "per 100 cases",
            "lower",
            counts=CaseCount.BOUNCES,
        ),
        _m(
            "value_delivered",
            "share",
            "higher",
            rest=1.0,
        ),
        _m(
            "team_share",
            "share",
            "neither",
            counts=CaseCount.TEAM,
            rest=0.0,
        ),
        _m(
            "prevented_share",
            "share",
            "neither",
            rest=0.0,
        ),
        _m(
            "trust",
            "share",
            "higher",
            of_cases=False,
        ),
        _m(
            "trust_in_approvers",
            "share",
            "higher",
            of_cases=False,
        ),
        _m(
            "handed_over",
            "share",
            "lower",
            counts=CaseCount.HANDED_OVER,
        ),
        _m(
            "ping_pong",
            "share",
            "lower",
            counts=CaseCount.PING_PONG,
        ),
        _m(
            "rework_share",
            "share",
            "lower",
        ),
        _m(
            "milestones_kept",
            "share",
            "higher",
        ),
        _m(
            "changes_accepted",
            "per 100 cases",
            "neither",
            counts=CaseCount.CHANGES_ACCEPTED,
            rest=0.0,
        ),
        _m(
            "changes_refused",
            "per 100 cases",
            "lower",
            counts=CaseCount.CHANGES_REFUSED,
            rest=0.0,
        ),
        _m(
            "releases_on_time",
            "share",
            "higher",
            of_cases=False,
        ),
        _m(
            "release_slip_days",
            "days",
            "lower",
            of_cases=False,
        ),
        _m(
            "items_per_release",
            "cases",
            "neither",
            of_cases=False,
        ),
        _m(
            "release_caught",
            "share",
            "higher",
        ),
        _m(
            "satisfaction",
            "share",
            "higher",
        ),
        _m(
            "complaints_per_100",
            "per 100 cases",
            "lower",
        ),
        _m(
            "revenue",
            "money per week",
            "higher",
        ),
        _m(
            "delay_cost",
            "money per week",
            "lower",
        ),
        _m(
            "bypassed",
            "share",
            "lower",
            of_cases=False,
            rest=0.0,
        ),
        _m(
            "hours_lent",
            "hours per week",
            "neither",
            of_cases=False,
        ),
        _m(
            "warned",
            "share",
            "neither",
            counts=CaseCount.WARNED,
            rest=0.0,
        ),
        _m(
            "goods_short",
            "per 100 cases",
            "lower",
            counts=CaseCount.GOODS_SHORT,
            rest=0.0,
        ),
        _m(
            "line_hours_lost",
            "hours per week",
            "lower",
            of_cases=False,
            rest=0.0,
        ),
        _m(
            "quits",
            "per year",
            "lower",
            of_cases=False,
            rest=0.0,
        ),
        _m(
            "vacant_share",
            "share",
            "lower",
            of_cases=False,
            rest=0.0,
        ),
        _m(
            "urgent_response",
            "hours",
            "lower",
            of_cases=False,
        ),
        _m(
            "coordination_hours",
            "hours per week",
            "lower",
            of_cases=False,
        ),
        _m(
            "coordination_cost",
            "money per week",
            "lower",
            of_cases=False,
        ),
        _m(
            "total_cost",
            "money per week",
            "lower",
            of_cases=False,
        ),
        _m(
            "net_value",
            "money per week",
            "higher",
            of_cases=False,
        ),
    )
}
"""Every measure by name. Beside them come `kpi_<department>` (attainment of a department's local KPIs) and, where a
scenario has several processes, `<measure>.<process>` for every measure of cases."""

PER_PROCESS = tuple(spec.name for spec in MEASURES.values() if spec.of_cases)
"""The measures that exist for every process."""


GUARDS = ("unfinished_share", "throughput")
"""The measures without which others flatter: what is never finished, and how much gets done."""


def of_process(name: str, process: str) -> str:
    """Return what a measure of one process is called, as in ``lead_time_mean.order``."""
    return f"{name}.{process}"


def process_measure(name: str, process: str, label: Text) -> MeasureSpec:
    """Return a measure of the cases of one process."""
    spec = MEASURES[name]
    called = _TEXTS.OF_PROCESS.format(measure=spec.label, process=label)
    return replace(spec, name=of_process(name, process), label=called)


def kpi_measure(department: str, label: Text) -> MeasureSpec:
    """Return the measure of one department's KPI attainment (1 = every target met)."""
    return MeasureSpec(
        f"kpi_{department}",
        "share",
        "higher",
        _TEXTS.KPI_LABEL.format(department=label),
        _TEXTS.KPI_MEANING,
        of_cases=False,
    )

"""What a diagnosis consists of: figures about one organization as it is, without words of any language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

from sim.scenario import Finding, Scenario
from sim.study.expected import Met
from sim.study.plain import plain_data
from sim.study.statistics import Interval
from sim.study.steady import Trend, Warmup

DESCRIBE = ("steady", "waits", "gap", "expected")
"""Kinds of remarks that say how things are rather than what is wrong."""


@dataclass(frozen=True, slots=True)
class Busy:
    """How busy a department or an approver is, beside what was planned.

    Attributes
    ----------
    owner
        The department, or `department.pool`.
    share
        Hours served over hours open.
    planned
        The same as it was planned: own work, work on cases, answers.
    spent, plan
        Both by what the hours go on; a plan knows nothing of rework and disputes.
    queue
        How its queue moves over the weeks that count, in requests.
    """

    owner: str
    share: Interval
    planned: float
    spent: Mapping[str, float]
    plan: Mapping[str, float]
    queue: Trend

    @property
    def beyond(self) -> Mapping[str, float]:
        """What is spent beyond the plan, by what the hours go on."""
        return {kind: share - self.plan.get(kind, 0.0) for kind, share in self.spent.items()}


@dataclass(frozen=True, slots=True)
class Wait:
    """What cases wait for most: a part of the ledger, and where most of it passes.

    Attributes
    ----------
    part
        The part of the ledger.
    share
        Of the open hours of a case.
    process, step
        Where most of it passes.
    people
        Who is waited for there: departments and approvers; nobody where it is the outside world.
    """

    part: str
    share: float
    process: str
    step: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcessFacts:
    """One process, or all of them together.

    Attributes
    ----------
    process
        Its name; empty for all together.
    cases
        Cases that count in a replication.
    on_time, lead_time, unfinished
        Mean and interval over replications; shares, and calendar hours.
    target
        Hours from arrival within which cases are wanted; None without a date, and for all together.
    ledger, ledger_open
        Hours of a case by part: calendar hours, and open hours only.
    waits
        What cases wait for, the longest first; nothing where no case counts.
    """

    process: str
    cases: float
    on_time: Interval
    lead_time: Interval
    unfinished: Interval
    target: float | None
    ledger: Mapping[str, float]
    ledger_open: Mapping[str, float]
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said: its kind, whom or what it is about, and its figures."""

    kind: str
    about: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def describes(self) -> bool:
        """Whether it says how things are rather than what is wrong."""
        return self.kind in DESCRIBE


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What state an organization as modeled is in, before anything is compared.

    Attributes
    ----------
    scenario
        What was run.
    replications
        How many it is based on.
    weeks
        Whole weeks that count.
    busy
        Departments and approvers by name, in the order of the file.
    open_cases
        How the number of cases in progress moves over the weeks that count; this and every queue without weeks that
        should have belonged to the warm-up.
    warmup
        Whether the warm-up is long enough.
    overall
        All processes together.
    processes
        Each by name; empty where there is one only.
    remarks
        What is worth saying, the gravest first.
    expected
        What the file says is known of it, beside what was found.
    """

    scenario: Scenario = field(repr=False)
    replications: int
    weeks: int
    busy: Mapping[str, Busy]
    open_cases: Trend
    warmup: Warmup
    overall: ProcessFacts
    processes: Mapping[str, ProcessFacts]
    remarks: tuple[Remark, ...] = ()
    expected: tuple[Met, ...] = ()

    @property
    def busiest(self) -> Busy | None:
        """Who is busiest; None where nobody has any hours."""
        known = [one for one in self.busy.values() if one.share.mean == one.share.mean]  # not NaN
        return max(known, key=lambda one: one.share.mean, default=None)

    @property
    def amiss(self) -> tuple[Remark, ...]:
        """The remarks on what is wrong; the others describe."""
        return tuple(one for one in self.remarks if not one.describes)

    @property
    def steady(self) -> bool:
        """Whether nothing grows or falls, and nothing that counts depends on how the run began."""
        trends = [self.open_cases, *(one.queue for one in self.busy.values())]
        return not self.warmup.too_short and not any(one.grows or one.falls for one in trends)

    def sentences(self, lang: str = "en") -> list[str]:
        """Return all that there is to say, the gravest first, in ``en`` or ``zh``."""
        from sim.report.diagnosis import sentences  # figures find their words when they are asked for

        return sentences(self, lang)

    def __str__(self) -> str:
        """Return all that there is to say in English."""
        return "\n".join(self.sentences())

    def to_json(self) -> dict[str, Any]:
        """Return figures and remarks as plain data; numbers that are not defined are None."""
        found: dict[str, Any] = plain_data({name: _data(getattr(self, name)) for name in _PUBLIC})
        return found


_PUBLIC = ("replications", "weeks", "busy", "open_cases", "warmup", "overall", "processes", "remarks", "expected")


def _data(value: Any) -> Any:
    """Return dataclasses as mappings and findings as the sentences that they are."""
    if isinstance(value, Finding):
        return str(value)
    if is_dataclass(value):
        return {one.name: _data(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _data(inner) for name, inner in value.items()}
    return [_data(inner) for inner in value] if isinstance(value, tuple) else value

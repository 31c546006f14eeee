"""What the options of commands are: under which names they are given, and which values they take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from sim.cli import completing
from sim.cli.language import OPTION
from sim.cli.numbers import whole_number


def _whole(name: str | Sequence[str], low: int, high: int) -> Any:
    """Return an option that takes a whole number from `low` to `high`."""
    return Parameter(name=name, converter=whole_number, validator=Number(gte=low, lte=high))


_OFTEN = ("--replications", "-n")
_MOST = 1_000_000
_SEED = Parameter(name="--seed", converter=whole_number, validator=Number(gte=0, lt=2**63))

Language = Annotated[Literal["en", "zh"], Parameter(name=OPTION)]
Replications = Annotated[int, _whole(_OFTEN, 1, _MOST)]
Often = Annotated[int | None, _whole(_OFTEN, 1, _MOST)]
Pilot = Annotated[int, _whole(_OFTEN, 2, _MOST)]
Enough = Annotated[int | None, _whole(_OFTEN, 2, _MOST)]
Tried = Annotated[int, _whole(_OFTEN, 0, _MOST)]
Most = Annotated[int | None, _whole("--most", 1, _MOST)]
Seed = Annotated[int, _SEED]
OtherSeed = Annotated[int | None, _SEED]
Replication = Annotated[
    int | None, Parameter(name="--replication", converter=whole_number, validator=Number(gte=0, lt=2**31))
]
Worlds = Annotated[int, _whole("--worlds", 20, 100_000)]
Threads = Annotated[int | None, _whole("--threads", 1, 1024)]
Robust = Annotated[int, _whole("--robust", 0, 100_000)]
Port = Annotated[int | None, _whole("--port", 0, 65_535)]
Json = Annotated[bool, Parameter(name="--json", negative="")]
Out = Annotated[Path | None, Parameter(name="--out")]
ReportOut = Annotated[Path, Parameter(name="--out")]
Formats = Annotated[
    tuple[Literal["html", "pdf", "pptx", "xlsx"], ...],
    Parameter(name="--format", consume_multiple=False, negative="", show_default=", ".join),
]
Name = Annotated[str, Parameter(completer=completing.scenarios)]
With = Annotated[
    tuple[str, ...],
    Parameter(name="--with", consume_multiple=False, negative="", completer=completing.interventions),
]
OneWith = Annotated[str | None, Parameter(name="--with", completer=completing.interventions)]
Over = Annotated[tuple[str, ...], Parameter(name="--over", consume_multiple=False, negative="")]
ExperimentName = Annotated[str, Parameter(completer=completing.experiments)]
Vary = Annotated[tuple[str, ...], Parameter(name="--vary", consume_multiple=False, negative="")]
StoryIn = Annotated[tuple[Path, ...] | None, Parameter(name="--story", consume_multiple=(0, 1), negative="")]
Measures = Annotated[str | None, Parameter(name="--measures")]
Set = Annotated[tuple[str, ...], Parameter(name="--set", consume_multiple=False, negative="")]
Weeks = Annotated[float | None, Parameter(name="--weeks")]
EngineName = Annotated[Literal["threads", "processes", "dask"] | None, Parameter(name="--engine")]
Scheduler = Annotated[str | None, Parameter(name="--scheduler")]
Workers = Annotated[int | None, _whole("--workers", 1, 1024)]
StoreOut = Annotated[Path | None, Parameter(name="--out")]
AtMost = Annotated[int, _whole("--at-most", 20, _MOST)]
Repeats = Annotated[int, _whole("--repeats", 1, 1000)]
SimulatedLogs = Annotated[int, _whole("--logs", 1, 1000)]
Fresh = Annotated[int, _whole("--fresh", 2, _MOST)]
WorldsOrNone = Annotated[int, _whole("--worlds", 0, 100_000)]
DryRun = Annotated[bool, Parameter(name="--dry-run", negative="")]
Catalog = Literal[
    "scenarios", "complaints", "interventions", "bundles", "measures", "levers", "patterns", "experiments"
]

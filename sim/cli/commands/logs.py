"""The commands that read event logs: what happened to cases, as ticket systems write it down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from sim.cli import completing
from sim.cli.building import command
from sim.cli.logoptions import ANY_COLUMNS, LogColumns, LogFile
from sim.cli.numbers import whole_number
from sim.cli.options import (
    EngineName,
    Json,
    Language,
    OneWith,
    Repeats,
    Replications,
    Scheduler,
    Seed,
    Set,
    SimulatedLogs,
    StoreOut,
    Weeks,
    Workers,
    Worlds,
)


@command
def log(
    log_file: LogFile,
    /,
    *,
    columns: LogColumns = ANY_COLUMNS,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Look at an event log: when people work, who passes to whom, what is late, and what the log cannot tell."""
    from sim.cli.answering import Way
    from sim.cli.looking import log_command

    return log_command(log_file, columns, Way(out=answer_folder, json=json), lang)


@command
def fit_log(
    log_file: LogFile,
    /,
    *,
    columns: LogColumns = ANY_COLUMNS,
    fitted: Annotated[Path | None, Parameter(name=("--fitted", "-o"))] = None,
    log_survey: Annotated[Path | None, Parameter(name="--survey")] = None,
    log_departments: Annotated[
        int | None, Parameter(name="--departments", converter=whole_number, validator=Number(gte=1, lte=60))
    ] = None,
    seed: Seed = 1,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Read an organization off an event log, and write it as a scenario that takes interventions."""
    from sim.cli.answering import Way
    from sim.cli.logfitting import fit_log_command

    fields = {"survey": log_survey, "departments": log_departments, "seed": seed}
    way = Way(engine, scheduler, workers, answer_folder, json)
    return fit_log_command(log_file, columns, fitted, fields, way, lang)


@command
def judge(
    log_file: LogFile,
    /,
    *,
    columns: LogColumns = ANY_COLUMNS,
    protocol: Annotated[Literal["both", "published", "forecast"], Parameter(name="--protocol")] = "both",
    repeats: Repeats = 5,
    simulated_logs: SimulatedLogs = 10,
    published_log: Annotated[str | None, Parameter(name="--published-log")] = None,
    published_file: Annotated[Path | None, Parameter(name="--published")] = None,
    seed: Seed = 1,
    workers: Workers = None,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Say how well a log's first part forecasts the rest, against replaying the last weeks."""
    from sim.cli.answering import Way
    from sim.cli.judging import judge_command

    fields = {
        "protocol": protocol, "repeats": repeats, "logs": simulated_logs, "seed": seed,
        "published_log": published_log, "published_file": published_file,
    }  # fmt: skip
    return judge_command(log_file, columns, fields, Way(None, None, workers, answer_folder, json), lang)


@command
def changed(
    log_file: LogFile,
    later_log: Annotated[Path | None, Parameter(name="AFTER")] = None,
    /,
    *,
    organization: Annotated[str, Parameter(name="--scenario", completer=completing.scenarios)],
    one_with: OneWith = None,
    introduced_on: Annotated[str | None, Parameter(name="--since")] = None,
    set_: Set = (),
    weeks: Weeks = None,
    log_figures: Annotated[tuple[str, ...], Parameter(name="--figure", consume_multiple=False, negative="")] = (),
    columns: LogColumns = ANY_COLUMNS,
    worlds: Worlds = 80,
    replications: Replications = 80,
    seed: Seed = 1,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Say what changed in a log when something was introduced, and whether that can have done it."""
    from sim.cli.answering import Way
    from sim.cli.beforeafter import Asked, changed_command
    from sim.cli.changing import given_changes

    asked = Asked(log_file, later_log, introduced_on, columns, organization, given_changes(set_, weeks), one_with)
    fields = {"figures": log_figures, "worlds": worlds, "replications": replications, "seed": seed}
    return changed_command(asked, fields, Way(engine, scheduler, workers, answer_folder, json), lang)

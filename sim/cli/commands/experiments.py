"""The commands of experiments: many runs by design, in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from sim.cli.building import command
from sim.cli.options import (
    DryRun,
    EngineName,
    ExperimentName,
    Json,
    Language,
    Measures,
    Name,
    Often,
    OtherSeed,
    Pilot,
    Replications,
    Scheduler,
    Seed,
    Set,
    StoreOut,
    Vary,
    Workers,
)


@command
def experiment(
    experiment_name: ExperimentName,
    /,
    *,
    set_: Set = (),
    often: Often = None,
    other_seed: OtherSeed = None,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    store_out: StoreOut = None,
    dry_run: DryRun = False,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Run an experiment by its file, or what is left of it, and say what it found."""
    from sim.cli.changing import given_changes
    from sim.cli.experimenting import Way, experiment_command

    way = Way(engine, scheduler, workers, store_out, dry_run, json)
    return experiment_command(experiment_name, given_changes(set_, None), often, other_seed, way, lang)


@command
def sweep(
    name: Name,
    /,
    *,
    vary: Vary = (),
    design: Annotated[str, Parameter(name="--design")] = "grid",
    replications: Replications = 50,
    seed: Seed = 1,
    measures: Measures = None,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    store_out: StoreOut = None,
    dry_run: DryRun = False,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Run a scenario at every combination of some values, without a file."""
    from sim.cli.experimenting import Way, sweep_command

    way = Way(engine, scheduler, workers, store_out, dry_run, json)
    return sweep_command(
        name, vary, {"design": design, "replications": replications, "seed": seed}, measures, way, lang
    )


@command
def plan(
    experiment_file: ExperimentName,
    /,
    *,
    half_width: Annotated[float | None, Parameter(name="--half-width", validator=Number(gt=0))] = None,
    pilot: Pilot = 10,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Say from a pilot what precision costs: replications, runs, hours."""
    from sim.cli.experimenting import Way
    from sim.cli.planning import plan_command

    return plan_command(experiment_file, half_width, pilot, Way(engine, scheduler, workers, json=json), lang)


@command
def query(
    folder: Path,
    sql: str,
    /,
    *,
    answer_out: Annotated[Path | None, Parameter(name="--out")] = None,
    memory: Annotated[str | None, Parameter(name="--memory")] = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Ask the results of an experiment in SQL."""
    from sim.cli.querying import query_command

    return query_command(folder, sql, answer_out, memory, json, lang)


@command
def results(
    folder: Path,
    /,
    *,
    csv: Annotated[Path | None, Parameter(name="--csv")] = None,
    ema: Annotated[Path | None, Parameter(name="--ema")] = None,
    compact: Annotated[bool, Parameter(name="--compact", negative="")] = False,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Say how far an experiment is and whether its files are sound; write its tables."""
    from sim.cli.storing import results_command

    return results_command(folder, csv, ema, compact, json, lang)

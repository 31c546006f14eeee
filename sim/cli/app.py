"""The commands and their arguments; what they do is in a module each, loaded when asked for.

What help says about them is among the words: commands and parameters have the same names there as here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from cyclopts.validators import Number

from sim.cli import completing
from sim.cli.building import COMMANDS, INSTALL, app_of, command
from sim.cli.options import (
    Catalog,
    DryRun,
    EngineName,
    Enough,
    ExperimentName,
    Json,
    Language,
    Measures,
    Most,
    Name,
    Often,
    OtherSeed,
    Out,
    Pilot,
    Port,
    Replication,
    Replications,
    Robust,
    Scheduler,
    Seed,
    Set,
    StoreOut,
    StoryIn,
    Threads,
    Tried,
    Vary,
    Weeks,
    With,
    Workers,
)

__all__ = ["COMMANDS", "INSTALL", "app_in"]


def app_in(lang: str) -> App:
    """Return the application with everything that help says in one language, which commands then speak as well."""
    return app_of(lang, install_completion)


@command
def compare(
    name: Name,
    /,
    *,
    with_: With = (),
    set_: Set = (),
    weeks: Weeks = None,
    replications: Replications = 200,
    seed: Seed = 1,
    measures: Measures = None,
    matters: Annotated[float, Parameter(name="--matters", validator=Number(gte=0, lte=100))] = 1.0,
    robust: Robust = 0,
    full: Annotated[bool, Parameter(name="--full", negative="")] = False,
    out: Out = None,
    threads: Threads = None,
    json: Json = False,
    lang: Language = "en",
    baseline: Annotated[str | None, Parameter(name="--baseline")] = None,
) -> int:
    """Compare interventions with what happens now, under the same luck."""
    from sim.cli.changing import given_changes
    from sim.cli.comparing import compare_command

    changes = given_changes(set_, weeks)
    return compare_command(
        name, changes, with_, replications, seed, measures, matters, robust, full, out, threads, json, lang, baseline
    )


@command
def run(
    name: Name,
    /,
    *,
    set_: Set = (),
    weeks: Weeks = None,
    replications: Replications = 50,
    seed: Seed = 1,
    events: Annotated[Path | None, Parameter(name="--events")] = None,
    out: Out = None,
    threads: Threads = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Run a scenario as it is, and print its measures."""
    from sim.cli.changing import given_changes
    from sim.cli.running import run_command

    return run_command(name, given_changes(set_, weeks), replications, seed, events, out, threads, json, lang)


@command
def rerun(manifest: Path, /, *, threads: Threads = None, json: Json = False, lang: Language = "en") -> int:
    """Run or compare again what a manifest tells, and say whether it is the same to the bit."""
    from sim.cli.rerunning import rerun_command

    return rerun_command(manifest, threads, json, lang)


@command
def explain(
    name: Name,
    /,
    *,
    with_: With = (),
    set_: Set = (),
    weeks: Weeks = None,
    replications: Replications = 20,
    seed: Seed = 1,
    threads: Threads = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Tell which cases changed their outcome, through what, and a few of them as a story."""
    from sim.cli.changing import given_changes
    from sim.cli.explaining import explain_command

    return explain_command(name, given_changes(set_, weeks), with_, replications, seed, threads, json, lang)


@command
def serve(
    *names: Name,
    port: Port = None,
    lan: Annotated[bool, Parameter(name="--lan", negative="")] = False,
    log: Annotated[Path | None, Parameter(name="--log")] = None,
    new_room: Annotated[bool, Parameter(name="--new-room", negative="")] = False,
    no_open: Annotated[bool, Parameter(name="--no-open", negative="")] = False,
    story: Annotated[Path | None, Parameter(name="--story")] = None,
    lang: Language = "en",
) -> int:
    """Open the page of scenarios to switch interventions on and off before people."""
    from sim.cli.serving import serve_command

    return serve_command(names, port, lan, log, new_room, not no_open, lang, story)


@command
def export_page(
    name: Name,
    /,
    *,
    toggles: Annotated[str | None, Parameter(name="--toggles", completer=completing.interventions)] = None,
    story_in: StoryIn = None,
    page_out: Annotated[Path | None, Parameter(name="--out")] = None,
    set_: Set = (),
    weeks: Weeks = None,
    replications: Replications = 100,
    seed: Seed = 1,
    points: Robust = 0,
    threads: Threads = None,
    lang: Language = "en",
) -> int:
    """Write the page with every combination of a few switches into one file that needs no network."""
    from sim.cli.changing import given_changes
    from sim.cli.exporting import export_page_command

    changes = given_changes(set_, weeks)
    return export_page_command(name, changes, toggles, replications, seed, points, page_out, threads, lang, story_in)


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


@command
def list_(
    what: Catalog | None = None,
    /,
    *,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """List scenarios, complaints, interventions, bundles, measures, levers, patterns or experiments."""
    from sim.cli.listing import list_command

    return list_command(what, json, lang)


@command
def show(
    name: Name,
    /,
    *,
    as_: Annotated[Literal["raci", "plan", "progress", "minutes"] | None, Parameter(name="--as")] = None,
    beside: With = (),
    set_: Set = (),
    weeks: Weeks = None,
    week: Annotated[float | None, Parameter(name="--week")] = None,
    day: Annotated[str | None, Parameter(name="--day")] = None,
    run_seed: OtherSeed = None,
    replication: Replication = None,
    most: Most = None,
    out: Out = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Show a scenario: who does what, load per department, KPIs; or what is written down to coordinate."""
    from sim.cli.changing import given_changes
    from sim.cli.showing import show_command
    from sim.cli.templating import Asked

    asked = Asked(week, day, run_seed, replication, most, out)
    return show_command(name, given_changes(set_, weeks), beside, as_, asked, json, lang)


@command
def check(
    name: Name,
    /,
    *,
    set_: Set = (),
    weeks: Weeks = None,
    tried: Tried = 0,
    threads: Threads = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Check the file of a scenario or a story; every finding is one sentence."""
    from sim.cli.changing import given_changes
    from sim.cli.checking import check_command

    return check_command(name, given_changes(set_, weeks), tried, threads, json, lang)


@command
def new(
    file: Path,
    /,
    *,
    like: Annotated[str | None, Parameter(name="--like", completer=completing.shipped_scenarios)] = None,
    schema: Annotated[bool, Parameter(name="--schema", negative="")] = False,
    new_story: Annotated[bool, Parameter(name="--story", negative="")] = False,
    new_experiment: Annotated[bool, Parameter(name="--experiment", negative="")] = False,
    lang: Language = "en",
) -> int:
    """Write a small commented scenario, a story or an experiment, to start from."""
    from sim.cli.starting import new_command

    return new_command(file, like, schema, lang, new_story, new_experiment)


@command
def schema(
    *,
    of_experiments: Annotated[bool, Parameter(name="--experiment", negative="")] = False,
    file_out: Annotated[Path | None, Parameter(name="--out")] = None,
    lang: Language = "en",
) -> int:
    """Print the JSON schema of scenario files, or of experiments, with which editors complete and check them."""
    from sim.cli.starting import schema_command

    return schema_command(file_out, lang, of_experiments)


@command
def verify(*, seed: Seed = 1, json: Json = False, lang: Language = "en") -> int:
    """Check the simulation against queueing theory."""
    from sim.cli.verifying import verify_command

    return verify_command(seed, json, lang)


@command
def patterns(
    *keys: Annotated[str, Parameter(completer=completing.patterns)],
    enough: Enough = None,
    seed: Seed = 1,
    out: Out = None,
    threads: Threads = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Look for the patterns that must emerge, all of them or some by their keys."""
    from sim.cli.patterning import patterns_command

    return patterns_command(keys, enough, seed, out, threads, json, lang)


def install_completion(*, shell: completing.Shell | None = None, lang: Language = "en") -> int:
    """Let the shell complete commands, options, scenarios and interventions."""
    return completing.install_command(shell, lang)

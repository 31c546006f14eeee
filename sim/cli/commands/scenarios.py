"""The commands that run a scenario: compared, alone, again, explained, before people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from sim.cli import completing
from sim.cli.building import command
from sim.cli.options import (
    Formats,
    Json,
    Language,
    Measures,
    Name,
    Out,
    Port,
    Replications,
    ReportOut,
    Robust,
    Seed,
    Set,
    StoryIn,
    Threads,
    Weeks,
    With,
)


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
def diff(
    name: Name,
    name_b: Name,
    /,
    *,
    run_both: Annotated[bool, Parameter(name="--run", negative="")] = False,
    replications: Replications = 50,
    seed: Seed = 1,
    every: Annotated[bool, Parameter(name="--all", negative="")] = False,
    threads: Threads = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """List where two scenarios differ, in inputs and, where asked, in outcomes."""
    from sim.cli.differing import diff_command

    return diff_command((name, name_b), run_both, replications, seed, every, threads, json, lang)


@command
def report(
    name: Name,
    /,
    *,
    with_: With = (),
    set_: Set = (),
    weeks: Weeks = None,
    replications: Replications = 200,
    seed: Seed = 1,
    robust: Robust = 0,
    formats: Formats = ("html",),
    report_out: ReportOut = Path("report"),
    threads: Threads = None,
    lang: Language = "en",
) -> int:
    """Compare, and write the report that is handed over: HTML, PDF, PPTX, XLSX."""
    from sim.cli.changing import given_changes
    from sim.cli.reporting import report_command
    from sim.report.document.asked import Asked

    asked = Asked(name, set_, with_, weeks, robust)
    changes = given_changes(set_, weeks)
    return report_command(asked, changes, replications, seed, formats, report_out, threads, lang)


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

"""The commands that show what there is, check files and begin new ones."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from sim.cli import completing
from sim.cli.building import command
from sim.cli.options import (
    Catalog,
    Enough,
    Json,
    Language,
    Most,
    Name,
    OtherSeed,
    Out,
    Replication,
    Seed,
    Set,
    Threads,
    Tried,
    Weeks,
    With,
)


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
def template(
    file: Path,
    /,
    *,
    like_any: Annotated[str | None, Parameter(name="--like", completer=completing.scenarios)] = None,
    lang: Language = "en",
) -> int:
    """Write a workbook in which an organization is described, with an example."""
    from sim.cli.workbooks import template_command

    return template_command(file, like_any, lang)


@command
def import_(
    *workbooks: Path,
    staff: Annotated[tuple[str, ...], Parameter(name="--staff", consume_multiple=False, negative="")] = (),
    hours: Annotated[tuple[str, ...], Parameter(name="--hours", consume_multiple=False, negative="")] = (),
    cases: Annotated[float | None, Parameter(name="--cases")] = None,
    yaml_out: Annotated[Path | None, Parameter(name=("--out", "-o"))] = None,
    lang: Language = "en",
) -> int:
    """Read an organization from a workbook, or from tables in text, and write it as a scenario file."""
    from sim.cli.workbooks import Beside, import_command

    return import_command(workbooks, Beside(staff, hours, cases), yaml_out, lang)


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

"""The commands and their arguments; what they do is in a module each, loaded when asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from cyclopts.validators import Number

from sim import __version__
from sim.cli.numbers import whole_number

Language = Annotated[Literal["en", "zh"], Parameter(name="--lang", help="Language of tables and sentences.")]
Replications = Annotated[
    int,
    Parameter(
        name=["--replications", "-n"],
        converter=whole_number,
        validator=Number(gte=1, lte=1_000_000),
        help="How many replications.",
    ),
]
Seed = Annotated[
    int,
    Parameter(name="--seed", converter=whole_number, validator=Number(gte=0, lt=2**63), help="Chooses the luck."),
]
Threads = Annotated[
    int | None,
    Parameter(
        name="--threads",
        converter=whole_number,
        validator=Number(gte=1, lte=1024),
        help="Replications at once (default: one for each core).",
    ),
]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Print JSON, and nothing else, on standard output.")]
Out = Annotated[Path | None, Parameter(name="--out", help="Folder for files; made if need be.")]
Name = Annotated[str, Parameter(help="A shipped scenario (deptsim list scenarios) or a YAML file.")]
With = Annotated[
    tuple[str, ...],
    Parameter(
        name="--with",
        consume_multiple=False,
        negative="",
        help="An alternative, [LABEL=]a+b:parameter=value; once for each alternative.",
    ),
]
Measures = Annotated[
    str | None, Parameter(name="--measures", help="Measures to report, separated by commas, or 'all'.")
]

app = App(
    name="deptsim",
    help="What would an intervention do to on-time delivery and conflict between departments?",
    version=f"deptsim {__version__}",
    help_format="plaintext",
    suppress_keyboard_interrupt=False,
)


@app.command
def compare(
    name: Name,
    /,
    *,
    with_: With = (),
    replications: Replications = 200,
    seed: Seed = 1,
    measures: Measures = None,
    out: Out = None,
    threads: Threads = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Compare interventions with what happens now, under the same luck."""
    from sim.cli.comparing import compare_command

    return compare_command(name, with_, replications, seed, measures, out, threads, json, lang)


@app.command
def run(
    name: Name,
    /,
    *,
    replications: Replications = 50,
    seed: Seed = 1,
    events: Annotated[Path | None, Parameter(name="--events", help="CSV file for the event log.")] = None,
    out: Out = None,
    threads: Threads = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Run a scenario as it is, and print its measures."""
    from sim.cli.running import run_command

    return run_command(name, replications, seed, events, out, threads, json, lang)


@app.command
def explain(
    name: Name,
    /,
    *,
    with_: With = (),
    replications: Replications = 20,
    seed: Seed = 1,
    threads: Threads = None,
    lang: Language = "en",
) -> int:
    """Tell which cases changed their outcome, through what, and a few of them as a story."""
    from sim.cli.explaining import explain_command

    return explain_command(name, with_, replications, seed, threads, lang)


@app.command(name="list")
def list_(
    what: Annotated[
        Literal["scenarios", "interventions", "measures", "levers"] | None, Parameter(help="Default: all of them.")
    ] = None,
    /,
    *,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """List scenarios, interventions, measures or levers."""
    from sim.cli.listing import list_command

    return list_command(what, json, lang)


@app.command
def show(name: Name, /, *, lang: Language = "en") -> int:
    """Show a scenario: who does what, load per department, KPIs."""
    from sim.cli.showing import show_command

    return show_command(name, lang)


@app.command
def check(name: Name, /, *, json: Json = False, lang: Language = "en") -> int:
    """Check a scenario file; every finding is one sentence."""
    from sim.cli.checking import check_command

    return check_command(name, json, lang)


@app.command
def verify(*, seed: Seed = 1, json: Json = False, lang: Language = "en") -> int:
    """Check the simulation against queueing theory."""
    from sim.cli.verifying import verify_command

    return verify_command(seed, json, lang)

"""`make bench`: measure everything in one run, print it, and write it down."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from bench import logs, longlogs, memory, model, pipelines, replication, startup, yardstick
from bench.table import Row, Section, attempted, environment, show, summary, write_json

HERE = Path(__file__).parent
Measure = Callable[[], Sequence[Row]]


def parts(rounds: int, quick: bool) -> dict[str, tuple[str, Measure]]:
    """Return what there is to measure: a title and a function each, by the name that `--only` takes."""
    every: dict[str, tuple[str, Measure]] = {
        "network": ("Open network, 6 departments × 4 people, load .85", lambda: yardstick.yardstick(rounds, quick)),
        "sizes": ("The same network with more departments", lambda: yardstick.sizes(rounds, quick)),
        "model": ("The full model beside the neutral network", lambda: model.events(rounds)),
        "replication": ("A replication with everything", lambda: replication.replications(rounds)),
        "combinations": ("All combinations of seven switches", lambda: replication.combinations(rounds)),
        "logs": ("A log of a run", lambda: logs.logs(rounds)),
        "longlogs": ("A long log", lambda: longlogs.long_logs(min(rounds, 3))),
        "pipelines": ("Many runs by design", lambda: pipelines.pipelines(min(rounds, 3))),
        "days": ("Day by day", lambda: model.days(rounds)),
        "hooks": ("Departments that are asked every day", lambda: model.hooks(rounds)),
        "threads": ("Threads", lambda: model.threads(rounds)),
        "memory": ("Memory", memory.memory),
        "warm": ("Start of the command", lambda: startup.warm(rounds)),
        "compile": ("First compile", lambda: startup.first(1)),
        "whole": ("A whole comparison", lambda: startup.whole(min(rounds, 3))),
    }
    slow = ("longlogs", "pipelines", "compile", "whole")
    return {name: part for name, part in every.items() if not quick or name not in slow}


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python bench/speed.py", description=__doc__)
    parser.add_argument("--rounds", type=_rounds, default=5, help="how often everybody takes a turn (default: 5)")
    parser.add_argument("--quick", action="store_true", help="leave out what takes long, and play at most 3 rounds")
    parser.add_argument("--only", choices=sorted(parts(1, quick=False)), help="measure one section")
    parser.add_argument("--out", type=Path, default=HERE / "results.json", help="JSON file for the results")
    return parser.parse_args(given)


def _rounds(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"found '{text}', expected a whole number of at least 1")
    return int(text)


def main(given: Sequence[str] | None = None) -> int:
    """Measure, print and write; what was measured is written even if the run is cut short."""
    asked, about = arguments(given), environment()
    try:
        write_json(asked.out, [], about)
    except OSError as error:
        print(f"--out: found '{asked.out}', which cannot be written ({error.strerror}); name a file", file=sys.stderr)
        return 2
    console = Console(width=None if Console().is_terminal else 200)
    console.print(", ".join(f"{name} {value}" for name, value in about.items()), "\n")
    done: list[Section] = []
    rounds = min(asked.rounds, 3) if asked.quick else asked.rounds
    for name, (title, measure) in parts(rounds, asked.quick and not asked.only).items():
        if asked.only in (None, name):
            done.append(attempted(title, measure))
            show(done[-1], console)
            write_json(asked.out, done, about)
    expected = summary(done)
    if not asked.only and expected.rows:
        show(expected, console)
    console.print(f"written to {asked.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

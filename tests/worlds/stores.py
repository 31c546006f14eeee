"""A small experiment, its store, and drivers that can be killed: whatever interrupts them, the bytes are known."""

from __future__ import annotations

import json
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from sim.engine import Threads
from sim.experiments.reading import plan_of
from sim.experiments.running import run_plan
from sim.experiments.store import CHECKSUMS, MANIFEST, POINTS
from tests.worlds.fakes import small_scenario

FACTORS = {
    "raci": {"with": "raci"},
    "latency": {"set": "levers.latency", "values": [2.0, 4.0]},
}


def small(**fields):
    """Return four points, three replications of a week each, in blocks of three, unless fields say otherwise."""
    usual = {
        "set": {"horizon_weeks": 1, "warmup_weeks": 0},
        "factors": FACTORS,
        "replications": 3,
        "block": 3,
    }
    return _planned(json.dumps(usual | fields))


@cache
def _planned(asked):
    return plan_of({"scenarios": small_scenario(), **json.loads(asked)})


FIXED = {"replications": 24, "block": 4}
RULE = {"at_least": 6, "at_most": 24, "round": 6, "measure": "lead_time_mean", "half_width": 33.0}
RULED = {"replications": RULE, "block": 8}
"""What drivers are asked to do that are killed again and again."""


def compared(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a store that is compared, by name."""
    paths = [folder / MANIFEST, folder / POINTS, folder / CHECKSUMS, *folder.glob("*/*.parquet")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.exists()}


def made(folder: Path, plan=None, **options):
    """Run an experiment in a folder on one thread, and return what is compared."""
    run_plan(plan or small(), folder, Threads(1), **options)
    return compared(folder)


def drive(folder: Path, fields: dict, threads: int) -> None:
    """Run an experiment in this process."""
    run_plan(small(**fields), folder, Threads(threads))


@contextmanager
def driver(folder: Path, fields: dict, threads: int = 1):
    """Give a driver at work in a process of its own, which begins warm: it is forked from one that has loaded all."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.worlds.warm"])
    process = context.Process(target=drive, args=(folder, fields, threads))
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()

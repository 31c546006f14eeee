"""The whole pipeline, again and again: split, learn, simulate, compare; kept as it goes."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sim.answers.judge.baselines import RandomCases, Replay
from sim.answers.judge.deptsim import Deptsim, Simulations
from sim.answers.judge.forecasts import Asked
from sim.answers.judge.judged import COLUMNS, Bench, Grouped
from sim.answers.judge.split import SHARE, Protocol, Split, split
from sim.eventlog.log import EventLog
from sim.files import whole
from sim.vocab import WEEK

EARLIEST = 0.6
"""The share of events at which the first of several cuts is made; the last is at `SHARE`."""

SPLITS = ("protocol", "repeat", "share", "seed", "train_cases", "train_events", "test_cases", "test_events", "dropped",
          "going_on", "weeks")  # fmt: skip
ERRORS = ("protocol", "repeat", "method", "said")

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Job:
    """One repeat under one protocol."""

    protocol: Protocol
    repeat: int
    share: float
    seed: int

    @property
    def name(self) -> str:
        """Of its file."""
        return f"{self.protocol}-{self.repeat}"


@dataclass(frozen=True, eq=False)
class Found:
    """What all repeats found.

    Attributes
    ----------
    measured
        Columns ``protocol``, ``repeat`` and those of `judged.COLUMNS`.
    splits
        How each repeat split the log.
    errors
        What could not learn, and why.
    """

    measured: pd.DataFrame
    splits: pd.DataFrame
    errors: pd.DataFrame


def jobs_of(protocols: Sequence[Protocol], repeats: int, seed: int) -> list[Job]:
    """Return the repeats: other luck each time, and under ``forecast`` another cut, too."""
    cuts = np.linspace(EARLIEST, SHARE, repeats) if repeats > 1 else [SHARE]
    return [
        Job(protocol, k, SHARE if protocol == "published" else round(float(cuts[k]), 4), seed + k)
        for protocol in protocols
        for k in range(repeats)
    ]


def ran(log: EventLog, jobs: Sequence[Job], number: int, threads: int | None, folder: Path | None, told: Told) -> Found:
    """Do all jobs, or read what is kept of them.

    Parameters
    ----------
    log : EventLog
        The whole.
    jobs : sequence of Job
        What is done.
    number : int
        Simulated logs of each forecast.
    threads : int or None
        Runs at a time.
    folder : Path or None
        Where results are kept.
    told : callable
        Told how many are done, and of how many.
    """
    mark = _mark(log, number)
    measured, splits, errors = [], [], []
    for done, job in enumerate(jobs):
        told(done, len(jobs))
        parts = split(log, job.protocol, job.share)
        if parts is None:
            continue
        splits.append(_about(job, parts))
        kept = folder / f"{job.name}-{mark}-{job.seed}.json" if folder else None
        rows, wrong = _read(kept) if kept and kept.exists() else _done(parts, job, number, threads)
        if kept and not kept.exists():
            _write(kept, rows, wrong)
        measured.append(rows.assign(protocol=job.protocol, repeat=job.repeat))
        errors += [(job.protocol, job.repeat, method, said) for method, said in wrong.items()]
    told(len(jobs), len(jobs))
    every = pd.concat(measured, ignore_index=True) if measured else pd.DataFrame(columns=COLUMNS)
    return Found(
        every.reindex(columns=["protocol", "repeat", *COLUMNS]),
        pd.DataFrame(splits, columns=list(SPLITS)),
        pd.DataFrame(errors, columns=list(ERRORS)),
    )


def _done(parts: Split, job: Job, number: int, threads: int | None) -> tuple[pd.DataFrame, dict[str, str]]:
    """Do one repeat; hand-offs of all are counted between the departments that deptsim learned, where it could."""
    mine, wrong = Learning(threads), dict[str, str]()
    try:
        grouped: Grouped | None = mine.learn(parts.train, parts.asked(number, job.seed)).grouped
    except ValueError as error:
        grouped, wrong[mine.name] = None, str(error)
    bench = Bench(parts, job.seed, grouped)
    rows = [bench.test(), bench.floor(number), bench.rows(Replay(), 1), bench.rows(RandomCases(), number)]
    if not wrong:
        try:
            rows.append(bench.rows(mine, number))
        except ValueError as error:
            wrong[mine.name] = str(error)
    return pd.concat(rows, ignore_index=True), wrong


class Learning(Deptsim):
    """An organization that is learned once, however often it is asked for."""

    _learned: Simulations | None = None

    def learn(self, train: EventLog, asked: Asked) -> Simulations:
        """Learn it, or return what was learned before."""
        if self._learned is None:
            begun = time.perf_counter()
            self._learned = super().learn(train, asked)
            self.seconds = time.perf_counter() - begun
        return self._learned


def _about(job: Job, parts: Split) -> tuple[object, ...]:
    weeks = (parts.end - parts.begin) / WEEK
    judged = int((parts.test.events["end"] >= parts.begin).sum())
    sizes = (len(parts.train.cases), len(parts.train.events), len(parts.test.cases), judged)
    return (job.protocol, job.repeat, job.share, job.seed, *sizes, parts.dropped, parts.going_on, weeks)


def _mark(log: EventLog, number: int) -> str:
    """Return what tells this log and question from others."""
    found = hashlib.sha256(f"{number}".encode())
    for table in (log.events, log.cases):
        found.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    return found.hexdigest()[:12]


def _write(file: Path, rows: pd.DataFrame, wrong: dict[str, str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole(file) as place:
        text = rows.to_json(orient="split", index=False, double_precision=15)
        place.write_text(json.dumps({"wrong": wrong, "rows": json.loads(text)}), encoding="utf-8")


def _read(file: Path) -> tuple[pd.DataFrame, dict[str, str]]:
    kept = json.loads(file.read_text(encoding="utf-8"))
    rows = pd.DataFrame(kept["rows"]["data"], columns=kept["rows"]["columns"])
    return rows.astype({"value": float}), kept["wrong"]

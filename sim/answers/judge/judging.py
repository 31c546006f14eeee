"""From a log to a judgment."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from sim.answers.judge.answer import Judgment
from sim.answers.judge.judged import SECONDS
from sim.answers.judge.published import published
from sim.answers.judge.runs import Told, jobs_of, ran
from sim.answers.judge.split import PROTOCOLS, SHARE, Protocol
from sim.answers.judge.tables import tables_of
from sim.answers.judge.traps import traps_of
from sim.answers.room import RUNS
from sim.eventlog.log import EventLog
from sim.experiments.pacing import Progress, Standing, shown
from sim.spec.counts import count_of
from sim.spec.findings import TextError, one_of
from sim.words import words

texts = words("judge")

REPEATS, LOGS = 5, 10
"""How often the whole is done, and simulated logs each time, where nobody says otherwise."""

BOTH = "both"


def judge(
    log: EventLog | str | os.PathLike[str],
    protocol: Literal["both", "published", "forecast"] = "both",
    *,
    repeats: int = REPEATS,
    logs: int = LOGS,
    seed: int = 1,
    published_log: str | None = None,
    published_file: str | os.PathLike[str] | None = None,
    threads: int | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: Progress | bool | None = None,
) -> Judgment:
    """Say how well an organization that is learned from the first part of a log forecasts the rest of it.

    It is compared with doing nothing clever: the last weeks once more (replay), random cases of the past, and as the
    least that can be asked for, one half of what came against the other. Everything is done again and again: splitting,
    learning, simulating.

    Parameters
    ----------
    log : EventLog or path
        The log, or its file.
    protocol : {"both", "published", "forecast"}
        ``published``: the first 80 % of events are for learning, the rest for the test, cases on both sides of the cut
        are dropped, and the number of cases and their first arrival are given away: as published comparisons do it.
        ``forecast``: at a cut all that happened before is known, work in progress included, and nothing after it;
        nothing is dropped.
    repeats : int
        How often. Under ``forecast`` each time at another cut, from 60 to 80 % of events.
    logs : int
        How many logs are simulated each time.
    seed : int
        Of the first repeat.
    published_log, published_file
        The log as published comparisons call it, and a table of published figures, where it is not the one that comes
        along (see `sim.answers.judge.published`).
    threads : int, optional
        Runs at a time; all threads of this machine, where nothing is said.
    out : str or path, optional
        A folder where results are kept as it goes; what is there already is not done again.
    progress : callable or bool, optional
        As in `sim.experiment`.

    Returns
    -------
    Judgment
        The answer: tables, sentences and pictures.

    Raises
    ------
    TextError, ValueError
        If something cannot be meant, or the log has too few cases to be split.

    Examples
    --------
    >>> scenario = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 8})
    >>> log = sim.simulated(sim.run(scenario, events=True))
    >>> found = sim.judge(log, protocol="published", repeats=1, logs=1)
    >>> found.about["protocols"]
    ['published']
    """
    if protocol not in (BOTH, *PROTOCOLS):
        raise TextError(texts.WRONG_PROTOCOL.format(found=protocol, known=one_of(protocol, (BOTH, *PROTOCOLS))))
    number, several = count_of("repeats", repeats, 1), count_of("logs", logs, 1)
    theirs = published(published_log, published_file)
    whole = log if isinstance(log, EventLog) else _read(log)
    protocols: Sequence[Protocol] = PROTOCOLS if protocol == BOTH else (cast(Protocol, protocol),)
    jobs = jobs_of(protocols, number, seed)
    found = ran(whole, jobs, several, threads, Path(out) / RUNS if out is not None else None, _told(progress))
    if found.splits.empty:
        raise TextError(texts.TOO_FEW.format(log=whole.name, cases=len(whole.cases)))
    parts = tables_of(found.measured)
    if not np.isfinite(parts["distances"]["to_replay"].to_numpy(dtype=float)).any():
        raise TextError(texts.TOO_FEW.format(log=whole.name, cases=len(whole.cases)))
    times = found.measured[found.measured["measure"] == SECONDS]
    tables = {
        **parts,
        "published": theirs,
        "splits": found.splits,
        "traps": traps_of(whole, found.splits),
        "times": times.groupby(["protocol", "method"], sort=False)["value"].mean().rename("seconds").reset_index(),
        "errors": found.errors,
        "measured": found.measured[found.measured["without"] < 0].drop(columns="without"),
    }
    asked: dict[str, Any] = {
        "log": whole.name,
        "cases": len(whole.cases),
        "events": len(whole.events),
        "protocols": list(protocols),
        "repeats": number,
        "logs": several,
        "seed": seed,
        "share": SHARE,
        "groups": "group" in whole.known,
        "due": "due" in whole.known,
        "starts": "start" in whole.known,
        "published_log": published_log,
    }
    return Judgment(tables, asked)


def _read(file: str | os.PathLike[str]) -> EventLog:
    from sim.eventlog.reading import read_log

    return read_log(Path(file))


def _told(progress: Progress | bool | None) -> Told:
    show = shown(progress)

    def told(done: int, total: int) -> None:
        if show is not None:
            show(Standing(done, total))

    return told

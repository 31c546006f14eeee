"""Writing a log in the form that the name of the file ends with."""

from __future__ import annotations

import contextlib
import gzip
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sim.eventlog.log import EventLog
from sim.eventlog.writing.endings import ENDINGS, ending_of
from sim.files import whole


def write_log(log: EventLog, path: str | os.PathLike[str]) -> Path:
    """Write a log as a file that other tools read.

    The name says how: ``.csv`` and ``.csv.gz`` for a table of events, in UTF-8 with a mark, whose times are on the
    clock of the log; ``.xes`` and ``.xes.gz`` for XES (IEEE 1849-2016), with an event where a piece of work begins
    and one where it ends, of one ``concept:instance``; ``.jsonocel`` and ``.sqlite`` for OCEL 2.0, whose objects are
    cases, departments and, where they are known, resources. Times are written to the millisecond. The same log makes
    the same bytes.

    Parameters
    ----------
    log : EventLog
        What is written: `sim.simulated` and `sim.read_log` make one.
    path : str or path
        The file; what was there before is replaced when all is written.

    Returns
    -------
    Path
        The same.

    Raises
    ------
    EndingError
        Where the name ends with anything else.
    OSError
        Where the file cannot be written.

    Examples
    --------
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 2})
    >>> log = sim.simulated(sim.run(short, events=True))
    >>> sim.write_log(log, "orders.xes.gz").name
    'orders.xes.gz'
    """
    place = Path(path)
    ending = ending_of(place)
    if ending == ".sqlite":
        from sim.eventlog.writing.relations import write_sqlite

        with whole(place) as aside:
            write_sqlite(log, aside)
        return place
    packed, form = ending.endswith(".gz"), ENDINGS[ending]
    with whole(place) as aside, aside.open("wb") as raw, _text(raw, packed, mark=form == "csv") as file:
        _writer(form)(log, file)
    return place


def _writer(form: str) -> Callable[[EventLog, Any], None]:
    if form == "csv":
        from sim.eventlog.writing.table import write_table

        return write_table
    if form == "xes":
        from sim.eventlog.writing.xes import write_xes

        return write_xes
    from sim.eventlog.writing.objects import write_objects

    return write_objects


@contextlib.contextmanager
def _text(raw: Any, packed: bool, mark: bool) -> Iterator[Any]:
    """Write text into an open file; packed ones say neither when nor under which name they were."""
    with contextlib.ExitStack() as stack:
        file: Any = raw
        if packed:
            file = stack.enter_context(gzip.GzipFile(filename="", mode="wb", fileobj=raw, compresslevel=6, mtime=0))
        text = io.TextIOWrapper(file, "utf-8-sig" if mark else "utf-8", errors="backslashreplace", newline="")
        yield text
        text.flush()
        text.detach()

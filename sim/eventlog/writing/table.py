"""A log as CSV: a row an event, with what is known of its case."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO

from sim.eventlog.log import EventLog
from sim.eventlog.writing.parts import Clock, attributes_of, parts, values_of


def write_table(log: EventLog, file: IO[str]) -> None:
    """Write a log as a table; texts are written as they are, so that whoever reads it finds the same names."""
    known = [name for name in ("group", "resource", "start") if name in log.known]
    about = attributes_of(log)
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(["case", "activity", *known, "end", *(one.name for one in about)])
    clock = Clock(log, "plain")
    names = log.cases["case"].astype(str).tolist()
    called = {name: [*map(str, log.events[name].cat.categories), ""] for name in ("activity", "group", "resource")}
    for part in parts(log):
        case = part.case.tolist()
        codes = {"activity": part.activity, "group": part.group, "resource": part.resource}
        columns: dict[str, Iterable[str | None]]
        columns = {name: map(called[name].__getitem__, code.tolist()) for name, code in codes.items()}
        columns["start"] = clock.texts(part.start) if "start" in known else ()
        told = [values_of(one, part, clock) for one in about]
        row = [one - part.first for one in case]
        rows.writerows(
            zip(
                (names[one] for one in case),
                columns["activity"],
                *(columns[name] for name in known),
                clock.texts(part.end),
                *(map(values.__getitem__, row) for values in told),
                strict=True,
            )
        )

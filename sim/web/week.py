"""The week that is played: moves, frozen cases, trust, people at work, and the cases that touch it.

Times are whole tenths of an hour from Monday 00:00 of the week, before it negative. What has not happened by the end of
the week has no time, so that nobody sees what is to come; cases are told to their end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from sim.frames import KINDS
from sim.replications import run
from sim.results import RunResult
from sim.scenario import Scenario
from sim.vocab import DAY, WEEK
from sim.web.asked import Asked
from sim.web.shown import PARTS, hour_digits, places, plain, plains, played_index

KEPT = ("moves", "parked", "frozen", "timelines", "busy", "relations_daily", "cases")
"""The tables that a week is made of."""

UNSEEN = ("inform", "own", "standstill")
"""Kinds of moves that are not drawn: notices, and what departments do by themselves."""

TENTH = 0.1
DAYS = 5
HOURS = int(WEEK)

Piece = tuple[int | None, int, int | None, float]
"""When a piece of a case ends, its part of the ledger, its department, and its open hours."""


def week_of(scenario: Scenario, asked: Asked, number: int, seed: int, items: Sequence[str] = ()) -> dict[str, Any]:
    """Return the played week of what was asked, as plain data.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    asked : Asked
        What was asked.
    number : int
        Which replication is played.
    seed : int
        Chooses the luck.
    items : sequence of str
        What was asked, as whoever asked wrote it.
    """
    index = played_index(scenario)
    result = run(
        asked.applied(scenario), 1, seed, first=number, keep=KEPT, links_every="day", log=(index, index), threads=1
    )
    return {"asked": list(items or asked.items), "key": asked.key, "number": number, **told(result, index)}


def told(result: RunResult, index: int) -> dict[str, Any]:
    """Return one week of a run that kept it.

    Parameters
    ----------
    result : RunResult
        One replication, with the tables of `KEPT`.
    index : int
        The week, counted from when counting begins.
    """
    week = _Week(result, index)
    return {
        "moves": week.moves(),
        "frozen": week.frozen(),
        "trust": week.trust(),
        "busy": week.busy(),
        "cases": week.cases(),
    }


class _Week:
    """One week of a run, and the numbers by which the page names things."""

    def __init__(self, result: RunResult, index: int) -> None:
        self.tables, self.scenario, self.index = result.tables, result.scenario, index
        self.owners = places(self.scenario.pools())
        self.begin = self.scenario.window[0] + index * WEEK

    def tenths(self, hours: Any, last: float = WEEK) -> list[int | None]:
        """Return times in tenths of an hour from Monday of the week; none where they are not, or not yet."""
        since = np.asarray(hours, dtype=float) - self.begin
        return [None if one is None else int(one) for one in plains(np.where(since < last, since / TENTH, np.nan), 0)]

    def owner(self, names: pd.Series) -> list[int | None]:
        """Return departments by number; none where there is none."""
        return [self.owners.get(name) for name in names.astype(object)]

    def moves(self) -> list[list[Any]]:
        """Return what one department asks of another, and what becomes of it."""
        table = self.tables["moves"]
        table = table[~table["kind"].isin(UNSEEN)]
        aside = self._aside(table["move"])
        times = [self.tenths(table[name]) for name in ("sent", "received", "begun", "ended")]
        ends = zip(self.owner(table["from"]), self.owner(table["to"]), strict=True)
        what = zip(_numbers(table["kind"], KINDS), table["case"].tolist(), strict=True)
        rows = zip(ends, what, zip(*times, strict=True), aside, strict=True)
        return [[*a, *b, *t, *p] for a, b, t, p in rows]

    def _aside(self, moves: pd.Series) -> list[list[int | None]]:
        """Return from when to when each move is set aside: first until it has answers, then while a case is frozen."""
        found: dict[int, list[int | None]] = {move: [None, None] for move in moves.tolist()}
        table = self.tables["parked"]
        table = table[table["move"].isin(found)].drop_duplicates(["move", "begin"])
        times = zip(self.tenths(table["begin"]), self.tenths(table["end"]), strict=True)
        for move, reason, (begin, end) in zip(table["move"].tolist(), table["reason"], times, strict=True):
            if reason == "answers":
                found[move][:2] = [begin, end]
            else:
                found[move] += [begin, end]
        return list(found.values())

    def frozen(self) -> list[list[Any]]:
        """Return which cases are frozen, and between whom."""
        table = self.tables["frozen"]
        columns = (
            table["case"].tolist(),
            self.owner(table["raised_by"]),
            self.owner(table["against"]),
            self.tenths(table["begin"]),
            self.tenths(table["end"]),
        )
        return [list(row) for row in zip(*columns, strict=True)]

    def trust(self) -> list[list[Any]]:
        """Return the trust of every pair that is planned to deal with each other as each working day ends."""
        table = self.tables["relations_daily"]
        first = int(self.begin // DAY)
        table = table[(table["day"] >= first) & (table["day"] < first + DAYS)]
        one, other = (np.array(self.owner(table[name])) for name in ("from", "to"))
        low, high = np.minimum(one, other), np.maximum(one, other)
        keys = {"low": low, "high": high, "day": table["day"].to_numpy(), "trust": table["trust"].to_numpy()}
        means = pd.DataFrame(keys).groupby(["low", "high", "day"])["trust"].mean().unstack("day")
        return [
            [int(i), int(j), *plains(row * 100.0, 0)] for (i, j), row in zip(means.index, means.to_numpy(), strict=True)
        ]

    def busy(self) -> list[list[Any]]:
        """Return how many are at work in each hour of the week, by owner."""
        table = self.tables["busy"]
        table = table[table["week"] == self.index]
        found = np.zeros((len(self.owners), HOURS))
        whose = [self.owners[name] for name in table["department"].astype(object)]
        found[whose, table["hour"].to_numpy()] = table["busy"].to_numpy()
        return [plains(line, 1) for line in found]

    def cases(self) -> dict[str, list[Any]]:
        """Return the finished cases that touch the week: what each spent its time on, piece by piece."""
        paths = self._paths()
        table = self.tables["cases"]
        table = table[table["case"].isin(paths)]
        processes = _numbers(table["process"], tuple(self.scenario.processes))
        times = (self.tenths(table[name], np.inf) for name in ("arrival", "target", "served"))
        rows = zip(table["case"].tolist(), processes, *times, strict=True)
        digits = hour_digits(self.scenario) + 1
        return {str(case): [*one, list(_joined(paths[case], digits))] for case, *one in rows}

    def _paths(self) -> dict[int, list[Piece]]:
        """Return by case when each piece ends, of which part it is, in which department, and how many open hours."""
        table = self.tables["timelines"]
        ends, parts = self.tenths(table["end"], np.inf), _numbers(table["part"], PARTS)
        pieces = zip(ends, parts, self.owner(table["department"]), table["open"].tolist(), strict=True)
        found: dict[int, list[Piece]] = {}
        for case, piece in zip(table["case"].tolist(), pieces, strict=True):
            found.setdefault(case, []).append(piece)
        return found


def _joined(path: list[Piece], digits: int) -> Iterator[list[Any]]:
    """Yield the pieces of a path, those that follow upon each other with the same part and department as one."""
    for (part, department), pieces in groupby(path, key=lambda piece: piece[1:3]):
        same = list(pieces)
        yield [same[-1][0], part, department, plain(sum(piece[3] for piece in same), digits)]


def _numbers(names: pd.Series, known: Sequence[str]) -> list[int]:
    place = places(known)
    return [place[name] for name in names.astype(object)]

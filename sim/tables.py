"""The tables of results, by name: what each holds, from where, and what its columns are called.

Every table is tidy: a row for each combination of its keys, a column for each of its other columns. A table with one
key is indexed by it; of one with several, all keys are columns. A new table is an entry here: it is made for every
replication, kept, put together, averaged for comparisons, described and written into files without being named again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim import frames, log, moneyweeks
from sim.measures import (
    SPLITS,
    ledger_of,
    measures_of,
    places_rows,
    process_ledger_rows,
    timeline_rows,
    utilization_rows,
)
from sim.outcome import Outcome
from sim.pairs import daily_relations_rows, relations_rows, weekly_relations_rows
from sim.released import releases_rows
from sim.vocab import LEDGER_PARTS, UNFINISHED, CaseCount, CaseHours, Counted, Kind, Tally
from sim.weekly import weekly_rows
from sim.words import Text, words

if TYPE_CHECKING:
    import pandas as pd

_TEXTS = words("columns")

Rows = frames.Rows
Over = Literal["mean", "bands", ""]
"""How replications become one number: the mean, the mean with an interval, or not at all."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its numbers are."""

    name: str
    dtype: Literal["whole", "number", "yes or no", "name"]
    unit: str = ""
    part: bool = False
    """Whether it is a part of the ledger."""
    called: str = ""
    """Where its words are found if not under its name, because another table has a column of this name."""

    @property
    def scale(self) -> Literal["any", "positive", "share"]:
        """What numbers it can hold."""
        return "share" if self.unit == "share" else "positive"

    @property
    def label(self) -> Text:
        """What people call it."""
        if self.part:
            return _part_called(self.name.removeprefix("ledger_"))
        label: Text = _TEXTS.COLUMNS.get(self.called or self.name) or _composed(self.name)
        return label


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its keys, its further columns, and what makes it of a replication.

    Attributes
    ----------
    name
        What it is asked for by, and what files are called.
    keys
        The columns by which its rows are told apart; the replication comes before them.
    columns
        The others; of a table `by_name` they are as many as the scenario has measures.
    rows
        What makes its rows of a replication.
    over
        How replications become one number in a comparison.
    full
        Whether only a run that keeps everything has it.
    asked
        Whether only a run has it that was asked for it by name.
    """

    name: str
    keys: tuple[Column, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Outcome], Rows]
    over: Over = "mean"
    full: bool = False
    asked: bool = False
    by_name: bool = False

    @property
    def meaning(self) -> Text:
        """What it holds."""
        meaning: Text = _TEXTS.TABLES[self.name]
        return meaning

    @property
    def every(self) -> tuple[Column, ...]:
        """All its columns, keys first."""
        return (REPLICATION, *self.keys, *self.columns)


def _part_called(part: str) -> Text:
    called: Text = words("terminal").PARTS[part]
    return called


def _composed(name: str) -> Text:
    """Return what a column is called that is one of many of its sort: a kind of work, or a cell of the ledger."""
    if name.startswith("hours_"):
        said: Text = _TEXTS.HOURS_OF.format(kind=words("terminal").KINDS[name.removeprefix("hours_")])
        return said
    context = next(one for one in _TEXTS.CONTEXTS if name.startswith(f"{one}_"))
    activity = _part_called(name.removeprefix(f"{context}_"))
    cell: Text = _TEXTS.CELL.format(context=_TEXTS.CONTEXTS[context], activity=activity)
    return cell


REPLICATION = Column("replication", "whole")
CASE, PROCESS, STEP = Column("case", "whole"), Column("process", "name"), Column("step", "name")
MOVE, MEETING, BEGIN = Column("move", "whole"), Column("meeting", "whole"), Column("begin", "number", "hours")
AWAITED, HOUR = Column("awaited", "name"), Column("hour", "whole")
DAY, WEEK, DEPARTMENT = Column("day", "whole"), Column("week", "whole"), Column("department", "name")
FROM, TO = Column("from", "name"), Column("to", "name")
RELEASE, NUMBER = Column("release", "name"), Column("number", "whole", called="number_of_release")


def _all(dtype: Literal["whole", "number", "yes or no", "name"], unit: str, names: str) -> tuple[Column, ...]:
    return tuple(Column(name, dtype, unit) for name in names.split())


def _counted(counters: type[Counted]) -> tuple[Column, ...]:
    return tuple(Column(one.column, one.dtype, one.unit) for one in counters)


def _parts(names: Iterable[str]) -> tuple[Column, ...]:
    return tuple(Column(name, "number", "hours", part=True) for name in names)


def _one_row(found: dict[str, float]) -> Rows:
    return {name: np.array([value]) for name, value in found.items()}


def _split(name: str) -> Callable[[Outcome], Rows]:
    return lambda outcome: _one_row(ledger_of(outcome, name))


def _open_by_process(outcome: Outcome) -> Rows:
    return process_ledger_rows(outcome, "ledger_open")


_OPEN_PARTS = tuple(part for part in LEDGER_PARTS if part != "closed")
_CELLS = _all("number", "hours", " ".join(frames.CELLS))
_OF_WEEKS = (
    *_all("whole", "", "days"),
    *_all("number", "", "queue"),
    *_all("number", "hours", "open own work answers rework disputes"),
)
_OF_CASES = (
    *_all("name", "", "process"),
    *_all("number", "hours", "arrival promise target served finish"),
    *_all("yes or no", "", "on_time_promise on_time_target"),
    *_counted(CaseCount),
    *_parts(f"ledger_{part}" for part in LEDGER_PARTS),
    *_counted(CaseHours),
    *_all("number", "", "complexity"),
    *_all("number", "share", "scope"),
)
_OF_DAYS = (
    *_all("whole", "", "queue busy staff vacant"),
    *_all("number", "hours", "waiting_hours"),
    *_all("number", "share", "productivity"),
    *_counted(Tally),
    *_all("number", "share", "trust trust_in_approvers understanding"),
    *(Column(f"hours_{kind.name.lower()}", "number", "hours") for kind in Kind),
)
_OF_RELEASES = (
    *_all("number", "hours", "cut_off date went"),
    *_all("whole", "", "items left"),
)
_ROUTE = (Column("from", "name", called="sender"), Column("to", "name", called="asked"))
_OF_MOVES = (
    *_ROUTE,
    *_all("name", "", "kind"),
    *_all("whole", "", "case"),
    *_all("name", "", "process step"),
    *_all("number", "hours", "sent received begun"),
    *_all("name", "", "worked_by"),
    *_all("number", "hours", "ended"),
    *_all("name", "", "how"),
    *_all("whole", "", "parent"),
)
_OF_PARKED = (
    *_all("whole", "", "case"),
    *_all("name", "", "department process step reason"),
    *_all("number", "hours", "end answered"),
)
_OF_FROZEN = (
    *_all("number", "hours", "end"),
    *_all("name", "", "raised_by against process step cause"),
    *_all("whole", "", "tier"),
    *_all("name", "", "settled"),
)
_OF_MEETINGS = (
    *_all("number", "hours", "begin"),
    *_all("number", "minutes", "minutes"),
    *_all("name", "", "intervention"),
    Column("answered", "whole", called="answered_there"),
    Column("settled", "whole", called="settled_there"),
)
_OF_TIMELINES = (
    *_all("number", "hours", "end"),
    *_all("name", "", "part"),
    Column("activity", "name", called="doing"),
    *_all("name", "", "department kind process step"),
    *(Column(name, "number", "hours", called=f"hours_{name}") for name in ("open", "tax", "closed")),
)
_OF_MONEY = _all("number", "money", " ".join(moneyweeks.COLUMNS))
_STANDING = _all("number", "share", "trust understanding")

TABLES: dict[str, Table] = {
    one.name: one
    for one in (
        Table("measures", (), (), lambda outcome: _one_row(measures_of(outcome)), by_name=True),
        *(
            Table(name, (), _parts((*(LEDGER_PARTS if name == "ledger" else _OPEN_PARTS), UNFINISHED)), _split(name))
            for name in SPLITS
        ),
        Table("process_ledger", (PROCESS,), _parts((*LEDGER_PARTS, UNFINISHED)), process_ledger_rows),
        Table("process_ledger_open", (PROCESS,), _parts((*_OPEN_PARTS, UNFINISHED)), _open_by_process),
        Table(
            "timeline",
            (WEEK,),
            (*_all("number", "share", "on_time_target"), *_all("number", "", "backlog conflicts"),
             *_all("number", "share", "trust")),
            timeline_rows,
            "bands",
        ),
        Table(
            "relations",
            (FROM, TO),
            (*_all("number", "share", "trust_start trust understanding_start understanding"),
             *_all("whole", "", "dealings"), *_all("number", "per week", "planned")),
            relations_rows,
        ),
        Table(
            "weekly",
            (WEEK, DEPARTMENT),
            _OF_WEEKS,
            weekly_rows,
        ),
        Table("utilization", (DEPARTMENT,), _all("number", "share", "utilization"), utilization_rows),
        Table("places", (PROCESS, STEP), _parts(LEDGER_PARTS), places_rows),
        Table("cases", (CASE,), _OF_CASES, frames.cases_rows, "", full=True),
        Table("case_ledger", (CASE,), _CELLS, frames.case_ledger_rows, "", full=True),
        Table("releases", (RELEASE, NUMBER), _OF_RELEASES, releases_rows, "", full=True),
        Table("daily", (DAY, DEPARTMENT), _OF_DAYS, frames.daily_rows, "", full=True),
        Table(
            "events",
            (CASE,),
            (*_all("name", "", "activity department kind"), *_all("number", "hours", "start end")),
            frames.events_rows,
            "",
            full=True,
            asked=True,
        ),
        *(
            Table(name, keys, columns, rows, "", full=True, asked=True)
            for name, keys, columns, rows in (
                ("moves", (MOVE,), _OF_MOVES, log.moves_rows),
                ("parked", (MOVE, BEGIN, AWAITED), _OF_PARKED, log.parked_rows),
                ("frozen", (CASE, BEGIN), _OF_FROZEN, log.frozen_rows),
                ("meetings", (MEETING, DEPARTMENT), _OF_MEETINGS, log.meetings_rows),
                ("timelines", (CASE, BEGIN), _OF_TIMELINES, log.timelines_rows),
                ("busy", (WEEK, DEPARTMENT, HOUR), (Column("busy", "number", called="at_work"),), log.busy_rows),
            )
        ),
        Table("money", (WEEK,), _OF_MONEY, moneyweeks.money_rows, "", full=True, asked=True),
        Table("relations_weekly", (WEEK, FROM, TO), _STANDING, weekly_relations_rows, "", full=True, asked=True),
        Table("relations_daily", (DAY, FROM, TO), _STANDING, daily_relations_rows, "", full=True, asked=True),
    )
}  # fmt: skip
"""Every table of a run, in the order in which people meet them."""

SUMMARY = tuple(name for name, one in TABLES.items() if not one.full)
"""The tables of which many replications are kept."""

COMPARED = tuple(name for name in SUMMARY if name != "weekly")
"""The same of an alternative: week by week only what is there now is looked at."""

EVERYTHING = tuple(name for name, one in TABLES.items() if not one.asked)
"""The tables of a run that keeps everything; logs and relations over time are kept where asked for."""

FOLLOWED = {"week": "relations_weekly", "day": "relations_daily"}
"""The tables of relations over time, by how often they are written down."""

LOGGED = ("moves", "parked", "frozen", "meetings", "timelines", "busy")
"""The tables of the log of all that happens."""


Makers = Mapping[str, Callable[[], "pd.DataFrame"]]
"""What makes tables, by their names."""


class WhenAsked(Mapping[str, "pd.DataFrame"]):
    """Tables by name, each of which is made when it is first asked for.

    Parameters
    ----------
    makers
        What makes each of them; it is forgotten with all that it holds once it was called.
    made
        Those that are there already; they come first.
    """

    def __init__(self, makers: Makers, made: Mapping[str, pd.DataFrame] | None = None) -> None:
        self._made = dict(made or {})
        self._names = (*self._made, *makers)
        self._makers = dict(makers)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table."""
        if name not in self._names:
            raise KeyError(name)
        if name not in self._made:
            self._made[name] = self._makers[name]()
            del self._makers[name]
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a table, without making it."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)


class HasTables:
    """What has tables by name, each of which is an attribute as well."""

    tables: Mapping[str, pd.DataFrame]

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a table by its name."""
        if not name.startswith("_") and name != "tables" and name in self.tables:
            return self.tables[name]
        known = "" if name.startswith("_") or name == "tables" else f" (tables: {', '.join(self.tables)})"
        raise AttributeError(f"{type(self).__name__} has no '{name}'{known}")


def kept_of(outcome: Outcome, names: Sequence[str]) -> dict[str, Rows]:
    """Return the rows of some tables of one replication."""
    return {name: TABLES[name].rows(outcome) for name in names}


def put_together(name: str, kept: Sequence[Rows], numbers: Sequence[int]) -> pd.DataFrame:
    """Return one table of many replications.

    Parameters
    ----------
    name
        The table.
    kept
        Its rows in each replication.
    numbers
        The numbers of the replications.
    """
    import pandas as pd  # takes longer to load than one replication to run

    table = TABLES[name]
    columns = list(kept[0]) if kept else [one.name for one in table.every[1:]]
    lengths = [len(next(iter(rows.values()))) for rows in kept]
    replications = np.repeat(np.array(numbers, dtype=np.int64), lengths)
    stacked = {column: _stacked([rows[column] for rows in kept]) for column in columns}
    frame = pd.DataFrame(stacked, copy=table.by_name)  # large tables are not copied once more
    if not table.keys:
        return frame.set_index(pd.Index(replications, name=REPLICATION.name))
    frame.insert(0, REPLICATION.name, replications)
    return frame


def _stacked(columns: Sequence[Any]) -> Any:
    """Return one column of many replications."""
    import pandas as pd

    if not columns:
        return np.array([], dtype=float)
    if isinstance(columns[0], frames.Named):
        codes = np.concatenate([one.codes for one in columns])
        categories: Any = np.array(columns[0].names, dtype=object)
        return pd.Categorical.from_codes(codes, categories=categories)
    if isinstance(columns[0], frames.Answered):
        yes, missing = (np.concatenate([getattr(one, part) for one in columns]) for part in ("yes", "missing"))
        return pd.arrays.BooleanArray(yes, missing)
    return np.concatenate(columns)

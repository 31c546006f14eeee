"""The log that a run would have left behind in a ticket system: who had which case on the desk, from when to when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.eventlog.log import EventLog
from sim.frames import KINDS
from sim.results import RunResult
from sim.scenario import Scenario
from sim.spec.base import text_of
from sim.spec.nearest import did_you_mean
from sim.spec.sites import called_at
from sim.vocab import WEEK
from sim.words import Text, words

texts = words("logsout")
kinds_of_work = words("terminal").KINDS

BOOKED = ("work", "rework", "triage")
"""What a ticket system notes down: work, work on a defect, and that somebody found the case not to be theirs."""

WORKED = tuple(kind for kind in KINDS if kind != "external")
"""All that departments do; waiting for somebody outside is no event."""

CALENDAR = "UTC"

EPOCH = dt.datetime(2001, 1, 1)
"""The Monday at which a run without dates is said to begin."""

Kinds = Collection[str] | Literal["all"]
Whole = NDArray[np.int64]
Bools = NDArray[np.bool_]


def simulated(
    result: RunResult,
    replication: int | None = 0,
    kinds: Kinds = BOOKED,
    lang: str = "en",
    *,
    warmup: bool = True,
    until: float | None = None,
) -> EventLog:
    """Return the log that a run leaves behind.

    Activities are the labels of steps, and steps that share a label are one activity; groups are the labels of
    departments, with the site or the name where two share one. Who of a department did the work is not known. What a
    customer was promised is when a case is due. A case that is lost ends with its last event, as one does that is open
    when the log is taken; the column ``state`` of `cases` says which.

    Parameters
    ----------
    result : RunResult
        With the tables ``events`` and ``cases`` (`sim.run` with ``events=True``).
    replication : int, optional
        Which; None for all of them in one log, in which cases are called by replication and number, as in ``3-17``.
    kinds : collection of str, or "all"
        The kinds of work that are events. Answers, approvals, notices, negotiations and the like are activities of
        their own, called by the step and the kind.
    lang : {"en", "zh"}
        In which activities and groups are named.
    warmup : bool
        Whether cases that arrived before counting began are in it.
    until : float, optional
        The hour of the run at which the log is taken; its end, where nothing is said. What ends later is not known.

    Returns
    -------
    EventLog
        An event for each piece of work that had ended.

    Raises
    ------
    ValueError
        Where the run keeps no such tables, or there is no such kind or replication.

    Examples
    --------
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> log = sim.simulated(sim.run(short, events=True))
    >>> log.events["group"].cat.categories[:2].tolist()
    ['Customer service', 'Product']
    """
    _check(result, replication, kinds)
    scenario = result.scenario
    taken = scenario.weeks * WEEK if until is None else float(until)
    table, cases = _rows(result.events, replication), _rows(result.cases, replication)
    row = _row_of_case(table, cases)
    shown = table["kind"].isin(list(WORKED if kinds == "all" else kinds)).to_numpy()
    shown = shown & (table["end"].to_numpy() <= taken)
    if not warmup:
        shown = shown & (cases["arrival"].to_numpy() >= scenario.window[0])[row]
    order = np.flatnonzero(shown)
    start, end = table["start"].to_numpy()[order], table["end"].to_numpy()[order]
    ranked = np.lexsort((start, end, row[order]))
    order, start, end = order[ranked], start[ranked], end[ranked]
    seen: Bools = np.zeros(len(cases), dtype=bool)
    seen[row[order]] = True
    events = pd.DataFrame(
        {
            "case": (np.cumsum(seen) - 1)[row[order]],
            "activity": _activities(table, order, scenario, lang),
            "group": _called(table["department"], order, _groups(scenario, lang)),
            "resource": _category(np.full(len(order), -1), []),
            "start": start,
            "end": end,
        }
    )
    about = _about(scenario, cases[seen], taken, replication is None, lang)
    known = {"start", "group"} | {part for part in ("due", "priority") if about[part].notna().any()}
    return EventLog(scenario.name, events, about, _begin(scenario), CALENDAR, frozenset(known), taken, zoned=False)


def _check(result: RunResult, replication: int | None, kinds: Kinds) -> None:
    missing = [name for name in ("events", "cases") if name not in result.tables]
    if missing:
        raise ValueError(texts.NO_TABLES.format(found=", ".join(result.tables), missing=", ".join(missing)).en)
    for kind in () if kinds == "all" else kinds:
        if kind not in WORKED:
            facts: dict[str, Any] = {"found": kind, "hint": did_you_mean(kind, WORKED), "known": ", ".join(WORKED)}
            raise ValueError(texts.NO_KIND.format(**facts).en)
    first = int(result.manifest["first_replication"])
    last = first + int(result.manifest["replications"]) - 1
    if replication is not None and not first <= replication <= last:
        known = str(first) if first == last else f"{first}–{last}"
        raise ValueError(texts.NO_REPLICATION.format(found=replication, known=known).en)


def _rows(table: pd.DataFrame, replication: int | None) -> pd.DataFrame:
    return table if replication is None else table[table["replication"].to_numpy() == replication]


def _row_of_case(table: pd.DataFrame, cases: pd.DataFrame) -> Whole:
    """Return in which row of cases each event's case is: they are numbered from nought in each replication."""
    numbers = cases["replication"].to_numpy()
    there, first = np.unique(numbers, return_index=True)
    row: Whole = first[np.searchsorted(there, table["replication"].to_numpy())] + table["case"].to_numpy()
    return row


def _activities(table: pd.DataFrame, order: Whole, scenario: Scenario, lang: str) -> pd.Categorical:
    """Return what is done, by label of the step and, where it is something else than the step itself, by kind."""
    labels = {
        f"{process}/{step}": text_of(one.label, step).get(lang)
        for process, flow in scenario.processes.items()
        for step, one in flow.steps.items()
    }
    kinds, steps = table["kind"].cat.categories, table["activity"].cat.categories
    names = [
        label if kind in (*BOOKED, "external") else _other(label, kind, lang)
        for label in map(labels.__getitem__, steps)
        for kind in kinds
    ]
    codes = table["activity"].cat.codes.to_numpy()[order].astype(np.int64) * len(kinds)
    return _categories(codes + table["kind"].cat.codes.to_numpy()[order], names)


def _other(label: str, kind: str, lang: str) -> str:
    return texts.OTHER_WORK.format(step=label, kind=kinds_of_work[kind]).get(lang)


def _called(column: pd.Series, order: Whole, labels: dict[str, str]) -> pd.Categorical:
    return _categories(column.cat.codes.to_numpy()[order], [labels[name] for name in column.cat.categories])


def _categories(codes: Any, names: list[str]) -> pd.Categorical:
    """Return a column of names, each of which is there once, in order, and only where it occurs."""
    known = sorted(set(names))
    places = {name: place for place, name in enumerate(known)}
    coded = np.array([places[name] for name in names], dtype=int)[codes]
    return _category(coded, known).remove_unused_categories()


def _category(codes: Any, names: list[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(np.asarray(codes, dtype=np.int64), categories=pd.Index(names, dtype="str"))


def _groups(scenario: Scenario, lang: str) -> dict[str, str]:
    """Return what queues are called: as short as it can be with no two alike."""
    owners = [(owner, *owner.split(".")) for owner in scenario.pools()]
    plain = {
        name: text_of(scenario.departments[where].pools[pool[0]].label if pool else one.label, (pool or [where])[0])
        for name, where, *pool in owners
        for one in (scenario.departments[where],)
    }
    sited = {name: called_at(scenario.departments[name], name) if "." not in name else plain[name] for name in plain}
    told: dict[str, Text] = plain
    for longer in (sited, {name: texts.NAMED.format(label=sited[name], name=name) for name in plain}):
        often = Counter(label.get(lang) for label in told.values())
        told = {name: longer[name] if often[label.get(lang)] > 1 else label for name, label in told.items()}
    return {name: label.get(lang) for name, label in told.items()}


def _about(scenario: Scenario, cases: pd.DataFrame, taken: float, several: bool, lang: str) -> pd.DataFrame:
    """Return the cases: what each is called, when it is due, how urgent it is, and what became of it."""
    names = cases["case"].to_numpy().astype(str)
    if several:
        names = np.char.add(np.char.add(cases["replication"].to_numpy().astype(str), "-"), names)
    urgent = cases["urgent"].to_numpy(dtype=bool)
    classes = [texts.USUAL.get(lang), texts.URGENT.get(lang)]
    states = [texts.OPEN.get(lang), texts.DONE.get(lang), texts.LOST.get(lang)]
    done = cases["finish"].to_numpy() <= taken
    state = np.where(cases["lost"].to_numpy(dtype=bool), 2, done)
    found = pd.DataFrame(
        {
            "case": names.astype(object),
            "due": cases["target"].to_numpy(dtype=np.float64),
            "priority": _category(np.where(urgent.any(), urgent, -1), classes),
            "state": _category(state, states),
        }
    )
    if several:
        found["replication"] = cases["replication"].to_numpy()
    if len(scenario.processes) > 1:
        labels = {name: text_of(flow.label, name).get(lang) for name, flow in scenario.processes.items()}
        found["process"] = _called(cases["process"], np.arange(len(cases)), labels)
    return found


def _begin(scenario: Scenario) -> dt.datetime:
    """Return the Monday at midnight at which the run begins; counting begins at its date, after the warm-up."""
    if scenario.starts_on is None:
        return EPOCH
    return dt.datetime.fromisoformat(str(scenario.starts_on)) - dt.timedelta(hours=scenario.window[0])

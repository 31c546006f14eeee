"""Minutes: what was answered and settled in the meetings of a week, and what is still open between those present."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.frames import KINDS, Rows, names_of, places_of
from sim.live import LiveOrganization
from sim.log.conflicts import CAUSES, Conflicts
from sim.log.gatherings import answers, meetings_rows, settlements
from sim.log.moves import HOW, Moves
from sim.outcome import Outcome, harvest
from sim.scenario import Scenario, examined
from sim.spec.findings import TextError
from sim.templates.moments import hour_of_week
from sim.vocab import WEEK, Kind
from sim.words import words

if TYPE_CHECKING:
    import pandas as pd

texts = words("templates")

ASKED = (Kind.CONSULT, Kind.APPROVE)
CONFLICT = "conflict"
"""What an open action is called that is no question: a quarrel that is not settled."""


@dataclass(frozen=True, eq=False)
class Minutes:
    """The minutes of the meetings of a week; times in hours of the run.

    Attributes
    ----------
    meetings : DataFrame
        A row for each: ``meeting`` (its number in the run), ``begin``, ``minutes``, ``intervention``, ``present``, and
        how many questions and approvals were ``answered`` and conflicts ``settled``.
    answered : DataFrame
        A row for each answer: ``meeting``, ``case``, ``process``, ``step``, ``kind`` (``consult`` or ``approve``),
        ``asked_by``, ``answered_by``, and since when it had waited (``sent``).
    settled : DataFrame
        A row for each conflict that was settled: ``meeting``, ``case``, ``process``, ``step``, ``raised_by``,
        ``against``, ``cause``, and when it broke out (``begin``).
    open : DataFrame
        A row for each thing that still waited between those present when the meeting was over: ``meeting``, ``case``,
        ``process``, ``step``, ``kind`` (``consult``, ``approve`` or ``conflict``), its ``owner`` (who was asked, or
        both sides), ``asked_by``, and ``since`` when.

    Examples
    --------
    >>> import sim
    >>> from sim.templates import minutes
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> found = minutes(short.with_interventions(["daily_standup"]), week=2)
    >>> bool(found.open["owner"].notna().all())
    True
    """

    meetings: pd.DataFrame
    answered: pd.DataFrame
    settled: pd.DataFrame
    open: pd.DataFrame


def minutes(scenario: Scenario, week: int = 0, seed: int = 1, replication: int = 0) -> Minutes:
    """Return the minutes of all meetings of a week of a run.

    Parameters
    ----------
    scenario : Scenario
        What is run, with an intervention that holds meetings.
    week : int, optional
        The week of the horizon; 0 is the first.
    seed, replication : int, optional
        Which luck, as for `sim.run`.

    Returns
    -------
    Minutes
        Its tables; they are empty where no meeting was held in that week.

    Raises
    ------
    TextError
        If no intervention of the scenario holds meetings, or the week lies outside of the run.

    Examples
    --------
    >>> import sim
    >>> from sim.templates import minutes
    >>> short = sim.load("order_delivery", {"warmup_weeks": 0, "horizon_weeks": 4})
    >>> found = minutes(short.with_interventions(["daily_standup"]), week=2)
    >>> len(found.meetings), len(found.answered) == int(found.meetings.answered.sum())
    (5, True)
    """
    scenario = examined(scenario)
    begin = hour_of_week(scenario, week)
    model = LiveOrganization(scenario, seed, replication, log=True)
    if not len(model.compiled.params.meetings):
        raise TextError(texts.NO_MEETING)
    while model.hours < min(begin + WEEK, model.end):
        model.step()
    outcome = harvest(model.compiled, model.machine, replication, log=model.log, turned=model.settings.turned)
    return _minutes(outcome, begin)


def _minutes(outcome: Outcome, begin: float) -> Minutes:
    seats = _frame(meetings_rows(outcome))
    seats = seats[(seats["begin"] >= begin) & (seats["begin"] < begin + WEEK)]
    held = _meetings(seats)
    answered = _frame(_answered(outcome))
    settled = _frame(_settled(outcome))
    answered, settled = (
        frame[frame["meeting"].isin(held["meeting"])].reset_index(drop=True) for frame in (answered, settled)
    )
    for name, frame in (("answered", answered), ("settled", settled)):
        held[name] = held["meeting"].map(frame["meeting"].value_counts()).fillna(0).astype(int)
    return Minutes(held, answered, settled, _open(outcome, seats, held))


def _frame(rows: Rows) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({name: list(column) for name, column in rows.items()}, columns=list(rows))


def _meetings(seats: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each meeting, with everybody present."""
    first = seats.groupby("meeting", sort=True)
    held: pd.DataFrame = first[["begin", "minutes", "intervention"]].first().reset_index()
    held["present"] = [", ".join(seats["department"][rows]) for _, rows in sorted(first.groups.items())]
    return held


def _of_moves(outcome: Outcome, places: Any) -> Rows:
    """Return which questions some moves are, and who asked."""
    sent = Moves.of(outcome).sent[places]
    return {
        "case": sent["case"].astype(np.int64),
        **places_of(outcome, sent["step"]),
        "kind": names_of(KINDS, sent["kind"]),
        "asked_by": names_of(outcome.compiled.pools, sent["other"]),
    }


def _answered(outcome: Outcome) -> Rows:
    meeting, places = answers(outcome)
    sent = Moves.of(outcome).sent[places]
    return {
        "meeting": meeting,
        **_of_moves(outcome, places),
        "answered_by": names_of(outcome.compiled.pools, sent["department"]),
        "sent": sent["end"],
    }


def _settled(outcome: Outcome) -> Rows:
    meeting, begun = settlements(outcome)
    return {"meeting": meeting, **_of_conflicts(outcome, begun), "begin": begun["end"]}


def _of_conflicts(outcome: Outcome, begun: Any) -> Rows:
    pools = outcome.compiled.pools
    return {
        "case": begun["case"].astype(np.int64),
        **places_of(outcome, begun["step"]),
        "raised_by": names_of(pools, begun["department"]),
        "against": names_of(pools, begun["other"]),
        "cause": names_of(CAUSES, begun["more"]),
    }


def _open(outcome: Outcome, seats: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Return what still waited between those present when each meeting was over, the oldest first."""
    import pandas as pd

    found = [
        part.assign(meeting=number)
        for number, begin in zip(held["meeting"], held["begin"], strict=True)
        for part in _open_after(outcome, number, begin, seats["department"][seats["meeting"] == number])
    ]
    columns = ["meeting", "case", "process", "step", "kind", "owner", "asked_by", "since"]
    if not found:
        return pd.DataFrame(columns=columns)
    table = pd.concat(found, ignore_index=True)[columns]
    return table.sort_values(["meeting", "since", "case"], kind="stable", ignore_index=True)


def _open_after(outcome: Outcome, meeting: int, begin: float, present: pd.Series) -> list[pd.DataFrame]:
    pools = outcome.compiled.pools
    here = np.isin(pools, list(present))
    questions = _open_questions(outcome, meeting, begin, here)
    conflicts = Conflicts.of(outcome)
    begun, over = conflicts.begun, np.where(conflicts.open, np.inf, conflicts.over["end"])
    begun = begun[(begun["end"] <= begin) & (over > begin) & here[begun["department"]] & here[begun["other"]]]
    quarrels = _frame(_of_conflicts(outcome, begun))
    sent = Moves.of(outcome).sent[questions]
    found = [
        _frame(_of_moves(outcome, questions)).assign(
            owner=[pools[one] for one in sent["department"]], since=sent["end"]
        ),
        quarrels.assign(
            kind=CONFLICT,
            owner=[f"{one}, {other}" for one, other in zip(quarrels["raised_by"], quarrels["against"], strict=True)],
            asked_by=quarrels["raised_by"],
            since=begun["end"],
        ),
    ]
    return [one for one in found if len(one)]


def _open_questions(outcome: Outcome, meeting: int, begin: float, here: Any) -> Any:
    """Return the questions between those present that were open when a meeting was over."""
    moves = Moves.of(outcome)
    sent, (ended, how) = moves.sent, moves.endings
    number, places = answers(outcome)
    answered = np.full(len(sent), -1)
    answered[places] = number
    later = np.isnan(ended) | (ended > begin) | ((how == HOW.index("in_meeting")) & (answered > meeting))
    asked = np.isin(sent["kind"], ASKED) & (sent["end"] < begin) & (sent["other"] >= 0)
    return np.flatnonzero(asked & later & here[sent["department"]] & here[sent["other"]])

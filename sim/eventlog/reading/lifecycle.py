"""Events that are written down when they begin and again when they end, made one."""

from __future__ import annotations

import pandas as pd

from sim.words import Text, words

texts = words("logread")

_BEGINS = ("start", "started", "begin", "开始", "resume")
_ENDS = ("complete", "completed", "end", "finish", "完成", "结束")


def paired(events: pd.DataFrame, notes: list[Text]) -> pd.DataFrame:
    """Return the events of rows that say what of an event they are.

    The k-th start of an activity in a case belongs to its k-th completion. What has no other half is a completion at
    its time. Where anything is completed, rows of other transitions (scheduled, assigned, suspended) are left out.

    Parameters
    ----------
    events
        With the column ``transition``.
    notes
        To which is added what was done.
    """
    said = events["transition"].astype(str).str.strip().str.casefold()
    events = events.drop(columns="transition").assign(start=events.get("start", pd.Series(pd.NaT, events.index)))
    starts, ends = said.isin(_BEGINS[:-1]), said.isin(_ENDS)
    if not ends.any():
        notes.append(texts.NO_COMPLETIONS)
        return events
    others = ~(starts | ends)
    if others.any():
        notes.append(texts.OTHER_TRANSITIONS.format(count=int(others.sum())))
    if not starts.any():
        return events[~others]
    events = events.sort_values("end", kind="stable")
    same = ["instance"] if "instance" in events else []
    halves = []
    for which in (starts, ends):
        half = events[which.reindex(events.index)]
        number = half.groupby(["case", "activity", *same], observed=True, dropna=False).cumcount()
        halves.append(half.assign(number=number))
    begun, done = halves
    keys = ["case", "activity", *same, "number"]
    began = begun.rename(columns={"end": "began", "row": "begun"})[[*keys, "began", "begun"]]
    done = done.merge(began, on=keys, how="left")
    done["start"] = done["start"].fillna(done["began"].where(done["began"] <= done["end"]))
    alone = begun[~begun["row"].isin(done["begun"])]
    late = int((done["began"] > done["end"]).sum())
    notes.append(texts.PAIRED.format(count=int(done["begun"].notna().sum()) - late, rows=len(done)))
    if len(alone):
        notes.append(texts.STARTS_ALONE.format(count=len(alone)))
    both = pd.concat([done.drop(columns=["began", "begun", "number"]), alone.drop(columns="number")])
    return both.sort_values("row", kind="stable")

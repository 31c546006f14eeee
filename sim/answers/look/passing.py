"""Who passes cases to whom, how long they wait then, and how many people are seen where."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pandas as pd

from sim.eventlog.counted import codes_of, groups_of, steps_of
from sim.eventlog.log import EventLog
from sim.vocab import WEEK

PARTS = re.compile(r"\W+")
"""What stands between the parts of a name."""


def passes(log: EventLog) -> pd.DataFrame:
    """Return who passes to whom.

    Returns
    -------
    DataFrame
        ``from``, ``to``, ``handoffs``, ``share`` (of all), ``back`` (how many of them come straight back),
        ``wait_mean`` and ``wait_median`` (hours from the end of the event before to the begin of the next, or to its
        end where no begin is known); the most frequent first.
    """
    steps, names = steps_of(log), log.events["group"].cat.categories.astype(str)
    group = codes_of(log.events["group"])
    after = np.flatnonzero(steps.changed)
    here, there = group[after - 1], group[after]
    follows = np.append(steps.case[after][1:] == steps.case[after][:-1], False)
    back = follows & (np.append(there[1:], -2) == here)
    table = pd.DataFrame({"from": here, "to": there, "back": back, "wait": steps.gap[after]})
    found = table.groupby(["from", "to"]).agg(
        handoffs=("wait", "size"), back=("back", "sum"), wait_mean=("wait", "mean"), wait_median=("wait", "median")
    )
    found = found.reset_index().sort_values(["handoffs", "from", "to"], ascending=[False, True, True])
    for side in ("from", "to"):
        found[side] = [names[code] if code >= 0 else "" for code in found[side]]
    found.insert(3, "share", found["handoffs"] / max(len(after), 1))
    return found.reset_index(drop=True)


def people_by_week(log: EventLog) -> pd.DataFrame:
    """Return by group how many people are seen in a week in which any is, and how many events each of them has.

    Returns
    -------
    DataFrame
        ``group``, ``people_per_week``, ``events_per_person`` (a week); empty where no people are known.
    """
    if "resource" not in log.known:
        return pd.DataFrame({"group": [], "people_per_week": [], "events_per_person": []})
    week = (log.events["end"].to_numpy() // WEEK).astype(np.int64)
    table = pd.DataFrame({"group": groups_of(log), "resource": log.events["resource"].astype(object), "week": week})
    found = table[table["resource"].notna()].groupby(["group", "week"])["resource"].agg(["nunique", "size"])
    sums = found.groupby("group").agg(people=("nunique", "sum"), events=("size", "sum"), weeks=("nunique", "size"))
    return pd.DataFrame(
        {
            "group": sums.index,
            "people_per_week": (sums["people"] / sums["weeks"]).to_numpy(),
            "events_per_person": (sums["events"] / sums["people"]).to_numpy(),
        }
    )


def people(log: EventLog) -> pd.DataFrame:
    """Return who is seen where.

    Returns
    -------
    DataFrame
        ``resource``, ``events``, ``groups`` (different ones), ``main`` (the group where most of it is) and
        ``main_share`` (how much of it); those with most events first; empty where no people are known.
    """
    if "resource" not in log.known:
        return pd.DataFrame({"resource": [], "events": [], "groups": [], "main": [], "main_share": []})
    pairs = pd.DataFrame({"resource": log.events["resource"].astype(object), "group": groups_of(log)})
    counts = pairs.dropna().groupby(["resource", "group"]).size().rename("events").reset_index()
    counts = counts.sort_values(["events", "group"], ascending=[False, True])
    sums = counts.groupby("resource")["events"].agg(["sum", "size", "max"])
    main = counts.drop_duplicates("resource").set_index("resource")["group"]
    found = pd.DataFrame(
        {
            "resource": sums.index.astype(str),
            "events": sums["sum"].to_numpy(),
            "groups": sums["size"].to_numpy(),
            "main": main.reindex(sums.index).astype(str).to_numpy(),
            "main_share": (sums["max"] / sums["sum"]).to_numpy(),
        }
    )
    return found.sort_values(["events", "resource"], ascending=[False, True], ignore_index=True)


def alike(names: pd.Series) -> list[list[str]]:
    """Return names that are one but for letters, blanks, signs, or the order of their parts."""
    told = {str(name): " ".join(sorted(PARTS.sub(" ", str(name).casefold()).split())) for name in names}
    several = {key for key, count in Counter(told.values()).items() if count > 1 and key}
    return [[name for name, key in told.items() if key == one] for one in sorted(several)]

"""Who comes nearer to what came, in sentences: verdicts, what tells why, and numbers by method."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

import pandas as pd

from sim.answers.judge.answer import Judgment
from sim.answers.judge.baselines import FLOOR, RANDOM, REPLAY
from sim.answers.judge.deptsim import DEPTSIM
from sim.answers.judge.distances import DISTANCES
from sim.answers.judge.judged import TEST
from sim.words import Text, phrases, words
from sim.words.numbers import MISSING, digits, percentage

texts = words("judge")

REASONS = {
    "ngd": ("events", "handoffs", "returns", "ping_pong_share"),
    "aed": ("arrivals_per_week",),
    "ced": (),
    "red": ("cycle_mean", "events"),
    "ctd": ("cycle_q10", "cycle_q50", "cycle_q90"),
}
"""Figures that tell why a distance is large."""

APART = 0.1
"""Share of what came by which a figure is off before it is said to tell why."""


class Told:
    """What is said of a judgment.

    Parameters
    ----------
    found
        The judgment.
    """

    def __init__(self, found: Judgment) -> None:
        self.found = found
        self.protocols: list[str] = [
            one for one in found.about["protocols"] if one in set(found.tables["splits"]["protocol"])
        ]

    def rows(self, table: str, protocol: str) -> pd.DataFrame:
        """Return what a table has of a protocol."""
        every = self.found.tables[table]
        return every[every["protocol"] == protocol]

    def row(self, protocol: str, measure: str, method: str) -> pd.Series | None:
        """Return the distance of a method, if it has one."""
        every = self.rows("distances", protocol)
        mine = every[(every["measure"] == measure) & (every["method"] == method)]
        return None if mine.empty or pd.isna(mine.iloc[0]["mean"]) else mine.iloc[0]

    def against(self, protocol: str, method: str, direction: int) -> list[pd.Series]:
        """Return distances in which a method is nearer (-1) or farther (1) than replay, by more than luck."""
        found = [self.row(protocol, measure, method) for measure in DISTANCES]
        return [
            one
            for one in found
            if one is not None and pd.notna(one["sure"]) and one["sure"] and one["difference"] * direction > 0
        ]

    def count(self, protocol: str) -> int:
        """Return how many distances there are."""
        return sum(self.row(protocol, measure, REPLAY) is not None for measure in DISTANCES)

    def repeated(self, protocol: str) -> bool:
        """Tell whether luck is known."""
        return len(self.rows("splits", protocol)) > 1

    def smaller(self, protocol: str, method: str) -> int:
        """Return in how many distances a method is nearer than replay, by luck or not."""
        rows = [self.row(protocol, measure, method) for measure in DISTANCES]
        return sum(one is not None and one["difference"] < 0 for one in rows)

    # verdicts

    def verdict(self, protocol: str) -> Iterator[Text]:
        """Say in which distances it is nearer than replay, in which farther, and by how much."""
        facts = {"protocol": texts.PROTOCOL[protocol], "count": self.count(protocol)}
        if not any(self.row(protocol, measure, DEPTSIM) is not None for measure in DISTANCES):
            wrong = self.rows("errors", protocol)
            why = str(wrong["said"].iloc[0]) if len(wrong) else MISSING
            yield texts.PAGE["NONE_LEARNED"].format(why=why, **facts)
            return
        if not self.repeated(protocol):
            yield texts.PAGE["ONCE"].format(better=self.smaller(protocol, DEPTSIM), **facts)
            yield from self._at_floor(protocol)
            return
        nearer, farther = (self.against(protocol, DEPTSIM, direction) for direction in (-1, 1))
        rest = facts["count"] - len(nearer) - len(farther)
        yield texts.PAGE["BOTH_WAYS"].format(better=len(nearer), worse=len(farther), rest=rest, **facts)
        for template, ones in (("NEARER", nearer), ("FARTHER", farther)):
            if ones:
                yield texts.PAGE[template].format(which=phrases(self._amount(one) for one in ones))
        yield from self._at_floor(protocol)

    def _at_floor(self, protocol: str) -> Iterator[Text]:
        """Say in which distances nothing can be expected to be nearer than deptsim, or than replay, is."""
        for template, method in (("AT_FLOOR", DEPTSIM), ("REPLAY_AT_FLOOR", REPLAY)):
            found = [one for one in DISTANCES if self._is_at_floor(protocol, one, method)]
            if found:
                yield texts.PAGE[template].format(which=phrases(texts.MEASURE[one] for one in found))

    def _is_at_floor(self, protocol: str, measure: str, method: str) -> bool:
        row, floor = (self.row(protocol, measure, one) for one in (method, FLOOR))
        return row is not None and floor is not None and bool(row["mean"] <= floor["mean"])

    def _amount(self, row: pd.Series) -> Text:
        theirs = row["mean"] - row["difference"]
        share = row["difference"] / theirs if theirs > 0 else float("nan")
        change = texts.PAGE["LESS" if share < 0 else "MORE"].format(share=percentage(abs(share)))
        facts = {"ours": digits(row["mean"]), "theirs": digits(theirs)}
        return texts.PAGE["ONE"].format(measure=texts.MEASURE[row["measure"]], change=change, **facts)

    def about_replay(self, protocol: str) -> Iterator[Text]:
        """Say what replay is, and how good it is itself."""
        worse = len(self.against(protocol, RANDOM, 1))
        yield texts.PAGE["NO_REPLAY"]
        if worse:
            yield texts.PAGE["REPLAY_RANDOM"].format(better=worse, count=self.count(protocol))

    def published(self) -> Iterator[Text]:
        """Say how often the best published figure is beaten."""
        table, name = self.found.tables["published"], self.found.about["published_log"]
        if table.empty or "published" not in self.protocols:
            return
        best = table.groupby("measure")["mean"].min()
        beaten = {
            method: sum(
                row is not None and row["mean"] < best[measure]
                for measure in DISTANCES
                for row in [self.row("published", measure, method)]
            )
            for method in (DEPTSIM, REPLAY)
        }
        yield texts.PAGE["BEATS_PUBLISHED"].format(
            log=name, several=table["method"].nunique(), count=len(best), ours=beaten[DEPTSIM], replays=beaten[REPLAY]
        )

    # why

    def why(self) -> list[Text]:
        """Say where it loses, and what tells why; or that it does nowhere."""
        found = [sentence for protocol in self.protocols for sentence in self.reasons(protocol)]
        return found or [texts.PAGE["WHY_NOWHERE"]]

    def reasons(self, protocol: str) -> Iterator[Text]:
        """Say for each distance in which it loses which counted figures are off."""
        which = texts.PROTOCOL_IN[protocol] if len(self.protocols) > 1 else Text("", "")
        for row in self.against(protocol, DEPTSIM, 1):
            facts = {"measure": texts.MEASURE[row["measure"]], "protocol": which}
            wanted: tuple[str, ...] = REASONS[str(row["measure"])]
            figures = [one for one in map(self._figure(protocol), wanted) if one is not None]
            if figures:
                yield texts.PAGE["WHY_ONE"].format(figures=phrases(figures), **facts)
            else:
                yield texts.PAGE["WHY_UNKNOWN"].format(**facts)

    def _figure(self, protocol: str) -> Callable[[str], Text | None]:
        rows = self.rows("figures", protocol)

        def told(measure: str) -> Text | None:
            means = rows[rows["measure"] == measure].set_index("method")["mean"]
            if TEST not in means or DEPTSIM not in means or REPLAY not in means:
                return None
            truth, ours, replay = (float(means[one]) for one in (TEST, DEPTSIM, REPLAY))
            if abs(ours - truth) <= max(APART * abs(truth), abs(replay - truth)):
                return None
            facts = {"truth": digits(truth), "ours": digits(ours), "replay": digits(replay)}
            return texts.PAGE["WHY_FIGURE"].format(figure=texts.MEASURE[measure], **facts)

        return told

    # numbers

    def distances(self, protocol: str) -> Iterator[Text]:
        """Say each distance by method."""
        theirs = self.found.tables["published"]
        for measure in DISTANCES:
            said = self._values(self.rows("distances", protocol), measure)
            known = theirs[theirs["measure"] == measure]
            if protocol == "published" and len(known):
                low, high = (known.loc[known["mean"].agg(which)] for which in ("idxmin", "idxmax"))
                said.append(
                    texts.PAGE["PUBLISHED_VALUE"].format(
                        low=digits(low["mean"]), best=low["method"], high=digits(high["mean"]), worst=high["method"]
                    )
                )
            facts = {"measure": texts.MEASURE[measure], "unit": texts.UNIT[measure]}
            yield texts.PAGE["DISTANCE"].format(values=phrases(said), **facts)

    def figures(self, protocol: str) -> Iterator[Text]:
        """Say what was counted, by method, and what came."""
        rows = self.rows("figures", protocol)
        for measure in rows["measure"].unique():
            said = self._values(rows, measure)
            yield texts.PAGE["FIGURE"].format(measure=texts.MEASURE[measure], values=phrases(said))

    def _values(self, rows: pd.DataFrame, measure: str) -> list[Text]:
        """Return what a measure is by method, where it is known."""
        known = rows[(rows["measure"] == measure) & rows["mean"].notna()]
        return [self._value(row, texts.METHOD[row["method"]]) for _, row in known.iterrows()]

    def _value(self, row: pd.Series, method: Text) -> Text:
        spread = pd.notna(row["sd"]) and row["sd"] > 0
        template = texts.PAGE["VALUE_SD" if spread else "VALUE"]
        return template.format(method=method, mean=digits(row["mean"]), sd=digits(row["sd"]) if spread else "")

    # how

    def traps(self) -> Iterator[Text]:
        """Say what makes the comparison weak; each once."""
        table = self.found.tables["traps"]
        for key, mine in table.groupby(["trap", "count"], sort=False, dropna=False):
            trap, count = cast(tuple[str, float], key)
            share = mine["share"].iloc[0]
            yield texts.TRAP[trap].format(
                count=f"{count:,.0f}" if pd.notna(count) else MISSING,
                share=percentage(float(share)) if pd.notna(share) else MISSING,
            )

    def method(self) -> Iterator[Text]:
        """Say how it was found."""
        about = self.found.about
        for protocol in self.protocols:
            rows = self.rows("splits", protocol)
            facts = {"share": percentage(about["share"]), "logs": about["logs"], "repeats": len(rows)}
            facts |= {"first": percentage(rows["share"].min()), "last": percentage(rows["share"].max())}
            yield texts.PAGE[f"HOW_{protocol}"].format(**facts)
            yield self._parts(rows)
        yield from (texts.PAGE[one] for one in ("LUCK", "FLOOR", "LIBRARY", "COUNTED"))
        for source in self.found.tables["published"]["source"].unique():
            yield texts.PAGE["PUBLISHED_SOURCE"].format(source=source)
        if not about["groups"]:
            yield texts.PAGE["NO_GROUPS"]
        if not about["starts"]:
            yield texts.PAGE["NO_STARTS"]
        times = self.found.tables["times"]
        mine = times[times["method"] == DEPTSIM]["seconds"]
        if len(mine):
            yield texts.PAGE["SECONDS"].format(seconds=digits(float(mine.mean())))

    def _parts(self, rows: pd.DataFrame) -> Text:
        facts = {
            "train": f"{rows['train_cases'].max():,}", "test": f"{rows['test_cases'].max():,}",
            "events": f"{rows['test_events'].max():,}", "weeks": digits(float(rows["weeks"].max())),
        }  # fmt: skip
        if rows["train_cases"].nunique() == 1:
            return texts.PAGE["PARTS"].format(**facts)
        least = {
            "train_low": f"{rows['train_cases'].min():,}", "test_low": f"{rows['test_cases'].min():,}",
            "weeks_low": digits(float(rows["weeks"].min())),
        }  # fmt: skip
        return texts.PAGE["PARTS_BETWEEN"].format(**facts, **least)

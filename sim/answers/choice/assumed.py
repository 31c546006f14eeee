"""What choosing a bundle means while nobody knows the assumptions: its regret, and when it fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from sim.answers.choice.asked import Asked
from sim.answers.choice.bundles import NOW, Bundle
from sim.answers.choice.chosen import Chosen
from sim.answers.choice.discovery import COLUMNS, Found, Worlds, discover
from sim.answers.choice.prim import Quality
from sim.answers.choice.regret import WORLD, Enough, regret_table, worlds_table
from sim.answers.choice.worlds import Drawn, drawn_of, worlds_experiment
from sim.answers.room import Room
from sim.interventions import INTERVENTIONS
from sim.scenario.uncertain import assumptions_of
from sim.spec.findings import TextError
from sim.words import words

texts = words("whenfails")

EACH = 3
"""Replications of every bundle in a world: few, as their luck is the same in all worlds, and there are many."""

MOST_TRIED = 5
"""Bundles that go through the worlds, the chosen ones first."""

_ANEW = 2
"""By how much the seed of the worlds in which a box is checked is larger; the next larger is that of fresh runs."""

_FAILING = ["bundle", "outcome", "kind", "share", "share_low", "share_high", "density", "density_low", "density_high"]
_FAILING += ["coverage", "coverage_low", "coverage_high", "mass", "p", "density_found", "coverage_found", "checked_in"]
_LIMITS = ["bundle", *COLUMNS]


class WorldsError(TextError):
    """A sentence about a number of worlds that cannot be drawn."""


def check_worlds(worlds: int) -> None:
    """Refuse a number of worlds that cannot be drawn.

    Raises
    ------
    WorldsError
        If it is 1, or no number of worlds at all.
    """
    if isinstance(worlds, bool) or not isinstance(worlds, int) or worlds < 0 or worlds == 1:
        raise WorldsError(texts.FEW_WORLDS.format(found=worlds))


def enough_asked(asked: Asked, zone: float) -> Enough:
    """Return what is good enough: a gain of the indifference zone, or a target where there is one.

    Both are said in points of a share and told as a share.
    """
    per = 100.0 if asked.spec.unit == "share" else 1.0
    target = None if asked.rule.reach is None else asked.rule.reach / per
    return Enough(zone / per, target, asked.spec.better == "higher")


def assumed_tables(
    asked: Asked, chosen: Chosen, front: pd.DataFrame, zone: float, room: Room
) -> dict[str, pd.DataFrame]:
    """Return what bundles come to in drawn worlds, by table.

    Parameters
    ----------
    asked, chosen, front, zone
        What is asked, what was selected, what is on the Pareto front, and by which indifference zone.
    room
        Where it is run.

    Returns
    -------
    dict
        ``worlds`` (`regret.worlds_table`), ``regret`` (`regret.regret_table`), ``assumptions`` (a row for each: its
        range, and where it is), ``values`` (a row for each world, a column for each assumption), ``failing`` (a row for
        each chosen bundle: `discovery.Found`), ``limits`` (a row for each limit of it), ``left_out_worlds``.
    """
    best = _firsts(asked, chosen)
    tried = [*best, *_others(asked, chosen, front, best)][:MOST_TRIED]
    if not tried or not asked.rule.worlds:
        return _none()
    enough = enough_asked(asked, zone)
    looked = _drawn(asked, tried, "worlds", asked.seed, room)
    told = best or tried[:1]
    anew = _drawn(asked, told, "worlds_anew", (asked.seed + _ANEW) % 2**63, room)
    runs = looked.runs[asked.spec.name]
    worlds = worlds_table(runs, enough)
    found = {one.code: _failing(one, enough, looked, anew, asked.spec.name) for one in told}
    return {
        "worlds": worlds,
        "regret": regret_table(runs, enough, seed=asked.seed),
        "assumptions": _assumptions(asked, tried),
        "values": looked.values.reset_index(),
        "failing": pd.DataFrame([_told(code, one) for code, one in found.items()], columns=_FAILING),
        "limits": pd.DataFrame(_limits(found), columns=_LIMITS),
        "left_out_worlds": _left_out({"worlds": looked, "worlds_anew": anew}),
    }


def _firsts(asked: Asked, chosen: Chosen) -> list[Bundle]:
    """Return the bundles that are chosen, each once, without the one in which there is nothing."""
    codes = {ones[0].code for ones in chosen.bundles.values()} - {NOW}
    return [one for one in asked.offer.bundles if one.code in codes]


def _others(asked: Asked, chosen: Chosen, front: pd.DataFrame, best: Sequence[Bundle]) -> list[Bundle]:
    """Return what they are compared with: what else is told or on the front, what brings most first."""
    known = {one.code: one for one in asked.offer.bundles if one not in best and one.code != NOW}
    told = [one.code for one in chosen.told]
    rows = front[front["on_front"].astype(bool) | front["bundle"].isin(told)]
    if asked.spec.name in rows:
        rows = rows.sort_values(asked.spec.name, ascending=asked.spec.better == "lower", kind="stable")
    return [known[code] for code in rows["bundle"] if code in known]


def _none() -> dict[str, pd.DataFrame]:
    """Return the tables where there is nothing to be tried in worlds, or nobody wants it."""
    empty = {"worlds": ["world", "bundle"], "regret": ["bundle"], "assumptions": ["assumption"], "values": ["world"]}
    rest = {"failing": _FAILING, "limits": _LIMITS, "left_out_worlds": ["experiment", "worlds", "refused", "unlike"]}
    return {name: pd.DataFrame(columns=columns) for name, columns in {**empty, **rest}.items()}


def _drawn(asked: Asked, tried: Sequence[Bundle], name: str, seed: int, room: Room) -> Drawn:
    about = (asked.scenario, tried, asked.rule.worlds, EACH, asked.measures, seed)
    return drawn_of(room.ran(name, worlds_experiment(*about)), asked.scenario, tried, [asked.spec.name])


def _failing(one: Bundle, enough: Enough, looked: Drawn, anew: Drawn, measure: str) -> Found:
    """Return when a bundle fails; doses of what is not in it cannot matter."""
    idle = {*INTERVENTIONS} - {each.kind for each in one.interventions}
    columns = [name for name in anew.values.columns if name.partition(".")[0] not in idle]
    return discover(*(_worlds(drawn, one, enough, columns, measure) for drawn in (looked, anew)))


def _worlds(drawn: Drawn, one: Bundle, enough: Enough, columns: Sequence[str], measure: str) -> Worlds:
    rows = worlds_table(drawn.runs[measure], enough)
    good = rows[rows["bundle"] == one.code].set_index(WORLD)["good_enough"].astype(bool)
    return Worlds(drawn.values.loc[good.index, list(columns)], ~good)


def _told(code: str, found: Found) -> dict[str, Any]:
    row: dict[str, Any] = {"bundle": code, "outcome": found.outcome, "kind": found.kind, "mass": found.mass}
    for name in ("share", "density", "coverage"):
        one = getattr(found, name)
        row |= {name: one.mean, f"{name}_low": one.low, f"{name}_high": one.high}
    looked: Quality | None = found.looked
    row |= {"p": found.p, "checked_in": found.checked.cases if found.checked else 0}
    seen = {name: getattr(looked, name) if looked else float("nan") for name in ("density", "coverage")}
    return row | {f"{name}_found": value for name, value in seen.items()}


def _limits(found: dict[str, Found]) -> Iterator[dict[str, Any]]:
    for code, one in found.items():
        yield from ({"bundle": code, **{str(name): row[name] for name in COLUMNS}} for _, row in one.limits.iterrows())


def _assumptions(asked: Asked, tried: Sequence[Bundle]) -> pd.DataFrame:
    several = assumptions_of(asked.scenario, [one for bundle in tried for one in bundle.interventions])
    rows = [
        (one.place, one.label.en, one.label.zh, one.unit, one.low, one.high, one.here, one.stated) for one in several
    ]
    columns = ["assumption", "label_en", "label_zh", "unit", "low", "high", "here", "stated"]
    return pd.DataFrame(rows, columns=columns)


def _left_out(drawn: dict[str, Drawn]) -> pd.DataFrame:
    rows = [(name, len(one.values), one.refused, one.unlike) for name, one in drawn.items()]
    return pd.DataFrame(rows, columns=["experiment", "worlds", "refused", "unlike"])

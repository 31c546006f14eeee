"""A scenario in which what was fitted is known: a child of the file, on which comparisons and the page can go on.

It stands at the draw whose runs come nearest to the figures, as a whole: the middles of assumptions that are tied
together need not fit together. Of what the figures tell, the range is that between which nine of ten draws lie; all
else keeps its range. The figures themselves stand beside them, so that `--robust` leaves out combinations of values
that do not look like this organization, and `deptsim run` says whether they are met.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.experiments.ranges import ranges_of
from sim.scenario import Scenario
from sim.scenario.files import is_path, shipped
from sim.scenario.uncertain import Assumption, changes_at
from sim.scenario.writing import dump
from sim.spec.base import text_of
from sim.words import Text, series, words

if TYPE_CHECKING:
    from sim.answers.fit.fitting import Fit

texts = words("fitchild")

_DIGITS = 4
"""Significant digits of values and ends: more than anything about them is known."""

_LINE = re.compile(r"  (?P<place>[^:]+): \[.*\]")


def child_of(fit: Fit, parent: str | Path, file: Path, lang: str = "en") -> str:
    """Return the text of the child: only what differs from its parent, with what was fitted as a comment on top.

    Parameters
    ----------
    fit
        What was found.
    parent
        The scenario that was fitted, by shipped name or path.
    file
        Where the child will stand, from which its parent has to be found.
    lang
        Of the comments.
    """
    made = fitted(fit)
    body = dump(made, parent, called=_seen_from(file.parent, parent))
    before = {str(row["assumption"]): (row["prior_low"], row["prior_high"]) for _, row in _rows(fit)}
    lines = [_noted(line, before, lang) for line in body.splitlines() if not line.startswith("name: ")]
    head = "".join(f"# {line}\n" if line else "#\n" for line in _head(fit, parent, lang))
    return f"{head}{chr(10).join(lines)}\n"


def fitted(fit: Fit) -> Scenario:
    """Return the scenario at the draw that fits best, with ranges as narrow as the figures make them."""
    best = {str(row["assumption"]): float(row["value"]) for _, row in fit.tables["best"].iterrows()}
    known = ranges_of(fit.scenario, ())
    values = {place: _value(known[place], value) for place, value in best.items() if place in known}
    moved_to = {place: value for place, value in values.items() if _moved(known[place], value)}
    title = text_of(fit.scenario.title, fit.scenario.name)
    figures = {one.measure: [short(one.low), short(one.high)] for one in fit.asked}
    placed = {place: short(value) for place, value in changes_at(fit.scenario, moved_to).items()}
    moved = fit.scenario.changed({**placed, **moved_to, "ranges": _none(fit.scenario), "expected": None})
    usual = ranges_of(moved, ())
    wanted = dict(_ranges(fit, values, usual))
    met = fit.tables["best_figures"].set_index("measure")["fits"]
    alike = {name: ends for name, ends in figures.items() if met[name]}
    kept = {place: list(ends) for place, ends in fit.scenario.ranges.items() if place not in {*best, *figures}}
    return moved.changed(
        {
            "title": texts.TITLE.format(title=title).by_language(),
            "ranges": {**kept, **wanted, **alike},
            "expected": {"measures": {name: {"band": ends} for name, ends in figures.items()}},
        }
    )


def _moved(one: Assumption, value: float) -> bool:
    """Tell whether a value is another than that of the file, and not just written with fewer digits."""
    return abs(value - one.here) > 1e-3 * (one.high - one.low)


def _none(scenario: Scenario) -> dict[str, None]:
    """Return what takes all ranges away, which the values would have to lie in."""
    return dict.fromkeys(scenario.ranges)


def _rows(fit: Fit) -> Iterator[tuple[Any, pd.Series]]:
    yield from fit.tables["posterior"].iterrows()


def _ranges(
    fit: Fit, values: Mapping[str, float], usual: Mapping[str, Assumption]
) -> Iterator[tuple[str, list[float]]]:
    """Yield the ranges that have to be written down: narrower ones, and those that would not be the same without."""
    for _, row in _rows(fit):
        place, prior = str(row["assumption"]), (float(row["prior_low"]), float(row["prior_high"]))
        here = values[place]
        if row["identified"]:
            low = max(prior[0], _rounded(float(row["low"]), ROUND_FLOOR))
            high = min(prior[1], _rounded(float(row["high"]), ROUND_CEILING))
            yield place, [short(min(low, here)), short(max(high, here))]
        elif place not in usual or not _alike(prior, (usual[place].low, usual[place].high)):
            yield place, [short(prior[0]), short(prior[1])]


def _alike(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < 1e-6 * max(abs(a), abs(b), 1e-3) for a, b in zip(one, other, strict=True))


def _value(one: Assumption, value: float) -> float | int:
    """Return a value with few digits, within its range."""
    return round(value) if one.whole else short(min(one.high, max(one.low, short(value))))


def short(value: float) -> float:
    """Return a number with as many digits as values and ends are written with."""
    return float(f"{value:.{_DIGITS}g}")


def _rounded(value: float, way: str) -> float:
    """Return a number with few digits, down or up."""
    exact = Decimal(repr(value))
    return value if not exact else float(exact.quantize(Decimal(1).scaleb(exact.adjusted() - _DIGITS + 1), way))


def _seen_from(folder: Path, parent: str | Path) -> str:
    """Return what leads from a folder to a scenario."""
    if isinstance(parent, str) and parent in shipped() and not is_path(parent):
        return parent
    try:
        return Path(os.path.relpath(parent, folder)).as_posix()
    except ValueError:  # on another drive
        return Path(parent).absolute().as_posix()


def _noted(line: str, before: Mapping[str, tuple[float, float]], lang: str) -> str:
    """Return the line of a range with what it was before."""
    match = _LINE.fullmatch(line)
    if match is None or match["place"] not in before:
        return line
    low, high = (_plainly(end) for end in before[match["place"]])
    return f"{line}    # {texts.WAS.format(low=low, high=high).get(lang)}"


def _plainly(value: float) -> str:
    return f"{value:.4g}"


def _head(fit: Fit, parent: str | Path, lang: str) -> Iterator[str]:
    """Yield the lines of the comment on top: what was fitted, how, what the figures tell and what not."""
    name = parent if isinstance(parent, str) and not is_path(parent) else Path(parent).name
    facts = {"file": name, "runs": f"{fit.about['runs']:,}", "seed": fit.about["seed"]}
    yield texts.FITTED.format(**facts).get(lang)
    yield ""
    means = fit.tables["best_figures"].set_index("measure")
    for one in fit.asked:
        known = {"measure": one.measure, "low": _plainly(one.low), "high": _plainly(one.high)}
        yield texts.FIGURE.format(**known, mean=_plainly(float(means["mean"][one.measure]))).get(lang)
    if "survey" in fit.tables:
        yield texts.SURVEY.format(places=series(fit.tables["survey"]["assumption"].map(str))).get(lang)
    yield ""
    table = fit.tables["posterior"]
    told, rest = (int((table["identified"] == sign).sum()) for sign in (True, False))
    yield (texts.NEAR if fit.about.get("near") else texts.DRAW).get(lang)
    said: Text = texts.TOLD if told else texts.NOTHING_TOLD
    yield said.format(told=told, rest=rest).get(lang)
    if not fit.tables["best_figures"]["fits"].all():
        yield texts.NOT_MET.get(lang)

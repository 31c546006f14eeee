"""Before and after on one page: what the log shows, what the model says, what would have had to be true, and how."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from sim.answers.beforeafter.tables import ARRIVED, IDLE, UNCHANGED
from sim.report.answers.audit import needed_told
from sim.report.answers.audittold import Row, records, rows_of
from sim.report.answers.beforeafterfigure import draw_beforeafter
from sim.report.numbers import between
from sim.words import Text, series, words
from sim.words.numbers import digits, percent, signed

if TYPE_CHECKING:
    from sim.answers.beforeafter.beforeafter import BeforeAfter
    from sim.report.answers.page import Section

texts = words("beforeafter")
audit = words("audit")


def sections(answer: BeforeAfter, lang: str) -> list[Section]:
    """Return the page: the verdicts, what would have had to be true for each, what was compared, and the method."""
    pairs = told_of(answer, lang)
    needed = [(Text(row.label, row.label), list(_needed(answer, found, row))) for found, row in pairs]
    return [
        (texts.PAGE, list(_overview(answer, pairs, lang))),
        *needed,
        (texts.COMPARED, list(_compared(answer, pairs, lang))),
        (texts.METHOD, list(_method(answer, lang))),
    ]


def figures(answer: BeforeAfter, lang: str) -> Iterator[tuple[str, Figure]]:
    """Yield the picture of all figures."""
    yield "beforeafter", draw_beforeafter(answer, told_of(answer, lang), lang)


def told_of(answer: BeforeAfter, lang: str) -> list[tuple[dict[str, Any], Row]]:
    """Return each figure with its row of the audit, by which numbers are written."""
    rows = {row.name: row for row in rows_of(answer.audited, lang)}
    return [(one, rows[one["figure"]]) for one in records(answer.tables["figures"])]


def introduced_in(answer: BeforeAfter, lang: str) -> str:
    """Return what was introduced, by name."""
    return " + ".join(one[lang] for one in answer.about["called"])


def _overview(answer: BeforeAfter, pairs: list[tuple[dict[str, Any], Row]], lang: str) -> Iterator[str]:
    about = answer.about
    facts = {
        "introduced": introduced_in(answer, lang),
        "scenario": about["organization"][lang],
        "logs": series(about["logs"]),
    }
    text = texts.WHAT if about["since"] is None else texts.WHAT_SINCE
    yield text.format(since=about["since"], **facts).get(lang)
    for found, row in pairs:
        yield _each(found, row, lang)


def _each(found: Mapping[str, Any], row: Row, lang: str) -> str:
    """Return what is to be said of a figure."""
    if row.simulated is None:
        label = texts.FIGURES[found["figure"]]
        return str(texts.NOT_KNOWN.format(label=label, why=row.said("cannot")).get(lang))
    facts = {
        "label": row.label,
        "before": row.figure(found["before"]),
        "after": row.figure(found["after"]),
        "change": row.change(found["change"]),
        "span": row.span(found),
        "model": _model(found, row),
    }
    if found["reason"] == UNCHANGED:
        agreement = texts.AGREEMENT[found["agreement"]] if found["agreement"] else Text("", "")
        return str(texts.UNCHANGED.format(agreement=agreement, **facts).get(lang)).strip()
    return str(texts.CHANGED.format(verdict=_verdict(found, row), **facts).get(lang))


def _model(found: Mapping[str, Any], row: Row) -> Text:
    """Return what the model says, as far as it says anything."""
    worlds = {"low": found["worlds_low"], "high": found["worlds_high"]}
    if not math.isfinite(found["simulated"]):
        none: Text = texts.MODEL_NONE
        return none
    text: Text = texts.MODEL if all(map(math.isfinite, worlds.values())) else texts.MODEL_WRITTEN
    return text.format(simulated=row.change(found["simulated"]), worlds=row.span(worlds))


def _verdict(found: Mapping[str, Any], row: Row) -> Text:
    least = row.change(row.claimed)
    text = {"plausible": texts.PLAUSIBLE, "edge": texts.EDGE, "beyond": texts.BEYOND, "open": texts.OPEN}
    reason = texts.REASONS[found["reason"]].format(least=least)
    return text[found["verdict"]].format(least=least, reason=reason)


def _needed(answer: BeforeAfter, found: Mapping[str, Any], row: Row) -> Iterator[str]:
    """Yield what would have had to be true for what has changed for certain."""
    if row.simulated is not None and found["certain"] and found["reason"] not in (ARRIVED, IDLE):
        yield from needed_told(answer.audited, row)


def _compared(answer: BeforeAfter, pairs: list[tuple[dict[str, Any], Row]], lang: str) -> Iterator[str]:
    periods = records(answer.tables["periods"])
    for one in periods:
        facts = {name: one[name] for name in ("begin", "end", "weeks", "counted", "arrived")}
        yield texts.PERIOD.format(period=texts.PERIODS[one["period"]], **facts).get(lang)
    before, after = periods
    change, low, high = (before[f"arrivals_{name}"] for name in ("changed", "low", "high"))
    moved = bool(answer.about["arrivals"])
    text = texts.ARRIVALS_MOVED if moved else texts.ARRIVALS_SAME if low <= 0.0 <= high else texts.ARRIVALS_KEPT
    rates = {name: digits(one["arrivals_per_week"]) for name, one in (("before", before), ("after", after))}
    yield text.format(change=_percent(change, lang), span=_span(low, high, lang), **rates).get(lang)
    for found, row in pairs:
        if row.simulated is not None and math.isfinite(found["arrivals_alone"]):
            yield texts.ALONE.format(label=row.label, change=row.change(found["arrivals_alone"])).get(lang)


def _method(answer: BeforeAfter, lang: str) -> Iterator[str]:
    blocks = sorted({one["block_weeks"] for one in records(answer.tables["periods"])})
    yield texts.METHOD_CASES.get(lang)
    if not answer.about["starts"]:
        yield texts.NO_STARTS.get(lang)
    told = str(blocks[0]) if len(blocks) == 1 else between(str(blocks[0]), str(blocks[-1]), lang)
    yield texts.METHOD_WEEKS.format(blocks=told).get(lang)
    yield texts.METHOD_LEAST.format(count=len(answer.tables["figures"])).get(lang)
    yield texts.METHOD_OTHER.get(lang)
    facts = {name: answer.about[name] for name in ("replications", "each", "worlds", "seed")}
    yield audit.METHOD_RUNS.format(**facts).get(lang)


def _percent(value: float, lang: str) -> str:
    return str(percent(signed(value * 100.0)).get(lang))


def _span(low: float, high: float, lang: str) -> str:
    return str(percent(between(signed(low * 100.0), signed(high * 100.0), lang)).get(lang))

"""What a comparison found and why, as facts and in sentences: for the terminal, the sheet and the slide alike."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.report.marks import SMALL, verdict_of
from sim.report.numbers import changed, measured, span
from sim.spec.measures import MeasureSpec
from sim.study import verdicts
from sim.vocab import UNFINISHED
from sim.words import Text, words
from sim.words.numbers import signed

_TEXTS = words("reasons")
_TERMS = words("terminal")
_VERDICTS = words("verdicts")

WORTH = 0.5
"""Hours below which, at the usual pace, no part of the ledger is worth naming."""

PRICE = "coordination_hours"
"""What an alternative costs, in hours a week."""


@dataclass(frozen=True, slots=True)
class Best:
    """What the first headline measure that is defined says.

    Attributes
    ----------
    measure
        Which one that is.
    leading
        The alternative that does best in it, whatever the doubt.
    sure
        Whether that one is better beyond doubt.
    matters
        Whether the change is large enough to be worth anything.
    tested
        Whether anything could be tested: with one replication nothing can.
    gains
        Whether the leading one is better than now at all, whatever the doubt.
    now, mean, difference, low, high
        Without it and with it.
    price
        Hours of coordination a week more than now; NaN where that is not known.
    priced
        Whether the price differs from zero beyond doubt, or could not be tested.
    """

    measure: str
    leading: str
    sure: bool
    matters: bool
    tested: bool
    gains: bool
    now: float
    mean: float
    difference: float
    low: float
    high: float
    price: float
    priced: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """What one alternative does to the hours of a case.

    Attributes
    ----------
    lead
        Change of the lead time in hours; NaN where no case counts.
    doubtful
        Whether that cannot be told from zero.
    saved, added
        Parts of the ledger with the hours by which they shrink and grow, the largest first; small ones are left out.
    left_undone
        Whether the hours that fall away do so since cases are never finished.
    """

    lead: float
    doubtful: bool
    saved: tuple[tuple[str, float], ...]
    added: tuple[tuple[str, float], ...]
    left_undone: bool


def _say(text: Text, lang: str, **facts: Any) -> str:
    """Return a text in one language, with its facts."""
    return text.format(**facts).get(lang)


def best_of(headlines: pd.DataFrame, specs: Mapping[str, MeasureSpec]) -> Best | None:
    """Return what the first headline measure says about the best alternative; None where no measure is defined.

    Parameters
    ----------
    headlines
        The rows of the headline measures; the first that is defined decides what is best.
    specs
        What is known about measures.
    """
    known = headlines[headlines["difference"].notna()]
    if known.empty:
        return None
    name = str(known["measure"].iloc[0])
    rows = known[known["measure"] == name].sort_values(
        "difference", ascending=specs[name].better != "higher", kind="stable"
    )
    better = rows[rows["verdict"] == verdicts.BETTER]
    best = (rows if better.empty else better).iloc[0]
    small = not better.empty and verdict_of(best, specs[name]) == SMALL
    price = headlines[(headlines["measure"] == PRICE) & (headlines["alternative"] == best["alternative"])]
    return Best(
        measure=name,
        leading=str(best["alternative"]),
        sure=not better.empty,
        matters=not small,
        tested=bool((rows["verdict"] != verdicts.UNKNOWN).any()),
        gains=bool(best["difference"] > 0.0 if specs[name].better == "higher" else best["difference"] < 0.0),
        now=float(best["now"]),
        mean=float(best["mean"]),
        difference=float(best["difference"]),
        low=float(best["ci_low"]),
        high=float(best["ci_high"]),
        price=float(price["difference"].iloc[0]) if len(price) else math.nan,
        priced=bool(len(price)) and price["verdict"].iloc[0] != verdicts.UNCLEAR,
    )


def moved_by(ledger: pd.DataFrame, alternative: str, doubtful: bool = False, worth: float = WORTH) -> Moved:
    """Return what an alternative does to the hours of a case.

    Parameters
    ----------
    ledger
        Hours per case that counts, the first row as things are.
    alternative
        Which row to look at.
    doubtful
        Whether the change of the lead time cannot be told from zero.
    worth
        Hours below which no part is worth naming.
    """
    hours: dict[Any, dict[Any, Any]] = ledger.to_dict("index")
    before, after = hours[ledger.index[0]], hours.get(alternative, {})
    moved = {str(part): float(after.get(part, math.nan)) - float(before[part]) for part in before}
    ranked = sorted(moved.items(), key=lambda one: one[1])
    saved = tuple((part, change) for part, change in ranked if change <= -worth)
    added = tuple((part, change) for part, change in reversed(ranked) if change >= worth)
    undone = moved.get(UNFINISHED, 0.0) >= -sum(change for _, change in saved) / 2.0
    return Moved(sum(moved.values()), doubtful, saved, added, bool(saved) and undone)


def finding(
    headlines: pd.DataFrame, specs: Mapping[str, MeasureSpec], labels: Mapping[str, str], lang: str = "en"
) -> str:
    """Return what was found in one line that can stand above a picture: the best alternative and its price."""
    best = best_of(headlines, specs)
    if best is None:
        return _say(_TEXTS.FINDING_EMPTY, lang)
    spec = specs[best.measure]
    untested = _TEXTS.FINDING_UNTESTED if best.gains else _TEXTS.FINDING_UNTESTED_NONE
    text = _TEXTS.FINDING_NONE if best.tested else untested
    if best.sure:
        text = _TEXTS.FINDING if best.matters else _TEXTS.FINDING_SMALL
    alone = not best.sure and (best.tested or not best.gains)
    return _say(
        text,
        lang,
        label=labels.get(best.leading, best.leading),
        measure=spec.label.get(lang),
        now=measured(best.now, spec, lang, unit=alone),
        mean=measured(best.mean, spec, lang),
        price=_price(best, lang),
    )


def _price(best: Best, lang: str) -> str:
    if math.isnan(best.price) or best.measure == PRICE:
        return ""
    if not best.priced or abs(best.price) < 0.05:
        return _say(_TEXTS.PRICE_SAME, lang)
    text = _TEXTS.PRICE_MORE if best.price > 0 else _TEXTS.PRICE_LESS
    hours = abs(best.price)
    return _say(text, lang, hours=f"{hours:,.0f}" if hours >= 9.5 else f"{hours:.1f}")


def reasons(
    headlines: pd.DataFrame,
    ledger: pd.DataFrame,
    specs: Mapping[str, MeasureSpec],
    labels: Mapping[str, str],
    lang: str = "en",
    named: int = 2,
    worth: float = WORTH,
    doubtful: Collection[str] = (),
    parts: Mapping[str, Text] | None = None,
) -> list[str]:
    """Return one sentence about the best alternative, and for each what it saves and adds most.

    Parameters
    ----------
    headlines
        The rows of the headline measures; the first that is defined decides what is best.
    ledger
        Hours per case that counts, the first row as things are.
    specs
        What is known about measures.
    labels
        The alternatives to speak of, and what people call them.
    lang
        ``en`` or ``zh``.
    named
        How many parts a sentence names at most.
    worth
        Hours below which no part is worth naming: half an hour times the scenario's pace.
    doubtful
        The alternatives whose change of the lead time cannot be told from zero.
    parts
        What people call the parts of the ledger.
    """
    best = best_of(headlines[headlines["alternative"].isin(list(labels))], specs)
    found = [] if best is None else [_best(best, specs, labels, lang)]
    for name, label in labels.items():
        found.append(
            _why(moved_by(ledger, name, name in doubtful, worth), label, lang, named, worth, parts or _TERMS.PARTS)
        )
    return found


def _best(best: Best, specs: Mapping[str, MeasureSpec], labels: Mapping[str, str], lang: str) -> str:
    spec = specs[best.measure]
    now = measured(best.now, spec, lang)
    if not best.tested and not best.gains:
        return _say(_TEXTS.BEST_UNTESTED_NONE, lang, measure=spec.label.get(lang), now=now)
    if not best.tested:
        facts = {"label": labels[best.leading], "mean": measured(best.mean, spec, lang)}
        return _say(_TEXTS.BEST_UNTESTED, lang, measure=spec.label, now=now, **facts)
    if not best.sure:
        return _say(_TEXTS.BEST_NONE, lang, measure=spec.label.get(lang), now=now)
    return _say(
        _TEXTS.BEST,
        lang,
        measure=spec.label.get(lang),
        label=labels[best.leading],
        mean=measured(best.mean, spec, lang),
        now=now,
        change=changed(best.difference, spec, lang),
        span=span(best.low, best.high, spec, lang),
    )


def _why(moved: Moved, label: str, lang: str, named: int, worth: float, parts: Mapping[str, Text]) -> str:
    if not math.isfinite(moved.lead):
        return _say(_TEXTS.WHY_UNKNOWN, lang, label=label)
    return _say(
        _TEXTS.WHY,
        lang,
        label=label,
        lead=signed(moved.lead),
        doubt=_say(_TEXTS.WHY_DOUBT, lang, verdict=_VERDICTS.KEY[verdicts.UNCLEAR]) if moved.doubtful else "",
        saved=_saved(moved, lang, named, worth, parts),
        added=_added(moved, lang, named, worth, parts),
    )


def _saved(moved: Moved, lang: str, named: int, worth: float, parts: Mapping[str, Text]) -> str:
    """Say what is saved; hours that only fall away because cases are never finished are no savings."""
    if moved.left_undone:
        return _say(_TEXTS.WHY_LEFT_UNDONE, lang)
    if moved.saved:
        return _say(_TEXTS.WHY_SAVED, lang, parts=_parts(moved.saved[:named], lang, parts))
    return _say(_TEXTS.WHY_NOT_SAVED, lang, worth=spelled(worth, lang))


def _added(moved: Moved, lang: str, named: int, worth: float, parts: Mapping[str, Text]) -> str:
    if moved.added:
        return _say(_TEXTS.WHY_ADDED, lang, parts=_parts(moved.added[:named], lang, parts))
    return _say(_TEXTS.WHY_NOT_ADDED, lang, worth=spelled(worth, lang))


def _parts(moved: tuple[tuple[str, float], ...], lang: str, parts: Mapping[str, Text]) -> str:
    said = (_say(_TEXTS.PART, lang, part=parts[part], hours=signed(hours)) for part, hours in moved)
    return _say(_TEXTS.BETWEEN_PARTS, lang).join(said)


def spelled(hours: float, lang: str = "en") -> str:
    """Write a short time in words: half an hour, three minutes."""
    if abs(hours - 0.5) < 1e-9:
        return _say(_TEXTS.WORTH["half"], lang)
    one, many, count = ("minute", "minutes", hours * 60.0) if hours < 1.0 else ("hour", "hours", hours)
    rounded = float(f"{max(count, 1.0):.2g}")
    return _say(_TEXTS.WORTH[one if rounded == 1.0 else many], lang, count=f"{rounded:g}")

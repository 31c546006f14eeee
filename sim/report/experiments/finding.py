"""What each figure of an experiment finds, in one line above it; nothing is said that intervals do not say."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from sim.report.experiments.reading import Reading, Term
from sim.study import verdicts
from sim.study.statistics import ALPHA
from sim.words import Text, clauses, series, words
from sim.words.numbers import percentage

texts = words("effects")

FEW = 3
"""Names that a title has room for."""


def effects_title(found: Reading) -> str:
    """Return which factors change the first measure most, by organization where there are several."""
    measure = found.decides
    if not measure or found.rows(measure).empty:
        return found.say(texts.TITLE_UNDEFINED)
    if found.replications == 1:
        return found.say(texts.TITLE_ONE)
    if len(found.scenarios) > 1:
        if not any(len(leading(one, measure)) for _, one in found.apart()):
            return found.say(texts.TITLE_NOWHERE, measure=found.specs[measure].label, count=len(found.scenarios))
        places = [_place(one, measure) for _, one in found.apart()]
        return found.say(texts.TITLE_WHERE, measure=found.specs[measure].label, places=clauses(places).get(found.lang))
    return leading_title(found, measure)


def leading_title(found: Reading, measure: str) -> str:
    """Return which factors change a measure most in one organization, as far as intervals tell them apart."""
    label, lead = found.specs[measure].label, leading(found, measure)
    if lead.empty:
        pairs = found.certain(measure, 2)
        if pairs.empty:
            return found.say(texts.TITLE_NONE, measure=label)
        first = pairs.iloc[0]
        return found.say(texts.TITLE_PAIRS, measure=label, term=named(found, first["term"]), told=found.told(first))
    first, names = lead.iloc[0], [found.term(term) for term in lead["term"]]
    if len(lead) == 1:
        return found.say(texts.TITLE_MOST, term=names[0], measure=label, told=found.told(first))
    if len(lead) <= FEW:
        changes = series(found.change(float(row["mean"]), measure) for _, row in lead.iterrows())
        return found.say(texts.TITLE_BOTH, terms=quoted(found, names), measure=label, changes=changes)
    facts = {"term": names[0], "told": found.told(first), "count": len(lead) - 1}
    return found.say(texts.TITLE_FIRST, measure=label, **facts)


def leading(found: Reading, measure: str) -> pd.DataFrame:
    """Return the certain main effects that intervals do not tell from the largest one, the largest first.

    Of a factor with several levels that is one row: the level that does most.
    """
    sure = found.certain(measure, 1)
    if sure.empty:
        return sure
    least = min(abs(float(sure.iloc[0][name])) for name in ("low", "high"))
    most = sure[["low", "high"]].abs().max(axis=1)
    lead = sure[most >= least]
    return lead[~lead["term"].map(lambda term: term[0][0]).duplicated()]


def _place(found: Reading, measure: str) -> str:
    lead, scenario = leading(found, measure), next(iter(found.scenarios.values()))
    if lead.empty:
        return found.say(texts.PLACE_NONE, scenario=scenario)
    names = [found.term(term) for term in lead["term"]]
    first = f"{names[0]}, {found.change(float(lead.iloc[0]['mean']), measure)}" if len(names) == 1 else ""
    return found.say(texts.PLACE, terms=first or quoted(found, names[:FEW]), scenario=scenario)


def named(found: Reading, term: Term) -> Text:
    """Return the factors of an effect, as a sentence names them."""
    first, *rest = (found.part(*one) for one in term)
    told: Text = texts.TWO.format(first=first, second=rest[0]) if rest else texts.ONE.format(first=first)
    return told


def quoted(found: Reading, names: Iterable[str]) -> str:
    """Return names one after another, in Chinese each in quotation marks."""
    several = [f"“{name}”" for name in names] if found.lang == "zh" else list(names)
    return series(several).get(found.lang)


def half_normal_title(found: Reading, plotted: pd.DataFrame, measure: str) -> str:
    """Return which effects on a measure stand out from all others."""
    mine = plotted[plotted["measure"] == measure]
    out = [found.term(term) for term in mine["term"][mine["stands_out"]][::-1]]
    label = found.specs[measure].label
    if not out:
        return found.say(texts.STANDING_NONE, measure=label)
    if len(out) > FEW:
        return found.say(texts.STANDING_MANY, measure=label, count=len(out), all=len(mine))
    text = texts.STANDING_ONE if len(out) == 1 else texts.STANDING
    return found.say(text, terms=quoted(found, out), measure=label)


def scatter_title(found: Reading, shares: pd.DataFrame, measure: str) -> str:
    """Return which factor explains most of what points differ by, as far as intervals tell."""
    sure = shares[shares["p"] < ALPHA]
    label = found.specs[measure].label
    if sure.empty:
        return found.say(texts.EXPLAINS_NONE, measure=label)
    lead = sure[sure["high"] >= float(sure.iloc[0]["low"])]
    names = [found.factors[str(name)].label for name in lead["factor"]]
    if len(lead) == 1:
        told = {name: percentage(float(lead.iloc[0][name])) for name in ("share", "low", "high")}
        return found.say(texts.EXPLAINS, factor=names[0], measure=label, **told)
    told_all = series(share_told(found, row) for _, row in lead.iloc[:FEW].iterrows())
    return found.say(texts.EXPLAINS_BOTH, factors=quoted(found, names[:FEW]), measure=label, shares=told_all)


def share_told(found: Reading, row: pd.Series) -> str:
    """Write which share of the variance a factor explains, with its interval."""
    return found.say(texts.SHARE_OF, **{name: percentage(float(row[name])) for name in ("share", "low", "high")})


def map_title(found: Reading, signs: Iterable[str], down: str, measure: str) -> str:
    """Return where in a grid a factor helps and harms beyond doubt."""
    seen = list(signs)
    counts = {one: seen.count(one) for one in (verdicts.BETTER, verdicts.WORSE, verdicts.CHANGED)}
    facts = {
        "reference": found.leveled(down, found.factors[down].levels[0]),
        "measure": found.specs[measure].label,
        "all": len(seen),
        **counts,
    }
    if counts[verdicts.BETTER] and counts[verdicts.WORSE]:
        return found.say(texts.MAP_MIXED, **facts)
    for verdict, text in ((verdicts.BETTER, texts.MAP_BETTER), (verdicts.WORSE, texts.MAP_WORSE)):
        if counts[verdict]:
            return found.say(text, **facts)
    return found.say(texts.MAP_CHANGED if counts[verdicts.CHANGED] else texts.MAP_NONE, **facts)

"""What each figure of an experiment finds, in one line above it; nothing is said that intervals do not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from sim.report.experiments.reading import Reading, Term
from sim.study import verdicts
from sim.study.statistics import ALPHA
from sim.words import Text, clauses, phrases, series, words
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
        if len(found.scenarios) > FEW:
            return _counted(found, measure)
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
    first, names, rivals = lead.iloc[0], [found.term(term) for term in lead["term"]], rivals_of(found, lead)
    if not rivals and len(lead) == 1:
        return found.say(texts.TITLE_MOST, term=names[0], measure=label, told=found.told(first))
    if not rivals and len(lead) <= FEW:
        changes = series(found.change(float(row["mean"]), measure) for _, row in lead.iterrows())
        return found.say(texts.TITLE_BOTH, terms=quoted(found, names), measure=label, changes=changes)
    facts = {"term": names[0], "told": found.told(first), "count": len(lead) - 1 + rivals}
    return found.say(texts.TITLE_FIRST, measure=label, **facts)


def leading(found: Reading, measure: str) -> pd.DataFrame:
    """Return the certain main effects that intervals do not tell from the largest one, the largest first.

    Of a factor with several levels that is one row: the level that does most.
    """
    sure = found.certain(measure, 1)
    return sure if sure.empty else _each_factor(sure[_reach(sure) >= _surely(sure)])


def rivals_of(found: Reading, lead: pd.DataFrame) -> int:
    """Return how many other factors may do as much as the largest effect, though that they do anything is in doubt."""
    rows = found.rows(str(lead.iloc[0]["measure"]))
    main = rows[rows["order"] == 1]
    far = main[_reach(main) >= _surely(lead)]
    known = {term[0][0] for term in lead["term"]}
    return len({term[0][0] for term in far["term"]} - known)


def _reach(rows: pd.DataFrame) -> pd.Series:
    """Return how far effects reach from zero at most, as far as their intervals say."""
    return rows[["low", "high"]].abs().max(axis=1)


def _surely(rows: pd.DataFrame) -> float:
    """Return how large the first effect is at least."""
    return min(abs(float(rows.iloc[0][name])) for name in ("low", "high"))


def _each_factor(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows["term"].map(lambda term: term[0][0]).duplicated()]


def _counted(found: Reading, measure: str) -> str:
    """Return in how many organizations each factor does most, where they are too many to be named."""
    leads = [leading(one, measure) for _, one in found.apart()]
    ranked = [one for one in leads if len(one) == 1 and not rivals_of(found.of(str(one.iloc[0]["scenario"])), one)]
    counts = Counter(found.factors[one.iloc[0]["term"][0][0]].label for one in ranked)
    none = sum(one.empty for one in leads)
    places = [texts.PLACES.format(term=term, count=count) for term, count in counts.most_common()]
    if rest := len(leads) - len(ranked) - none:
        places.append(texts.PLACES_OPEN.format(count=rest))
    if none:
        places.append(texts.PLACES_NONE.format(count=none))
    facts = {"measure": found.specs[measure].label, "count": len(leads)}
    return found.say(texts.TITLE_COUNTED, places=phrases(places), **facts)


def _place(found: Reading, measure: str) -> str:
    lead, scenario = leading(found, measure), next(iter(found.scenarios.values()))
    if lead.empty:
        return found.say(texts.PLACE_NONE, scenario=scenario)
    names = [found.term(term) for term in lead["term"]]
    first = f"{names[0]}, {found.change(float(lead.iloc[0]['mean']), measure)}" if len(names) == 1 else ""
    text = texts.PLACE_OPEN if rivals_of(found, lead) or len(names) > FEW else texts.PLACE
    return found.say(text, terms=first or quoted(found, names[:FEW]), scenario=scenario)


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
    lead = shares[shares["high"] >= float(sure.iloc[0]["low"])]
    names = [found.factors[str(name)].label for name in lead["factor"]]
    if len(lead) == 1:
        told = {name: percentage(float(lead.iloc[0][name])) for name in ("share", "low", "high")}
        return found.say(texts.EXPLAINS, factor=names[0], measure=label, **told)
    if len(lead) > FEW or not (lead["p"] < ALPHA).all():
        first, share = found.factors[str(sure.iloc[0]["factor"])].label, share_told(found, sure.iloc[0])
        return found.say(texts.EXPLAINS_FIRST, factor=first, share=share, measure=label, count=len(lead) - 1)
    told_all = series(share_told(found, row) for _, row in lead.iterrows())
    return found.say(texts.EXPLAINS_BOTH, factors=quoted(found, names), measure=label, shares=told_all)


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

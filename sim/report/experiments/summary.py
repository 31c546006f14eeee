"""An experiment on one page, in sentences: what was asked, what is known beyond doubt, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sim.experiments.explained import explained
from sim.experiments.precision import replications_for
from sim.files import whole
from sim.report.experiments.curvefigure import curves_of
from sim.report.experiments.doses import curved, curves_title, dose_sentence, turned
from sim.report.experiments.drawnfigure import contrasts, drawn_title
from sim.report.experiments.finding import effects_title, quoted, scatter_title, share_told
from sim.report.experiments.gathered import reading_of
from sim.report.experiments.pairs import pair_sentence
from sim.report.experiments.reading import Reading
from sim.study import verdicts
from sim.study.statistics import ALPHA
from sim.words import Text, clauses, phrases, series, words

if TYPE_CHECKING:
    from sim.experiments.results import Results

texts = words("experimentsummary")
effect_texts = words("effects")

STRONGEST, PAIRS, MIXED = 3, 4, 4
"""Factors of a measure, pairs, and effects that are mixed up that are told; the others are counted."""

MANY = 100_000
"""Replications from which on their number is no plan any more."""

Section = tuple[Text, list[str]]
"""A heading, and the sentences below it."""


def summary(results: Results, lang: str = "en") -> list[str]:
    """Return what an experiment says, in sentences.

    Parameters
    ----------
    results
        What it found.
    lang
        ``en`` or ``zh``.

    Returns
    -------
    list of str
        The question; the answer with its interval; what was run; the strongest effects; pairs that do more or less
        together; what is mixed up; what cannot be told, and how many replications it would take; the method.
    """
    return [sentence for _, said in sections(reading_of(results, lang)) for sentence in said]


def write_page(found: Reading, file: Path) -> Path:
    """Write the page as Markdown, whole or not at all."""
    parts = [f"# {found.heading}"]
    for heading, said in sections(found):
        parts += [f"## {heading.get(found.lang)}", "\n".join(f"- {one}" for one in said)]
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole(file) as place:
        place.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")
    return file


def sections(found: Reading) -> list[Section]:
    """Return the page in its sections; those that have nothing to say are left out."""
    if found.runs.empty:
        return [(texts.ASKED, list(_asked(found))), (texts.RUN, [texts.NOTHING_RUN.get(found.lang)])]
    parts: list[tuple[Text, Iterator[str]]] = [
        (texts.ASKED, _asked(found)),
        (texts.ANSWER, _answer(found)),
        (texts.SELECTION, iter(found.selected)),
        (texts.RUN, _run(found)),
        (texts.STRONGEST, _strongest(found)),
        (texts.DOSES, _doses(found)),
        (texts.PAIRS, _pairs(found)),
        (texts.MIXED, _mixed(found)),
        (texts.OPEN, _open(found)),
        (texts.METHOD, _method(found)),
    ]
    made = [(heading, list(said)) for heading, said in parts]
    return [(heading, said) for heading, said in made if said]


def _asked(found: Reading) -> Iterator[str]:
    yield found.question or found.heading


def _answer(found: Reading) -> Iterator[str]:
    """Yield what the runs say about the first measure, and what the file says was found."""
    yield found.say(texts.SENTENCE, said=_capital(_finding(found)))
    if found.answer:
        yield found.say(texts.STATED, answer=found.answer)


def _finding(found: Reading) -> str:
    measure = found.decides
    if found.crossed and measure:
        said = [
            drawn_title(one, changes, level, measure) for _, one in found.apart() for level, changes in contrasts(one)
        ]
        return clauses(said).get(found.lang)
    if found.spread and measure:
        said = [
            scatter_title(one, explained(one.points, one.runs, list(one.factors), measure), measure)
            for _, one in found.apart()
        ]
        return clauses(said).get(found.lang)
    doses = curved(found)
    if measure and doses and found.replications > 1:
        curves = list(curves_of(found, doses[0], measure))
        if curves and (turned(found, curves) or len(found.factors) == 1):
            return curves_title(found, curves)
    return effects_title(found)


def _run(found: Reading) -> Iterator[str]:
    """Yield how much was run, and what failed."""
    counts = found.runs.groupby("point")["replication"].nunique()
    least, most = int(counts.min()), int(counts.max())
    times = Text(str(most), str(most)) if least == most else texts.BETWEEN.format(low=least, high=most)
    facts: dict[str, object] = {
        "points": len(found.points),
        "times": times,
        "runs": len(found.runs),
        "seed": found.seed,
    }
    text = texts.RAN if most > 1 else texts.RAN_ONE
    facts["luck"] = texts.LUCK[found.luck]
    yield found.say(text, design=texts.DESIGNS.get(found.design, Text(found.design, found.design)), **facts)
    if len(found.scenarios) > 1:
        yield found.say(texts.WHERE, names=quoted(found, found.scenarios.values()))
    errors = found.runs["error"].dropna()
    if len(errors):
        yield found.say(texts.FAILED, count=len(errors), first=str(errors.iloc[0]).rstrip("."))
    yield from (found.say(texts.SENTENCE, said=_capital(one)) for one in found.said if not found.spread)


def _strongest(found: Reading) -> Iterator[str]:
    """Yield which factors change each measure most, organization by organization."""
    if found.spread:
        yield from _explaining(found)
    if found.replications == 1:
        return
    for _, mine in found.apart():
        name = next(iter(mine.scenarios.values()))
        for measure in mine.known:
            sure = _each_once(mine.certain(measure, 1))
            if sure.empty or not mine.moved(measure):
                continue
            shown = [f"{mine.term(row['term'])} {mine.told(row)}" for _, row in sure.iloc[:STRONGEST].iterrows()]
            listed = clauses(shown).get(mine.lang)
            label = found.say(effect_texts.IN_SCENARIO, measure=mine.specs[measure].label, scenario=name)
            head = label if len(found.scenarios) > 1 else mine.label(measure)
            rest = len(sure) - STRONGEST
            text = texts.CHANGED_MORE if rest > 0 else texts.CHANGED
            yield _capital(found.say(text, measure=head, listed=listed, count=rest))
    if names := _doubtful(found):
        yield found.say(texts.LESS_DONE, names=quoted(found, names))


def _each_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the first row of each factor, or of each two, whatever the level."""
    return rows[~rows["term"].map(lambda term: " ".join(name for name, _ in term)).duplicated()]


def _doubtful(found: Reading) -> list[str]:
    """Return what improves something beside more that is never finished, or less that gets done."""
    names: dict[str, None] = {}
    for name, mine in found.apart():
        for measure in mine.known:
            for _, row in mine.certain(measure, 1).iterrows():
                factor = row["term"][0][0]
                if mine.verdict(row) == verdicts.BUT and mine.factors[factor].tried:
                    where = {"measure": mine.term(row["term"]), "scenario": found.scenarios[name]}
                    several = len(found.scenarios) > 1
                    names[found.say(effect_texts.IN_SCENARIO, **where) if several else where["measure"]] = None
    return list(names)


def _explaining(found: Reading) -> Iterator[str]:
    """Yield which factors explain most of each measure between points, and which nothing beyond doubt."""
    for _, mine in found.apart():
        name = next(iter(mine.scenarios.values()))
        for measure in mine.known if not mine.crossed else ():
            shares = explained(mine.points, mine.runs, list(mine.factors), measure)
            label: Text | str = mine.specs[measure].label
            if len(found.scenarios) > 1:
                label = found.say(effect_texts.IN_SCENARIO, measure=label, scenario=name)
            sure, rest = shares[shares["p"] < ALPHA], shares[~(shares["p"] < ALPHA)]
            told = [f"{mine.factors[str(row['factor'])].label} {share_told(mine, row)}" for _, row in sure.iterrows()]
            if told:
                listed = clauses(told[:STRONGEST])
                yield _capital(found.say(texts.EXPLAINED, measure=label, listed=listed))
            if len(rest):
                names = series((mine.factors[str(one)].label for one in rest["factor"]), STRONGEST)
                yield _capital(found.say(texts.NOT_EXPLAINED, measure=label, names=names))


def _doses(found: Reading) -> Iterator[str]:
    """Yield from where on doses help and harm, at each level of a second factor."""
    if found.replications == 1:
        return
    for _, mine in found.apart():
        where = "" if len(found.scenarios) == 1 else next(iter(mine.scenarios.values()))
        for factor in (one for one in curved(mine) if mine.factors[one].tried):
            measure = next((name for name in mine.known if mine.specs[name].better != "neither"), "")
            for curve in curves_of(mine, factor, measure) if measure else ():
                said = _capital(dose_sentence(mine, curve))
                yield found.say(texts.AT, where=where, said=said) if where else found.say(texts.SENTENCE, said=said)


def _pairs(found: Reading) -> Iterator[str]:
    """Yield which two do more or less together than the sum of both, beyond doubt."""
    if found.replications == 1 or not (found.effects["order"] == 2).any():
        return
    said = []
    for _, mine in found.apart():
        where = "" if len(found.scenarios) == 1 else next(iter(mine.scenarios.values()))
        for measure in mine.known:
            said += [(where, pair_sentence(mine, row)) for _, row in _each_once(mine.certain(measure, 2)).iterrows()]
    for where, one in said[:PAIRS]:
        yield found.say(texts.AT, where=where, said=one) if where else found.say(texts.SENTENCE, said=one)
    if len(said) > PAIRS:
        yield found.say(texts.MORE_PAIRS, count=len(said) - PAIRS)
    if not said:
        yield found.say(texts.NO_PAIRS)


def _mixed(found: Reading) -> Iterator[str]:
    """Yield which effects the design cannot tell apart."""
    rows = found.effects[found.effects["measure"] == found.decides] if len(found.effects) else found.effects
    mixed = {row["term"]: row["mixed"] for _, row in rows.iterrows() if row["mixed"]}
    if mixed:
        yield found.say(texts.TOLD_TOGETHER)
    for term, others in list(mixed.items())[:MIXED]:
        names = [found.say(effect_texts.TIMES).join(found.factors[name].label for name in one) for one in others]
        yield found.say(texts.SAME, terms=" = ".join((found.term(term), *names)))
    if len(mixed) > MIXED:
        yield found.say(texts.MORE_MIXED, count=len(mixed) - MIXED)


def _open(found: Reading) -> Iterator[str]:
    """Yield what cannot be told from zero, and how many replications would make its interval narrow enough."""
    if found.replications == 1 and len(found.effects):
        yield found.say(texts.ONE)
        return
    sizes: list[str] = []
    for measure in found.known:
        rows = found.rows(measure)
        unclear = rows[[found.verdict(row) in (verdicts.UNCLEAR, verdicts.UNKNOWN) for _, row in rows.iterrows()]]
        if unclear.empty or not found.moved(measure):
            continue
        needed, facts = (
            _needed(unclear),
            {"measure": found.specs[measure].label, "count": len(unclear), "all": len(rows)},
        )
        many = f"{MANY:,}"
        if needed is None or needed <= found.replications:
            said = found.say(texts.UNCLEAR, **facts)
        elif needed >= MANY:
            said = found.say(texts.UNCLEAR_MANY, needed=many, **facts)
        else:
            said = found.say(texts.UNCLEAR_NEEDS, needed=f"{needed:,}", **facts)
        yield _capital(said)
        sizes.append(found.sized_alone(float(unclear["least"].iloc[0]), measure))
    if sizes:
        alone = len(found.scenarios) == 1
        yield found.say(texts.MATTERS, sizes=phrases(sizes)) if alone else texts.MATTERS_EACH.get(found.lang)


def _needed(rows: pd.DataFrame) -> int | None:
    """Return how often every point has to be run until no interval is wider than what matters to its effect."""
    counts = [
        replications_for(row["values"], float(row["least"])).replications_high
        for _, row in rows.iterrows()
        if float(row["least"]) > 0.0
    ]
    return max((one for one in counts if one is not None), default=None)


def _method(found: Reading) -> Iterator[str]:
    if found.spread:
        yield found.say(texts.METHOD_SPREAD)
        return
    yield found.say(texts.METHOD_PAIRED)
    yield found.say(texts.METHOD_CERTAIN)


def _capital(said: str) -> str:
    """Begin a sentence with a capital letter, unless it begins with a name of a measure in code, such as days_late."""
    return said if "_" in said.partition(" ")[0].partition("：")[0] else said[:1].upper() + said[1:]

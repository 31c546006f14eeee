"""How a fit is told: whether anything fits, what the figures tell and what not, and what to ask next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.report.answers.fitfigures import draw_figures, draw_pairs, draw_ranges
from sim.report.answers.fitreading import Reading
from sim.report.answers.page import Section
from sim.report.experiments.rows import titled
from sim.words import clauses, phrases, series, words
from sim.words.numbers import digits, percentage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.answers.fit.fitting import Fit

texts = words("fit")

TOLD, UNTOLD, PAIRS, ALTERNATIVES, NEXT, OTHERS = 8, 12, 3, 4, 3, 5
"""Assumptions, names, pairs, alternatives, and measures of both kinds that are told at most."""

ADJUSTED = "Beaumont, Zhang & Balding 2002, Genetics 162: 2025"
LAZY = "Prangle 2016, Statistics and Computing 26: 171"
"""Where the method is from."""


def sections(answer: Fit, lang: str) -> list[Section]:
    """Return the page: the answer, what it stands on, and what remains open."""
    found = Reading(answer, lang)
    told = [
        (texts.TITLE.format(title=found.title), _answer(found)),
        (texts.TELLS, _tells(found)),
        (texts.TELLS_NOT, _tells_not(found)),
        (texts.EQUALLY, _equally(found)),
        (texts.PREDICTS, _predicts(found)),
        (texts.ASK, _ask(found)),
        (texts.HOW, _how(found)),
    ]
    return [(heading, list(said)) for heading, said in told]


def figures(answer: Fit, lang: str) -> Iterator[tuple[str, Figure]]:
    """Yield the figures: ranges before and after, what is predicted and what is known, and pairs that go together."""
    found = Reading(answer, lang)
    yield "figures", draw_figures(found)
    yield "ranges", draw_ranges(found)
    pairs = draw_pairs(found)
    if pairs is not None:
        yield "pairs", pairs


def _answer(found: Reading) -> Iterator[str]:
    if "survey" in found.tables:
        yield found.say(
            texts.ASKED, answers=clauses(_asked(found, row) for _, row in found.tables["survey"].iterrows())
        )
    known = clauses(_known(found, row) for _, row in found.tables["targets"].iterrows())
    yield found.say(texts.KNOWN, figures=known)
    if found.fits:
        yield _fits(found)
    else:
        missed = clauses(_miss(found, row) for _, row in found.missed.iterrows()).get(found.lang)
        yield found.say(texts.FITS_NOT, missed=titled(missed))
        yield found.say(texts.FACTS)
    best = clauses(_mean(found, row) for _, row in found.tables["best_figures"].iterrows())
    if found.about.get("near"):
        moves = clauses(_rather(found, *one) for one in found.moved)
        yield found.say(texts.LEAST, moves=moves) if found.moved else found.say(texts.ALREADY)
        yield found.say(texts.WITH_IT, figures=best)
    else:
        yield found.say(texts.BEST if found.fits else texts.NEAREST, figures=best)
    yield from _told(found)


def _fits(found: Reading) -> str:
    """Say that it fits: with all figures, or with some only as far as luck lets one tell."""
    if not found.beside.empty:
        missed = clauses(_miss(found, row) for _, row in found.beside.iterrows()).get(found.lang)
        return found.say(texts.FITS_BY_LUCK, missed=titled(missed))
    return found.say(texts.FITS if found.usual else texts.FITS_BARELY)


def _asked(found: Reading, row: pd.Series) -> str:
    place = str(row["assumption"])
    limits = found.over(place, float(row["low"]), float(row["high"]))
    return found.say(texts.NARROWED_TO, name=found.name(place), range=limits, answers=int(row["answers"]))


def _told(found: Reading) -> Iterator[str]:
    names, rest = list(found.identified["assumption"].map(str)), len(found.open)
    if names:
        text = texts.NARROWED_ALL if not rest else texts.NARROWED
        yield found.say(text, names=found.names(names, TOLD), told=len(names), rest=rest)
    else:
        yield found.say(texts.NARROWED_NONE, rest=rest)


def _known(found: Reading, row: pd.Series) -> str:
    measure = str(row["measure"])
    facts = {"measure": found.measure(measure), "target": found.figure(measure, float(row["target"]))}
    limits = found.figures(measure, float(row["target_low"]), float(row["target_high"]))
    return found.say(texts.FIGURE, **facts, range=limits)


def _mean(found: Reading, row: pd.Series) -> str:
    measure = str(row["measure"])
    limits = found.figures(measure, float(row["low"]), float(row["high"]))
    return found.say(
        texts.FIGURE, measure=found.measure(measure), target=found.figure(measure, row["mean"]), range=limits
    )


def _miss(found: Reading, row: pd.Series) -> str:
    measure = str(row["measure"])
    facts = {"mean": found.figure(measure, float(row["mean"])), "target": found.figure(measure, float(row["target"]))}
    return found.say(texts.MISSED, measure=found.measure(measure), **facts)


def _tells(found: Reading) -> Iterator[str]:
    for _, row in found.identified.head(TOLD).iterrows():
        yield found.say(texts.MOVED, **_moved(found, row))
    if len(found.identified) > TOLD:
        yield found.say(texts.MORE, count=len(found.identified) - TOLD)
    for _, row in found.tables["correlation"].head(PAIRS).iterrows():
        facts = {"one": found.name(str(row["one"])), "other": found.name(str(row["other"]))}
        text = texts.TRADED if row["correlation"] < 0.0 else texts.TIED
        yield found.say(text, **facts, correlation=digits(row["correlation"]), narrower=percentage(row["together"]))


def _moved(found: Reading, row: pd.Series) -> dict[str, Any]:
    place = str(row["assumption"])
    return {
        "name": found.name(place),
        "range": found.over(place, float(row["low"]), float(row["high"])),
        "median": found.at(place, float(row["median"])),
        "before": found.over(place, float(row["prior_low"]), float(row["prior_high"])),
        "now": found.at(place, float(row["now"])),
    }


def _tells_not(found: Reading) -> Iterator[str]:
    rest = found.open.sort_values("contraction", ascending=False, kind="stable")["assumption"].map(str)
    if len(rest):
        yield found.say(texts.OPEN, count=len(rest), names=found.names(rest, UNTOLD))
    targets = found.tables["targets"]
    idle = [found.measure(name) for name in targets[~targets["adds"].astype(bool)]["measure"].map(str)]
    if idle and len(targets) > 1:
        text = texts.ADDS_NOTHING if len(idle) == 1 else texts.EACH_ADDS_NOTHING
        yield titled(found.say(text, measure=series(idle)))


def _equally(found: Reading) -> Iterator[str]:
    told = 0
    for other in found.others[:ALTERNATIVES]:
        contrasts = found.contrasts(other)
        if not contrasts:
            continue
        told += 1
        said = clauses(_rather(found, *one) for one in contrasts)
        rows = found.tables["alike_figures"]
        with_it = clauses(_short(found, row) for _, row in rows[rows["fit"] == other].iterrows())
        yield found.say(texts.ALTERNATIVE, contrasts=said, figures=with_it)
    if told:
        yield found.say(texts.ALIKE_SAID)
    elif found.fits:
        yield found.say(texts.NO_OTHER)


def _rather(found: Reading, place: str, here: float, there: float) -> str:
    return found.say(texts.RATHER, name=found.name(place), there=found.at(place, there), here=found.at(place, here))


def _short(found: Reading, row: pd.Series) -> str:
    measure = str(row["measure"])
    return found.say(texts.SHORT, measure=found.measure(measure), value=found.figure(measure, float(row["mean"])))


def _predicts(found: Reading) -> Iterator[str]:
    held = found.tables.get("held_out", pd.DataFrame())
    for _, row in held.iterrows():
        measure = str(row["measure"])
        facts = {
            "measure": found.measure(measure),
            "range": found.figures(measure, float(row["low"]), float(row["high"])),
            "target": found.figure(measure, float(row["target"])),
        }
        yield titled(found.say(texts.HELD_INSIDE if row["inside"] else texts.HELD_OUTSIDE, **facts))
    others = found.tables.get("others", pd.DataFrame())
    if len(others):
        said = clauses(_other(found, row) for _, row in others.head(OTHERS).iterrows())
        yield found.say(texts.OTHERS, figures=said)


def _other(found: Reading, row: pd.Series) -> str:
    measure = str(row["measure"])
    then = found.figures(measure, float(row["predicted_low"]), float(row["predicted_high"]))
    before = found.figures(measure, float(row["prior_low"]), float(row["prior_high"]))
    return found.say(texts.OTHER, measure=found.measure(measure), then=then, before=before)


def _ask(found: Reading) -> Iterator[str]:
    table = found.tables.get("next", pd.DataFrame())
    if table.empty:
        yield found.say(texts.ASK_NOTHING)
        return
    first, *rest = (row for _, row in table.head(NEXT).iterrows())
    facts = {"name": found.name(str(first["assumption"])), "narrower": percentage(float(first["narrower"]))}
    yield found.say(texts.ASK_FIRST, measure=found.measure(str(first["measure"])), **facts)
    if rest:
        said = phrases(
            found.say(
                texts.ASK_MORE, measure=found.measure(str(row["measure"])), name=found.name(str(row["assumption"]))
            )
            for row in rest
        )
        yield found.say(texts.ASK_THEN, measures=said)


def _how(found: Reading) -> Iterator[str]:
    about = found.about
    facts = {"runs": f"{about['runs']:,}", "rounds": about["rounds"], "points": f"{about['points']:,}"}
    facts |= {"count": len(found.tables["posterior"]), "worth": f"{about['worth']:,.0f}", "seed": about["seed"]}
    yield found.say(texts.METHOD, adjusted=ADJUSTED, lazy=LAZY, **facts)
    yield found.say(texts.COUNTED, **facts)
    yield found.say(texts.LIMITS, measures=series(map(found.measure, found.tables["targets"]["measure"].map(str))))
    if about.get("failed"):
        yield found.say(texts.FAILED, count=about["failed"])

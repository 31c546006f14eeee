"""How a judgment is told and drawn: who comes nearer to what came, why, every number, what is weak, and how."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from sim.answers.judge.answer import Judgment
from sim.report.answers.judgefigure import draw_distances
from sim.report.answers.judgetold import Told
from sim.report.answers.page import Section
from sim.words import words

texts = words("judge")


def sections(answer: Judgment, lang: str) -> list[Section]:
    """Return the page: pairs of a heading and its sentences."""
    told, page = Told(answer), texts.PAGE
    verdicts = [sentence for protocol in told.protocols for sentence in told.verdict(protocol)]
    last = told.protocols[-1]
    parts = [
        (page["TITLE"].format(log=answer.about["log"]), [*verdicts, *told.published(), *told.about_replay(last)]),
        *([(page["WHY"], told.why())] if any(map(told.repeated, told.protocols)) else []),
    ]
    for heading, said in (("DISTANCES", told.distances), ("FIGURES", told.figures)):
        parts += [(page[heading].format(protocol=texts.PROTOCOL[one]), list(said(one))) for one in told.protocols]
    parts += [(page["TRAPS"], list(told.traps())), (page["METHOD"], list(told.method()))]
    return [(heading, [one.get(lang) for one in said]) for heading, said in parts]


def figures(answer: Judgment, lang: str) -> Iterator[tuple[str, Figure]]:
    """Yield the figure, with the name of its file."""
    yield "distances", draw_distances(Told(answer), lang)

"""How a sensitivity analysis is told and drawn: what decides first, then what each does, how sure that is, and how."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from sim.answers.sensitivity.answer import Sensitivity
from sim.report.answers.page import Section
from sim.report.answers.sensitivityfigures import draw_indices, draw_screening, draw_tornado
from sim.report.answers.sensitivitywords import Told
from sim.words import words

texts = words("sensitivity")


def sections(answer: Sensitivity, lang: str) -> list[Section]:
    """Return the page: pairs of a heading and its sentences."""
    told = Told(answer, lang)
    first, *others = told.measures
    title = texts.TITLE if answer.tried is None else texts.TITLE_WITH
    answers = [*(one for of in told.sides for one in told.drives(first, of)), told.level_and_effect(first)]
    parts = [
        (title.format(scenario=told.scenario, label=told.label), [one for one in answers if one is not None]),
        (texts.ENDS, list(told.ends(first))),
        (texts.OTHERS, [told.briefly(measure, of) for measure in others for of in told.sides]),
        (texts.SURE, list(told.sure(first))),
        (texts.METHOD, list(told.method())),
    ]
    return [(heading, [one.get(lang) for one in said]) for heading, said in parts]


def figures(answer: Sensitivity, lang: str) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of the first measure, with the names of their files."""
    told = Told(answer, lang)
    measure = told.measures[0]
    for name, draw in (("tornado", draw_tornado), ("screening", draw_screening), ("indices", draw_indices)):
        figure = draw(told, measure)
        if figure is not None:
            yield name, figure

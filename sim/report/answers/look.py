"""A look at a log on one page: what there is, when people work, who passes to whom, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.report.answers import looktold
from sim.report.answers.lookfigures import draw_clock, draw_lateness, draw_overview
from sim.report.answers.lookpassing import draw_passing, draw_time
from sim.words import words

if TYPE_CHECKING:
    from sim.answers.look.look import LogLook
    from sim.report.answers.page import Section

texts = words("look")


def sections(answer: LogLook, lang: str) -> list[Section]:
    """Return the page in its sections."""
    parts = [
        (texts.TITLE.format(log=answer.about["log"]), looktold.overview(answer)),
        (texts.WORK, looktold.work(answer)),
        (texts.PASSING, looktold.passing(answer)),
        (texts.CANNOT, looktold.cannot(answer)),
        (texts.METHOD, looktold.method(answer)),
    ]
    return [(heading, [one.get(lang) for one in said]) for heading, said in parts]


def figures(answer: LogLook, lang: str) -> Iterator[tuple[str, Figure]]:
    """Yield the pictures there is something to draw for."""
    several = {
        "overview": draw_overview,
        "clock": draw_clock,
        "passing": draw_passing,
        "time": draw_time,
        "lateness": draw_lateness,
    }
    for name, draw in several.items():
        figure = draw(answer, lang)
        if figure is not None:
            yield name, figure

"""The figures of an experiment: those that its design has something to show in, written into a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.drawn import Drawn, Only, chosen
from sim.report.embedding import bring_letters
from sim.report.experiments.curvefigure import draw_curves
from sim.report.experiments.drawnfigure import draw_drawn
from sim.report.experiments.effectsfigure import draw_effects
from sim.report.experiments.gathered import reading_of
from sim.report.experiments.halfnormalfigure import draw_half_normal
from sim.report.experiments.interactionfigure import draw_interactions
from sim.report.experiments.mapfigure import draw_map
from sim.report.experiments.reading import Reading
from sim.report.experiments.scatterfigure import draw_scatter
from sim.report.experiments.wherefigure import draw_where
from sim.report.lettering import Lettering
from sim.report.style import save

if TYPE_CHECKING:
    from sim.experiments.results import Results

OF_EACH: dict[str, Callable[[Reading], Figure | None]] = {
    "half_normal": draw_half_normal,
    "interactions": draw_interactions,
    "curves": draw_curves,
    "map": draw_map,
    "scatter": draw_scatter,
}
"""What draws the figures of one organization, by the name of the file; None where there is nothing to show in one."""


def draw_experiment(results: Results, folder: Path, lang: str = "en", only: Only = None) -> Drawn:
    """Write the figures of an experiment into a folder, which is made if need be, as PNG and as SVG.

    Parameters
    ----------
    results
        What it found.
    folder
        Where to.
    lang
        ``en`` or ``zh``.
    only
        The figures that are drawn, by name; all that fit, where nothing is said.

    Returns
    -------
    list of Path
        The files; none where no measure is defined anywhere.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lettering = Lettering()
    with lettering.used():
        found = reading_of(results, lang, lettering)
        wanted = chosen(figures_of(found), only)
        written = Drawn(path for name, figure in wanted for path in save(figure, folder, name))
    bring_letters([path for path in written if path.suffix == ".svg"])
    return written


def figures_of(found: Reading) -> Iterator[tuple[str, Figure]]:
    """Yield the figures that fit a design, with the names of their files; of many organizations one for them all."""
    where = draw_where(found)
    if where is not None:
        yield "where", where
    effects = draw_effects(found) if where is None else None
    if effects is not None:
        yield "effects", effects
    of_each = OF_EACH if where is None else {"effects": draw_effects}
    several = len(found.scenarios) > 1
    for number, (scenario, mine) in enumerate(found.apart(), 1):
        behind = f"_{_plain(scenario) or number}" if several else ""
        for name, draw in of_each.items():
            figure = draw(mine)
            if figure is not None:
                yield f"{name}{behind}", figure
        for level, figure in draw_drawn(mine) if where is None else ():
            yield f"changes_{_plain(level)}{behind}", figure


def _plain(name: str) -> str:
    """Return a name as the names of files have it."""
    return re.sub(r"[^A-Za-z0-9_-]+", "", name)

"""The figures of a comparison, made to be printed in a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from sim.drawn import Drawn, Only, chosen
from sim.report.effects import draw_effects
from sim.report.embedding import bring_letters
from sim.report.ledger import draw_ledger
from sim.report.material import Material
from sim.report.network import draw_network
from sim.report.processmap import draw_processes
from sim.report.robustfigure import draw_robust
from sim.report.slide import draw_slide
from sim.report.style import save
from sim.report.summary import draw_summary
from sim.report.timeline import draw_timeline
from sim.report.trust import draw_trust

FIGURES: dict[str, Callable[[Material], Figure]] = {
    "summary": draw_summary,
    "slide": draw_slide,
    "effects": draw_effects,
    "ledger": draw_ledger,
    "timeline": draw_timeline,
    "trust": draw_trust,
    "network": draw_network,
    "process": draw_processes,
}
"""What draws each figure, by the name of its file, the one to begin with first."""


def figures_of(found: Material) -> dict[str, Callable[[Material], Figure]]:
    """Return what draws each figure there is something to draw of: that of robustness only where somebody asked."""
    return FIGURES if found.robust is None or not found.robust.order else FIGURES | {"robust": draw_robust}


def draw_comparison(folder: Path, found: Material, only: Only = None) -> Drawn:
    """Write the figures asked for into `folder`, which is made if need be, as PNG and as SVG, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    drawing = chosen(figures_of(found).items(), only)
    written = Drawn(path for name, draw in drawing for path in save(draw(found), folder, name))
    bring_letters([path for path in written if path.suffix == ".svg"])
    return written

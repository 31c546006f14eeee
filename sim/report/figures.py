"""The figures of a comparison, made to be printed in a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

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
    "robust": draw_robust,
}
"""What draws each figure, by the name of its file, the one to begin with first."""


def drawn_of(found: Material) -> list[str]:
    """Return the names of the figures there is something to draw of."""
    return [name for name in FIGURES if name != "robust" or found.robust is not None]


def draw_comparison(folder: Path, found: Material) -> list[Path]:
    """Write every figure into `folder`, which is made if need be, as PNG and as SVG, and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [path for name in drawn_of(found) for path in save(FIGURES[name](found), folder, name)]
    bring_letters([path for path in written if path.suffix == ".svg"])
    return written

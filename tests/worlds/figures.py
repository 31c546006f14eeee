"""Figures as a reader would meet them, and what is wrong with where their words stand."""

from matplotlib.text import Text

from sim.report.figures import figures_of
from sim.report.lettering import Lettering
from sim.report.pictures import material_of

_TOUCHING = 2.0
"""Pixels by which words may stand in each other's boxes."""

_OVER = 0.3
"""Share of a line's height that another may reach into: boxes hold the tails of letters that need not be there."""


def drawn(comparison, lang="en", only=None):
    """Return the figures by name, laid out as they would be on paper."""
    lettering = Lettering()
    with lettering.used():
        found = material_of(comparison, lettering, lang)
        figures = {name: draw(found) for name, draw in figures_of(found).items() if not only or name in only}
        for figure in figures.values():
            figure.draw_without_rendering()
    return figures


def labels_of(figure):
    """Return every text of a figure that is seen."""
    beyond = {text for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for text in _beyond(axis)}
    hidden = {text for axes in figure.axes if not axes.axison for text in set(axes.findobj(Text)) - set(axes.texts)}
    found = figure.findobj(Text)
    return [one for one in found if one.get_visible() and one.get_text().strip() and one not in beyond | hidden]


def _beyond(axis):
    """Yield labels of ticks that are not within the limits, and hence not drawn."""
    low, high = sorted(axis.get_view_interval())
    for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
        if not low - 1e-9 <= tick.get_loc() <= high + 1e-9:
            yield from (tick.label1, tick.label2)


def said(figure):
    """Return every word on a figure."""
    return " ".join(" ".join(one.get_text() for one in labels_of(figure)).split())


def misplaced(figure):
    """Return the words that reach beyond the edges of a figure, and pairs of words that cover each other."""
    boxes = [(one.get_text(), one.get_window_extent()) for one in labels_of(figure)]
    edge = figure.bbox
    wrong = [
        text
        for text, box in boxes
        if box.x0 < edge.x0 - 1 or box.y0 < edge.y0 - 1 or box.x1 > edge.x1 + 1 or box.y1 > edge.y1 + 1
    ]
    for place, (text, box) in enumerate(boxes):
        wrong += [(text, other) for other, beside in boxes[place + 1 :] if _cover(box, beside)]
    return wrong


def _cover(box, other):
    across = min(box.x1, other.x1) - max(box.x0, other.x0)
    down = min(box.y1, other.y1) - max(box.y0, other.y0)
    return across > _TOUCHING and down > _OVER * min(box.height, other.height)

"""What a chart says, in words: for those who cannot see it."""

from __future__ import annotations

import math

from sim.report.document.blocks import Chart, Series
from sim.report.document.cells import fixed
from sim.report.numbers import joined
from sim.words import series, words

_TEXTS = words("pages")

_MOST = 12
"""Values of a series that are told one by one."""


def told(chart: Chart, lang: str) -> str:
    """Return a chart's title and its values; of a series of many, where it begins and ends and how far it goes.

    Parameters
    ----------
    chart
        What is drawn.
    lang
        ``en`` or ``zh``.
    """
    return "\n".join([chart.title, *(_told(one, chart, lang) for one in chart.series)])


def _told(one: Series, chart: Chart, lang: str) -> str:
    known = [(name, value) for name, value in zip(chart.categories, one.values, strict=True) if math.isfinite(value)]
    values = [value for _, value in known]
    if len(values) > _MOST:
        ends = {"first": values[0], "last": values[-1], "least": min(values), "most": max(values)}
        said = {name: _written(value, chart, lang) for name, value in ends.items()}
        return str(_TEXTS.IN_SHORT.format(name=one.name, **said).get(lang))
    listed = series(_TEXTS.VALUE.format(category=name, value=_written(value, chart, lang)) for name, value in known)
    return str(_TEXTS.SERIES.format(name=one.name, values=listed).get(lang))


def _written(value: float, chart: Chart, lang: str) -> str:
    return joined(fixed(value, chart.digits), chart.unit, lang).rstrip()

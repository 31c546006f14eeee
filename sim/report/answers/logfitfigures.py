"""The picture of an organization that was read off a log: its figures beside those of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.report.fit import widest
from sim.report.page import MARGIN, Page, head_height, headed
from sim.report.style import NORMAL, SERIES_COLORS, SOFT, plain
from sim.words import Text, words
from sim.words.numbers import digits

if TYPE_CHECKING:
    from sim.answers.logfit.logfit import LogFit

texts = words("logfit")

WIDTH = 10.0

NEAR = 0.1
"""Share of a figure of the log by which that of the organization may be off and still be called near."""

_ROW, _AXIS = 0.32, 0.75


def likeness(table: pd.DataFrame) -> Text:
    """Return how many figures of logs of the organization are near those of the log, and which is farthest."""
    if table.empty:
        return texts.LIKE
    log, made = (table[name].to_numpy(dtype=float) for name in ("log", "organization"))
    ratio = np.divide(made, log, out=np.ones(len(table)), where=log > 0.0)
    near = int((np.abs(made - log) <= NEAR * log).sum())
    far = int(np.argmax(np.abs(np.log(np.maximum(ratio, 1e-6)))))
    facts = {"figure": texts.FIGURES[str(table["figure"].iloc[far])], "ratio": digits(float(ratio[far]))}
    return texts.FIGURES_TITLE.format(near=near, all=len(table), **facts)


def draw_likeness(answer: LogFit, lang: str) -> Figure:
    """Draw each figure of logs of the organization, with nine of ten of them, as a multiple of that of the log."""
    table = answer.tables["figures"]
    table = table[table["log"] > 0.0]
    title, below = likeness(table).get(lang), texts.TITLE.format(log=answer.about["log"]).get(lang)
    top, deep = head_height(title, below, WIDTH), _ROW * max(1, len(table))
    page = Page(WIDTH, top + deep + _AXIS + MARGIN)
    y = headed(page, title, below)
    names = [texts.FIGURES[str(one)].get(lang) for one in table["figure"]]
    left = MARGIN + widest(names, NORMAL) + 0.2
    axes = page.panel(left, y + 0.1, WIDTH - left - MARGIN, deep)
    rows = np.arange(len(table))
    ratio = (table[["low", "organization", "high"]].to_numpy(dtype=float).T / table["log"].to_numpy(dtype=float)).T
    axes.axvline(1.0, color=SOFT, linewidth=1.0)
    axes.hlines(rows, ratio[:, 0], ratio[:, 2], color=SERIES_COLORS[1], linewidth=3.0)
    axes.plot(ratio[:, 1], rows, "o", color=SERIES_COLORS[1], markersize=6)
    axes.set_ylim(len(table) - 0.5, -0.5)
    axes.set_xlim(0.0, max(1.5, float(np.nanmax(ratio)) * 1.05) if len(table) else 1.5)
    axes.set_yticks(rows, names, fontsize=NORMAL)
    axes.set_xlabel(texts.FIGURES_AXIS.get(lang), fontsize=NORMAL)
    plain(axes)
    return page.figure

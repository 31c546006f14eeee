"""The pictures of hand-offs: who passes to whom as a matrix and as a network, and where the time goes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pandas as pd
from matplotlib import colormaps
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from sim.answers.look.doubts import duration, named
from sim.report.experiments.rows import titled
from sim.report.fit import cut_apart, width
from sim.report.page import MARGIN, Page, foot_height, foot_of, footed, head_height, headed
from sim.report.style import INK, PART_FILLS, SERIES_COLORS, SMALL, SOFT, TINY, plain
from sim.words import Text, sentences, words
from sim.words.numbers import digits, percentage

if TYPE_CHECKING:
    from sim.answers.look.look import LogLook

texts = words("lookfigures")

WIDTH = 11.7
MOST = 12
"""Groups that are drawn; the others are one."""

_NAMES = 1.5
_MATRIX, _TOP = 4.6, 0.85
"""Inches of the matrix, and of the names above it."""

_ABOVE = 1.1
"""Inches that slanted names have above a matrix."""

_BESIDE = 0.95
"""Inches that names have beside a network."""

_SMALLEST, _LARGEST = 0.07, 0.23
"""Inches of the radius of groups with hardly any and with most events."""

_LINES = 30
"""Lines a network has room for."""

_EVEN = 0.05
"""Share of the waiting below which no pair stands out."""

_QUICK = 0.1
"""Hours of waiting below which colors do not differ."""


@dataclass(frozen=True)
class _Drawn:
    """Groups as drawn, how many of them are one, and what passes between them."""

    names: Sequence[str]
    others: int
    events: NDArray[np.float64]
    handoffs: NDArray[np.int64]
    wait: NDArray[np.float64]


def draw_passing(answer: LogLook, lang: str) -> Figure | None:
    """Draw who passes to whom; None where there are no hand-offs."""
    table = answer.tables["passes"]
    if table.empty:
        return None
    said, drawn = texts.PASSING, _drawn(answer, lang)
    title = titled(_title(table).get(lang))
    below = said["below"].format(log=answer.about["log"]).get(lang)
    note = said["note"].format(count=answer.about["groups"])
    network = said["network"]
    foot = foot_of(sentences((network, note, _left_out(drawn, table))).get(lang), WIDTH)
    labels = cut_apart(list(drawn.names), _NAMES, TINY)
    page = Page(WIDTH, head_height(title, below, WIDTH) + _TOP + _MATRIX + 0.35 + foot_height(foot))
    y = headed(page, title, below)
    left = MARGIN + min(_NAMES, max(width(one, TINY) for one in labels)) + 0.3
    _matrix(page, (left, y + _TOP, _MATRIX), drawn, labels, lang)
    right = left + _MATRIX + 0.3
    _network(page, (right, y + 0.1, WIDTH - MARGIN - right, _TOP + _MATRIX), drawn)
    footed(page, foot)
    return page.figure


def _left_out(drawn: _Drawn, table: pd.DataFrame) -> Text:
    """Say how many groups are one, and what passes among them; nothing where there are none."""
    if not drawn.others:
        return Text("", "")
    every = int(table["handoffs"].sum())
    among = every - int(drawn.handoffs.sum())
    facts = {"others": drawn.others, "handoffs": f"{among:,}", "share": percentage(among / every)}
    return _text(texts.PASSING["left_out"].format(**facts))


def _title(table: pd.DataFrame) -> Text:
    """Return between which groups most time is lost."""
    said, (first, part) = texts.PASSING, _most_waiting(table)
    if part == 0.0:
        return _text(said["title_none"])
    if part < _EVEN:
        return _text(said["title_even"].format(share=percentage(part)))
    ends = {"from": named(first["from"]), "to": named(first["to"])}
    shares = {"share": percentage(part), "handoffs": percentage(first["share"])}
    return _text(said["title"].format(**ends, **shares))


def _most_waiting(table: pd.DataFrame) -> tuple[pd.Series, float]:
    """Return the pair of groups after whose hand-offs most time passes in all, and its share of all such time."""
    waiting = (table["wait_mean"] * table["handoffs"]).to_numpy(dtype=np.float64)
    most = int(waiting.argmax())
    return table.iloc[most], float(waiting[most]) / max(float(waiting.sum()), 1e-9)


def _drawn(answer: LogLook, lang: str) -> _Drawn:
    """Return the groups with most events and those between which most time is lost, the others as one.

    Hand-offs among those others are left out.
    """
    groups = answer.tables["groups"]
    own = groups["group"].tolist()
    first, _ = _most_waiting(answer.tables["passes"])
    told = [one for one in (first["from"], first["to"]) if one not in own[: MOST - 1 - 2]]
    own = [*[one for one in own if one not in told][: MOST - 1 - len(told)], *told, *own]
    own = list(dict.fromkeys(own))
    groups = groups.set_index("group").loc[own].reset_index()
    kept = own if len(own) <= MOST else own[: MOST - 1]
    names = [named(one).get(lang) for one in kept]
    events = groups["events"].to_numpy(dtype=np.float64)
    if len(own) > MOST:
        names.append(texts.OTHERS.format(count=len(own) - len(kept)).get(lang))
        events = np.append(events[: len(kept)], events[len(kept) :].sum())
    place = {one: number for number, one in enumerate(kept)}
    table = answer.tables["passes"]
    handoffs, wait = np.zeros((len(names), len(names)), dtype=np.int64), np.zeros((len(names), len(names)))
    # the median over merged pairs is taken to be the mean of their medians, weighed by how often they occur
    for row in table.to_dict("records"):
        pair = place.get(row["from"], len(kept)), place.get(row["to"], len(kept))
        if pair[0] != pair[1]:
            handoffs[pair] += row["handoffs"]
            wait[pair] += row["handoffs"] * row["wait_median"]
    return _Drawn(names, len(own) - len(kept), events, handoffs, wait / np.maximum(handoffs, 1))


def _norm(drawn: _Drawn) -> LogNorm:
    return LogNorm(_QUICK, max(float(drawn.wait.max()), 10 * _QUICK))


def _matrix(page: Page, place: tuple[float, float, float], drawn: _Drawn, labels: Sequence[str], lang: str) -> None:
    """Draw a cell for each pair: its number, and how long is waited as its color."""
    x, y, size = place
    cell = size / len(labels)
    norm, colors = _norm(drawn), colormaps["YlOrRd"]
    above = cut_apart(list(drawn.names), _ABOVE, TINY)
    for one, label in enumerate(labels):
        page.line(x - 0.06, y + (one + 0.5) * cell, label, TINY, side="right")
        page.axes.text(
            x + (one + 0.5) * cell, y - 0.06, above[one], fontsize=TINY, color=INK, rotation=40, ha="left", va="bottom",
            rotation_mode="anchor",
        )  # fmt: skip
        for other in range(len(labels)):
            number, wait = int(drawn.handoffs[one, other]), float(drawn.wait[one, other])
            color = colors(norm(max(wait, _QUICK))) if number else "#F4F3F1"
            corner = (x + other * cell, y + one * cell)
            page.axes.add_artist(Rectangle(corner, cell, cell, facecolor=color, edgecolor="white", linewidth=0.8))
            if number:
                dark = norm(max(wait, _QUICK)) > 0.6
                told = f"{number:,}" if number < 10_000 else f"{number / 1000:.0f}k"
                middle = (corner[0] + cell / 2, corner[1] + cell / 2)
                page.line(*middle, told, TINY, color="white" if dark else INK, side="center", zorder=5)
    _scale(page, x, y + size + 0.16, norm, lang)


def _scale(page: Page, x: float, middle: float, norm: LogNorm, lang: str) -> None:
    said = texts.PASSING["key"].get(lang)
    page.line(x, middle, said, TINY, color=SOFT)
    x += width(said, TINY) + 0.15
    longest = float(norm.vmax or _QUICK)
    marks = [hours for hours in (_QUICK, 1.0, 8.0, 24.0, 72.0, 168.0, 720.0) if hours <= longest * 1.01]
    for hours in marks:
        page.axes.add_artist(
            Rectangle((x, middle - 0.06), 0.2, 0.12, facecolor=colormaps["YlOrRd"](norm(hours)), edgecolor="none")
        )
        told = f"{'≤ ' if hours == _QUICK else ''}{duration(hours).get(lang)}"
        page.line(x + 0.24, middle, told, TINY, color=SOFT)
        x += 0.34 + width(told, TINY)


def _network(page: Page, place: tuple[float, float, float, float], drawn: _Drawn) -> None:
    """Draw groups on a circle, those that deal most with each other side by side, with an arrow for each pair."""
    x, y, across, deep = place
    labels = cut_apart(list(drawn.names), _BESIDE, TINY)
    room = max(width(one, TINY) for one in labels) + _LARGEST + 0.1
    ring = min(across / 2 - room, deep / 2 - 0.75)
    middle = (x + across / 2, y + deep / 2)
    order = _order(drawn)
    angle = {group: 2 * math.pi * k / len(order) - math.pi / 2 for k, group in enumerate(order)}
    at = {group: (middle[0] + ring * math.cos(a), middle[1] + ring * math.sin(a)) for group, a in angle.items()}
    radius = _SMALLEST + (_LARGEST - _SMALLEST) * np.sqrt(drawn.events / drawn.events.max())
    pairs = sorted(zip(*np.nonzero(drawn.handoffs), strict=True), key=lambda pair: -drawn.handoffs[pair])[:_LINES]
    most = float(drawn.handoffs.max())
    norm, colors = _norm(drawn), colormaps["YlOrRd"]
    for one, other in reversed(pairs):
        number = float(drawn.handoffs[one, other])
        thick = 0.5 + 4.0 * number / most
        wait = max(float(drawn.wait[one, other]), _QUICK)
        page.axes.add_patch(
            FancyArrowPatch(
                at[one], at[other], connectionstyle="arc3,rad=0.18", arrowstyle="-|>", mutation_scale=6 + 1.6 * thick,
                shrinkA=72 * radius[one] + 1, shrinkB=72 * radius[other] + 1, linewidth=thick,
                color=colors(0.25 + 0.75 * norm(wait)), zorder=2,
            )
        )  # fmt: skip
    for group, (px, py) in at.items():
        page.axes.plot([px], [py], "o", markersize=2 * 72 * radius[group], color=SERIES_COLORS[1], zorder=3)
        away = radius[group] + 0.09
        dx, dy = math.cos(angle[group]), math.sin(angle[group])
        side: Any = "center" if abs(dx) < 0.3 else "left" if dx > 0 else "right"
        down = dy * (away + 0.05) if side == "center" else dy * away
        page.line(px + dx * away, py + down, labels[group], TINY, side=side, zorder=6)


def _order(drawn: _Drawn) -> list[int]:
    """Return groups so that those which deal most with each other are neighbors."""
    both = drawn.handoffs + drawn.handoffs.T
    graph = nx.Graph()
    graph.add_nodes_from(range(len(both)))
    graph.add_weighted_edges_from(
        (one, other, float(both[one, other])) for one in range(len(both)) for other in range(one) if both[one, other]
    )
    order: list[int] = []
    tree = nx.maximum_spanning_tree(graph)
    for part in sorted(nx.connected_components(tree), key=len, reverse=True):
        start = max(part, key=lambda node: (tree.degree(node), -node))
        leaves = [node for node in part if tree.degree(node) <= 1] or [start]
        order += list(nx.dfs_preorder_nodes(tree, min(leaves)))
    return order


def draw_time(answer: LogLook, lang: str) -> Figure | None:
    """Draw where the time goes and how often cases are handed on; None where nothing can be handed on."""
    if answer.about["groups"] < 2 or not answer.found.several_steps or answer.found.finished.empty:
        return None
    said, figures = texts.TIME, answer.found.figures
    timed = not np.isnan(figures["boundary_share"])
    shares = {"boundary": percentage(figures["boundary_share"]), "ping_pong": percentage(figures["ping_pong_share"])}
    text = said["title" if timed else "title_handed"]
    title = titled(text.format(handoffs=digits(figures["handoffs"]), **shares).get(lang))
    below = said["below"].format(log=answer.about["log"]).get(lang)
    foot = foot_of("" if "start" in answer.about["known"] else said["note_ends"].get(lang), WIDTH)
    deep = 2.3
    page = Page(WIDTH, head_height(title, below, WIDTH) + 0.95 + deep + 0.7 + foot_height(foot))
    y = headed(page, title, below)
    _where(page, y + 0.05, answer.tables["time"], lang)
    across = (WIDTH - 2 * MARGIN - 1.5) / 2
    for place, name in enumerate(("handoffs", "ping_pong")):
        x = MARGIN + 0.55 + place * (across + 0.75)
        table = answer.tables[name]
        axes = page.panel(x, y + 0.9, across, deep)
        plain(axes)
        axes.bar(table[name], table["share"], width=0.75, color=SERIES_COLORS[1 + place])
        told = [f"{row[name]}+" if row["or_more"] else str(row[name]) for row in table.to_dict("records")]
        axes.set_xticks(table[name], told)
        axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol="%" if lang == "zh" else " %"))
        axes.set_xlim(-0.6, 10.6)
        page.line(x, y + 0.76, said["share"].get(lang), TINY, color=SOFT)
        page.line(x + across / 2, y + 0.9 + deep + 0.36, said[name].get(lang), SMALL, color=SOFT, side="center")
    footed(page, foot)
    return page.figure


def _where(page: Page, y: float, table: pd.DataFrame, lang: str) -> None:
    """Draw one bar of the time, in parts."""
    fills = {"boundary": PART_FILLS["handover"], "within": PART_FILLS["external"], "work": PART_FILLS["touch"]}
    x, whole = MARGIN, WIDTH - 2 * MARGIN
    key = MARGIN
    for row in table[table["share"].notna()].to_dict("records"):
        across = whole * row["share"]
        if across > 0:
            page.box(x, y, across, 0.2, fills[row["where"]])
        x += across
        told = f"{texts.TIME[row['where']].get(lang)} {percentage(row['share']).get(lang)}"
        page.box(key, y + 0.3, 0.2, 0.12, fills[row["where"]])
        page.line(key + 0.27, y + 0.36, told, SMALL)
        key += 0.27 + width(told, SMALL) + 0.3


def _text(text: Any) -> Text:
    found: Text = text
    return found

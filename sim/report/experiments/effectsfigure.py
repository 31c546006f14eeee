"""The figure of effects: what each factor changes, and each two of them beyond the sum of both, with intervals."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.report.experiments.finding import effects_title
from sim.report.experiments.reading import SURE, Reading, Term
from sim.report.experiments.rows import (
    WIDTH,
    about,
    effect_at,
    key_of_line,
    key_of_signs,
    left_of,
    name_at,
    names_in,
    row_height,
    rows_panel,
    titled,
)
from sim.report.fit import broken
from sim.report.numbers import unit_of
from sim.report.page import MARGIN, Page, block_height, foot_height, foot_of, footed, head_height, headed, line_height
from sim.report.style import NORMAL, SMALL, TINY
from sim.spec.measures import MeasureSpec
from sim.words import sentences, series, words

texts = words("effects")

MOST = 20
"""Effects there is room for; the smallest are only counted."""

_ROW, _NAMES, _GAP = 0.22, 3.0, 0.3
_COLUMNS, _WIDEST = 5, 2.4
"""Panels beside each other at most, and inches of one."""

Panel = tuple[str, str]
"""An organization and a measure."""


def draw_effects(found: Reading) -> Figure | None:
    """Draw a row for each effect, the largest on the first measure first; a panel for each measure, and organization.

    Measures that are defined nowhere have no panel; None where there is no effect to tell.
    """
    panels = panels_of(found)
    if not panels:
        return None
    terms = ordered(found)
    shown = terms[:MOST]
    names = names_in([found.term(one) for one in shown], _NAMES, bold=True)
    row = row_height(names, _ROW)
    left = MARGIN + left_of(names, bold=True) + 0.14
    columns = min(_COLUMNS, len({measure for _, measure in panels}))
    across = min(_WIDEST, (WIDTH - MARGIN - left - (columns - 1) * _GAP) / columns)
    heads = [broken(_head(found, one), across, NORMAL, bold=True) for one in panels]
    above = max(block_height(one, NORMAL) for one in heads) + 0.08
    feet = [broken(under(found, found.specs[measure]), across + _GAP / 2, TINY) for _, measure in panels]
    down = above + row * len(shown) + 0.36 + max(block_height(one, TINY) for one in feet)
    pairs = any(len(one) > 1 for one in terms)
    title, below = titled(effects_title(found)), about(found, found.say(texts.EFFECTS if pairs else texts.MAIN_ONLY))
    foot = foot_of(_notes(found, terms[MOST:]), WIDTH)
    top = head_height(title, below, WIDTH) + line_height(SMALL) + 0.08
    lines = list(found.scenarios) if len(found.scenarios) > 1 else [""]
    page = Page(WIDTH, top + len(lines) * down + foot_height(foot))
    y = headed(page, title, below)
    _key(page, y + line_height(SMALL) / 2, found)
    measures = list(dict.fromkeys(measure for _, measure in panels))
    for panel, head, under_it in zip(panels, heads, feet, strict=True):
        line, column = lines.index(panel[0]) if len(lines) > 1 else 0, measures.index(panel[1])
        x, panel_top = left + column * (across + _GAP), top + line * down
        page.block(x, panel_top + above - 0.06 - block_height(head, NORMAL), head, NORMAL, bold=True)
        _panel(page, found, panel, shown, (x, panel_top + above, across), row)
        page.block(x + across / 2, panel_top + above + row * len(shown) + 0.19, under_it, TINY, side="center")
    for line in range(len(lines)):
        for place, (term, name) in enumerate(zip(shown, names, strict=True)):
            name_at(page, left - 0.12, top + line * down + above + (place + 0.5) * row, name, bold=len(term) == 1)
    footed(page, foot)
    return page.figure


def panels_of(found: Reading) -> list[Panel]:
    """Return the panels: the first measures that anything changes, organization by organization."""
    known = found.effects[found.effects["mean"].notna()]
    there = set(zip(known["scenario"], known["measure"], strict=True))
    measures = [name for name in found.measures if found.moved(name)][:_COLUMNS]
    return [(name, measure) for name in found.scenarios for measure in measures if (name, measure) in there]


def ordered(found: Reading) -> list[Term]:
    """Return the effects by their size on the first measure that is known, in whichever organization it is largest."""
    known = found.effects[found.effects["mean"].notna()]
    first = next((name for name in found.measures if name in set(known["measure"])), "")
    sizes: dict[Term, float] = dict.fromkeys(known["term"], 0.0)
    for _, row in known[known["measure"] == first].iterrows():
        sizes[row["term"]] = max(sizes[row["term"]], abs(float(row["mean"])))
    return sorted(sizes, key=lambda term: -sizes[term])


def _head(found: Reading, panel: Panel) -> str:
    scenario, measure = panel
    if len(found.scenarios) == 1:
        return found.label(measure)
    return found.say(texts.IN_SCENARIO, measure=found.specs[measure].label, scenario=found.scenarios[scenario])


def _panel(
    page: Page, found: Reading, panel: Panel, terms: list[Term], place: tuple[float, float, float], row: float
) -> None:
    scenario, measure = panel
    rows = {row["term"]: row for _, row in found.rows(measure, scenario).iterrows()}
    axes = rows_panel(page, place, len(terms), row)
    for k, term in enumerate(terms):
        if term in rows:
            effect_at(axes, found, rows[term], k)


def under(found: Reading, spec: MeasureSpec) -> str:
    """Return what stands under an axis of changes: the unit, and which way is better."""
    unit = found.say(texts.CHANGE_IN, unit=unit_of(spec, difference=True))
    way = {"higher": found.say(texts.RIGHT), "lower": found.say(texts.LEFT), "neither": ""}[spec.better]
    return f"{unit}\n{way}" if way else unit


def main_note(found: Reading) -> str:
    """Say what the effect of a factor is, where pairs are none."""
    return found.say(texts.MAIN_AT_FIRST if found.design == "one_at_a_time" else texts.MAIN_ALONE)


def _key(page: Page, middle: float, found: Reading) -> None:
    rows = found.effects[found.effects["measure"].isin(found.measures) & found.effects["mean"].notna()]
    seen = {found.verdict(row) for _, row in rows.iterrows()}
    x = key_of_signs(page, MARGIN, middle, found, seen)
    if rows["low"].notna().any():
        key_of_line(page, x, middle, found.say(texts.INTERVAL))


def _notes(found: Reading, left_out: list[Term]) -> str:
    """Say what bold names and pairs mean, and how much is left out."""
    pairs = 2 in {len(one) for one in found.effects["term"]}
    said = [found.say(one) for one in (texts.MAIN, texts.PAIR)] if pairs else [main_note(found)]
    if left_out:
        rows = found.effects[found.effects["term"].isin(left_out) & found.effects["measure"].isin(found.measures)]
        sure = {row["term"] for _, row in rows.iterrows() if found.verdict(row) in SURE}
        said.append(found.say(texts.LEFT_OUT, count=len(left_out), sure=len(sure)))
    still = [found.specs[name].label for name in found.known if not found.moved(name)]
    if still:
        said.append(found.say(texts.UNMOVED, measures=series(still)))
    return sentences(said).get(found.lang)

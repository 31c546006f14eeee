"""Charts as drawings: as long as their numbers, readable on their colors, and said in words."""

import re

import pytest

from sim.report.document.blocks import Chart, Series
from sim.report.document.canvas import NAMED, PAPER, contrast, fills_of, on
from sim.report.document.charts import charts_of
from sim.report.document.scales import tick_label, ticks, with_zero
from sim.report.document.toldchart import told
from sim.report.lettering import Lettering
from sim.report.style import PART_FILLS
from tests.worlds.documents import document


def drawn(chart, lang="en"):
    with Lettering().used():
        return charts_of(chart, lang)


def lengths(text):
    return [float(one) for one in re.findall(r'<rect [^>]*width="([\d.]+)"', text.partition("</svg>")[0])]


def test_bars_are_as_long_as_their_numbers():
    """From zero, in both directions."""
    chart = Chart("c", "C", "bars", ("A", "B", "C"), (Series("Now", (10.0, 20.0, -5.0)),), "hours")
    one, two, below = lengths(drawn(chart))
    assert two == pytest.approx(2 * one, abs=0.2)
    assert below == pytest.approx(one / 2, abs=0.2)


def test_parts_lie_one_on_another_and_the_sum_is_said():
    """A part that is not known has no length."""
    series = (Series("A", (3.0,), color="#009E73"), Series("B", (float("nan"),)), Series("C", (6.0,)))
    text = drawn(Chart("c", "C", "stacked", ("Now",), series, "hours"))
    one, two = lengths(text)
    assert two + 1 == pytest.approx(2 * (one + 1), abs=0.2)
    assert ">9.0</text>" in text


def test_lines_stop_where_nothing_is_known():
    """A gap is no line to zero."""
    values = (1.0, 2.0, float("nan"), 4.0, 5.0)
    text = drawn(Chart("c", "C", "lines", ("1", "2", "3", "4", "5"), (Series("Now", values),), "hours"))
    assert text.partition("</svg>")[0].count('stroke-width="2.2"') == 2


def test_numbers_can_be_read_on_every_color():
    """Black or white has enough contrast on each fill of the product, and each series looks different."""
    assert all(contrast(one.color, on(one.color)) >= 4.5 for one in PART_FILLS.values())
    assert all(contrast(color, PAPER) >= 4.5 for color, name in NAMED.items() if name not in ("rule", "paper"))
    fills = [
        one.color for one in fills_of([("", "plain")] * 6 + [("", "better"), ("", "better"), ("#0072B2", "plain")])
    ]
    assert len(set(fills[:8])) == 8


def test_scales_are_round():
    """Steps of one, two or five; zero is there where it is near."""
    assert ticks(0.0, 23.0, 5) == [0.0, 5.0, 10.0, 15.0, 20.0]
    assert [tick_label(one, [0.0, 0.05, 0.1]) for one in (0.0, 0.05)] == ["0.00", "0.05"]
    assert with_zero([3.0, 9.0])[-1] == 0.0
    assert with_zero([79.0, 88.0]) == [79.0, 88.0]


def test_charts_say_what_they_show():
    """Short series value by value, long ones by their ends and limits."""
    charts = {one.name: one for chapter in document("zh").chapters for one in chapter.blocks if isinstance(one, Chart)}
    assert told(charts["load"], "zh").split("\n")[1].startswith("现状：销售部 14.0 工时、生产部 22.5 工时、")
    assert told(charts["weeks"], "zh").split("\n")[1].startswith("现状：从 80.0% 到 80.5%，最低 77.0%，最高 83.0%")

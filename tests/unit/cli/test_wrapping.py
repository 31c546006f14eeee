"""Chinese lines are broken where Chinese may be broken, on the screen and in tables."""

import io
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.table import Table

from sim.cli.screen import Screen
from sim.report.lines import lines_of, pieces

NOT_FIRST = "、。，；：？！）”…"
NOT_LAST = "（“"
TEXTS = st.text(st.sampled_from("统计期仿真结果a b1.％、。，；：？！）（“”…"), max_size=80)


def lines(text, width):
    """Return a text broken to a width."""
    return lines_of(text, width, "zh").splitlines()


@given(TEXTS)
def test_nothing_is_lost(text):
    """Pieces and lines are the text."""
    assert "".join(pieces(text)) == text
    assert re.sub(r"\s", "", "".join(lines(text, 11))) == re.sub(r"\s", "", text)


@given(TEXTS)
def test_no_line_begins_with_a_closing_mark_nor_ends_with_an_opening_one(text):
    """Unless a single piece does, because the whole text does."""
    for before, line in pairwise(lines(text, 11)):
        assert line[0] not in NOT_FIRST or f"{before} " in text
        assert before[-1] not in NOT_LAST or f"{before} " in text


@given(TEXTS)
def test_lines_fit_but_for_what_cannot_be_broken(text):
    """A line is too long only if it is one piece."""
    for line in lines(text, 11):
        assert cell_len(line) <= 11 or len([one for one in pieces(line) if one.strip()]) == 1


@pytest.mark.parametrize("width", [20, 37, 80])
def test_the_screen_breaks_sentences_and_cells_so(width):
    """What is printed, and what stands in a table."""
    text = "仿真 50 次，随机种子 1；预热（8 周）后统计 30 周，再留 4.29 周观察尾期等待事项办结。“占优”是所占比例。"
    file = io.StringIO()
    screen = Screen(file, width=width)
    table = Table("说明")
    table.add_row(text)
    screen.print(text)
    screen.print(table)
    shown = file.getvalue().splitlines()
    assert max(map(cell_len, shown)) <= width
    assert [line for line in shown if line.strip("│┃ ")[:1] and line.strip("│┃ ")[0] in NOT_FIRST] == []
    assert "".join(shown[: shown.index(next(one for one in shown if "┏" in one))]).replace(" ", "") == text.replace(
        " ", ""
    )


def test_other_words_are_broken_at_spaces():
    """As before."""
    file = io.StringIO()
    Screen(file, width=12).print("one two three four")
    assert file.getvalue() == "one two \nthree four\n" or file.getvalue() == "one two\nthree four\n"

"""Words are as wide as their letters; lines break where readers expect it, in both scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.report.fit import ELLIPSIS, balanced, broken, cut, cut_apart, width
from sim.report.lettering import Lettering

WORDS = st.text(st.sampled_from("abcdefgh 部门准时率，。（）、1250%+_"), max_size=60)


@pytest.fixture(scope="module", autouse=True)
def _letters():
    with Lettering().used():
        yield


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("text", ["On time 80.5 → 88.3 %", "四项并用：准时率 80.5%，每周增加 50 小时", "WWW iii"])
def test_widths_are_those_that_are_drawn(text, bold):
    """Never less than on paper, and not much more."""
    figure = Figure(dpi=300)
    FigureCanvasAgg(figure)
    drawn = (
        figure.text(0, 0, text, fontsize=20, fontweight="bold" if bold else "normal").get_window_extent().width / 300
    )
    assert drawn <= width(text, 20, bold) * 1.01
    assert width(text, 20, bold) <= drawn * 1.1 + 0.05


@given(WORDS, st.floats(0.4, 3.0))
def test_no_line_is_longer_than_its_room(text, inches):
    """Nothing is lost but blanks, and signs stand with what they belong to."""
    lines = broken(text, inches, 9.0).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        glued = len(line) > 1 and width(line[0], 9.0) + width(line[1], 9.0) > inches
        assert width(line, 9.0) <= inches or glued or any(sign in line for sign in "，。（）、%")
    for line in lines[1:]:
        assert line[:1] not in tuple("，。）、") or width(line, 9.0) >= 0.0


def test_numbers_stay_with_their_units_and_arrows():
    """No line begins with an arrow or a percent sign."""
    assert broken("on time 62.4 → 83.0 %, 16 h more", 1.0, 9.0).split("\n") == [
        "on time",
        "62.4 → 83.0 %,",
        "16 h more",
    ]
    assert broken("准时率 62.4 → 83.0%，每周", 1.0, 9.0).split("\n") == ["准时率", "62.4 → 83.0%，", "每周"]


def test_balanced_lines_leave_no_word_alone():
    """As few lines as possible, and as long ones each."""
    text = "Shared goals: on time 78.8 → 81.0 %, 3 h of coordination a week more"
    room = width(text, 9.0) * 0.95
    assert broken(text, room, 9.0).split("\n")[1] == "more"
    first, second = balanced(text, room, 9.0).split("\n")
    assert 0.6 < width(first, 9.0) / width(second, 9.0) < 1.7


def test_words_are_broken_at_their_joints_only_where_they_must():
    """`daily_standup` stays whole where it has room, and is never broken within a word where it has a joint."""
    assert broken("daily_standup twice", 1.2, 9.0) == "daily_standup\ntwice"
    assert broken("daily_standup", 0.65, 9.0) == "daily_\nstandup"


def test_chinese_signs_never_begin_a_line():
    """、 and 。 stay with the word before, （ with the word after."""
    lines = broken("准时率提高，协调工时增加（差异不显著）。销售部、生产部", 0.75, 9.0).split("\n")
    assert len(lines) > 3
    assert all(line[0] not in "，。）、" and line[-1] not in "（" for line in lines)


def test_no_more_lines_than_there_is_room_for():
    """The last one shows that something is missing."""
    lines = broken("one two three four five six seven eight nine ten", 0.8, 9.0, most=2).split("\n")
    assert len(lines) == 2
    assert lines[1].endswith(ELLIPSIS)


@given(st.lists(st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=40), max_size=8))
def test_cut_labels_are_never_longer_than_allowed(labels):
    """And short ones are left alone."""
    found = cut_apart(labels, 1.0, 9.0)
    assert all(width(text, 9.0) <= 1.0 for text in found)
    assert all(text == label for text, label in zip(found, labels, strict=True) if width(label, 9.0) <= 1.0)


def test_labels_that_begin_alike_are_cut_in_the_middle():
    """What tells them apart is at the end."""
    one, other = cut_apart(["Department no. 1", "Department no. 2"], 0.8, 9.0)
    assert one.endswith("no. 1")
    assert other.endswith("no. 2")
    assert cut("Department no. 1", 0.8, 9.0).endswith(ELLIPSIS)

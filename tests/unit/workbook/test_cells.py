"""Single cells: what people write is read as the field means it, and what cannot be is refused with what is allowed."""

from datetime import date, datetime, time

import pytest

from sim.spec.findings import TextError
from sim.workbook import cells


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (3.0, 3), ("３", 3), ("1,200", 1200), ("１，２００", 1200), ("1 200", 1200), ("1'200", 1200),
        ("1.200,5", 1200.5),
        ("1,200.5", 1200.5), ("0,5", 0.5), ("12,25", 12.25), ("0,125", 0.125), ("1.234", 1.234), ("1.234.567", 1234567),
        ("1,234,567", 1234567), (" +4 ", 4), ("−2", -2), ("1e3", 1000), ("¥55", 55), ("55 元", 55), ("€ 1,5", 1.5),
        (".5", 0.5),
        (",5", 0.5), ("1e-3", 0.001),
    ],
)  # fmt: skip
def test_numbers(written, meant):
    """Wide digits, divided thousands, a comma for a point, signs of money."""
    assert cells.number(written) == pytest.approx(meant)


@pytest.mark.parametrize(
    "written",
    ["", "five", "1,2,3", "1.2.3", "1,20.5", "12 34", "nan", "inf", "1e999", float("nan"), float("inf"), "1_000", "--1",
     "9" * 1000, "5 apples", "=1+1", "1\x1b[31m", True, date(2027, 1, 4), "1..2", "٣٫", "½½", "²"],
)  # fmt: skip
def test_no_numbers(written):
    """Nothing is guessed; what was found is told on one line that steers no screen."""
    with pytest.raises(TextError) as caught:
        cells.number(written, low=0.0, high=10.0)
    for language in ("en", "zh"):
        said = caught.value.said(language)
        assert "10" in said
        assert len(said) < 200
        assert "\x1b" not in said
        assert "\n" not in said


def test_numbers_within_bounds():
    """Bounds are told as they are."""
    for written, bounds, told in [
        ("12", {"low": 0, "high": 10}, "found '12', expected a number from 0 to 10"),
        (0.5, {"low": 1, "whole": True}, "found '0.5', expected a whole number of at least 1"),
        (-1.0, {"low": 0}, "found '-1', expected a number of at least 0"),
    ]:
        with pytest.raises(TextError, match=f"^{told}$"):
            cells.number(written, **bounds)
    with pytest.raises(TextError) as caught:
        cells.number("１２", low=0, high=10)
    assert caught.value.said("zh") == "写的是“１２”，应为数字，0 至 10"


@pytest.mark.parametrize(
    ("written", "percent", "meant"),
    [("80%", False, 0.8), ("８０％", False, 0.8), ("80 %", True, 0.8), (0.8, False, 0.8), (80.0, True, 0.8),
     ("0,8", False, 0.8),
     ("百分之80", False, 0.8), ("12.5 percent", False, 0.125), (1.0, False, 1.0), ("0.5%", True, 0.005)],
)  # fmt: skip
def test_shares(written, percent, meant):
    """A percent sign says what it is; without one the heading does."""
    assert cells.share(written, percent=percent) == pytest.approx(meant)


@pytest.mark.parametrize("written", [80.0, "80", "120%", "-1%", "%", "most", True])
def test_no_shares(written):
    """80 is no share, and whether 80 % was meant is not guessed."""
    with pytest.raises(TextError, match="expected a share from 0 to 1, or a percentage such as 80 %"):
        cells.share(written)


@pytest.mark.parametrize(
    ("written", "hours"),
    [("30 分钟", 0.5), ("30min", 0.5), ("30 Min.", 0.5), ("2 天", 16), ("2 days", 16), ("1.5h", 1.5),
     ("1,5 小时", 1.5), ("１．５小时", 1.5),
     ("1 周", 40), (2.0, 2), ("2", 2), ("1:30", 1.5), (time(1, 30), 1.5), ("36:00", 36), ("约 3 小时", 3),
     ("1,200 min", 20), ("3 人天", 24)],
)  # fmt: skip
def test_times(written, hours):
    """A unit in the cell counts; a day at work has 8 hours."""
    assert cells.duration(written) == pytest.approx(hours)
    assert cells.duration(written, "minutes", bare="hours") == pytest.approx(hours * 60)


def test_times_of_the_calendar():
    """A day of the calendar has 24 hours; a bare number counts what the heading says."""
    assert cells.duration("1 周", "days", day=24) == 7
    assert cells.duration("36 h", "days", day=24) == 1.5
    assert cells.duration(90.0, "hours", bare="minutes") == 1.5
    with pytest.raises(TextError, match=r"^found '5 lightyears', expected hours as a number of at least 0, or a time"):
        cells.duration("5 lightyears")
    for written in ("3 周", "5 个工作日", "5 working days"):
        with pytest.raises(TextError, match="expected days as a number from 0 to 10, or a time such as 30 min"):
            cells.duration(written, "days", day=24, high=10)


@pytest.mark.parametrize("written", ["是", "√", "Yes", "ｙ", "X", "TRUE", True, 1.0, " 有 "])
def test_yes(written):
    """Ticks count."""
    assert cells.yes(written) is True


@pytest.mark.parametrize("written", ["否", "×", "no", "Ｎ", False, 0.0, "无"])
def test_no(written):
    """And so do crosses of those who do not tick."""
    assert cells.yes(written) is False


@pytest.mark.parametrize("written", ["maybe", 2.0, "", date(2027, 1, 1)])
def test_neither_yes_nor_no(written):
    """What is neither is refused."""
    with pytest.raises(TextError, match="expected yes or no"):
        cells.yes(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("R", "R"), ("r", "R"), ("Ａ", "A"), ("R/A", "RA"), ("RA", "RA"), ("A/R", "RA"), ("r, a", "RA"), ("R、C", "RC"),
     ("负责", "R"),
     ("审批", "A"), ("C；I", "CI"), ("R\nA", "RA"), ("R（负责）", "R"), ("(A)", "A"), ("R*", "R"),
     ("Responsible / Accountable", "RA"),
     ("R+A", "RA"), ("R & A", "RA"), ("知会", "I"), ("i.", "I")],
)  # fmt: skip
def test_letters(written, meant):
    """However they are put together, they come as R, A, C, I."""
    assert "".join(cells.letters(written)) == meant


@pytest.mark.parametrize("written", ["S", "R/S", "?", "ARCIX", "R（批准）", 1.0, "rar ci a raci raci", "🙂"])
def test_no_letters(written):
    """A letter of another scheme is refused with the four that there are."""
    with pytest.raises(TextError, match=r"expected letters of RACI: R \(does it\), A \(approves\)"):
        cells.letters(written)


def test_texts_and_lists():
    """Brackets and letters come at usual width; Chinese punctuation stays; lists are apart by whatever people use."""
    assert cells.text(" 销售（华东）　Ａ１\n组 ") == "销售(华东) A1 组"
    assert cells.text(3.0) == "3"
    assert cells.names("销售部、生产部, Sales／x;y\nz") == ("销售部", "生产部", "Sales", "x", "y", "z")


@pytest.mark.parametrize(
    "written", ["2027-01-04", "2027/1/4", "２０２７年１月４日", date(2027, 1, 4), datetime(2027, 1, 4, 8), "2027.1.4"]
)
def test_dates(written):
    """Years come first."""
    assert cells.day(written) == date(2027, 1, 4)


@pytest.mark.parametrize("written", ["4/1/2027", "2027-13-01", "soon", 46000.0, time(8)])
def test_no_dates(written):
    """Whether 4/1 is in January or April is not guessed."""
    with pytest.raises(TextError, match="expected a date such as 2027-01-04"):
        cells.day(written)


def test_choices():
    """Case, width and blanks do not matter; a near miss is told."""
    known = {"volume": 1, "own work": 2, "质量": 3}
    assert [cells.chosen(one, known) for one in ("Volume", "own_work", "ＯＷＮ ＷＯＲＫ", "质 量")] == [1, 2, 2, 3]
    with pytest.raises(
        TextError, match=r"^found 'volum', expected one of volume, own work, 质量; did you mean 'volume'\?$"
    ):
        cells.chosen("volum", known)

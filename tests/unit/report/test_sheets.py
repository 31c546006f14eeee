"""Sheets printed for a terminal: however narrow it is, no word and no number is cut or broken."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from sim.report.sheets import Column, Part, Sheet, printed
from sim.words import Text

WORDS = st.lists(st.sampled_from(["day", "17", "2027-02-12", "Requirements", "Pre-sale", "08:00", "a"]), max_size=3)
CELLS = WORDS.map(" ".join) | st.floats(0.0, 999.0).map(lambda one: round(one, 1))


def shown(sheet: Sheet, width: int) -> str:
    """Return what a terminal so wide shows of the first part."""
    console = Console(file=io.StringIO(), width=width)
    for table in printed(sheet, sheet.parts[0], "en", width):
        console.print(table)
    told = console.file
    assert isinstance(told, io.StringIO)
    return told.getvalue()


@settings(max_examples=60)
@given(st.integers(1, 9).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=4)),
       st.integers(40, 120))  # fmt: skip
def test_no_word_is_cut(rows: list[list[str | float]], width: int) -> None:
    """Every word stands there whole, as often as it is said at least, and no line is longer than the terminal."""
    numbers = [all(isinstance(row[k], float) for row in rows) for k in range(len(rows[0]))]
    columns = tuple(Column(Text(f"heading{k}", f"列{k}"), number) for k, number in enumerate(numbers))
    sheet = Sheet("sheet", columns, (Part(Text("Title", "标题"), tuple(map(tuple, rows))),))
    told = shown(sheet, width)
    assert max(map(len, told.splitlines())) <= width
    found = told.split()
    for word in {word for row in rows for cell in row if isinstance(cell, str) for word in cell.split()}:
        assert word in found


@pytest.mark.parametrize("width", [60, 80, 100])
def test_dates_of_a_plan_stand_whole(width: int) -> None:
    """As wide as a terminal often is, eleven columns do not fit one table; no date loses its last digits."""
    dates = tuple(f"2027-02-{day} 09:30" for day in range(10, 21))
    columns = tuple(Column(Text(f"column {k}", f"列 {k}")) for k in range(len(dates)))
    told = shown(Sheet("plan", columns, (Part(Text("Plan", "计划"), (dates,)),)), width)
    assert all(date.partition(" ")[0] in told.split() for date in dates)

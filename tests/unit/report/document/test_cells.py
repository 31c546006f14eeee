"""How cells are written."""

import math

import pytest

from sim.report.document.blocks import Column
from sim.report.document.cells import fixed, heading_of, written


@pytest.mark.parametrize(
    ("cell", "column", "en", "zh"),
    [
        (None, Column("x", "X", kind="number"), "–", "–"),
        (math.nan, Column("x", "X", kind="share"), "–", "–"),
        (True, Column("x", "X"), "yes", "是"),
        ("=A1", Column("x", "X", kind="number"), "=A1", "=A1"),
        (0.8749, Column("x", "X", kind="share"), "87.5 %", "87.5%"),
        (-0.5, Column("x", "X", unit="%", kind="share", digits=0, signed=True), "−50", "−50"),
        (12345, Column("x", "X", kind="count"), "12,345", "12,345"),
        (1234567.891, Column("x", "X", kind="number", digits=2), "1,234,567.89", "1,234,567.89"),
        (7, Column("x", "X"), "7", "7"),
        (0.0123, Column("x", "X"), "0.0123", "0.0123"),
        (-13.0, Column("x", "X", kind="mixed"), "−13", "−13"),
        (1234567.8, Column("x", "X"), "1,234,568", "1,234,568"),
    ],
)
def test_cells(cell, column, en, zh):
    assert (written(cell, column, "en"), written(cell, column, "zh")) == (en, zh)


def test_what_rounds_to_zero_has_no_sign():
    assert [fixed(value, 1, True) for value in (-0.04, 0.04, -0.06, 0.06)] == ["0.0", "0.0", "−0.1", "+0.1"]


def test_units_stand_behind_headings_as_the_language_writes_them():
    column = Column("x", "Lead", unit="h")
    assert (heading_of(column), heading_of(column, "zh"), heading_of(Column("x", "X"))) == (
        "Lead (h)",
        "Lead（h）",
        "X",
    )

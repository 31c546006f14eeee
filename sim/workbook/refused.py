"""Why a workbook, a sheet or a cell is refused, as findings that name the place as people call it."""

from __future__ import annotations

from sim.spec.findings import Finding, ScenarioError
from sim.words import Text
from sim.workbook.grid import Grid


def refused(file: str, text: Text) -> ScenarioError:
    """Return the error that refuses a whole file in one sentence."""
    return ScenarioError([Finding(text, file=file)])


def at(grid: Grid, row: int, column: int, text: Text) -> Finding:
    """Return what is wrong in a cell: ``org.xlsx, departments!B7: found ..., expected ...``."""
    return Finding(text, file=grid.file, line=grid.where(row, column))

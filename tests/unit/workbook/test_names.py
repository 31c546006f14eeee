"""What cells refer to: mistakes have hints, as long as there are few."""

from sim.workbook.grid import Grid
from sim.workbook.imported import imported_from
from sim.workbook.names import Table


def sheet(name, *rows):
    """Return a sheet with these rows."""
    return Grid("org.xlsx", name, {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)})


def test_of_thousands_of_mistakes_the_first_have_hints():
    """Comparing every name with every other would take minutes."""
    table = Table()
    for number in range(500):
        table.add(f"d{number}", f"department {number}")
    hints = [bool(table.hint(f"departmnt {number}")) for number in range(100)]
    assert hints == sorted(hints, reverse=True)
    assert 10 < sum(hints) < 50
    assert str(table.hint("departmnt 0")) == "; did you mean 'department 0'?"


def test_a_role_that_is_nobody_is_told_once():
    """At its own cell, and not as something missing as well."""
    found = imported_from(
        [
            sheet("Departments", ("Department", "People"), ("Sales", 3.0)),
            sheet("Processes", ("Process", "Cases"), ("order", 5.0)),
            sheet("Steps", ("Process", "Step", "R", "Work"), ("order", "plan", "Salse", "2 days")),
        ],
        "org.xlsx",
    )
    assert [str(one) for one in found.findings] == [
        "org.xlsx, Steps!C2: found 'Salse', expected a department or approver (Sales); did you mean 'Sales'?"
    ]

"""Tables that others refer to by row: each distribution and calendar once, quantiles with the mean that was meant."""

import numpy as np
import pytest

from sim.compile.basics import Basics, fill, identity, quantile_table, records
from sim.kernel import layout
from sim.kernel.draws import PER_E, TABLE
from sim.scenario.holidays import of_calendar
from sim.spec import Calendar, Work
from sim.spec.calendars import ALWAYS, OFFICE
from sim.spec.closures import unrolled
from sim.vocab import Family


def test_identities_depend_on_names_alone() -> None:
    """They are parts of addresses of draws: should they change, so does every result."""
    assert identity("order", "sign") == 0xFD52E7EF1832CECE
    assert identity("a", "b") != identity("ab") != identity("b", "a")


def test_tables_have_a_row_even_if_nothing_is_in_them() -> None:
    """Every table has an address; a name that no field has is refused."""
    assert len(records(layout.SEGMENT, [])) == 1
    assert records(layout.SEGMENT, [(1.0, 2.0, 0.0, 1.0), (3.0, 4.0, 1.0, 1.0)])["end"].tolist() == [2.0, 4.0]
    with pytest.raises(ValueError, match="no field of name misspelled"):
        fill(records(layout.SEGMENT, [])[0], misspelled=1.0)


def test_each_distribution_has_one_row() -> None:
    """Constants and exponentials are their mean; whatever else has a table of quantiles."""
    basics = Basics()
    works = [Work.deterministic(2.0), Work.exponential(3.0), Work.deterministic(2.0), Work.lognormal(4.0, 0.5)]
    assert [basics.work(work) for work in works] == [0, 1, 0, 2]
    tables = basics.tables(np.zeros(0))
    assert tables["works"].tolist() == [(Family.CONSTANT, 0, 2.0), (Family.EXPONENTIAL, 0, 3.0), (Family.TABLE, 0, 4.0)]
    assert len(tables["numbers"]) == TABLE


def exact_mean(table: np.ndarray, e: np.ndarray) -> float:
    """Return the mean of a table: the integral of straight lines times exp(-e), each cell by parts."""
    left, right = table[:-1] * np.exp(-e[:-1]), table[1:] * np.exp(-e[1:])
    slopes = np.diff(table) / np.diff(e)
    parts = left - right + slopes * (np.exp(-e[:-1]) - np.exp(-e[1:]))
    return float(parts.sum() + right[-1])


@pytest.mark.parametrize(
    "work",
    [
        Work.lognormal(4.0, 0.5),
        Work.gamma(3.0, 2.0),
        Work.model_validate({"triangular": {"low": 1, "mode": 2, "high": 6}}),
    ],
    ids=lambda work: work.family,
)
def test_quantiles_grow_and_have_mean_one(work: Work) -> None:
    """With straight lines between them, weighed by exp(-e)."""
    table = np.array(quantile_table(work))
    e = np.arange(TABLE) / PER_E
    assert (np.diff(table) >= 0.0).all()
    fine = np.linspace(0.0, e[-1], 40 * TABLE + 1)
    density = np.interp(fine, e, table) * np.exp(-fine)
    assert np.trapezoid(density, fine) == pytest.approx(1.0, abs=1e-5)
    assert exact_mean(table, e) == pytest.approx(1.0, abs=1e-12)
    assert table[round(PER_E)] == pytest.approx(work.quantile(1.0 - np.exp(-1.0)) / work.mean, rel=1e-4)


def test_a_calendar_is_its_segments() -> None:
    """With the open hours before each, and for every hour of the week the first that ends at or after it."""
    basics = Basics()
    early = Calendar.model_validate({"mon": ["06:00-10:00", "12:30-14:00"], "wed": "06:00-08:00"})
    assert [basics.calendar(of_calendar(one)) for one in (early, ALWAYS, early, OFFICE)] == [0, 1, 0, 2]
    tables = basics.tables(np.array([2, 0, 2, 2]))
    rows, lists = tables["calendars"], tables["lists"]
    assert tables["segments"][:3].tolist() == [
        (6.0, 10.0, 0.0, 1.0),
        (12.5, 14.0, 4.0, 1.0),
        (54.0, 56.0, 5.5, 1.0),
    ]
    assert rows["hours"].tolist() == [7.5, 168.0, 40.0]
    assert rows["always"].tolist() == [0, 1, 0]
    by_hour, by_passed = (lists[rows[0][name] :] for name in ("by_hour", "by_passed"))
    assert [by_hour[hour] for hour in (0, 10, 11, 14, 15, 56, 57, 169)] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert [by_passed[hour] for hour in (0, 4, 5, 6, 7, 8)] == [0, 0, 1, 2, 2, 3]


def test_an_hour_of_a_calendar_may_count_as_less_or_more() -> None:
    """Piece by piece of any week, days off left out."""
    twice = Calendar.model_validate({"mon": {"06:00-08:00": 1.0, "08:00-12:00": 2.0}})
    basics = Basics()
    basics.calendar(unrolled(twice.intervals, ((6.0, 9.0),), 2), twice.pieces)
    tables = basics.tables(np.zeros(0))
    assert tables["segments"].tolist() == [(9.0, 12.0, 0.0, 2.0), (174.0, 176.0, 6.0, 1.0), (176.0, 180.0, 8.0, 2.0)]
    assert tables["calendars"]["cycle_hours"].tolist() == [16.0]


def test_keepers_are_those_who_keep_a_calendar() -> None:
    """All owners of a queue that open with it, in their order."""
    basics = Basics()
    for calendar in (OFFICE, ALWAYS, Calendar.model_validate({"sat": "08:00-12:00"})):
        basics.calendar(of_calendar(calendar))
    tables = basics.tables(np.array([1, 0, 1, 1]))
    kept = [tables["lists"][row["keepers"] :][: row["n_keepers"]].tolist() for row in tables["calendars"]]
    assert kept == [[1], [0, 2, 3], []]

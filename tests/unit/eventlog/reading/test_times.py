"""Times as people and programs write them."""

import numpy as np
import pandas as pd
import pytest

from sim.eventlog.reading import read_log
from sim.eventlog.reading.times import day_comes_first, read_times, without_clock

MOMENT = pd.Timestamp("2011-03-07 09:42")


def one(text, **asked):
    """Return what a text is read as."""
    return read_times(pd.Series([text]), **asked).values[0]


@pytest.mark.parametrize(
    "text",
    [
        "2011-03-07 09:42", "2011-03-07T09:42:00", "2011/3/7 9:42", "2011.03.07 09:42:00.000",
        "7 Mar 2011 09:42", "07-Mar-11 9:42 AM", "Mon, 7 March 2011 09:42:00", "March 7, 2011 9:42 am",
        "7. März 2011 09:42", "7 mrt 2011 9:42", "7 de marzo de 2011, 9:42", "2011年3月7日 9:42",
        "2011年3月7日 上午9:42", "2011年3月7日9时42分", "7.3.2011 9:42", "07/03/2011 09:42:00",
        "20110307094200", "40609,4041667", "40609.4041667", "1299490920", "1299490920000", "1299490920000000",
        " 2011-03-07 09:42 ", "2011-03-07T09:42:00+01:00", "2011-03-07T09:42:00.000-0500",
        "2011-03-07 09:42:00 UTC",
    ],
)  # fmt: skip
def test_every_notation(text):
    """All of the same moment, on the clock that is written."""
    assert one(text) == MOMENT


@pytest.mark.parametrize(
    "text", ["2011-02-30", "2011-13-01", "25:00", "soon", "1900-01-01", "9999-12-31", "12", "2011-03-07 25:00"]
)
def test_what_is_no_time(text):
    """Nor what stands for one that is not known."""
    read = read_times(pd.Series([text]))
    assert read.bad[0]
    assert pd.isna(read.values[0])


def test_times_are_brought_to_a_clock():
    """Those that say their zone, over the change to summer time."""
    texts = ["2024-03-31T00:30:00Z", "2024-03-31T01:30:00Z", "2024-03-31T03:30:00+02:00", "2024-03-31 09:00"]
    read = read_times(pd.Series(texts), zone="Europe/Amsterdam")
    assert read.values.dt.hour.tolist() == [1, 3, 3, 9]
    assert (read.zoned, read.local) == (3, 1)


def test_what_comes_first_is_decided_by_all():
    """A day above twelve tells; where none does, nothing is known."""
    assert day_comes_first([pd.Series(["3/7/2024", "13/7/2024"])]) is True
    assert day_comes_first([pd.Series(["3/7/2024"]), pd.Series(["3/17/2024"])]) is False
    assert day_comes_first([pd.Series(["3/7/2024", "3.8.2024"])]) is None
    assert one("3/7/2024", day_first=False) == pd.Timestamp("2024-03-07")


def test_days_without_an_hour():
    """Of which a due date has the whole."""
    assert without_clock(pd.Series(["2024-03-04", "4 Mar 2024", "4/3/2024", ""]))
    assert not without_clock(pd.Series(["2024-03-04", "2024-03-04 10:00"]))
    assert not without_clock(pd.Series(["", "-"]))


@pytest.mark.parametrize(
    "text", ["2024-03-04", "2024/3/4", "2024年3月4日", "4 Mar 2024", "4. März 2024", "4.3.2024", "20240304"]
)
def test_every_notation_may_be_without_a_clock(text):
    """A day is its midnight."""
    assert one(text) == pd.Timestamp("2024-03-04")
    assert without_clock(pd.Series([text]))


def test_categories_are_read_once():
    """And are where they stand."""
    read = read_times(pd.Series(["2024-03-04", "x", "2024-03-04", None], dtype="category"))
    assert read.values.notna().tolist() == [True, False, True, False]
    assert np.flatnonzero(read.bad).tolist() == [1]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (("2024-03-04 09:00", "2024-03-04 10:00"), "Times say no zone"),
        (("2024-03-04T09:00:00Z", "2024-03-04T10:00:00Z"), "on the clock of UTC"),
        (("2024-03-04T09:00:00+01:00", "2024-04-04T10:00:00+02:00"), "taken as it is written (--zone"),
        (("2024-03-04T09:00:00+01:00", "2024-03-04T10:00:00-05:00"), "of several zones"),
        (("2024-03-04T09:00:00+01:00", "2024-03-04 10:00"), "1 of 2 times says a zone"),
        (("3/4/2024", "4/5/2024"), "2 dates could have the day or the month first, and none tells"),
        (("3/4/2024", "14/5/2024"), "other dates of the log have the day first"),
        (("45355.375", "45356.375"), "days as spreadsheets count them"),
        (("1709542800", "1709546400"), "since 1970"),
    ],
)
def test_what_was_taken_is_said(tmp_path, ends, said):
    """In a note, in both languages."""
    path = tmp_path / "log.csv"
    path.write_text("case,activity,end\n" + "".join(f"1,a,{end}\n" for end in ends), encoding="utf-8")
    notes = read_log(path, end="end").notes
    assert said in " ".join(note.en for note in notes)
    assert all(note.zh for note in notes)

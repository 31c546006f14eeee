"""Tables in text: encodings, what columns are apart by, which column is what, and rows that cannot be used."""

import datetime as dt

import numpy as np
import pytest

import sim
from sim.spec.findings import ScenarioError, TextError

HEAD = "case,activity,end\n"


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a log and reads it."""

    def write(text, encoding="utf-8", name="log.csv", **asked):
        raw = text if isinstance(text, bytes) else text.encode(encoding)
        (tmp_path / name).write_bytes(raw)
        return sim.read_log(tmp_path / name, **asked)

    return write


def rows(count, first=4):
    """Return rows, one an hour."""
    return "".join(f"c{one // 4},{'abcd'[one % 4]},2024-03-{first + one // 20:02d} {one % 20:02d}:00\n"
                   for one in range(count))  # fmt: skip


def told(log):
    """Return the notes of a log."""
    return " ".join(note.en for note in log.notes)


@pytest.mark.parametrize(
    ("encoding", "apart", "names"),
    [
        ("utf-8", ",", "Case ID,Activity,Complete Timestamp,Assignment group"),
        ("utf-8-sig", ";", "Vorgang;Aktivität;Endzeit;Abteilung"),
        ("utf-16", "\t", "Zaaknummer\tActiviteit\tEindtijd\tAfdeling"),
        ("latin-1", ";", "Fallnummer;Tätigkeit;Enddatum;Gruppe"),
        ("utf-8", "|", "ID caso|Actividad|Fecha de fin|Área"),
        ("gb18030", ",", "工单号,环节,完成时间,处理部门"),
        ("utf-8", ",", "case:concept:name,concept:name,time:timestamp,org:group"),
        ("utf-8", "，", "工单，活动，时间戳，部门"),
        ("utf-8", ",", "_CASE_KEY,ACTIVITY_EN,EVENTTIME,DEPARTMENT"),
    ],
)
def test_columns_are_known_by_their_names(written, encoding, apart, names):
    """In five languages, and as systems call them."""
    lines = [apart.join((f"c{one // 2}", "Prüfung" if encoding == "latin-1" else "x", f"2024-03-04 1{one}:30", "g"))
             for one in range(4)]  # fmt: skip
    log = written("\n".join([names, *lines]), encoding)
    assert (len(log.events), len(log.cases)) == (4, 2)
    assert log.known == {"group"}
    assert log.events["end"].tolist() == [10.5, 11.5, 12.5, 13.5]
    assert all(name in told(log) for name in names.split(apart))


def test_columns_without_names_are_known_by_what_they_hold(written):
    """What repeats, what happens again within it, and what is a time."""
    log = written("x,y,z\n" + rows(40).replace(" ", "T"))
    assert log.cases["case"].tolist() == [f"c{one}" for one in range(10)]
    assert set(log.events["activity"]) == set("abcd")


def test_times_of_the_whole_case_are_no_times_of_events(written):
    """When a ticket was opened and closed stands in each of its rows."""
    text = "number,incident_state,opened_at,closed_at,sys_updated_at\n"
    text += "".join(
        f"I{one // 3},{'NAR'[one % 3]},1/3/2024 09:00,20/3/2024 09:00,4/3/2024 1{one}:00\n" for one in range(6)
    )
    log = written(text)
    assert log.events["end"].tolist() == [10.0, 11.0, 12.0, 13.0, 14.0, 15.0]
    assert "start" not in log.known


def test_a_column_that_is_not_there(written):
    """The columns that are, and the nearest."""
    with pytest.raises(ScenarioError, match="expected one of case, activity, end; did you mean 'activity'"):
        written(HEAD + rows(4), activity="activty")
    with pytest.raises(ScenarioError, match="for both --case and --activity"):
        written(HEAD + rows(4), activity="case", case="case")
    with pytest.raises(ScenarioError, match=r"found no column for the activity, expected .* --activity"):
        written("case,end\n1,2024-03-04\n2,2024-03-05\n")
    with pytest.raises(TextError, match="did you mean 'Europe/Amsterdam'"):
        written(HEAD + rows(4), zone="Europe/Amsterdm")


def test_titles_above_a_table(written):
    """As spreadsheets export them; ``sep=`` says what columns are apart by."""
    text = "Tickets of March\n\ncase;activity;end\n1;a, b;2024-03-04\n1;b;2024-03-05\n1;;2024-03-05\n1;c;soon\n"
    with pytest.raises(ScenarioError, match=r"log\.csv:6: found 2 of 4 rows"):
        written(text)
    assert written("sep=;\n" + text.partition("1;;")[0]).events["activity"].tolist() == ["a, b", "b"]
    with pytest.raises(ScenarioError, match="found no sheets"):
        written(text, sheet="x")


def test_what_is_asked_is_taken(written):
    """Instead of what is guessed; names are compared without case and marks."""
    log = written("case,activity,Other_Thing,end\n" + "1,a,x,2024-03-04\n1,b,y,2024-03-05\n", activity="other thing")
    assert log.events["activity"].tolist() == ["x", "y"]
    assert "'Other_Thing', as asked" in told(log)


def test_quotes_breaks_and_order(written):
    """Notes may have commas and lines; events are in the order of time, not of the file."""
    log = written('case,activity,end,note\n1,b,2024-03-05 10:00,"a, ""b""\n\nc"\n1,a,2024-03-04 10:00,\n')
    assert log.events["activity"].tolist() == ["a", "b"]
    assert log.origin == dt.datetime(2024, 3, 4)


def test_a_few_rows_that_cannot_be_used(written):
    """They are counted, and the first is named with its line."""
    log = written(HEAD + '"c0\nx",a,2024-03-04\n' + rows(60) + "c1,,2024-03-04\n,a,2024-03-04\nc1,a,tomorrow\nc1,a\n")
    assert len(log.events) == 61
    assert "Left out 3 rows that cannot be used; the first: log.csv:64: the column 'activity' says nothing" in told(log)
    assert "Left out 1 row with another number of cells than there are columns (3), the first on line 67" in told(log)
    with pytest.raises(ScenarioError, match=r"log.csv:12: found 3 of 13 rows .* in the first, found 'soon'"):
        written(HEAD + rows(10) + "c,a,soon\n" * 3)


def test_rows_that_stand_there_twice(written):
    """Only with all that they say."""
    text = "case,activity,end,id\n" + "1,a,2024-03-04,7\n1,a,2024-03-04,8\n1,a,2024-03-04,8\n1,b,2024-03-05,9\n"
    log = written(text)
    assert len(log.events) == 3
    assert "Left out 1 row that stands in the file twice" in told(log)


def test_dues_and_priorities_are_of_cases(written):
    """The first that is said; a day without an hour lasts until its end."""
    log = written(
        "case,activity,end,due date,priority\n1,a,2024-03-04,,\n1,b,2024-03-05,2024-03-06,P1\n2,a,2024-03-05,,\n"
    )
    assert log.known == {"due", "priority"}
    np.testing.assert_array_equal(log.cases["due"], [72.0, np.nan])
    assert log.cases["priority"].tolist()[0] == "P1"


def test_starts(written):
    """None where they are the ends again; not known where they lie behind them; refused where most do."""
    text = "case,activity,start,end\n" + "".join(
        f"{one},a,2024-03-04 08:00,2024-03-04 09:{one:02d}\n" for one in range(20)
    )
    assert written(text).events["start"].eq(8.0).all()
    some = written(text + "30,a,2024-03-04 12:00,2024-03-04 09:30\n")
    assert "1 event ends before it begins" in told(some)
    assert some.events["start"].isna().sum() == 1
    with pytest.raises(ScenarioError, match="mixed up"):
        written(text, start="end", end="start")
    same = written("case,activity,start,end\n1,a,2024-03-04,2024-03-04\n1,b,2024-03-05,2024-03-05\n")
    assert "start" not in same.known
    assert "Every event starts when it ends" in told(same)
    open_ = written(text + "31,a,2024-03-04 12:00,\n")
    assert len(open_.events) == 20
    assert "began and has no end yet" in told(open_)


def test_one_event_is_a_log(written):
    """A small one."""
    log = written(HEAD + "1,a,2024-03-04 09:00\n")
    assert (len(log.events), log.until) == (1, 9.0)


def test_groups_come_from_a_file(written, tmp_path):
    """Of people and groups; who stands in none is among the others."""
    text = "case,activity,end,resource\n1,a,2024-03-04,ann\n1,b,2024-03-05,bob\n1,c,2024-03-06,cho\n"
    for name, held in (("g.csv", "resource;group\nann;Sales\nbob;IT\n"), ("g.yaml", "Sales: [ann]\nIT: [bob]\n")):
        (tmp_path / name).write_text(held, encoding="utf-8")
        log = written(text, groups=tmp_path / name)
        assert log.events["group"].tolist() == ["Sales", "IT", "others"]
        assert "1 person stands in no group" in told(log)
    assert written(text, groups={"ann": "x"}).events["group"].tolist() == ["x", "others", "others"]
    nobody = written(text + "1,d,2024-03-07,\n", groups={"ann": "x", "bob": "y", "cho": "y"})
    assert nobody.events["group"].tolist()[:3] == ["x", "y", "y"]
    assert nobody.events["group"].isna().tolist()[3]
    assert (dict(nobody.listed), "in no group" in told(nobody)) == ({"x": 1, "y": 2}, False)
    (tmp_path / "g.csv").write_text("ann,Sales\nann,IT\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"g.csv:2: found 'ann' in 'Sales' and in 'IT'"):
        written(text, groups=tmp_path / "g.csv")
    with pytest.raises(ScenarioError, match="found nobody of the log among the groups"):
        written(text, groups={"zoe": "x"})


DAYS = "".join(f"c{k},{what},0{1 + k}.03.2024,{9 + j}:15,x{k}{j}\n" for k in range(6) for j, what in enumerate("abc"))


@pytest.mark.parametrize("head", ["case,activity,end date,end time,note", "case,activity,Datum,Uhrzeit,note",
                                  "case,activity,date,time,note"])  # fmt: skip
def test_a_day_and_a_clock_beside_each_other_are_one_time(written, head):
    """Where all cases are done within a day as well; what is not used is named."""
    log = written(f"{head}\n{DAYS}")
    assert (log.events["end"].to_numpy() % 24)[:3].tolist() == [9.25, 10.25, 11.25]
    day, clock = head.split(",")[2:4]
    assert f"'{day}' and '{clock}' were read as one time" in told(log)
    assert "Not used is the column 'note'." in told(log)


def test_a_day_and_a_clock_that_are_named_are_one_time_and_a_day_alone_stays_one(written):
    """However far apart they stand."""
    table = "".join(f"{row.split(',')[3]},{row}\n" for row in DAYS.splitlines())
    table = "at,case,activity,on,other,note\n" + table
    assert written(table, end="on+at").events["end"][1] % 24 == 10.25
    assert written(table, end="on").events["end"][1] % 24 == 0.0
    with pytest.raises(ScenarioError, match="found no column 'off' for --end"):
        written(table, end="on+off")


@pytest.mark.parametrize("name", ["receipt.events.csv", "receipt.log.csv", "receipt.csv"])
def test_a_log_is_called_as_its_file_without_what_says_that_it_is_one(written, name):
    """Titles have no endings of files."""
    assert written(HEAD + rows(40), name=name).name == "receipt"


def test_a_title_above_the_table_and_a_sum_below_it_are_no_rows(written):
    """As programs export it: filled up with empty cells."""
    table = HEAD.replace("\n", ",cost\n") + "".join(f"{row},1\n" for row in rows(200).splitlines())
    log = written(f"Export of July,,,\n,,,\n{table},,,\nSum,,,200\n")
    assert len(log.events) == 200
    assert "Left out 2 rows" in told(log)


def test_a_status_that_never_changes_in_a_case_is_what_became_of_it_and_no_activity(written):
    """Even where it is the better name for an activity."""
    became = ("处理中", "办结", "办结")
    table = "\n".join(f"{row},{became[int(row.split(',')[0][1:]) % 3]}" for row in rows(40).splitlines())
    log = written(f"工单编号,处理环节,完成时间,状态\n{table}\n")
    assert log.events["activity"].cat.categories.tolist() == list("abcd")
    assert set(log.cases["state"]) == {"办结", "处理中"}

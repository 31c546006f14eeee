"""The file of a survey: encodings, separators, names of columns and departments, and what is refused with its place."""

import pytest

import sim
from sim.answers.fit.surveyfile import read_survey
from sim.spec.findings import TextError

ORDERS = sim.load("order_delivery")
PLAIN = "from,to,trust\nsales,production,2\nproduction,sales,5\n"
CHINESE = "评价方,对象,信任度（1-7）\n销售部,生产部,4\n"


def read(folder, text, encoding="utf-8"):
    """Return what is read of a survey with this text."""
    file = folder / "survey.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read_survey(file, ORDERS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_spreadsheets_write_chinese_in_several_encodings(tmp_path, encoding):
    """Departments by their labels, columns by their Chinese names, another scale in the heading."""
    (one,) = read(tmp_path, CHINESE, encoding).answers
    assert (one.item, one.pair, one.value) == ("trust", ("sales", "production"), 0.5)


@pytest.mark.parametrize("mark", [",", ";", "\t", "；", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_are_apart_by_any_usual_mark(tmp_path, mark, end):
    """Lines may end as Windows ends them."""
    answers = read(tmp_path, PLAIN.replace(",", mark).replace("\n", end)).answers
    assert [(one.pair, one.value) for one in answers] == [
        (("sales", "production"), 0.25),
        (("production", "sales"), 1.0),
    ]


def test_an_assumption_is_asked_by_its_place_name_or_label(tmp_path):
    """A comma is a point where none divides columns; cells that are empty are no answers; a row may lack the rest."""
    text = "answer_latency;Who;from;to;trust\n2,5;Ann;;;\n;Bo;Sales;Production;３\n4\n"
    found = read(tmp_path, text)
    assert [(one.item, one.value) for one in found.answers] == [
        ("levers.answer_latency", 2.5),
        ("trust", 0.5),
        ("levers.answer_latency", 4.0),
    ]
    assert found.left_out == ("Who",)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "survey.csv: found nothing in the first row"),
        ("\n\n", "found nothing in the first row"),
        ("from,to,trust\n", "found no answer below the names of the columns"),
        ("from,to,trust\n,,\n\n", "found no answer"),
        ("who,whom\na,b\n", "found the columns who, whom, expected from, to and trust"),
        ("from,trust\nsales,3\n", "found a column 'trust' and none called 'to'"),
        ("from,to,trust,trust (1-7)\nsales,production,3,3\n", "column 4: found 'trust (1-7)' a second time"),
        ("from,to,trust (7-1)\nsales,production,3\n", "column 3: found 'trust (7-1)', expected a scale"),
        ("from,to,trsut\nsales,production,3\n", "column 3: found 'trsut'; did you mean 'trust'?"),
        ("from,to,trust\nsales,production,6\n", "row 2, column 'trust': found '6', expected a number from 1 to 5"),
        ("from,to,trust\nsales,production,\nsales,production,=1+1\n", "row 3, column 'trust': found '=1+1'"),
        ("from,to,trust\nsales,production,nan\n", "row 2, column 'trust': found 'nan'"),
        ("from,to,trust\nsales,production,1e0\n", "found '1e0'"),
        ("from,to,trust\n\nsales,prodction,3\n", "row 3, column 'to': found 'prodction', expected one of sales"),
        ("from,to,trust\nsales,prodction,3\n", "did you mean 'production'?"),
        ("from,to,trust\n,production,3\n", "row 2, column 'from': found nothing, expected one of"),
        ("from,to,trust\nsales,Sales,3\n", "row 2, column 'to': found 'Sales', expected another department"),
        ("answer_latency\n-2\n", "row 2, column 'answer_latency': found '-2', expected a number of at least 0"),
        ('from,to,trust\nsales,"production,3\n', "row 2: found quotation marks that do not close"),
        (b"from,to,trust\n\xff\xff\xff\n", "found text in no encoding that is known"),
        (b"\xff\xfef\x00r", "in no encoding that is known"),
        ("from,to,trust\n" + "sales,production,3\n" * 60_000, "found more than 1,000,000 bytes"),
        ("from,to,trust\nsales,production," + "3" * 5000 + "\n", "found '3333"),
        ("from,to,trust\nsales,\x1b[31mred,3\n", r"\x1b[31mred"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, text, told):
    """Row and column as a spreadsheet numbers them, what was found and what would do; nothing steers a screen."""
    with pytest.raises(TextError) as error:
        read(tmp_path, text)
    assert told in str(error.value)
    assert "\x1b" not in str(error.value) + error.value.said("zh")


@pytest.mark.parametrize("name", ["none.csv", ".", "a\0b.csv"])
def test_what_is_no_file_is_told(tmp_path, name):
    """No traceback, whatever stands there."""
    with pytest.raises(TextError):
        read_survey(f"{tmp_path}/{name}", ORDERS)

"""Workbooks to fill in: opened again they say what their example says, and help those who fill them in."""

import zipfile
from datetime import date

import openpyxl
import pytest

import sim
from sim.scenario.reading import load
from sim.scenario.writing import content
from sim.spec.levers import LEVERS
from sim.workbook.example import example
from sim.workbook.filled import filled_from
from sim.workbook.imported import imported
from sim.workbook.layout import sheets
from sim.workbook.opened import book_of
from sim.workbook.template import write_template
from sim.workbook.unsaid import unsayable


@pytest.fixture(scope="module", params=[("double11", "zh"), ("auto_parts", "en")], ids=lambda one: one[0])
def made(request, tmp_path_factory):
    """A workbook with a shipped scenario as its example: its path, the scenario, and what it says."""
    name, lang = request.param
    path = tmp_path_factory.mktemp("made") / "org.xlsx"
    said = example(name, lang)
    write_template(said, path, lang)
    return path, load(name), said, lang


@pytest.fixture(scope="module")
def book(made):
    """The same, as another program opens it."""
    return openpyxl.load_workbook(made[0])


def test_opened_again_it_says_what_its_example_says(made):
    """All of it but what is only known of the example: its name and its figures."""
    path, scenario, _, _ = made
    found = imported([path])
    assert found.findings == ()
    assert found.taken.assumed == {}
    assert found.scenario.hash == scenario.hash
    assert (found.scenario.name, found.scenario.expected) == ("org", None)
    assert {**content(found.scenario), "name": ""} == {
        key: one for key, one in {**content(scenario), "name": ""}.items() if key != "expected"
    }


def test_every_heading_says_what_is_meant_and_allowed(made, book):
    """Headings stay in sight, and have a comment each."""
    lang = made[3]
    page = book["环节" if lang == "zh" else "Steps"]
    assert page.freeze_panes is not None
    comments = [cell.comment.text for cell in page[1] if cell.comment]
    assert len(comments) == page.max_column
    share = "比例，例如 20%" if lang == "zh" else "a share, such as 20 %"
    assert any(share in one for one in comments)


def test_lists_drop_down(made, book):
    """Departments from their sheet; interventions and KPIs from a hidden one, which is not read."""
    zh = made[3] == "zh"
    lists = {
        (name, rule.formula1.partition("!")[0])
        for name in book.sheetnames
        for rule in book[name].data_validations.dataValidation
        if rule.type == "list"
    }
    here, hidden = ("'部门'", "'列表'") if zh else ("'Departments'", "'lists'")
    assert {(("关系", here) if zh else ("Relations", here)), (("比较", hidden) if zh else ("Compare", hidden))} <= lists
    assert book["列表" if zh else "lists"].sheet_state == "hidden"
    assert book_of(made[0]).hidden == (("列表",) if zh else ("lists",))


def test_numbers_dates_and_texts_are_what_they_are(made, book):
    """Shares in percent, dates as dates, no text as a formula; every lever with where it usually stands."""
    if made[3] == "zh":
        assert book["休息日"]["C2"].value.date() == date(2026, 5, 1)
        assert book["休息日"]["C2"].number_format == "yyyy-mm-dd"
    levers = book["机制参数" if made[3] == "zh" else "Levers"]
    assert len({row[0].value for row in levers.iter_rows(min_row=2)}) == len(LEVERS)
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    general = book.worksheets[1]
    trust = next(row for row in general.iter_rows() if row[0].value in ("信任度", "Trust"))
    assert (trust[1].value, trust[1].number_format) == (made[1].relations.trust, "0%")


def test_the_first_sheet_tells_how(made, book):
    """What each sheet is for, what may be added, and what no sheet can say."""
    told = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {place for place, _ in unsayable()} <= set(told)
    assert all(title in told for title in book.sheetnames[1:-1])
    assert len(book.sheetnames) == 2 + sum(
        1 for one in sheets() if one.always or filled_from(made[2], "en").rows[one.key]
    )


def test_the_same_example_gives_the_same_bytes(made, tmp_path):
    """No time of writing is in it."""
    path, _, said, lang = made
    write_template(said, tmp_path / "again.xlsx", lang)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as package:
        assert b"2000-01-01" in package.read("docProps/core.xml")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_without_a_scenario_there_is_a_small_organization(lang, tmp_path):
    """Three departments that anybody may put their own in place of, in either language."""
    write_template(example(None, lang), tmp_path / "org.xlsx", lang)
    found = imported([tmp_path / "org.xlsx"])
    assert found.findings == ()
    assert len(found.scenario.departments) == 4
    assert found.scenario.compare


def test_what_cannot_be_written_is_an_error_of_the_system(tmp_path):
    """And not one of the library, which commands do not know."""
    with pytest.raises(FileNotFoundError):
        write_template(example(None, "en"), tmp_path / "no" / "org.xlsx", "en")


def test_an_example_of_ones_own_keeps_its_name_and_its_figures(tmp_path):
    """What is known of it is known of it still."""
    file = tmp_path / "mine.yaml"
    file.write_text("parent: order_delivery\nexpected: {measures: {on_time_target: {band: [0.7, 0.8]}}}\n", "utf-8")
    said = example(str(file), "en")
    assert (said["name"], list(said["expected"]["measures"])) == ("mine", ["on_time_target"])
    assert "expected" not in example("order_delivery", "en")
    assert sim.load("order_delivery").expected is not None

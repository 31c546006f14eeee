"""deptsim template and deptsim import: what they write and say, and with which exit code they end."""

import sys
from pathlib import Path

import pytest

import sim
from sim.cli import main
from tests.worlds.workbooks import ORGANIZATION


@pytest.fixture
def csv(tmp_path):
    """The tables of an organization as text in the encoding of Chinese Windows."""
    for name, rows in ORGANIZATION.items():
        lines = [",".join('"' + str("" if one is None else one) + '"' for one in row) for row in rows]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="gb18030")
    return [str(tmp_path / f"{name}.csv") for name in ORGANIZATION]


def test_the_way_from_a_template_to_a_comparison(tmp_path, capsys):
    """Each command says the next one."""
    book, file = tmp_path / "org.xlsx", tmp_path / "org.yaml"
    assert main(["template", str(book)]) == 0
    assert f"deptsim import {book}" in capsys.readouterr().out
    assert main(["import", str(book)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Taken from org.xlsx: General 5; Departments 4; Approvers 1; Processes 1; Steps 4;")
    assert f"deptsim compare {file}\n" in told
    assert main(["check", str(file)]) == 0


def test_nothing_is_written_over(tmp_path, capsys):
    """Unless that very file is named."""
    book = tmp_path / "org.xlsx"
    assert main(["template", str(book)]) == 0
    before = book.read_bytes()
    assert main(["template", str(book), "--like", "trust_trap"]) == 1
    assert book.read_bytes() == before
    (tmp_path / "org.yaml").write_text("mine", "utf-8")
    assert main(["import", str(book)]) == 1
    assert (tmp_path / "org.yaml").read_text("utf-8") == "mine"
    assert "-o FILE writes over a file" in capsys.readouterr().err
    assert main(["import", str(book), "-o", str(tmp_path / "org.yaml")]) == 0
    assert sim.load(tmp_path / "org.yaml").name == "org"


def test_a_scenario_is_never_written_over_what_a_client_sent(csv, tmp_path, capsys):
    """Neither over the tables that are read, whatever they are called, nor over another one, nor where a folder is."""
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "link.yaml").symlink_to(csv[0])
    for out, told in (
        (csv[1], "found a file that the scenario is read from"),
        (str(tmp_path / "link.yaml"), "found a file that the scenario is read from"),
        (str(tmp_path / "other.xlsx"), "expected a name that ends in .yaml"),
        (str(tmp_path), "found a folder, expected the name of a file"),
    ):
        assert main(["import", *csv, "-o", out]) == 2
        assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if not path.is_symlink()} == before


def test_tables_in_text_are_one_organization(csv, tmp_path, capsys):
    """Named after their sheets, in any encoding of Chinese."""
    assert main(["import", *csv, "-o", str(tmp_path / "my.yaml"), "--lang", "zh"]) == 0
    assert "环节 2 行" in capsys.readouterr().out
    assert list(sim.load(tmp_path / "my.yaml").departments) == ["销售部", "生产部", "管理层"]


def test_mistakes_are_told_and_nothing_is_written(tmp_path, capsys):
    """With the exit code of a file that is wrong."""
    table = tmp_path / "部门.csv"
    table.write_text("部门,人数\n销售部,四\n", "utf-8")
    assert main(["import", str(table), "--lang", "zh"]) == 3
    told = capsys.readouterr().out
    assert "错误：部门.csv，部门!B2：写的是“四”，应为不小于 1" in told
    assert told.rstrip().endswith("尚未写入：请改正错误后重新导入。")
    assert not (tmp_path / "部门.yaml").exists()


def test_a_table_of_headings_alone_is_no_organization(tmp_path, capsys):
    """The sheet that is there is told as empty, the other as missing."""
    table = tmp_path / "Departments.csv"
    table.write_text("Department,People\n", "utf-8")
    assert main(["import", str(table)]) == 3
    told = capsys.readouterr().out
    assert told.startswith("Taken from Departments.csv: nothing.")
    assert "found no row below the headings of 'Departments'" in told
    assert "found no sheet named 'Processes'" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["import"], "name a workbook to import"),
        (["template", "FOLDER/org.xls"], "expected a name that ends in .xlsx"),
        (["template", "FOLDER/org.xlsx", "--like", "order_deliver"], "order_delivery"),
        (["import", "FOLDER/no.xlsx"], "no.xlsx: found no such file"),
    ],
)
def test_usage(arguments, told, tmp_path, capsys):
    """A sentence on standard error."""
    assert main([one.replace("FOLDER", str(tmp_path)) for one in arguments]) in (2, 3)
    assert told in capsys.readouterr().err


def test_a_file_that_is_named_twice(csv, capsys):
    """It is one table, however it is written."""
    first = Path(csv[0])
    for twice in (first, first.parent / ".." / first.parent.name / first.name):
        assert main(["import", *csv, str(twice)]) == 2
        assert "found one file twice" in capsys.readouterr().err


def test_what_a_workbook_cannot_say_is_told(tmp_path, capsys):
    """Of the example, with what it is for."""
    file = tmp_path / "mine.yaml"
    file.write_text(
        "parent: order_delivery\nshocks: [{kind: leaver, week: 3, from: sales, to: production}]\n", encoding="utf-8"
    )
    assert main(["template", str(tmp_path / "org.xlsx"), "--like", str(file)]) == 0
    assert "shocks.*.kind (1): what happens to it from outside" in capsys.readouterr().out


def test_without_the_library_a_sentence_says_what_to_install(tmp_path, monkeypatch, capsys):
    """And nothing is left behind."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    assert main(["template", str(tmp_path / "org.xlsx")]) == 1
    assert "pip install 'deptsim[workbook]'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

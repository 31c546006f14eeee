"""Sheets of people: what they do is understood, and what cannot be is one sentence that names sheet and cell."""

import random
from datetime import date

import pytest

from sim.scenario.reading import loads
from sim.spec.findings import ScenarioError, TextError
from sim.workbook.grid import Grid
from sim.workbook.imported import imported_from
from sim.workbook.raci import given_from
from tests.worlds.workbooks import ORGANIZATION


def grids(sheets):
    """Return sheets as grids."""
    return [
        Grid(
            "org.xlsx",
            name,
            {(r, c): _held(v) for r, row in enumerate(rows) for c, v in enumerate(row) if v is not None},
        )
        for name, rows in sheets.items()
    ]


def _held(value):
    return float(value) if isinstance(value, int) else value


def changed(sheet, row, column, value):
    """Return the organization with one cell changed, added, or taken away."""
    rows = [list(one) for one in ORGANIZATION[sheet]]
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = value
    return ORGANIZATION | {sheet: rows}


def found_in(sheets):
    """Return what is wrong with sheets, as sentences."""
    return [one.said("zh") for one in imported_from(grids(sheets), "org.xlsx").findings]


def test_what_people_write_is_understood():
    """Every cell as its field means it."""
    found = imported_from(grids(ORGANIZATION), "org.xlsx")
    assert found.findings == ()
    said = found.taken.document.data
    assert {name: one["staff"] for name, one in said["departments"].items()} == {
        "销售部": 4,
        "生产部": 1200,
        "管理层": 2,
    }
    assert said["departments"]["销售部"]["own_work"] == {"share": 0.3}
    order = said["processes"]["订单"]
    assert (order["demand"]["per_week"], order["target_days"]) == (10, 14)
    assert order["steps"]["签单"] == {"R": "销售部", "C": ["生产部"], "work": {"lognormal": {"mean": 1.5, "cv": 0.5}}}
    make = order["steps"]["制造"]
    assert (make["R"], make["A"], make["I"]) == ("生产部", "管理层", ["销售部"])
    assert make["work"] == {"exponential": 16.0}
    assert make["contested_by"] == ["销售部", "管理层"]
    assert (said["management"], said["relations"]) == ("管理层", {"trust": 0.4})
    assert found.scenario is not None


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "cell", "told"),
    [
        ("部门", 1, 1, "很多", "部门!B2", "写的是“很多”，应为不小于 1 且不大于 100,000 的整数"),
        ("部门", 1, 1, 2.5, "部门!B2", "写的是 2.5，应为不小于 1"),
        ("部门", 1, 1, 0, "部门!B2", "写的是 0，应为不小于 1"),
        ("部门", 1, 2, "130%", "部门!C2", "写的是“130%”，应为 0 至 1 的比例"),
        ("流程", 1, 2, "很快", "流程!C2", "写的是“很快”，应为以天为单位的数"),
        ("流程", 1, 1, -3, "流程!B2", "写的是 -3，应为不小于 0"),
        ("RACI矩阵", 3, 3, "X", "RACI矩阵!D4", "写的是“X”，应为 RACI 字母"),
        ("RACI矩阵", 3, 2, "R", "RACI矩阵!D4", "本行有第二个 R（第一个在 RACI矩阵!C4）"),
        ("RACI矩阵", 1, 3, "生产不", "RACI矩阵!D2", "RACI 字母上方的表头为“生产不”，应为“部门”或“审批人”表中的名称"),
        ("RACI矩阵", 3, 7, "销售", "RACI矩阵!H4", "写的是“销售”，应为部门（销售部、生产部、管理层）；是否想写“销售部”？"),  # noqa: E501
        ("RACI矩阵", 3, 0, "订货", "RACI矩阵!A4", "写的是“订货”，应为流程（订单）"),
        ("RACI矩阵", 3, 5, "一会儿", "RACI矩阵!F4", "写的是“一会儿”，应为以小时为单位的数"),
        ("RACI矩阵", 3, 6, "很大", "RACI矩阵!G4", "写的是“很大”，应为工时的波动"),
        ("总体", 0, 1, "经理室", "总体!B1", "写的是“经理室”，应为部门（销售部、生产部、管理层）"),
        ("总体", 1, 1, "高", "总体!B2", "写的是“高”，应为 0 至 1 的比例"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_at_its_cell(sheet, row, column, value, cell, told):
    """What was found, and what is allowed; nothing is said twice, and nothing is built."""
    found = imported_from(grids(changed(sheet, row, column, value)), "org.xlsx")
    errors = [one for one in found.findings if one.severity == "error"]
    assert [one.line for one in errors] == [cell]
    assert errors[0].said("zh").startswith(f"org.xlsx，{cell}：{told}")
    assert str(errors[0]).startswith(f"org.xlsx, {cell}: ")
    assert found.scenario is None


@pytest.mark.parametrize(
    ("name", "cell", "told"),
    [("销售部", "部门!A3", "“销售部”在此第二次出现（第一次在 部门!A2）"), (None, "部门!B3", "本行的“部门”没有填写")],
)
def test_a_row_without_a_name_of_its_own_is_told_first(name, cell, told):
    """And then that the letters of RACI are those of nobody, once."""
    found = imported_from(grids(changed("部门", 2, 0, name)), "org.xlsx").findings
    assert [one.line for one in found] == [cell, "RACI矩阵!D2"]
    assert told in found[0].said("zh")


def test_all_mistakes_are_told_at_once_in_the_order_of_the_sheets():
    """Those of cells, of names, and those that only the whole organization shows."""
    sheets = changed("部门", 1, 1, "四") | {"RACI矩阵": changed("RACI矩阵", 3, 3, "?")["RACI矩阵"]}
    sheets |= {"关系": [["部门", "对哪个部门", "信任度"], ["销售部", "生产部", 7], ["销售部", "销售部", 0.5]]}
    found = imported_from(grids(sheets), "org.xlsx").findings
    assert [one.line for one in found] == ["部门!B2", "RACI矩阵!D4", "关系!C2"]
    mended = sheets | {"部门": ORGANIZATION["部门"], "RACI矩阵": ORGANIZATION["RACI矩阵"]}
    mended["关系"] = [["部门", "对哪个部门", "信任度"], ["销售部", "生产部", 0.7], ["销售部", "销售部", 0.5]]
    assert [one.line for one in imported_from(grids(mended), "org.xlsx").findings] == ["关系!B3"]


def test_what_is_not_read_is_said():
    """Sheets, columns and lines of ours that nobody knows; not those that are there for people."""
    sheets = changed("部门", 0, 3, "车牌") | {"工资": [["姓名"], ["张三"]], "填表说明": [["请填写"]]}
    sheets["部门"][1].append("沪A")
    sheets["总体"] = [*ORGANIZATION["总体"], ["老板", "王总"]]
    found = imported_from(grids(sheets), "org.xlsx")
    assert [(one.severity, one.line) for one in found.findings] == [
        ("warning", "部门!D1"), ("warning", "总体!A3"), ("warning", "工资!A1"),
    ]  # fmt: skip
    assert found.scenario is not None


def test_a_heading_that_comes_close_is_taken_and_told():
    """Without it, everything that refers to the names would be wrong as well."""
    (told,) = found_in(changed("流程", 0, 0, "业务名称"))
    assert told == "org.xlsx，流程!A1：“业务名称”列按“流程”读取"
    (told,) = found_in(changed("流程", 0, 0, "甲"))[:1]
    assert told == "org.xlsx，流程!B1：没有一列写明各行的名称，应有表头“流程”"


def test_formulas_are_no_values():
    """What they gave may be old; those in columns that nobody reads do not matter."""
    sheets = grids(ORGANIZATION)
    sheets[0] = Grid("org.xlsx", "部门", {**sheets[0].cells, (1, 5): 9.0}, frozenset({(1, 1), (1, 5)}))
    assert [one.line for one in imported_from(sheets, "org.xlsx").findings] == ["部门!B2"]


def test_what_nobody_says_is_assumed_and_marked():
    """People so that they are busy, hours, cases; each with a comment in the file, and told with its cell."""
    sheets = changed("部门", 2, 1, None)
    sheets["流程"] = [["流程"], ["订单"]]
    sheets["RACI矩阵"] = [one[:5] for one in ORGANIZATION["RACI矩阵"]]
    found = imported_from(grids(sheets), "org.xlsx")
    assert found.findings == ()
    assert {place for place, _ in found.assumptions()} == {"部门!A3", "流程!A2", "RACI矩阵!B3", "RACI矩阵!B4"}
    assert found.taken.document.data["departments"]["生产部"]["staff"] == 2
    text = found.text("zh")
    assert text.count("# 假设：") == 4
    assert "per_week: 10  # 假设：表中没有写每周件数" in text


def test_a_process_may_stand_in_the_steps_alone():
    """Its name is enough to begin with."""
    found = imported_from(grids({name: rows for name, rows in ORGANIZATION.items() if name != "流程"}), "org.xlsx")
    assert list(found.scenario.processes) == ["订单"]
    assert ("processes", "订单", "demand", "per_week") in found.taken.assumed


def test_a_raci_table_alone_is_enough():
    """With what is known beside it; where sheets say it themselves, nothing goes beside them."""
    table = {
        "分工": [
            ["任务", "销售部", "生产部", "仓库"],
            ["接单", "R", "C", "I"],
            ["制造", "I", "R", None],
            ["发货", "A", None, "R"],
        ]
    }
    beside = given_from(["销售部=7"], ["2"], 3.0)
    found = imported_from(grids(table), "org.xlsx", beside)
    assert found.scenario.departments["销售部"].staff == 7
    assert found.taken.counts == {"departments": 3, "steps": 3}
    with pytest.raises(TextError, match="plain RACI table"):
        imported_from(grids(ORGANIZATION), "org.xlsx", beside)


def test_other_workbooks_are_refused_in_a_sentence():
    """With the sheets that there may be."""
    with pytest.raises(ScenarioError, match="no sheet was recognized; sheets that are: General, Departments"):
        imported_from(grids({"工资": [["姓名"], ["张三"]]}), "org.xlsx")


@pytest.mark.parametrize(
    ("lost", "severity", "told"),
    [
        ("部门", "warning", "没有工作表“部门”，因此只读取 RACI 表，未使用：总体、流程"),
        ("RACI矩阵", "error", "缺少 steps"),
    ],
)
def test_a_sheet_that_is_missing_is_missed(lost, severity, told):
    """What is there is not passed over in silence for the want of another."""
    (one,) = imported_from(
        grids({name: rows for name, rows in ORGANIZATION.items() if name != lost}), "o.xlsx"
    ).findings
    assert one.severity == severity
    assert told in one.said("zh")


@pytest.mark.parametrize(
    ("heading", "cell", "cases"),
    [
        ("件数（件/月）", 30, 6.904), ("每周单量", "12 件", 12),
        ("件数", "每月 120 单", 27.62), ("件数", "520/年", 9.973),
    ],
)  # fmt: skip
def test_cases_are_counted_over_other_periods_too(heading, cell, cases):
    """Thirty a month are seven a week, not thirty; of a day nobody knows how many a week has."""
    sheets = ORGANIZATION | {"流程": [["流程", heading], ["订单", cell]]}
    assert imported_from(grids(sheets), "org.xlsx").scenario.processes["订单"].demand.per_week == cases
    daily = ORGANIZATION | {"流程": [["流程", "日单量"], ["订单", 3]]}
    assert "按天计时，一周可能是五天或七天" in found_in(daily)[0]


def test_odd_cells_are_told_and_nothing_else():
    """Whatever stands wherever: a scenario, or at least one sentence about it; the same seeds find the same."""
    rng = random.Random(20)
    odd = [
        "",
        "R/A/C/I",
        "-1",
        1e308,
        "nan",
        "2-3-4-5",
        "99999%",
        True,
        date(2027, 1, 4),
        "a=b=c",
        "25:00-26:00",
        "C2",
        "😀",
    ]
    for _ in range(60):
        sheets = {name: [list(row) for row in rows] for name, rows in ORGANIZATION.items()}
        for _ in range(rng.choice([1, 2, 6])):
            row = rng.choice(rng.choice(list(sheets.values())))
            row.insert(rng.randrange(len(row) + 1), rng.choice(odd))
        found = imported_from(grids(sheets), "org.xlsx")
        assert found.scenario is not None or any(one.severity == "error" for one in found.findings)
        assert all(one.said("zh") for one in found.findings)
        assert found.scenario is None or loads(found.text("zh")).hash == found.scenario.hash


@pytest.mark.parametrize("process", [{"流程": [["流程", "件数"], ["订单", 10], ["投诉", 3]]}, {}])
def test_each_process_may_have_a_sheet_of_its_own(process):
    """Which is named after it; whether there is a sheet of processes or not."""
    sheets = {name: rows for name, rows in ORGANIZATION.items() if name not in ("流程", "RACI矩阵")} | process
    sheets["RACI-订单"] = [
        ["任务", "销售部", "生产部", "工时", "波动"],
        ["签单", "R", "C", 2, "60%"],
        ["制造", "I", "R", 8, "60%"],
    ]
    sheets["投诉 环节"] = [["环节", "销售部", "生产部", "工时", "波动"], ["登记", "R", None, 1, "指数"]]
    found = imported_from(grids(sheets), "org.xlsx")
    assert [one.said("zh") for one in found.findings] == []
    assert {name: list(one.steps) for name, one in found.scenario.processes.items()} == {
        "订单": ["签单", "制造"], "投诉": ["登记"],
    }  # fmt: skip
    assert found.taken.counts["steps"] == 3

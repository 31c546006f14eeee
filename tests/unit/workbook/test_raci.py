"""A RACI table alone: found wherever it stands and whichever way it is turned, and made a scenario with assumptions."""

import pytest

from sim.scenario import Scenario, findings_in
from sim.scenario.workload import planned_loads
from sim.spec.findings import TextError
from sim.workbook.grid import Grid
from sim.workbook.raci import given_from, scenario_of, tables_in
from sim.workbook.usual import BUSY, HOURS, OTHER_WORK, STAFF

TASKS_DOWN = """
某公司 订单流程 RACI 表
编制：质量部，每项工作只能有一个批准人，其余人员按需要咨询或知会，如有疑问请联系项目办公室，谢谢大家的配合与支持，下周五之前反馈意见

序号|阶段|任务|销售部|采购部|生产部|仓储部|总经理|备注
1|售前|签单|R/A|C|C||I|
2|执行|采购|I|R|Ｃ||审批|含询价
3|执行|生产|C|I|负责|-|n/a|
二、交付
4|执行|发货|I|||r||

R|负责
I|知情
"""
DEPARTMENTS_DOWN = """
Department|Check request|Approve budget|Order goods|Receive goods|Headcount
Purchasing|R|C|R,A|I|3
Finance|C|R/A|I||
Warehouse||I||r|6
Hours|1|30 min|1,5 h||
"""


GROUPED = """
||Roles||||
||Front office||Back office||
|Task|Sales (Anna)|Marketing|Production|Stock|R count||Legend|
Sell|Quote|R|A|C|I|1||R|Responsible
Sell|Approve|R/A|I|C|I|1||A|Accountable
Ship|Make|I|I|R/A|C|1||C|Consulted
Count R||2|0|1|0
"""


def grid(drawn, sheet="Sheet1"):
    """Return a sheet that is drawn with a bar between cells, and a row for each line."""
    cells = {}
    for row, line in enumerate(drawn.splitlines()):
        for column, text in enumerate(line.split("|")):
            if text:
                cells[row, column] = float(text) if text.isdigit() else text
    return Grid("org.xlsx", sheet, cells)


def made(*drawn, **given):
    """Return what is made of drawn tables."""
    return scenario_of(tables_in(map(grid, drawn)), "our raci.xlsx", given_from(**given))


def roles(data):
    """Return who plays which role in the steps of the only process."""
    (process,) = data["processes"].values()
    return {
        name: {role: said for role, said in step.items() if role in "RACI"} for name, step in process["steps"].items()
    }


def test_tasks_beside_the_letters():
    """Titles, notes, numbers, phases and legends around the table do no harm; labels are as they are written."""
    found = made(TASKS_DOWN)
    data = found.document.data
    assert found.document.findings == ()
    assert data["name"] == "our_raci"
    assert data["title"] == "某公司 订单流程"
    assert list(data["departments"]) == ["销售部", "采购部", "生产部", "仓储部", "总经理"]
    assert data["management"] == "总经理"
    assert roles(data) == {
        "签单": {"R": "销售部", "C": ["采购部", "生产部"], "I": ["总经理"]},
        "采购": {"R": "采购部", "A": "总经理", "C": ["生产部"], "I": ["销售部"]},
        "生产": {"R": "生产部", "C": ["销售部"], "I": ["采购部"]},
        "发货": {"R": "仓储部", "I": ["销售部"]},
    }
    assert found.document.lines["processes", "某公司_订单流程", "steps", "采购"] == ("org.xlsx", "Sheet1!C7")


def test_tables_as_people_decorate_them():
    """Groups above the names, phases, totals, a legend at the side, and a task whose name is a word for a letter."""
    data = made(GROUPED).document.data
    assert list(data["departments"]) == ["sales_anna", "marketing", "production", "stock"]
    assert roles(data) == {
        "quote": {"R": "sales_anna", "A": "marketing", "C": ["production"], "I": ["stock"]},
        "approve": {"R": "sales_anna", "C": ["production"], "I": ["marketing", "stock"]},
        "make": {"R": "production", "C": ["stock"], "I": ["sales_anna", "marketing"]},
    }
    assert data["processes"]["our_raci"]["label"] == "our raci"


def test_departments_beside_the_letters():
    """Lines with hours and people are read, whichever way the table is turned."""
    found = made(DEPARTMENTS_DOWN)
    data = found.document.data
    assert found.document.findings == ()
    assert roles(data) == {
        "check_request": {"R": "purchasing", "C": ["finance"]},
        "approve_budget": {"R": "finance", "C": ["purchasing"], "I": ["warehouse"]},
        "order_goods": {"R": "purchasing", "I": ["finance"]},
        "receive_goods": {"R": "warehouse", "I": ["purchasing"]},
    }
    steps = data["processes"]["our_raci"]["steps"]
    assert [one["work"]["lognormal"]["mean"] for one in steps.values()] == [1, 0.5, 1.5, HOURS]
    assert [one["staff"] for one in data["departments"].values()] == [3, STAFF, 6]
    assert [path for path in found.assumed if path[-1] in ("work", "staff")] == [
        ("processes", "our_raci", "steps", "receive_goods", "work"),
        ("departments", "finance", "staff"),
    ]


def test_what_nobody_said_is_assumed_and_fits_together():
    """The busiest department is at its load by cases and other work, everybody else by more of the latter."""
    found = made(TASKS_DOWN)
    scenario = Scenario.model_validate(found.document.data)
    assert findings_in(scenario) == ()
    loads = planned_loads(scenario)
    assert [one.utilization for one in loads] == pytest.approx([BUSY] * len(loads), abs=0.01)
    busiest = max((one.work + one.coordination) / one.capacity for one in loads)
    assert busiest == pytest.approx(BUSY - OTHER_WORK, rel=0.05)
    assert scenario.departments["总经理"].staff == 1
    places = {".".join(map(str, path)): text for path, text in found.assumed.items()}
    assert places["processes.某公司_订单流程.demand.per_week"].zh == "假设：按这些业务占用最忙部门 55% 的时间推算业务量"
    assert {path.split(".")[0] for path in places} == {"processes", "departments"}


def test_what_is_given_is_not_assumed():
    """People follow from cases where they are not given; a name in another spelling is found."""
    found = made(TASKS_DOWN, staff=["销售部=9"], hours=["2", "生产=30 h"], cases=50)
    data = found.document.data
    scenario = Scenario.model_validate(data)
    loads = {one.owner: one for one in planned_loads(scenario)}
    assert data["processes"]["某公司_订单流程"]["demand"] == {"per_week": 50}
    assert data["departments"]["销售部"]["staff"] == 9
    work = [one["work"]["lognormal"]["mean"] for one in data["processes"]["某公司_订单流程"]["steps"].values()]
    assert work == [2, 2, 30, 2]
    assert data["departments"]["生产部"]["staff"] == pytest.approx(50 * 30 / 40 / (BUSY - OTHER_WORK), rel=0.2)
    assert 0.6 < loads["生产部"].utilization <= BUSY + 0.005
    assert not any(path[-1] in ("work", "per_week") for path in found.assumed)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"staff": ["销售=5"]}, "found '销售' for people of a department, expected one of 销售部, 采购部"),
        ({"staff": ["销售部"]}, "found '销售部', expected the name of a department and people, such as sales=5"),
        ({"staff": ["销售部=many"]}, "found 'many', expected a whole number from 1 to 100000"),
        ({"hours": ["签=5"]}, "found '签' for hours of a task, expected one of 签单"),
        ({"hours": ["=5"]}, "found '=5', expected the name of a task and hours"),
        ({"cases": 0.0}, "found 0 cases a week, expected a number above 0"),
        ({"cases": float("nan")}, "found nan cases a week"),
    ],
)
def test_what_is_given_of_nothing(given, told):
    """Names that are not in the table, and what is no number."""
    with pytest.raises(TextError) as caught:
        made(TASKS_DOWN, **given)
    assert str(caught.value).startswith(told)


def test_everything_wrong_is_told_at_once():
    """Each with its cell; what a table leaves open is told with how it is taken."""
    drawn = "Task|Sales|Sales |Production\nplan|R|X|C\nmake||R|R\nship|I||C\nsell|A||\nbuy|R|A|A\n"
    told = [(one.severity, str(one)) for one in made(drawn).document.findings]
    assert told == [
        ("error", "org.xlsx, Sheet1!C2: found 'X', expected letters of RACI: R (does it), A (approves), C (is"
                  " consulted), I (is informed), or several such as R/A"),
        ("error", "org.xlsx, Sheet1!C1: found 'Sales' a second time (first in Sheet1!B1), expected each name once"),
        ("warning", "org.xlsx, Sheet1!A3: found a second R for 'make' (Sales, Production); taken: the first does it,"
                    " the others are consulted"),
        ("error", "org.xlsx, Sheet1!A4: found nobody who does 'ship', expected an R"),
        ("warning", "org.xlsx, Sheet1!A5: found nobody who does 'sell'; taken: whoever approves it does it"),
        ("warning", "org.xlsx, Sheet1!A6: found a second A for 'buy' (Sales, Production); taken: the first approves,"
                    " the others are consulted"),
    ]  # fmt: skip


def test_several_tables_are_several_processes():
    """Departments of one name are one department."""
    data = made("Task|Sales|Production\nplan|R|C\nmake|I|R", "Task|Production|Service\nship|R|C\nmend||R").document.data
    assert list(data["departments"]) == ["sales", "production", "service"]
    assert [list(one["steps"]) for one in data["processes"].values()] == [["plan", "make"], ["ship", "mend"]]
    assert findings_in(Scenario.model_validate(data)) == ()


@pytest.mark.parametrize("drawn", ["a|b\nc|d", "R|A\nA|R", "", "Task|Sales\nplan|R", "=1|2\n3|4", "I am|a note\nA|B"])
def test_no_table(drawn):
    """A letter here and there makes none."""
    assert tables_in([grid(drawn)]) == ()


def test_whoever_answers_twice_is_asked_and_nobody_is_asked_and_told():
    """A second A is consulted, and an I beside another letter adds nothing."""
    table = "Task|Sales|Stock|Legal|Lab\nOffer|R|A|A/I|C/I\nShip|A/I|R/I|I|C"
    steps = made(table).document.data["processes"]
    offer, ship = (one for process in steps.values() for one in process["steps"].values())
    assert (offer["R"], offer["A"], offer["C"], "I" in offer) == ("sales", "stock", ["legal", "lab"], False)
    assert (ship["R"], ship["A"], ship["C"], ship["I"]) == ("stock", "sales", ["lab"], ["legal"])

"""The catalogue of measures: name, unit, which direction is better, and what the number says."""

from dataclasses import dataclass
from typing import Literal

from sim.vocab import Text

TARGETS_BEFORE_END = 4.0
"""Cases that arrive so many targets before the end, or earlier, count for lead times: they can be finished."""


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """One published measure."""

    name: str
    unit: Literal["share", "hours", "per 100 cases", "per week", "money per week", "hours per week", "days"]
    better: Literal["higher", "lower", "neither"]
    label: Text
    meaning: Text


def _m(
    name: str,
    unit: Literal["share", "hours", "per 100 cases", "per week", "money per week", "hours per week", "days"],
    better: Literal["higher", "lower", "neither"],
    label: tuple[str, str],
    meaning: tuple[str, str],
) -> MeasureSpec:
    return MeasureSpec(name, unit, better, Text(*label), Text(*meaning))


MEASURES: dict[str, MeasureSpec] = {
    spec.name: spec
    for spec in (
        _m(
            "on_time_target",
            "share",
            "higher",
            ("on time", "准时率"),
            ("share of cases finished by the customer's target date", "在客户目标日期前完成的比例"),
        ),
        _m(
            "on_time_promise",
            "share",
            "higher",
            ("on time (promise)", "按承诺准时率"),
            ("share of cases finished by the date that was promised", "在承诺日期前完成的比例"),
        ),
        _m(
            "promise_mean",
            "days",
            "lower",
            ("promised lead time", "平均承诺交期"),
            ("mean calendar days that customers were promised", "向客户承诺的平均日历天数"),
        ),
        _m(
            "on_time_of_all_asked",
            "share",
            "higher",
            ("on time of all asked", "全部询单准时率"),
            (
                "share of all customers who asked, lost ones included, that were served by their target date",
                "所有询单客户（含流失）中按目标日期完成的比例",
            ),
        ),
        _m(
            "lost_share",
            "share",
            "lower",
            ("lost customers", "客户流失率"),
            ("share of customers who did not accept the promised date", "不接受承诺日期的客户比例"),
        ),
        _m(
            "lead_time_mean",
            "hours",
            "lower",
            ("lead time", "平均周期"),
            ("mean calendar hours from arrival to finish", "从到达到完成的平均日历小时"),
        ),
        _m(
            "lead_time_p90",
            "hours",
            "lower",
            ("lead time, 90th percentile", "周期 90 分位"),
            ("calendar hours within which nine of ten cases are finished", "十分之九的事项在多少日历小时内完成"),
        ),
        _m(
            "throughput",
            "per week",
            "higher",
            ("throughput", "吞吐量"),
            ("finished cases per week", "每周完成的事项数"),
        ),
        _m(
            "unfinished_share",
            "share",
            "lower",
            ("unfinished", "未完成比例"),
            (
                "share of the cases that count for lead time which were still open at the end",
                "计入周期的事项中期末仍未完成的比例",
            ),
        ),
        _m(
            "conflicts_per_100",
            "per 100 cases",
            "lower",
            ("conflicts", "冲突"),
            ("conflicts per 100 cases", "每百件事项的冲突数"),
        ),
        _m(
            "bounces_per_100",
            "per 100 cases",
            "lower",
            ("disputed hand-offs", "推诿"),
            ("disputed hand-offs per 100 cases", "每百件事项中被退回的交接数"),
        ),
        _m(
            "trust",
            "share",
            "higher",
            ("trust", "信任"),
            (
                "trust between departments by how often they deal with each other, mean over departments and days",
                "有往来部门之间的信任，按往来频率加权，再按部门和天平均",
            ),
        ),
        _m(
            "handed_over",
            "share",
            "lower",
            ("handed on", "被转手比例"),
            ("share of cases that leave a department beyond the planned route", "偏离计划路线被转手的事项比例"),
        ),
        _m(
            "ping_pong",
            "share",
            "lower",
            ("ping-pong", "踢皮球比例"),
            ("share of cases that go from A to B and back to A", "从 A 到 B 又回到 A 的事项比例"),
        ),
        _m(
            "rework_share",
            "share",
            "lower",
            ("rework", "返工比例"),
            ("share of the hours worked on cases that go into rework", "事项工时中用于返工的比例"),
        ),
        _m(
            "urgent_response",
            "hours",
            "lower",
            ("urgent response", "加急响应"),
            (
                "mean working hours of the asked department until an urgent request is begun",
                "加急请求从发出到开始处理的平均工作小时",
            ),
        ),
        _m(
            "coordination_hours",
            "hours per week",
            "lower",
            ("coordination", "协调工时"),
            (
                "hours a week spent on consultation, approval, notices, disputes, conflicts and overhead",
                "每周用于会签、审批、知会、争议、冲突和开销的工时",
            ),
        ),
        _m(
            "coordination_cost",
            "money per week",
            "lower",
            ("coordination cost", "协调成本"),
            ("coordination hours at each department's rate", "按各部门费率计的协调成本"),
        ),
    )
}
"""Every measure by name; `kpi_<department>` (attainment of a department's local KPIs, share) comes beside them."""


def kpi_measure(department: str, label: Text) -> MeasureSpec:
    """Return the measure of one department's KPI attainment (1 = every target met)."""
    return MeasureSpec(
        f"kpi_{department}",
        "share",
        "higher",
        Text(f"KPI of {label.en}", f"{label.zh}指标"),
        Text("how far the department meets its own KPIs", "部门自身指标的达成度"),
    )

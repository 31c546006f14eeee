"""The catalogue of measures: name, unit, which direction is better, and what the number says."""

from dataclasses import dataclass, replace
from typing import Literal

from sim.vocab import Text

Unit = Literal["share", "hours", "per 100 cases", "per week", "money per week", "hours per week", "days"]


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """One published measure; those of cases exist for every process too."""

    name: str
    unit: Unit
    better: Literal["higher", "lower", "neither"]
    label: Text
    meaning: Text
    of_cases: bool = True


def _m(
    name: str,
    unit: Unit,
    better: Literal["higher", "lower", "neither"],
    label: tuple[str, str],
    meaning: tuple[str, str],
    of_cases: bool = True,
) -> MeasureSpec:
    return MeasureSpec(name, unit, better, Text(*label), Text(*meaning), of_cases)


MEASURES: dict[str, MeasureSpec] = {
    spec.name: spec
    for spec in (
        _m(
            "on_time_target",
            "share",
            "higher",
            ("on time", "准时率"),
            (
                "share of accepted cases finished by the customer's target date",
                "已接受事项中在客户目标日期前完成的比例",
            ),
        ),
        _m(
            "on_time_promise",
            "share",
            "higher",
            ("on time (promise)", "按承诺准时率"),
            ("share of accepted cases finished by the date that was promised", "已接受事项中在承诺日期前完成的比例"),
        ),
        _m(
            "promise_mean",
            "days",
            "neither",
            ("promised lead time", "平均承诺交期"),
            (
                "mean calendar days that customers were promised, lost ones included",
                "向客户承诺的平均日历天数，含流失客户",
            ),
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
            (
                "mean calendar hours from arrival to finish; a case still open after the tail counts as that long",
                "从到达到完成的平均日历小时；观察尾期后仍未完成的事项按尾期长度计",
            ),
        ),
        _m(
            "lead_time_p90",
            "hours",
            "lower",
            ("lead time, 90th percentile", "周期 90 分位"),
            (
                "calendar hours within which nine of ten cases are finished, at most the tail",
                "十分之九的事项在多少日历小时内完成，最长为观察尾期",
            ),
        ),
        _m(
            "throughput",
            "per week",
            "higher",
            ("throughput", "吞吐量"),
            ("cases finished per week within the horizon", "统计期内每周完成的事项数"),
        ),
        _m(
            "unfinished_share",
            "share",
            "lower",
            ("unfinished", "未完成比例"),
            (
                "share of accepted cases that were still open when the tail after their arrival was over",
                "已接受事项中到达后观察尾期结束时仍未完成的比例",
            ),
        ),
        _m(
            "conflicts_per_100",
            "per 100 cases",
            "lower",
            ("conflicts", "冲突"),
            ("conflicts per 100 cases that arrived", "每百件到达事项的冲突数"),
        ),
        _m(
            "bounces_per_100",
            "per 100 cases",
            "lower",
            ("disputed hand-offs", "推诿"),
            ("disputed hand-offs per 100 cases that arrived", "每百件到达事项中被退回的交接数"),
        ),
        _m(
            "trust",
            "share",
            "higher",
            ("trust", "信任"),
            (
                "trust between departments that deal with each other, by how often they plan to, mean over days; "
                "approvers and pairs that never deal are left out",
                "有往来部门之间的信任，按计划往来频率加权，再按天平均；不含审批人和无往来的部门",
            ),
            of_cases=False,
        ),
        _m(
            "trust_in_approvers",
            "share",
            "higher",
            ("trust in approvers", "对审批人的信任"),
            (
                "trust of departments in the persons who approve for them, by how often they ask, mean over days",
                "部门对其审批人的信任，按审批频率加权，再按天平均",
            ),
            of_cases=False,
        ),
        _m(
            "handed_over",
            "share",
            "lower",
            ("handed on", "被转手比例"),
            (
                "share of arrived cases that leave a department beyond the planned route",
                "到达事项中偏离计划路线被转手的比例",
            ),
        ),
        _m(
            "ping_pong",
            "share",
            "lower",
            ("ping-pong", "踢皮球比例"),
            ("share of arrived cases that go from A to B and back to A", "到达事项中从 A 到 B 又回到 A 的比例"),
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
                "mean hours from sending an urgent request to its beginning, on one clock for all: the hours in which "
                "any department is at work",
                "加急请求从发出到开始处理的平均小时，按统一时钟计：任一部门上班的时间",
            ),
            of_cases=False,
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
            of_cases=False,
        ),
        _m(
            "coordination_cost",
            "money per week",
            "lower",
            ("coordination cost", "协调成本"),
            ("coordination hours at each department's rate", "按各部门费率计的协调成本"),
            of_cases=False,
        ),
    )
}
"""Every measure by name. Beside them come `kpi_<department>` (attainment of a department's local KPIs) and, where a
scenario has several processes, `<measure>.<process>` for every measure of cases."""

PER_PROCESS = tuple(spec.name for spec in MEASURES.values() if spec.of_cases)
"""The measures that exist for every process."""


GUARDS = ("unfinished_share", "throughput")
"""The measures without which others flatter: what is never finished, and how much gets done."""


def of_process(name: str, process: str) -> str:
    """Return what a measure of one process is called, as in ``lead_time_mean.order``."""
    return f"{name}.{process}"


def process_measure(name: str, process: str, label: Text) -> MeasureSpec:
    """Return a measure of the cases of one process."""
    spec = MEASURES[name]
    words = Text(f"{spec.label.en}: {label.en}", f"{spec.label.zh}：{label.zh}")
    return replace(spec, name=of_process(name, process), label=words)


def kpi_measure(department: str, label: Text) -> MeasureSpec:
    """Return the measure of one department's KPI attainment (1 = every target met)."""
    return MeasureSpec(
        f"kpi_{department}",
        "share",
        "higher",
        Text(f"KPI of {label.en}", f"{label.zh}指标"),
        Text("how far the department meets its own KPIs", "部门自身指标的达成度"),
        of_cases=False,
    )

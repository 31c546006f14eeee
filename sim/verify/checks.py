"""The checks of the theory self-test: what theory says, and where the experiments say it."""

from sim.verify import formulas
from sim.verify.experiments import (
    CLASSES,
    DISPUTED,
    GAIN,
    GOOD,
    LATENCY,
    LOAD,
    LOSS,
    NETWORK,
    ON_TIME,
    PERIOD,
    PROJECT_HOURS,
    PROJECT_NEEDS,
    RETURNS,
    REWORK,
    SERVERS,
    TAX,
)
from sim.verify.intervals import Check, Reading, column, per_case, quotient, ratio
from sim.vocab import WEEK, Text


def _said(en: str, zh: str, expected: float, value: Reading, *, exact: bool = False) -> Check:
    return Check(Text(en, zh), expected, value, exact)


def _class_wait(name: str) -> Reading:
    return quotient("priority", f"waits_{name}", f"cases_{name}")


def _wait_checks() -> list[Check]:
    """Return the waits of single departments."""
    servers = [
        _said(f"M/M/{c}: wait at load .8", f"M/M/{c}：负荷 0.8 时的等待",
              formulas.mmc_wait(LOAD * c, 1.0, c), per_case(f"mm{c}", "ledger_queue"))
        for c in SERVERS
    ]  # fmt: skip
    return [
        *servers,
        _said("M/D/1: wait at load .8", "M/D/1：负荷 0.8 时的等待",
              formulas.mg1_wait(LOAD, 1.0, 0.0), per_case("md1", "ledger_queue")),
        _said("M/G/1 (squared variation 4): wait at load .8", "M/G/1（变异系数平方为 4）：负荷 0.8 时的等待",
              formulas.mg1_wait(LOAD, 1.0, 4.0), per_case("mg1", "ledger_queue")),
        _said("M/G/1 by case complexity: wait at load .5", "由事项复杂度形成的 M/G/1：负荷 0.5 时的等待",
              formulas.mg1_wait(0.5, 1.0, 1.0), per_case("complex", "ledger_queue")),
        _said("Own work is traffic like any other: wait", "本部门工作同样占用产能：等待",
              formulas.mmc_wait(0.6, 1.0, 1), per_case("own", "ledger_queue")),
    ]  # fmt: skip


def _priority_checks() -> list[Check]:
    """Return the waits of two classes."""
    services = scvs = (1.0, 1.0)
    first, second = formulas.cobham_waits(CLASSES, services, scvs)
    return [
        _said("Priority: wait of the first class", "优先级：第一类的等待",
              first, _class_wait("first")),
        _said("Priority: wait of the second class", "优先级：第二类的等待",
              second, _class_wait("second")),
        _said("Priority: conserved wait", "优先级：守恒的等待",
              formulas.conserved_wait(CLASSES, services, scvs), _class_wait("all")),
    ]  # fmt: skip


def _sojourn_checks() -> list[Check]:
    """Return times in a single department, and what follows from them."""
    full, half = formulas.mmc_sojourn(LOAD, 1.0, 1), formulas.mmc_sojourn(0.5, 1.0, 1)
    taxed = formulas.taxed_sojourn(0.9, 1.0, TAX) / formulas.taxed_sojourn(0.9, 1.0, 0.0)
    return [
        _said("M/M/1: time in system at load .8", "M/M/1：负荷 0.8 时的逗留时间",
              full, per_case("mm1", "lead_time_mean")),
        _said("Pooling two M/M/1 into M/M/2: time in system", "两个 M/M/1 合并为 M/M/2：逗留时间",
              formulas.pooled_sojourn(LOAD, 1.0, 2), per_case("mm2", "lead_time_mean")),
        _said("Capacity tax of 3.1 % at load .9: time in system, ratio", "负荷 0.9 时 3.1% 的产能占用：逗留时间之比",
              taxed, ratio(("taxed", "lead_time_mean"), ("untaxed", "lead_time_mean"))),
        _said("M/M/1 in office hours: open hours in system", "按办公时间开放的 M/M/1：开放时间内的逗留",
              half, per_case("office", "ledger_queue", "ledger_touch")),
        _said("M/M/1: 90th percentile of time in system", "M/M/1：逗留时间 90 分位",
              formulas.exponential_quantile(0.9, half), column("half", "lead_time_p90")),
        _said("M/M/1: share on time", "M/M/1：准时率", ON_TIME, column("half", "on_time_target")),
        _said("M/M/1: throughput per week", "M/M/1：每周吞吐量", 0.5 * WEEK, column("half", "throughput")),
    ]  # fmt: skip


def _loop_checks() -> list[Check]:
    """Return times through departments that send cases on and back."""
    network = formulas.jackson(*NETWORK)
    rework = [
        _said(f"Rework, {again:.0%} return: time in system", f"返工率 {again:.0%}：逗留时间",
              formulas.feedback_sojourn(0.75, 1.0, again), per_case(f"rework{again}", "lead_time_mean"))
        for again in REWORK
    ]  # fmt: skip
    rows = [
        _said(f"Four in a row, {back:.0%} sent back: lead time", f"四个部门串联，退回率 {back:.0%}：周期",
              formulas.tandem_lead_time(0.6, 1.0, 4, back), per_case(f"tandem{back}", "lead_time_mean"))
        for back in RETURNS
    ]  # fmt: skip
    return [
        *rework,
        *rows,
        _said(
            "Jackson network: lead time", "杰克逊网络：周期", network.lead_time, per_case("network", "lead_time_mean")
        ),
        _said("Jackson network: wait", "杰克逊网络：等待", network.wait, per_case("network", "ledger_queue")),
    ]


def _mechanism_checks() -> list[Check]:
    """Return what one mechanism alone does."""
    return [
        _said("Pick-up every 8 hours: mean extra wait", "每 8 小时集中接收一次：平均额外等待",
              formulas.periodic_pickup_wait(PERIOD), per_case("pickup", "ledger_handover")),
        _said("Hand-over latency: mean", "交接延迟：均值", LATENCY, per_case("latency", "ledger_handover")),
        _said("Three branches and a join: mean of the slowest", "三个并行分支汇合：最慢者的均值",
              formulas.slowest_of(3, 1.0), per_case("fork", "lead_time_mean")),
        _said("External wait occupies nobody: lead time", "外部等待不占用人员：周期",
              4.0, per_case("external", "lead_time_mean")),
        _said("Consultation queues at the expert: mean answer time", "会签在专家处排队：平均答复时间",
              formulas.mmc_sojourn(0.5, 1.0, 1), per_case("consultation", "ledger_answer")),
        _said("Disputes of a contested step per 100 cases", "有争议步骤每百件的退回数",
              100.0 * formulas.geometric_extra(DISPUTED), per_case("contested", "bounces_per_100")),
        _said("Trust where gains and losses balance", "得失平衡时的信任",
              formulas.trust_equilibrium(GOOD, GAIN, LOSS), column("trust", "trust")),
    ]  # fmt: skip


def _certain_checks() -> list[Check]:
    """Return what leaves nothing to chance."""
    return [
        _said("A project without friction ends with its critical path", "无摩擦项目按关键路径完成",
              formulas.critical_path(PROJECT_HOURS, PROJECT_NEEDS), column("project", "lead_time"), exact=True),
        _said("Twenty hours of work in an office take 52 hours", "办公时间内的 20 小时工作历时 52 小时",
              52.0, column("closing", "lead_time"), exact=True),
        _said("Little's law on every sample path: L over lambda W", "每条样本路径上的利特尔法则：L 与 λW 之比",
              1.0, column("little", "ratio"), exact=True),
    ]  # fmt: skip


CHECKS: tuple[Check, ...] = (
    *_wait_checks(),
    *_priority_checks(),
    *_sojourn_checks(),
    *_loop_checks(),
    *_mechanism_checks(),
    *_certain_checks(),
)
"""Every check, in the order in which people see them."""

"""Every sentence that tables and the command line say, in both languages."""

from __future__ import annotations

from sim.vocab import Text

BUT = "better, but less gets done"
"""The verdict on an improvement that is seen beside more unfinished cases or a lower throughput."""

VERDICTS = {
    "better": Text("better", "变好"),
    BUT: Text("better, but less gets done", "变好，但办结的更少"),
    "worse": Text("worse", "变差"),
    "changed": Text("changed", "有变化"),
    "cannot be told from zero": Text("cannot be told from zero", "与零无法区分"),
    "n/a": Text("n/a", "不适用"),
}
"""What the corrected p-value and the direction together allow to be said; the key is what the table holds."""

PARTS = {
    "touch": Text("work on the case", "处理"),
    "tax": Text("slowed by meetings and forms", "会议与表单拖慢"),
    "queue": Text("waiting in a queue", "排队"),
    "handover": Text("waiting to be picked up", "等待接手"),
    "external": Text("supplier, carrier, customer", "外部（供应商、运输、客户）"),
    "closed": Text("closed (nights, weekends)", "非工作时间"),
    "answer": Text("waiting for an answer or approval", "等待答复或审批"),
    "ping_pong": Text("passed around (who is responsible?)", "踢皮球"),
    "rework": Text("rework", "返工"),
    "conflict": Text("frozen by conflict", "冲突冻结"),
    "unfinished": Text("never finished (counted as the tail)", "未完成（按观察尾期计）"),
}
"""The ten parts of the delay ledger, and what stands for cases that were not finished while they were waited for."""

UNITS = {
    "share": Text("%", "%"),
    "hours": Text("h", "小时"),
    "per 100 cases": Text("per 100 cases", "每百件"),
    "per week": Text("per week", "每周"),
    "money per week": Text("money per week", "金额/周"),
    "hours per week": Text("h per week", "小时/周"),
    "days": Text("days", "天"),
}
"""How a unit is written behind a number."""

DIFFERENCE_UNITS = UNITS | {"share": Text("points", "百分点")}
"""How the unit of a difference is written: shares differ by percentage points."""

RESULT = Text("Comparison for {title}", "{title}：方案对比")
COMPARISON = Text("Comparison", "对比")
MEASURE = Text("measure", "指标")
UNIT = Text("unit", "单位")
BEFORE = Text("now", "现状")
AFTER = Text("with", "实施后")
DIFFERENCE = Text("change", "变化")
P_HOLM = Text("p", "p")
BETTER_IN = Text("better in", "更好的次数占比")
PAIRING = Text("pairing", "配对增益")
VERDICT = Text("verdict", "结论")
MEAN = Text("mean", "均值")
INTERVAL = Text("95 % interval", "95% 区间")
MEANING = Text("what it says", "含义")
NOT_AVAILABLE = Text("n/a", "不适用")

HOW_TO_READ = Text(
    "{replications} replications, seed {seed}; every alternative met the same customers, work and luck as now. "
    "'better in' is the share of replications in which the alternative did better (ties half, 95 % Wilson interval), "
    "not the probability that it works. 'pairing' is how many times fewer replications the shared luck needed. "
    "p-values are corrected (Holm) for {tests} tests; where p >= .05 the difference cannot be told from zero.",
    "重复 {replications} 次，种子 {seed}；每个方案面对与现状相同的客户、工作量和运气。“更好的次数占比”是"
    "方案表现更好的重复比例（平局算一半，95% Wilson 区间），不是方案有效的概率。“配对增益”是共用运气使"
    "所需重复次数减少的倍数。p 值已按 {tests} 个检验作 Holm 校正；"
    "p ≥ 0.05 时，差值与零无法区分。",
)

NARROW = Text(
    "A window of {columns} columns or more shows the whole table.", "窗口宽度达到 {columns} 列时显示完整表格。"
)

LEDGER = Text("Where the time of a case goes (calendar hours per case)", "每件事项的时间去向（日历小时/件）")
PART = Text("part", "部分")
TOTAL = Text("lead time", "周期")
LEDGER_INHERITED = Text(
    "All hours, nights and weekends counted to what was being waited for", "全部时间：夜间和周末计入当时所等待的部分"
)
LEDGER_OPEN = Text("Open hours only", "仅工作时间")

RUN_RESULT = Text("{title}: what happens now", "{title}：现状")
RUN_NOTE = Text(
    "{replications} replications, seed {seed}, {weeks:g} weeks after a warm-up of {warmup:g}, then a tail of {tail:g} "
    "for cases to be finished in.",
    "重复 {replications} 次，种子 {seed}，预热 {warmup:g} 周后统计 {weeks:g} 周，再观察尾期 {tail:g} 周以待事项办结。",
)

SCENARIOS = Text("Shipped scenarios", "内置场景")
INTERVENTIONS = Text("Interventions", "干预措施")
LEVERS = Text("Levers", "杠杆")
MEASURES_TITLE = Text("Measures", "指标")
NAME = Text("name", "名称")
LABEL = Text("label", "标签")
PARAMETERS = Text("parameters (default)", "参数（默认值）")
EVIDENCE = Text("evidence", "证据")
BETTER = Text("better", "更好的方向")
NEUTRAL = Text("neutral", "中性值")
TYPICAL = Text("typical", "典型值")
RANGE = Text("range", "范围")
GRADE = Text("evidence grade", "证据等级")

DIRECTIONS = {
    "higher": Text("higher", "越高越好"),
    "lower": Text("lower", "越低越好"),
    "neither": Text("neither", "无好坏"),
}
"""Which direction of a measure is better."""

RACI = Text("Process {process}: who does what", "流程“{process}”的分工（RACI）")
STEP = Text("step", "步骤")
RESPONSIBLE = Text("R does", "R 负责")
ACCOUNTABLE = Text("A approves", "A 批准")
CONSULTED = Text("C is asked", "C 咨询")
INFORMED = Text("I is told", "I 知会")
WORK = Text("work (h)", "工时")
DEPARTMENTS = Text("Departments: load and what they are measured on", "部门：负荷与考核指标")
DEPARTMENT = Text("department", "部门")
STAFF = Text("staff", "人数")
CAPACITY = Text("hours a week", "每周可用工时")
OWN = Text("own work", "本职工作")
CASES = Text("cases", "流程工作")
COORDINATION = Text("answers", "答复与审批")
LOAD = Text("load", "负荷")
KPI_LIST = Text("KPIs (target, weight)", "考核指标（目标，权重）")
SUGGESTED = Text("suggested comparison", "建议的对比方案")
PACE = Text("an answer within {time} is prompt here (pace {pace})", "这里 {time} 内答复算及时（节奏 {pace}）")
SHOCK = Text("shock", "冲击")
LEAVER = Text(
    "week {week}: the people leave who kept up the relationship of {one} and {other} (share {share} %; "
    "{people} of {one}, replaced after {weeks} weeks)",
    "第 {week} 周：维系{one}与{other}关系的人员离开（占 {share}%；{one}减少 {people} 人，{weeks} 周后补齐）",
)
SURGE = Text(
    "week {week}: demand for {process} is {factor} times the usual for {weeks} weeks",
    "第 {week} 周起的 {weeks} 周：{process}的需求为平时的 {factor} 倍",
)
CHANGED = Text("{label}: cases whose outcome changed", "{label}：结果改变的事项")
CHANGED_SUMMARY = Text(
    "In {replications} replications, {gained} cases became on time and {lost} became late ({counted} counted in both).",
    "在 {replications} 次重复中，{gained} 件由逾期变为准时，{lost} 件由准时变为逾期（两边都计入的共 {counted} 件）。",
)
CHANGED_NONE = Text("{label}: no case changed its outcome.", "{label}：没有事项的结果发生改变。")
UNFINISHED = Text("still open at the end of a run", "运行结束时仍未完成")
THROUGH = Text("through", "主要经由")
GAINED = Text("became on time", "变为准时")
LOST = Text("became late", "变为逾期")
MEAN_CHANGE = Text("mean change in that part (h)", "该部分平均变化（小时）")
STORY = Text(
    "Case {case} of {process} (replication {replication}) arrived {arrival} and was due {target}. "
    "Now it is finished {before}, {verdict_before}; with '{label}' {after}, {verdict_after}. "
    "What moved most: {part}, {hours}.",
    "{process} 的第 {case} 件（第 {replication} 次重复）于{arrival}到达，应于{target}完成。"
    "现状下{before}完成，{verdict_before}；"
    "实施“{label}”后{after}完成，{verdict_after}。变化最大的部分：{part}，{hours}。",
)
ON_TIME = Text("on time", "准时")
LATE = Text("late", "逾期")
NEVER = Text("never within the run", "运行期内未完成")
MOMENT = Text("in week {week} on {day} at {clock}", "第 {week} 周{day} {clock}")
"""Weeks as in files: 0 is the first that counts."""
DAYS = (
    Text("Monday", "周一"),
    Text("Tuesday", "周二"),
    Text("Wednesday", "周三"),
    Text("Thursday", "周四"),
    Text("Friday", "周五"),
    Text("Saturday", "周六"),
    Text("Sunday", "周日"),
)
EXTRA_NOW = Text("Only now: {events}.", "仅在现状中：{events}。")
EXTRA_THEN = Text("Only with '{label}': {events}.", "仅在“{label}”下：{events}。")
KINDS = {
    "work": Text("work", "处理"),
    "consult": Text("a question", "咨询"),
    "approve": Text("an approval", "审批"),
    "inform": Text("a notice", "知会"),
    "triage": Text("a dispute over who is responsible", "责任争议"),
    "rework": Text("rework", "返工"),
    "negotiate": Text("a negotiation", "协商"),
    "mediate": Text("a mediation", "调解"),
    "own": Text("own work", "本职工作"),
    "follow_up": Text("a follow-up", "后续处理"),
    "external": Text("a wait for somebody outside", "等待外部"),
}
"""What one department asks of another, as a story tells it."""

VERIFY = Text("Theory self-test", "理论自检")
CHECK = Text("check", "检验")
EXPECTED = Text("expected", "理论值")
SIMULATED = Text("simulated", "模拟值")
PASSED = Text("passed", "通过")
FAILED = Text("FAILED", "未通过")
ALL_PASSED = Text("All {count} checks passed.", "{count} 项检验全部通过。")
SOME_FAILED = Text("{failed} of {count} checks failed.", "{count} 项检验中 {failed} 项未通过。")

NO_FINDINGS = Text("{name}: nothing to complain about.", "{name}：没有发现问题。")
WRITTEN = Text("written: {files}", "已写入：{files}")
WRITTEN_TO = Text(
    "written: {count} files in {folder}; begin with summary.png", "已写入：{folder} 中 {count} 个文件；先看 summary.png"
)
SOME_RUNS_FAILED = Text(
    "{count} runs failed and are left out; the first: {first}", "{count} 次运行失败，已略去；第一个：{first}"
)

COMPARING = Text("comparing", "对比中")
RUNNING = Text("running", "运行中")
VERIFYING = Text("checking against theory", "理论自检中")
NOT_WRITTEN = Text("{folder} cannot be written: {why}", "{folder} 无法写入：{why}")
CHECK_INTERVAL = Text("interval", "区间")
SEVERITIES = {"error": Text("error", "错误"), "warning": Text("warning", "警告")}
"""How much a finding of `deptsim check` matters."""

"""Every word that the pictures of relations, of processes and the summary sheet say, in both languages."""

from __future__ import annotations

from sim.vocab import Text

TRUST_TITLE = Text(
    "{heading}: how much departments trust each other, before and after", "{heading}：部门之间的信任，前后对比"
)
TRUST_MOST = Text(
    "{title} (the {shown} of {count} departments that deal most)",
    "{title}（{count} 个部门中往来最多的 {shown} 个）",
)
TRUST_START = Text("At the start", "开始时")
TRUST_END = Text("{label}, at the end", "{label}，结束时")
TRUST_MEAN = Text("mean {mean}", "平均 {mean}")
TRUST_NOTE = Text(
    "Row: whose trust; column: in whom. 0 = none (light), 1 = full (dark). Empty: the two never deal with each other. "
    "▲ ▼: at least .05 above or below the end as things are. Approvers (persons of management) are left out. "
    "Mean of the cells shown, each alike; trust in tables and other figures weighs pairs by how much they deal.",
    "行：谁的信任；列：对谁。0 = 无（浅），1 = 完全（深）。空白：两者从不往来。▲ ▼：比现状结束时高或低至少 0.05。"
    "审批人（管理人员）略去。平均值取所示格子，各格同权；表格与其他图中的信任按往来多少加权。",
)
NOBODY_DEALS = Text(
    "No two departments deal with each other here, so there is no trust to show.", "这里没有部门相互往来，无信任可示。"
)
NO_DEALINGS = Text("Left out, as nobody deals with them: {names}.", "因无往来而略去：{names}。")
AND_OTHERS = Text(" and {count} others", "等另外 {count} 个")

NETWORK_TITLE = Text(
    "{heading}: how busy departments are, and how they trust each other at the end",
    "{heading}：各部门有多忙，结束时彼此信任如何",
)
NETWORK_NOTE = Text(
    "Number and ring: share of open hours in which people are busy. Arrow: from whose trust to in whom; the two "
    "directions of a pair bend apart.",
    "数字与圆环：工作时间中忙碌的比例。箭头：由信任者指向被信任者；一对部门的两个方向分开弯曲。",
)
BUSIEST_LINES = Text(
    "Only the {shown} pairs that deal most have arrows ({count} more).",
    "只画往来最多的 {shown} 对（另有 {count} 对）。",
)
TRUST_CLASSES = (
    Text("trust below .33", "信任低于 0.33"),
    Text("trust .33 to .67", "信任 0.33 至 0.67"),
    Text("trust above .67", "信任高于 0.67"),
)
"""Low, middle, high: one line style each."""

PROCESS_TITLE = Text(
    "{heading}: where cases lose time, step by step, as things are", "{heading}：现状下事项在哪些步骤耗时"
)
PROCESS_NOTE = Text(
    "Bars: mean hours per case of the process that pass at a step, parallel branches each for itself. "
    "In a box: the step and who does it; A approves, C is asked, I is told. ❶ ❷ ❸: where most hours a week are lost "
    "to queues, pick-up, answers, passing around, rework and conflict. Bold: where an alternative saves and adds most. "
    "Dashed lines on the right lead back.",
    "条形：该流程每件事项在各步骤经过的平均小时，平行分支分别计算。框内：步骤与负责者；A 批准，C 咨询，I 知会。"
    "❶ ❷ ❸：每周因排队、接手、答复、踢皮球、返工和冲突损失小时最多之处。"
    "粗体：方案节省最多和增加最多之处。右侧虚线表示返回。",
)
PROCESS_DOUBT = Text(
    "◐: more is left unfinished or less gets done, and hours that cases never come to spend are no savings.",
    "◐：未完成的更多或办结的更少；事项未走到的步骤所少花的时间不是节省。",
)
PROCESS_RATE = Text("{rate} cases a week", "每周 {rate} 件")
PROCESS_EMPTY = Text("no case arrived that counts", "没有计入的事项到达")
STEPS_LEFT_OUT = Text("the {shown} steps that cost most, of {count}", "耗时最多的 {shown} 个步骤，共 {count} 个")
PROCESSES_LEFT_OUT = Text(
    "Shown are the {shown} processes that lose most; {count} more are left out.",
    "只显示损失最多的 {shown} 个流程，其余 {count} 个略去。",
)
HOURS_NOW = Text("hours per case now", "现状下每件小时")
HOURS_CHANGE = Text("change in hours per case with", "每件小时的变化，实施")
SKIPPED = Text("in {share} % of the cases", "{share}% 的事项需要")
THEN = Text("then {ways}", "然后 {ways}")
"""What follows in a Markov process."""
LEAVES = Text("done", "完成")
AGAIN = Text("again", "重复")
DISPUTED = Text("disputed with {names}", "与{names}有责任争议")

SUMMARY_FACTS = Text(
    "{replications} replications of {weeks:g} weeks after a warm-up of {warmup:g} (seed {seed}). Every alternative met "
    "the same customers, work and luck as now. Ranges are 95 % intervals of the difference.",
    "重复 {replications} 次，预热 {warmup:g} 周后统计 {weeks:g} 周（种子 {seed}）。"
    "每个方案面对与现状相同的客户、工作量和运气。范围为差值的 95% 区间。",
)
SUMMARY_FACTS_ONE = Text(
    "One replication of {weeks:g} weeks after a warm-up of {warmup:g} (seed {seed}): differences without intervals, "
    "which may be luck. Every alternative met the same customers and work as now.",
    "重复 1 次，预热 {warmup:g} 周后统计 {weeks:g} 周（种子 {seed}）：差值没有区间，可能只是运气。"
    "每个方案面对与现状相同的客户和工作量。",
)
SUMMARY_SIGNS = Text(
    " Signs are corrected for the number of tests, ranges are not.", "符号已按检验次数校正，范围未校正。"
)
SUMMARY_SHOCKS = Text(" With and without: {shocks}.", "有无措施均发生：{shocks}。")
SHOCK = Text("{kind} in week {week:g}", "第 {week:g} 周 {kind}")
SUMMARY_EFFECTS = Text("What would change", "会有什么变化")
SUMMARY_LEDGER = Text("Where the time of a case goes", "每件事项的时间去向")
SUMMARY_HOURS = Text(
    "hours; nights and weekends counted to what was waited for", "小时；夜间和周末计入当时所等待的部分"
)
SUMMARY_TRUST = Text("Trust, start ○ to end ●", "信任，开始 ○ 到结束 ●")
SUMMARY_WHY = Text("Why", "为什么")
SUMMARY_CARE = Text(
    "Believe directions and reasons before sizes: most strengths in the model are assumptions with a range.",
    "先看方向和原因，再看大小：模型中多数强度是带范围的假设。",
)
SUMMARY_KEY = Text(
    "● better   ✕ worse   ■ changed   ◇ cannot be told from zero", "● 变好   ✕ 变差   ■ 有变化   ◇ 与零无法区分"
)
SUMMARY_BUT = Text("   ◐ better, but less gets done", "   ◐ 变好，但办结的更少")
SUMMARY_UNTESTED = Text("no sign: not tested", "无符号：未检验")
NOBODY = Text("nobody deals with anybody", "没有往来")
BEST = Text(
    "Best in '{measure}': {label}, {mean} instead of {now} ({change}, {span}).",
    "“{measure}”最好的是{label}：{mean}，现状 {now}（{change}，{span}）。",
)
BEST_NONE = Text(
    "No alternative is better in '{measure}' beyond doubt (now {now}).",
    "没有方案在“{measure}”上确定变好（现状 {now}）。",
)
WHY = Text("{label}: {lead} h per case{doubt}. {saved} {added}", "{label}：每件 {lead} 小时{doubt}。{saved}{added}")
WHY_DOUBT = Text(" (cannot be told from zero)", "（与零无法区分）")
WHY_UNKNOWN = Text("{label}: no case arrived that counts.", "{label}：没有计入的事项到达。")
WHY_SAVED = Text("Saves most: {parts}.", "节省最多：{parts}。")
WHY_LEFT_UNDONE = Text(
    "Saves nothing: more cases are never finished, and spend their hours nowhere else.",
    "没有节省：更多事项始终未完成，其时间也就不再花在别处。",
)
WHY_ADDED = Text("Adds most: {parts}.", "增加最多：{parts}。")
WHY_NOT_SAVED = Text("Saves nothing worth half an hour.", "节省不足半小时。")
WHY_NOT_ADDED = Text("Adds nothing worth half an hour.", "增加不足半小时。")

NOUN_DEPARTMENT = Text("department", "部门")
NOUN_APPROVER = Text("approver", "审批人")
NOUN_PROCESS = Text("process", "流程")
NOUN_STEP = Text("step", "步骤")
NOUN_ALTERNATIVE = Text("alternative", "方案")
"""What a number stands behind where no font has the letters of a name."""
ALTERNATIVES_LEFT_OUT = Text("{count} more alternatives are left out.", "另有 {count} 个方案略去。")

"""Every word that the pictures of relations, of processes and the summary sheet say, in both languages."""

from __future__ import annotations

from sim.vocab import Text

TRUST_TITLE = Text(
    "{heading}: how much departments trust each other, before and after", "{heading}：部门之间的信任，前后对比"
)
TRUST_START = Text("At the start", "开始时")
TRUST_END = Text("{label}, at the end", "{label}，结束时")
TRUST_MEAN = Text("mean {mean}", "平均 {mean}")
TRUST_NOTE = Text(
    "Row: whose trust; column: in whom. 0 = none (light), 1 = full (dark). Empty: the two never deal with each other. "
    "▲ ▼: at least .05 above or below the end as things are. Approvers (persons of management) are left out. "
    "Mean of the cells shown, over replications.",
    "行：谁的信任；列：对谁。0 = 无（浅），1 = 完全（深）。空白：两者从不往来。▲ ▼：比现状结束时高或低至少 0.05。"
    "审批人（管理人员）略去。平均值取所示格子，按重复平均。",
)
NOBODY_DEALS = Text(
    "No two departments deal with each other here, so there is no trust to show.", "这里没有部门相互往来，无信任可示。"
)
NO_DEALINGS = Text("Left out, as nobody deals with them: {names}.", "因无往来而略去：{names}。")
AND_OTHERS = Text(" and {count} others", "等另外 {count} 个")
BUSIEST_ONLY = Text(
    "Shown are the {shown} departments that deal most; {count} more are left out.",
    "只显示往来最多的 {shown} 个部门，其余 {count} 个略去。",
)

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
    "Bars: mean hours per finished case of the process that pass at a step, parallel branches each for itself. "
    "R does, A approves, C is asked, I is told. ❶ ❷ ❸: where most hours a week are lost to queues, pick-up, answers, "
    "passing around, rework and conflict. Arrows on the right lead back.",
    "条形：该流程每件完成事项在各步骤经过的平均小时，平行分支分别计算。R 负责，A 批准，C 咨询，I 知会。"
    "❶ ❷ ❸：每周因排队、接手、答复、踢皮球、返工和冲突损失小时最多之处。右侧箭头表示返回。",
)
PROCESS_RATE = Text("{rate} cases a week", "每周 {rate} 件")
PROCESS_EMPTY = Text("no case finished that counts", "没有计入的事项完成")
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

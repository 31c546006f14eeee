"""Levers of work: consultation, capacity and quality."""

from sim.spec.levers.base import DUTY, NATURE, SPENT, number, share
from sim.vocab import Lever

CONSULTATION = (
    share(
        Lever.ADHERENCE,
        0.0,
        0.75,
        (0.5, 0.9),
        DUTY,
        ("adherence", "流程遵守"),
        (
            "share of the written consultations, approvals and notices that really happen",
            "书面规定的会签、审批和知会真正发生的比例",
        ),
        "Urbach et al. 2014: mandated checklists without effect; adoption decides",
        "before/after",
    ),
    share(
        Lever.SKIP_RISK,
        0.0,
        0.6,
        (0.3, 0.9),
        NATURE,
        ("risk of not asking", "不问的风险"),
        ("added chance of a misunderstanding for each consultation that is skipped", "每跳过一次会签增加的误解概率"),
    ),
    share(
        Lever.INFEASIBLE,
        0.0,
        0.45,
        (0.2, 0.7),
        NATURE,
        ("infeasible commitments", "不可行的承诺"),
        (
            "chance that a commitment made without asking cannot be kept as it stands",
            "未经会签的承诺无法按原样兑现的概率",
        ),
    ),
    share(
        Lever.INFEASIBLE_LOSS,
        0.0,
        0.6,
        (0.2, 0.8),
        NATURE,
        ("loss by infeasible commitments", "不可行承诺的损失"),
        (
            "share of the work done since that is redone when such a commitment is discovered",
            "发现不可行承诺时，其后已做工作要返工的比例",
        ),
    ),
    share(
        Lever.APPROVAL_CHECK,
        0.0,
        0.3,
        (0.1, 0.5),
        DUTY,
        ("approvals that look", "审批把关"),
        ("chance that an approver finds a latent defect", "审批人发现潜在缺陷的概率"),
    ),
)

CAPACITY = (
    share(
        Lever.OVERHEAD,
        0.0,
        0.0,
        (0.0, 0.1),
        SPENT,
        ("overhead", "额外开销"),
        ("share of working time that meetings, forms and upkeep take", "会议、表单和维护占用的工作时间比例"),
    ),
    number(
        Lever.SPEEDUP,
        "factor",
        (-0.5, 1.0),
        0.0,
        0.0,
        (-0.1, 0.2),
        NATURE,
        ("speed under load", "负荷下的速度"),
        (
            "how much faster (or, negative, slower) people work when a full day of work waits",
            "积压满一天工作时人们加快（负值为减慢）的幅度",
        ),
        "Kc and Terwiesch 2009: speed rises with load, then falls",
        "before/after",
    ),
)

QUALITY = (
    share(
        Lever.NOVELTY,
        0.0,
        0.35,
        (0.2, 0.5),
        NATURE,
        ("novelty", "新颖度"),
        ("share of hand-overs that contain something that can be misread", "含有可能被误读内容的交接比例"),
    ),
    share(
        Lever.DOCUMENTS,
        0.0,
        0.35,
        (0.2, 0.6),
        NATURE,
        ("documents", "书面化"),
        ("share of misreadings that written requirements prevent", "书面需求能避免的误读比例"),
        "Starmer et al. 2014: structured hand-offs, errors -23 %; two randomized trials: no fewer adverse events",
        "before/after",
    ),
    number(
        Lever.SYNC_DECAY,
        "hours",
        (0.01, 10000.0),
        40.0,
        40.0,
        (16.0, 80.0),
        NATURE,
        ("memory of a sync", "同步的保鲜期"),
        (
            "open hours in which what was synchronized between two departments goes stale (to 37 %)",
            "两部门同步过的信息失效（降到 37%）的工作小时数",
        ),
    ),
    share(
        Lever.DETECTION,
        0.0,
        0.6,
        (0.4, 0.8),
        DUTY,
        ("detection", "发现率"),
        ("chance that a later step finds a latent defect", "后续步骤发现潜在缺陷的概率"),
    ),
    share(
        Lever.REWORK_SHARE,
        0.0,
        0.4,
        (0.2, 0.6),
        NATURE,
        ("share redone", "返工比例"),
        ("share of a step's work that a defect costs again", "一个缺陷需重做该步骤工作的比例"),
    ),
)

"""The catalogue of levers: every number a mechanism reads and an intervention may move.

A lever is a number without a unit in [0, 1], or hours, or a plain factor where said. `neutral` switches its mechanism
off (with every lever neutral the organization is exactly a network of multi-server queues); `typical` is where a
scenario starts that says nothing else. `low` and `high` bound what a file may say; `plausible` is the range over which
the honest uncertainty of a comparison varies it. Evidence grades: claim, survey, before/after, meta-analysis, trial,
log (event logs), assumption.
"""

from dataclasses import dataclass

from sim.vocab import Lever, Text


@dataclass(frozen=True, slots=True)
class LeverSpec:
    """One lever: meaning, unit, bounds, neutral and typical values, and where the numbers come from."""

    lever: Lever
    unit: str
    low: float
    high: float
    neutral: float
    typical: float
    plausible: tuple[float, float]
    grade: str
    source: str
    label: Text
    meaning: Text

    @property
    def name(self) -> str:
        """The name used in scenario files."""
        return self.lever.name.lower()


_PROTOTYPE = "prototype calibration of a manufacturer's order process"


def _share(
    lever: Lever,
    neutral: float,
    typical: float,
    plausible: tuple[float, float],
    label: tuple[str, str],
    meaning: tuple[str, str],
    source: str = _PROTOTYPE,
    grade: str = "assumption",
) -> LeverSpec:
    return LeverSpec(lever, "share", 0.0, 1.0, neutral, typical, plausible, grade, source, Text(*label), Text(*meaning))


def _number(
    lever: Lever,
    unit: str,
    bounds: tuple[float, float],
    neutral: float,
    typical: float,
    plausible: tuple[float, float],
    label: tuple[str, str],
    meaning: tuple[str, str],
    source: str = _PROTOTYPE,
    grade: str = "assumption",
) -> LeverSpec:
    return LeverSpec(lever, unit, *bounds, neutral, typical, plausible, grade, source, Text(*label), Text(*meaning))


_GOALS = (
    _share(Lever.ALIGNMENT, 1.0, 0.2, (0.1, 0.4), ("goal alignment", "目标一致"),
           ("how far a department weighs the company's result against its own KPI (1 = only the company's)",
            "部门在多大程度上看重公司整体结果而不是本部门指标（1 = 只看公司）"),
           "Kleingeld et al. 2011: egocentric against groupcentric goals", "meta-analysis"),
    _share(Lever.INFLATION, 0.0, 0.3, (0.1, 0.6), ("urgency inflation", "加急泛滥"),
           ("share of ordinary cases that an unaligned front department marks urgent",
            "目标不一致的前台部门把普通事项标为加急的比例")),
    _share(Lever.OPTIMISM, 0.0, 0.25, (0.1, 0.4), ("optimism of promises", "承诺乐观度"),
           ("by which share an unaligned front department promises less than the standard lead time",
            "目标不一致的前台部门承诺的交期比标准短多少")),
    _share(Lever.TRANSPARENCY, 0.0, 0.1, (0.0, 0.3), ("visible load", "负荷可见"),
           ("how much of the present backlog the promising department sees",
            "承诺部门能看到多少当前积压")),
)
_HANDOVER = (
    _number(Lever.LATENCY, "hours", (0.0, 400.0), 0.0, 4.0, (2.0, 8.0), ("hand-over latency", "交接延迟"),
            ("mean open hours until the receiver picks a request up",
             "接收方接手请求前的平均工作小时数")),
    _number(Lever.RELUCTANCE, "factor", (0.0, 5.0), 0.0, 1.0, (0.5, 2.0), ("reluctance", "拖延"),
            ("how much unwillingness stretches the latency (1 = doubles it at no willingness)",
             "不情愿使延迟增加多少（1 = 完全不情愿时翻倍）")),
    _number(Lever.PICKUP_PERIOD, "hours", (0.0, 400.0), 0.0, 0.0, (0.0, 8.0), ("pick-up period", "集中接收周期"),
            ("hand-overs are only picked up once in so many open hours (0 = at any time)",
             "每隔多少工作小时才接收一次（0 = 随时）")),
    _number(Lever.FORM_HOURS, "hours", (0.0, 40.0), 0.0, 0.0, (0.0, 0.5), ("forms per hand-over", "表单工时"),
            ("work that forms and signatures add to each hand-over", "每次交接因表单和签字增加的工时")),
)
_RESPONSIBILITY = (
    _share(Lever.AMBIGUITY, 0.0, 0.9, (0.6, 1.0), ("ambiguity", "责任模糊"),
           ("share of a contested step's requests whose owner can be argued about", "有争议步骤中责任可扯皮的请求比例")),
    _share(Lever.MISROUTING, 0.0, 0.5, (0.3, 0.7), ("honest misrouting", "无意错派"),
           ("weight of honest misrouting among disputes; the rest depends on goodwill", "争议中无意错派所占权重，其余取决于意愿"),
           "UCI incident log: 44 % of incidents reassigned", "log"),
    _share(Lever.CLARITY, 1.0, 0.3, (0.1, 0.5), ("clarity of responsibility", "职责清晰"),
           ("how far the written roles are known and lived", "书面职责被了解和执行的程度")),
    _number(Lever.CLARITY_TRUST, "exponent", (0.0, 3.0), 0.0, 0.5, (0.2, 1.0), ("trust behind clarity", "清晰靠信任"),
            ("how much clarity needs trust to work: clarity' = clarity times trust to this power",
             "职责清晰多大程度上依赖信任：清晰度乘以信任的该次幂")),
    _share(Lever.EXCEPTIONS, 0.0, 0.15, (0.05, 0.3), ("exceptions", "例外"),
           ("share of requests that no rule foresaw", "规则未预见的请求比例")),
    _share(Lever.ESCALATION, 0.0, 0.0, (0.0, 0.2), ("escalation path lived", "升级机制执行度"),
           ("share of stuck matters that follow an agreed path to the common superior", "卡住的事项按约定路径上报的比例")),
    _number(Lever.ESCALATION_BOUNCES, "count", (1.0, 1000.0), 3.0, 3.0, (2.0, 5.0), ("bounces until escalation", "几次退回后上报"),
            ("number of disputes after which the path sends a request to management", "争议多少次后按路径上报管理层")),
    _number(Lever.TIER1_HOURS, "hours", (0.0, 2000.0), 16.0, 16.0, (8.0, 40.0), ("tier 1 limit", "一级时限"),
            ("open hours two departments get to settle a conflict where an escalation path is lived",
             "有升级机制时两个部门自行解决冲突的时限")),
    _number(Lever.TIER2_HOURS, "hours", (0.0, 2000.0), 16.0, 16.0, (8.0, 40.0), ("tier 2 limit", "二级时限"),
            ("open hours the common superior gets before executives decide", "共同上级解决冲突的时限，之后由高层决定")),
)
_PRIORITY = (
    _number(Lever.BOOST, "hours", (0.0, 1000.0), 0.0, 8.0, (4.0, 24.0), ("overtaking limit", "插队上限"),
            ("longest time by which one request can overtake another (0 = first come, first served)",
             "一个请求最多能超前另一个多少工作小时（0 = 先来先服务）")),
    _share(Lever.FAVOR, 0.0, 0.3, (0.0, 0.6), ("favors", "人情"),
           ("how much trust in the requester raises priority where goals are not shared", "目标不一致时，对请求方的信任提高优先级的程度")),
    _share(Lever.REFUSAL, 0.0, 0.2, (0.0, 0.5), ("refusal of urgent requests", "拒绝加急"),
           ("chance that an unwilling, overloaded department refuses to hurry", "不情愿且超负荷的部门拒绝加急的概率")),
    _share(Lever.AGREEMENT, 0.0, 0.0, (0.0, 0.2), ("response-time agreement lived", "响应时限执行度"),
           ("share of consultations that are handled under an agreed response time", "按约定响应时限处理的会签比例")),
    _number(Lever.AGREEMENT_HOURS, "hours", (0.0, 400.0), 4.0, 4.0, (2.0, 8.0), ("agreed response time", "约定响应时间"),
            ("open hours within which the consulted department has agreed to answer", "被咨询部门同意答复的工作小时数")),
    _number(Lever.ALLOWANCE, "hours", (0.0, 1000.0), 24.0, 24.0, (16.0, 40.0), ("usual allowance", "通常宽限"),
            ("open hours that a request without agreement may usually take; an agreement ranks by the difference",
             "没有约定的请求通常允许的工作小时数，约定按差额排队")),
)
_CONSULTATION = (
    _share(Lever.ADHERENCE, 0.0, 0.75, (0.5, 0.9), ("adherence", "流程遵守"),
           ("share of the written consultations, approvals and notices that really happen", "书面规定的会签、审批和知会真正发生的比例"),
           "Urbach et al. 2014: mandated checklists without effect; adoption decides", "before/after"),
    _share(Lever.SKIP_RISK, 0.0, 0.3, (0.1, 0.5), ("risk of not asking", "不问的风险"),
           ("added chance of a misunderstanding for each consultation that is skipped", "每跳过一次会签增加的误解概率")),
    _share(Lever.INFEASIBLE, 0.0, 0.35, (0.1, 0.5), ("infeasible commitments", "不可行的承诺"),
           ("chance that a commitment made without asking cannot be kept as it stands", "未经会签的承诺无法按原样兑现的概率")),
    _share(Lever.INFEASIBLE_LOSS, 0.0, 0.5, (0.2, 0.8), ("loss by infeasible commitments", "不可行承诺的损失"),
           ("share of the work done since that is redone when such a commitment is discovered", "发现不可行承诺时，其后已做工作要返工的比例")),
    _share(Lever.APPROVAL_CHECK, 0.0, 0.3, (0.1, 0.5), ("approvals that look", "审批把关"),
           ("chance that an approver finds a latent defect", "审批人发现潜在缺陷的概率")),
)
_CAPACITY = (
    _share(Lever.OVERHEAD, 0.0, 0.0, (0.0, 0.1), ("overhead", "额外开销"),
           ("share of working time that meetings, forms and upkeep take", "会议、表单和维护占用的工作时间比例")),
    _number(Lever.SPEEDUP, "factor", (-0.5, 1.0), 0.0, 0.0, (-0.1, 0.2), ("speed under load", "负荷下的速度"),
            ("how much faster (or, negative, slower) people work when a full day of work waits", "积压满一天工作时人们加快（负值为减慢）的幅度"),
            "Kc and Terwiesch 2009: speed rises with load, then falls", "before/after"),
)
_QUALITY = (
    _share(Lever.NOVELTY, 0.0, 0.35, (0.2, 0.5), ("novelty", "新颖度"),
           ("share of hand-overs that contain something that can be misread", "含有可能被误读内容的交接比例")),
    _share(Lever.DOCUMENTS, 0.0, 0.35, (0.2, 0.6), ("documents", "书面化"),
           ("share of misreadings that written requirements prevent", "书面需求能避免的误读比例"),
           "Starmer et al. 2014: structured hand-offs, errors -23 %", "before/after"),
    _number(Lever.SYNC_DECAY, "hours", (0.1, 10000.0), 40.0, 40.0, (16.0, 80.0), ("memory of a sync", "同步的保鲜期"),
            ("open hours in which what was synchronized between two departments goes stale (to 37 %)",
             "两部门同步过的信息失效（降到 37%）的工作小时数")),
    _share(Lever.DETECTION, 0.0, 0.6, (0.4, 0.8), ("detection", "发现率"),
           ("chance that a later step finds a latent defect", "后续步骤发现潜在缺陷的概率")),
    _share(Lever.REWORK_SHARE, 0.0, 0.4, (0.2, 0.6), ("share redone", "返工比例"),
           ("share of a step's work that a defect costs again", "一个缺陷需重做该步骤工作的比例")),
)
_CONFLICT = (
    _share(Lever.SEVERITY, 0.0, 0.2, (0.1, 0.4), ("severity of friction", "摩擦烈度"),
           ("chance that a friction becomes a conflict where there is no trust", "毫无信任时摩擦演变为冲突的概率")),
    _share(Lever.MEDIATION, 0.0, 0.0, (0.0, 0.3), ("mediation", "调解"),
           ("share of budding conflicts that a neutral third party takes the heat from", "中立方化解的冲突苗头比例")),
    _number(Lever.STANDOFF_HOURS, "hours", (0.0, 2000.0), 0.0, 12.0, (6.0, 24.0), ("stand-off", "僵持"),
            ("mean open hours for which two sides of a conflict do not move", "冲突双方僵持的平均工作小时数")),
    _number(Lever.STANDOFF_SPREAD, "sigma", (0.0, 3.0), 0.0, 1.2, (0.8, 1.6), ("spread of stand-offs", "僵持离散度"),
            ("sigma of the lognormal length of a stand-off: above 1 the tail is heavy", "僵持时长对数正态分布的 σ，大于 1 时尾部很重")),
)
_TRUST = (
    _number(Lever.TRUST_GAIN, "per event", (0.0, 0.5), 0.0, 0.02, (0.01, 0.04), ("trust gained", "信任增益"),
            ("step of trust after a good dealing", "一次良好往来后信任的增幅")),
    _number(Lever.TRUST_LOSS, "per event", (0.0, 0.9), 0.0, 0.08, (0.03, 0.12), ("trust lost", "信任损失"),
            ("step of trust after a bad dealing; one to five times the gain", "一次不良往来后信任的降幅，为增幅的一到五倍"),
            "Slovic 1993: trust is easier lost than won; Poortinga and Pidgeon 2004 bound the ratio", "survey"),
    _share(Lever.ROUTINE_WEIGHT, 1.0, 0.5, (0.2, 0.5), ("weight of routine", "日常往来权重"),
           ("weight of a routine dealing against help beyond duty", "日常往来相对于额外帮助的权重")),
    _share(Lever.ATTRIBUTION, 0.0, 0.5, (0.0, 1.0), ("attribution", "归因偏差"),
           ("how far the same event is read in the light of present trust", "同一事件在多大程度上按现有信任来解读"),
           "Malhotra 2004; Korsgaard et al. 2002: attribution moderates trust", "survey"),
    _number(Lever.TRUST_DRIFT, "per day", (0.0, 0.1), 0.0, 0.0003, (0.0, 0.0005), ("drift of trust", "信任漂移"),
            ("share of the distance to the culture's baseline that trust moves in a day", "信任每天向文化基线移动的距离比例")),
    _share(Lever.TRUST_BASELINE, 0.5, 0.5, (0.3, 0.6), ("culture's baseline", "文化基线"),
           ("trust towards which idle relations drift", "闲置关系的信任趋向的水平")),
    _share(Lever.RECIPROCITY, 0.0, 0.5, (0.2, 0.8), ("reciprocity", "互惠"),
           ("how much of a loss of trust the other side returns", "一方信任受损时另一方回应的程度")),
    _share(Lever.DOUBLE_CHECK, 0.0, 0.1, (0.0, 0.2), ("double-checking", "重复核对"),
           ("work that distrust adds to a step, as a share of it", "不信任给步骤增加的工作比例")),
    _number(Lever.LEARNING, "per event", (0.0, 0.5), 0.0, 0.01, (0.0, 0.03), ("learning about each other", "相互了解"),
            ("step of understanding after a good dealing", "一次良好往来后相互理解的增幅")),
)

LEVERS: dict[str, LeverSpec] = {
    spec.name: spec
    for group in (_GOALS, _HANDOVER, _RESPONSIBILITY, _PRIORITY, _CONSULTATION, _CAPACITY, _QUALITY, _CONFLICT, _TRUST)
    for spec in group
}
"""Every lever by the name scenario files use."""

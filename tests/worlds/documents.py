"""Reports made by hand, small, with every kind of block: what those have to bear who lay reports out."""

import math

from sim.report.document.blocks import Chapter, Chart, Column, Document, Picture, Said, Series, Table
from sim.report.page import Page
from sim.report.style import Fill

HOSTILE = "<script>alert(1)</script> & \"A\" <b>'B'</b> ]]>"
"""What somebody may call an organization."""

FORMULA = '=HYPERLINK("http://127.0.0.1/")'
"""What somebody may call a department; no office program may compute it."""

RARE = "彧垚·Øystein"
"""Letters that few fonts have."""

PARTS = {
    "touch": ("Work", "实际处理", "#009E73", (2.4, 2.3, 2.5)),
    "queue": ("Waiting in line", "排队", "#56B4E9", (40.1, 38.0, 41.7)),
    "answer": ("Waiting for an answer", "等待答复", "#F0E442", (128.6, 92.3, 120.0)),
    "conflict": ("Frozen by a conflict", "冲突搁置", "#D55E00", (31.2, 0.0, math.nan)),
}

ALTERNATIVES = {
    "now": ("Now", "现状", "now"),
    "kpi": ("Shared KPIs", "共同 KPI", "better"),
    "rotation": ("Rotation of staff between sales, production and logistics", "销售、生产与物流之间轮岗", "worse"),
}

_SUBJECTS = {
    "answer": ("The answer", "结论"),
    "where": ("Where the time goes", "时间花在哪里"),
    "map": ("The process", "流程"),
    "inputs": ("Every input", "全部参数"),
}

_SAID = {
    "title": (
        "Two of three orders come late because two departments wait for each other",
        "三分之二的订单延误，根源是两个部门互相等待",
    ),
    "answer": ("Shared KPIs bring 8 more of 100 orders home on time", "共同 KPI 使每百份订单多八份准时交付"),
    "where": ("Half of the time is spent waiting for an answer", "一半时间在等待答复"),
    "map": ("Sales asks, production answers", "销售提问，生产答复"),
    "inputs": ("Sixty inputs, two of them changed", "六十项参数，其中两项有改动"),
    "long": (
        "Most of the open hours of a case pass while nobody works on it: a request lies with a department whose own "
        "indicator does not reward the answer, and whoever asked has moved on to something else by the time it comes. "
        "That is why more people in the department that asks change little, and why the same hours of coordination, "
        "spent before the request is sent, change much (−36.2 h per case, from −44.0 to −28.1 h).",
        "一件事项的大部分时间无人处理：协作请求压在对方部门，而该部门自身的考核指标并不鼓励及时答复；等答复到来时，提出请求"
        "的一方早已转去处理别的事项。因此，给提出请求的部门增员收效甚微；而把同样的协调工时用在发出请求之前，效果则十分明显"
        "（每件减少 36.2 小时，95% 置信区间为 28.1 至 44.0 小时）。",
    ),
    "third": ("It costs 5 hours of coordination a week.", "代价是每周 5 个协调工时。"),
}


def document(lang="en"):
    """Return a report with every kind of block: long texts, cells without a value, many rows, values below zero."""
    return Document(
        lang=lang,
        title=_said(lang, "title"),
        subtitle=f"{_pick(lang, 'Order delivery', '订单交付')} · {HOSTILE}",
        chapters=(
            _chapter(lang, "answer", _points(lang), _effects(lang), _intervals(lang)),
            _chapter(lang, "where", _paragraphs(lang), _stacked(lang), _lines(lang), _bars(lang)),
            _chapter(lang, "map", _picture(lang), _grid(lang)),
            _chapter(lang, "inputs", _many(lang), slide=False),
        ),
        foot=f"deptsim 0.1.0 · {_pick(lang, 'seed', '随机种子')} 1 · 3f9a1c0b77e24d55",
        facts={
            "version": "0.1.0",
            "scenario": "order_delivery",
            "seed": 1,
            "replications": 100,
            "hash": "3f9a1c0b77e24d55",
            "command": "deptsim report order_delivery --with shared_kpi --seed 1",
        },
    )


def _chapter(lang, key, *blocks, slide=True):
    return Chapter(key, _pick(lang, *_SUBJECTS[key]), _said(lang, key), blocks, slide)


def _pick(lang, en, zh):
    return zh if lang == "zh" else en


def _said(lang, key):
    return _pick(lang, *_SAID[key])


def _names(lang):
    return tuple(_pick(lang, en, zh) for en, zh, _ in ALTERNATIVES.values())


def _points(lang):
    return Said(
        (_said(lang, "long"), _said(lang, "third"), HOSTILE),
        listed=True,
        heading=_pick(lang, "In three sentences", "三句话"),
    )


def _paragraphs(lang):
    return Said((_said(lang, "long"), f"{RARE}: {FORMULA}"))


def _effects(lang):
    """Return an awkward table: cells without a value, signs, shares, a truth, texts that look like something else."""
    columns = (
        Column("name", _pick(lang, "What is changed", "方案")),
        Column("on_time", _pick(lang, "On time", "准时率"), kind="share"),
        Column("change", _pick(lang, "Change", "变化"), _pick(lang, "points", "个百分点"), kind="number", signed=True),
        Column("lead", _pick(lang, "Lead time", "端到端周期"), _pick(lang, "days", "天"), kind="number", digits=2),
        Column("cases", _pick(lang, "Cases", "事项"), kind="count"),
        Column("sure", _pick(lang, "Certain", "可以确定")),
        Column("remark", _pick(lang, "Remark", "说明")),
    )
    now, kpi, rotation = _names(lang)
    rows = (
        (now, 0.796, None, 10.3, 12_345, None, ""),
        (kpi, 0.874, 7.8, 9.0, 12_351, True, FORMULA),
        (rotation, 0.781, -1.46, 10.56, 0, False, _said(lang, "long")),
        (HOSTILE, None, -0.0, 1234567.891, None, "+1", "@SUM(A1)"),
    )
    note = _pick(lang, "Where nothing stands, it could not be told.", "空白处表示次数不足，无法判断。")
    tones = ("now", "better", "worse", "unclear")
    return Table("effects", _pick(lang, "What each alternative changes", "各方案的效果"), columns, rows, tones, note)


def _grid(lang):
    """Return a table of letters, as a RACI matrix is."""
    heads = _pick(lang, ("Step", "Sales", "Production", "Logistics"), ("环节", "销售部", "生产部", "物流部"))
    steps = _pick(lang, ("Quote", "Plan", "Ship"), ("报价", "排产", "发运"))
    letters = (("R/A", "C", None), ("C", "R/A", "I"), (None, "I", "R/A"))
    rows = tuple((step, *found) for step, found in zip(steps, letters, strict=True))
    columns = tuple(Column(f"column_{place}", head) for place, head in enumerate(heads))
    return Table("raci", _pick(lang, "Who does what", "职责分工"), columns, rows)


def _many(lang):
    columns = (
        Column("place", _pick(lang, "Input", "参数")),
        Column("value", _pick(lang, "Value", "取值"), kind="number", digits=3),
        Column("share", _pick(lang, "Share", "占比"), kind="share", digits=0),
        Column("source", _pick(lang, "Source", "依据")),
    )
    source = _pick(lang, ("assumption", "survey of 2024", "typical value"), ("假设", "2024 年问卷", "典型值"))
    rows = tuple(
        (f"departments.department_{place}.pools.staff.consult_hours", place / 7, place / 60, source[place % 3])
        for place in range(60)
    )
    return Table("inputs", _pick(lang, "All inputs", "参数一览"), columns, rows, brief=False)


def _intervals(lang):
    names = _names(lang)[1:]
    series = Series(_pick(lang, "Change", "变化"), (7.8, -1.5), (5.9, -3.2), (9.7, 0.2), tone="better")
    title = _pick(lang, "Only shared KPIs are certain to help", "只有共同 KPI 的效果显著")
    axis = _pick(lang, "Change of orders on time", "准时率变化")
    note = _pick(lang, "Lines are 95 % intervals.", "横线为 95% 置信区间。")
    return Chart("change", title, "intervals", names, (series,), axis, _pick(lang, "points", "个百分点"), note=note)


def _stacked(lang):
    series = tuple(Series(_pick(lang, en, zh), values, color=color) for en, zh, color, values in PARTS.values())
    title = _pick(
        lang, "Answers take most of the time, now and with each alternative", "无论现状还是各方案，等待答复都耗时最多"
    )
    return Chart(
        "hours",
        title,
        "stacked",
        _names(lang),
        series,
        _pick(lang, "Hours per case", "每件耗时"),
        _pick(lang, "h", "小时"),
    )


def _lines(lang):
    weeks = tuple(str(week) for week in range(1, 53))
    now = tuple(80 + 3 * math.sin(week / 4) for week in range(52))
    then = tuple(math.nan if week < 4 else 80 + min(8.0, week / 3) + math.sin(week / 3) for week in range(52))
    names = _names(lang)
    series = (
        Series(names[0], now, tone="now"),
        Series(names[1], then, tuple(one - 2 for one in then), tuple(one + 2 for one in then), tone="better"),
    )
    title = _pick(lang, "It takes a quarter until it works", "一个季度后见效")
    axis = _pick(lang, "On time in each week", "每周准时率")
    return Chart("weeks", title, "lines", weeks, series, axis, "%")


def _bars(lang):
    names = _pick(
        lang,
        ("Sales", "Production", "Logistics and everything that has to do with it"),
        ("销售部", "生产部", "物流及一切相关业务部"),
    )
    series = (
        Series(_names(lang)[0], (14.0, 22.5, 3.1), tone="now"),
        Series(_names(lang)[1], (15.5, 20.0, -0.4), tone="better"),
    )
    return Chart(
        "load",
        _pick(lang, "Production bears most", "生产部负担最重"),
        "bars",
        names,
        series,
        _pick(lang, "Hours of coordination a week", "每周协调工时"),
        _pick(lang, "h", "工时"),
    )


def _picture(lang):
    title = _pick(lang, "The way of an order", "订单的流转")
    said = _pick(
        lang,
        "Two boxes: sales on the left, production on the right, a line between them.",
        "两个方框：左为销售部，右为生产部，中间一条连线。",
    )
    return Picture("map", title, said, lambda: _drawn(lang))


def _drawn(lang):
    page = Page(6.0, 1.6)
    page.box(0.3, 0.5, 1.6, 0.6, Fill("#009E73", ""))
    page.box(4.1, 0.5, 1.6, 0.6, Fill("#56B4E9", "///"))
    page.rule(1.9, 0.8, 4.1)
    page.line(1.1, 0.3, _pick(lang, "Sales & <after-sales>", "销售部与<售后>"), side="center", bold=True)
    page.line(4.9, 0.3, _pick(lang, "Production", "生产部"), side="center")
    return page.figure

"""The page in words, the tables of a terminal and what a notebook shows: no sentence says more than intervals do."""

import io
import re

import numpy as np
import pytest
from rich.console import Console

from sim.experiments.axes import Axis
from sim.experiments.factors import Factor
from sim.ownmeasures import Measure
from sim.report.experiments.called import factor_called, levels_called
from sim.report.experiments.curvefigure import curves_of
from sim.report.experiments.doses import curves_title
from sim.report.experiments.figures import figures_of
from sim.report.experiments.gathered import reading_of
from sim.report.experiments.notebook import html_of_experiment
from sim.report.experiments.pairs import pair_sentence
from sim.report.experiments.summary import sections, summary, texts, write_page
from sim.report.experimenttable import tables_of
from tests.worlds.fakes import small_scenario
from tests.worlds.madeup import made_up

PAIR = {"raci": {"with": "raci"}, "kpi": {"with": "shared_kpi"}}
CHINESE = re.compile("[\u4e00-\u9fff]")


def results(alone=0.1, other=0.1, together=0.0, **asked):
    """Return results in which two things change on time, alone and together."""

    def value(levels):
        both = levels["raci"] * levels["kpi"]
        return {"on_time_target": 0.5 + alone * levels["raci"] + other * levels["kpi"] + together * both}

    given = {"measures": ["on_time_target"], "replications": 8, **asked}
    return made_up({"small": small_scenario()}, PAIR, value, **given)


def said(found, heading):
    """Return the sentences below a heading."""
    return dict(sections(reading_of(found))).get(heading, [])


@pytest.mark.parametrize(
    ("numbers", "beginning"),
    [
        ((0.1, 0.1, 0.1), "RACI matrix and Shared KPIs reinforce each other"),
        ((0.1, 0.1, -0.05), "RACI matrix and Shared KPIs do partly the same"),
        ((0.1, 0.1, -0.15), "RACI matrix and Shared KPIs stand in each other's way"),
        ((-0.1, -0.1, 0.1), "RACI matrix and Shared KPIs: with both"),
        ((0.1, -0.1, -0.1), "RACI matrix and Shared KPIs: with both"),
    ],
)
def test_a_pair_is_called_by_what_it_certainly_does(numbers, beginning):
    """Two that help reinforce each other or overlap; in each other's way are those that are worse than one alone."""
    found = reading_of(results(*numbers))
    row = found.certain("on_time_target", 2).iloc[0]
    assert pair_sentence(found, row).startswith(beginning)


def test_what_is_not_certain_is_not_said():
    """With luck that is larger than all effects no factor is named; what it would take is told."""
    lucky = results(0.002, 0.001, replications=4, luck=0.05)
    assert said(lucky, texts.ANSWER) == ["Nothing changes on time beyond doubt."]
    assert said(lucky, texts.STRONGEST) == []
    assert said(lucky, texts.PAIRS) == [texts.NO_PAIRS.en]
    (needed,) = re.findall(r"up to about ([\d,]+) replications", said(lucky, texts.OPEN)[0])
    assert int(needed.replace(",", "")) > 4


def test_factors_that_intervals_do_not_tell_apart_share_the_first_place():
    """Of two that do the same, neither does most; of two that differ, one."""
    assert "RACI matrix changes on time most" in said(results(0.2, 0.05), texts.ANSWER)[0]
    assert "RACI matrix, Shared KPIs change on time most" in said(results(0.1, 0.0995), texts.ANSWER)[0]


def test_what_is_in_doubt_may_do_as_much():
    """A factor whose interval is wide is not called smaller than one that is certain."""
    doubtful = results(0.05, 0.0, replications=6)
    runs, points = doubtful.runs, doubtful.points
    wild = runs["point"].map(points["kpi"]) & True
    swing = runs["replication"].map({0: 0.3, 1: -0.3, 2: 0.25, 3: -0.2, 4: 0.2, 5: -0.3})
    runs["on_time_target"] += swing * wild
    assert said(doubtful, texts.ANSWER)[0].endswith("; 1 more may do as much.")


def test_one_replication_knows_nothing_beyond_doubt():
    """Nothing is ranked, and why is said."""
    alone = results(replications=1)
    assert said(alone, texts.ANSWER) == ["One replication of each point tells nothing beyond doubt."]
    assert said(alone, texts.OPEN) == [texts.ONE.en]
    assert said(alone, texts.RUN)[0].startswith("4 points (full factorial), one replication of each")


def test_failed_runs_and_effects_told_together_are_named():
    """How many failed and why, and which effects a fraction cannot tell apart."""
    failed = results()
    failed.runs.loc[3, ["error", "on_time_target"]] = ["replication 3 failed: not enough memory", np.nan]
    assert "Runs that failed and are left out: 1; the first: replication 3 failed: not enough memory." in said(
        failed, texts.RUN
    )
    factors = {**PAIR, "okr": {"with": "okr"}}
    fraction = made_up(
        {"small": small_scenario()}, factors, lambda at: {"trust": 0.5 + 0.1 * at["raci"]}, measures=["trust"],
        design={"kind": "fractional_factorial", "resolution": 3},
    )  # fmt: skip
    together = said(fraction, texts.MIXED)
    assert any(set(line.split(" = ")) == {"OKR", "RACI matrix × Shared KPIs"} for line in together), together


def test_a_gain_beside_less_that_gets_done_has_a_remark():
    """What improves on time while more is never finished is not simply better."""

    def value(levels):
        return {"on_time_target": 0.5 + 0.1 * levels["raci"], "unfinished_share": 0.1 + 0.1 * levels["raci"]}

    shady = made_up({"small": small_scenario()}, PAIR, value, measures=["on_time_target"])
    assert any("less that gets done: RACI matrix." in one for one in said(shady, texts.STRONGEST))


def test_a_measure_of_ones_own_is_told_of_although_a_store_does_not_hold_its_code():
    """By its label, and in its unit."""
    late = Measure("days_late", len, {"en": "days", "zh": "天"}, "lower", label={"en": "days late", "zh": "逾期天数"})
    given = {"measures": [late], "replications": 8}
    found = made_up({"small": small_scenario()}, PAIR, lambda levels: {"days_late": 5.0 - levels["raci"]}, **given)
    assert any("days late" in sentence and "−1.00 days" in sentence for sentence in summary(found)), summary(found)


def test_of_nothing_that_was_run_nothing_is_said():
    """But what was asked, in a notebook too, and nothing is drawn."""
    early = results(question="Which helps?")
    early.iter_runs = lambda names: iter([])
    assert summary(early) == ["Which helps?", texts.NOTHING_RUN.en]
    assert "Which helps?" in html_of_experiment(early)
    assert list(figures_of(reading_of(early))) == []


def test_the_page_is_written_in_both_languages(tmp_path):
    """With headings, in Markdown; in Chinese nothing is in English but names."""
    found = results(question={"en": "Which helps?", "zh": "哪项有用？"}, title={"en": "Two", "zh": "两项"})
    page = write_page(reading_of(found), tmp_path / "deep" / "page.md").read_text(encoding="utf-8")
    assert page.startswith("# Two\n\n## The question\n\n- Which helps?")
    assert summary(found)[0] == "Which helps?"
    chinese = write_page(reading_of(found, "zh"), tmp_path / "page.md").read_text(encoding="utf-8")
    for line in filter(None, chinese.splitlines()):
        assert CHINESE.search(line), line
        assert set(re.findall("[A-Za-z]{2,}", line)) <= {"RACI", "KPI", "Holm"}, line


def test_tables_hold_every_effect_and_notebooks_show_the_largest():
    """By size, with interval and verdict; a word of somebody is no markup."""
    found = results(0.1, 0.05, title="<b>")
    console = Console(width=100, record=True, file=io.StringIO())
    for table in tables_of(reading_of(found)):
        console.print(table)
    shown = console.export_text()
    places = [shown.index(name) for name in ("RACI matrix ", "Shared KPIs ", "RACI matrix × Shared KPIs")]
    assert places == sorted(places)
    assert "better" in shown
    html = html_of_experiment(found)
    assert "<h4>&lt;b&gt;</h4>" in html
    assert "<p>&lt;b&gt;</p>" not in html
    assert "RACI matrix × Shared KPIs" in html


def test_a_factor_of_multiples_says_so():
    """Else 2 would be taken for the value itself."""
    factors = {"slow": Factor.model_validate({"set": "levers.latency", "times": [1, 2]})}
    assert factor_called(Axis("slow", (1.0, 2.0)), factors).en == "hand-over latency (times what it is)"


def test_a_curve_in_one_of_two_organizations_is_told_of_that_one():
    """And the replications are left out that not all points were run in."""

    def value(levels):
        lost = 0.6 if levels["scenario"] == "small" else 0.2
        return {"on_time_target": 0.8 - lost * (levels["pages"] == 5)}

    worlds = {"small": small_scenario(), "large": small_scenario(name="large", title={"en": "Large", "zh": "大订单"})}
    pages = {"pages": {"with": "sop", "dose": "pages", "values": [1, 2, 5]}}
    found = made_up(worlds, pages, value, measures=["on_time_target"], replications=8, luck=0.0004)
    answer = said(found, texts.ANSWER)[0]
    assert "(Small orders); from 5 on it is worse beyond doubt, by 60.0 points" in answer
    found.iter_runs = lambda _: iter([found.runs[(found.runs["point"] != 1) | (found.runs["replication"] < 5)]])
    assert "On time: 3 replications are left out" in " ".join(said(found, texts.RUN))
    assert "准时率：略去 3 次仿真" in " ".join(summary(found, "zh"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_taken_for_nothing_is_said_once_and_what_is_left_out_by_its_label(lang):
    """However many measures there are; no measure is called as files call it."""

    def value(levels):
        return {"on_time_target": 0.5 + 0.1 * levels["raci"], "trust": 0.4 if levels["kpi"] else 0.3}

    found = made_up(
        {"small": small_scenario()}, PAIR, value, design="one_at_a_time", measures=["on_time_target", "trust"]
    )
    found.runs.loc[found.runs["point"] == 2, "trust"] = np.nan
    page = summary(found, lang)
    assert sum(("taken for nothing" in one) or ("视为没有" in one) for one in page) == 1
    assert any(one.startswith(("Trust: 1 points are left out", "信任度：略去 1 个设计点")) for one in page)
    assert not any("on_time_target" in one.lower() for one in page)


def dosed(helping, measures=("on_time_target",)):
    """Return results of a dose at three loads: it helps up to 10, or never, and harms at 30; most where load is 9."""
    doses = {
        "dose": {"with": "daily_standup", "dose": "minutes", "values": ["off", 5, 10, 30]},
        "staff": {"set": "departments.production.staff", "values": [10, 9, 12]},
    }
    gains = {"off": 0.0, "5": 0.1, "10": 0.12, "30": 0.01} if helping else {"off": 0.0}

    def value(levels):
        return {"on_time_target": 0.5 + gains.get(levels["dose"], 0.0) * (1.0 + levels["staff"] / 100.0)}

    return made_up({"small": small_scenario()}, doses, value, measures=list(measures))


def test_of_several_curves_that_turn_the_usual_one_is_told():
    """Where things are as the file says first, not where the lowest level is; the best mean is not called best."""
    (answer,) = said(dosed(True), texts.ANSWER)
    assert answer.startswith("On time has its best mean at"), answer
    assert "departments.production.staff = 10)" in answer, answer


def test_where_no_dose_helps_that_is_said_once():
    """With how much the best of them may still bring."""
    lines = said(dosed(False), texts.DOSES)
    assert len(lines) == 3
    for line in lines:
        assert line.count("beyond doubt") == 1, line
        assert "no level is better than off beyond doubt (the best of them by " in line


@pytest.mark.parametrize(
    ("asked", "english", "chinese"),
    [
        ({"with": "sop", "dose": "pages"}, None, "标准流程（SOP），流程文件的页数"),
        ({"with": "daily_standup", "dose": "minutes"}, None, "每日站会，会议时长（分钟）"),
        ({"with": ["raci", "okr"], "dose": "strength"}, "RACI matrix + OKR, strength", "RACI 矩阵 + OKR 拆解，力度"),
        ({"with": "bundle:launch", "dose": "strength"}, None, "项目：新品上市，力度"),
        ({"set": "raci.adoption.fidelity"}, "adoption of RACI matrix", "RACI 矩阵的落实程度"),
        ({"set": "sop.pages"}, None, "标准流程（SOP），流程文件的页数"),
    ],
)  # fmt: skip
def test_a_dose_is_called_by_what_it_is(asked, english, chinese):
    """As the page calls it: nobody who reads Chinese has to know what files call it."""
    told = factor_called(Axis("x", (1, 2)), {"x": Factor.model_validate({**asked, "values": [1, 2]})})
    assert told.zh == chinese
    assert english is None or told.en == english


def test_levels_by_name_are_called_by_what_is_introduced():
    """Where that tells them apart; doses or values do not, and then the file's own names stay."""
    asked = {"off": [], "one": ["raci"], "two": ["raci", "shared_kpi"]}
    assert {name: one.zh for name, one in levels_called(Factor.model_validate({"levels": asked})).items()} == {
        "off": "不实施",
        "one": "RACI 矩阵",
        "two": "RACI 矩阵 + 共同 KPI",
    }
    for other in ({**asked, "again": ["raci"]}, {**asked, "long": ["sop:pages=9"]}, {"a": [], "b": [{"seed": 2}]}):
        assert levels_called(Factor.model_validate({"levels": other})) == {}
    assert levels_called(Factor.model_validate({"with": "raci"})) == {}


def test_named_levels_are_told_in_both_languages():
    """In the page, nothing is called as files call it."""
    factors = {"way": {"label": {"en": "Measures", "zh": "措施"}, "levels": {"off": [], "roles": ["raci"]}}}

    def value(levels):
        return {"trust": 0.4 + 0.2 * (levels["way"] == "roles")}

    found = made_up({"small": small_scenario()}, factors, value, measures=["trust"])
    assert "Measures = RACI matrix changes trust most" in summary(found)[1]
    assert "“措施=RACI 矩阵”" in summary(found, "zh")[1]


def test_a_condition_stands_beside_the_dose_and_not_behind_its_interval():
    """In Chinese, brackets do not follow upon brackets."""
    factors = {
        "start": {"set": "relations.trust", "values": [0.1, 0.5, 0.9]},
        "staff": {"set": "departments.production.staff", "values": [10, 9]},
    }
    found = reading_of(
        made_up({"small": small_scenario()}, factors, lambda at: {"trust": at["start"] / 2}, measures=["trust"]), "zh"
    )
    title = curves_title(found, curves_of(found, "start", "trust"))
    assert "=0.9”时（departments.production.staff=10），信任度比" in title
    assert "）（" not in title

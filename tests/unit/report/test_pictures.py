"""Pictures of a comparison: complete, readable, in two languages, the best first, unbroken by odd input."""

import base64
import re
import warnings
from io import BytesIO
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib.image import imread
from matplotlib.text import Text as Drawn

from sim.report.figures import FIGURES
from sim.report.glance import Look, second_line
from sim.report.lettering import Lettering
from sim.report.pictures import draw_pictures, material_of
from sim.report.slide import SLIDE
from sim.report.summary import PAGE
from sim.report.timeline import line_style
from sim.study.compare import compare
from sim.study.reported import headline_measures
from sim.words import words
from sim.words.numbers import percentage
from tests.worlds.fakes import EFFECTS, USUAL, FakeEngine, small_scenario
from tests.worlds.figures import drawn, misplaced, said

TEXTS = words("pictures")
BOTH = {"Roles": ["raci"], "All": ["raci", "daily_standup"]}
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def replicate(monkeypatch):
    """The stand-in for runs, put where the comparison finds it."""
    return FakeEngine().used(monkeypatch)


@pytest.fixture
def runs_by_merit(monkeypatch):
    """Runs in which everybody meets the same, and on time rises by so many points as a meeting has minutes."""

    class ByMinutes(FakeEngine):
        def kept(self, scenario, number, seed):
            rows = super().kept(scenario, number, seed)
            minutes = sum(getattr(one, "minutes", 0.0) for one in scenario.interventions)
            rows["measures"]["on_time_target"] = np.array([0.5 + minutes / 1000.0 + 1e-5 * number * minutes])
            return rows

    ByMinutes(noise=0.0).used(monkeypatch)


def many(count):
    """Return alternatives with long names; the first in the file is the least effective."""
    return {
        f"Alternative {k} that a committee agreed upon": [{"kind": "daily_standup", "minutes": 5.0 * k}]
        for k in range(1, count + 1)
    }


def test_every_figure_is_written_twice(replicate, tmp_path):
    """PNG for a report, SVG for the web, in a folder that need not exist; the same whenever they are written."""
    found = compare(small_scenario(), BOTH, 12)
    written = found.plot(tmp_path / "new" / "folder")
    assert [path.read_bytes() for path in found.plot(tmp_path)] == [path.read_bytes() for path in written]
    assert [path.name for path in written] == [f"{name}.{kind}" for name in FIGURES for kind in ("png", "svg")]
    for path in written:
        if path.suffix == ".png":
            assert imread(path)[..., :3].std() > 0.02
        else:
            assert ET.parse(path).getroot().tag.endswith("svg")


def test_words_in_svg_are_words_and_bring_their_letters(replicate, tmp_path):
    """A slide can be relabeled; a browser without the font finds every letter in the file."""
    written = compare(small_scenario(), {"三项合用": ["raci"]}, 3).plot(tmp_path, "zh")
    for path in (one for one in written if one.suffix == ".svg"):
        svg = path.read_text(encoding="utf-8")
        text = "".join(
            one for node in ET.fromstring(svg).iter() if node.tag.endswith("text") for one in node.itertext()
        )
        assert "三项合用" in text
        assert len(re.findall("font-family: 'Noto Sans SC GB2312'.*sans-serif", svg)) > 5
        fonts = re.findall("base64,([^)]*)", svg)
        assert len(fonts) == 2
        for font in fonts:
            letters = TTFont(BytesIO(base64.b64decode(font))).getBestCmap()
            assert {one for one in text if CHINESE.match(one) and ord(one) not in letters} == set()


@pytest.mark.parametrize(("lang", "count"), [("en", 1), ("en", 12), ("zh", 3), ("zh", 12)])
def test_all_words_have_their_place(runs_by_merit, lang, count):
    """In both languages, however much is compared: every letter is there, nothing leaves the page or covers words."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = drawn(compare(small_scenario(), many(count), 3), lang)
    assert {name: found for name, figure in figures.items() if (found := misplaced(figure))} == {}


def test_one_page_and_one_slide(replicate):
    """A4 and 16:9, however much is on them."""
    for count in (1, 15):
        figures = drawn(compare(small_scenario(), many(count), 3), only=("summary", "slide"))
        assert tuple(figures["summary"].get_size_inches()) == PAGE
        assert tuple(figures["slide"].get_size_inches()) == SLIDE
        assert misplaced(figures["summary"]) == misplaced(figures["slide"]) == []
    assert SLIDE[0] / SLIDE[1] == pytest.approx(16 / 9, rel=1e-3)


def test_headings_in_two_lines_are_reckoned_with(replicate):
    """What they take is taken from the rows of a slide, not from what stands below."""
    asked = small_scenario(measures=["on_time_of_all_asked", "lead_time_p90", "trust_in_approvers"])
    found = material_of(compare(asked, many(5), 3), Lettering())
    look = Look(15.0, 11.0, 0.5, 2.6, below=True)
    assert second_line(found, found.alternatives, look, 40.0) == 0.0
    assert second_line(found, found.alternatives, look, 7.0) > 0.0


def test_the_best_come_first_and_the_least_effective_are_left_out(runs_by_merit):
    """Where a picture has no room for all, merit decides and not the place in the file; the number missing is said."""
    comparison = compare(small_scenario(), many(14), 3)
    found = material_of(comparison, Lettering())
    assert list(found.labels) == ["Now", *reversed(comparison.labels)]
    for name, room in (("summary", 12), ("slide", 5), ("process", 12)):
        shown = said(drawn(comparison, only=[name])[name])
        assert TEXTS.LEAST_LEFT_OUT.format(count=14 - room).get("en") in shown
        assert "Alternative 14 " in shown
        assert "Alternative 1 " not in shown


def test_the_finding_is_the_title(runs_by_merit):
    """Above what shows the whole: the best alternative, what it changes and costs; the scenario's name is smaller."""
    for lang, words_of in (("en", "Rhythm: on time 50.0 → 51.0 %"), ("zh", "节奏：准时率 50.0 → 51.0%")):
        alternatives = {"Rhythm" if lang == "en" else "节奏": [{"kind": "daily_standup", "minutes": 10.0}]}
        whole = ("summary", "slide", "effects")
        for figure in drawn(compare(small_scenario(), alternatives, 5), lang, only=whole).values():
            sizes = {one.get_text(): one.get_fontsize() for one in figure.findobj(Drawn)}
            title = max(sizes, key=sizes.__getitem__)
            assert title.startswith(words_of)
            assert any(("Small orders" if lang == "en" else "小订单") in text for text in sizes if text != title)


def test_chinese_pictures_say_nothing_in_english(replicate):
    """But for names that have no Chinese, RACI letters, and what both languages share."""
    scenario = small_scenario(
        departments={
            "sales": {"label": {"en": "Sales", "zh": "销售部"}, "staff": 2},
            "production": {"label": {"en": "Production", "zh": "生产部"}, "staff": 4},
        },
        processes={
            "order": {
                "label": {"en": "Order", "zh": "订单"},
                "demand": {"per_week": 10},
                "steps": {
                    "sign": {"label": {"en": "Sign", "zh": "签单"}, "R": "sales", "C": ["production"], "work": 4.0}
                },
            }
        },
    )
    for name, figure in drawn(compare(scenario, {"职责": ["raci"]}, 3), "zh").items():
        english = re.findall(r"[A-Za-z]{2,}", said(figure))
        assert set(english) <= {"RACI"}, name


def test_now_is_called_now(replicate):
    """One word for the organization as it is, in every picture."""
    for lang, now in (("en", "now"), ("zh", "现状")):
        for figure in drawn(compare(small_scenario(), BOTH, 3), lang).values():
            assert now in said(figure)
            assert "aseline" not in said(figure)


def test_trust_is_one_number(monkeypatch):
    """Table, weeks, sheet and matrix tell the same trust: by how often departments are planned to deal."""

    class Trusting(FakeEngine):
        def kept(self, scenario, number, seed):
            rows = super().kept(scenario, number, seed)
            rows["measures"]["trust"] = np.array([0.371])
            rows["timeline"]["trust"] = np.where(rows["timeline"]["week"] == 59, 0.428, 0.3)
            return rows

    Trusting().used(monkeypatch)
    figures = drawn(compare(small_scenario(), BOTH, 3), only=("summary", "trust"))
    assert said(figures["summary"]).count(str(percentage(0.428))) == 3
    assert said(figures["trust"]).count("43 % at the end, 37 % on average") == 3


def test_lines_can_be_told_apart():
    """No two lines of one panel have the same color or the same dashes."""
    colors, dashes = zip(*(line_style(place) for place in range(4)), strict=True)
    assert len(set(colors)) == len(set(map(str, dashes))) == 4


@pytest.mark.parametrize("count", [2, 6])
def test_a_line_marks_the_weeks_in_which_something_begins_and_ends(replicate, count):
    """An upright line, with one alternative as with many."""
    alternatives = {f"A{k}": [{"kind": "raci", "start_week": 7.0, "end_week": 21.0}] for k in range(count)}
    figure = drawn(compare(small_scenario(), alternatives, 3), only=["timeline"])["timeline"]
    for axes in figure.axes[1:]:
        upright = {line.get_xdata()[0]: line for line in axes.lines if len(set(line.get_xdata())) == 1}
        assert {6.5, 20.5} <= set(upright)
        assert len({str(upright[week]._dash_pattern) for week in (6.5, 20.5)}) == 2
    assert "it ends" in said(figure)


def test_measures_that_nothing_changes_have_no_panel(monkeypatch):
    """They are named at the foot, so that nobody misses them."""
    monkeypatch.setitem(USUAL, "lost_share", (0.0, 0.0))
    FakeEngine().used(monkeypatch)
    comparison = compare(small_scenario(), BOTH, 3, measures=["on_time_target", "lost_share", "trust"])
    figure = drawn(comparison, only=["effects"])["effects"]
    assert len(figure.axes) == 1 + 2
    assert "Changed by no alternative: lost customers (0.00 %)." in said(figure)


def test_hours_of_work_have_one_name_for_each_way_to_count(replicate):
    """Where nights are counted to what was waited for, the heading says so, and work is not called as in the tables."""
    figures = drawn(compare(small_scenario(), BOTH, 3), only=("summary", "slide", "ledger"))
    for name in ("summary", "slide"):
        assert TEXTS.LEDGER_INHERITED.get("en") in said(figures[name])
        assert TEXTS.TOUCH_WITH_NIGHTS.get("en") in said(figures[name])
    assert TEXTS.LEDGER_OPEN.get("en") in said(figures["ledger"])


def hostile():
    """Return comparisons that nobody hopes for, by name: scenario, alternatives, replications."""
    step = {"work": 2.0}
    alone = {
        "departments": {"solo": {"staff": 1}},
        "processes": {"p": {"demand": {"per_week": 5}, "steps": {"do": {"R": "solo", **step}}}},
        "compare": [],
    }
    departments = {f"department_{k}": {"staff": 3, "label": f"Department of things no. {k}"} for k in range(40)}
    steps = {f"s{k}": {"R": f"department_{k}", **step} for k in range(40)}
    crowd = {"departments": departments, "processes": {"p": {"demand": {"per_week": 5}, "steps": steps}}}
    long = "A label that a committee has agreed upon after months, with $5, $\\frac{ and <b> & more " * 2
    worded = {
        "title": long,
        "departments": {
            "sales": {"label": long, "staff": 2, "kpis": [{"measures": "volume", "target": 20}]},
            "production": {"label": "生产部", "staff": 3},
        },
    }
    signed = {"签": {"R": "销售", "C": ["生产"], **step}, "造": {"R": "生产", **step}}
    foreign = {
        "title": "订单",
        "departments": {"销售": {"staff": 2}, "生产": {"staff": 3}},
        "processes": {"单": {"demand": {"per_week": 3}, "steps": signed}},
    }
    return {
        "one department, one step": (alone, BOTH, 3),
        "forty departments": (crowd, BOTH, 3),
        "long words": (worded, {long: ["raci"], "三项合用": ["shared_kpi"], "raci+": ["raci"]}, 3),
        "no latin letter": (foreign, {"三": ["raci"]}, 3),
        "eight alternatives": ({}, {f"Alternative {k} of many": ["raci"] for k in range(8)}, 3),
        "a single replication": ({}, BOTH, 1),
    }


ODD = [*((name, "en") for name in hostile()), ("long words", "zh"), ("no latin letter", "zh")]


@pytest.mark.parametrize(("name", "lang"), ODD)
def test_odd_comparisons_are_drawn_without_a_warning(replicate, name, lang):
    """No missing letter, no formula where a dollar sign was meant, nothing divided by zero, no word beyond the edge."""
    changes, alternatives, replications = hostile()[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = drawn(compare(small_scenario(**changes), alternatives, replications), lang)
    assert all(said(figure) for figure in figures.values())
    outside = {name: [one for one in misplaced(figure) if isinstance(one, str)] for name, figure in figures.items()}
    assert not any(outside.values()), outside


def test_five_digits_have_room(monkeypatch):
    """Money may run to millions; columns stay apart."""
    monkeypatch.setitem(EFFECTS, "raci", {"coordination_cost": 12_345_678.0})
    monkeypatch.setitem(USUAL, "coordination_cost", (98_765_432.0, 999_999.0))
    FakeEngine().used(monkeypatch)
    for figure in drawn(compare(small_scenario(), BOTH, 3), only=("summary", "slide", "process")).values():
        assert misplaced(figure) == []


def undefined(column):
    """Return a column of numbers as one of numbers that are not defined; names stay."""
    return np.full(len(column), np.nan) if isinstance(column, np.ndarray) and column.dtype == float else column


def test_numbers_that_are_not_defined_leave_room_and_nothing_else(monkeypatch):
    """Runs in which nothing was finished and nobody dealt with anybody."""

    class Empty(FakeEngine):
        def kept(self, scenario, number, seed):
            tables = super().kept(scenario, number, seed)
            return {name: {column: undefined(one) for column, one in rows.items()} for name, rows in tables.items()}

    Empty().used(monkeypatch)
    figures = drawn(compare(small_scenario(), BOTH, 3))
    assert TEXTS.TRUST["nobody"].en in said(figures["trust"])
    assert TEXTS.PROCESS["empty"].en in said(figures["process"])
    assert "no case arrived" in said(figures["summary"])
    assert "nan" not in " ".join(map(said, figures.values()))


def test_headlines_are_rows_of_the_table(replicate):
    """The usual few where they are reported; else the first of those asked for. Nothing is tested a second time."""
    usual = compare(small_scenario(), BOTH, 20)
    assert list(dict.fromkeys(usual.headlines["measure"])) == list(headline_measures(usual.scenario))
    chosen = compare(small_scenario(), BOTH, 20, measures=["rework_share", "on_time_target"])
    assert list(dict.fromkeys(chosen.headlines["measure"])) == ["rework_share", "on_time_target"]
    for one in (usual, chosen):
        both = one.headlines.merge(one.table, how="left", indicator=True)
        assert set(both["_merge"]) == {"both"}
        assert len(both) == len(one.headlines)


def test_missing_letters_are_told_once(replicate, tmp_path, monkeypatch):
    """A name that no font can write is replaced, and a sentence says so; nothing is said where nothing is missing."""
    monkeypatch.setattr("sim.report.lettering.CHINESE", ())
    rare = {"departments": {"sales": {"label": "龘部", "staff": 2}, "production": {"label": "靐部", "staff": 4}}}
    _, sentence = draw_pictures(compare(small_scenario(**rare), BOTH, 2), tmp_path, "zh")
    assert sentence == TEXTS.NOUNS["missing"].zh.format(letters="龘靐")
    _, sentence = draw_pictures(compare(small_scenario(), BOTH, 2), tmp_path, "en")
    assert sentence == ""

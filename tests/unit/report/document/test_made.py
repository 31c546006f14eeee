"""A report told from a comparison: whole in both languages, alike every time, with numbers that agree."""

import math
import re
from dataclasses import replace

import pandas as pd
import pytest

from sim.report.document import made as report_made
from sim.report.document.asked import Asked
from sim.report.document.blocks import Chapter, Chart, Picture, Said, Table
from sim.report.document.cells import written
from sim.report.document.chapters import inputs
from sim.report.document.facts import facts_of
from sim.report.document.made import CHAPTERS, told_of
from sim.report.document.written import WRITERS, check_formats
from sim.spec.findings import TextError
from sim.study.compare import compare
from sim.study.stories import Stories, Story
from sim.words import LANGUAGES, Text
from tests.worlds.fakes import FakeEngine, small_scenario

ASKED = Asked("small.yaml", ("levers.latency=2",), ("Roles=raci", "a b=daily_standup"))
LABELS = {"职责 & <RACI>": ["raci", "shared_kpi"], "Rhythm": ["daily_standup", {"departments.production.staff": 5}]}
STORY = Text("A case came and went.", "一件事项来了又走。")


def told_about(comparison, gained=2):
    """Return the facts of a comparison with stories that nobody has to run."""
    facts = facts_of(comparison, ASKED)
    parts = pd.DataFrame([("answer", gained, 1, -3.0)], columns=["part", "gained", "lost", "hours"])
    story = Story(0, "order", 1, 0.0, 9.0, 10.0, 8.0, False, True, "answer", -2.0, STORY)
    names = (facts.leading, comparison.names[facts.leading])
    facts.__dict__["stories"] = Stories(*names, 3, 40, gained, min(1, gained), parts, story if gained else None, None)
    return facts


@pytest.fixture(scope="module")
def found():
    """A comparison of two alternatives, one of which has a label in Chinese."""
    with pytest.MonkeyPatch.context() as patch:
        FakeEngine().used(patch)
        return compare(small_scenario(levers={"latency": 3.0}), LABELS, replications=6)


@pytest.fixture(scope="module")
def facts(found):
    """What there is to tell of it."""
    return told_about(found)


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request, facts):
    """The report in each language."""
    return told_of(facts, request.param)


def blocks(report, kind):
    """Return the blocks of a kind, by name."""
    every = [block for chapter in report.chapters for block in chapter.blocks]
    return {one.name: one for one in every if isinstance(one, kind)}


def words_of(report):
    """Return all that a report says in words."""
    for chapter in report.chapters:
        yield from (chapter.subject, chapter.title)
        for block in chapter.blocks:
            if isinstance(block, Said):
                yield from (*block.sentences, *([block.heading] if block.heading else []))
            elif isinstance(block, Table):
                yield from (block.title, *(one.heading for one in block.columns))
                yield from (cell for row in block.rows for cell in row if isinstance(cell, str) and cell)
            elif isinstance(block, Chart):
                yield from (block.title, block.axis, *block.categories, *(one.name for one in block.series))
            else:
                yield from (block.title, block.said)


def test_every_chapter_finds_something_and_fits_together(report):
    """Titles, rows as long as columns, series as long as categories, names that stand once."""
    keys = [chapter.key for chapter in report.chapters]
    assert keys == [key for key in CHAPTERS if key in keys]
    assert set(CHAPTERS) - set(keys) == {"money"}
    assert 10 <= sum(chapter.slide for chapter in report.chapters) <= 12
    tables, charts, pictures = (blocks(report, kind) for kind in (Table, Chart, Picture))
    named = [
        one.name for chapter in report.chapters for one in chapter.blocks if isinstance(one, Table | Chart | Picture)
    ]
    assert len(named) == len(set(named)) == len(tables) + len(charts) + len(pictures)
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in named)
    for table in tables.values():
        assert {len(row) for row in table.rows} <= {len(table.columns)}
        assert len(table.tones) in (0, len(table.rows))
        assert len({one.key for one in table.columns}) == len(table.columns)
    for chart in charts.values():
        assert {len(one.values) for one in chart.series} == {len(chart.categories)}
    assert all(text.strip() and "{" not in text for text in words_of(report))


def test_numbers_are_numbers_and_not_text(report):
    """What cannot be known is nothing, so that workbooks can calculate."""
    for table in blocks(report, Table).values():
        for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=True):
            known = [cell for cell in cells if cell is not None]
            if column.kind != "text":
                assert all(isinstance(cell, int | float) and math.isfinite(cell) for cell in known), column


def test_what_is_said_is_what_tables_and_charts_show(report, found, facts):
    """The change of the deciding measure, in the sentence, the table and the chart; hours that add up."""
    best = facts.best
    tables, charts = blocks(report, Table), blocks(report, Chart)
    change = found.table.set_index(["alternative", "measure"]).loc[(best.leading, best.measure), "difference"] * 100.0
    keys = [one.key for one in tables["headlines"].columns]
    assert tables["headlines"].rows[0][keys.index("change")] == pytest.approx(change)
    shown = [one.values[facts.order.index(best.leading)] for one in charts["change"].series]
    assert [one for one in shown if math.isfinite(one)] == pytest.approx([change])
    for *hours, lead in zip(*(row[1:] for row in tables["ledger"].rows), strict=True):
        assert sum(hours) == pytest.approx(lead)
    bars = [one.values for one in charts["time"].series]
    assert [sum(one) for one in zip(*bars, strict=True)] == pytest.approx(list(tables["ledger"].rows[-1][1:]))
    level, answer = f"{best.mean * 100:.1f}", next(one for one in report.chapters if one.key == "answer")
    assert level in answer.blocks[0].sentences[0]
    row = tables["glance"].rows[1 + facts.order.index(best.leading)]
    assert written(row[1], tables["glance"].columns[1], report.lang) == level


def test_the_same_comparison_makes_the_same_report(found):
    """Told twice from the beginning; pictures are drawn later and compared elsewhere."""

    def told():
        made = told_of(told_about(found), "zh")
        kept = [tuple(one for one in chapter.blocks if not isinstance(one, Picture)) for chapter in made.chapters]
        return repr((made.title, made.foot, dict(made.facts), kept))

    assert told() == told()


def test_chinese_is_chinese(facts):
    """No sentence is left in English; half-width marks stand nowhere beside Chinese."""
    report = told_of(facts, "zh")
    said = [chapter.title for chapter in report.chapters if chapter.key != "again"]
    said += [one for chapter in report.chapters for block in chapter.blocks if isinstance(block, Said)
             for one in block.sentences]  # fmt: skip
    for text in said:
        assert re.search("[\u4e00-\u9fff]", text), text
        assert not re.search("[\u4e00-\u9fff] ?[,;:?!]|[,;:?!] ?[\u4e00-\u9fff]", text), text


def test_names_are_told_as_they_are_and_nothing_is_lost(report):
    """A label in Chinese in an English report, signs of markup, and what an alternative sets."""
    assert "职责 & <RACI>" in {row[0] for row in blocks(report, Table)["alternatives"].rows}
    assert any("departments.production.staff=5" in map(str, row) for row in blocks(report, Table)["alternatives"].rows)
    assert report.facts["command"] == (
        "deptsim report small.yaml --set levers.latency=2 --with Roles=raci --with 'a b=daily_standup' "
        "--replications 6 --seed 1"
    )
    assert report.facts["hash"] == facts_hash(report)


def facts_hash(report):
    """Return the hash that the last chapter tells of the organization as it is."""
    rows = blocks(report, Table)["again"].rows
    return next(value for _, value in rows if re.fullmatch("[0-9a-f]{64}", value))


def test_a_lever_that_stands_elsewhere_is_told(report):
    """Though the scenario has no parent; what is as usual is not told."""
    table = blocks(report, Table)["inputs"]
    keys = [one.key for one in table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert [(row["place"], row["typical"], row["here"]) for row in rows] == [("levers.latency", 4.0, 3.0)]
    assert "base" not in keys


@pytest.mark.parametrize("lang", LANGUAGES)
def test_little_is_told_where_little_is_known(found, lang):
    """Without a case whose outcome changed, and after an interruption."""
    half = replace(found, wanted=12)
    report = told_of(told_about(half, gained=0), lang)
    case = next(one for one in report.chapters if one.key == "case")
    assert not case.slide
    assert "12" in " ".join(next(one for one in report.chapters if one.key == "answer").blocks[0].sentences)
    assert "--replications 12" in report.facts["command"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_alternative_once(monkeypatch, lang):
    """With one replication nothing is certain, and the report says so."""
    FakeEngine().used(monkeypatch)
    report = told_of(told_about(compare(small_scenario(), {"Roles": ["raci"]}, replications=1)), lang)
    said = {"en": "it cannot be told from luck", "zh": "无法排除随机因素"}
    assert said[lang] in " ".join(report.chapters[1].blocks[0].sentences)
    assert all(chapter.title for chapter in report.chapters)


def test_formats_that_there_are_not_are_refused():
    """In a sentence that says which there are."""
    check_formats(["html"])
    with pytest.raises(TextError, match="found odt, expected one of"):
        check_formats(["html", "odt"])
    assert set(WRITERS) == {"html", "pdf", "pptx", "xlsx"}


def test_there_are_no_more_slides_than_people_look_at(facts, monkeypatch):
    """Where every chapter has something to show, the method goes to the appendix; what has nothing has no slide."""
    appendix = ("roles", "again")
    made = {name: Chapter(name, name, name, (), slide=name not in appendix) for name in CHAPTERS}
    monkeypatch.setattr(report_made, "_chapter_of", lambda name: lambda *_: made[name])
    chapters = told_of(facts, "en").chapters
    assert [one.key for one in chapters] == list(CHAPTERS)
    assert sum(one.slide for one in chapters) == report_made.MOST_SLIDES
    assert {one.key for one in chapters if not one.slide} == {*appendix, "method"}


def test_inputs_have_a_slide_only_where_some_differ(facts, found):
    """Otherwise it would say in large letters that there is nothing."""
    usual = facts_of(replace(found, scenarios={**found.scenarios, found.baseline: small_scenario()}))
    assert [inputs.chapter(one, "en").slide for one in (facts, usual)] == [True, False]

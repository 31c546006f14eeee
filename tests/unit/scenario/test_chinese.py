"""Every mistake is told in Chinese as well: the whole sentence, with file, line and field; what people typed stays."""

import json
import pickle
import re
from pathlib import Path

import pytest

from sim.cli import main
from sim.scenario import Finding, ScenarioError, check, dump, load, loads
from sim.spec import Department
from sim.spec.base import text_of
from sim.spec.findings import listed, shown
from sim.study.alternatives import AlternativeError, alternatives_of, parse_alternative
from sim.words import Text, words
from tests.worlds.fakes import FakeEngine
from tests.worlds.mistakes import BROKEN, GOOD, findings

CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
TYPED = re.compile("“[^”]*”|`[^`]*`|\\[[^\\]]*\\]")
"""What people typed, and examples of what they may type."""


def is_chinese(sentence: str) -> bool:
    """Tell whether a sentence is Chinese, apart from what it quotes."""
    bare = TYPED.sub("", sentence)
    return bool(CHINESE.search(bare)) and not ENGLISH.search(bare)


@pytest.mark.parametrize(("good", "bad"), [mistake[:2] for mistake in BROKEN])
def test_every_mistake_is_told_in_chinese(good: str, bad: str) -> None:
    """Whatever is refused in English is refused in Chinese, at the same place."""
    found = findings(GOOD.replace(good, bad))
    assert found
    assert [one.text for one in found if not is_chinese(one.text.zh)] == []
    assert [one.said("zh") for one in found if one.field and f"{one.field}：" not in one.said("zh")[:300]] == []


def test_sentences_have_the_same_place_in_both_languages() -> None:
    """File and line, field, sentence; separated as the language does."""
    (one,) = findings(GOOD.replace("staff: 5", "staff: five"))
    allowed = "whole number of at least 1 and at most 100,000"
    assert str(one) == one.said("en") == f"file.yaml:3: departments.sales.staff: found 'five', expected a {allowed}"
    place = "file.yaml:3：departments.sales.staff"
    assert one.said("zh") == f"{place}：写的是“five”，应为不小于 1 且不大于 100,000 的整数"


def test_errors_carry_both_languages_through_a_pickle() -> None:
    """As exceptions that come from a worker process."""
    with pytest.raises(ScenarioError) as caught:
        loads(GOOD.replace("R: sales", "R: salse"), "file.yaml")
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.said("zh") == caught.value.said("zh") != str(again) == caught.value.said()
    with pytest.raises(AlternativeError) as told:
        parse_alternative("raci:clarty=1")
    assert pickle.loads(pickle.dumps(told.value)).said("zh") == told.value.said("zh") != str(told.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, Text("nothing", "空值")),
        (True, Text("true", "true")),
        ("x", Text("'x'", "“x”")),
        ({}, Text("an empty mapping", "空的字段组")),
        (["a", "b"], Text("a list of 2", "含 2 项的列表")),
        ([1, 2], Text("[1, 2]", "[1, 2]")),
        (10**20, Text("a number of more than 18 digits", "超过 18 位的数字")),
        (2.5, Text("2.5", "2.5")),
    ],
)
def test_what_was_found_is_said_in_both_languages(value: object, text: Text) -> None:
    """Kinds of values have names; values stay."""
    assert shown(value) == text


def test_long_lists_are_cut_in_both_languages() -> None:
    """With how many there are more."""
    assert listed("abc", 2) == Text("a, b and 1 more", "a、b 等，另有 1 个")


@pytest.mark.parametrize(
    ("alternative", "field"),
    [
        ("raci:clarity=2", "clarity: 2"),
        ("raci:clarity=high", "clarity: high"),
        ("raci:clarty=0.5", "clarty: 0.5"),
        ("raci:start_week=3,end_week=2", "start_week: 3, end_week: 2"),
        ("job_rotation:preset=month", "preset: month"),
        ("raci:adoption.fidelity=2", "adoption: {fidelity: 2}"),
        ("daily_standup:at=30", "at: 30"),
    ],
)
def test_the_command_line_says_what_a_file_is_told(alternative: str, field: str) -> None:
    """The same mistake has the same sentence, in both languages."""
    with pytest.raises(AlternativeError) as caught:
        parse_alternative(alternative)
    kind = alternative.partition(":")[0]
    text = GOOD.replace("levers: {boost: 24}", f"interventions: [{{kind: {kind}, {field}}}]")
    (one,) = findings(text)
    assert str(caught.value).endswith(one.text.en)
    assert caught.value.said("zh").endswith(one.text.zh)


@pytest.mark.parametrize(
    "text",
    ["rcai", "raci:clarity=2", "raci:clarity", "raci:a=1,a=2", "raci:strength=1,strength.x=2", "A=", "=raci", "a++b"],
)
def test_alternatives_are_refused_in_chinese(text: str) -> None:
    """Whatever cannot be understood."""
    with pytest.raises(AlternativeError) as caught:
        parse_alternative(text)
    assert is_chinese(caught.value.said("zh"))


def test_check_speaks_the_language_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The severity too; JSON has both, and the English message as before."""
    file = tmp_path / "bad.yaml"
    file.write_text(GOOD.replace("R: sales", "R: salse"), encoding="utf-8")
    assert main(["check", str(file), "--lang", "zh"]) == 3
    printed = capsys.readouterr().out
    assert printed == f"错误：{check(file)[0].said('zh')}\n"
    assert main(["check", str(file), "--json"]) == 3
    (one,) = json.loads(capsys.readouterr().out)
    assert one["text"]["en"] == one["message"] == check(file)[0].message
    assert one["text"]["zh"] == check(file)[0].text.zh


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["run", "FILE"], 3),
        (["run", "no_such_scenario"], 3),
        (["run", "nowhere/file.yaml"], 3),
        (["compare", "order_delivery", "--with", "rcai"], 2),
        (["compare", "order_delivery", "--measures", "on_tme"], 2),
        (["compare", "order_delivery", "--with", "raci:departments=x"], 2),
    ],
)
def test_what_a_command_refuses_is_told_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    """Files, names, alternatives and measures."""
    file = tmp_path / "bad.yaml"
    file.write_text("a: [", encoding="utf-8")
    assert main([str(file) if one == "FILE" else one for one in [*arguments, "--lang", "zh"]]) == code
    assert is_chinese(capsys.readouterr().err.removeprefix("deptsim: "))


def test_a_finding_of_no_file_has_its_field() -> None:
    """As in Python."""
    assert Finding(Text("wrong", "不对"), ("a", 0)).said("zh") == "a[0]：不对"


CHINESE_ONLY = """\
title: {zh: 售后维修}
departments:
  销售部:
    label: {zh: 销售一部}
    staff: 3
    pools: {总监: {hours_per_week: 10}}
    kpis: [{measures: quality, target: 0.9}]
  维修部: {staff: 5, levers: {latency: 6}}
  管理层: {staff: 1}
management: 管理层
processes:
  维修:
    demand: {per_week: 8}
    target_days: 6
    steps:
      登记: {R: 销售部, A: 销售部.总监, work: 1}
      修理: {label: {zh: 上门修理}, R: 维修部, I: [销售部], work: 6, contested_by: [销售部]}
horizon_weeks: 6
warmup_weeks: 2
measures: [on_time_target, kpi_销售部]
compare:
  - {label: {zh: 明确职责}, with: [{kind: raci, departments: [维修部]}]}
"""


@pytest.fixture
def chinese_file(tmp_path: Path) -> str:
    """A file of somebody who speaks no English."""
    path = tmp_path / "售后.yaml"
    path.write_text(CHINESE_ONLY, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("command", ["check", "show", "compare"])
def test_a_file_may_be_chinese_only(
    chinese_file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, lang: str
) -> None:
    """Names, keys, references and labels; in English tables they are what they are."""
    FakeEngine().used(monkeypatch)
    options = ["--replications", "3"] if command == "compare" else []
    assert main([command, chinese_file, *options, "--lang", lang]) == 0
    printed = capsys.readouterr()
    told = {
        "check": ("售后",),
        "show": ("售后维修", "销售一部", "总监", "维修部", "上门修理"),
        "compare": ("售后维修", "明确职责"),
    }
    assert [word for word in told[command] if word not in printed.out] == []


def test_a_chinese_file_comes_back_as_it_was(chinese_file: str) -> None:
    """Written and read again."""
    scenario = load(chinese_file)
    assert scenario.name == "售后"
    assert loads(dump(scenario)) == scenario
    assert text_of(scenario.departments["销售部"].label).en == "销售一部"


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ({"zh": "销售部"}, Text("销售部", "销售部")),
        ({"en": "Sales"}, Text("Sales", "Sales")),
        ({"en": "", "zh": "销售部"}, Text("销售部", "销售部")),
        ({"en": "Sales", "zh": ""}, Text("Sales", "Sales")),
        ({"en": "Sales", "zh": "销售部"}, Text("Sales", "销售部")),
        ("", Text("sales", "sales")),
    ],
)
def test_a_label_in_one_language_serves_in_both(label: object, told: Text) -> None:
    """And the name where there is none."""
    assert text_of(Department.model_validate({"staff": 1, "label": label}).label, "sales") == told


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["raci"], [Text("RACI matrix", "RACI 矩阵")]),
        (["raci+daily_standup"], [Text("RACI matrix + Daily stand-up", "RACI 矩阵 + 每日站会")]),
        (["raci:clarity=0.5"], [Text("RACI matrix", "RACI 矩阵")]),
        (["Roles=raci"], [Text("Roles", "Roles")]),
        (
            ["raci:clarity=0.5", "raci:clarity=0.9", "shared_kpi"],
            [
                Text("RACI matrix (clarity=0.5)", "RACI 矩阵（clarity=0.5）"),
                Text("RACI matrix (clarity=0.9)", "RACI 矩阵（clarity=0.9）"),
                Text("Shared KPIs", words("interventions").shared_kpi["label"].zh),
            ],
        ),
        (
            ["raci", "raci:clarity=0.9"],
            [Text("RACI matrix", "RACI 矩阵"), Text("RACI matrix (clarity=0.9)", "RACI 矩阵（clarity=0.9）")],
        ),
    ],
)
def test_alternatives_without_a_label_are_called_by_their_interventions(given: list[str], names: list[Text]) -> None:
    """In the language asked; doses are told where they are all that differs. The label in tables stays as written."""
    found = alternatives_of(loads(GOOD), [parse_alternative(text) for text in given])
    assert [one.name for one in found] == names
    assert [one.label for one in found] == [text.partition("=")[0] if "Roles" in text else text for text in given]

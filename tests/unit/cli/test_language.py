"""The language of a command: asked for or the environment's; help and usage errors speak it too."""

import io
import os
import re
import subprocess
import sys

import cyclopts
import pytest

from sim.cli import main
from sim.cli.app import COMMANDS, INSTALL, app_in
from sim.cli.language import after_the_command, language_of, of_environment
from sim.notices import language as language_now
from sim.words import LANGUAGES, Text, series, table, words
from tests import ROOT

CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"(?!JSON Schema)[A-Za-z]{2,} [A-Za-z]{2,}")


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.Big5"}, "zh"),
        ({"LANG": "zh-Hans-CN"}, "zh"),
        ({"LANGUAGE": "zh:en"}, "en"),
        ({"LANGUAGE": "zh_CN:en"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "zha_CN.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "zh_CN"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        ({"DEPTSIM_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, "zh"),
        ({"DEPTSIM_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_first_variable_that_is_set_chooses(environment, language):
    """As elsewhere: all, messages, language of everything else; empty ones say nothing."""
    assert of_environment(environment) == language


def test_a_language_that_is_asked_for_comes_before_the_environment():
    """The last one that is asked for counts, also before the command; what stands behind -- is no option."""
    chinese, stream = {"LANG": "zh_CN.UTF-8"}, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for arguments, language in (
        (["run", "x", "--lang", "en"], "en"),
        (["--lang=en", "run", "x"], "en"),
        (["run", "x", "--lang=zh", "--lang", "en"], "en"),
        (["run", "x", "--", "--lang", "en"], "zh"),
        (["run", "x", "--lang"], "zh"),
        (["run", "x", "--lang", "fr"], "zh"),
        (["run", "x"], "zh"),
    ):
        assert language_of(arguments, chinese, stream) == language


@pytest.mark.parametrize(
    ("encoding", "language"), [("utf-8", "zh"), ("gb18030", "zh"), ("ascii", "en"), ("cp1252", "en")]
)
def test_an_output_without_chinese_letters_gets_english_unless_chinese_is_asked_for(encoding, language):
    """Nobody reads question marks."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    assert language_of(["run", "x"], {"LANG": "zh_CN.UTF-8"}, stream) == language
    assert language_of(["run", "x", "--lang", "zh"], {}, stream) == "zh"


@pytest.mark.parametrize(
    ("given", "ordered"),
    [
        (["--lang", "zh", "run", "x"], ["run", "--lang", "zh", "x"]),
        (["--lang=zh", "run", "x"], ["run", "--lang=zh", "x"]),
        (["--lang", "zh", "--help"], ["--help"]),
        (["--lang", "zh"], []),
        (["run", "--lang", "zh"], ["run", "--lang", "zh"]),
        ([], []),
    ],
)
def test_a_language_may_stand_before_the_command(given, ordered):
    """It is put where all options stand, so that one place judges it."""
    assert after_the_command(given) == ordered


@pytest.mark.parametrize("before", [True, False])
def test_commands_speak_the_language_asked_for(capsys, before):
    """Before and behind the command."""
    option = ["--lang", "zh"]
    assert main([*option, "list", "levers"] if before else ["list", "levers", *option]) == 0
    assert CHINESE.search(capsys.readouterr().out)


def test_commands_speak_the_language_of_the_environment(monkeypatch, capsys):
    """Without an option."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setattr("sim.cli.language._writes_chinese", lambda stream: True)
    assert main(["list", "levers"]) == 0
    assert CHINESE.search(capsys.readouterr().out)


def test_an_ascii_pipe_gets_english():
    """The environment is Chinese, the pipe is not: plain English, no question marks."""
    environment = os.environ | {"LC_ALL": "zh_CN.UTF-8", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "sim", "--help"]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60, check=True)
    assert b"Usage: deptsim" in answer.stdout


@pytest.mark.parametrize("name", ["", INSTALL, *COMMANDS])
def test_help_speaks_both_languages(capsys, name):
    """Every line of help but names; in English there is nothing Chinese."""
    arguments = [name, "--help"] if name else ["--help"]
    assert main([*arguments, "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert main([*arguments, "--lang", "en"]) == 0
    english = capsys.readouterr().out
    assert not CHINESE.search(english)
    assert not ENGLISH.search(re.sub(r"deptsim [a-z]+( scenarios)?|JSON Schema", "", chinese))
    assert chinese.startswith("用法：deptsim")


def test_every_word_of_help_is_shown(capsys):
    """Options of no command, and placeholders of no help, have no words."""
    told = ""
    for name in ("", INSTALL, *COMMANDS):
        main([*([name] if name else []), "--help", "--lang", "zh"])
        told += re.sub(r"\s", "", capsys.readouterr().out)
    held = table("help", "zh")
    for part in ("COMMANDS", "OPTIONS", "VALUES"):
        assert [text for text in held[part].values() if re.sub(r"\s", "", text) not in told] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["compare"],
        ["compar"],
        ["--foo"],
        ["run", "x", "--sed", "3"],
        ["run", "x", "--seed", "many"],
        ["run", "x", "--seed"],
        ["run", "x", "--seed", "-1"],
        ["run", "x", "--replications", "0"],
        ["run", "x", "--seed", "1", "--seed", "2"],
        ["run", "x", "--json=maybe"],
        ["list", "towns"],
        ["show", "x", "y"],
    ],
)
def test_usage_errors_are_sentences_of_ours(capsys, monkeypatch, arguments, lang):
    """One sentence in the language, in the words of all findings, nothing of the library's."""
    monkeypatch.setenv("LC_ALL", {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}[lang])
    monkeypatch.setattr("sim.cli.language._writes_chinese", lambda stream: True)
    assert main(arguments) == 2
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert bool(CHINESE.search(said)) == (lang == "zh")
    assert lang == "en" or not ENGLISH.search(said.replace("deptsim compare", "").replace("deptsim --help", ""))
    assert not re.search("Invalid|Parameter|Unused|unable to convert|[.]$", said)


def test_whatever_cyclopts_refuses_is_said_in_a_sentence():
    """Also what no argument of ours can bring about today."""
    from sim.cli.usage import usage_sentence

    told = usage_sentence(cyclopts.CycloptsError(msg="something new"))
    assert "something new" not in told.en
    assert CHINESE.search(told.zh)


def test_help_is_made_for_a_language():
    """Two applications do not share their words."""
    assert app_in("en")["run"].help == words("help").COMMANDS["run"].en
    assert app_in("zh")["run"].help == words("help").COMMANDS["run"].zh


def test_chinese_and_latin_letters_are_kept_apart_where_facts_are_put_in():
    """A space between them, none where there is one already, and nothing changes within what is put in."""
    text = Text("{who} has {n}", "{who}的指标共{n}项")
    assert text.format(who="sales", n=3).zh == "sales 的指标共 3 项"
    assert text.format(who="销售A部", n="三").zh == "销售A部的指标共三项"
    assert Text("{n:.0%}", "占 {n:.0%}的").format(n=0.5).zh == "占 50%的"


def test_series_are_separated_as_the_language_does():
    """Comma and pause mark."""
    assert series(["a", Text("b", "乙")]) == Text("a, b", "a、乙")


def test_a_command_leaves_the_language_of_others_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever calls a command from Python hears notices in the language of before."""
    before = language_now()
    for lang in LANGUAGES:
        assert main(["list", "scenarios", "--lang", lang]) == 0
        assert language_now() == before
    capsys.readouterr()

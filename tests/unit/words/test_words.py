"""Words: the same keys and placeholders in every language, every word that is asked for there, none left over."""

import ast
import re
from itertools import pairwise
from string import Formatter

import pytest

from sim.answers.audit.claims import Claims
from sim.experiments.designs import DESIGNS
from sim.experiments.experiment import Experiment
from sim.interventions import INTERVENTIONS
from sim.scenario import Scenario
from sim.scenario.bundles import Bundle
from sim.spec.levers import LEVERS
from sim.spec.meanings import meaning_of
from sim.spec.measures import MEASURES
from sim.web.frame import words_of
from sim.web.story.spec import Story
from sim.words import LANGUAGES, Text, subjects, table, words
from tests import ROOT

SOURCES = sorted((ROOT / "sim").rglob("*.py"))
SCRIPTS = sorted((ROOT / "sim" / "web" / "page").rglob("*.js"))
ON_THE_PAGE = ("page", "playing", "story", "betting", "hosting")
"""Subjects that the scripts of the page ask for, by key alone: no two of them share a key."""
TOLD = Story.model_json_schema()["$defs"]
MODELS = {"Organization", "Scenario", "Bundle", "Intervention", "Story", *Scenario.model_json_schema()["$defs"], *TOLD}
MODELS |= {one.__name__ for one in DESIGNS} | {"Experiment", *Experiment.model_json_schema()["$defs"]}
MODELS |= {"Claims", *Claims.model_json_schema()["$defs"]}
BY_NAME = {"levers": LEVERS, "measures": MEASURES, "interventions": INTERVENTIONS, "fields": MODELS}
"""Subjects whose keys are names of things, asked for by name."""


def leaves(value, path=()):
    """Yield every text of a file with its keys."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from leaves(one, (*path, place))
    else:
        for key, one in value.items():
            yield from leaves(one, (*path, key))


def placeholders(text):
    """Return what has to be filled in, formats included, as often as it occurs; forms of words are not filled in."""
    filled = [(name, form) for _, name, form, _ in Formatter().parse(text) if name is not None and "|" not in form]
    return sorted(map(str, filled))


@pytest.mark.parametrize("subject", subjects())
def test_languages_agree(subject):
    """The same keys and placeholders in every language, and nothing empty."""
    en, zh = (dict(leaves(table(subject, language))) for language in LANGUAGES)
    assert list(en) == list(zh)
    assert {key: placeholders(text) for key, text in en.items()} == {key: placeholders(zh[key]) for key in zh}
    said = [text for one in (en, zh) for key, text in one.items() if not str(key[-1]).startswith("BETWEEN")]
    assert all(text.strip() for text in said)


@pytest.mark.parametrize("subject", subjects())
def test_chinese_is_chinese(subject):
    """A Chinese text has Chinese letters, unless it is a name or sign that both languages share."""
    en, zh = (dict(leaves(table(subject, language))) for language in LANGUAGES)
    bare = {key: re.sub(r"\{[^}]*\}", "", text) for key, text in zh.items()}
    latin = {
        key: text
        for key, text in bare.items()
        if re.search("[a-zA-Z]", text) and not re.search("[\u4e00-\u9fff]", text)
    }
    assert {key: text for key, text in latin.items() if zh[key] != en[key]} == {}


ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
NAMED = re.compile(r"(deptsim|--[a-z]+)( -*[a-z][a-z-]*)+|JSON Schema|\{[^}]*\}")
"""Commands, names of things that have no other, and placeholders."""


@pytest.mark.parametrize("subject", subjects())
def test_nothing_english_is_left_in_chinese(subject):
    """Two Latin words in a row are a name, a command, or forgotten."""
    told = {key: NAMED.sub("", text) for key, text in leaves(table(subject, "zh"))}
    assert {key: text for key, text in told.items() if ENGLISH.search(text)} == {}


CJK = "[\u4e00-\u9fff]"
TYPOGRAPHY = {
    "half-width marks beside Chinese": rf"{CJK}[,;:?!()]|[,;:?!()]{CJK}",
    "spaces around full-width marks": r"[，。；：？！（）、“”]\s|\s[，。；：？！（）、”]",
    "a space before a percent sign": r"[0-9}] %",
    "Latin letters or digits close to Chinese": rf"{CJK}[A-Za-z0-9]|[A-Za-z0-9]{CJK}",
    "dashes for ranges": r"\} ?[–—~-] ?\{|[0-9] ?[–—~] ?[0-9]",
    "hyphens for minus": r"[0-9] - ",
    "numbers without their zero": r"(?<![0-9}:,.])\.[0-9]",
}
"""What Chinese sentences do not have."""

FORM = re.compile(r"\[[^\]]*=\][^；]*")
"""How an argument is written."""


@pytest.mark.parametrize("subject", subjects())
@pytest.mark.parametrize("fault", TYPOGRAPHY)
def test_chinese_is_set_as_chinese(subject, fault):
    """Marks, spaces and signs."""
    told = {key: FORM.sub("…", text) for key, text in leaves(table(subject, "zh"))}
    assert {key: text for key, text in told.items() if re.search(TYPOGRAPHY[fault], text)} == {}


WORDS = {
    "杠杆": "机制参数",
    "升级路径": "问题升级机制",
    "联络员": "接口人",
    "会签": "征询",
    "荟萃": "元分析",
    "运气": "随机因素",
    "零无法区分": "差异不显著",
    "干预": "措施",
    "往来": "协作",
    "客户流失": "丢单",
    "步骤": "环节",
    "冲击": "突发事件",
    "次重复": "次仿真",
    "吞吐": "周完成量",
    "不适用": "次数不足",
    "工作小时": "工作时段小时",
    "案件": "事项",
    "自然日": "日历日",
}
"""What is called otherwise, and how."""


@pytest.mark.parametrize("subject", subjects())
def test_one_thing_has_one_word(subject):
    """As companies speak: one term, one word everywhere; behind a bar stands what others say and is understood."""
    told = {key: text.partition("|")[0] for key, text in leaves(table(subject, "zh"))}
    assert {(key, word) for key, text in told.items() for word in WORDS if word in text} == set()


def test_every_field_has_words():
    """What is missing, and what an editor completes, is told by what it is for."""
    homes = {}
    for one in (Scenario, Bundle, Story, Experiment):
        described = one.model_json_schema(by_alias=True)
        homes |= {one.__name__: described, **described["$defs"]}
    for name, model in homes.items():
        for field, one in model.get("properties", {}).items():
            told = meaning_of(name, field)
            assert told or field == "kind", (name, field)
            if told and "description" in one:
                assert one["description"].rstrip(".").lower() == told.en.lower()


def docstrings_of_fields():
    """Yield model, field and the text below it, of every model whose fields have words."""
    for path in SOURCES:
        for cls in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(cls, ast.ClassDef) and cls.name in MODELS:
                for field, text in pairwise(cls.body):
                    if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                        yield cls.name, field.target.id.rstrip("_"), text.value.value


def test_models_say_what_the_words_say():
    """Who reads a model finds below its fields what editors and the reference are told from the words."""
    told = {(name, field): text for name, field, text in docstrings_of_fields() if meaning_of(name, field)}
    assert {("Scenario", "horizon_weeks"), ("Pair", "from"), ("Story", "pages")} <= set(told)
    for (name, field), text in told.items():
        assert meaning_of(name, field).en.lower() == text.rstrip(".").lower(), (name, field)


def asked():
    """Return the subject and key of every word that the code asks for by name."""
    found = set()
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        holders = {
            target.id: node.value.args[0].value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and getattr(node.value.func, "id", "") == "words"
            for target in node.targets
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in holders:
                found.add((holders[node.value.id], node.attr))
            direct = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call)
            if direct and getattr(node.value.func, "id", "") == "words":
                found.add((node.value.args[0].value, node.attr))
    return found


def asked_on_the_page():
    """Return every key that the scripts of the page write out, as ``"KEY"``."""
    return {key for path in SCRIPTS for key in re.findall(r'"([A-Z][A-Z0-9_]+)"', path.read_text(encoding="utf-8"))}


ASKED_AS = re.compile(r"\bt\(((?:[^()`\"]|\"[^\"]*\"|\([^()]*\))*)")
"""What a script hands to ``t``: a key, or a choice of keys, and the facts."""


def said_on_the_page():
    """Return every key that a script hands to ``t`` as it stands, also one of several and one of a table."""
    told = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    return {key for given in ASKED_AS.findall(told) for key in re.findall(r'"([A-Z][A-Z0-9_]+(?:\.[\w ]+)?)"', given)}


METHODS = {"get", "keys"}


def test_every_word_that_is_asked_for_is_there():
    """No sentence is missing where it is needed."""
    assert {(subject, key) for subject, key in asked() if key not in words(subject) and key not in METHODS} == set()


def test_every_word_that_the_page_asks_for_is_there_once():
    """A key stands in one subject of the page."""
    found = [key for subject in ON_THE_PAGE if subject in subjects() for key in words(subject)]
    assert len(found) == len(set(found))
    known = set(words_of("en", ON_THE_PAGE))
    assert said_on_the_page() <= known | {key.partition(".")[0] for key in known}


def test_no_word_is_left_over():
    """What nobody says is deleted; things that have a name have words, and only they."""
    used = asked() | {(subject, key) for subject in ON_THE_PAGE for key in asked_on_the_page()}
    left = {
        (subject, key)
        for subject in subjects()
        for key in words(subject)
        if (subject, key) not in used and key not in BY_NAME.get(subject, ())
    }
    assert left == set()


def test_a_text_is_filled_in_by_language():
    """Facts that are texts themselves are put in as the language has them."""
    said = Text("{who} waits {n}", "{who}等待 {n}").format(who=Text("Sales", "销售部"), n=3)
    assert (said.get("en"), said.get("zh")) == ("Sales waits 3", "销售部等待 3")


def test_an_unknown_word_is_an_error():
    """A misspelt key is told with its subject."""
    with pytest.raises(AttributeError, match=r"NONSENSE.*terminal"):
        _ = words("terminal").NONSENSE


@pytest.mark.parametrize(
    ("number", "told"), [(1, "1 case is"), ("1", "1 case is"), (0, "0 cases are"), ("1.0", "1.0 cases are")]
)
def test_a_word_goes_with_its_number(number, told):
    """One case is, several cases are; Chinese has one form."""
    text = Text("{n} {n:case is|cases are}", "{n} 件")
    assert text.format(n=number) == Text(told, f"{number} 件")
    assert Text("{n:,} {n:row|rows}", "{n:,} 行").format(n=1234) == Text("1,234 rows", "1,234 行")

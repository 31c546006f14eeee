"""Story files: every mistake is one sentence with file, line and field; files that mean harm end in one too."""

import copy
import functools
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sim.cli import main
from sim.scenario import ScenarioError, shipped
from sim.scenario.starting import text_to_start_from
from sim.scenario.yaml import MAX_BYTES
from sim.web.story import reading
from sim.web.story.reading import check_story, is_story, load_story, read_story, shipped_story
from sim.web.story.spec import MOST_PAGES
from tests import ROOT
from tests.worlds.mistakes import fields
from tests.worlds.tales import GOOD, changed


@pytest.fixture(autouse=True, scope="module")
def loaded_once():
    """Scenarios do not change, and every file here is about the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "load", functools.cache(reading.load))
        yield


@pytest.fixture
def told(tmp_path):
    """Return what is said about a text that is a story file, in English and without the folder."""

    def said(text):
        file = tmp_path / "story.yaml"
        file.write_text(text, encoding="utf-8")
        found = check_story(file)
        assert all(re.search("[\u4e00-\u9fff]", one.said("zh")) for one in found)
        return [str(one).replace(f"{tmp_path}/", "") for one in found]

    return said


def test_a_story_is_read(told, tmp_path):
    """With everything that a page can have."""
    assert told(GOOD) == []
    story = load_story(tmp_path / "story.yaml")
    assert [story.called(index) for index in range(3)] == ["page_1", "roles", "page_3"]
    assert (story.pages[1].at, story.pages[1].show, story.pages[2].with_) == (
        35.0,
        ("on_time_target",),
        ("daily_standup",),
    )


MISTAKES = {
    "a misspelt measure": ("{on_time_target.now} on", "{on_time_targt.now} on", 4, "mean 'on_time_target.now'?"),
    "a part of the ledger": ("{hours.touch.now} are", "{hours.tuch.now} are", 5, "did you mean 'hours.touch.now'?"),
    "a figure that is none": ("{people}", "{peple}", 5, "did you mean 'people'?"),
    "a page that is not there": ("{roles:lead", "{rolls:lead", 35, "no page is called 'rolls', .* mean 'roles'?"),
    "a change of nothing": ("{runs} runs", "{cost.money}", 5, "the page 'page_1' switches nothing on"),
    "a brace": ("{runs}", "{runs", 5, r"found a brace \(\{\) without its other half"),
    "an asterisk": ("fifth*", "fifth", 5, "found an asterisk"),
    "a part of the page": ("[case, hours]", "[cases, hours]", 9, "found 'cases', .* did you mean 'case'?"),
    "two tabs": ("[case, hours]", "[trust, hours]", 9, "one tab at most"),
    "an intervention": ("[raci, shared_kpi]", "[racy, shared_kpi]", 14, "unknown intervention 'racy'; .* 'raci'?"),
    "a dose": ("clarity=0.7", "clarity=7", 34, "which this organization cannot have"),
    "a moment": ("tue 11:00", "tue 25:00", 16, "expected a moment of the week such as tue 11:00"),
    "a kind of bet": ("kind: direction", "kind: directon", 18, "did you mean 'direction'?"),
    "a measure of a bet": ("measure: on_time_target", "measure: on_time", 19, "did you mean 'on_time_target'?"),
    "a bet on nothing": ("with: [raci, shared_kpi]", "with: []", 17, "something to bet on"),
    "a verdict": ("[better, small]", "[beter, small]", 25, "found 'beter', 'small', expected verdicts"),
    "a measure of what is expected": ("on_time_target: [better", "on_time: [better", 25, "mean 'on_time_target'?"),
    "a comparison": ("above 3", "above three", 26, "'above' or 'below' and a number"),
    "the same choice": ('"raci:clarity=0.7"', "daily_standup", 34, "the same as in a choice before"),
    "what gives the answer away": ("Now {on_time_target.now}?", "{on_time_target.diff}", 20, "still bet on it"),
    "a choice of nothing": ('with: "raci:clarity=0.7"', "with: []", 34, "a choice that switches nothing on"),
    "too long a question": ("kind: which", f"kind: which\n      question: {'x' * 400}", 31, "fit on a phone"),
    "the same page": ("  - title: Which?", "  - id: roles\n    title: Which?", 27, "the id 'roles' a second time"),
    "a field": ("    show: on_time_target", "    shows: on_time_target", 15, "did you mean 'show'?"),
    "a scenario": ("scenario: order_delivery", "scenario: order_delivry", 1, "did you mean 'order_delivery'?"),
    "no title": ("title: {en: Late, zh: 逾期}\n", "", 1, r"expected title \(a heading for people\)"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_sentence(told, mistake):
    """With its line, and the nearest name where there is one."""
    old, new, line, words = MISTAKES[mistake]
    found = told(changed(old, new))
    right = [one for one in found if re.search(words, one)]
    assert len(right) == 1, found
    assert right[0].startswith(f"story.yaml:{line}: "), found
    assert "\n" not in right[0]


def test_all_mistakes_are_told_at_once(told):
    """Those of form, and behind them those of meaning, in the order of the file."""
    text = GOOD
    for mistake in ("a misspelt measure", "a part of the page", "a moment", "a kind of bet", "a verdict", "a dose"):
        old, new, _, _ = MISTAKES[mistake]
        text = text.replace(old, new)
    lines = [int(one.split(":")[1]) for one in told(text)]
    assert lines == sorted(lines)
    assert {4, 9, 16, 18, 25, 34} <= set(lines)


DATA = YAML(typ="safe").load(GOOD)


@pytest.mark.parametrize("wrong", [-7.5, [], {"x": 1}])
def test_a_wrong_value_is_told_where_it_stands(tmp_path, wrong):
    """Nothing is said about pages that are right, unless they ask for what is gone with it."""
    file = tmp_path / "story.yaml"
    for path in fields(DATA):
        data = copy.deepcopy(DATA)
        inner = data
        for part in path[:-1]:
            inner = inner[part]
        inner[path[-1]] = wrong
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for one in check_story(file):
            assert one.line is not None
            beside = one.path[:2] != path[:2] and path[0] == "pages"
            assert not beside or {"id", "with"} & set(path) or len(path) == 2, (path, wrong, str(one))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["raci", "better"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(["title", "text", "id", "with", "show", "at", "bet", "expects", "kind", "choices"])


@given(pages=st.lists(st.dictionaries(FIELDS, VALUES, max_size=5) | VALUES, max_size=3))
@settings(max_examples=60, deadline=None)
def test_whatever_stands_in_a_file_is_told_in_sentences(tmp_path_factory, pages):
    """And never ends in anything else."""
    file = tmp_path_factory.mktemp("any") / "story.yaml"
    data = {"scenario": "order_delivery", "title": "x", "pages": pages}
    file.write_text(json.dumps(data, ensure_ascii=True), encoding="utf-8")
    for one in check_story(file):
        assert one.said("en")
        assert one.said("zh")


HARMFUL = {
    "a bomb of aliases": "\n".join(
        ["a0: &a0 [x, x, x, x]", *(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9))]
    ),
    "a tag": changed("title: Which?", "title: !!python/object/apply:os.system ['true']"),
    "no end of brackets": "pages: " + "[" * 50_000,
    "too many pages": GOOD + "  - {title: x}\n" * MOST_PAGES,
    "too large": f"{GOOD}# {'x' * MAX_BYTES}",
    "a letter that steers": changed("title: Which?", 'title: "a\\u202eb"'),
    "nothing": "",
    "a list": "- a",
    "no text": "title: \x00",
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_files_that_mean_harm_end_in_a_sentence(told, harm):
    """As with scenarios; none is read as far as it wants to."""
    found = told(HARMFUL[harm])
    assert found
    assert all(one.startswith("story.yaml") and len(one) < 2000 for one in found)


def test_a_scenario_that_is_wrong_is_told_at_the_field_that_names_it(tmp_path, told):
    """One sentence, however much is wrong with it."""
    (tmp_path / "mine.yaml").write_text("departments: {}", encoding="utf-8")
    found = told(changed("scenario: order_delivery", "scenario: mine.yaml"))
    assert len(found) == 1
    assert found[0].startswith("story.yaml:1: scenario: the scenario of this story cannot be used")


def test_a_story_of_an_own_scenario(tmp_path, told):
    """Which is found from where the story is."""
    (tmp_path / "mine.yaml").write_text("parent: order_delivery\nname: mine\n", encoding="utf-8")
    assert told(changed("scenario: order_delivery", "scenario: mine.yaml")) == []
    assert read_story(tmp_path / "story.yaml").about.stem == "mine"


def test_what_is_a_story(tmp_path):
    """A file with pages; scenarios are none, nor is what cannot be read."""
    (tmp_path / "story.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("pages: [", encoding="utf-8")
    assert is_story(str(tmp_path / "story.yaml"))
    assert not any(is_story(name) for name in (*shipped(), str(tmp_path / "broken.yaml"), str(tmp_path / "none.yaml")))


def test_pages_under_another_name_are_those_of_a_story(tmp_path):
    """The field is named, rather than what a scenario would need."""
    for name in ("page", "pagse"):
        file = tmp_path / "story.yaml"
        file.write_text(changed("pages:", f"{name}:"), encoding="utf-8")
        assert is_story(str(file))
        said = [one.text.en for one in check_story(file)]
        assert any("did you mean 'pages'?" in one for one in said), said
        assert not any("departments" in one for one in said), said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_checks_stories_too(tmp_path, capsys, lang):
    """What `deptsim new --story` writes is right; a mistake ends with another code."""
    file = tmp_path / "told.yaml"
    assert main(["new", str(tmp_path / "told"), "--story", "--lang", lang]) == 0
    assert main(["check", str(file), "--lang", lang]) == 0
    file.write_text(file.read_text(encoding="utf-8").replace("daily_standup]", "daily_stand]"), encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(file), "--lang", lang]) == 3
    assert "'daily_standup'" in capsys.readouterr().out.replace("“", "'").replace("”", "'")


def test_both_templates_tell_the_same():
    """Their pages have the same fields, switch on the same, and ask for figures that are there."""
    pages = [YAML(typ="safe").load(text_to_start_from(None, lang, story=True))["pages"] for lang in ("en", "zh")]
    same = ("id", "with", "show", "at", "expects")
    assert [[page.get(name) for name in same] for page in pages[0]] == [
        [p.get(name) for name in same] for p in pages[1]
    ]


def test_every_shipped_story_is_right():
    """And is of a scenario that is shipped; some scenario has one."""
    files = sorted((ROOT / "scenarios" / "stories").glob("*.yaml"))
    assert files
    for file in files:
        assert file.stem in shipped()
        assert check_story(file) == []
        assert shipped_story(file.stem).about.stem == file.stem


def test_a_new_story_like_a_shipped_one(tmp_path, capsys):
    """A copy; of a scenario without one it is said which have one."""
    assert main(["new", str(tmp_path / "copy.yaml"), "--story", "--like", "order_delivery"]) == 0
    assert check_story(tmp_path / "copy.yaml") == []
    with pytest.raises(ScenarioError, match=r"no story that comes with 'nonsense', expected one of .*order_delivery"):
        text_to_start_from("nonsense", "en", story=True)

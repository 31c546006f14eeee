"""The shipped stories say what the model says: their words are as expected, and every figure is there."""

import functools
import re

import pytest

import sim
from sim.cli import main
from sim.engine import Threads
from sim.scenario import shipped
from sim.web.asked import asked_of
from sim.web.stick import MOST
from sim.web.story.reading import load_story, shipped_story
from sim.web.story.told import Checked, items_of
from sim.web.studies import Studies
from sim.words import LANGUAGES
from tests import ROOT

STORIES = [name for name in shipped() if shipped_story(name)]
FOLDER = ROOT / "scenarios"
FEW, ALL = 8, 200


def told(name):
    """Return a shipped scenario and its story."""
    scenario = sim.load(name)
    return scenario, shipped_story(name).story(scenario)


@functools.cache
def studies_of(name):
    """Return the replications of a scenario; those of one story serve another."""
    return Studies(sim.load(name), 1, Threads(1))


def checked(scenario, story, replications):
    """Return a story beside its answers."""
    studies = studies_of(scenario.name)

    @functools.cache
    def answer(key):
        asked = studies.asked(key)
        studies.grow(asked, replications)
        return studies.answer(asked, wanted=replications)

    return Checked(story, scenario, answer, studies.frame())


@pytest.mark.compiled
@pytest.mark.parametrize("replications", [FEW, ALL])
@pytest.mark.parametrize("name", STORIES)
@pytest.mark.long
def test_a_story_is_true(name, replications):
    """With as many replications as the page has in the end, and with fewer of them."""
    found = checked(*told(name), replications)
    assert (found.contradicted(), found.unfilled()) == ([], [])


@pytest.mark.compiled
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_templates_are_true_too(lang):
    """As they stand."""
    story = load_story(FOLDER / "templates" / f"story.{lang}.yaml")
    found = checked(sim.load(story.scenario), story, FEW)
    assert (found.contradicted(), found.unfilled()) == ([], [])


@pytest.mark.compiled
def test_the_command_tells_where_words_are_not_true(tmp_path, capsys):
    """With the line, and what came out instead; a scenario is not run by it."""
    text = (FOLDER / "templates" / "story.en.yaml").read_text(encoding="utf-8")
    file = tmp_path / "told.yaml"
    file.write_text(text.replace("on_time_target: better ", "on_time_target: worse "), encoding="utf-8")
    assert main(["check", str(file), "-n", "4", "--lang", "zh"]) == 3
    (said,) = capsys.readouterr().out.splitlines()
    assert re.search(r"told\.yaml:\d+：pages\[1\]\.expects\.on_time_target：仿真 4 次的结果为 \w+，应为 worse", said)
    assert main(["check", "order_delivery", "-n", "4"]) == 2


@pytest.mark.parametrize("name", STORIES)
def test_no_figure_is_typed(name):
    """What stands in a text beside braces has no digits; times of day are no figures of the model."""
    _, story = told(name)
    for page in story.pages:
        for label in (page.title, page.text, page.bet.question if page.bet else ""):
            for lang in LANGUAGES:
                text = label.get(lang) if hasattr(label, "get") else label
                plain = "".join(text.split("{")[0:1] + [part.split("}", 1)[1] for part in text.split("{")[1:]])
                assert not any(letter.isdigit() for letter in plain), plain


@pytest.mark.parametrize("name", STORIES)
def test_a_story_fits_into_a_file(name):
    """As few switches as can all be combined, and each in one way."""
    scenario, story = told(name)
    items = items_of(story, scenario)
    assert len(items) <= MOST
    assert len({asked_of(scenario, one).alternative.interventions[0].kind for one in items}) == len(items)


@pytest.mark.parametrize("name", STORIES)
def test_both_languages_ask_for_figures(name):
    """A page has a text in both, and not the same."""
    _, story = told(name)
    for page in story.pages:
        assert page.text.en != page.text.zh
        assert page.title.en != page.title.zh

"""Words in pictures are drawn as they were written: no formula, no markup, and no label is left out."""

from xml.etree import ElementTree as ET

import pytest
from matplotlib import rc_context
from matplotlib.text import Text as Drawn

from sim.report.figures import FIGURES
from sim.scenario import Scenario
from sim.spec.shocks import SHOCKS
from sim.study.compare import compare
from sim.words import words
from tests.worlds.fakes import FakeEngine, small_scenario
from tests.worlds.figures import drawn
from tests.worlds.nasty import WORLD

captions = words("pictures")

LABELS = ["_a$", "__b", "$x_i$", r"\frac{1}{0}", "<i>&amp;", "{0} {c}", "-->", "%s", captions.NOW.en]
"""Short enough to be drawn in full."""


@pytest.fixture(autouse=True)
def _runs(monkeypatch):
    FakeEngine().used(monkeypatch)


def said(comparison, name):
    """Return every word of a figure, laid out as it would be on paper."""
    return [text.get_text() for text in drawn(comparison, only=[name])[name].findobj(Drawn)]


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_names_every_alternative(figure):
    """Whatever the labels are made of; a label like a heading of the figure does not take its place."""
    for half in (LABELS[:4], LABELS[4:]):
        words = said(compare(small_scenario(), {label: ["raci"] for label in half}, 3), figure)
        assert [label for label in half if not any(label in word for word in words)] == []
    if figure == "trust":
        assert sum(word.startswith(captions.NOW.en) for word in words) == 2


@pytest.mark.parametrize("settings", [{"text.usetex": True}, {"text.parse_math": True}], ids=str)
def test_pictures_of_nasty_words_are_drawn(tmp_path, settings):
    """Titles, departments, processes and steps too, and what a reader has set changes nothing: the second is usual."""
    scenario = Scenario.model_validate(WORLD)
    with rc_context(settings):
        written = compare(scenario, replications=3).plot(tmp_path)
    assert len(written) == 2 * len(FIGURES)
    assert all(ET.parse(path).getroot().tag.endswith("svg") for path in written if path.suffix == ".svg")


def test_no_word_is_taken_for_a_formula():
    """The title of the scenario and the labels of its steps stand there letter by letter."""
    title, step = r"$\alpha$ _x_ {y} \q", r"$1_a$ <b>"
    world = WORLD | {"title": title}
    world["processes"] = {"job": WORLD["processes"]["job"] | {"steps": {"s": {"label": step, "R": "front", "work": 1}}}}
    comparison = compare(Scenario.model_validate(world), {"A": ["raci"]}, 3)
    words = {figure: said(comparison, figure) for figure in FIGURES}
    assert all(any(title in word for word in texts) for texts in words.values())
    assert step in words["process"]


def test_every_shock_has_a_name():
    """What a file calls it in a word is nothing to read."""
    assert set(words("pictures").SHOCKS) == set(SHOCKS)

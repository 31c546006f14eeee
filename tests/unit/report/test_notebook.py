"""What a notebook shows of an object is short, well formed, in the language of its environment, words as they are."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

import sim
from sim.scenario import Scenario, load, loads
from sim.scenario.view import table_html
from tests.worlds.mistakes import GOOD
from tests.worlds.scenarios import scenarios


class Reader(HTMLParser):
    """Reads HTML, and refuses what is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Remember what is open."""
        self.open.append(tag)
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember the words."""
        self.words.append(data)


def read(html: str) -> Reader:
    """Return what HTML holds."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@settings(max_examples=25)
@given(scenarios())
def test_any_scenario_can_be_looked_at(scenario: Scenario) -> None:
    """Whatever people call things, there is nothing but headings, paragraphs and tables."""
    found = read(scenario._repr_html_())
    assert set(found.tags) <= {"div", "h4", "p", "table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert found.tags.count("table") == len(scenario.processes) + 1


def test_words_are_no_markup() -> None:
    """Labels with brackets are shown with brackets."""
    label = "<script>alert('&')</script>"
    scenario = loads(GOOD.replace("staff: 5", f'staff: 5\n    label: "{label}"'))
    assert label in read(scenario._repr_html_()).words


@pytest.mark.parametrize(("spoken", "word"), [("en_US.UTF-8", "R does"), ("zh_CN.UTF-8", "R 负责")])
def test_it_speaks_the_language_of_the_environment(monkeypatch: pytest.MonkeyPatch, spoken: str, word: str) -> None:
    """A notebook has no option for it."""
    monkeypatch.setenv("LC_ALL", spoken)
    assert word in read(load("order_delivery")._repr_html_()).words


def test_thousands_of_departments_are_not_shown() -> None:
    """The beginning of a long table, and how much there is more."""
    scenario = load("order_delivery", {f"departments.d{number}": {"staff": 1} for number in range(100)})
    found = read(scenario._repr_html_())
    assert found.tags.count("tr") < 60
    assert "and 82 more" in found.words


@pytest.fixture(scope="module")
def small() -> Scenario:
    """A short run with a label that could be taken for markup."""
    text = GOOD.replace("levers: {boost: 24}", "horizon_weeks: 6\nwarmup_weeks: 1\n")
    return loads(text + "compare: [{label: <b>Roles</b>, with: [raci]}]\ntitle: Mine & yours\n")


@pytest.mark.compiled
@pytest.mark.parametrize(("spoken", "word"), [("C", "on time"), ("zh_CN.UTF-8", "准时率")])
def test_results_show_what_is_asked_for_first(
    small: Scenario, monkeypatch: pytest.MonkeyPatch, spoken: str, word: str
) -> None:
    """Measures and the state of the organization; alternatives by their labels, and sentences without options."""
    monkeypatch.setenv("LC_ALL", spoken)
    result = sim.run(small, replications=3)
    shown = read(result._repr_html_())
    assert word in shown.words
    assert any("Mine & yours" in one for one in shown.words)
    assert shown.tags.count("table") == 1
    assert shown.tags.count("p") >= 1
    never = next(one for one in shown.words if one.startswith(("Zero throughout: ", "始终为零：")))
    assert result.measures["prevented_share"].sum() == 0.0 < result.measures["on_time_target"].sum()
    assert word not in re.split("[,、：:.。] ?", never)
    comparison = sim.compare(small, replications=3)
    compared = read(comparison._repr_html_())
    assert "<b>Roles</b>" in compared.words
    assert {"on time, %", "准时率（%）"} & set(compared.words)
    assert not any(re.search("-[-n] ", one) for one in compared.words)
    stories = comparison.stories("<b>Roles</b>", replications=2)
    assert read(stories._repr_html_()).words == ["<b>Roles</b>", *stories.sentences()]
    assert "\n" not in repr(result) + repr(comparison) + repr(stories)


@pytest.mark.compiled
def test_one_replication_can_be_looked_at(small: Scenario) -> None:
    """Without intervals there are numbers all the same."""
    assert "n/a" in read(sim.run(small, replications=1)._repr_html_()).words
    assert "now" in " ".join(read(sim.compare(small, replications=1)._repr_html_()).words).lower()


@pytest.mark.compiled
def test_what_changes_nothing_is_not_called_unclear(small: Scenario) -> None:
    """More replications would show nothing more of it."""
    comparison = sim.compare(small, {"Nothing": {"kind": "raci", "strength": 0.0}, "Roles": "raci"}, replications=2)
    words = read(comparison._repr_html_()).words
    (said,) = [one for one in words if "Nothing" in one and ":" in one and "h per case" not in one]
    assert said.startswith("Changes none of these measures: Nothing.")


def test_words_stand_on_the_left_and_numbers_on_the_right() -> None:
    """Notebooks set all cells to the right otherwise."""
    rows = [["8 departments", "5 %", "per 100"], ["x", "● +1", "h"]]
    html = table_html("Title", ["", "share", "unit"], rows, "en")
    left = ' style="text-align: left"'
    assert html.count(f"<td{left}>") == 4
    assert f"<th>share</th><th{left}>unit</th>" in html
    assert "<td>5 %</td>" in html
    assert table_html("Title", ["", "share"], [], "en").count("<th") - 1 == 2

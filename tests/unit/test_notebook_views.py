"""What a notebook shows of an object is short, well formed, in the language of its environment, words as they are."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from sim.scenario import Scenario, load, loads
from tests.unit.scenario_strategies import scenarios
from tests.unit.test_scenario_errors import GOOD


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

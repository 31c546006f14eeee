"""The answer at a glance fits its window: no name is lost, no number cut, and the price is the last to go."""

import io
import re

import pytest
from rich.cells import cell_len

from sim.cli.screen import Screen
from sim.report.answer import Answer
from sim.report.answertable import HEADING, answer_table
from sim.report.numbers import changed
from sim.study.compare import compare
from sim.words import words
from tests.worlds.fakes import FakeEngine, small_scenario

LONG = "Everybody sits together in one large room"
CUT = re.compile(r"\S…(\s|$)")
"""What a number or heading looks like of which the end is cut off."""


@pytest.fixture
def comparison(monkeypatch):
    """A comparison of made-up runs in an organization that knows what an hour costs, with a long name in it."""
    FakeEngine().used(monkeypatch)
    paid = {"sales": {"staff": 2, "cost_per_hour": 50.0}, "production": {"staff": 4}}
    return compare(small_scenario(departments=paid), {"Roles": ["raci"], LONG: ["raci", "daily_standup"]}, 12)


def shown(comparison, lang, width):
    """Return the lines of the table in a window of some width."""
    file = io.StringIO()
    console = Screen(file, width=width)
    console.print(answer_table(Answer(comparison, lang), console))
    return [line.rstrip() for line in file.getvalue().splitlines()]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 60, 80, 100, 132, 200])
def test_names_and_numbers_are_whole_in_every_window(comparison, lang, width):
    """Every alternative is named, maybe in several lines, and every change of a measure that is shown is there."""
    lines = shown(comparison, lang, width)
    assert max(map(cell_len, lines)) <= width
    text = "\n".join(lines)
    assert all(word in "".join(line[: 2 + 24] for line in lines) for word in ("Roles", "Everybody"))
    assert not CUT.search(text)
    price = comparison.specs["coordination_hours"]
    rows = Answer(comparison, "en").rows.query("measure == 'coordination_hours'")
    assert all(changed(float(row["difference"]), price, lang, unit=False) in text for _, row in rows.iterrows())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_eighty_columns_have_room_for_all_five_measures(comparison, lang):
    """A window as wide as most are loses none; headings are broken between words, units stand in one line."""
    text = "\n".join(shown(comparison, lang, 80))
    specs = [comparison.specs[name] for name in Answer(comparison, "en").rows["measure"].unique()]
    assert len(specs) == 5
    for spec in specs:
        assert all(word in text for word in spec.label.get(lang).split())
        assert words("terminal").UNITS[spec.unit].get(lang) in text


def test_headings_are_as_narrow_as_their_words_where_there_is_little_room(comparison):
    """A long name of a measure does not make its column wide then; else it stands in one line."""
    spec = comparison.specs["coordination_cost"]
    assert len(spec.label.en) > HEADING
    assert spec.label.en in "\n".join(shown(comparison, "en", 200))
    assert spec.label.en not in "\n".join(shown(comparison, "en", 80))


def test_a_wide_window_has_the_intervals_in_full(comparison):
    """With both ends and spaces between them; a narrow one has half widths."""
    assert " … " in "\n".join(shown(comparison, "en", 200))
    assert " 至 " in "\n".join(shown(comparison, "zh", 200))
    assert "±" in "\n".join(shown(comparison, "en", 60))

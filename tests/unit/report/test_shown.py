"""Tables and figures: all that was computed is shown, in both languages, and nothing breaks where numbers lack."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from sim.report import numbers
from sim.report.marks import told
from sim.report.signs import signs_in
from sim.report.stories import moment
from sim.report.terminal import WIDE, comparison_tables, ledger_table, ledger_tables, means_table
from sim.spec.measures import MEASURES
from sim.study.compare import compare
from sim.vocab import LEDGER_PARTS, UNFINISHED, Kind
from sim.words import words
from sim.words.numbers import MINUS, digits, signed
from tests.worlds.fakes import FakeEngine, small_scenario
from tests.worlds.figures import drawn, said

texts = words("terminal")


@pytest.fixture
def comparison(monkeypatch):
    """A comparison of made-up runs."""
    FakeEngine().used(monkeypatch)
    return compare(small_scenario(), {"[Roles]": ["raci"], "Roles and rhythm": ["raci", "daily_standup"]}, 12)


def printed(*tables, width=WIDE):
    """Return what a terminal of some width would show."""
    console = Console(width=width, record=True, file=open("/dev/null", "w", encoding="utf-8"))  # noqa: SIM115
    with console.file:
        for table in tables:
            console.print(table)
    return console.export_text()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_measure_and_verdict_is_shown_in_the_language(comparison, lang):
    """All rows, in words of the chosen language; labels with brackets are not taken for markup."""
    text = printed(*comparison_tables(comparison.table, comparison.names, comparison.specs, lang))
    assert all(spec.label.get(lang) in text for spec in comparison.specs.values())
    said = {told(row, comparison.specs[row["measure"]]).get(lang) for _, row in comparison.table.iterrows()}
    assert len(said) > 2
    assert all(words in text for words in said)
    assert "[Roles]" in text


def test_a_narrow_window_keeps_numbers_and_verdicts_whole(comparison):
    """At 80 columns no number is broken and no heading lost."""
    text = printed(*comparison_tables(comparison.table, comparison.names, comparison.specs, "en", wide=False), width=80)
    assert "< .001" in text
    assert "95 % interval" in text
    assert max(map(len, text.splitlines())) <= 80


def test_ledger_table_shows_every_part_and_the_lead_time(comparison):
    """Ten parts and their sum."""
    text = printed(ledger_table(comparison.ledger, comparison.names, "en"))
    assert all(texts.PARTS[part].en in text for part in LEDGER_PARTS)
    assert digits(comparison.ledger.loc["Now"].sum()) in text


@pytest.mark.parametrize("width", [80, 132, 300])
def test_a_ledger_of_many_alternatives_goes_on_in_further_tables(monkeypatch, width):
    """Nobody's numbers are cut off: every alternative has its column, and every table the baseline."""
    FakeEngine().used(monkeypatch)
    labels = [f"Number {place}" for place in range(12)]
    comparison = compare(small_scenario(), {label: ["raci"] for label in labels}, 3)
    console = Console(width=width)
    tables = list(ledger_tables(comparison.ledger, comparison.names, "en", console))
    text = printed(*tables, width=width)
    assert [word for word in labels if word not in text] == []
    assert text.count(texts.PARTS[LEDGER_PARTS[0]].en) == text.count("Now") == len(tables)


def test_doubtful_effects_have_open_markers(comparison):
    """Print and color-blind readers see certainty by shape, not by color alone."""
    shown = said(drawn(comparison, only=["effects"])["effects"])
    assert all(sign.words("en") in shown for sign in signs_in(comparison.table, comparison.specs))


def test_means_table_says_what_each_measure_means(comparison):
    """Label, mean, interval and meaning."""
    text = " ".join(printed(means_table("now", comparison.now, comparison.specs, "en"), width=200).split())
    assert MEASURES["on_time_target"].meaning.en in text


@pytest.mark.parametrize(
    ("value", "text"), [(0.8013, "80.1 %"), (float("nan"), "n/a"), (float("inf"), "n/a"), (0.0, "0.00 %")]
)
def test_shares_are_percentages_and_nan_is_never_shown(value, text):
    """Numbers as people write them."""
    assert numbers.measured(value, MEASURES["on_time_target"]) == text


def test_differences_of_shares_are_points_with_a_sign():
    """A change of .0342 is +3.42 points; what rounds to nothing has no sign."""
    spec = MEASURES["on_time_target"]
    assert numbers.changed(0.0342, spec) == "+3.42 points"
    assert numbers.changed(-0.000001, spec, unit=False) == "0.00"
    assert numbers.span(-0.01, 0.02, spec) == "−1.00 … +2.00"
    assert numbers.span(-0.01, 0.02, spec, "zh") == "−1.00 至 +2.00"
    assert numbers.measured(0.8013, spec, "zh") == "80.1%"
    assert numbers.span(np.nan, np.nan, spec) == "n/a"


@pytest.mark.parametrize(
    ("p", "text"), [(0.0004, "< .001"), (0.042, ".042"), (1.0, "1"), (0.9996, "1"), (np.nan, "n/a")]
)
def test_p_values_as_journals_write_them(p, text):
    """No leading zero, nothing below a thousandth."""
    assert numbers.p_value(p) == text


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_numbers_keep_their_sign_or_lose_it_only_as_zero(value):
    """Whatever is written reads back with the same sign."""
    back = float(signed(value).replace(",", "").replace(MINUS, "-"))
    assert back * value >= 0


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (0.0, "in week 0 on Monday at 00:00"),
        (168.0 + 24 + 9.5, "in week 1 on Tuesday at 09:30"),
        (167.9999999, "in week 0 on Sunday at 23:59"),
        (float("nan"), "never within the run"),
    ],
)
def test_times_are_said_as_week_day_and_clock(hours, text):
    """The run starts on a Monday at midnight."""
    assert moment(hours).en == text


def test_parts_and_kinds_are_all_described():
    """A new part or kind of request cannot be forgotten in the words."""
    assert tuple(texts.PARTS) == (*LEDGER_PARTS, UNFINISHED)
    assert set(texts.KINDS) == {kind.name.lower() for kind in Kind} | {"external"}

"""What passes outside has the word that a scenario has for it, wherever people read of it."""

import pandas as pd
import pytest

from sim import load
from sim.report.diagnosis import _wait
from sim.report.reasons import _why, moved_by
from sim.report.shown import OUTSIDE, parts_called
from sim.report.terminal import ledger_table
from sim.study.facts import Wait
from sim.vocab import LEDGER_PARTS
from sim.web.frame import frame_of
from sim.words import LANGUAGES, Text
from tests.unit.report.test_shown import printed

SAID = {"en": "the customer", "zh": "客户"}


@pytest.fixture(scope="module")
def scenarios():
    """An organization as it was, and with a word of its own."""
    usual = load("order_delivery")
    return usual, usual.changed({"outside": SAID})


def test_it_is_called_so_everywhere(scenarios):
    """In tables, sentences, the state and on the page; elsewhere, and without it, as before."""
    usual, own = scenarios
    ledger = pd.DataFrame({part: [1.0, 9.0] for part in LEDGER_PARTS}, index=["Now", "Then"])
    ledger[OUTSIDE] = [1.0, 90.0]
    parts = parts_called(own)
    for lang in LANGUAGES:
        names = {name: Text(name, name) for name in ledger.index}
        before, after = (printed(ledger_table(ledger, names, lang, parts_called(one))) for one in (usual, own))
        assert SAID[lang] in after
        assert SAID[lang] not in before or lang == "zh"
        assert SAID[lang] in _why(moved_by(ledger, "Then"), "Then", lang, 1, 0.5, parts)
        assert SAID[lang] in _wait(Wait(OUTSIDE, 0.5, "", "", ()), own).get(lang)
        words = frame_of(own, 0, 1)["words"][lang]
        assert {key for key, text in frame_of(usual, 0, 1)["words"][lang].items() if words[key] != text} == {
            f"LEDGER.{OUTSIDE}"
        }


def test_words_change_nothing_else(scenarios):
    """It is a word: what was run before is found again."""
    usual, own = scenarios
    assert usual.hash == own.hash


def test_a_word_of_spaces_is_none(scenarios):
    """A row without a name would tell nobody anything."""
    usual, _ = scenarios
    blank = usual.changed({"outside": {"en": "  ", "zh": ""}})
    assert parts_called(blank) == parts_called(usual)

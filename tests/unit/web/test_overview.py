"""The page on which an organization is chosen."""

import re

import pytest

from sim.scenario import load, shipped
from sim.web.document import page_folder
from sim.web.overview import Look, look_of, overview_of
from sim.words import LANGUAGES, table
from tests.unit.web.test_document import Found
from tests.worlds.fakes import small_scenario

EVERY = {name: load(name) for name in shipped()}
SHEET = (page_folder() / "overview" / "overview.css").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_organization_has_a_card(lang):
    """With title, text, picture and steps in one language; a press opens its page as one looks at this one."""
    page = overview_of(EVERY, Look(lang, "dark", True))
    assert page.html.count('class="card"') == page.html.count("<svg") == len(EVERY)
    for name, one in EVERY.items():
        assert f'<a href="/s/{name}#lang={lang}&amp;theme=dark&amp;big=1">{one.title.get(lang)}</a>' in page.html
        assert one.description.get(lang).split()[0] in page.html
    steps = [one for _, one in Found(page.html).all("li")]
    assert len(steps) > len(EVERY)
    assert "{" not in page.html
    assert "<script" not in page.html
    assert page.html.count("data-big") == 1
    assert "script-src;" in page.policy


def test_what_is_known_of_an_organization_is_told():
    """What running it found, else between what it lies; only the first measures."""
    known = {
        "on_time_target": {"band": [0.75, 0.85], "mean": 0.805},
        "lead_time_mean": {"band": [100, 120]},
        "bounces_per_100": {"band": [1, 2]},
    }
    page = overview_of({"small": small_scenario(expected={"measures": known})}, Look("en"))
    facts = re.search(r'<p class="facts">(.*?)</p>', page.html)[1]
    assert facts == "2 departments · 6 people · on time 80.5 % · lead time 100 … 120 h"


def test_how_it_is_looked_at_is_read_from_the_address():
    """Whatever else stands there."""
    assert look_of({}, "zh") == Look("zh")
    assert look_of({"lang": "en", "theme": "dark", "big": "1"}, "zh") == Look("en", "dark", True)
    assert look_of({"lang": '"><b>', "theme": "pink", "big": "yes"}, "en") == Look("en")


def test_whatever_is_written_stays_text():
    """Also in an address."""
    page = overview_of({"a/b'\"&<": small_scenario(title="<i>Mine</i>")}, Look("en"))
    assert "<i>" not in page.html
    assert 'href="/s/a%2Fb%27%22%26%3C#lang=en"' in page.html


def test_every_style_and_word_is_of_use():
    """Each class is on the page, each word is said."""
    sometimes = {"R": "sales", "work": 1.0, "probability": 0.5, "needs": ["make"]}
    steps = {
        "make": {"R": "production", "work": 1.0},
        "test": {**sometimes, "sends_back": {"to": "make", "share": 0.2}},
    }
    tested = small_scenario(processes={"order": {"demand": {"per_week": 1}, "steps": steps}})
    known = small_scenario(expected={"measures": {"trust": {"band": [0, 1]}}})
    shown = {**EVERY, "tested": tested, "known": known}
    html = "".join(overview_of(shown, Look("en", big=big)).html for big in (False, True))
    classes = set(re.findall(r"\.([a-z-]+)", re.sub(r"/\*.*?\*/|\{[^}]*\}", "", SHEET, flags=re.DOTALL)))
    assert classes
    assert [one for one in classes if not re.search(rf'class="[^"]*\b{one}\b', html)] == []
    for text in table("overview", "en").values():
        said = re.split(r"\{\w+\}", text)
        assert all(part.strip() in html.replace("&#x27;", "'") for part in said), text

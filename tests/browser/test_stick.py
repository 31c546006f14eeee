"""The page as one file in a real browser: from the disk, without any network, in both languages, on a phone."""

import re

import pytest

from sim.words import words
from tests.browser.conftest import TOGGLES

LACKS = {
    "nothing to unpack with": "delete window.DecompressionStream",
    "no import maps": "HTMLScriptElement.supports = () => false",
    "nothing that tells": "HTMLScriptElement.supports = undefined",
}

UNPACKED = """async () => {
    const letters = document.querySelector("#data").textContent.split("\\n")[0];
    const bytes = Uint8Array.from(atob(letters), (one) => one.charCodeAt(0));
    const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return (await new Response(plain).json()).answers;
}"""
"""Returns the answers of the file."""

ASKED = """async (items) => {
    const { connect } = await import("page/stick.js");
    const source = await connect(JSON.parse(document.querySelector("#frame").textContent));
    return new Promise((resolve) => source.ask(items, (one) => resolve(one.key), null, resolve));
}"""
"""Asks the file itself; returns the key of its answer, or why it has none."""


def wait_for(page, answer, side):
    """Wait until the big numbers are those of one side of an answer, as they are rounded."""
    values = {name: one[side] for name, one in answer["measures"].items()}
    page.wait_for_function(
        """(values) => {
            const { measures } = JSON.parse(document.querySelector("#frame").textContent);
            const told = [...document.querySelectorAll("#numbers .big")].map((big) => [...big.children]);
            const read = (text) => parseFloat(text.replace("−", "-").replace(",", ""));
            const shows = (one, value) => one.some((part) => Math.abs(read(part.textContent) - value) <= 0.5001);
            return told.length === measures.length && measures.every(({ id }, i) => shows(told[i], values[id]));
        }""",
        arg=values,
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("screen", ["desk", "projector", "phone"])
def test_the_file_opens_from_the_disk_without_a_network(visit, exported, lang, screen):
    """In its language, with its fonts, and nothing beside it."""
    page = visit(exported[lang], screen, offline=True)
    wait_for(page, page.evaluate(UNPACKED)[""], "now")
    assert page.evaluate("document.documentElement.lang").startswith(lang)
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some((one) => one.status === 'loaded'))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_combination_answers(visit, exported):
    """One switch is turned at a time, until all combinations were on; each shows its own numbers and week."""
    page = visit(exported["en"])
    answers = page.evaluate(UNPACKED)
    assert len(answers) == 2 ** len(TOGGLES)
    seen = set()
    for number in range(1, 2 ** len(TOGGLES)):
        turned = (number & -number).bit_length() - 1  # turns every switch so that each combination comes once
        page.get_by_role("switch").nth(turned).click()
        key = "+".join(TOGGLES[n] for n in range(len(TOGGLES)) if (number ^ number >> 1) >> n & 1)
        wait_for(page, answers[key], "then")
        page.wait_for_function("() => !document.querySelector('[data-stale], .stale')")
        seen.add(key)
    assert seen == set(answers) - {""}


def test_the_language_can_be_changed(visit, exported):
    """Without anything that would have to be loaded."""
    page = visit(exported["en"], offline=True)
    page.locator("#header").get_by_text("中文").click()
    page.wait_for_function("() => document.documentElement.lang.startsWith('zh')")
    assert re.search("[\u4e00-\u9fff]", page.locator("#numbers").inner_text())


def test_nothing_is_offered_that_the_file_does_not_have(visit, exported):
    """No drawer of all measures, nothing to save, no other scenario."""
    page = visit(exported["en"])
    page.wait_for_selector("#nets svg:visible")
    assert page.get_by_role("switch").count() == len(TOGGLES)
    assert not page.locator("#switches .more:visible, #drawer:visible").count()
    assert not page.locator("#header").get_by_text("Save", exact=True).locator("visible=true").count()


@pytest.mark.parametrize("items", [["daily_standup"], ["raci", "daily_standup"], ["raci:clarity=0.7"]])
def test_what_is_not_in_the_file_is_refused_in_a_sentence(visit, exported, items):
    """In both languages, and nothing is shown for it."""
    page = visit(exported["en"])
    told = words("stick").NOT_HELD
    assert page.evaluate(ASKED, items) == {"en": told.en, "zh": told.zh}
    assert page.evaluate(ASKED, list(reversed(TOGGLES))) == page.evaluate(UNPACKED)["+".join(TOGGLES)]["key"]


def test_an_address_may_ask_for_what_the_file_does_not_have(visit, exported):
    """It shows the rest."""
    page = visit(exported["en"] + "#with=raci+daily_standup")
    wait_for(page, page.evaluate(UNPACKED)["raci"], "then")
    assert page.get_by_role("switch", checked=True).count() == 1


@pytest.mark.parametrize("lacking", LACKS)
def test_a_browser_that_cannot_unpack_it_is_told_so(visit, exported, lacking):
    """And sees nothing else."""
    page = visit(exported["en"], init=LACKS[lacking])
    page.wait_for_selector("#cannot")
    told = words("stick").CANNOT_UNPACK
    assert page.inner_text("body").split("\n\n") == [told.en, told.zh]


def test_without_scripts_it_is_told_what_is_needed(visit, exported):
    """In both languages, as none can be chosen."""
    page = visit(exported["zh"], java_script_enabled=False)
    told = words("stick").NEEDS_SCRIPT
    assert told.en in page.inner_text("body")
    assert told.zh in page.inner_text("body")

"""What is written can be read and what is drawn can be seen, in both themes, worked out from the style sheets."""

import re

import pytest

from sim.web.document import page_folder

SHEETS = {one.name: one.read_text("utf-8") for one in page_folder().iterdir() if one.name.endswith(".css")}
THEMES = {"light": ":root {", "dark": '[data-theme="dark"] {'}

TEXT, DRAWN = 4.5, 3.0
"""The least contrast that texts and drawings need, by the Web Content Accessibility Guidelines 2.2, level AA."""

WRITTEN = {"ink", "soft", "now", "with", "good", "bad", "conflict-text"}
SEEN = {"faint", "touch", "handover", "answer-edge", "rework", "conflict"}

BESIDE_WORDS = {
    "queue": "a bar or lane with its name beside it",
    "ping_pong": "a bar, a lane or a triangle, which no other kind of request is",
    "tax": "a bar or lane with its name beside it",
    "answer": "never without its edge",
    "external": "a bar or lane with its name beside it",
    "release": "a bar or lane with its name beside it",
    "closed": "a lane in which nothing happens",
    "link": "the way between two departments; how much they trust each other is told in a tab",
    "rule": "a hairline that separates what stands apart anyway",
    "wash": "a ground",
    "node": "a ground",
    "paper": "a ground",
}
"""What needs no contrast of its own, and why."""

NO_TEXT = {".big .arrow", ".one-case .actions button[disabled]", ".lost::before", ".lost[data-back]::before"}
"""A sign with a name, a button that cannot be pressed, and a mark before a sentence that says the same."""

REVERSED = {"paper"}
"""What is written on ink."""


def rules():
    """Return every selector of the style sheets with what is declared for it."""
    for text in SHEETS.values():
        plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        yield from ((selector.strip(), declared) for selector, declared in re.findall(r"([^{}]+)\{([^{}]*)\}", plain))


def colors(theme):
    """Return the colors of a theme by name."""
    declared = SHEETS["base.css"].partition(THEMES[theme])[2].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", declared))


def light(color):
    """Return how light a color is, from 0 to 1."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """Return how far two colors differ, from 1 to 21."""
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_guidelines():
    """At both ends of the scale, and in between."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_color_has_the_contrast_that_it_needs(theme):
    """Each is one to write with, one to draw with, or one that needs none for a reason; no color is left out."""
    found = colors(theme)
    assert set(found) == WRITTEN | SEEN | set(BESIDE_WORDS)
    faint = {
        name: round(contrast(found[name], found["paper"]), 2)
        for names, least in ((WRITTEN, TEXT), (SEEN, DRAWN))
        for name in names
        if contrast(found[name], found["paper"]) < least
    }
    assert faint == {}
    assert all(contrast(found[name], found["wash"]) >= TEXT for name in ("ink", "soft"))
    assert contrast(found["paper"], found["ink"]) >= TEXT


def test_texts_are_written_with_colors_to_write_with():
    """Whatever a style sheet makes the color of letters."""
    wrong = [
        (selector, name)
        for selector, declared in rules()
        for name in re.findall(r"(?<![\w-])color: var\(--([\w-]+)\)", declared)
        if name not in WRITTEN | REVERSED and selector not in NO_TEXT
    ]
    assert wrong == []


def test_what_is_written_on_ink_stands_on_ink():
    """Letters in the color of the paper would else be seen nowhere."""
    for selector, declared in rules():
        if re.search(r"(?<![\w-])color: var\(--paper\)", declared) and selector != ".notice .close":
            assert "background: var(--ink)" in declared, selector

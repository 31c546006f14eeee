"""What a reader of the screen finds: the tree that Chromium makes of the page, in both languages."""

import re

import pytest
from playwright.sync_api import expect

CONTROLS = {
    "button", "checkbox", "combobox", "link", "searchbox", "slider", "spinbutton", "switch", "tab", "textbox"
}  # fmt: skip
NAMED = CONTROLS | {"dialog", "image", "progressbar", "ProgressIndicator", "tabpanel", "table"}
"""Roles of which nobody knows what they are for without a name."""

ALIKE = re.compile(r"English|RACI|[\d×.]+")
"""What is called the same in every language."""


def tree(page):
    """Return role, name and properties of everything that a reader of the screen finds."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (
            one["role"]["value"],
            one.get("name", {}).get("value", ""),
            {each["name"]: each["value"].get("value") for each in one.get("properties", [])},
        )
        for one in nodes
        if not one["ignored"]
    ]


def has_names(found):
    """See that everything has a name that needs one."""
    assert [role for role, name, _ in found if role in NAMED and not name.strip()] == []
    assert [name for role, name, _ in found if role in NAMED and re.search(r"[{}]|undefined|NaN", name)] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("tab", ["weeks", "hours", "trust", "pays", "sure"])
def test_everything_has_a_name_in_the_language_that_is_on(opened, lang, tab):
    """With the drawer open, a dose, an alternative that is kept, and every tab."""
    page, _ = opened(f"with=raci:clarity=0.3&keep=raci&lang={lang}&tab={tab}&t=35")
    page.locator(".more").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found = tree(page)
    has_names(found)
    assert CONTROLS - {"checkbox", "combobox", "textbox"} <= {role for role, _, _ in found}
    names = {name for role, name, _ in found if role in CONTROLS and not ALIKE.fullmatch(name)}
    is_chinese = {bool(re.search("[\u4e00-\u9fff]", name)) for name in names - {"中文"}}
    assert is_chinese == {lang == "zh"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pictures_say_what_they_show(visit, exported, lang):
    """Both networks with their counts, the case with its story, the chart with its finding."""
    page = visit(f"{exported[lang]}#with=raci&t=35")
    page.wait_for_function("() => !document.querySelector('.stale') && document.querySelector('.lane')")
    found = tree(page)
    has_names(found)
    told = [name for role, name, _ in found if role == "image" and len(name) > 10]
    assert len(told) >= 4
    assert sum(bool(re.search(r"\d", name)) for name in told) >= 4


def test_switches_and_tabs_say_how_they_stand(opened):
    """On or off, chosen or not, to be had or not."""
    page, _ = opened("with=raci&tab=trust")
    page.locator(".more").click()
    found = tree(page)
    on = {(name, each["checked"]) for role, name, each in found if role == "switch"}
    assert {checked for name, checked in on if name.startswith("RACI matrix")} == {"true"}
    assert {checked for name, checked in on if name.startswith("Rotation")} == {"false"}
    off = [each for role, name, each in found if role == "switch" and name.startswith("Escalation path")]
    assert [each.get("disabled") for each in off] == [True]
    assert [name for role, name, each in found if role == "tab" and each.get("selected")] == ["Trust"]


def test_there_is_a_way_through_the_page(opened):
    """Landmarks for its parts, and one title."""
    page, _ = opened("with=raci")
    found = tree(page)
    roles = [role for role, _, _ in found]
    assert {"banner", "main", "complementary", "navigation"} <= set(roles)
    assert page.locator("h1").count() == 1

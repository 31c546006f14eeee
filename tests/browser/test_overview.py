"""The page on which an organization is chosen, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SCREENS

CARD = "main li.card"


@pytest.mark.compiled
@pytest.mark.parametrize(("screen", "lang"), [("desk", "en"), ("projector", "zh"), ("phone", "zh")])
def test_an_organization_is_chosen_by_keyboard(visit, server, screen, lang):
    """Its page opens in the same language and leads back; nothing is cut off, and every picture can be seen."""
    page = visit(f"{server.url}scenarios?lang={lang}", screen)
    expect(page.locator(CARD)).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for picture in page.locator("svg.lanes").all():
        assert picture.bounding_box()["width"] > 0.25 * SCREENS[screen][0]
    assert page.evaluate("[...document.querySelectorAll('.lanes .who')].every((one) => one.getBBox().width < 104)")
    page.locator(f"{CARD} a").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/s/trust_trap#lang={lang}$"))
    page.wait_for_selector("#numbers .big :text-matches('[0-9]')")
    expect(page.locator("html")).to_have_attribute("lang", re.compile(f"^{lang}"))
    page.get_by_role("banner").get_by_role("link", name={"en": "Organizations", "zh": "组织"}[lang]).click()
    expect(page.locator(CARD)).to_have_count(2)

"""The page as a server sends it, in a real browser."""

import pytest


@pytest.mark.parametrize("scenario", ["order_delivery", "trust_trap"])
@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_the_page_opens(visit, server, scenario, screen):
    """With its numbers and without anything from elsewhere."""
    page = visit(f"{server.url}s/{scenario}", screen)
    page.wait_for_selector("#numbers .big :text-matches('[0-9]')")
    page.wait_for_selector("#nets svg:visible")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_chinese_font_comes_from_the_server(visit, server):
    """So that Chinese looks alike everywhere."""
    page = visit(server.url)
    page.wait_for_selector("#nets svg:visible")
    page.locator("#header").get_by_text("中文").click()
    page.wait_for_function(
        "() => [...document.fonts].some((one) => one.family.includes('SC Page') && one.status === 'loaded')"
    )

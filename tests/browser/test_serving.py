"""The page with its real server: live answers, two tabs, a connection that is lost and comes back."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.compiled

CONNECTION = re.compile("WebSocket|ERR_CONNECTION_REFUSED")
"""What a browser says by itself of a server that is gone."""


@pytest.fixture(autouse=True)
def _patient():
    expect.set_options(timeout=120_000)


def ready(page):
    """Wait until what is switched on is answered: nothing is marked as old any more."""
    expect(page.locator("#numbers")).not_to_have_attribute("data-stale", "")
    return page


def test_a_switch_is_answered_live(visit, server):
    """From the server of this page, however much of it is computed by then."""
    page = visit(server.url)
    page.wait_for_selector("html[data-ready] .number")
    page.keyboard.press("1")
    ready(page)
    expect(page.locator(".number .then")).to_have_count(4)
    page.wait_for_function("() => location.hash.startsWith('#with=')")


def test_two_tabs_show_what_each_has_on(visit, server):
    """What one switches on is nobody else's business."""
    first, second = visit(server.url), visit(f"{server.url}#with=raci")
    first.wait_for_selector("html[data-ready] .number")
    ready(second)
    first.keyboard.press("1")
    ready(first)
    switches = [page.locator("#switches [role=switch][aria-checked=true]").count() for page in (first, second)]
    assert switches == [1, 1]
    on = [page.locator("#switches [role=switch][aria-checked=true]").first.inner_text() for page in (first, second)]
    assert on[0] != on[1]


def test_a_lost_connection_comes_back_and_asks_again(visit, server, watched):
    """The page says so, keeps what it shows, and has the answer once the server is there again."""
    page = visit(server.url)
    page.wait_for_selector("html[data-ready] .number")
    shown = page.locator(".number .now").first.inner_text()
    server.end()
    try:
        expect(page.locator(".notice.lost")).to_be_visible()
        page.keyboard.press("2")
        expect(page.locator("#numbers")).to_have_attribute("data-stale", "")
        assert page.locator(".number .now").first.inner_text() == shown
    finally:
        server.begin()
    ready(page)
    expect(page.locator(".notice.lost")).to_be_hidden()
    watched.found = [one for one in watched.found if not CONNECTION.search(one)]


def test_every_scenario_that_is_offered_opens(visit, server):
    """At an address of its own."""
    titles = set()
    for name in ("order_delivery", "trust_trap"):
        page = visit(f"{server.url}s/{name}")
        page.wait_for_selector("html[data-ready] .number")  # until then it may say that it is being prepared
        titles.add(page.title())
    assert len(titles) == 2


def test_what_is_on_is_saved_as_a_scenario(visit, server, tmp_path):
    """The file has this one for its parent."""
    page = visit(f"{server.url}#with=raci")
    ready(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save").or_(page.get_by_role("button", name="Save")).first.click()
    text = download.value.path().read_text(encoding="utf-8")
    assert "parent: order_delivery" in text
    assert "raci" in text

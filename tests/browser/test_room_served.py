"""A room with its real server: from the code to the debrief, with a server that ends and begins again in between."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server

pytestmark = pytest.mark.compiled

NOISE = re.compile("WebSocket|ERR_CONNECTION_REFUSED|status of 403")
"""What a browser says by itself of a server that is gone, and of a code that is none."""


@pytest.fixture(scope="module")
def served(cache_folder, tmp_path_factory):
    """A server with a room of its own."""
    running = Server(cache_folder, ["order_delivery"], "--log", str(tmp_path_factory.mktemp("room") / "room.jsonl"))
    running.begin()
    yield running
    running.end()


@pytest.fixture(autouse=True)
def _patient():
    expect.set_options(timeout=120_000)


def test_a_room_outlives_its_server(visit, served, watched):
    """Who bet has bet, and who comes back is known; the host goes on where the room was."""
    host = visit(served.host)
    host.wait_for_selector("html[data-ready] .number .then:text-matches('[0-9]')")
    host.keyboard.press("r")
    panel = host.get_by_role("dialog", name="Room")
    code = panel.locator(".code").inner_text()
    expect(panel).to_contain_text("start the server with --lan")  # this one is for this machine alone
    guest = visit(f"{served.url}r/WRONG2", "phone")
    guest.get_by_label("The code on the screen").fill(code.lower())
    guest.keyboard.press("Enter")
    expect(guest.locator("main")).to_contain_text("You are in")
    expect(panel.locator(".here")).to_have_text("People here: 1")
    panel.get_by_role("button", name="Ask a question").click()
    panel.get_by_label("Hypothesis").fill("Goals pull apart.")
    panel.get_by_role("button", name="Ask the room").click()
    guest.locator(".choice").first.click()
    expect(panel.locator(".bets")).to_have_text("1")
    served.end()
    try:
        guest.locator(".choice").nth(1).click()
        expect(guest.locator(".mine")).to_have_attribute("data-state", "waiting")
    finally:
        served.begin()
    expect(guest.locator(".mine")).to_have_attribute("data-state", "sent")
    expect(guest.locator(".choice").nth(1)).to_have_attribute("aria-pressed", "true")
    expect(panel.locator(".room-lost")).to_be_hidden()
    panel.get_by_role("button", name="Reveal").click()
    expect(panel.locator(".came-out")).to_contain_text("with Shared KPIs")
    expect(panel.locator(".bars li").nth(1)).to_contain_text("1 · 100%")
    panel.get_by_label("What we decide").fill("Try it for a quarter.")
    expect(guest.locator(".note")).to_have_text("Try it for a quarter.")
    panel.get_by_role("button", name="Show the week").click()
    expect(host.get_by_role("switch", name="Shared KPIs")).to_be_checked()
    debrief = host.context.new_page()
    debrief.goto(f"{served.url}debrief")
    for told in ("Goals pull apart.", "Try it for a quarter."):
        expect(debrief.locator("body")).to_contain_text(told)
    watched.found = [one for one in watched.found if not NOISE.search(one)]


def test_a_guest_sees_no_answer_before_the_bets_are_in(visit, served):
    """On the large page as little as on the phone; what was revealed may be looked at."""
    host = visit(served.host)
    host.wait_for_selector("html[data-ready] .number .then:text-matches('[0-9]')")
    host.keyboard.press("r")
    panel = host.get_by_role("dialog", name="Room")
    guest = visit(f"{served.url}r/{panel.locator('.code').first.inner_text()}", "phone")
    guest.wait_for_selector("main section")
    guest.goto(f"{served.url}s/order_delivery#with=shared_kpi+raci")
    expect(guest.locator(".number .then").first).to_have_text(re.compile("[0-9]"))
    panel.get_by_role("button", name="Ask", exact=True).click()
    panel.get_by_role("radio", name="Which one").check()
    for name in ("RACI matrix", "Job rotation"):
        panel.get_by_role("checkbox", name=name, exact=True).check()
    panel.get_by_role("button", name="Ask the room").click()
    expect(guest.locator(".to-room")).to_have_text("A question is open")
    expect(guest.locator(".notice:not(.lost)")).to_contain_text("shown after everybody has bet")
    expect(guest.locator("#numbers")).to_have_attribute("data-stale", "")
    panel.get_by_role("button", name="Withdraw").click()
    panel.get_by_role("button", name="Really withdraw?").click()
    expect(guest.locator(".to-room")).to_have_text("Back to the room")
    expect(guest.locator(".notice:not(.lost)")).to_be_hidden()
    expect(guest.locator("#numbers")).not_to_have_attribute("data-stale", "")


def test_whoever_was_in_another_room_is_asked_for_the_code(visit, served, cache_folder, tmp_path, watched):
    """A new room at the same place: phones of the one before do not wait for it to come back."""
    host = visit(served.host)
    host.wait_for_selector("html[data-ready] .number .then:text-matches('[0-9]')")
    host.keyboard.press("r")
    guest = visit(f"{served.url}r/{host.locator('.code').first.inner_text()}", "phone")
    guest.wait_for_selector("main section")
    other = Server(cache_folder, ["order_delivery"], "--log", str(tmp_path / "other.jsonl"))
    other.port = served.port
    host.close()
    served.end()
    try:
        other.begin()
        expect(guest.get_by_label("The code on the screen")).to_be_visible()
    finally:
        other.end()
        served.begin()
    watched.found = [one for one in watched.found if not NOISE.search(one)]

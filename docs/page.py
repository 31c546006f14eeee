"""Pictures of the page for the documentation, taken in Chromium from a server that has answered.

``python docs/generate.py page`` takes them; it needs Chromium and what tests need, and some minutes for the runs.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.page import compiled
from bench.web import server
from docs.markdown import DOCS
from tests.browser.chromium import FLAGS, chromium

SCENARIO = "order_delivery"

ON = "with=shared_kpi+daily_standup+response_agreement"
"""What is switched on."""

TUESDAY = "t=35"
"""When in the week the picture is taken: at eleven, when most is under way."""

SHOTS = {
    "page": ((1280, 720), f"{ON}&lang=en&{TUESDAY}"),
    "page_projector": ((1920, 1080), f"{ON}&lang=zh&theme=dark&big=1&tab=hours&{TUESDAY}"),
    "page_phone": ((390, 844), f"{ON}&lang=en&{TUESDAY}"),
}
"""Width, height and address of every picture."""

ANSWERED = """() => {
    const there = (what) => document.querySelector(what) !== null;
    const waits = there("#numbers[data-stale], #numbers[aria-busy=true], .stale");
    return there("html[data-ready] #numbers .then") && there("#case svg rect") && !waits;
}"""
"""Tells whether everything that is shown is as it stays."""

PATIENCE = 1_800_000
"""Milliseconds that all runs may take."""


def write() -> None:
    """Take every picture."""
    with (
        tempfile.TemporaryDirectory() as folder,
        compiled(Path(folder)),
        server(SCENARIO, Path(folder)) as (address, _),
    ):
        shoot(f"http://{address}/")


def shoot(url: str) -> None:
    """Take every picture of a page that is served."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for name, (size, address) in SHOTS.items():
            shot(browser, f"{url}#{address}", size, DOCS / "images" / f"{name}.png")
        browser.close()


def shot(browser: Browser, url: str, size: tuple[int, int], path: Path) -> None:
    """Take one picture, when nothing moves any more."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", has_touch=size[0] < 500
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_function(ANSWERED, timeout=PATIENCE)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_timeout(1500)
    page.screenshot(path=path)
    context.close()

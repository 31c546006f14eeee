"""How quickly the page itself answers in a browser, from the click to the second frame after it.

    python bench/page.py [SCENARIO] [--clicks N]

Starts a server with a cache of its own, has it compute a few combinations, and opens the page in Chromium: switches are
turned and it is measured when the numbers, and when both networks have been drawn. Prints medians and 95th percentiles.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.web import learn, server, told
from sim import load
from sim.codecache import CodeCache
from sim.kernel.jit import SOURCES
from sim.web.catalogue import switches_of
from sim.web.stick import Stick
from tests.browser.chromium import FLAGS, chromium

SCREENS = ((1280, 720), (390, 844))
TURNED = 3
"""Switches of which all combinations are computed beforehand."""
LOADS = 7
SECONDS = 4.0

TURN = """async (number) => {
    const frame = () => new Promise(requestAnimationFrame);
    const stale = () => document.querySelector("#numbers[data-stale]");
    const waits = () => document.querySelector(".net.stale");
    const begun = performance.now();
    document.querySelectorAll("[role=switch]")[number].click();
    while (stale()) await frame();
    await frame(), await frame();
    const numbers = performance.now() - begun;
    while (waits()) await frame();
    await frame(), await frame();
    return [numbers, performance.now() - begun];
}"""
"""Turns a switch; returns milliseconds until its numbers, and until its week have been on the screen for a frame."""

FRAMES = """async (seconds) => {
    const times = [];
    let last = await new Promise(requestAnimationFrame);
    for (const begun = last; last - begun < 1000 * seconds;) {
        const next = await new Promise(requestAnimationFrame);
        times.push(next - last);
        last = next;
    }
    return times;
}"""
"""Returns the milliseconds between frames."""

PAINTED = "performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)[0]"


def turns(clicks: int) -> Iterator[int]:
    """Yield which switch is turned next, so that all combinations come up."""
    for number in range(1, clicks + 1):
        yield min((number & -number).bit_length() - 1, TURNED - 1)


@contextmanager
def compiled(folder: Path) -> Iterator[None]:
    """Let an empty cache have the compiled kernel that is there."""
    kept = Path(CodeCache(load, SOURCES).cache_path)
    kept.mkdir(parents=True, exist_ok=True)
    (folder / kept.name).symlink_to(kept, target_is_directory=True)
    yield


def combined(scenario: str) -> list[tuple[str, ...]]:
    """Return everything that will be looked at."""
    switches = switches_of(load(scenario))[:TURNED]
    return [items for number in range(TURNED + 1) for items in combinations(switches, number)]


@contextmanager
def opened(browser: Browser, url: str, size: tuple[int, int]) -> Iterator[Page]:
    """Open the page in a browser that has never seen it, and wait until it plays."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(url)
    page.wait_for_function(
        "() => document.querySelectorAll('[role=switch]').length && document.querySelector('#nets svg')"
    )
    page.wait_for_timeout(1000)
    yield page
    context.close()


def measured(browser: Browser, url: str, size: tuple[int, int], clicks: int) -> None:
    """Print what one size of screen takes."""
    print(f"{size[0]} × {size[1]}")
    painted, fresh, again = [], [], []
    for _ in range(LOADS):
        with opened(browser, url, size) as page:
            painted.append(page.evaluate(PAINTED))
            fresh += [page.evaluate(TURN, number) for number in turns(2**TURNED)]
    with opened(browser, url, size) as page:
        for number in turns(2**TURNED):
            page.evaluate(TURN, number)
        again += [page.evaluate(TURN, number) for number in turns(clicks)]
        told("  first contentful paint", painted)
        told("  click to numbers, from the server's cache", [one for one, _ in fresh])
        told("  click to networks, from the server's cache", [both for _, both in fresh])
        told("  click to numbers, seen before", [one for one, _ in again])
        told("  click to networks, seen before", [both for _, both in again])
        animation(page)


def animation(page: Page) -> None:
    """Print how the playing week keeps up: time between frames, script within one, memory."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before = metrics(session)
    frames = page.evaluate(FRAMES, SECONDS)
    after = metrics(session)
    told("  between frames of the playing week", frames)
    script = 1000 * (after["ScriptDuration"] - before["ScriptDuration"]) / len(frames)
    layout = 1000 * (after["LayoutDuration"] + after["RecalcStyleDuration"]) / len(frames)
    layout -= 1000 * (before["LayoutDuration"] + before["RecalcStyleDuration"]) / len(frames)
    heap = after["JSHeapUsedSize"] / 1e6
    print(f"  a frame: {script:.1f} ms of script, {layout:.1f} ms of layout; {heap:.0f} MB of memory for scripts")


def metrics(session: Any) -> dict[str, float]:
    """Return what the browser counts."""
    return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}


def transferred(browser: Browser, url: str) -> None:
    """Print what is sent for a first visit, compressed as it is."""
    context = browser.new_context()
    page, sizes = context.new_page(), {}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    session.on("Network.responseReceived", lambda one: names.update({one["requestId"]: one["response"]["url"]}))
    session.on("Network.loadingFinished", lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]}))
    page.goto(url)
    page.wait_for_timeout(2000)
    kinds: dict[str, float] = {}
    for request, size in sizes.items():
        kind = Path(names.get(request, url).rpartition("/")[2]).suffix or "document"
        kinds[kind] = kinds.get(kind, 0.0) + size / 1000
    print("sent for a first visit, kB: " + ", ".join(f"{kind} {size:.0f}" for kind, size in sorted(kinds.items())))
    context.close()


def files(scenario: str) -> None:
    """Print how large files with all combinations of a few switches are, and how long they take, about."""
    known = [*switches_of(load(scenario)), "shared_board", "escalation_path"]
    usable = [one for one in dict.fromkeys(known) if possible(scenario, one)]
    for number in (3, 5, 7):
        if number <= len(usable):
            effort = Stick(load(scenario), usable[:number]).effort()
            size, minutes = effort.size / 1e6, effort.seconds / 60
            print(f"a file of {number} switches: about {size:.1f} MB, {effort.runs} runs, {minutes:.1f} minutes")


def possible(scenario: str, item: str) -> bool:
    """Tell whether the organization can have an intervention."""
    try:
        Stick(load(scenario), [item])
    except ValueError:
        return False
    return True


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", nargs="?", default="order_delivery")
    parser.add_argument("--clicks", type=int, default=40)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        compiled(Path(folder)),
        server(given.scenario, Path(folder)) as (address, _),
    ):
        begun = time.monotonic()
        asyncio.run(learn(address, given.scenario, combined(given.scenario)))
        print(f"{2**TURNED} combinations computed in {time.monotonic() - begun:.0f} s")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            for size in SCREENS:
                measured(browser, f"http://{address}/", size, given.clicks)
            transferred(browser, f"http://{address}/")
            browser.close()
    files(given.scenario)


if __name__ == "__main__":
    main()

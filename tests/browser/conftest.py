"""A browser, the page as it is served and as one file; every page that is opened is watched.

A page that a test opens must say nothing on its console and ask nobody but its own server.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from sim import load
from sim.codecache import CodeCache
from sim.kernel.jit import SOURCES
from sim.web.stick import Stick, write
from tests import ROOT
from tests.browser.chromium import FLAGS, chromium
from tests.browser.madeup import Server as MadeUp
from tests.browser.madeup import files
from tests.browser.roomful import CODE, HOST, Roomful

SCREENS = {"desk": (1280, 720), "projector": (1920, 1080), "phone": (390, 844)}
"""Width and height of what the page is looked at on."""

PATIENCE = 90_000
"""Milliseconds that something may take on a busy machine before a test fails."""

REPLICATIONS = 4
TOGGLES = ["shared_kpi", "raci", "response_agreement"]


@pytest.fixture(scope="package")
def browser():
    """One browser for all tests of this folder; it ends with them, as others have event loops of their own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield started
        started.close()


class Watched:
    """What pages of a test said and asked for that they should not have."""

    def __init__(self):
        self.found = []
        self.contexts = []

    def follow(self, page, home):
        page.on("console", lambda said: self._note(said.type in ("error", "warning"), f"console: {said.text}"))
        page.on("pageerror", lambda error: self._note(True, f"error: {error}"))
        page.on("request", lambda asked: self._note(not _at_home(asked.url, home), f"request: {asked.url}"))

    def _note(self, wrong, what):
        if wrong:
            self.found.append(what)


def _at_home(url, home):
    return url.startswith((home, "data:", "blob:"))


@pytest.fixture
def watched():
    """What was said and asked for that should not have been; a test that provokes something empties `found`."""
    seen = Watched()
    yield seen
    for context in seen.contexts:
        context.close()
    assert seen.found == []


@pytest.fixture
def visit(browser, watched):
    """Open an address in a context of its own: ``visit(url, screen="phone", init="...")`` returns the page."""

    def opened(url, screen="desk", init=None, **options):
        width, height = SCREENS[screen]
        context = browser.new_context(
            viewport={"width": width, "height": height}, has_touch=screen == "phone", **{"locale": "en-US", **options}
        )
        context.set_default_timeout(PATIENCE)
        watched.contexts.append(context)
        if init is not None:
            context.add_init_script(init)
        context.on("page", lambda page: watched.follow(page, re.match(r"\w+://[^/]*/?", url)[0]))
        page = context.new_page()
        page.goto(url)
        return page

    return opened


@pytest.fixture(scope="package")
def page_files():
    """Where the files of the page are handed out, without a server behind it."""
    with files() as address:
        yield address


@pytest.fixture
def opened(browser, watched, page_files):
    """Open the page of a made-up organization; returns it with what stands in for its server.

    ``opened("with=raci", size=(390, 844), answers=..., change=...)``; with `context` it is another tab beside one.
    """
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)

    def open_page(address="", *, size=SCREENS["desk"], answers=None, change=None, context=None):
        server = MadeUp(page_files)
        server.answers = answers or server.answers
        (change or (lambda frame: None))(server.frame)
        if context is None:
            context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-US")
            context.set_default_timeout(PATIENCE)
            watched.contexts.append(context)
        page = context.new_page()
        watched.follow(page, page_files)
        server.serve(page)
        page.goto(f"{page_files}#{address}" if address else page_files)
        page.wait_for_selector("html[data-ready] .number")  # whoever opens it presses keys at once
        return page, server

    return open_page


@pytest.fixture(scope="package")
def exported(tmp_path_factory):
    """The page of three switches as one file, by language."""
    page = Stick(load("order_delivery"), TOGGLES, REPLICATIONS)
    page.run()
    folder = tmp_path_factory.mktemp("stick")
    files = {lang: folder / f"{lang}.html" for lang in ("en", "zh")}
    for lang, file in files.items():
        write(page, file, lang)
    return {lang: file.as_uri() for lang, file in files.items()}


class Server:
    """The server of the page in a process of its own, which can be ended and begun again at the same port."""

    def __init__(self, cache, scenarios, *options):
        self._environment = os.environ | {"DEPTSIM_CACHE": str(cache), "PYTHONPATH": str(ROOT)}
        self._scenarios, self._options, self.port, self._process = scenarios, options, None, None
        self.host = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/"

    def begin(self):
        wish = ["--port", str(self.port)] if self.port else ["--port", "0"]
        wish += ["--no-open", "--lang", "en", *self._options]
        command = [sys.executable, "-m", "sim", "serve", *self._scenarios, *wish]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=self._environment, cwd=ROOT)
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\S*", self._process.stdout.readline())
        self.host, self.port = found[0], int(found[1])
        with urllib.request.urlopen(self.url) as answer:
            assert answer.status == 200

    def end(self):
        self._process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


@pytest.fixture(scope="package")
def cache_folder(tmp_path_factory):
    """An empty cache of answers; the compiled kernel is the one that is there."""
    folder, compiled = tmp_path_factory.mktemp("cache"), Path(CodeCache(load, SOURCES).cache_path)
    compiled.mkdir(parents=True, exist_ok=True)
    (folder / compiled.name).symlink_to(compiled, target_is_directory=True)
    return folder


@pytest.fixture(scope="package")
def server(cache_folder):
    """A server of two scenarios."""
    running = Server(cache_folder, ["order_delivery", "trust_trap"])
    running.begin()
    yield running
    running.end()


@pytest.fixture
def roomful(browser, watched, page_files):
    """A made-up room, and a way in: ``enter(0)`` returns the page of the host, other numbers those of guests."""
    from playwright.sync_api import expect

    expect.set_options(timeout=PATIENCE)
    room = Roomful(page_files)

    def enter(person, address=None, *, screen=None, **options):
        width, height = SCREENS[screen or ("phone" if person else "desk")]
        looks = {"viewport": {"width": width, "height": height}, "locale": "en-US", **options}
        context = browser.new_context(**looks)
        context.set_default_timeout(PATIENCE)
        watched.contexts.append(context)
        page = context.new_page()
        watched.follow(page, page_files)
        room.serve(page, person)
        page.goto(page_files + (f"r/{CODE}" if person and address is None else address or ""))
        page.wait_for_selector("main section" if person and address is None else "body :visible")
        if person == HOST:
            page.wait_for_selector("html[data-ready] .number")
            page.wait_for_selector("#room", state="attached")
        return page

    return room, enter

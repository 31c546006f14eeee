"""deptsim serve: what it offers, says and refuses, and how it begins and ends."""

import ast
import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import webbrowser

import pytest

from sim.cli import main, serving
from sim.web import running
from tests import ROOT
from tests.worlds.page import a_room


def test_without_the_extra_one_sentence_says_what_to_install(monkeypatch, capsys):
    """In both languages."""
    monkeypatch.setattr(serving, "EXTRA", (*serving.EXTRA, "no_such_package"))
    for lang in ("en", "zh"):
        assert main(["serve", "--lang", lang]) == 1
        said = capsys.readouterr()
        assert (said.out, len(said.err.splitlines())) == ("", 1)
        assert "pip install 'deptsim[web]'" in said.err


def test_a_port_that_is_taken_is_one_sentence(capsys):
    """Where it was asked for."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--port", str(port), "--no-open"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert re.fullmatch(rf"deptsim: port {port} cannot be opened here: .*\n", said.err)


def test_without_a_port_the_next_free_one_is_taken(monkeypatch):
    """And any, where all of them are taken."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(running, "USUAL_PORT", taken.getsockname()[1])
        monkeypatch.setattr(running, "OTHER_PORTS", 1)
        with running.open_port(None, lan=False) as found:
            assert found.getsockname()[0] == "127.0.0.1"
            assert found.getsockname()[1] != taken.getsockname()[1]
        with running.open_port(0, lan=True) as found:
            assert found.getsockname()[0] == "0.0.0.0"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["serve", "no_such_scenario", "--no-open"], 3, "no_such_scenario"),
        (["serve", "--port", "70000"], 2, "70000"),
        (["serve", "--port", "many"], 2, "many"),
        (["serve", "--open"], 2, "--open"),
    ],
)
def test_wrong_usage_is_one_sentence(capsys, arguments, code, words):
    """With the exit codes of the other commands."""
    assert main(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert len(said.err.splitlines()) == 1


def test_what_is_offered():
    """The order process first and all shipped ones; or what is named, each under a name of its own."""
    scenarios, parents = serving.offered(())
    assert next(iter(scenarios)) == "order_delivery"
    assert {"order_delivery", "trust_trap"} <= set(scenarios)
    assert parents["order_delivery"] == "order_delivery"
    assert list(serving.offered(("trust_trap", "trust_trap"))[0]) == ["trust_trap"]


def test_files_are_offered_by_name(tmp_path):
    """Two of the same name are told apart, and a child names the file without where it lies."""
    text = (ROOT / "scenarios" / "trust_trap.yaml").read_text(encoding="utf-8")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.yaml").write_text(text, encoding="utf-8")
    scenarios, parents = serving.offered((str(tmp_path / "a" / "mine.yaml"), str(tmp_path / "b" / "mine.yaml")))
    assert len(scenarios) == 2
    assert set(parents.values()) == {"mine.yaml"}


def test_no_browser_without_a_display(monkeypatch):
    """Nobody would see it."""
    monkeypatch.setattr(serving.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not serving.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert serving.has_display()


def test_the_server_is_loaded_by_serving_only():
    """Other commands, and `import sim`, need no extra."""
    code = (
        "import sys, sim, sim.cli.app, sim.cli.serving; sim.load, sim.run, sim.compare;"
        "print([name for name in sys.modules if name.split('.')[0] in ('starlette', 'uvicorn', 'websockets', 'segno')])"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ast.literal_eval(answer.stdout) == []


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_a_server_begins_says_where_and_ends_quietly(tmp_path, number, code):
    """As a person starts and ends it."""
    command = [sys.executable, "-c", STARTED, "serve", "trust_trap", "--no-open", "--port", "0", "--lang", "zh"]
    environment = {**os.environ, "DEPTSIM_CACHE": str(tmp_path), "PYTHONIOENCODING": "utf-8"}
    environment["DEPTSIM_DATA"] = str(tmp_path / "data")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, **pipes) as process:
        said = process.stdout.readline()
        assert re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert re.search("[\u4e00-\u9fff]", said)
        assert str(tmp_path / "data") in process.stdout.readline()
        process.send_signal(number)
        assert process.stdout.read() == ""
        assert process.stderr.read() == ""
        assert process.wait(60) == code


STARTED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal, whatever runs the tests
from sim.__main__ import start
if __name__ == "__main__":
    start()
"""


@pytest.mark.parametrize(("named", "said"), [(["trust_trap"], "caught in distrust"), ([], "organizations")])
def test_a_browser_is_opened_once_the_page_is_there(tmp_path, monkeypatch, capsys, named, said):
    """With the address that is printed: of what was named, else of the page on which one is chosen."""
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(serving, "has_display", lambda: True)
    monkeypatch.setattr(serving, "_room", lambda scenarios, lang: a_room(tmp_path, scenarios=scenarios))

    first = []

    def run(app, listening, begun):
        first.append(next(route for route in app.router.routes if route.path == "/").endpoint.__name__)

        async def serve():
            async with app.router.lifespan_context(app):
                await begun()

        asyncio.run(serve())
        return 0

    monkeypatch.setattr(running, "run", run)
    assert main(["serve", *named, "--port", "0"]) == 0
    (address,) = opened
    told = capsys.readouterr().out
    assert address in told
    assert said in told
    assert first == ["document" if named else "overview"]

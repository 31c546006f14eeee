"""How quickly a server of the page answers, asked over its live connection as a page asks it.

    python bench/web.py [SCENARIO] [--clients N]

Starts a server with a cache of its own (empty at first), and prints medians and 95th percentiles in milliseconds, sizes
and memory: the first document, the first estimate of what nobody has asked, answers that are known, and many clients
that ask at once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).parents[1]
ROUNDS = 40


@contextmanager
def server(scenario: str, folder: Path) -> Iterator[tuple[str, int]]:
    """Run a server and give its address and the number of its process."""
    with served(scenario, folder) as (process, said):
        found = re.search(r"http://([^/]+)/", said)
        assert found is not None
        yield found[1], process.pid


@contextmanager
def served(scenario: str, folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server with a cache and data of its own, and give its process and the line in which it says where it is."""
    command = [sys.executable, "-m", "sim", "serve", scenario, "--no-open", *(options or ("--port", "0"))]
    folders = {"DEPTSIM_CACHE": str(folder), "DEPTSIM_DATA": str(folder / "data")}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **folders}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline()
        finally:
            process.send_signal(signal.SIGTERM)


def document(address: str) -> tuple[float, bytes]:
    """Return how many milliseconds the document took, and the document; until it is made, it is asked for again."""
    begun, content = time.perf_counter(), b""
    while b'id="frame"' not in content:
        with urllib.request.urlopen(f"http://{address}/") as answer:
            content = answer.read()
    return since(begun), content


def since(begun: float) -> float:
    """Return milliseconds since then."""
    return 1000 * (time.perf_counter() - begun)


class Page:
    """Asks as a page does, and keeps what it is told and when."""

    def __init__(self, socket: ClientConnection, scenario: str) -> None:
        self._socket, self._scenario = socket, scenario
        self._begun: dict[int, float] = {}
        self._heard: dict[tuple[int, str], tuple[float, int]] = {}

    async def ask(self, number: int, items: Sequence[str]) -> None:
        """Ask, under a number."""
        self._begun[number] = time.perf_counter()
        message = {"do": "ask", "scenario": self._scenario, "items": list(items), "id": number}
        await self._socket.send(json.dumps(message))

    async def took(self, number: int, what: str) -> tuple[float, int]:
        """Return after how many milliseconds something came, and its length: an ``answer``, ``final`` or a ``week``."""
        while (number, what) not in self._heard:
            text = await self._socket.recv()
            message = json.loads(text)
            if message["type"] == "refused":
                raise RuntimeError(message["sentence"]["en"])
            heard = since(self._begun[message["id"]]), len(text)
            self._heard.setdefault((message["id"], message["type"]), heard)
            if message.get("answer", {}).get("state") == "final":
                self._heard.setdefault((message["id"], "final"), heard)
        return self._heard[number, what]


def told(what: str, found: Sequence[float], unit: str = "ms") -> None:
    """Print median, 95th percentile and largest of what was measured."""
    ordered = sorted(found)
    high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    numbers = f"median {statistics.median(ordered):8.1f}, 95 % {high:8.1f}, most {ordered[-1]:8.1f} {unit}"
    print(f"{what:<52}{numbers} ({len(ordered)})")


def memory(pid: int) -> str:
    """Return megabytes of a process and of its children, where the system tells."""
    try:
        threads = Path(f"/proc/{pid}/task").iterdir()
        children = [one for thread in threads for one in (thread / "children").read_text().split()]
        sizes = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{one}/status").read_text()) for one in (pid, *children)]
    except OSError:
        return "not known here"
    return ", ".join(str(int(one[1]) // 1000) for one in sizes if one) + " MB (server, then its processes)"


async def cold(address: str, scenario: str, switches: Sequence[str]) -> None:
    """Ask what nobody has asked: the first estimate, and how it grows."""
    found: dict[str, list[float]] = {"answer": [], "final": [], "week": []}
    async with connect(f"ws://{address}/live") as socket:
        page = Page(socket, scenario)
        await page.ask(0, [])
        await page.took(0, "final")
        asked = [(switches[0], f"{other}:start_week={week}") for other in switches[1:] for week in (1, 2)][:6]
        for number, items in enumerate(asked, 1):
            await page.ask(number, items)
            for what, took in found.items():
                took.append((await page.took(number, what))[0])
    told("first estimate of what nobody asked", found["answer"])
    told("all replications of it", found["final"])
    told("its week", found["week"])


async def learn(address: str, scenario: str, combined: Sequence[Sequence[str]]) -> None:
    """Ask some combinations once, and wait for them."""
    async with connect(f"ws://{address}/live") as socket:
        page = Page(socket, scenario)
        for number, items in enumerate(combined):
            await page.ask(number, items)
            await page.took(number, "final")
            await page.took(number, "week")


async def warm(address: str, scenario: str, combined: Sequence[Sequence[str]]) -> None:
    """Ask what is known."""
    answers, weeks = [], []
    async with connect(f"ws://{address}/live") as socket:
        page = Page(socket, scenario)
        for number in range(ROUNDS):
            await page.ask(number, combined[number % len(combined)])
            answers.append(await page.took(number, "final"))
            weeks.append(await page.took(number, "week"))
    told("an answer that is known", [took for took, _ in answers])
    told("its week", [took for took, _ in weeks])
    told("size of an answer", [size / 1000 for _, size in answers], "kB")
    told("size of a week", [size / 1000 for _, size in weeks], "kB")


async def many(address: str, scenario: str, combined: Sequence[Sequence[str]], clients: int) -> None:
    """Let many ask at once."""
    pages = [Page(await connect(f"ws://{address}/live"), scenario) for _ in range(clients)]

    async def one(number: int, page: Page) -> float:
        await page.ask(number, combined[number % len(combined)])
        return (await page.took(number, "answer"))[0]

    told(f"{clients} clients that ask at once", await asyncio.gather(*map(one, range(clients), pages)))


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="How quickly a server of the page answers.")
    parser.add_argument("scenario", nargs="?", default="order_delivery")
    parser.add_argument("--clients", type=int, default=60)
    parser.add_argument("--cache", type=Path, help="a folder to keep answers in, instead of a new one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as new:
        folder = given.cache or Path(new)
        with server(given.scenario, folder) as (address, pid):
            took, content = document(address)
            frame = json.loads(re.search(rb'id="frame">(.*?)</script>', content)[1])  # type: ignore[index]
            switches, name = frame["switches"], frame["scenario"]
            combined = [some for size in range(4) for some in combinations(switches, size)][:8]
            print(f"first document, nothing known: {took:.0f} ms, {len(content) / 1000:.0f} kB")
            asyncio.run(cold(address, name, switches))
            asyncio.run(learn(address, name, combined))
            print(f"memory after that: {memory(pid)}")
        with server(given.scenario, folder) as (address, pid):
            told("document, known", [document(address)[0] for _ in range(10)])
            asyncio.run(warm(address, name, combined))
            asyncio.run(many(address, name, combined, given.clients))
            print(f"memory after that: {memory(pid)}")


if __name__ == "__main__":
    main()

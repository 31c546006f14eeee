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
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

ROOT = Path(__file__).parents[1]
ROUNDS = 40


@contextmanager
def server(scenario: str, folder: Path) -> Iterator[tuple[str, int]]:
    """Run a server and give its address and the number of its process."""
    command = [sys.executable, "-m", "sim", "serve", scenario, "--no-open", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DEPTSIM_CACHE": str(folder), "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://([^/]+)/", process.stdout.readline())
            assert found is not None
            yield found[1], process.pid
        finally:
            process.send_signal(signal.SIGTERM)


def document(address: str) -> tuple[float, bytes]:
    """Return how many milliseconds the document took, and the document."""
    begun = time.perf_counter()
    with urllib.request.urlopen(f"http://{address}/") as answer:
        content: bytes = answer.read()
    return since(begun), content


def since(begun: float) -> float:
    """Return milliseconds since then."""
    return 1000 * (time.perf_counter() - begun)


async def asked(socket: ClientConnection, number: int, scenario: str, items: Sequence[str]) -> float:
    """Ask, and return when it was asked."""
    begun = time.perf_counter()
    await socket.send(json.dumps({"do": "ask", "scenario": scenario, "items": list(items), "id": number}))
    return begun


async def heard(
    socket: ClientConnection, number: int, kind: str, state: str | None = None
) -> tuple[dict[str, Any], int]:
    """Return the next message of a kind about a question, and its length."""
    while True:
        text = await socket.recv()
        message = json.loads(text)
        if message.get("id") == number and message["type"] == "refused":
            raise RuntimeError(message["sentence"]["en"])
        right = state is None or message.get("answer", {}).get("state") == state
        if message.get("id") == number and message["type"] == kind and right:
            return message, len(text)


def told(what: str, found: Sequence[float], unit: str = "ms") -> None:
    """Print median, 95th percentile and largest of what was measured."""
    ordered = sorted(found)
    high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    numbers = f"median {statistics.median(ordered):8.1f}, 95 % {high:8.1f}, most {ordered[-1]:8.1f} {unit}"
    print(f"{what:<52}{numbers} ({len(ordered)})")


def memory(pid: int) -> str:
    """Return megabytes of a process and of its children, where the system tells."""
    try:
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        sizes = [re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{one}/status").read_text()) for one in (pid, *children)]
    except OSError:
        return "not known here"
    return ", ".join(str(int(one[1]) // 1000) for one in sizes if one) + " MB (server, then its processes)"


async def cold(address: str, scenario: str, switches: Sequence[str]) -> None:
    """Ask what nobody has asked: the first estimate, and how it grows."""
    first, last, weeks = [], [], []
    async with connect(f"ws://{address}/live") as socket:
        await asked(socket, 0, scenario, [])
        await heard(socket, 0, "answer", "final")
        doses = [f"{switches[0]}+{other}:start_week={week}" for other in switches[1:] for week in (1, 2, 3)]
        for number, items in enumerate(doses[:6], 1):
            begun = await asked(socket, number, scenario, [items])
            await heard(socket, number, "answer")
            first.append(since(begun))
            await heard(socket, number, "answer", "final")
            last.append(since(begun))
            await heard(socket, number, "week")
            weeks.append(since(begun))
    told("first estimate of what nobody asked", first)
    told("all replications of it", last)
    told("its week", weeks)


async def warm(address: str, scenario: str, combined: Sequence[Sequence[str]]) -> None:
    """Ask what is known."""
    answers, weeks, sizes, week_sizes = [], [], [], []
    async with connect(f"ws://{address}/live") as socket:
        for number in range(ROUNDS):
            begun = await asked(socket, number, scenario, combined[number % len(combined)])
            _, size = await heard(socket, number, "answer", "final")
            answers.append(since(begun))
            _, week_size = await heard(socket, number, "week")
            weeks.append(since(begun))
            sizes.append(float(size) / 1000)
            week_sizes.append(float(week_size) / 1000)
    told("an answer that is known", answers)
    told("its week", weeks)
    told("size of an answer", sizes, "kB")
    told("size of a week", week_sizes, "kB")


async def many(address: str, scenario: str, combined: Sequence[Sequence[str]], clients: int) -> None:
    """Let many ask at once."""
    sockets = [await connect(f"ws://{address}/live") for _ in range(clients)]

    async def one(number: int, socket: ClientConnection) -> float:
        begun = await asked(socket, number, scenario, combined[number % len(combined)])
        await heard(socket, number, "answer")
        return since(begun)

    told(f"{clients} clients that ask at once", await asyncio.gather(*map(one, range(clients), sockets)))
    await asyncio.gather(*(socket.close() for socket in sockets))


async def learn(address: str, scenario: str, combined: Sequence[Sequence[str]]) -> None:
    """Ask everything once, and wait for it."""
    async with connect(f"ws://{address}/live") as socket:
        for number, items in enumerate(combined):
            await asked(socket, number, scenario, items)
            await heard(socket, number, "answer", "final")
            await heard(socket, number, "week")


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

"""How a room of many phones fares: who is dropped, how long everybody waits, and how much memory it takes.

    python bench/room.py [SCENARIO] [--phones N]

Starts a server that is open to the network, lets so many phones come in, bet at the same moment, see the result, press
switches at once, lose their connection and come back, while one of them says more than it may. Prints medians, 95th
percentiles and the longest times in milliseconds; the phones run in this process, beside the server on the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Awaitable, Callable
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bench.web import memory, served, since, told
from sim.web.agenda import WANTED

CHOICES = ("better", "same", "worse")
FLOOD = 3_000
"""Messages that one phone sends as fast as it can."""


class Person:
    """Somebody with a browser: cookies, a live connection, and what came over it last."""

    def __init__(self, address: str, door: str) -> None:
        self.address = address
        jar = CookieJar()
        begun = time.perf_counter()
        with urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open(
            f"http://{address}{door}"
        ) as got:
            self.bytes = len(got.read())
        self.opened = since(begun)
        self._cookies = "; ".join(f"{one.name}={one.value}" for one in jar)
        self.dropped = 0
        self.room: dict[str, Any] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self._news = asyncio.Condition()

    async def come_in(self, path: str) -> None:
        """Connect, and listen from then on."""
        self._socket = await connect(f"ws://{self.address}{path}", additional_headers={"Cookie": self._cookies})
        self._listening = asyncio.create_task(self._listen(self._socket))
        await self.say(do="room")

    async def _listen(self, socket: ClientConnection) -> None:
        try:
            async for text in socket:
                message = json.loads(text)
                async with self._news:
                    if message["type"] == "room":
                        self.room = message["room"]
                    elif message["type"] == "answer":
                        self.answers[message["id"]] = message["answer"]
                    self._news.notify_all()
        except ConnectionClosed:
            pass
        self.dropped += socket.close_code not in (1000, 1005)

    async def say(self, **message: Any) -> None:
        """Say something."""
        await self._socket.send(json.dumps(message))

    async def until(self, right: Callable[[Person], Any]) -> float:
        """Return after how many milliseconds something is so."""
        begun = time.perf_counter()
        async with self._news:
            await self._news.wait_for(lambda: right(self))
        return since(begun)

    async def leave(self) -> None:
        """Go."""
        await self._socket.close()
        await self._listening


async def everybody(phones: list[Person], do: Callable[[int, Person], Awaitable[float]]) -> list[float]:
    """Let all do something at the same moment, and return how long each waited."""
    return list(await asyncio.gather(*(do(number, phone) for number, phone in enumerate(phones))))


def _question(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = person.room.get("question") or {}
    return found


def _result(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = (_question(person).get("shown") or {}).get("result") or {}
    return found


async def workshop(host: Person, phones: list[Person], scenario: str, switches: list[str]) -> None:
    """Play a workshop."""
    await host.come_in("/live")
    told("a phone opens the page of guests", [one.opened for one in phones])

    async def enter(_number: int, phone: Person) -> float:
        begun = time.perf_counter()
        await phone.come_in("/live?as=guest")
        await phone.until(lambda one: one.room)
        return since(begun)

    told(f"{len(phones)} phones connect at once", await everybody(phones, enter))
    for number, items in enumerate(([], *([one] for one in switches))):
        await host.say(do="ask", scenario=scenario, id=f"learn{number}", items=items)
        await host.until(lambda one, name=f"learn{number}": one.answers.get(name, {}).get("n") == WANTED)
    measure = next(iter(host.answers["learn0"]["measures"]))
    wish = {"kind": "direction", "scenario": scenario, "measure": measure, "items": switches[:1]}
    await host.say(do="pose", question=wish)
    told("until each has the question", await everybody(phones, lambda _, one: one.until(_question)))

    async def bet(number: int, phone: Person) -> float:
        await phone.say(do="bet", question=_question(phone)["id"], choice=CHOICES[number % 3], why=f"phone {number}")
        return await phone.until(lambda one: one.room["mine"])

    counting = asyncio.create_task(host.until(lambda one: _question(one).get("bets") == len(phones)))
    told("all bet at once: until each sees its own", await everybody(phones, bet))
    print(f"{'until the host sees all of them':<52}{await counting:15.1f} ms")
    await host.say(do="reveal", question=_question(host)["id"])
    told("until each sees the result", await everybody(phones, lambda _, one: one.until(_result)))

    async def press(number: int, phone: Person) -> float:
        await phone.say(do="ask", scenario=scenario, id="pressed", items=[switches[number % len(switches)]])
        return await phone.until(lambda one: "pressed" in one.answers)

    told("all press a switch at once", await everybody(phones, press))

    async def again(_number: int, phone: Person) -> float:
        await phone.leave()
        phone.room = {}
        begun = time.perf_counter()
        await phone.come_in("/live?as=guest")
        await phone.until(lambda one: one.room.get("mine"))
        return since(begun)

    told("all lose the connection and come back", await everybody(phones, again))
    await flooded(phones, scenario)
    print(f"dropped: {sum(one.dropped for one in phones)} of {len(phones)}")
    for one in (*phones, host):
        await one.leave()


async def flooded(phones: list[Person], scenario: str) -> None:
    """Let one say more than it may, and see how long the others wait meanwhile."""
    loud, *others = phones

    async def shout() -> None:
        for _ in range(FLOOD):
            await loud.say(do="bet", question="q1", choice="better")

    shouting = asyncio.create_task(shout())

    async def press(_number: int, phone: Person) -> float:
        await phone.say(do="ask", scenario=scenario, id="meanwhile", items=[])
        return await phone.until(lambda one: "meanwhile" in one.answers)

    told("an answer while one phone floods the room", await everybody(others, press))
    shouting.cancel()
    await asyncio.gather(shouting, return_exceptions=True)


async def play(address: str, key: str, code: str, count: int) -> None:
    """Let people come in, and play."""
    host = await asyncio.to_thread(Person, address, f"/host?key={urllib.parse.quote(key)}")
    begun = time.perf_counter()
    frame: dict[str, Any] = {}
    while not frame:
        frame = await asyncio.to_thread(_frame, address, host)
    print(f"{'until the page is there, nothing known':<52}{since(begun):15.1f} ms")
    phones = [await asyncio.to_thread(Person, address, f"/r/{code}") for _ in range(count)]
    print(f"{'size of the page of guests':<52}{phones[0].bytes / 1000:15.1f} kB")
    await workshop(host, phones, frame["scenario"], frame["switches"])


def _frame(address: str, host: Person) -> dict[str, Any]:
    """Return what the page of the host is made of; nothing until it can be made."""
    asked = urllib.request.Request(f"http://{address}/", headers={"Cookie": host._cookies})
    with urllib.request.urlopen(asked) as got:
        found = re.search(rb'id="frame">(.*?)</script>', got.read(), re.DOTALL)
    told_to_host: dict[str, Any] = json.loads(found[1]) if found else {}
    return told_to_host


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description="How a room of many phones fares.")
    parser.add_argument("scenario", nargs="?", default="order_delivery")
    parser.add_argument("--phones", type=int, default=60)
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        served(given.scenario, Path(folder), "--lan", "--port", "0") as (process, said),
    ):
        assert process.stdout is not None
        found = re.search(r"http://([^/]+)/host\?key=([\w-]+)", said)
        guests = [process.stdout.readline() for _ in range(2)][-1]
        code = re.search(r"code (\w+)", guests)
        assert found is not None
        assert code is not None
        print(f"memory at first: {memory(process.pid)}")
        asyncio.run(play(found[1], found[2], code[1], given.phones))
        print(f"memory after that: {memory(process.pid)}")


if __name__ == "__main__":
    main()

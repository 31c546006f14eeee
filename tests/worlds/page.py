"""A server of the page without a kernel: studies that answer at once, and workers without processes."""

from __future__ import annotations

import asyncio
import http.client
import os
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from sim.web.asked import asked_of
from sim.web.cache import Cache
from sim.web.known import Known
from sim.web.room import Room
from sim.web.said import sentence_of
from sim.web.worker import Desk, DiedError, RefusedError
from tests.worlds.fakes import small_scenario

STAFF = "departments.production.staff"
FAILS, DIES, NO_WEEK, NO_SURE = (f"{STAFF}={n}" for n in (1, 2, 3, 5))
"""What cannot be computed, what ends the process that computes it, and what has no week or no ranges."""

SWITCHES = ("shared_kpi", "raci", "daily_standup")


class Sure:
    """Goes through three points."""

    def __init__(self, asked):
        self.asked, self.done, self.total = asked, 0, 3

    def go_on(self, points=1):
        """Look at a point."""
        if self.asked.key == NO_SURE:
            raise ValueError("no luck")
        self.done += points

    def told(self):
        """Return what they say."""
        return {"points": self.done, "of": self.asked.key}


EFFECTS = {"shared_kpi": 6.0, "raci": -4.0, "daily_standup": 0.25}
"""What each switch adds to the one measure that there is."""


def measured(asked):
    """Return what the measure is of what is asked."""
    diff = sum(EFFECTS.get(item, 0.0) for item in asked.items)
    if not asked.items:
        return {"now": 80.0, "then": None, "diff": None, "low": None, "high": None, "verdict": "unknown"}
    verdict = "unclear" if abs(diff) < 0.5 else "better" if diff > 0 else "worse"
    return {"now": 80.0, "then": 80.0 + diff, "diff": diff, "low": diff - 0.5, "high": diff + 0.5, "verdict": verdict}


class FakeStudies:
    """Counts replications instead of running them."""

    def __init__(self, scenario):
        self.scenario, self.number, self._done, self._prepared = scenario, 3, {}, 0

    def asked(self, items):
        """Return what is asked."""
        return asked_of(self.scenario, items)

    def done(self, key):
        """Return how many there are."""
        return self._done.get(key, 0)

    def grow(self, asked, replications):
        """Make so many."""
        if asked.key == FAILS:
            raise ValueError("no luck")
        if asked.key == DIES:
            os._exit(3)
        for key in ("", asked.key):
            self._done[key] = max(self.done(key), replications)
        return replications

    def answer(self, asked, wanted):
        """Return an answer that says how many there are."""
        n = self.done(asked.key)
        state = "final" if n >= wanted else "growing"
        measures = {"on_time_target": measured(asked)}
        told = {"asked": [], "key": asked.key, "n": n, "wanted": wanted, "state": state, "sure": None}
        return {**told, "measures": measures}

    def week(self, asked):
        """Return a week."""
        if asked.key == NO_WEEK:
            raise MemoryError
        return {"asked": [], "key": asked.key, "number": self.number, "moves": []}

    def report(self, asked, replications, lang, name):
        """Return a page that says what was asked."""
        if asked.key == NO_SURE:
            return "x" * 2_000
        return f"<p>{asked.key}, {replications}, {lang}, {name}</p>"

    def sure(self, asked):
        """Return what goes through the assumptions."""
        return Sure(asked)

    def prepare(self):
        """Come closer to a frame."""
        self._prepared = min(self._prepared + 4, 20)
        return self._prepared, 20

    def frame(self):
        """Return as much of a frame as a server needs."""
        title = {"en": "Orders & <b>more</b>", "zh": "订单"}
        called = {name: {"en": name, "zh": name} for name in ("label", "unit", "delta_unit")}
        measure = {"id": "on_time_target", **called, "unit": {"en": "%", "zh": "%"}, "digits": 0, "better": "higher"}
        frame = {
            "v": 1,
            "title": title,
            "switches": list(SWITCHES),
            "played": {"number": 7},
            "words": {"en": {}, "zh": {}},
        }
        return {**frame, "measures": [measure]}


def fake_studies(scenario):
    """Return studies that answer at once; a function that processes find by its name."""
    return FakeStudies(scenario)


class Here:
    """Does pieces of work in this process and remembers them; what would end a process is told as its end."""

    def __init__(self, scenarios):
        self._desk, self.units, self.closed = Desk(fake_studies, scenarios), [], False

    async def do(self, unit):
        """Do one."""
        self.units.append(unit)
        if unit.subject.key == DIES:
            raise DiedError("here")
        try:
            return self._desk.do(unit)
        except Exception as error:
            raise RefusedError(sentence_of(error)) from None

    def close(self):
        """End."""
        self.closed = True


def a_room(folder: Path, wanted=20, scenarios=None, limit=10**6):
    """Return a room of people who look at a small organization."""
    found = scenarios or {"small": small_scenario()}
    known = Known(Cache({name: f"{name}-1" for name in found}, limit, (folder,)))
    return Room(found, known, Here(found), Here(found), wanted)


@contextmanager
def served(app):
    """Serve an application beside the test, and give the host and port at which it answers."""
    from sim.web import running

    with running.open_port(0, lan=False) as listening:
        server = running.server_of(app)
        thread = threading.Thread(target=asyncio.run, args=(server.serve(sockets=[listening]),))
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)
            yield f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class Answer:
    """What a server answered."""

    def __init__(self, answer):
        self.status, self.content = answer.status, answer.read()
        self.headers = {name.lower(): value for name, value in answer.getheaders()}

    @property
    def text(self):
        """The content as text."""
        return self.content.decode()


def ask(address, path, method="GET", headers=(), content=None):
    """Return what a server answers to a path, which is sent as it is."""
    connection = http.client.HTTPConnection(address, timeout=60)
    try:
        connection.request(method, path, content, dict(headers))
        return Answer(connection.getresponse())
    finally:
        connection.close()


def held_back(room, monkeypatch):
    """Let frames of a room wait until an event is set, which is returned."""
    made, make = threading.Event(), room.frame

    async def later(name):
        while not made.is_set():
            await asyncio.sleep(0.01)
        return await make(name)

    monkeypatch.setattr(room, "frame", later)
    return made

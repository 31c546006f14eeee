"""deptsim serve"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import signal
import socket
import sys
import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import notices
from sim.cli.codes import FAILED, FINE
from sim.cli.screen import warn, write
from sim.cli.telling import scenario_named_in, stories_for
from sim.scenario import Scenario, load, shipped
from sim.scenario.effort import too_much
from sim.spec.base import text_of
from sim.words import Language, Text, words
from sim.words.system import why_not

if TYPE_CHECKING:
    from sim.web.room import Room
    from sim.web.workshop.opening import Keeping, Opened

texts = words("web")

FIRST = "order_delivery"
"""The scenario that the page opens with where none is named."""

EXTRA = ("starlette", "uvicorn", "websockets", "segno")
"""What the extra brings that serving needs."""

INSTALL = "pip install 'deptsim[web]'"

LOCAL = "127.0.0.1"
"""This machine, as it calls itself."""


def serve_command(
    names: tuple[str, ...],
    port: int | None,
    lan: bool,
    log: Path | None,
    new: bool,
    opened: bool,
    lang: Language,
    story: Path | None = None,
) -> int:
    """Serve the page of scenarios until somebody ends it, and open it."""
    if any(importlib.util.find_spec(name) is None for name in EXTRA):
        warn(texts.NEEDS_EXTRA.format(command=INSTALL).get(lang))
        return FAILED
    begins = bool(names) or story is not None
    if story is not None and not names:
        names = chosen((), scenario_named_in(story))
    scenarios, parents = offered(names)
    stories = stories_for(chosen(names), scenarios, story, lang)
    from sim.web.running import open_port
    from sim.web.workshop.opening import Keeping

    keeping = Keeping(log, new)
    try:
        listening = open_port(port, lan, keeping.port(next(iter(scenarios))))
    except OSError as error:
        told = texts.NO_PORT if port is None else texts.PORT_TAKEN
        warn(told.format(port=port, why=why_not(error)).get(lang))
        return FAILED
    with listening:
        return _served(scenarios, parents, stories, listening, lan, keeping, opened, begins, lang)


def offered(names: tuple[str, ...]) -> tuple[dict[str, Scenario], dict[str, str]]:
    """Return the scenarios to ask about by name, the first to open, and how a file names each as its parent.

    Without names all shipped ones are offered.
    """
    scenarios: dict[str, Scenario] = {}
    parents: dict[str, str] = {}
    for given in chosen(names):
        scenario = load(given)
        name = _free(scenario.name, scenarios)
        scenarios[name] = scenario
        parents[name] = given if given in shipped() else Path(given).name
        if (found := too_much(scenario)) is not None:
            notices.say_once(found[1])
    return scenarios, parents


def chosen(names: tuple[str, ...], first: str = FIRST) -> tuple[str, ...]:
    """Return what is offered, as it was named: all shipped scenarios where none was, after the one to begin with."""
    return tuple(dict.fromkeys(names or (first, *shipped())))


def _free(name: str, taken: Mapping[str, Scenario]) -> str:
    """Return a name that no other scenario has."""
    return next(one for n in range(1, len(taken) + 2) if (one := name if n == 1 else f"{name}_{n}") not in taken)


def _served(
    scenarios: dict[str, Scenario],
    parents: dict[str, str],
    stories: dict[str, Any],
    listening: socket.socket,
    lan: bool,
    keeping: Keeping,
    opened: bool,
    begins: bool,
    lang: Language,
) -> int:
    from sim.web.guarding import addresses
    from sim.web.reports import Reports
    from sim.web.running import run
    from sim.web.server import application
    from sim.web.worker import RefusedError, Worker, studies_of
    from sim.web.workshop.opening import open_workshop

    room = _room(scenarios, lang)
    first, scenario = next(iter(scenarios.items()))
    port = listening.getsockname()[1]
    hosts = (addresses() if lan else []) or [LOCAL]
    workshop = open_workshop(room, hosts, port, lan, keeping, lang)
    address = f"http://{LOCAL}:{port}/host?key={workshop.entrance.doors.key}"

    async def begun() -> None:
        title = text_of(scenario.title, first) if begins else texts.ALL.format(count=len(scenarios))
        _say_where(title, address, workshop, hosts if lan else [], port, lang)
        if opened and has_display():
            if begins:  # nobody looks at a page that is being prepared
                try:
                    await room.frame(first)
                except RefusedError as refused:
                    warn(refused.sentence.get(lang))
            webbrowser.open(address)

    with contextlib.closing(workshop.entrance.floor.journal):
        reports = Reports(room.known, Worker(studies_of, scenarios, "deptsim-reports", lang, gentle=3))
        app = application(
            room, lang, lan, parents, entrance=workshop.entrance, stories=stories, begins=begins, reports=reports
        )
        ended_by = run(app, listening, begun)
    return 128 + ended_by if ended_by == signal.SIGTERM else FINE


def _room(scenarios: dict[str, Scenario], lang: str) -> Room:
    from sim.web.cache import Cache, identity
    from sim.web.known import Known
    from sim.web.room import Room
    from sim.web.worker import SEED, Worker, studies_of

    cache = Cache({name: identity(one, SEED) for name, one in scenarios.items()})
    numbers = Worker(studies_of, scenarios, "deptsim-numbers", lang, gentle=3)
    weeks = Worker(studies_of, scenarios, "deptsim-weeks", lang, gentle=15)
    return Room(scenarios, Known(cache), numbers, weeks)


def _say_where(title: Text, address: str, workshop: Opened, hosts: Sequence[str], port: int, lang: str) -> None:
    write(texts.ADDRESS.format(title=title, address=address).get(lang))
    for said in workshop.said:
        write(said.get(lang))
    if hosts:
        code = workshop.entrance.doors.code
        write(texts.LAN.format(addresses=" ".join(f"http://{one}:{port}/" for one in hosts), code=code).get(lang))
        _draw_code(f"http://{hosts[0]}:{port}/r/{code}")
    sys.stdout.flush()


def _draw_code(address: str) -> None:
    """Draw what phones read, where it can be seen."""
    from sim.web.workshop.qr import for_terminal

    if sys.stdout.isatty() and "utf" in (sys.stdout.encoding or "").lower():
        write(for_terminal(address))


def has_display() -> bool:
    """Tell whether a browser could be seen here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

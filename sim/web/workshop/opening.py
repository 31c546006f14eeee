"""Opening a workshop: a new one, or the one that a log tells of."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from sim.web.room import Room
from sim.web.workshop.doors import Doors, new_keys
from sim.web.workshop.entrance import Entrance
from sim.web.workshop.floor import Address, Floor
from sim.web.workshop.journal import Journal, JournalError, read, usual_place
from sim.web.workshop.workshop import Workshop
from sim.words import Language, Text, words

texts = words("workshop")


class Opened(NamedTuple):
    """A workshop that people can come into, and what its host is told on the screen."""

    entrance: Entrance
    said: tuple[Text, ...]


def open_workshop(
    room: Room, hosts: Sequence[str], port: int, lan: bool, log: Path | None, new: bool, lang: Language
) -> Opened:
    """Return a workshop for whoever is connected.

    Parameters
    ----------
    room : Room
        Who is connected.
    hosts : sequence of str
        Addresses of this machine at which guests find it.
    port : int
        Where the server listens.
    lan : bool
        Whether others in the network may come in.
    log : Path, optional
        Where it is written down, and what it goes on with; by default a file of this user's, of today and this port.
    new : bool
        Whether a new one is wanted even where there was one lately.
    lang : {"en", "zh"}
        The language in which documents begin.

    Raises
    ------
    JournalError
        If the log that is named is none, cannot be read, or is there although a new one is wanted.
    """
    first = next(iter(room.scenarios))
    place = log or usual_place(first, port, new=new)
    if log is not None and new and _is_begun(log):
        raise JournalError(texts.LOG_IS_THERE.format(path=log))
    workshop, said = _gone_on(place) if place is not None and _is_begun(place) else (None, [])
    journal = Journal(place)
    if workshop is None:
        began = new_keys(metadata.version("deptsim"))
        workshop = Workshop(began, journal.add(began).at)
        said = [texts.LOG.format(path=place)] if place is not None and not journal.failure else []
    if place is None or journal.failure:
        said.append(texts.NOT_KEPT.format(why=journal.failure or texts.NO_HOME))
    doors = Doors(workshop.began, port)
    addresses = [Address(f"http://{one}:{port}/r/{doors.code}", f"{one}:{port}") for one in hosts]
    floor = Floor(room, workshop, journal, addresses)
    return Opened(Entrance(doors, floor, room, lang, lan), tuple(said))


def _is_begun(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _gone_on(path: Path) -> tuple[Workshop, list[Text]]:
    workshop, damaged = read(path)
    asked = sum(one.state != "withdrawn" for one in workshop.rounds.values())
    said = [texts.GOES_ON.format(questions=asked, path=path)]
    return workshop, [*said, texts.DAMAGED.format(count=damaged)] if damaged else said

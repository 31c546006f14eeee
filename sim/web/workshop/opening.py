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
from sim.web.workshop.journal import Journal, JournalError, new_place, place_of_lately, port_of, read
from sim.web.workshop.workshop import Workshop
from sim.words import Language, Text, words

texts = words("workshop")


class Opened(NamedTuple):
    """A workshop that people can come into, and what its host is told on the screen."""

    entrance: Entrance
    said: tuple[Text, ...]


class Keeping(NamedTuple):
    """Where a workshop is written down, and whether it is a new one anyhow.

    Attributes
    ----------
    log
        The file, which is gone on with; by default one of this user's own, and the one before if it was lately.
    new
        Whether a new one is wanted even where there was one lately.
    """

    log: Path | None = None
    new: bool = False

    def port(self, scenario: str) -> int | None:
        """Return the port at which the phones look for the workshop that is gone on with."""
        before = self.log or place_of_lately(scenario)
        return None if before is None or self.new else port_of(before)

    def place(self, scenario: str, port: int) -> Path | None:
        """Return where it is written down; without a name of its own it is gone on with at its own port only."""
        if self.log is not None:
            if self.new and _is_begun(self.log):
                raise JournalError(texts.LOG_IS_THERE.format(path=self.log))
            return self.log
        before = None if self.new else place_of_lately(scenario)
        return before if before is not None and port_of(before) == port else new_place(scenario)


def open_workshop(room: Room, hosts: Sequence[str], port: int, lan: bool, keeping: Keeping, lang: Language) -> Opened:
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
    keeping : Keeping
        Where it is written down, and what it goes on with.
    lang : {"en", "zh"}
        The language in which documents begin.

    Raises
    ------
    JournalError
        If the log that is named is none, cannot be read, or is there although a new one is wanted.
    """
    place = keeping.place(next(iter(room.scenarios)), port)
    workshop, said = _gone_on(place) if place is not None and _is_begun(place) else (None, [])
    journal = Journal(place)
    if workshop is None:
        began = new_keys(metadata.version("deptsim"), port)
        workshop = Workshop(began, journal.add(began).at)
        said = [texts.LOG.format(path=place)] if place is not None and not journal.failure else []
    if place is None or journal.failure:
        said.append(texts.NOT_KEPT.format(why=journal.failure or texts.NO_HOME))
    doors = Doors(workshop.began, port)
    addresses = [Address(f"http://{one}:{port}/r/{doors.code}", f"{one}:{port}") for one in hosts]
    floor = Floor(room, workshop, journal, addresses)
    return Opened(Entrance(doors, floor, lang, lan), tuple(said))


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

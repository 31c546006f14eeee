"""Who may come in, and as whom: a long key makes a host, the code of the room a guest; cookies remember it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from sim.web.workshop.events import Began

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of what codes consist: nothing that looks like something else."""

LENGTH = 6

Role = Literal["host", "guest"]

AT_ONCE, EVERY = 10, 3.0
"""How often one address may try a wrong code at once, and after how many seconds once more."""

ALL_AT_ONCE, ALL_EVERY = 300, 0.1
"""The same for all addresses together: guessing a code takes years."""

MOST_ADDRESSES = 2_000


class Who(NamedTuple):
    """As whom somebody came in, and by what they are told apart from others."""

    role: Role | None = None
    person: str = ""


class Doors:
    """Lets in whoever has a key.

    Parameters
    ----------
    began : Began
        Which workshop it is, with its keys.
    port : int
        Where the server listens; cookies of one machine are told apart by it.
    """

    def __init__(self, began: Began, port: int = 0) -> None:
        self._began = began
        self.cookies = {name: f"deptsim_{port}_{name}" for name in ("host", "room", "person")}
        self.attempts = Attempts()

    @property
    def code(self) -> str:
        """The code of the room."""
        return self._began.code

    @property
    def key(self) -> str:
        """What makes a host."""
        return self._began.host

    def who(self, cookies: Mapping[str, str], as_guest: bool = False) -> Who:
        """Return who somebody is by their cookies; a host may be a guest as well."""
        if not as_guest and self.is_key(cookies.get(self.cookies["host"], "")):
            return Who("host")
        if self.is_code(cookies.get(self.cookies["room"], "")):
            return Who("guest", person_of(cookies.get(self.cookies["person"], "")))
        return Who()

    def is_key(self, found: str) -> bool:
        """Tell whether something is the key of the host."""
        return _same(found, self._began.host)

    def is_code(self, found: str) -> bool:
        """Tell whether something is the code of the room, however it is typed."""
        return _same(typed(found), self._began.code)


def _same(found: str, right: str) -> bool:
    """Compare in a time that tells nothing about how much is right."""
    return hmac.compare_digest(found.encode("utf-8", "replace"), right.encode())


def typed(found: str) -> str:
    """Return a code as it is written: people type small letters, blanks and hyphens."""
    return "".join(one for one in found.upper()[:40] if one.isalnum())


def person_of(cookie: str) -> str:
    """Return by what a person is told apart; nothing for whoever has no cookie."""
    return hashlib.sha256(cookie[:200].encode("utf-8", "replace")).hexdigest()[:16] if cookie else ""


def new_keys(version: str, port: int = 0) -> Began:
    """Return the beginning of another workshop, with new keys.

    Parameters
    ----------
    version : str
        Of the program.
    port : int
        Where phones find it, and find it again.
    """
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return Began(code=code, host=new_cookie(), version=version, port=port)


def new_cookie() -> str:
    """Return what nobody can guess."""
    return secrets.token_urlsafe(24)


class Attempts:
    """Counts wrong codes, so that nobody can try them all.

    Parameters
    ----------
    clock : callable
        Tells the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._of: OrderedDict[str, _Bucket] = OrderedDict()
        self._all = _Bucket(ALL_AT_ONCE, ALL_EVERY, clock())

    def too_many(self, address: str) -> bool:
        """Tell whether an address has to wait before it may try again."""
        now = self._clock()
        of = self._of.get(address)
        return self._all.left(now) < 1.0 or (of is not None and of.left(now) < 1.0)

    def wrong(self, address: str) -> None:
        """Count a wrong try."""
        now = self._clock()
        of = self._of.pop(address, None) or _Bucket(AT_ONCE, EVERY, now)
        self._of[address] = of
        for one in (of, self._all):
            one.take(now)
        while len(self._of) > MOST_ADDRESSES:
            self._of.popitem(last=False)


class _Bucket:
    """So many at once, and one more after some seconds."""

    def __init__(self, most: int, every: float, now: float) -> None:
        self._most, self._every, self._left, self._seen = most, every, float(most), now

    def left(self, now: float) -> float:
        return min(float(self._most), self._left + (now - self._seen) / self._every)

    def take(self, now: float) -> None:
        self._left, self._seen = max(self.left(now) - 1.0, 0.0), now

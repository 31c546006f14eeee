"""The entrance: who comes in by which address, and what is only for the host."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from sim.web.document import Document, guest, joining
from sim.web.workshop.debrief import debrief
from sim.web.workshop.doors import Doors, Who, new_cookie
from sim.web.workshop.floor import Floor
from sim.web.workshop.record import record_of, table_of
from sim.words import LANGUAGES, Language, words

texts = words("workshop")

KEPT = 24 * 3600
"""Seconds for which a browser remembers who somebody is."""

_TYPES = {"csv": "text/csv", "json": "application/json"}


class Entrance:
    """Lets people in, as hosts or as guests.

    Parameters
    ----------
    doors : Doors
        Who may come in.
    floor : Floor
        Where they are then.
    lang : {"en", "zh"}
        The language in which documents begin.
    lan : bool
        Whether others in the network may ask: then whoever has no key is asked for the code first.
    """

    def __init__(self, doors: Doors, floor: Floor, lang: Language = "en", lan: bool = False) -> None:
        self.doors, self.floor = doors, floor
        self._lang, self._lan = lang, lan

    @property
    def routes(self) -> list[Route]:
        """What can be asked of it."""
        return [
            Route("/host", self.host, methods=["GET"]),
            Route("/join", self.join, methods=["GET"]),
            Route("/r/{code}", self.guest, methods=["GET"]),
            *(Route(f"/debrief{ending}", self.debrief, methods=["GET"]) for ending in ("", ".csv", ".json")),
        ]

    def who(self, asking: HTTPConnection) -> Who:
        """Return who asks; a host who opens the page of guests is one of them there."""
        as_guest = asking.query_params.get("as") == "guest"
        return self.doors.who(asking.cookies, as_guest)

    def is_barred(self, asking: HTTPConnection) -> bool:
        """Tell whether somebody has to come in first."""
        return self._lan and self.who(asking).role is None

    def is_elsewhere(self, asking: HTTPConnection) -> bool:
        """Tell whether somebody has to come in first, or believes to be a guest and is none (any more)."""
        lost = asking.query_params.get("as") == "guest" and self.who(asking).role is None
        return lost or self.is_barred(asking)

    def told(self, asking: HTTPConnection) -> dict[str, Any] | None:
        """Return what a page is told of who looks at it."""
        role = self.who(asking).role
        if role is None:
            return None
        return {"role": role} if role == "host" else {"role": role, "home": self.home}

    @property
    def home(self) -> str:
        """The address at which guests are."""
        return f"/r/{self.doors.code}"

    def elsewhere(self, asking: HTTPConnection, name: str = "") -> Response | None:
        """Return where somebody is led instead of to a page: whoever has not come in to the door, guests to their host.

        Parameters
        ----------
        asking
            Who asks.
        name
            The scenario whose page it is; ``""`` of what has no scenario, from which guests go back to the question.
        """
        if self.is_barred(asking):
            return self.ask()
        if self.who(asking).role != "guest" or name == self.floor.led:
            return None
        place = _page_of(self.floor.led) if name else self.home
        return RedirectResponse(place, status_code=303, headers={"Cache-Control": "no-store"})

    def lead(self, asking: HTTPConnection, name: str) -> None:
        """Take the room along where it is the host who looks at a scenario."""
        if self.who(asking).role == "host":
            self.floor.lead(name)

    async def host(self, request: Request) -> Response:
        """Make whoever has the key the host."""
        address = _address(request)
        if self.doors.attempts.too_many(address):
            return _sent(joining("often", self._lang), 429)
        if not self.doors.is_key(request.query_params.get("key", "")):
            self.doors.attempts.wrong(address)
            both = "\n".join(texts.NO_HOST.get(lang) for lang in LANGUAGES)
            return PlainTextResponse(f"{both}\n", status_code=403)
        answer = RedirectResponse("/", status_code=303)
        self._remember(answer, "host", self.doors.key)
        return answer

    async def join(self, _request: Request) -> Response:
        """Ask for the code."""
        return self.ask()

    def ask(self, why: str = "", status: int = 200) -> Response:
        """Ask somebody for the code, and say why once more."""
        return _sent(joining(why, self._lang), status)

    async def guest(self, request: Request) -> Response:
        """Make whoever has the code a guest."""
        address = _address(request)
        if self.doors.attempts.too_many(address):
            return self.ask("often", 429)
        if not self.doors.is_code(request.path_params["code"]):
            self.doors.attempts.wrong(address)
            return self.ask("wrong", 403)
        answer = _sent(guest(self.home, _page_of(self.floor.led), self.floor.title, self._lang))
        self._remember(answer, "room", self.doors.code)
        if not request.cookies.get(self.doors.cookies["person"]):
            self._remember(answer, "person", new_cookie())
        return answer

    async def debrief(self, request: Request) -> Response:
        """Return what is left of the workshop: a page, a table, or data."""
        if self.who(request).role != "host":
            return PlainTextResponse(f"{texts.HOST_ONLY.get(self._lang)}\n", status_code=403)
        asked = request.query_params.get("lang", self._lang)
        lang: Language = "zh" if asked == "zh" else "en"
        record = record_of(self.floor.workshop, self.floor.title)
        if not request.url.path.endswith((".csv", ".json")):
            return _sent(debrief(record, lang))
        kind = request.url.path.rpartition(".")[2]
        text = table_of(record, lang) if kind == "csv" else json.dumps(record, ensure_ascii=False, indent=1)
        headers = {"Content-Disposition": f'attachment; filename="debrief.{kind}"', "Cache-Control": "no-store"}
        return Response(text, media_type=f"{_TYPES[kind]}; charset=utf-8", headers=headers)

    def _remember(self, answer: Response, name: str, value: str) -> None:
        answer.set_cookie(self.doors.cookies[name], value, max_age=KEPT, httponly=True, samesite="lax")


def _page_of(scenario: str) -> str:
    return f"/s/{quote(scenario)}"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _sent(page: Document, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": page.policy, "Cache-Control": "no-store"}
    return HTMLResponse(page.html, headers=headers, status_code=status)

"""The server of the page: documents, files and the live connection; everything else is not there.

Nothing that comes from the web leads to the file system: scenarios and files are asked for by names that are known when
the server begins.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from sim.scenario import ScenarioError
from sim.spec.findings import TextError
from sim.web import overview
from sim.web.agenda import Subject
from sim.web.asked import child_of
from sim.web.client import Client
from sim.web.document import Document, page_folder, preparing, served
from sim.web.guarding import HEADERS, NOTHING, allowed_host, allowed_origin, own_names
from sim.web.overview import look_of
from sim.web.reports import Reports
from sim.web.room import Room
from sim.web.said import sentence_of
from sim.web.static import Files, compressed
from sim.web.worker import RefusedError
from sim.web.workshop.doors import Who
from sim.web.workshop.entrance import Entrance
from sim.words import Text, words

texts = words("web")

MOST_CLIENTS = 200
"""Connections at the same time."""

PATIENCE = 1.0
"""Seconds after which whoever asks for a document is told that it is being prepared."""

_TOO_MANY, _WRONG_PLACE = 1013, 1008
"""Why a connection is refused, as the protocol counts it."""

_ELSEWHERE = 4001
"""Why it is ended at once, as pages know it: whoever asks has not come in, or was in another room."""


def application(
    room: Room,
    lang: str = "en",
    lan: bool = False,
    parents: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
    entrance: Entrance | None = None,
    stories: Mapping[str, Any] | None = None,
    begins: bool = True,
    reports: Reports | None = None,
) -> Starlette:
    """Return what answers requests.

    Parameters
    ----------
    room : Room
        Who is connected, and what works for them.
    lang : str
        The language in which pages begin.
    lan : bool
        Whether others in the network may ask.
    parents : mapping, optional
        How a file names each scenario as its parent; by its name, where nothing is said.
    patience : float
        Seconds after which whoever asks for a document is told that it is being prepared.
    entrance : Entrance, optional
        Where people come into a workshop; without one everybody sees the same.
    stories : mapping, optional
        The story of a scenario by its name, where it has one; see `sim.web.story.told`.
    begins : bool
        Whether it begins with the first scenario; else with the page on which one is chosen.
    reports : Reports, optional
        What makes reports; without it there are none.
    """
    site = Site(room, lang, parents or {}, patience, entrance, stories, reports)
    routes = [
        *(entrance.routes if entrance is not None else ()),
        Route("/", site.document if begins else site.overview, methods=["GET"]),
        Route(overview.PLACE, site.overview, methods=["GET"]),
        Route("/s/{name}", site.document, methods=["GET"]),
        Route("/page/{file:path}", Files(page_folder()).answer, methods=["GET"]),
        Route("/child/{name}", site.child, methods=["GET"]),
        Route("/report/{name}", site.report, methods=["POST"]),
        WebSocketRoute("/live", site.live),
    ]
    names = own_names(lan)
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, names=names)],
        lifespan=_working(room, entrance, reports),
        exception_handlers={404: _nothing, 405: _nothing},
    )


def _working(
    room: Room, entrance: Entrance | None, reports: Reports | None
) -> Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def work(_app: Starlette) -> AsyncIterator[None]:
        room.start()
        if entrance is not None:
            entrance.floor.begin()
        try:
            yield
        finally:
            await room.close()
            if reports is not None:
                await reports.close()

    return work


async def _nothing(_request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{texts.NOT_FOUND.en}\n", status_code=getattr(error, "status_code", 404))


class Guard:
    """Refuses whoever asks for another host or comes from another site, and sends strict headers with everything.

    Parameters
    ----------
    app : callable
        What answers.
    names : set of str
        Names of this machine.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app, self._names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host")
        if scope["type"] == "websocket":
            fine = allowed_host(host, self._names) and allowed_origin(headers.get("origin"), host)
            await (self._app if fine else WebSocketClosed())(scope, receive, send)
            return
        app = self._app if allowed_host(host, self._names) else PlainTextResponse("421\n", status_code=421)
        await app(scope, receive, _with_headers(send))


class WebSocketClosed:
    """Refuses a connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await WebSocket(scope, receive, send).close(_WRONG_PLACE)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in {**HEADERS, "Content-Security-Policy": NOTHING}.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


class Site:
    """What can be asked of the server.

    Parameters
    ----------
    room : Room
        Who is connected, and what works for them.
    lang : str
        The language in which pages begin.
    parents : mapping
        How a file names each scenario as its parent.
    patience : float
        Seconds after which whoever asks for a document is told that it is being prepared.
    entrance : Entrance, optional
        Where people come into a workshop.
    stories : mapping
        The story of a scenario by its name, where it has one.
    reports : Reports, optional
        What makes reports.
    """

    def __init__(
        self,
        room: Room,
        lang: str,
        parents: Mapping[str, str],
        patience: float,
        entrance: Entrance | None = None,
        stories: Mapping[str, Any] | None = None,
        reports: Reports | None = None,
    ) -> None:
        self._room, self._lang, self._parents, self._patience = room, lang, parents, patience
        self._entrance, self._stories, self._reports = entrance, stories or {}, reports
        self._clients = 0

    async def overview(self, request: Request) -> Response:
        """Return the page of all scenarios; guests are where their host is, and choose none."""
        if self._entrance is not None and (elsewhere := self._entrance.elsewhere(request)) is not None:
            return elsewhere
        page = overview.overview_of(self._room.scenarios, overview.look_of(request.query_params, self._lang))
        headers = {"Content-Security-Policy": page.policy, "Cache-Control": "no-store"}
        content, headers = compressed(request, page.html.encode(), headers)
        return HTMLResponse(content, headers=headers)

    async def document(self, request: Request) -> Response:
        """Return the page of a scenario, with what is known of it already."""
        name = request.path_params.get("name", "")
        if self._entrance is not None and (elsewhere := self._entrance.elsewhere(request, name)) is not None:
            return elsewhere
        name = name or next(iter(self._room.scenarios))
        if name not in self._room.scenarios:
            return PlainTextResponse(f"{texts.NOT_FOUND.get(self._lang)}\n", status_code=404)
        try:
            frame = await _within(self._patience, self._room.frame(name))
        except TimeoutError:
            return _page(preparing())
        except RefusedError as refused:
            return _said(refused.sentence, self._lang, 500)
        subject = Subject(name, "")
        week = self._room.known.get("week", subject)
        page = served(
            self._completed(frame, name, self._told(request)),
            lang=self._lang,
            answer=_begun(self._room.known.answer(subject)),
            week=None if week is None else _begun(json.loads(week)),
        )
        headers = {"Content-Security-Policy": page.policy, "Cache-Control": "no-store"}
        content, headers = compressed(request, page.html.encode(), headers)
        if self._entrance is not None:
            self._entrance.lead(request, name)
        return HTMLResponse(content, headers=headers)

    def _told(self, request: Request) -> dict[str, Any] | None:
        return None if self._entrance is None else self._entrance.told(request)

    def _completed(self, frame: dict[str, Any], name: str, room: dict[str, Any] | None) -> dict[str, Any]:
        """Return a frame with what is not of its scenario alone; guests do not leaf through what they bet on."""
        is_guest = room is not None and room["role"] == "guest"
        story = None if is_guest else self._stories.get(name)
        others = None if is_guest or len(self._room.scenarios) == 1 else overview.PLACE
        told = {"others": others, "room": room, "story": story, "report": self._reports is not None and not is_guest}
        return {**frame, "scenario": name, **told}

    async def child(self, request: Request) -> Response:
        """Return what is switched on as a scenario file."""
        if self._entrance is not None and self._entrance.is_barred(request):
            return self._entrance.ask(status=403)
        name = request.path_params["name"]
        if name not in self._room.scenarios:
            return PlainTextResponse(f"{texts.NOT_FOUND.get(self._lang)}\n", status_code=404)
        parent, items = self._parents.get(name, name), request.query_params.get("with", "")
        try:
            text = await asyncio.to_thread(child_of, self._room.scenarios[name], items, parent)
        except (ScenarioError, TextError) as error:
            return _said(sentence_of(error), self._lang, 400)
        return _file(text.encode(), "application/yaml", f"{_plain(name)}_with.yaml")

    async def report(self, request: Request) -> Response:
        """Return the report of what is switched on; guests get none, as it tells what they are to bet on."""
        name, lang = request.path_params["name"], look_of(request.query_params, self._lang).lang
        if (barred := self._barred_from_reports(request, lang)) is not None:
            return barred
        if self._reports is None or name not in self._room.scenarios:
            return _said(texts.NOT_FOUND, lang, 404)
        try:
            subject = self._room.around.subject(name, (request.query_params.get("with", ""),))
            if not subject.key:
                return _said(texts.NO_REPORT, lang, 400)
            html = await self._reports.report(subject, lang, self._parents.get(name, name))
        except (ScenarioError, TextError) as error:
            return _said(sentence_of(error), lang, 400)
        except RefusedError as refused:
            return _said(refused.sentence, lang, 503)
        return _file(html, "text/html", f"{_plain(name)}_report.html")

    def _barred_from_reports(self, request: Request, lang: str) -> Response | None:
        """Return what is answered to whoever may have no reports: other sites, guests, and those who are not in."""
        if not allowed_origin(request.headers.get("origin"), request.headers.get("host")):
            return PlainTextResponse("403\n", status_code=403)
        if self._entrance is None:
            return None
        if self._entrance.is_barred(request):
            return self._entrance.ask(status=403)
        return _said(texts.NO_REPORT_FOR_GUESTS, lang, 403) if self._entrance.who(request).role == "guest" else None

    async def live(self, socket: WebSocket) -> None:
        """Talk to a page until it goes."""
        who = Who() if self._entrance is None else self._entrance.who(socket)
        if self._clients >= MOST_CLIENTS and who.role != "host":
            await socket.close(_TOO_MANY)
            return
        await socket.accept()
        if self._entrance is not None and self._entrance.is_elsewhere(socket):
            await socket.close(_ELSEWHERE)
            return
        self._clients += 1
        client = self._room.join(*who)
        try:
            await _first_to_end(self._listen(socket, client), _tell(socket, client))
        finally:
            self._clients -= 1
            self._room.leave(client)

    async def _listen(self, socket: WebSocket, client: Client) -> None:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            self._room.hear(client, message.get("text") or message.get("bytes") or "")
            await asyncio.sleep(client.pause())  # what comes too fast waits, and so does whoever sends it


async def _tell(socket: WebSocket, client: Client) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError, OSError):  # gone in the middle of a message
        while True:
            await socket.send_text(await client.next())


async def _first_to_end(*both: Any) -> None:
    tasks = [asyncio.ensure_future(one) for one in both]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _within(seconds: float, waited_for: Awaitable[Any]) -> Any:
    """Return what comes of something within some time; it goes on where that does not suffice."""
    task = asyncio.ensure_future(waited_for)
    done, _ = await asyncio.wait({task}, timeout=seconds)
    if not done:
        task.add_done_callback(lambda late: late.cancelled() or late.exception())  # whoever asks again is told
        raise TimeoutError
    return task.result()


def _page(page: Document) -> Response:
    return HTMLResponse(page.html, headers={"Content-Security-Policy": page.policy, "Cache-Control": "no-store"})


def _begun(told: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if told is None else {**told, "asked": []}


def _said(sentence: Text, lang: str, status: int) -> Response:
    return PlainTextResponse(f"{sentence.get(lang)}\n", status_code=status)


def _file(content: bytes, kind: str, name: str) -> Response:
    """Return a file that is kept, and not shown."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=f"{kind}; charset=utf-8", headers=headers)


def _plain(name: str) -> str:
    """Return a name that every system can give to a file."""
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "_" for letter in name)

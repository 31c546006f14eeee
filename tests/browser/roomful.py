"""A room without a server: a host and guests at made-up pages, questions, bets, and results that are known at once."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from sim.web.document import guest, joining, served
from sim.web.workshop import outcome
from sim.web.workshop.events import Question
from tests.browser import madeup
from tests.browser.madeup import both

CODE = "K7M2QX"
HOST = 0
"""The number of whoever is the host; guests count from 1."""

SIZE = range(29)
PATTERN = ["".join("01"[(row * 7 + column * 5 + row * column) % 3 > 0] for column in SIZE) for row in SIZE]
"""What stands in for the code for cameras."""

DIRECTIONS = [
    ("better", "higher", "更高"),
    ("same", "about the same", "差不多"),
    ("worse", "lower", "更低"),
]
"""From up to down, where more is better."""


DIRECTION = {"kind": "direction", "scenario": "made_up", "measure": "on_time_target", "items": ["shared_kpi"]}
SIZE = DIRECTION | {"kind": "size"}
POLL = {
    "kind": "poll",
    "scenario": "made_up",
    "text": "What should we try first?",
    "choices": [{"label": "Shared KPIs"}, {"label": "A stand-up every morning"}, {"label": "Nothing; wait"}],
}
WHICH = {
    "kind": "which",
    "scenario": "made_up",
    "measure": "conflicts_per_100",
    "choices": [{"label": "KPIs", "items": ["shared_kpi"]}, {"label": "RACI", "items": ["raci"]}],
}


@dataclass
class Roomful:
    """What stands in for the server of a room.

    Attributes
    ----------
    address
        Where the files of the page are handed out.
    heard
        Every message of the room, with the number of who said it.
    away
        Whether nobody can reach it.
    deaf
        Whether it hears nothing over the connections that there are.
    sparing
        Whether what is past is not told any more.
    failure
        Why the model has no answer; None where it has.
    """

    address: str
    heard: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    frame: dict[str, Any] = field(default_factory=madeup.frame)
    questions: list[dict[str, Any]] = field(default_factory=list)
    bets: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    sockets: dict[int, Any] = field(default_factory=dict)
    away: bool = False
    more_people: int = 0
    sparing: bool = False
    deaf: bool = False
    failure: dict[str, str] | None = None
    asked: list[list[str]] = field(default_factory=list)

    # documents and connections

    def serve(self, page: Any, person: int) -> None:
        """Stand behind the documents and the connection of a page."""
        role = {"role": "host"} if person == HOST else {"role": "guest", "home": f"/r/{CODE}"}
        page.route(re.compile(rf"^{self.address}(\?.*)?(#.*)?$"), lambda route: _send(route, self._whole(role)))
        page.route(re.compile(rf"^{self.address}r/\w+$"), lambda route: self._door(route))
        page.route_web_socket(re.compile(r"/live(\?as=guest)?$"), lambda socket: self._connect(socket, person))

    def _whole(self, role: dict[str, str]) -> Any:
        return served({**self.frame, "room": role}, "en", madeup.answer([]), madeup.week([]))

    def _door(self, route: Any) -> None:
        fits = route.request.url.endswith(CODE)
        _send(
            route,
            guest(f"/r/{CODE}", "/s/made_up", self.frame["title"]) if fits else joining("wrong"),
            200 if fits else 403,
        )

    def _connect(self, socket: Any, person: int) -> None:
        if self.away:
            socket.close()
            return
        self.sockets[person] = socket
        self.deaf = False
        socket.on_message(lambda text: None if self.deaf else self._hear(person, json.loads(text)))

    def lose(self) -> None:
        """Cut all connections and be away until told otherwise."""
        self.away = True
        for socket in self.sockets.values():
            socket.close()
        self.sockets.clear()

    # what people say

    def _hear(self, person: int, message: dict[str, Any]) -> None:
        if message["do"] == "ask":
            self._answer(person, message)
            return
        self.heard.append((person, message))
        do = getattr(self, f"do_{message['do']}", None)
        refusal = do(person, message) if do else None
        if refusal:
            self._send(person, {"type": "refused", "id": message.get("id"), "sentence": refusal})
        else:
            self.tell()

    def _answer(self, person: int, message: dict[str, Any]) -> None:
        self.asked.append(message["items"])
        told = madeup.answer(message["items"])
        self._send(person, {"type": "answer", "id": message["id"], "answer": told})
        self._send(person, {"type": "week", "id": message["id"], "week": madeup.week(message["items"])})

    def do_bet(self, person: int, message: dict[str, Any]) -> dict[str, str] | None:
        """Take a bet, as long as bets are taken."""
        question = self.of(message["question"])
        if question["state"] != "open":
            return both("The bets on this question are closed.", "本题预测已截止。")
        bet = {key: message[key] for key in ("choice", "value", "why") if key in message}
        self.bets[question["id"]][person] = bet
        return None

    def do_name(self, person: int, message: dict[str, Any]) -> None:
        """Remember a name."""
        self.names[person] = message["name"]

    def do_pose(self, _person: int, message: dict[str, Any]) -> None:
        """Put a question, unless it is that of a page that stands already."""
        wish = message["question"]
        if wish.get("page") and any(one["page"] == wish["page"] for one in self.questions):
            return
        for one in self.questions:
            one["state"] = "closed" if one["state"] == "open" else one["state"]
        self.questions.append(question_of(wish, len(self.questions) + 1))
        self.bets[self.questions[-1]["id"]] = {}

    def do_close(self, _person: int, message: dict[str, Any]) -> None:
        """Close a question."""
        self.of(message["question"])["state"] = "closed"

    def do_reopen(self, _person: int, message: dict[str, Any]) -> None:
        """Take bets again."""
        self.of(message["question"])["state"] = "open"

    def do_reveal(self, _person: int, message: dict[str, Any]) -> None:
        """Reveal what came out."""
        self.of(message["question"])["state"] = "revealed"

    def do_withdraw(self, _person: int, message: dict[str, Any]) -> None:
        """Forget a question."""
        self.questions.remove(self.of(message["question"]))

    def do_note(self, _person: int, message: dict[str, Any]) -> None:
        """Write something down."""
        self.of(message["question"])["notes"][message["field"]] = message["text"]

    def of(self, name: str) -> dict[str, Any]:
        """Return a question by its name."""
        return next(one for one in self.questions if one["id"] == name)

    # what a test has the host do

    def pose(self, wish: dict[str, Any]) -> None:
        """Put a question."""
        self._hear(HOST, {"do": "pose", "question": wish})

    def do(self, what: str) -> None:
        """Close, reveal or withdraw the newest question."""
        self._hear(HOST, {"do": what, "question": self.questions[-1]["id"]})

    def note(self, question: str, field: str, text: str) -> None:
        """Write something down."""
        self._hear(HOST, {"do": "note", "question": question, "field": field, "text": text})

    def add_bets(self, *bets: dict[str, Any]) -> None:
        """Let others bet on the newest question, who have no page."""
        self.bets[self.questions[-1]["id"]] |= {100 + number: bet for number, bet in enumerate(bets)}
        self.more_people = len(bets)
        self.tell()

    # what they are told

    def tell(self) -> None:
        """Tell everybody how the room stands."""
        for person in tuple(self.sockets):
            self._send(person, {"type": "room", "room": self.room(person)})

    def _send(self, person: int, message: dict[str, Any]) -> None:
        self.sockets[person].send(json.dumps(message))

    def room(self, person: int) -> dict[str, Any]:
        """Return how the room stands for somebody."""
        newest = self.questions[-1] if self.questions else None
        told = {
            "role": "host" if person == HOST else "guest",
            "people": sum(one != HOST for one in self.sockets) + self.more_people,
            "question": newest and self._shown(newest, person),
        }
        if person != HOST:
            bet = self.bets[newest["id"]].get(person) if newest else None
            mine = bet and {"choice": None, "value": None, "why": "", **bet}
            return {**told, "mine": mine, "name": self.names.get(person, "")}
        place = {"url": f"http://192.168.1.5:8765/r/{CODE}", "short": "192.168.1.5:8765", "qr": PATTERN}
        names = [name for name in self.names.values() if name]
        past = [self._shown(one, person) for one in self.questions[:-1]]
        log = "/home/li/deptsim/workshop_2026-11-26.jsonl"
        more = {} if self.sparing else {"past": past}
        return {**told, "code": CODE, "addresses": [place], "names": names, "log": log, **more}

    def _shown(self, question: dict[str, Any], person: int) -> dict[str, Any]:
        bets = self.bets[question["id"]]
        open_notes = question["notes"] if question["state"] == "revealed" else {}
        notes = question["notes"] if person == HOST else {k: v for k, v in open_notes.items() if k != "hypothesis"}
        shown = self._revealed(question, bets) if question["state"] == "revealed" else None
        return {**question, "bets": len(bets), "notes": notes, "shown": shown}

    def _revealed(self, question: dict[str, Any], bets: dict[int, dict[str, Any]]) -> dict[str, Any]:
        values = sorted(bet["value"] for bet in bets.values() if "value" in bet)
        choices = [bet.get("choice") for bet in bets.values()]
        result = None if self.failure else result_of(question)
        return {
            "counts": {one["id"]: choices.count(one["id"]) for one in question["choices"]},
            "values": [[value, values.count(value)] for value in sorted(set(values))],
            "median": median(values) if values else None,
            "reasons": [
                {"name": self.names.get(person, ""), "choice": None, "value": None, **bet}
                for person, bet in bets.items()
                if bet.get("why")
            ],
            "result": result,
            "failure": self.failure,
            "hits": _hits(question, result, bets.values()),
        }


def _hits(question: dict[str, Any], result: dict[str, Any] | None, bets: Iterable[dict[str, Any]]) -> int | None:
    if result is None:
        return None
    if question["kind"] == "size":
        return sum(abs(one["value"] - result["then"]) <= result["within"] for one in bets)
    return sum(one["choice"] in result["right"] for one in bets)


def _send(route: Any, found: Any, status: int = 200) -> None:
    headers = {"content-security-policy": found.policy}
    route.fulfill(body=found.html, content_type="text/html", headers=headers, status=status)


def question_of(wish: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a question as it is told, from how it was posed."""
    measure = next((one for one in madeup.MEASURES if one["id"] == wish.get("measure")), None)
    items = wish.get("items", [])
    label = both(" + ".join(items) or "now", " + ".join(items) or "现状")
    text = wish.get("text") or both(
        f"What does {label['en']} do to {measure['label']['en'] if measure else ''}?", f"“{label['zh']}”会怎样？"
    )
    now = madeup.NOW[measure["id"]] if measure else None
    return {
        "id": f"q{number}",
        "number": number,
        "kind": wish["kind"],
        "scenario": wish["scenario"],
        "text": both(text) if isinstance(text, str) else text,
        "measure": measure,
        "items": items,
        "label": label,
        "choices": _choices(wish),
        "scale": {"low": 50, "high": 100, "step": 0.5} if wish["kind"] == "size" else None,
        "now": now,
        "state": "open",
        "page": wish.get("page"),
        "notes": {"hypothesis": wish.get("hypothesis", ""), "finding": "", "decision": ""},
    }


def _choices(wish: dict[str, Any]) -> list[dict[str, Any]]:
    if wish["kind"] == "direction":
        return [{"id": name, "label": both(en, zh), "items": []} for name, en, zh in _directions(wish)]
    return [
        {"id": "abcdefgh"[place], "label": both(one["label"]) if isinstance(one["label"], str) else one["label"]}
        | {"items": one.get("items", [])}
        for place, one in enumerate(wish.get("choices", []))
    ]


def _directions(wish: dict[str, Any]) -> list[tuple[str, str, str]]:
    better = next(one["better"] for one in madeup.MEASURES if one["id"] == wish["measure"])
    if better == "higher":
        return DIRECTIONS
    return [(name, *told[1:]) for name, told in zip(("worse", "same", "better"), DIRECTIONS, strict=True)]


def result_of(question: dict[str, Any]) -> dict[str, Any] | None:
    """Return what came out of a question, as a room says it of the made-up answers; nothing of a poll."""
    asked = Question.model_validate({name: question[name] for name in Question.model_fields if name in question})
    run = {"n": 200, "wanted": 200, "state": "final"}
    answers = {name: {**madeup.answer(list(items)), **run} for name, items in outcome.tried(asked).items()}
    found = outcome.result_of(asked, answers)
    return None if found is None else found.model_dump()

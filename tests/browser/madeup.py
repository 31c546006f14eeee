"""A page without a server: a made-up frame, made-up answers, and whatever a test wants to happen to them."""

import json
import mimetypes
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from sim.web.document import page_folder, served
from sim.web.fonts import shipped
from sim.web.frame import words_of
from sim.words import LANGUAGES


class Files(BaseHTTPRequestHandler):
    """Hands out what the page consists of."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file of the page, or a font."""
        name = self.path.removeprefix("/page/")
        file = page_folder() / name
        found = file.read_bytes() if file.is_file() else shipped(name.removeprefix("fonts/"))
        self.send_response(404 if found is None else 200)
        self.send_header("Content-Type", mimetypes.guess_type(name)[0] or "font/otf")
        self.send_header("Content-Length", str(len(found or b"")))
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def hash_of(page: Any) -> str:
    """Return what stands behind the # of the address, once what changed is on the screen."""
    told: str = page.evaluate(
        "() => new Promise(tell => requestAnimationFrame(() => setTimeout(() => tell(location.hash))))"
    )
    return told


@contextmanager
def files() -> Iterator[str]:
    """Hand out what the page consists of; gives the address under which it is."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def both(en: str, zh: str | None = None) -> dict[str, str]:
    """Return a text in both languages."""
    return {"en": en, "zh": zh or en}


def intervention(kind: str, label: dict[str, str], **more: Any) -> dict[str, Any]:
    """Return an entry of the catalogue."""
    known = {"grade": 1, "evidence": both("survey", "问卷调查"), "finding": None}
    usual = {"hours": 5, "money": 250, "spent": 0, "once": 0, **known}
    plain = {"summary": both(f"What {kind} is.", f"{kind} 是什么。"), "doses": [], "presets": [], "refused": None}
    return {"kind": kind, "label": label, **usual, **plain, **more}


def dose(name: str, high: float, usual: float) -> dict[str, Any]:
    """Return a dose that begins at 0."""
    label = both(f"How much {name}", "力度")
    return {"name": name, "label": label, "unit": both(""), "low": 0, "high": high, "step": high / 20, "usual": usual}


def measure(name: str, label: dict[str, str], unit: dict[str, str], better: str, digits: int = 0) -> dict[str, Any]:
    """Return one of the big numbers."""
    return {"id": name, "label": label, "unit": unit, "delta_unit": unit, "better": better, "digits": digits}


FINDING = both("group goals d = 0.56", "群体目标 d = 0.56")
NOT_HERE = both("nobody deals with anybody.", "没有部门之间的协作。")


def shipped_bundles() -> list[dict[str, Any]]:
    """Return bundles that come with the product: one sets a figure and a preset, one cannot be had."""
    about = both("For whom it is.", "适合谁。")
    items = ["raci", "rotation:preset=week", "departments.sales.staff=6"]
    named = {"name": "all_three", "label": both("All three", "三项并用"), "items": items, "about": about}
    why = both("nobody manages", "没有管理层")
    other = {"name": "nothing", "label": both("Nothing", "做不到"), "items": ["raci", "alone"], "about": about}
    return [{**named, "refused": None}, {**other, "refused": why}]


def catalogue() -> list[dict[str, Any]]:
    """Return interventions of two families; one cannot be had."""
    goals = [intervention("shared_kpi", both("Shared KPIs", "共同 KPI"), grade=3, finding=FINDING)]
    roles = [
        intervention("raci", both("RACI matrix", "RACI 矩阵"), doses=[dose("clarity", 1, 0.6), dose("upkeep", 60, 30)]),
        intervention("escalation_path", both("Escalation path", "问题升级机制"), refused=NOT_HERE),
        intervention("rotation", both("Rotation", "轮岗"), presets=[{"name": "week", "label": both("A week", "一周")}]),
        intervention("board", both("Shared task board", "共享任务看板"), hours=0, spent=900, once=32000),
    ]
    return [
        {"family": "goals", "label": both("Goals", "目标"), "interventions": goals},
        {"family": "roles", "label": both("Roles", "职责"), "interventions": roles},
    ]


MEASURES = [
    measure("on_time_target", both("on time", "准时率"), both("%"), "higher"),
    measure("lead_time_mean", both("lead time", "端到端周期"), both("days", "天"), "lower", 1),
    measure("conflicts_per_100", both("conflicts", "冲突"), both("per 100 cases", "次/百件"), "lower"),
    measure("coordination_hours", both("coordination", "协调工时"), both("h per week", "工时/周"), "lower"),
]


def frame() -> dict[str, Any]:
    """Return what is the same for all answers."""
    departments = [("sales", "Sales", "销售部", 0.2), ("production", "Production", "生产部", 0.8)]
    parts = ["touch", "tax", "queue", "handover", "external", "closed", "answer", "ping_pong", "rework", "conflict"]
    return {
        "v": 1,
        "scenario": "made_up",
        "others": "/scenarios",
        "title": both("A made-up firm", "虚构的企业"),
        "people": 41,
        "played": {"number": 6, "week": 26, "index": 25},
        "weeks": {"horizon": 50, "warmup": 10},
        "hours": {"digits": 0, "worth": 0.5, "said": both("half an hour", "半小时")},
        "calendar": [[[8, 12], [13, 17]]] * 5 + [[], []],
        "departments": [
            {"id": name, "label": both(en, zh), "parent": None, "staff": 4, "x": x, "y": 0.5}
            for name, en, zh, x in departments
        ],
        "lines": [[0, 1, 20.0]],
        "kinds": ["work", "consult", "approve", "inform", "triage", "rework", "negotiate", "mediate"],
        "parts": parts,
        "processes": [{"id": "order", "label": both("Order", "订单")}],
        "measures": MEASURES,
        "series": [{"id": "on_time_target", "label": both("on time", "准时率"), "unit": both("%"), "digits": 0}],
        "switches": ["shared_kpi", "raci", "rotation"],
        "catalogue": catalogue(),
        "bundles": [{"label": both("Both roots", "两项并用"), "items": ["shared_kpi", "raci"]}, *shipped_bundles()],
        "figures": [
            {
                "place": "departments.sales.staff",
                "label": both("People: Sales", "人数：销售部"),
                "unit": both("people", "人"),
                "low": 1,
                "high": 8,
                "step": 1,
                "here": 4,
            }
        ],
        "words": {lang: words_of(lang) for lang in LANGUAGES},
        "manifest": {"scenario": "abc", "version": "0", "kernel": "k", "seed": 1},
    }


NOW = {"on_time_target": 79.6, "lead_time_mean": 19.1, "conflicts_per_100": 35.1, "coordination_hours": 121.3}
CHANGES = {
    "shared_kpi": {"on_time_target": 5.2, "lead_time_mean": -0.8, "conflicts_per_100": -7.4, "coordination_hours": 3.1},
    "raci": {"on_time_target": -0.3, "lead_time_mean": 0.3, "conflicts_per_100": 0.8, "coordination_hours": 13.0},
}
OTHER = {"on_time_target": 2.0, "lead_time_mean": -2.0, "conflicts_per_100": -2.0, "coordination_hours": 5.0}
WHY = [["answer", -36.2], ["conflict", -16.1], ["queue", 0.8]]


def answer(items: list[str], n: int = 200, wanted: int = 200, sure: bool = False) -> dict[str, Any]:
    """Return an answer: what items change adds up; the interval narrows with the runs."""
    by_week = [[80] * 60, [75] * 60, [85] * 60]
    return {
        "asked": items,
        "key": "+".join(items),
        "label": both(" + ".join(items) or "Now", " + ".join(items) or "现状"),
        "n": n,
        "wanted": wanted,
        "state": "final" if n == wanted else "growing",
        "cost": {"hours": 5.0 * len(items), "money": 250.0 * len(items), "once": 0, "departments": []},
        "measures": {one["id"]: _measured(items, one, n) for one in MEASURES},
        "why": WHY if items else [],
        "ledger": {"now": [10.0] * 10, "then": [9.0] * 10 if items else None},
        "load": {"now": [80, 60], "then": [78, 61] if items else None},
        "trust": [[0, 1, 30, 20, 60]],
        "weeks": {"series": {"on_time_target": {"now": by_week, "then": by_week if items else None}}},
        "sure": {"points": 60, "measures": _ranges(items), "sentences": [], "deciders": []} if sure else None,
    }


def change(items: list[str], name: str) -> float:
    """Return by how much items change a measure."""
    return sum(CHANGES.get(item.partition(":")[0], OTHER)[name] for item in items)


def _measured(items: list[str], one: dict[str, Any], n: int) -> dict[str, Any]:
    now = NOW[one["id"]]
    around = {"now": now, "now_range": [now - 3, now + 3], "then_range": None}
    if not items:
        return around | dict.fromkeys(("then", "diff", "low", "high", "verdict", "better"))
    diff, half = change(items, one["id"]), 4 / n**0.5
    good = diff > 0 if one["better"] == "higher" else diff < 0
    verdict = "unclear" if abs(diff) < 0.4 else "better" if good else "worse"
    told = {"then": now + diff, "diff": diff, "low": diff - half, "high": diff + half}
    return around | told | {"verdict": verdict, "better": [n if good else 0, n]}


def _ranges(items: list[str]) -> dict[str, Any]:
    return {
        name: {"low": d - 6, "middle": d, "high": d + 4, "better_in": 40, "worse_in": 20}
        for name, d in ((name, change(items, name)) for name in NOW)
    }


def week(items: list[str]) -> dict[str, Any]:
    """Return a week in which nothing happens."""
    still = {"moves": [], "frozen": [], "cases": {}, "busy": [[0] * 168] * 2}
    return {"asked": items, "key": "+".join(items), "number": 6, "trust": [[0, 1, 30, 30, 31, 31, 32]], **still}


@dataclass
class Server:
    """What stands in for the server: it answers at once, unless a test has it wait, refuse, grow, or be away.

    Attributes
    ----------
    address
        Where the files of the page are handed out.
    asked
        Every message of the page, in their order.
    answers
        What comes for some items, one after another; None where the test answers by itself.
    """

    address: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    answers: Callable[[list[str]], list[dict[str, Any]]] | None = lambda items: [answer(items)]
    away: bool = False
    frame: dict[str, Any] = field(default_factory=frame)
    sockets: list[Any] = field(default_factory=list)
    lang: str = "en"

    def serve(self, page: Any) -> None:
        """Stand behind the documents and the connection of a page."""
        page.route(re.compile(rf"^{self.address}(s/\w+)?(#.*)?$"), self._document)
        page.route_web_socket(re.compile("/live$"), self._connect)

    def send(self, message: dict[str, Any]) -> None:
        """Send a message to the page as it stands."""
        self.sockets[-1].send(json.dumps(message))

    def answer_last(self, *answers: dict[str, Any]) -> None:
        """Answer what was asked last."""
        for one in answers:
            self.send({"type": "answer", "id": self.asked[-1]["id"], "answer": one})

    def lose(self) -> None:
        """Cut the connection and be away until told otherwise."""
        self.away = True
        for socket in self.sockets:
            socket.close()

    def _document(self, route: Any) -> None:
        found = served(self.frame, self.lang, answer([]), week([]))
        route.fulfill(body=found.html, content_type="text/html", headers={"content-security-policy": found.policy})

    def _connect(self, socket: Any) -> None:
        if self.away:
            socket.close()
            return
        self.sockets.append(socket)
        socket.on_message(self._hear)

    def _hear(self, text: str) -> None:
        message = json.loads(text)
        self.asked.append(message)
        if message["do"] != "ask" or self.answers is None:
            return
        for one in self.answers(message["items"]):
            self.send({"type": "answer", "id": message["id"], "answer": one})
        self.send({"type": "week", "id": message["id"], "week": week(message["items"])})

"""The server: documents, files and the live connection for those who may ask, and nothing for anybody else."""

import contextlib
import json
import re
import socket
import time

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from sim.scenario import load, loads
from sim.web import guarding, running, server
from sim.web.document import AGAIN
from sim.web.guarding import allowed_host, allowed_origin
from sim.web.static import TYPES
from sim.words import words
from tests.worlds.fakes import small_scenario
from tests.worlds.page import SWITCHES, a_room, ask, held_back, served


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The address of a server that computes at once."""
    scenarios = {
        "small": small_scenario(),
        "other": small_scenario(name="other"),
        "order_delivery": load("order_delivery"),
    }
    with served(
        server.application(a_room(tmp_path_factory.mktemp("cache"), scenarios=scenarios), patience=60.0)
    ) as address:
        yield address


@contextlib.contextmanager
def live(address, **options):
    """Connect as a page does."""
    with connect(f"ws://{address}/live", compression="deflate", **options) as socket:
        yield Live(socket)


class Live:
    """One connection."""

    def __init__(self, socket):
        self.socket = socket

    def say(self, **message):
        """Say something about the small scenario."""
        self.socket.send(json.dumps({"scenario": "small", **message}))

    def hear(self):
        """Return the next message."""
        return json.loads(self.socket.recv(timeout=60))

    def until(self, right):
        """Return messages until one is right."""
        found = [self.hear()]
        while not right(found[-1]):
            found.append(self.hear())
        return found


def is_final(message):
    """Tell whether it is an answer that does not change any more."""
    return message["type"] == "answer" and message["answer"]["state"] == "final"


def is_week(message):
    """Tell whether it is a week."""
    return message["type"] == "week"


def shown(text, name):
    """Return the data of a document by the id of its script."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.DOTALL)
    return found and json.loads(found[1])


def test_the_document_has_the_frame_in_it(page):
    """And the way to what else is offered; text in it is inert."""
    for path, name in (("/", "small"), ("/s/small", "small"), ("/s/other", "other")):
        answer = ask(page, path)
        assert answer.status == 200
        frame = shown(answer.text, "frame")
        assert (frame["scenario"], frame["switches"]) == (name, list(SWITCHES))
        assert frame["others"] == "/scenarios"
        assert "<b>" not in answer.text


def test_who_comes_too_early_is_told_so_and_looks_again(tmp_path, monkeypatch):
    """In both languages, and the document is there once the frame is made."""
    room = a_room(tmp_path, scenarios={"small": small_scenario()})
    made = held_back(room, monkeypatch)
    with served(server.application(room, patience=0.2)) as address:
        early = ask(address, "/")
        assert early.status == 200
        assert f"<script>{AGAIN}</script>" in early.text
        assert all(words("web").PREPARING.get(lang) in early.text for lang in ("en", "zh"))
        assert early.headers["content-security-policy"].startswith("default-src 'none'")
        made.set()
        while not shown(ask(address, "/").text, "frame"):
            pass


def test_the_document_has_the_baseline_once_it_is_known(page):
    """So that the first look needs nothing more."""
    with live(page) as ann:
        ann.say(do="ask", items=[], id=1)
        ann.until(is_week)
    text = ask(page, "/").text
    assert shown(text, "answer")["key"] == ""
    assert shown(text, "answer")["asked"] == []
    assert shown(text, "week")["number"] == 7


def test_headers_are_strict(page):
    """Of everything, found or not; documents are not kept, and their policy allows nothing from elsewhere."""
    for path in ("/", "/scenarios", "/page/base.css", "/nothing", "/child/small?with=rcai"):
        headers = ask(page, path).headers
        for name, value in guarding.HEADERS.items():
            assert headers[name.lower()] == value
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        for word in ("unsafe", "http:", "https:", "*"):
            assert word not in policy
        assert "frame-ancestors 'none'" in policy
        assert "server" not in headers
    assert ask(page, "/").headers["cache-control"] == "no-store"


def test_every_file_is_served_and_not_twice(page):
    """With its type and a tag; who has it already is told so in a word."""
    names = server.Files(server.page_folder()).names
    assert {"base.css", "app.js"} <= names
    assert "index.html" not in names
    for name in names:
        answer = ask(page, f"/page/{name}")
        assert answer.status == 200
        assert answer.headers["content-type"] == TYPES[name[name.rfind(".") :]]
        again = ask(page, f"/page/{name}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status, again.content) == (304, b"")


def test_what_is_large_is_compressed(page):
    """Where the client takes it."""
    assert ask(page, "/", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in ask(page, "/", headers={"Accept-Encoding": "identity"}).headers


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/s/unknown",
        "/s/..%2f..%2fetc%2fpasswd",
        "/s/trust_trap",
        "/s/small/..",
        "/page/",
        "/page/index.html",
        "/page/../server.py",
        "/page/../../../../../../etc/passwd",
        "/page/%2e%2e/server.py",
        "/page/..%2fserver.py",
        "/page//etc/passwd",
        "/page/%2fetc%2fpasswd",
        "/page/app.js%00",
        "/child/../small",
        "/child/%2fetc%2fpasswd",
        "/child/trust_trap",
        "/live",
        "/docs",
        "/openapi.json",
        "//etc/passwd",
        "/s/" + "x" * 10_000,
    ],
)
def test_nothing_else_is_there(page, path):
    """No path leads to the file system."""
    answer = ask(page, path)
    assert answer.status == 404
    assert len(answer.content) < 100


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(page, method):
    """There is nothing to send to."""
    assert ask(page, "/", method, content=b"x" * 100_000).status == 405


HOSTS = ["evil.example", "127.0.0.1.evil.example:8765", "localhost.evil.example", "", "::1]", "[::1", "1.2.3"]


@pytest.mark.parametrize("host", HOSTS)
def test_other_hosts_are_refused(page, host):
    """A name that somebody made lead here (DNS rebinding) opens nothing."""
    assert ask(page, "/", headers={"Host": host}).status == 421


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9", "file://", "https://localhost"]
)
def test_other_sites_cannot_connect(page, origin):
    """Only pages of this server talk to it."""
    with pytest.raises(InvalidStatus) as refused, live(page, origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_a_page_of_this_server_can_connect(page):
    """And is answered compressed where it says so."""
    with live(page, origin=f"http://{page}") as ann:
        ann.say(do="ask", items=["raci"], id=1)
        assert ann.hear()["id"] == 1
        assert "permessage-deflate" in ann.socket.response.headers["Sec-WebSocket-Extensions"]


@pytest.mark.parametrize(
    ("host", "names", "allowed"),
    [
        ("127.0.0.1:8765", (), True),
        ("[::1]:8765", (), True),
        ("192.168.1.7:80", (), True),
        ("localhost:8765", ("localhost",), True),
        ("LOCALHOST", ("localhost",), True),
        ("laptop.local:8765", ("laptop.local",), True),
        ("laptop.local:8765", ("localhost",), False),
        (None, ("localhost",), False),
        ("1.2.3.4.evil.example", ("localhost",), False),
    ],
)
def test_a_host_is_an_address_or_a_name_of_this_machine(host, names, allowed):
    """No trick gives an address."""
    assert allowed_host(host, names) is allowed


def test_an_origin_is_this_server_or_none():
    """The port counts, too."""
    assert allowed_origin(None, "localhost:1")
    assert allowed_origin("http://localhost:1", "localhost:1")
    assert allowed_origin("https://room.example", "room.example")
    assert not allowed_origin("http://localhost:2", "localhost:1")


def test_a_child_is_a_scenario_that_can_be_read(page):
    """What is switched on, as a file that has the scenario for its parent."""
    answer = ask(page, "/child/order_delivery?with=raci:clarity=0.7%2Bdepartments.production.staff=15")
    assert answer.status == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="order_delivery_with.yaml"'
    child = loads(answer.text)
    assert [one.kind for bundle in child.compare for one in bundle.with_] == ["raci"]
    assert child.departments["production"].staff == 15


@pytest.mark.parametrize("wrong", ["rcai", "name=x", "departments.production.staff=1e99", "x" * 10_000, "%00", "%ff"])
def test_a_child_that_cannot_be_is_one_sentence(page, wrong):
    """Nothing that is asked makes a server fail."""
    answer = ask(page, f"/child/order_delivery?with={wrong}")
    assert answer.status == 400
    assert len(answer.text.splitlines()) == 1


def test_thirty_connections_at_once(page):
    """Everybody is told what was asked; whoever says nonsense harms nobody."""
    with contextlib.ExitStack() as opened:
        clients = [opened.enter_context(live(page)) for _ in range(30)]
        for number, client in enumerate(clients):
            client.socket.send("nonsense")
            client.say(do="ask", items=SWITCHES[: number % 4], id=number)
        for number, client in enumerate(clients):
            found = client.until(is_final)
            assert found[0]["type"] == "refused"
            assert {one["id"] for one in found[1:]} == {number}


def test_too_many_connections_are_refused(page, monkeypatch):
    """Those who are there stay, and a place that is free again is taken."""
    monkeypatch.setattr(server, "MOST_CLIENTS", 1)
    with live(page) as first:
        first.say(do="ask", items=[], id=1)
        assert first.hear()["id"] == 1
        with pytest.raises(InvalidStatus), live(page):
            pass
        first.say(do="ask", items=[], id=2)
        assert first.until(lambda one: one["id"] == 2)
    for _ in range(600):  # until the server has noticed that the first has left
        with contextlib.suppress(InvalidStatus), live(page) as again:
            again.socket.send("[]")
            assert again.hear()["type"] == "refused"
            return
        time.sleep(0.01)
    raise AssertionError("no place became free")


def test_a_message_that_is_too_long_ends_the_connection(page):
    """Before anybody looks into it; others go on."""
    with live(page) as ann, live(page) as bob:
        ann.say(do="ask", items=["x" * 100_000], id=1)
        with pytest.raises(ConnectionClosed) as closed:
            ann.hear()
        assert closed.value.rcvd.code == 1009
        bob.say(do="ask", items=[], id=1)
        assert bob.hear()["type"] == "answer"


def test_what_is_told_leaves_at_once():
    """A week that follows an answer does not wait until the client has confirmed that."""
    with running.open_port(0, lan=False) as listening:
        assert listening.proto == socket.IPPROTO_TCP  # what asyncio looks at before it switches waiting off

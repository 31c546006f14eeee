"""The doors of a workshop: who comes in as what, what only the host gets, and what is left in the end."""

import csv
import io
import json
import re
from contextlib import closing
from http.cookies import SimpleCookie

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from sim.web import server
from sim.web.reports import Reports
from sim.web.workshop.debrief import debrief
from sim.web.workshop.doors import AT_ONCE, EVERY, LETTERS, MOST_ADDRESSES, Attempts, Doors, new_keys, typed
from sim.web.workshop.events import Named, Noted, Posed, Turned
from sim.web.workshop.journal import JournalError
from sim.web.workshop.opening import Keeping, open_workshop
from sim.web.workshop.record import COLUMNS, record_of, table_of
from tests.worlds.betting import CHOICES, a_workshop, at, bet, both, question, result
from tests.worlds.fakes import small_scenario
from tests.worlds.page import Here, a_room, ask, served

HOSTILE = "<script>alert(1)</script>\"&'</bdi>"


class Place:
    """A server with a workshop, and what is known of it."""

    def __init__(self, address, opened):
        self.address, self.entrance, self.said = address, opened.entrance, opened.said
        self.doors = opened.entrance.doors

    def ask(self, path, cookies="", **options):
        """Ask for something as a browser with these cookies."""
        return ask(self.address, path, headers={"Cookie": cookies} if cookies else {}, **options)

    def cookies(self, path):
        """Return the cookies that come with an answer, as they are sent back."""
        answer = self.ask(path)
        return "; ".join(f"{name}={one.value}" for name, one in SimpleCookie(answer.headers["set-cookie"]).items())

    @property
    def host(self):
        """The cookies of the host."""
        return self.cookies(f"/host?key={self.doors.key}")

    def guest(self):
        """Return the cookies of another guest."""
        # two cookies come in two headers of one name, of which the tests' client keeps the last
        return f"{self.doors.cookies['room']}={self.doors.code}; {self.doors.cookies['person']}=person"


def placed(folder, lan=True, scenarios=None, **options):
    """Return a server's application with a workshop."""
    room = a_room(folder / "cache", scenarios=scenarios)
    opened = open_workshop(room, ["192.168.1.5"], 8765, lan, Keeping(options.get("log", folder / "log.jsonl")), "en")
    reports = Reports(room.known, Here(room.scenarios))
    return opened, server.application(room, lan=lan, entrance=opened.entrance, patience=60.0, reports=reports)


def opened_once(folder, **options):
    """Open a workshop and leave it at once."""
    opened, _ = placed(folder, **options)
    opened.entrance.floor.journal.close()
    return opened


@pytest.fixture
def place(tmp_path):
    """A server that is open to the network."""
    opened, app = placed(tmp_path)
    with closing(opened.entrance.floor.journal), served(app) as address:
        yield Place(address, opened)


def shown(text, name):
    """Return the data of a document by the id of its script."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', text, re.DOTALL)
    return found and json.loads(found[1])


def test_without_a_key_there_is_only_the_entrance(place):
    """Neither pages nor answers nor what is left; the files of the page tell nothing of anybody."""
    for path in ("/", "/s/small"):
        assert shown(place.ask(path).text, "frame")["why"] == ""
    assert place.ask("/child/small?with=raci").status == 403
    for ending in ("", ".csv", ".json"):
        assert place.ask(f"/debrief{ending}").status == 403
    for path in ("/live", "/live?as=guest"):
        with connect(f"ws://{place.address}{path}") as socket, pytest.raises(ConnectionClosed) as ended:
            socket.recv(timeout=60)
        assert ended.value.rcvd.code == 4001
    assert place.ask("/page/app.js").status == 200


def test_reports_are_for_hosts(place):
    """Guests would be told what they are to bet on, and whoever is not in is asked for the code."""
    path = "/report/small?with=raci"
    assert place.ask(path, method="POST").status == 403
    told = place.ask(path, place.guest(), method="POST")
    assert (told.status, told.text) == (403, "Only the host can have a report.\n")
    assert place.ask(path, place.host, method="POST").text == "<p>raci, 20, en, small</p>"
    for who, offered in ((place.host, True), (place.guest(), False)):
        assert shown(place.ask("/s/small", who).text, "frame")["report"] is offered


def test_the_key_makes_a_host_and_the_code_a_guest(place):
    """Each is told so; no script can read the cookies, and no other site send them."""
    answer = place.ask(f"/host?key={place.doors.key}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=lax"} <= set(answer.headers["set-cookie"].split("; "))
    assert shown(place.ask("/", place.host).text, "frame")["room"] == {"role": "host"}
    home = f"/r/{place.doors.code}"
    joined = place.ask(home)
    assert shown(joined.text, "frame")["room"] == {"role": "guest", "home": home, "page": "/s/small"}
    assert "HttpOnly" in joined.headers["set-cookie"]
    assert shown(place.ask("/s/small", place.guest()).text, "frame")["room"] == {"role": "guest", "home": home}
    back = place.ask("/", place.guest())  # the address on the wall leads back to the question
    assert (back.status, back.headers["location"]) == (303, home)
    assert place.ask("/debrief", place.guest()).status == 403
    assert place.doors.key not in place.ask("/s/small", place.guest()).text + joined.text


@pytest.mark.parametrize(
    "write", [str.lower, lambda code: f" {code[:3]} {code[3:]}", lambda code: f"{code[:3]}-{code[3:]}"]
)
def test_a_code_is_typed_as_people_type(place, write):
    """In small letters and with blanks."""
    assert place.ask("/r/" + write(place.doors.code).replace(" ", "%20")).status == 200


def test_wrong_keys_and_codes_open_nothing_and_cannot_be_tried_at_will(place):
    """After a few the right one does not open either, until some time has passed."""
    for n in range(AT_ONCE):
        path = "/r/AAAAAA" if n % 2 else "/host?key=wrong"
        assert place.ask(path).status == 403
    assert shown(place.ask(f"/r/{place.doors.code}").text, "frame")["why"] == "often"
    assert place.ask(f"/host?key={place.doors.key}").status == 429


@pytest.mark.parametrize("cookie", ["", "x", "é", "A" * 5_000, '"'])
def test_wrong_cookies_are_none(place, cookie):
    """Whatever stands in them."""
    for name in ("host", "room"):
        answer = ask(place.address, "/", headers={"Cookie": f"{place.doors.cookies[name]}={cookie}".encode("latin-1")})
        assert shown(answer.text, "frame")["why"] == ""


def test_a_host_may_be_a_guest_in_the_same_browser(place):
    """To try it alone: the page of guests says which of the two it is."""
    cookies = f"{place.host}; {place.guest()}"
    for path, role in (("/live", "host"), ("/live?as=guest", "guest")):
        with connect(f"ws://{place.address}{path}", additional_headers={"Cookie": cookies}) as socket:
            socket.send(json.dumps({"do": "room"}))
            assert json.loads(socket.recv(timeout=60))["room"]["role"] == role


def test_only_on_this_machine_everybody_sees_the_page(tmp_path):
    """But leads nothing."""
    opened, app = placed(tmp_path, lan=False)
    with closing(opened.entrance.floor.journal), served(app) as address:
        place = Place(address, opened)
        assert shown(place.ask("/").text, "frame")["room"] is None
        assert place.ask("/debrief").status == 403
        with connect(f"ws://{address}/live") as socket:
            socket.send(json.dumps({"do": "pose", "question": {}}))
            assert "host" in json.loads(socket.recv(timeout=60))["sentence"]["en"]


def test_guests_are_where_their_host_is(tmp_path):
    """They choose no organization, but follow to the one that the host opens; also after the server began again."""
    scenarios = {name: small_scenario(name=name, title=name.title()) for name in ("small", "other")}
    opened, app = placed(tmp_path, scenarios=scenarios)
    with closing(opened.entrance.floor.journal), served(app) as address:
        place = Place(address, opened)
        guest, home = place.guest(), f"/r/{place.doors.code}"
        assert place.ask("/scenarios").status == 200
        assert "Small" not in place.ask("/scenarios").text
        assert place.ask("/scenarios", place.host).text.count('class="card"') == 2
        assert shown(place.ask("/s/small", place.host).text, "frame")["others"] == "/scenarios"
        assert shown(place.ask("/s/small", guest).text, "frame")["others"] is None
        for path, led_to in (("/scenarios", home), ("/s/other", "/s/small"), ("/s/nothing", "/s/small")):
            assert (place.ask(path, guest).status, place.ask(path, guest).headers["location"]) == (303, led_to)
        place.ask("/s/other", place.host)
        assert place.ask("/s/small", guest).headers["location"] == "/s/other"
        with connect(f"ws://{address}/live", additional_headers={"Cookie": guest}) as socket:
            socket.send(json.dumps({"do": "room"}))
            assert json.loads(socket.recv(timeout=60))["room"]["title"]["en"] == "Other"
        opened.entrance.floor.journal.add(Posed(question=question(scenario="other")))
    again, _ = placed(tmp_path, scenarios=scenarios)
    with closing(again.entrance.floor.journal):
        assert again.entrance.floor.led == "other"


def test_what_is_left_is_for_the_host(place):
    """As a page, a table and data, in both languages; no key is in it."""
    for lang, word in (("en", "Debrief"), ("zh", "小结")):
        page = place.ask(f"/debrief?lang={lang}", place.host)
        assert (page.status, word in page.text) == (200, True)
        assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    data = place.ask("/debrief.json", place.host)
    assert (json.loads(data.text)["questions"], "attachment" in data.headers["content-disposition"]) == ([], True)
    assert place.ask("/debrief.csv", place.host).text.lstrip("\ufeff").startswith("question,")
    for path in ("/debrief", "/debrief.csv", "/debrief.json"):
        assert place.doors.key not in place.ask(path, place.host).text


def test_a_workshop_goes_on_after_the_server_ended(tmp_path):
    """With its keys, so that phones that were in are in again; told to whoever starts it."""
    first, again = (opened_once(tmp_path) for _ in range(2))
    assert (again.entrance.doors.code, again.entrance.doors.key) == (
        first.entrance.doors.code,
        first.entrance.doors.key,
    )
    assert [len(one.said) for one in (first, again)] == [1, 1]
    with pytest.raises(JournalError):
        open_workshop(a_room(tmp_path), ["127.0.0.1"], 8765, True, Keeping(tmp_path / "log.jsonl", new=True), "en")
    (tmp_path / "other").write_text("x")
    with pytest.raises(JournalError):
        placed(tmp_path, log=tmp_path / "other")


def test_without_a_name_a_workshop_goes_on_at_its_own_port(tmp_path, monkeypatch):
    """There its phones look for it; another server beside it, at another port, has a room of its own."""
    monkeypatch.setenv("DEPTSIM_DATA", str(tmp_path))
    assert Keeping().port("small") is None
    first = opened_once(tmp_path, log=None)
    assert Keeping().port("small") == 8765
    assert Keeping(new=True).port("small") is None
    assert opened_once(tmp_path, log=None).entrance.doors.code == first.entrance.doors.code
    assert Keeping().place("small", 8766) != Keeping().place("small", 8765)
    assert Keeping(new=True).place("small", 8765) != Keeping().place("small", 8765)


def test_where_no_log_can_be_kept_it_is_told(tmp_path):
    """And the room opens."""
    (tmp_path / "file").write_text("x")
    opened = opened_once(tmp_path, log=tmp_path / "file" / "log.jsonl")
    assert "cannot be written down" in opened.said[-1].en


def test_codes_are_of_letters_that_look_like_nothing_else():
    """And every workshop has its own."""
    codes = {new_keys("").code for _ in range(50)}
    assert len(codes) == 50
    assert set("".join(codes)) <= set(LETTERS)
    assert not set("O0I1L") & set(LETTERS)


@given(st.text(max_size=100))
def test_any_code_can_be_typed(found):
    """And is the right one only if it is."""
    doors = Doors(new_keys(""), 1)
    assert doors.is_code(found) == (typed(found) == doors.code)
    assert not doors.is_key(found)


def test_attempts_come_back_with_time_and_are_not_remembered_without_end():
    """One address does not hold up another."""
    now = [0.0]
    attempts = Attempts(lambda: now[0])
    for _ in range(AT_ONCE):
        assert not attempts.too_many("a")
        attempts.wrong("a")
    assert attempts.too_many("a")
    assert not attempts.too_many("b")
    now[0] += EVERY
    assert not attempts.too_many("a")
    for n in range(MOST_ADDRESSES + 10):
        attempts.wrong(str(n))
    assert len(attempts._of) == MOST_ADDRESSES
    assert attempts.too_many("c")  # all together were too many
    now[0] += 60.0
    assert not attempts.too_many("c")


def led():
    """Return a workshop in which everything happened, by people who mean no good."""
    events = [Named(person="ann", name=HOSTILE[:30])]
    for number, kind in enumerate(CHOICES, 1):
        events.append(Posed(question=question(kind, number, text=both(HOSTILE))))
        one = {"choice": None, "value": 85.0} if kind == "size" else {"choice": CHOICES[kind][0]}
        events += [bet(who, number, why=why, **one) for who, why in (("ann", HOSTILE), ("bob", "=1+1"), ("cy", ""))]
        events += [Noted(question=f"q{number}", field=field, text=HOSTILE) for field in ("hypothesis", "decision")]
        events.append(Turned(do="reveal", question=f"q{number}"))
    events += [Posed(question=question(number=9)), Turned(do="withdraw", question="q9")]
    made = a_workshop(*events)
    made.rounds["q1"].result = result()
    made.rounds["q2"].result = result(right=("a", "b"), of={"a": 85.0, "b": 84.9, "c": None})
    made.rounds["q4"].result = result(right=())
    return made


def test_what_people_wrote_is_inert_and_there(tmp_path):
    """On the page it is text, in the table no formula."""
    record = record_of(led(), {"en": HOSTILE, "zh": HOSTILE})
    for lang in ("en", "zh"):
        page = debrief(record, lang).html
        assert "<script" not in page
        assert page.count("&lt;script&gt;") > 10
        assert page.count("<section>") == page.count("</section>") == len(CHOICES) + 1
        rows = list(csv.reader(io.StringIO(table_of(record, lang).lstrip("\ufeff"))))
        assert tuple(rows[0]) == COLUMNS
        assert len(rows) == 1 + 3 * len(CHOICES)
        assert {row[COLUMNS.index("why")] for row in rows[1:]} == {HOSTILE, "'=1+1", ""}
    assert json.loads(json.dumps(record)) == json.loads(json.dumps(record_of(led(), {"en": HOSTILE, "zh": HOSTILE})))


def test_who_was_right_stands_in_the_record():
    """To the digit; nobody is where nothing came out."""
    questions = record_of(led(), {"en": "x", "zh": "x"})["questions"]
    assert [one["kind"] for one in questions] == ["direction", "which", "poll", "size"]
    assert [one["hits"] for one in questions] == [3, 3, None, 3]
    assert [one["bets"][0]["right"] for one in questions] == [True, True, None, True]
    assert [one["person"] for one in questions[0]["bets"]] == [1, 2, 3]
    assert questions[3]["median"] == 85.0


def test_an_empty_workshop_has_a_debrief():
    """It says that nothing was asked."""
    record = record_of(a_workshop(), {"en": "x", "zh": "x"})
    assert "No question was asked." in debrief(record, "en").html
    assert table_of(record, "en").count("\n") == 1
    made = a_workshop(Posed(question=question()))
    assert made.take(at(Turned(do="reveal", question="q1")))
    assert table_of(record_of(made, {"en": "x", "zh": "x"}), "en").count("\n") == 2

"""Reports of what is switched on: each is made once, for those who may have it, a few at a time."""

import asyncio

import pytest

from sim.web import reports, server
from sim.web.agenda import Subject
from sim.web.reports import LEAST, Reports
from sim.web.worker import DiedError, RefusedError
from tests.worlds.page import NO_SURE, Here, a_room, ask, served

RACI = Subject("small", "raci")


class Waiting:
    """Makes reports when it is told to."""

    def __init__(self):
        self.units, self.go, self.dies = [], asyncio.Event(), False

    async def do(self, unit):
        """Make one."""
        self.units.append(unit)
        await self.go.wait()
        if self.dies:
            raise DiedError("here")
        return b'{"html": "made"}'

    def close(self):
        """End."""


@pytest.fixture
def site(tmp_path):
    """The address of a server with reports, and what makes them."""
    room = a_room(tmp_path / "cache")
    maker = Here(room.scenarios)
    app = server.application(room, patience=60.0, reports=Reports(room.known, maker), parents={"small": "small.yaml"})
    with served(app) as address:
        yield address, maker


def test_a_report_is_a_file_that_is_made_once(site):
    """However it is asked for; it says what makes it again."""
    address, maker = site
    answer = ask(address, "/report/small?with=shared_kpi%2Braci&lang=zh", "POST")
    assert (answer.status, answer.text) == (200, "<p>shared_kpi+raci, 20, zh, small.yaml</p>")
    assert answer.headers["content-disposition"] == 'attachment; filename="small_report.html"'
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert ask(address, "/report/small?with=raci%2Bshared_kpi&lang=zh", "POST").text == answer.text
    assert len(maker.units) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("small", 400),
        ("small?with=rcai", 400),
        ("small?with=%00", 400),
        ("other?with=raci", 404),
        (f"small?with={NO_SURE}", 503),
    ],
)
def test_what_cannot_be_reported_is_one_sentence(site, monkeypatch, path, status):
    """Nothing switched on, nothing known by that name, nothing so large."""
    monkeypatch.setattr(reports, "MOST_BYTES", 1_000)
    answer = ask(site[0], f"/report/{path}", "POST")
    assert answer.status == status
    assert len(answer.text.splitlines()) == 1


def test_other_sites_have_no_reports_made(site):
    """They could keep the machine busy; nor is one made by a link."""
    address, maker = site
    assert ask(address, "/report/small?with=raci", "POST", {"Origin": "http://elsewhere.example"}).status == 403
    assert ask(address, "/report/small?with=raci").status == 405
    assert not maker.units


def test_without_what_makes_them_there_are_none(tmp_path):
    """The page is told so."""
    with served(server.application(a_room(tmp_path), patience=60.0)) as address:
        assert ask(address, "/report/small?with=raci", "POST").status == 404
        assert '"report":false' in ask(address, "/").text


def test_who_waits_for_the_same_has_the_same(tmp_path):
    """One is made for all of them, also where the first goes; too many others are told to ask again."""

    async def play():
        maker = Waiting()
        made = Reports(a_room(tmp_path).known, maker)
        first = asyncio.create_task(made.report(RACI, "en", "small"))
        second = asyncio.create_task(made.report(RACI, "en", "small"))
        others = [asyncio.create_task(made.report(Subject("small", str(k)), "en", "small")) for k in range(3)]
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        with pytest.raises(RefusedError):
            await made.report(Subject("small", "more"), "en", "small")
        maker.go.set()
        assert await second == b"made"
        await asyncio.gather(*others)
        assert len(maker.units) == 4
        maker.dies = True
        with pytest.raises(RefusedError):
            await made.report(Subject("small", "more"), "en", "small")
        await made.close()

    asyncio.run(play())


@pytest.mark.parametrize(("known", "made"), [(None, LEAST), (4, LEAST), (50, 50), (500, 100)])
def test_a_report_compares_as_often_as_the_page_did(tmp_path, monkeypatch, known, made):
    """So that both say the same; not less often than can be handed over, and no more often than the page ever does."""

    async def play():
        maker, room = Waiting(), a_room(tmp_path)
        monkeypatch.setattr(room.known, "answer", lambda _: None if known is None else {"n": known})
        maker.go.set()
        asked = Reports(room.known, maker, wanted=100)
        await asked.report(RACI, "en", "small")
        await asked.close()
        return maker.units[0]

    assert asyncio.run(play()).replications == made

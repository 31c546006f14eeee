"""Whoever opens the page before the first document can be made sees a sentence, and then the page by itself."""

import pytest

from sim.web import server
from tests.worlds.fakes import small_scenario
from tests.worlds.page import a_room, held_back, served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address_of_state", ["", "#with=raci&lang=zh"])
def test_the_page_comes_by_itself(browser, tmp_path, monkeypatch, address_of_state):
    """Also where the address says what is on, which stays."""
    room = a_room(tmp_path, scenarios={"small": small_scenario()})
    made = held_back(room, monkeypatch)
    with served(server.application(room, patience=0.2)) as address:
        page = browser.new_page()
        page.goto(f"http://{address}/{address_of_state}")
        page.wait_for_selector(".preparing")
        made.set()
        page.wait_for_selector("script#frame", state="attached")
        assert page.url.endswith(f"/{address_of_state}")
        page.close()

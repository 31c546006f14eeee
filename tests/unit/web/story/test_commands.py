"""Which story goes with which scenario: with the page that is served, and into the one file."""

import json
import re
from pathlib import Path

import pytest

from sim.cli import main, serving
from sim.cli.errors import UsageError
from sim.cli.telling import scenario_named_in, stories_for, story_in_file
from sim.scenario import load
from sim.web import server
from sim.web.frame import frame_of
from tests.worlds.page import a_room, ask, served
from tests.worlds.tales import GOOD, changed


@pytest.fixture
def file(tmp_path):
    """Return what writes a story file."""

    def write(text=GOOD, name="story.yaml"):
        place = tmp_path / name
        place.write_text(text, encoding="utf-8")
        return place

    return write


def test_shipped_stories_are_offered_with_their_scenarios():
    """And the page does not begin with them."""
    scenarios = {"order_delivery": load("order_delivery")}
    told = stories_for(["order_delivery"], scenarios, None, "en")
    assert list(told) == ["order_delivery"]
    assert told["order_delivery"]["opens"] is False


def test_a_story_that_is_asked_for_takes_the_place_of_the_shipped_one(file):
    """The page begins with it; without a name its scenario is the first."""
    place = file()
    told = stories_for(["order_delivery"], {"order_delivery": load("order_delivery")}, place, "en")
    assert (told["order_delivery"]["opens"], told["order_delivery"]["title"]["en"]) == (True, "Late")
    assert scenario_named_in(place) == "order_delivery"
    assert serving.chosen((), "trust_trap")[0] == "trust_trap"


def test_a_story_of_an_own_scenario_goes_with_that(file, tmp_path):
    """However it is named on the command line; the parent has its own."""
    (tmp_path / "mine.yaml").write_text("parent: order_delivery\nname: mine\n", encoding="utf-8")
    place = file(changed("scenario: order_delivery", "scenario: mine.yaml"))
    given = [str(tmp_path / "mine.yaml"), "order_delivery"]
    told = stories_for(given, {one: load(one) for one in given}, place, "en")
    assert [told[one]["opens"] for one in given] == [True, False]
    assert Path(scenario_named_in(place)) == tmp_path / "mine.yaml"


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "about order_delivery, expected one about trust_trap"), ("zh", "应为 trust_trap")]
)
def test_a_story_of_another_scenario_is_refused(file, capsys, lang, words):
    """In one sentence, by both commands, before anything is run."""
    place = str(file())
    for command in (["serve", "trust_trap", "--no-open"], ["export-page", "trust_trap"]):
        assert main([*command, "--story", place, "--lang", lang]) == 2
        said = capsys.readouterr().err
        assert words in said
        assert len(said.splitlines()) == 1


def many(count):
    """Return a story that switches on so many figures, one after another."""
    places = [
        f"departments.{name}.staff=6"
        for name in ("sales", "production", "purchasing", "warehouse", "finance", "service")
    ]
    items = [*places, "raci", "shared_kpi", "liaison"][:count]
    return "scenario: order_delivery\ntitle: x\npages:\n" + "".join(
        f"  - {{title: x, with: [{one}]}}\n" for one in items
    )


def test_a_file_holds_so_many_switches_and_each_in_one_way(file):
    """More, or a second dose, is told in one sentence; those of choices count as well."""
    scenario = load("order_delivery")
    assert len(story_in_file("order_delivery", scenario, (file(many(7)),), "en")[1]) == 7
    with pytest.raises(UsageError, match="found 8 things that the story switches on, expected at most 7"):
        story_in_file("order_delivery", scenario, (file(many(8)),), "en")
    with pytest.raises(UsageError, match=r"found 'raci' and 'raci:clarity=0\.7', expected raci in one way"):
        story_in_file("order_delivery", scenario, (file(),), "en")


def test_the_story_that_comes_along_goes_into_a_file():
    """Where there is one."""
    told, switches = story_in_file("order_delivery", load("order_delivery"), (), "en")
    assert told["opens"]
    assert len(switches) == 5
    with pytest.raises(UsageError, match="no story that comes with"):
        story_in_file("mine.yaml", load("order_delivery"), (), "en")


def test_switches_and_a_story_are_not_asked_for_together(capsys):
    """One of them decides."""
    assert main(["export-page", "order_delivery", "--story", "--toggles", "raci"]) == 2
    assert "--toggles beside --story" in capsys.readouterr().err


def test_the_document_brings_the_story_of_its_scenario(tmp_path):
    """What is kept of a scenario does not: a story may change while all answers stay."""
    told = {"title": {"en": "Late", "zh": "逾期"}, "opens": True, "pages": []}
    with served(server.application(a_room(tmp_path), patience=60.0, stories={"small": told})) as address:
        text = ask(address, "/").text
    frame = json.loads(re.search(r'id="frame">(.*?)</script>', text, re.DOTALL)[1])
    assert frame["story"] == told
    assert "story" not in frame_of(load("order_delivery", {"horizon_weeks": 2}), 1, 1)


def test_guests_do_not_leaf_through_what_they_bet_on():
    """The whole page of a guest has no story."""
    site = server.Site(a_room(Path("nowhere")), "en", {}, 1.0, stories={"small": {"title": "x"}})
    stories = [site._completed({}, "small", room)["story"] for room in (None, {"role": "host"}, {"role": "guest"})]
    assert stories == [{"title": "x"}, {"title": "x"}, None]

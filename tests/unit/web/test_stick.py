"""The page as one file: what is in it, that it is the same every time, and how the command writes it."""

import base64
import gzip
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import load
from sim.cli import main
from sim.scenario import ScenarioError
from sim.study.alternatives import AlternativeError
from sim.web import stick
from sim.web.asked import subject_of
from sim.web.catalogue import switches_of
from sim.web.document import one_file
from sim.web.stick import Stick, is_page, toggles_in
from sim.words import words

SMALL = {"warmup_weeks": 0, "horizon_weeks": 4}
TOGGLES = ["raci:clarity=0.7", "shared_kpi"]
REPLICATIONS = 3


def small():
    return load("order_delivery", SMALL)


def made(toggles=TOGGLES, **more):
    page = Stick(small(), toggles, REPLICATIONS, **more)
    page.run()
    return page


def in_script(document, name):
    return re.search(rf'<script [^>]*id="{name}">(.*?)</script>', document, re.DOTALL)[1]


def unpacked(line):
    return json.loads(gzip.decompress(base64.b64decode(line)))


@pytest.fixture(scope="module")
def page():
    return made()


@pytest.fixture(scope="module")
def document(page):
    return page.document("zh")


@pytest.mark.compiled
def test_every_combination_has_its_answer_and_its_week(page, document):
    """Found by the items that are on, in the order of the switches."""
    frame = json.loads(in_script(document, "frame"))
    first, *weeks = in_script(document, "data").split("\n")
    told = unpacked(first)
    one, other = frame["switches"]
    assert (one, other) == tuple(page.switches) == tuple(TOGGLES)
    assert set(told["answers"]) == set(told["weeks"]) == {"", one, other, f"{one}+{other}"}
    for key, week in zip(told["weeks"], map(unpacked, weeks), strict=True):
        answer = told["answers"][key]
        assert answer["n"] == REPLICATIONS
        assert answer["state"] == "final"
        assert answer["key"] == week["key"]
        assert set(filter(None, answer["key"].split("+"))) == set(filter(None, key.split("+")))
        assert week["moves"]
    assert json.loads(in_script(document, "answer")) == told["answers"][""]


@pytest.mark.compiled
def test_the_frame_offers_nothing_that_the_file_cannot_answer(document):
    """No other intervention, no dose to choose, no figure, no bundle with something else in it."""
    frame = json.loads(in_script(document, "frame"))
    held = [one for family in frame["catalogue"] for one in family["interventions"]]
    assert sorted(one["kind"] for one in held) == ["raci", "shared_kpi"]
    assert not [one for one in held if one["doses"]]
    assert frame["figures"] == []
    assert all(set(one["items"]) <= set(TOGGLES) for one in frame["bundles"])
    assert frame["manifest"]["replications"] == REPLICATIONS


@pytest.mark.long
@pytest.mark.compiled
def test_the_same_inputs_give_the_same_bytes(document):
    """However often, and whether or not somebody asked beforehand what it takes."""
    again = Stick(small(), TOGGLES, REPLICATIONS)
    again.effort()
    again.run()
    assert again.document("zh") == document


@pytest.mark.compiled
def test_what_it_takes_is_said_beforehand(page, document):
    """So many runs, so many bytes, about."""
    effort = Stick(small(), TOGGLES, REPLICATIONS).effort()
    assert (effort.combinations, effort.runs) == (4, 4 * REPLICATIONS)
    assert effort.seconds > 0
    assert 0.8 < effort.size / len(document.encode()) < 1.25


@pytest.mark.compiled
def test_progress_ends_where_it_said():
    """And never goes back."""
    told = []
    page = Stick(small(), ["raci"], 6, points=1)
    page.run(lambda done, total: told.append((done, total)))
    counts = [done for done, _ in told]
    assert counts == sorted(counts)
    assert counts[-1] == page.runs
    assert {total for _, total in told} == {page.runs}


@pytest.mark.long
@pytest.mark.compiled
def test_how_sure_is_there_where_it_was_asked_for():
    """For each switch alone, and for all of them."""
    answers = unpacked(in_script(made(points=2).document(), "data").split("\n")[0])["answers"]
    one, other = TOGGLES
    sure = {key for key, answer in answers.items() if answer["sure"]}
    assert sure == {one, other, f"{one}+{other}"}
    assert {answers[key]["sure"]["points"] for key in sure} == {2}


def test_without_a_word_the_switches_are_those_of_the_screen():
    """The same as a server shows."""
    scenario = load("order_delivery")
    assert Stick(scenario).switches == switches_of(scenario)


MANY = ["raci", "shared_kpi", "daily_standup", "job_rotation", "response_agreement", "liaison", "wip_limits", "x"]


@pytest.mark.parametrize(
    ("toggles", "text"),
    [
        (MANY, words("stick").TOO_MANY.format(found=8, most=7)),
        (["raci+shared_kpi"], words("stick").NOT_ONE.format(found="raci+shared_kpi")),
        (["raci", "raci:clarity=0.7"], words("stick").SAME_SUBJECT.format(found="raci:clarity=0.7", subject="raci")),
    ],
)
def test_what_is_no_switch_is_refused_in_a_sentence(toggles, text):
    """Before anything is computed."""
    with pytest.raises(AlternativeError) as refused:
        Stick(load("order_delivery"), toggles)
    assert str(refused.value) == text.en


@pytest.mark.parametrize("toggle", ["nothing_known", "raci:clarity=7", "departments.nowhere.staff=3"])
def test_what_the_organization_cannot_have_is_refused(toggle):
    """As a comparison would refuse it."""
    with pytest.raises((AlternativeError, ScenarioError)):
        Stick(load("order_delivery"), [toggle])


ITEMS = st.sampled_from(
    [
        "raci",
        "raci:clarity=0.7",
        "raci:clarity=0.7,upkeep_minutes=5",
        "job_rotation:preset=week",
        "raci:adoption.fidelity=0.9,clarity=0.7",
        "raci:clarity=0.7,departments=sales/production",
        "management.share=0.5",
        "departments.production.staff=15",
        "levers.latency=0.5",
    ]
)


@given(items=st.lists(ITEMS))
def test_commas_separate_items_and_doses(items):
    """Whatever is joined by them comes apart again."""
    assert toggles_in(",".join(items)) == items
    assert toggles_in(" , ".join(items)) == [one.replace(" , ", ",") for one in items]


@pytest.mark.parametrize(
    ("item", "subject"),
    [("raci", "raci"), ("raci:clarity=0.7", "raci"), ("departments.a.staff=3", "departments.a.staff")],
)
def test_an_item_is_about_something(item, subject):
    """An intervention, or a place."""
    assert subject_of(item) == subject


SHORT = ["--set", "warmup_weeks=0", "--weeks", "4", "--replications", "2", "--toggles", "raci"]


@pytest.mark.compiled
def test_the_command_says_what_it_takes_and_writes_the_file(tmp_path, capsys):
    """Over an older one of its kind, too."""
    file = tmp_path / "page.html"
    for _ in range(2):
        assert main(["export-page", "order_delivery", *SHORT, "--out", str(file)]) == 0
        said = capsys.readouterr()
        assert "2 in all: 4 runs" in said.err
        assert str(file) in said.out
        assert is_page(file)
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path, capsys):
    """Whatever it is called."""
    file = tmp_path / "page.html"
    file.write_text("<html>mine</html>")
    assert main(["export-page", "order_delivery", *SHORT, "--out", str(file)]) == 2
    assert str(file) in capsys.readouterr().err
    assert file.read_text() == "<html>mine</html>"


@pytest.mark.compiled
def test_who_interrupts_finds_nothing_half_written(tmp_path, monkeypatch, capsys):
    """What was there before is still there."""
    file = tmp_path / "page.html"
    file.write_text(one_file({"title": {"en": "Before"}}, "", ""), encoding="utf-8")
    before = file.read_bytes()

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(stick.Stick, "run", interrupted)
    for name in ("page.html", "other.html"):
        assert main(["export-page", "order_delivery", *SHORT, "--out", str(tmp_path / name)]) == 130
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]
    assert file.read_bytes() == before
    assert "interrupted" in capsys.readouterr().err

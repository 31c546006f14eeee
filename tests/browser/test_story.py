"""A story before people: by keyboard and clicker, from the address, on a phone, read aloud, and in the room."""

import random
import re

import pytest
from playwright.sync_api import expect

from sim import load
from sim.web.shown import PARTS
from sim.web.stick import Stick, write
from sim.web.story.figures import figure_of, known_figures, value_of
from sim.web.story.reading import load_story
from sim.web.story.told import items_of, story_told
from sim.web.workshop.outcome import result_of, tried
from tests.browser.conftest import ROOT, SCREENS
from tests.browser.madeup import answer, both, hash_of
from tests.browser.roomful import HOST, Roomful
from tests.worlds.betting import ON_TIME, question

EVIL = "<img src=x onerror=window.evil=1> </script><script>window.evil=1</script> *{on_time_target.now}*"
"""What would run, if it were not text."""


def a_page(name, text, items=(), **more):
    """Return a page of a story as the frame has it."""
    usual = {"show": [], "at": None, "bet": None, "expects": []}
    return {"id": name, "title": both(name.title()), "text": text, "items": list(items), **usual, **more}


def directions(up, down):
    """Return what can be bet on a direction, as the frame has it."""
    labels = [(up, both("higher", "更高")), ("same", both("about the same", "差不多")), (down, both("lower", "更低"))]
    return [{"id": name, "label": label, "items": []} for name, label in labels]


def story():
    """Return a made-up story of four pages; roles are bet on, and are not what its text expects."""
    ask = both("Now {on_time_target.now}. And then?", "现在{on_time_target.now}。然后呢？")
    bet = {"kind": "direction", "ask": ask, "measure": "on_time_target", "choices": directions("better", "worse")}
    told = both(
        "On time *{on_time_target.then}* ({on_time_target.diff}), {on_time_target.verdict}.\n\nA second\nline.",
        "准时率 *{on_time_target.then}*（{on_time_target.diff}），{on_time_target.verdict}。",
    )
    ends = both("{conflicts_per_100.then}, before {roles:conflicts_per_100.then.number}; {hours.now}, {cost.hours}.")
    expected = {"figure": "on_time_target.verdict", "is": ["better"]}
    pages = [
        a_page("now", both("{on_time_target.now} of {people} people.", "{people} 人。"), show=["hours", "case"]),
        a_page("roles", told, ["raci"], bet=bet, expects=[expected], show=["on_time_target"]),
        a_page("both", ends, ["shared_kpi", "raci"], at=35.5, show=["networks"]),
        a_page("end", both(EVIL), ["raci:clarity=0.3"], title=both(EVIL)),
    ]
    return {"title": both("Why late?", "为什么晚？"), "opens": False, "pages": pages}


def with_story(frame):
    """Put the story into a frame."""
    frame["story"] = story()


def title(page):
    """Return what the page of the story is called."""
    return page.locator("#story h2")


def where(page):
    """Return the page of the story in the address, and what is on where that is not what the page wants."""
    told = dict(part.partition("=")[::2] for part in hash_of(page).lstrip("#").split("&"))
    return told.get("page"), told.get("with")


def test_keys_turn_pages_and_everything_else_does_what_it_does(opened):
    """Arrows and the keys of clickers turn, digits switch, Esc puts back and throws nothing away."""
    page, _ = opened(change=with_story)
    expect(page.locator("#story")).to_be_hidden()
    page.get_by_role("button", name="Story", exact=True).click()
    expect(title(page)).to_have_text("Now")
    expect(page.locator("#switches")).to_be_hidden()
    page.keyboard.press("PageDown")
    expect(page.locator(".ask-for")).to_have_text("Now 80\u00a0%. And then?")
    expect(page.locator(".told")).to_be_hidden()
    expect(page.locator(".choices li")).to_have_text(["↑higher", "=about the same", "↓lower"])
    assert where(page) == ("2", None)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".told p")).to_have_text(
        ["On time 79.3\u00a0% (−0.3\u00a0%), cannot be told.", "A second line."]
    )
    expect(page.locator("[data-right]")).to_have_text("=about the same")
    expect(page.locator(".doubts")).to_contain_text("on time is cannot be told, not better")
    assert where(page) == ("2b", None)
    page.keyboard.press("1")
    assert where(page) == ("2b", "shared_kpi+raci")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(title(page)).to_have_text("Roles")
    assert where(page) == ("2b", None)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".told")).to_have_text("29\u00a0per 100 cases, before 35.9; 100\u00a0h, 10\u00a0h.")
    expect(page.locator(".chips [aria-pressed=true]")).to_have_text(["Shared KPIs", "RACI matrix"])
    expect(page.locator(".moment")).to_have_text("Week 26, Tue 11:30")
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    expect(page.locator(".ask-for")).to_be_visible()
    assert where(page) == ("2", None)
    page.keyboard.press("Control+z")
    assert where(page) == ("2b", None)
    page.locator(".leave").click()
    expect(page.locator("#switches")).to_be_visible()
    assert where(page) == (None, "raci")


def test_the_screen_goes_black_and_comes_back(opened):
    """By the keys of clickers; whatever is pressed next only shows it again."""
    page, _ = opened("page=3", change=with_story)
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator("#blank")).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#blank")).to_be_hidden()
    expect(title(page)).to_have_text("Both")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_the_address_restores_a_page_with_all_it_wants(opened):
    """What is otherwise than the page wants stays so; a page that is not there is told; back goes a page back."""
    page, server = opened("page=2b&with=&tab=trust", change=with_story)
    expect(page.locator(".chips [aria-pressed=false]")).to_have_text(["RACI matrix"])
    expect(page.get_by_role("tab", name="Trust")).to_have_attribute("aria-selected", "true")
    page.locator(".put-back").click()
    assert hash_of(page) == "#page=2b&tab=trust"
    page.keyboard.press("ArrowRight")
    assert hash_of(page) == "#page=3&tab=trust"
    page.go_back()
    expect(title(page)).to_have_text("Roles")
    assert ["shared_kpi", "raci"] in [one.get("items") for one in server.asked]  # what comes next is asked for ahead
    other, _ = opened("page=9", change=with_story)
    expect(other.locator(".notice", has_text="page=9")).to_be_visible()
    expect(other.locator("#story")).to_be_hidden()


def test_a_figure_that_is_not_known_is_no_figure(opened):
    """Until the answer is there a quiet mark stands in its place; until it is the last one, it is soft."""
    page, server = opened("page=3", answers=lambda items: [] if items else [answer(items)], change=with_story)
    facts = page.locator(".fact")
    expect(facts).to_have_text(["…"] * 4)
    now = [one for one in server.asked if one.get("items") == ["shared_kpi", "raci"]][-1]
    server.send({"type": "answer", "id": now["id"], "answer": answer(["shared_kpi", "raci"], 20)})
    expect(facts.first).to_have_attribute("data-state", "growing")
    expect(facts.nth(1)).to_have_attribute("data-state", "missing")
    server.send({"type": "answer", "id": now["id"], "answer": answer(["shared_kpi", "raci"])})
    expect(facts.first).to_have_attribute("data-state", "final")


def test_the_eye_is_led(opened):
    """What a page shows stays as it is, the rest steps back; on a page without a wish nothing does."""
    page, _ = opened("page=2b", change=with_story)
    dim = page.locator("[data-dim]")
    lit = page.locator("#numbers [data-measure=on_time_target]")
    assert lit.get_attribute("data-dim") is None
    assert dim.count() > 5
    page.keyboard.press("ArrowLeft")
    expect(dim).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="Hours")).to_have_attribute("aria-selected", "true")
    assert page.locator("#tabs").get_attribute("data-dim") is None
    assert page.locator("#numbers").get_attribute("data-dim") == ""


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_the_numbers_keep_their_room_beside_a_story(opened, size):
    """On old projectors and new ones, as large as they get; nor does anything else reach beyond its part."""
    page, _ = opened("page=3&big=1", size=size, change=with_story)
    wide = "[...document.querySelectorAll('#numbers .big, #numbers .unit, #story h2, .chips, .turning')]"
    expect(page.locator("#numbers .now").first).to_be_visible()
    assert page.evaluate(f"{wide}.filter((one) => one.scrollWidth > one.clientWidth + 1).length") == 0
    units = page.locator("#numbers .unit")
    tall = "units => units.map((one) => one.clientHeight / parseFloat(getComputedStyle(one).fontSize))"
    assert max(units.evaluate_all(tall)) < 3  # a unit breaks into two lines at most
    assert size[0] < 1280 or page.evaluate("legend.scrollWidth <= legend.clientWidth + 1")


def test_texts_of_a_story_are_text(opened):
    """Whatever stands in a file; bold and figures within it are made all the same."""
    page, _ = opened("page=4", change=with_story)
    shown = EVIL.replace("*", "").replace("{on_time_target.now}", "79.6\u00a0%")
    expect(page.locator(".told")).to_have_text(shown)
    expect(page.locator(".told b")).to_have_text("79.6\u00a0%")
    assert page.evaluate("window.evil") is None


def test_a_page_is_read_aloud_once(opened):
    """With its number, its title and its text; the numbers beside it are not read as well."""
    page, _ = opened("page=1", change=with_story)
    page.evaluate(
        """() => {
            window.said = [];
            const spoken = [...document.querySelectorAll("[aria-live]")];
            const note = () => window.said.push(...spoken.map((one) => one.textContent));
            for (const one of spoken) new MutationObserver(note).observe(one, {childList: true});
        }"""
    )
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1500)
    said = [one for one in page.evaluate("window.said") if one]
    assert [re.match(r"Page (\d) of 4: (\w+)\.", one).groups() for one in said] == [
        ("2", "Roles"),
        ("2", "Roles"),
        ("3", "Both"),
    ]
    assert "29\u00a0per 100 cases" in said[-1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_story_on_a_phone(opened, lang):
    """Below the text comes what it is about; the buttons are within reach of the thumb, and nothing is too wide."""
    page, _ = opened(f"page=2b&lang={lang}", size=SCREENS["phone"], change=with_story)
    turning = page.locator(".turning button")
    for button in (turning.first, turning.last, page.locator(".leave"), page.locator("#story .chip").first):
        assert button.bounding_box()["height"] >= 44
    assert turning.last.bounding_box()["y"] > SCREENS["phone"][1] - 80
    expect(page.locator("#nets")).to_be_hidden()
    expect(page.locator("#numbers")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    turning.first.click()
    expect(page.locator("#nets")).to_be_visible()
    expect(page.locator(".choices li")).to_have_count(3)


def test_nothing_moves_for_whoever_wants_no_motion(browser, opened, watched):
    """What steps back does so at once, and the week stands still where the page wants it."""
    context = browser.new_context(reduced_motion="reduce", locale="en-US")
    watched.contexts.append(context)
    page, _ = opened("page=3", change=with_story, context=context)
    moving = "[...document.querySelectorAll('[data-dim]')].map((one) => getComputedStyle(one).transitionDuration)"
    assert {part.strip() for one in page.evaluate(moving) for part in one.split(",")} == {"0s"}
    expect(page.get_by_role("button", name="Play the week")).to_be_visible()
    expect(page.locator(".moment")).to_have_text("Week 26, Tue 11:30")


@pytest.fixture
def hosted(browser, watched, page_files):
    """Open the page of the host of a room with a story; gives the page and the room."""

    def open_it(change, place):
        room = Roomful(page_files)
        change(room.frame)
        context = browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-US")
        watched.contexts.append(context)
        page = context.new_page()
        watched.follow(page, page_files)
        room.serve(page, HOST)
        page.goto(f"{page_files}#{place}")
        page.wait_for_selector("html[data-ready] .number")
        return page, room

    return open_it


def test_in_a_room_the_question_is_posed_and_revealed(hosted):
    """When the page is reached, and when it is turned; in both languages with its figures filled in."""
    page, room = hosted(with_story, "page=1")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".hands")).to_have_text("Hands up, before we look.")
    (question,) = room.questions
    assert (question["page"], question["kind"], question["items"]) == ("roles", "direction", ["raci"])
    assert question["text"] == {"en": "Now 80\u00a0%. And then?", "zh": "现在 80%。然后呢？"}
    room.add_bets({"choice": "same"}, {"choice": "better"})
    expect(page.locator(".hands")).to_have_text("Bets: 2 · here: 2")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".hands")).to_have_text("1 of 2 had it right.")
    assert question["state"] == "revealed"
    expect(page.locator(".told")).to_contain_text("79.3\u00a0%")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    counts = page.locator(".choices .count")
    expect(counts.filter(has_text="1")).to_have_count(2)
    assert [one["do"] for _, one in room.heard].count("reveal") == 1
    assert len(room.questions) == 1


def alternatives(frame):
    """Put a story into a frame in which another alternative wins than the page has on, and which page 1 had on."""
    choices = [("a", ["shared_kpi"]), ("b", ["raci", "rotation"])]
    told = [{"id": name, "label": both(name * 3), "items": items} for name, items in choices]
    bet = {"kind": "which", "ask": both("Which?"), "measure": "on_time_target", "choices": told}
    pages = [
        a_page("kpi", both("One."), ["shared_kpi"]),
        a_page("take", both("{on_time_target.then} with these two."), ["raci", "rotation"], bet=bet),
    ]
    frame["story"] = {"title": both("Taken"), "opens": False, "pages": pages}


@pytest.mark.parametrize("people", [None, 0, 3])
def test_the_page_decides_what_is_on_whichever_alternative_wins(opened, hosted, people):
    """Without a room, in one that is empty, and with bets: what the page says is on, and the winner is marked."""
    page, room = opened("page=1", change=alternatives) if people is None else hosted(alternatives, "page=1")
    page.keyboard.press("PageDown")
    expect(page.locator(".choices li")).to_have_count(2)
    if people is not None:
        expect(page.locator(".to-room[data-open]")).to_be_visible()
    if people:
        room.add_bets({"choice": "a"}, {"choice": "b"}, {"choice": "b"})
    expect(page.locator(".hands")).to_have_text("Bets: 3 · here: 3" if people else "Hands up, before we look.")
    assert where(page) == ("2", None)  # what page 1 had on stays, although it is one of the alternatives
    expect(page.locator(".net[data-side=with] h2")).to_have_text("With Shared KPIs")
    page.keyboard.press("PageDown")
    expect(page.locator("#story [data-right]")).to_have_text("Aaaa1" if people else "Aaaa")
    expect(page.locator(".chip[aria-pressed=true]")).to_have_text(["RACI matrix", "Rotation"])
    expect(page.locator(".told")).to_have_text("81\u00a0% with these two.")
    expect(page.locator(".hands")).to_have_text("1 of 3 had it right." if people else "")
    assert where(page) == ("2b", None)


def test_revealed_from_the_panel_the_story_turns_as_well(hosted):
    """The page on the wall is then the one that answers."""
    page, room = hosted(alternatives, "page=2")
    expect(page.locator(".to-room[data-open]")).to_be_visible()
    room.do("reveal")
    expect(page.locator(".told")).to_be_visible()
    expect(page.locator(".chip[aria-pressed=true]")).to_have_text(["RACI matrix", "Rotation"])
    assert where(page) == ("2b", None)


VALUES = """async ([frame, answer, names]) => {
    const { Facts } = await import("page/facts.js");
    const app = { frame, state: { lang: "en" }, answers: { of: () => answer }, known: { ordered: (items) => items } };
    const facts = new Facts(app, null);
    return names.map((name) => [facts.value(name, { items: [] }), facts.written(name, { items: [] }, "zh").text]);
}"""
"""Looks figures up as the page does."""


def test_the_page_looks_figures_up_as_checks_do(opened):
    """Every figure that a story may ask for has the same value there and here, and is written in some way."""
    page, server = opened()
    scenario = load("order_delivery")
    names = known_figures(scenario)
    answer_ = {
        **answer(["raci"]),
        "ledger": {"now": [*range(len(PARTS))], "then": [one / 3 for one in range(len(PARTS))]},
    }
    frame_ = {**server.frame, "parts": list(PARTS)}
    told = page.evaluate(VALUES, [frame_, answer_, names])
    wanted = [value_of(figure_of(name), answer_, frame_) for name in names]
    assert [one for one, _ in told] == [pytest.approx(one) if isinstance(one, float) else one for one in wanted]
    assert all(re.search(r"[0-9\u4e00-\u9fff]", text) for _, text in told)


RIGHT = """async (bets) => {
    const { rightBy } = await import("page/right.js");
    return bets.map(([bet, found, better]) => rightBy(bet, found, better) ?? []);
}"""


def drawn_bets(luck, count=300):
    """Yield questions to the room with what the model says about everything that is tried, all kinds of it."""
    for _ in range(count):
        kind, better = luck.choice(["direction", "which", "size"]), luck.choice(["higher", "lower"])
        measure = ON_TIME.model_copy(update={"better": better})
        asked = question(kind, measure=measure)
        found = {}
        for name in tried(asked):
            diff, half = luck.choice([-3.0, -0.5, 0.5, 1.0, 3.0]), luck.choice([None, 0.25, 1.0, 2.5])
            ends = {"low": None, "high": None} if half is None else {"low": diff - half, "high": diff + half}
            verdict = luck.choice(["better", "but", "worse", "changed", "small", "unclear", "unknown"])
            found[name] = {"now": 80.0, "then": 80.0 + diff, "diff": diff, **ends, "verdict": verdict}
        yield asked, found


def test_page_and_room_agree_on_who_is_right(opened):
    """Whatever the model says: without a room the page marks what a room would have called right."""
    page, _ = opened()
    drawn = list(drawn_bets(random.Random(1)))
    told = [
        [
            {"kind": one.kind, "choices": [{"id": each.id} for each in one.choices]},
            list(found.values()),
            one.measure.better,
        ]
        for one, found in drawn
    ]
    wanted = [
        list(
            result_of(
                one,
                {
                    name: {"n": 8, "wanted": 8, "state": "final", "measures": {"on_time_target": each}}
                    for name, each in found.items()
                },
            ).right
        )
        for one, found in drawn
    ]
    assert page.evaluate(RIGHT, told) == wanted
    assert {len(one) for one in wanted} >= {0, 1, 2}


@pytest.fixture(scope="module")
def told_in_a_file(tmp_path_factory):
    """The story that `deptsim new --story` writes, as one file, by the language in which the page begins."""
    told = load_story(ROOT / "scenarios" / "templates" / "story.en.yaml")
    scenario = load(told.scenario)
    page = Stick(scenario, items_of(told, scenario), 4, story=story_told(told, scenario, opens=True))
    page.run()
    folder = tmp_path_factory.mktemp("story")
    files = {lang: folder / f"{lang}.html" for lang in ("en", "zh")}
    for lang, file in files.items():
        write(page, file, lang)
    return {lang: file.as_uri() for lang, file in files.items()}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_file_begins_with_its_story_and_tells_it_to_the_end(visit, told_in_a_file, lang):
    """Without a server; every figure of every page is there."""
    page = visit(told_in_a_file[lang], "projector", offline=True)
    expect(title(page)).to_be_visible()
    for _ in range(5):
        expect(page.locator(".turning .on")).to_be_enabled()
        page.keyboard.press("PageDown")
        expect(page.locator('.fact[data-state="missing"]')).to_have_count(0)
    expect(page.locator(".turning .on")).to_be_disabled()
    expect(page.locator("[data-right]").first).to_be_visible()
    assert page.locator(".fact").count() > 2
    page.locator(".leave").click()
    expect(page.locator("#story")).to_be_hidden()
    page.reload()
    expect(page.locator("#switches")).to_be_visible()

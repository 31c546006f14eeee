"""Guests of a room on their phones: joining, betting, what came out, and a connection that comes and goes."""

import pytest
from playwright.sync_api import expect

from tests.browser.madeup import both
from tests.browser.roomful import CODE, DIRECTION, HOST, POLL, SIZE, WHICH

WIDER = "document.documentElement.scrollWidth > innerWidth"
SMALL = """() => [...document.querySelectorAll("button, a, input, textarea, summary")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.className || one.id || one.tagName, one.getBoundingClientRect().height])
    .filter(([, height]) => height < 44)"""
"""What is too small for a thumb."""


def bet_of(room, person=1):
    """Return what somebody said last as a bet."""
    said = [message for who, message in room.heard if who == person and message["do"] == "bet"]
    return {key: value for key, value in said[-1].items() if key not in ("do", "id")}


@pytest.mark.parametrize("lang", ["en-US", "zh-CN"])
@pytest.mark.parametrize("size", [(390, 844), (320, 640), (740, 360)])
def test_from_the_code_to_what_came_out(roomful, size, lang):
    """In the language of the browser, nothing wider than the screen, nothing too small for a thumb."""
    room, enter = roomful
    page = enter(1, locale=lang, viewport={"width": size[0], "height": size[1]})
    assert page.locator("html").get_attribute("lang") == ("zh-CN" if lang == "zh-CN" else "en")
    room.pose(DIRECTION)
    page.get_by_role("button", name="higher" if lang == "en-US" else "更高").click()
    expect(page.locator(".mine")).to_have_attribute("data-state", "sent")
    for stage in ("waiting for it", "closed", "revealed"):
        assert not page.evaluate(WIDER), stage
        assert page.evaluate(SMALL) == [], stage
        if stage == "waiting for it":
            room.do("close")
            page.wait_for_selector("section.closed")
        else:
            room.do("reveal")
            page.wait_for_selector("section.revealed")
    expect(page.locator(".verdict")).to_have_attribute("data-right", "true")
    expect(page.locator(".bars [data-right][data-mine]")).to_have_count(1)


def test_a_bet_can_be_changed_and_explained(roomful):
    """Until the question is closed; the reason goes with every later bet."""
    room, enter = roomful
    page = enter(1)
    room.pose(POLL)
    page.get_by_role("button", name="A stand-up").click()
    page.get_by_label("Why?").fill("Nobody reads <b>minutes</b>")
    page.get_by_label("Why?").blur()
    expect(page.get_by_text("Your reason is in.")).to_be_visible()
    page.get_by_role("button", name="Shared KPIs").click()
    expect(page.get_by_role("button", name="Shared KPIs")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".mine")).to_contain_text("Your bet is in: Shared KPIs")
    assert bet_of(room) == {"question": "q1", "choice": "a", "why": "Nobody reads <b>minutes</b>"}
    room.do("close")
    expect(page.locator("main")).to_contain_text("Your bet: Shared KPIs")
    expect(page.get_by_role("button", name="Shared KPIs")).to_have_count(0)


def test_a_size_is_placed_by_keyboard(roomful):
    """Moving the slider is no bet yet; what is said is what is shown."""
    room, enter = roomful
    page = enter(1)
    room.pose(SIZE)
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", "79.5 %")
    expect(page.locator(".now-mark")).to_contain_text("79.6 %")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert not room.bets["q1"]
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Place my bet: 81.0 %").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".mine")).to_contain_text("81.0 %")
    assert bet_of(room) == {"question": "q1", "value": 81}
    page.get_by_role("button", name="More by 0.5").click()
    expect(page.get_by_role("button", name="Change my bet to 81.5 %")).to_be_visible()
    room.do("reveal")
    expect(page.locator(".verdict")).to_contain_text("Off by 3.8.")


def test_a_bet_that_is_made_without_a_connection_is_sent_later(roomful):
    """It is shown as not sent, and the last one counts."""
    room, enter = roomful
    page = enter(1)
    room.pose(DIRECTION)
    page.wait_for_selector(".choice")
    room.lose()
    expect(page.locator(".connection")).to_contain_text("Connection lost")
    page.get_by_role("button", name="lower").click()
    page.get_by_role("button", name="about the same").click()
    expect(page.locator(".mine")).to_contain_text("Not sent yet: about the same")
    room.away = False
    expect(page.locator(".mine")).to_contain_text("Your bet is in: about the same")
    expect(page.locator(".connection")).to_be_hidden()
    assert [message["choice"] for _, message in room.heard if message["do"] == "bet"] == ["same"]


def test_a_connection_that_carries_nothing_is_replaced(roomful):
    """As that of a phone that was put away: it looks well, but nobody answers."""
    room, enter = roomful
    page = enter(1)
    room.pose(DIRECTION)
    page.wait_for_selector(".choice")
    page.clock.install()
    room.deaf = True
    page.get_by_role("button", name="lower").click()
    page.clock.fast_forward(6000)
    page.wait_for_function("() => document.querySelector('.choice:last-child').ariaPressed === 'true'")
    expect(page.locator(".people")).to_contain_text("Bets: 1")
    assert bet_of(room) == {"question": "q1", "choice": "worse"}


def test_a_bet_that_comes_too_late_is_told_so(roomful):
    """In the sentence of the server; it does not look like a bet that counts."""
    room, enter = roomful
    page = enter(1)
    room.pose(DIRECTION)
    page.wait_for_selector(".choice")
    room.lose()
    page.get_by_role("button", name="lower").click()
    room.of("q1")["state"] = "closed"
    room.away = False
    expect(page.get_by_role("alert")).to_contain_text("The bets on this question are closed.")
    expect(page.locator("main .mine")).to_contain_text("You did not bet on this one.")


def test_earlier_questions_are_remembered(roomful):
    """With one's own bet, also by a phone that loads the page again."""
    room, enter = roomful
    page = enter(1)
    room.pose(DIRECTION)
    page.get_by_role("button", name="higher").click()
    room.do("reveal")
    page.wait_for_selector("section.revealed")
    room.note("q1", "finding", "It helps.")
    room.pose(POLL)
    page.wait_for_selector("section.asking")
    page.reload()
    page.locator("summary").click()
    for told in ("You were right.", "It helps."):
        expect(page.locator("details")).to_contain_text(told)
    expect(page.locator(".press")).to_be_hidden()
    room.do("withdraw")
    expect(page.locator(".press")).to_have_attribute("href", "/s/made_up#lang=en")


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "\u202eمرحبا بالعالم\u202e",
    "a\u0301\u0302\u0303" * 60,
    "👩‍👩‍👧‍👦" * 40,
    "\u200b" * 50 + "x",
    "W" * 200,
]


def test_whatever_people_write_stays_text(roomful):
    """In names, reasons, wordings and answers; it makes no elements and breaks no layout."""
    room, enter = roomful
    page = enter(1)
    for number, text in enumerate(HOSTILE):
        room.names[100 + number] = text
        labels = [{"label": text}, {"label": both(text + " two")}]
        room.pose({"kind": "poll", "scenario": "made_up", "text": text, "choices": labels})
        room.add_bets(*[{"choice": "a", "why": one} for one in HOSTILE])
        page.locator(".choice").first.click()
        expect(page.locator(".mine")).to_have_attribute("data-state", "sent")
        assert not page.evaluate(WIDER), text
        room.note(f"q{number + 1}", "finding", text)
        room.do("reveal")
        page.wait_for_selector("section.revealed")
        assert not page.evaluate(WIDER), text
        assert page.locator("img").count() == 0
    assert room.address in page.url


def test_the_language_turns_everything(roomful):
    """The question, the buttons and what has been bet; it is remembered."""
    room, enter = roomful
    page = enter(1)
    room.pose(DIRECTION)
    page.get_by_role("button", name="higher").click()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("button", name="更高")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".mine")).to_contain_text("已收到您的预测")
    page.reload()
    expect(page.get_by_role("button", name="更高")).to_be_visible()


def test_a_wrong_code_is_told_and_a_sloppy_one_forgiven(roomful, watched):
    """Small letters, spaces and full-width letters are; letters that no code has are told."""
    _, enter = roomful
    page = enter(1, "r/WRONG2")
    expect(page.get_by_role("alert")).to_contain_text("no room with this code")
    field = page.get_by_label("The code on the screen")
    for typed, told in (("k7m", "six letters"), ("O7M2QX", "no O and 0")):
        field.fill(typed)
        field.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(told)
    field.fill(" ｋ7m-2 qx ")
    page.get_by_role("button", name="Join").click()
    expect(page.locator("main")).to_contain_text("You are in")
    assert page.url.endswith(f"/r/{CODE}")
    watched.found = [one for one in watched.found if "403" not in one]


def test_a_reader_of_the_screen_hears_what_happens(roomful):
    """A new question, that bets are closed, and what came out."""
    room, enter = roomful
    page = enter(1)
    spoken = page.locator("body > [aria-live]")
    room.pose(DIRECTION)
    expect(spoken).to_contain_text("New question: What does shared_kpi do")
    room.do("close")
    expect(spoken).to_contain_text("The bets are closed.")
    room.do("reveal")
    expect(spoken).to_contain_text("84.8 %")


def test_a_reason_is_sent_as_it_is_typed(roomful):
    """Nobody has to press anything; what was written when the question goes is there."""
    room, enter = roomful
    page = enter(1)
    room.pose(POLL)
    page.get_by_role("button", name="Shared KPIs").click()
    why = page.get_by_label("Why?")
    why.press_sequentially("Nobody reads")
    expect(page.get_by_text("Your reason is in.")).to_be_visible()
    assert bet_of(room) == {"question": "q1", "choice": "a", "why": "Nobody reads"}
    why.press_sequentially(" minutes")
    page.get_by_role("button", name="A stand-up").click()
    expect(page.locator(".mine")).to_contain_text("Your bet is in: A stand-up")
    assert bet_of(room) == {"question": "q1", "choice": "b", "why": "Nobody reads minutes"}
    why.fill("")
    page.get_by_label("Your name").focus()
    expect(page.get_by_text("Sent as you type.")).to_be_visible()
    assert bet_of(room) == {"question": "q1", "choice": "b", "why": ""}
    why.press_sequentially("Half a", delay=0)
    expect(page.get_by_text("Your reason is in.")).to_be_visible()
    room.do("reveal")
    expect(page.locator(".reasons q")).to_have_text("Half a")


LOWER = {**DIRECTION, "measure": "lead_time_mean"}


@pytest.mark.parametrize(
    ("wish", "signs"),
    [(DIRECTION, ["↑", "=", "↓"]), (LOWER, ["↑", "=", "↓"]), (POLL, ["A", "B", "C"]), (WHICH, ["A", "B"])],
)
def test_choices_have_the_letters_of_the_wall(roomful, wish, signs):
    """Letters that one can call out; arrows for directions, which say nothing of better or worse."""
    room, enter = roomful
    host, guest = enter(HOST), enter(1)
    host.locator(".to-room").click()
    room.pose(wish)
    expect(guest.locator(".choice .sign")).to_have_text(signs)
    expect(host.locator(".answers-list .sign")).to_have_text(signs)
    guest.locator(".choice").first.click()
    room.do("reveal")
    for page in (guest, host):
        expect(page.locator(".bars .sign")).to_have_text(signs)


CUT = """() => [...document.querySelectorAll(".bars *")]
    .filter((one) => one.scrollHeight > one.clientHeight + 2 && getComputedStyle(one).overflow !== "visible")
    .map((one) => one.textContent)"""


@pytest.mark.parametrize("lang", ["en-US", "zh-CN"])
def test_long_answers_are_whole_when_revealed(roomful, lang):
    """Also on a narrow phone, beside what came out and one's own bet."""
    room, enter = roomful
    page = enter(1, locale=lang, viewport={"width": 320, "height": 640})
    long = both(
        "Shared KPIs, a stand-up every morning, and answers by a date",
        "共同 KPI、每日站会、响应时限约定，三项同时实施，外加轮岗",
    )
    room.pose({**WHICH, "choices": [{"label": long, "items": [one]} for one in ("shared_kpi", "raci")]})
    page.locator(".choice").first.click()
    room.do("reveal")
    expect(page.locator(".bars .marks b")).to_have_count(2)
    assert page.evaluate(CUT) == []
    names = page.locator(".choice-name").all()
    assert all(one.bounding_box()["width"] > 150 for one in names)
    assert not page.evaluate(WIDER)

"""The host of a room on the large page: what hangs on the wall, asking and revealing, and what is written down."""

import pytest
from playwright.sync_api import expect

from tests.browser.madeup import hash_of
from tests.browser.roomful import DIRECTION, HOST, POLL, SIZE, WHICH
from tests.browser.test_room_guests import HOSTILE
from tests.browser.test_story import with_story

SPILLED = """() => [...document.querySelectorAll("#room *")]
    .filter((one) => one.checkVisibility() && !one.closest("svg, .unseen, .several, option"))
    .map((one) => [one.className || one.tagName, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.right > innerWidth + 1 || box.left < -1))
    .map(([name]) => name)"""


OUTSIDE = """() => [...document.querySelectorAll("#header *, #main *")]
    .filter((one) => one.checkVisibility() && !one.closest("svg, .unseen, #tabs, #case"))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.className || one.tagName)"""


def opened(page):
    """Open the panel."""
    page.locator(".to-room").click()
    panel = page.get_by_role("dialog", name="Room")
    expect(panel).to_be_visible()
    return panel


def said(room, what):
    """Return what the host said of one kind, without what tells messages apart."""
    own = [one for who, one in room.heard if who == HOST and one["do"] == what]
    return [{key: value for key, value in one.items() if key not in ("do", "id")} for one in own]


def test_an_hour_in_the_room(roomful):
    """Asking, betting, closing, revealing: the wall and the phones show the same, and the week shows what was asked."""
    room, enter = roomful
    host, guest = enter(HOST), enter(1)
    panel = opened(host)
    expect(panel.locator(".code")).to_have_text("K7M2QX")
    expect(panel.locator(".address")).to_have_text("192.168.1.5:8765")
    expect(panel.locator(".here")).to_have_text("People here: 1")
    panel.get_by_role("button", name="Ask a question").click()
    panel.get_by_label("Hypothesis").fill("They argue less.")
    panel.get_by_role("button", name="Ask the room").click()
    [question] = [one["question"] for one in said(room, "pose")]
    assert question == {**DIRECTION, "hypothesis": "They argue less."}
    expect(panel.get_by_role("heading", name="What does shared_kpi do")).to_be_visible()
    guest.get_by_role("button", name="higher").click()
    expect(panel.locator(".bets")).to_have_text("1")
    panel.get_by_role("button", name="Close the bets").click()
    guest.wait_for_selector("section.closed")
    assert ["shared_kpi"] not in room.asked
    panel.get_by_role("button", name="Reveal").click()
    expect(panel.locator(".came-out")).to_contain_text("79.6 % now, 84.8 % with shared_kpi")
    expect(panel.locator(".bars [data-right]")).to_contain_text("1 · 100%")
    panel.get_by_label("What we found").fill("It helps.")
    expect(guest.locator(".note")).to_have_text("It helps.")
    panel.get_by_role("button", name="Show the week").click()
    expect(panel).to_be_hidden()
    expect(host.locator(".number .then").first).to_have_text("85")
    assert hash_of(host) == "#with=shared_kpi"


def test_nothing_is_shown_of_what_is_asked(roomful):
    """Neither what was on, nor what is kept, nor what is switched on meanwhile; nobody asks the server for it."""
    room, enter = roomful
    page = enter(HOST, "#with=shared_kpi&keep=shared_kpi;raci")
    expect(page.locator(".number .then").first).to_have_text("85")
    room.pose(WHICH)
    expect(page.locator(".number .then").first).to_have_text("80")
    kept = page.locator("#kept li b")
    expect(kept.nth(1)).to_have_text("…")
    room.asked.clear()
    page.get_by_role("switch", name="RACI matrix").click()
    expect(page.locator("#numbers")).to_have_attribute("data-stale", "")
    expect(page.locator(".number .now").first).to_be_hidden()
    page.get_by_role("switch", name="Rotation").click()  # something else, of which nothing is asked
    expect(page.locator(".number .then").first).to_have_text("81")
    assert room.asked == [["raci", "rotation"]]
    room.do("reveal")
    expect(page.locator(".number .then").nth(2)).to_have_text("28")
    expect(kept.nth(1)).not_to_have_text("…")
    assert "with=shared_kpi" in hash_of(page)


def test_every_kind_is_asked_and_shown(roomful):
    """Alternatives to choose from, a scale, a poll of one's own; what is missing is told."""
    room, enter = roomful
    page = enter(HOST, "#keep=shared_kpi+raci")
    panel = opened(page)
    panel.get_by_role("button", name="Ask a question").click()
    panel.get_by_role("radio", name="Which one").check()
    go = panel.get_by_role("button", name="Ask the room")
    go.click()
    expect(panel.locator(".composer .room-refused")).to_contain_text("two alternatives")
    for name in ("Shared KPIs + RACI matrix", "Rotation"):
        panel.get_by_role("checkbox", name=name, exact=True).check()
    panel.get_by_label("About").select_option("conflicts_per_100")
    go.click()
    expect(panel.locator(".answers-list li")).to_have_text(["AShared KPIs + RACI matrix", "BRotation"])
    room.add_bets({"choice": "a"}, {"choice": "b"}, {"choice": "b"})
    panel.get_by_role("button", name="Reveal").click()
    expect(panel.locator(".came-out")).to_contain_text("Conflicts: best with")
    panel.get_by_role("button", name="Ask", exact=True).click()
    panel.get_by_role("radio", name="Size").check()
    panel.get_by_label("About").select_option("on_time_target")
    go.click()
    expect(panel.locator(".scale")).to_contain_text("now 79.6 %")
    room.add_bets({"value": 80}, {"value": 90}, {"value": 91.5})
    panel.get_by_role("button", name="Reveal").click()
    expect(panel.locator(".key")).to_contain_text("middle of the bets 90.0 %")
    expect(panel.locator(".key")).to_contain_text("what came out 84.5 %")
    panel.get_by_role("button", name="Ask", exact=True).click()
    panel.get_by_role("radio", name="Poll").check()
    panel.get_by_label("Answers").fill("yes\n\n  no \nmaybe")
    panel.get_by_label("Wording").fill("Shall we?")
    go.click()
    expect(panel.locator(".answers-list li")).to_have_text(["Ayes", "Bno", "Cmaybe"])
    panel.get_by_role("button", name="Ask", exact=True).click()
    panel.get_by_label("Answers").fill("\n".join("123456789"))
    panel.get_by_label("Wording").fill("How many?")
    go.click()
    expect(panel.locator(".composer .room-refused")).to_contain_text("Eight")
    assert [one["question"]["kind"] for one in said(room, "pose")] == ["which", "size", "poll"]


def test_why_the_model_has_no_answer_is_said(roomful):
    """On the wall and on the phones, in the language that is on; nobody waits for what will not come."""
    room, enter = roomful
    room.failure = {"en": "Its memory is full.", "zh": "内存不足。"}
    host, guest = enter(HOST), enter(1)
    room.pose(DIRECTION)
    guest.locator(".choice").first.click()
    expect(guest.locator(".mine")).to_have_attribute("data-state", "sent")
    room.do("reveal")
    for page in (opened(host), guest):
        expect(page.locator(".came-out")).to_have_text("Its memory is full.")
    guest.get_by_role("button", name="中文").click()
    expect(guest.locator(".came-out")).to_have_text("内存不足。")


def test_the_log_keeps_what_is_typed(roomful):
    """With a pause, without the button that nobody presses; what is typed stays while others bet."""
    room, enter = roomful
    page = enter(HOST)
    for wish in (DIRECTION, POLL):
        room.pose(wish)
    panel = opened(page)
    panel.get_by_role("button", name="Log").click()
    first = panel.locator(".entry").last
    first.get_by_label("What we decide").fill("Try it for")
    room.add_bets({"choice": "a"})
    first.get_by_label("What we decide").press_sequentially(" a quarter.")
    expect(first.get_by_label("What we decide")).to_have_value("Try it for a quarter.")
    page.keyboard.press("Tab")
    expect(first.locator(".note-state").last).to_have_text("saved")
    assert room.of("q1")["notes"]["decision"] == "Try it for a quarter."
    first.get_by_role("button", name="Reveal").click()
    expect(first).to_contain_text("79.6 % now, 84.8 %")
    expect(panel.get_by_role("link", name="Debrief")).to_have_attribute("href", "/debrief")
    page.evaluate("document.querySelector('#room .language').click()")
    expect(page.locator(".log-head a").first).to_have_attribute("href", "/debrief?lang=zh")
    expect(panel.or_(page.get_by_role("dialog", name="房间"))).to_contain_text("/home/li/deptsim")


def test_without_the_mouse(roomful):
    """Everything by keys; those of the page behind do nothing, but those of clickers are let through."""
    room, enter = roomful
    page = enter(HOST)
    page.locator(".to-room").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Room")
    panel.get_by_role("button", name="Ask a question").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("radio", name="Direction")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    assert hash_of(page) == ""
    panel.get_by_role("button", name="Ask the room").focus()
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="Reveal").focus()
    page.evaluate("document.addEventListener('keydown', (event) => (window.heard = (window.heard ?? '') + event.key))")
    page.keyboard.press("PageDown")
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("button", name="Show the week")).to_be_focused()
    assert page.evaluate("window.heard") == "PageDown"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".to-room")).to_be_focused()
    assert room.questions[-1]["kind"] == "size"


def test_a_reader_of_the_screen_hears_the_question(roomful):
    """When it is put, closed and revealed, but not with every bet; also what the server does not tell again is kept."""
    room, enter = roomful
    page = enter(HOST)
    opened(page)
    room.pose(POLL)
    spoken = page.locator("#room > [aria-live]")
    expect(spoken).to_have_text("Question 1 · place your bets · What should we try first?")
    room.pose(DIRECTION)
    room.add_bets({"choice": "better"})
    expect(page.locator(".bets")).to_have_text("1")
    expect(spoken).to_contain_text("Question 2 · place your bets")
    room.do("reveal")
    expect(spoken).to_contain_text(
        "Question 2 · what came out · What does shared_kpi do to on time? · On time: 79.6 % now"
    )
    room.sparing = True
    room.note("q2", "finding", "It helps.")
    page.get_by_role("button", name="Log").click()
    expect(page.locator(".entry")).to_have_count(2)


def test_withdrawing_takes_two_presses(roomful):
    """As it cannot be taken back."""
    room, enter = roomful
    page = enter(HOST)
    room.pose(POLL)
    panel = opened(page)
    panel.get_by_role("button", name="Withdraw").click()
    assert room.questions
    panel.get_by_role("button", name="Really withdraw?").click()
    expect(panel.get_by_role("button", name="Ask a question")).to_be_visible()
    assert not room.questions


def test_the_connection_of_the_host(roomful):
    """It says so on the wall; what was pressed meanwhile is done later, and a reload shows the panel again."""
    room, enter = roomful
    page = enter(HOST)
    room.pose(POLL)
    panel = opened(page)
    room.lose()
    expect(panel.locator(".room-lost")).to_be_visible()
    panel.get_by_role("button", name="Close the bets").click()
    room.away = False
    expect(panel.get_by_role("button", name="Open the bets again")).to_be_visible()
    expect(panel.locator(".room-lost")).to_be_hidden()
    page.reload()
    expect(panel.get_by_role("button", name="Open the bets again")).to_be_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (390, 844)])
def test_the_wall_holds_what_people_write(roomful, lang, size):
    """Whatever they write, nothing sticks out at the sides, and the buttons stay on the screen."""
    room, enter = roomful
    page = enter(HOST, f"#big=1&theme=dark&lang={lang}", viewport={"width": size[0], "height": size[1]})
    page.locator(".to-room").click()
    for number, text in enumerate(HOSTILE):
        room.names[100 + number] = text
    for text in HOSTILE:
        room.pose({**POLL, "text": text, "choices": [{"label": one} for one in HOSTILE]})
        room.add_bets(*[{"choice": "a", "why": one} for one in HOSTILE])
        page.wait_for_selector("[data-state=open]")
        assert page.evaluate(SPILLED) == [], text
        room.do("reveal")
        page.wait_for_selector("[data-state=revealed]")
        assert page.evaluate(SPILLED) == [], text
        buttons = page.locator(".controls").first.bounding_box()
        assert buttons["y"] + buttons["height"] <= size[1]
    assert page.locator("img").count() == 0


def test_a_guest_on_the_large_page_finds_back(roomful):
    """And is told when a question is open; nothing of the host is there."""
    room, enter = roomful
    page = enter(1, "")
    page.wait_for_selector("html[data-ready] .number")
    back = page.locator(".to-room")
    expect(back).to_have_text("Back to the room")
    room.pose(SIZE)
    expect(back).to_have_text("A question is open")
    assert page.locator("dialog").count() == 0
    back.click()
    expect(page.get_by_role("slider")).to_be_visible()


def test_nothing_moves_where_nobody_wants_it(roomful):
    """With reduced motion, neither on the phone nor on the wall."""
    room, enter = roomful
    host, guest = enter(HOST, reduced_motion="reduce"), enter(1, reduced_motion="reduce")
    opened(host)
    room.pose(DIRECTION)
    guest.locator(".choice").first.click()
    room.do("reveal")
    guest.wait_for_selector("section.revealed")
    moving = "document.getAnimations().filter((one) => one.effect.getTiming().duration > 0).length"
    assert [page.evaluate(moving) for page in (host, guest)] == [0, 0]


def test_a_question_begins_at_its_top(roomful):
    """However far down one looked at the one before; and what lies below is announced."""
    room, enter = roomful
    page = enter(HOST)
    panel = opened(page)
    room.pose({**DIRECTION, "text": "Will it help? " * 12})
    more = panel.locator(".more-below")
    expect(more).to_be_hidden()
    room.add_bets(*[{"choice": "better", "why": f"Because of this, number {n}. " * 5} for n in range(12)])
    room.do("reveal")
    expect(more).to_be_visible()
    more.click()
    more.click()
    expect(more).to_be_hidden()
    top = "document.querySelector('#room .asked').scrollTop"
    assert page.evaluate(top) > 0
    room.add_bets({"choice": "same"})
    assert page.evaluate(top) > 0
    room.pose(SIZE)
    page.wait_for_selector("#room-question[data-state=open]")
    assert page.evaluate(top) == 0
    expect(more).to_be_hidden()


def test_bets_and_people_are_counted_apart(roomful):
    """The bet of a phone that is away counts, but it is not here."""
    room, enter = roomful
    page = enter(HOST)
    panel = opened(page)
    room.pose(DIRECTION)
    room.add_bets(*[{"choice": "better"}] * 8)
    room.more_people = 7
    room.tell()
    expect(panel.locator(".bets")).to_have_text("8")
    expect(panel.locator(".bets-means")).to_have_text("bets · here: 7")


def test_the_host_takes_rude_words_off_the_wall(roomful):
    """Reasons and names, on this screen alone; they do not come back."""
    room, enter = roomful
    page, guest = enter(HOST), enter(1)
    room.names |= {100: "Rude", 101: "Li"}
    panel = opened(page)
    room.tell()
    names = panel.locator(".names bdi")
    expect(names).to_have_text(["Rude", "Li"])
    names.first.hover()
    panel.locator(".names .take-off").first.click()
    expect(names).to_have_text(["Li"])
    room.pose(DIRECTION)
    room.add_bets({"choice": "better", "why": "One"}, {"choice": "same", "why": "Two"})
    room.do("reveal")
    reasons = panel.locator(".reasons li")
    expect(reasons.first).to_contain_text("somebody")
    reasons.first.hover()
    reasons.first.get_by_role("button", name="Take it off this screen").click()
    expect(panel.locator(".reasons q")).to_have_text(["Two"])
    page.reload()
    expect(panel.locator(".reasons q")).to_have_text(["Two"])
    expect(guest.locator(".reasons q")).to_have_text(["One", "Two"])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("who", [1, HOST])
def test_the_large_page_on_a_narrow_phone(roomful, who, lang):
    """With everything that its header may hold, nothing lies beside the screen."""
    room, enter = roomful
    with_story(room.frame)
    page = enter(who, f"#with=shared_kpi&lang={lang}", viewport={"width": 320, "height": 640})
    expect(page.locator(".number .then").first).to_have_text("85")
    for question in (None, DIRECTION):
        if question:
            room.pose(question)
            page.wait_for_selector(".to-room[data-open]")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.evaluate(OUTSIDE) == []

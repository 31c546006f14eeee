"""The two networks and their clock: what they show at a moment is what the data of the week say."""

import pytest

from sim.words import words
from tests.browser.madeup import answer, week

texts = words("playing")

HAS_A_DOT = {"work", "follow_up", "consult", "approve", "triage", "rework"}
STATES = ("unseen", "queued", "worked", "parked")
HOURS = (9.5, 35.0, 59.0, 106.0)

WEEK = """async (items) => {
    const { connect } = await import("page/stick.js");
    const frame = JSON.parse(document.querySelector("#frame").textContent);
    const source = await connect(frame);
    const week = await new Promise((resolve, refuse) => source.ask(items, () => {}, resolve, refuse));
    return [frame, week];
}"""
"""Returns the frame, and the week of what is asked for."""

TOO_WIDE = """() => {
    const right = (one) => one.getBoundingClientRect().right;
    const parts = [...document.querySelectorAll("#nets *, #legend *, #clock *, #case *, #tabs *")];
    const out = parts.filter((one) => !one.closest(".unseen") && right(one) > innerWidth + 0.5);
    return out.map((one) => `${one.tagName} ${one.textContent}`);
}"""
"""Returns what stands out of the screen to the right."""

SETTLED = "() => !document.querySelector('.stale')"
DRAWN = """async () => {  // with the letters it is written in, in the size that everything around it leaves
  await document.fonts.ready;
  for (let k = 0; k < 2; k++) await new Promise(requestAnimationFrame);
}"""


def over(time, tenth):
    """Has something happened by now?"""
    return time is not None and time <= tenth


def state_of(move, tenth):
    """Where a request is at a moment, worked out from the contract rather than as the page does."""
    _, _, _, _, sent, received, begun, ended, parked, resumed, *held = move
    frozen = any(over(held[i], tenth) and not over(held[i + 1], tenth) for i in range(0, len(held), 2))
    if sent > tenth or over(ended, tenth) or frozen:
        return None
    if over(parked, tenth) and not over(resumed, tenth):
        return "parked"
    if over(begun, tenth):
        return "worked"
    return "queued" if over(received, tenth) else "unseen"


def counted(frame, week, hour):
    """How many requests of each state every department has."""
    found = {}
    for move in week["moves"]:
        state = state_of(move, hour * 10)
        if state and frame["kinds"][move[2]] in HAS_A_DOT:
            found.setdefault(move[1], dict.fromkeys(STATES, 0))[state] += 1
    return found


def network(page, side):
    """The network of one side."""
    return page.locator(f".net[data-side={side}]")


@pytest.mark.parametrize("hour", HOURS)
def test_counts_and_tables_are_those_of_the_week(visit, exported, hour):
    """On both sides, at night and by day: what waits, what is frozen, and the states by department."""
    page = visit(f"{exported['en']}#with=raci&t={hour}")
    page.wait_for_function(SETTLED)
    for side, items in (("now", []), ("with", ["raci"])):
        frame, week = page.evaluate(WEEK, items)
        told = counted(frame, week, hour)
        waiting = sum(count for one in told.values() for state, count in one.items() if state != "worked")
        frozen = sum(begin <= hour * 10 and not over(end, hour * 10) for _, _, _, begin, end, *_ in week["frozen"])
        shown = network(page, side)
        assert shown.locator(".counts").inner_text().split() == ["waiting", str(waiting), "frozen", str(frozen)]
        assert shown.locator(".diamond").count() == frozen
        assert f"waiting {waiting}, frozen {frozen}" in shown.locator("svg").get_attribute("aria-label")
        rows = [row.split("\t") for row in shown.locator("tbody").inner_text().splitlines()]
        names = [one["label"]["en"] for one in frame["departments"]]
        assert {name: tuple(map(int, counts)) for name, *counts in rows} == {
            names[place]: tuple(one[state] for state in STATES) for place, one in told.items()
        }


def test_every_request_that_is_not_over_has_a_dot(visit, exported):
    """At a quiet moment none is left out, and none is drawn twice."""
    page = visit(f"{exported['en']}#with=raci&t=35")
    page.wait_for_function(SETTLED)
    frame, week = page.evaluate(WEEK, ["raci"])
    expected = sum(sum(one.values()) for one in counted(frame, week, 35.0).values())
    more = sum(int(text) for text in network(page, "with").locator(".more-count").all_inner_texts() if text)
    page.wait_for_function(
        "(n) => document.querySelectorAll('.net[data-side=with] .dot:not([opacity])').length === n", arg=expected - more
    )


def test_with_reduced_motion_it_stands_on_a_typical_morning(visit, exported):
    """And stays there until somebody plays it."""
    page = visit(exported["en"], reduced_motion="reduce")
    moment = page.locator("#clock .moment")
    assert moment.inner_text().endswith("Tue 11:00")
    assert page.locator("#clock .play").get_attribute("aria-label") == texts.PLAY.en
    page.locator("#clock .play").click()
    page.wait_for_function("() => !document.querySelector('#clock .moment').textContent.endsWith('11:00')")


def test_it_plays_until_it_is_stopped_and_while_somebody_can_see_it(visit, exported):
    """A page behind another one does not move."""
    page = visit(exported["en"])
    moment = page.locator("#clock .moment")
    begun = moment.inner_text()
    page.wait_for_function("(text) => document.querySelector('#clock .moment').textContent !== text", arg=begun)
    page.evaluate(
        """() => {
            Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    behind = moment.inner_text()
    page.wait_for_timeout(900)
    assert moment.inner_text() == behind
    page.evaluate("() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }")
    page.wait_for_function("(text) => document.querySelector('#clock .moment').textContent !== text", arg=behind)
    page.locator("#clock .play").click()
    stopped = moment.inner_text()
    page.wait_for_timeout(900)
    assert moment.inner_text() == stopped
    page.wait_for_function("() => location.hash.includes('t=')")


def test_the_clock_moves_by_keys_and_by_hand(visit, exported):
    """Both networks and the case follow it; the address remembers it."""
    page = visit(exported["en"], reduced_motion="reduce")
    slider = page.get_by_role("slider", name=texts.SCRUBBER.en)
    slider.press("Home")
    assert slider.get_attribute("aria-valuetext").endswith("Mon 00:00")
    slider.press("PageUp")
    assert "Tue" in slider.get_attribute("aria-valuetext")
    before = float(slider.get_attribute("aria-valuenow"))
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    assert float(slider.get_attribute("aria-valuenow")) == before + 1
    box = slider.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.995, box["y"] + box["height"] / 2)
    assert any(day in slider.get_attribute("aria-valuetext") for day in ("Fri", "Sat", "Sun"))
    page.wait_for_function("() => location.hash.includes('t=1')")


def test_a_request_that_is_clicked_shows_its_case(visit, exported):
    """The case becomes the one below, and its dots are marked in both networks."""
    page = visit(f"{exported['en']}#with=raci&t=35")
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(300)  # dots have come to rest
    network(page, "now").locator(".dot").first.click()
    page.wait_for_function("() => location.hash.includes('case=')")
    case = page.evaluate("new URLSearchParams(location.hash.slice(1)).get('case')")
    assert case in page.locator("#case .tale").inner_text()
    assert network(page, "now").locator(".chosen").count() > 0


def test_a_switch_leaves_the_network_of_now_alone(visit, exported):
    """Only the other side is drawn again, and its departments stay the elements that they were."""
    page = visit(f"{exported['en']}#t=35")
    page.wait_for_selector("html[data-ready]")
    page.evaluate(DRAWN)
    page.evaluate(
        "document.querySelectorAll('.net .ring, .net[data-side=now] .dot').forEach((one) => (one.known = true))"
    )
    page.get_by_role("switch").first.click()
    page.wait_for_function(SETTLED)
    assert page.evaluate(
        "[...document.querySelectorAll('.net .ring, .net[data-side=now] .dot')].every((one) => one.known)"
    )
    assert network(page, "with").locator("h2").inner_text().startswith("With")


def test_the_phone_shows_one_network_at_a_time(visit, exported):
    """A finger changes the side; targets are large enough."""
    page = visit(f"{exported['en']}#with=raci", "phone", reduced_motion="reduce")
    page.wait_for_selector("html[data-ready]")
    sides = page.locator(".sides button")
    assert [network(page, side).is_visible() for side in ("now", "with")] == [False, True]
    sides.first.click()
    assert [network(page, side).is_visible() for side in ("now", "with")] == [True, False]
    assert network(page, "now").locator(".ring").first.is_visible()
    for target in (sides.first, page.locator("#clock .play"), page.locator("#clock .scrubber")):
        assert target.bounding_box()["height"] >= 44
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("screen", ["desk", "projector", "phone"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_legend_fits_and_nothing_is_missing_a_word(visit, exported, screen, lang):
    """One line where there is room for it; every entry is in the language of the page."""
    page = visit(exported[lang], screen, reduced_motion="reduce")
    legend = page.locator("#legend")
    page.wait_for_selector("#legend svg")
    keys = [key for key in words("playing") if key.startswith("LEGEND_")]
    assert [one for key in keys if (one := getattr(texts, key).get(lang)) not in legend.inner_text()] == []
    assert page.evaluate(
        "(() => { const one = document.querySelector('#legend'); return one.scrollWidth <= one.clientWidth; })()"
    )
    if screen != "phone":
        tops = page.evaluate("[...document.querySelectorAll('#legend > span')].map((one) => one.offsetTop)")
        assert len(set(tops)) == 1


CROWD = 90


def crowded(items):
    """A week in which many wait at one department all the time."""
    moves = [[0, 1, 0, 1000 + n, -10 - n, None, None, None, None, None] for n in range(CROWD)]
    return week(items) | {"moves": moves}


def test_a_week_that_has_not_come_is_marked_and_a_crowd_is_counted(opened):
    """Until the week is there its network stands back; then those who have no place around a ring are a number."""
    page, server = opened("t=35")
    server.answers = None
    page.get_by_role("switch").first.click()
    page.wait_for_function("() => document.querySelector('.net[data-side=with].stale')")
    server.answer_last(answer(["shared_kpi"]))
    assert network(page, "with").locator(".computing").inner_text() == texts.COMPUTING.en
    assert not network(page, "now").locator(".computing").inner_text()
    server.send({"type": "week", "id": server.asked[-1]["id"], "week": crowded(["shared_kpi"])})
    page.wait_for_function(SETTLED)
    assert network(page, "with").locator(".counts b").first.inner_text() == str(CROWD)
    more = network(page, "with").locator(".more-count").text_content()
    assert more.startswith("+")
    assert int(more) + network(page, "with").locator(".dot").count() == CROWD


def nothing_known(items):
    """An answer that can say nothing: nobody has finished anything, and nobody deals with anybody."""
    found = answer(items)
    for one in found["measures"].values():
        one |= dict.fromkeys(("now", "then", "diff", "low", "high"))
    found["weeks"]["series"]["on_time_target"] = {"now": [[None] * 60] * 3, "then": None}
    return found | {"trust": []}


def test_where_nothing_is_known_nothing_is_drawn(opened):
    """A sentence stands in every tab instead, and the case has one as well."""
    page, _ = opened("with=raci&t=35", answers=lambda items: [nothing_known(items)])
    page.wait_for_function(SETTLED)
    assert page.locator("#case .tale").inner_text() == texts.TALE_NONE.en
    for tab, sentence in (("TAB_WEEKS", "WEEKS_NONE"), ("TAB_TRUST", "TRUST_NONE")):
        page.get_by_role("tab", name=getattr(texts, tab).en).click()
        assert page.locator(".finding p").inner_text() == getattr(texts, sentence).en
        assert page.locator("#tab-panel .chart > *").count() == 0

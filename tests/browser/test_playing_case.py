"""One case told twice, and the tabs beside it."""

import statistics
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from sim.words import words
from tests.browser.madeup import answer, week
from tests.browser.test_playing import SETTLED, WEEK

texts = words("playing")

ARRIVAL, TARGET, FINISH = 1, 2, 3
TABS = ("weeks", "hours", "trust", "pays", "sure")
NAMES = {"weeks": "TAB_WEEKS", "hours": "TAB_HOURS", "trust": "TAB_TRUST", "pays": "TAB_PAYS", "sure": "TAB_SURE"}


def sides(page, items):
    """The cases that are finished on both sides, as they are now and with what is on."""
    now, then = page.evaluate(WEEK, [])[1]["cases"], page.evaluate(WEEK, items)[1]["cases"]
    both = {case: (now[case], then[case]) for case in now if case in then}
    return {case: one for case, one in both.items() if one[0][FINISH] is not None and one[1][FINISH] is not None}


def late(one):
    return one[FINISH] > one[TARGET]


def shown(page):
    """The case that the story is about."""
    return page.locator("#case .tale b").first.inner_text().split()[-1]


def test_cases_are_counted_and_the_middle_one_comes_first(visit, exported):
    """Nobody picks the most telling one."""
    page = visit(exported["en"] + "#with=raci+response_agreement&t=35")
    page.wait_for_function(SETTLED)
    both = sides(page, ["raci", "response_agreement"])
    saved = {case: now[FINISH] - then[FINISH] for case, (now, then) in both.items() if late(now) and not late(then)}
    cost = {case: now[FINISH] - then[FINISH] for case, (now, then) in both.items() if not late(now) and late(then)}
    buttons = page.locator("#case .actions button")
    assert buttons.all_inner_texts() == [f"one it saved ({len(saved)})", f"one it cost ({len(cost)})"]
    first = saved or cost
    assert first, "the week has nothing to tell: play another one"
    gained = list(first.values())
    assert first[shown(page)] in (statistics.median_low(gained), statistics.median_high(gained))


def test_the_buttons_go_through_all_cases_of_their_kind(visit, exported):
    """One after the other, and from the beginning again."""
    page = visit(exported["en"] + "#with=raci+response_agreement&t=35")
    page.wait_for_function(SETTLED)
    both = sides(page, ["raci", "response_agreement"])
    for place, (before, after) in enumerate([(True, False), (False, True)]):
        wanted = {case for case, (now, then) in both.items() if (late(now), late(then)) == (before, after)}
        button, seen = page.locator("#case .actions button").nth(place), set()
        assert button.is_disabled() == (not wanted)
        for _ in wanted:
            button.click()
            seen.add(shown(page))
        assert seen == wanted


def test_lanes_end_as_many_days_early_or_late_as_the_case(visit, exported):
    """In calendar days; and there is a lane for each side."""
    page = visit(exported["en"] + "#with=raci&t=35")
    page.wait_for_function(SETTLED)
    now, then = sides(page, ["raci"])[shown(page)]
    told = page.locator(".lane .verdict").all_text_contents()
    for text, one in zip(told, (now, then), strict=True):
        days = (one[FINISH] - one[TARGET]) / 240
        near, far = ("just too late", "late") if days > 0 else ("on the day", "early")
        assert text == (f"{abs(days):.1f} days {far}" if abs(days) >= 0.05 else near)


def test_the_story_counts_days_as_exactly_as_the_lanes(visit, exported):
    """Due in 28 days, taken 28, and yet 0.1 days late: nobody believes the rest."""
    page = visit(exported["en"] + "#with=raci&t=35")
    page.wait_for_function(SETTLED)
    now, then = ((one[FINISH] - one[ARRIVAL]) / 240 for one in sides(page, ["raci"])[shown(page)])
    tale = page.locator("#case .tale").inner_text()
    assert texts.TALE_BOTH.en.format(before=f"{now:.1f}", after=f"{then:.1f}", unit="days") in tale


def test_where_nothing_is_on_there_is_one_lane_and_an_invitation(visit, exported):
    """A typical case of the week stands there."""
    page = visit(exported["en"] + "#t=35")
    page.wait_for_selector(".lane")
    assert page.locator(".lane").count() == 1
    assert page.locator("#case .tale").inner_text().endswith(texts.TALE_INVITE.en)
    assert page.locator("#case .actions button:visible").count() == 0
    cases = [one for one in page.evaluate(WEEK, [])[1]["cases"].values() if one[FINISH] is not None]
    assert len(cases) > 0


def test_of_a_case_that_nobody_wants_by_a_date_none_is_told(opened, monkeypatch):
    """It is neither late nor early: how long it takes is told, and no date stands on its lanes."""

    def undated(items):
        end = 760 if items else 1000
        return week(items) | {"cases": {"7": [0, 40, None, end, [[end, 1, 0, (end - 40) / 10]]]}}

    monkeypatch.setattr("tests.browser.madeup.week", undated)
    page, _ = opened("t=35&with=shared_kpi")
    page.wait_for_selector(".lane .verdict")
    assert page.locator(".lane .verdict").all_text_contents() == ["4.0 days", "3.0 days"]
    assert page.locator("#case .due").count() == 0
    tale = page.locator("#case .tale").inner_text()
    assert tale.startswith("Order 7 came in on Mon of week")
    assert "to be done" not in tale
    assert page.locator("#case .actions button").all_inner_texts() == ["one it saved (0)", "one it cost (0)"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("items", ["", "raci", "raci+shared_kpi+response_agreement"])
def test_every_tab_has_something_to_say(visit, exported, lang, items):
    """A finding and a picture, in the language of the page, and never a word that is missing."""
    page = visit(f"{exported[lang]}#with={items}&t=35")
    page.wait_for_function(SETTLED)
    for tab in TABS:
        page.get_by_role("tab", name=getattr(texts, NAMES[tab]).get(lang)).click()
        page.wait_for_selector(f".panel[data-tab={tab}] .finding p:not(:empty)")
        said = page.locator("#tab-panel").inner_text()
        assert "{" not in said
        assert "undefined" not in said
        assert "NaN" not in said
        if tab != "sure":
            assert page.locator("#tab-panel .chart > *").count() > 3
        page.wait_for_function("(tab) => location.hash.includes(`tab=${tab}`)", arg=tab)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_pays_has_no_more_rows_than_can_be_read(visit, exported, lang):
    """Names do not touch each other on a projector, and it is said how many are left out."""
    page = visit(f"{exported[lang]}#with=raci+shared_kpi+response_agreement&t=35&tab=pays", screen="projector")
    page.wait_for_function(SETTLED)
    page.locator(".projector").click()
    page.wait_for_selector("html[data-big]")
    expect(page.locator(".panel .row-name")).not_to_have_count(10)
    places = [float(one.get_attribute("y")) for one in page.locator(".panel .row-name").all()]
    assert min(after - before for before, after in pairwise(places)) >= 12
    note = page.locator(".panel .note")
    assert str(12 - len(places)) in note.inner_text()
    assert note.evaluate("one => one.scrollWidth <= one.clientWidth")


def slightly_better(items):
    """Return an answer that is certain and matters, and small beside what luck does to a week."""
    found = answer(items)
    found["measures"]["on_time_target"] |= {"then": 80.2, "diff": 0.6, "low": 0.5, "high": 0.7, "verdict": "better"}
    return [found]


def test_the_weeks_say_what_the_big_number_says(opened):
    """What is better there does not hardly move here."""
    page, _ = opened("with=shared_kpi&tab=weeks", answers=slightly_better)
    expect(page.locator(".mark").first).to_have_text("▲better")
    expect(page.locator(".panel .finding p")).to_have_text("79.6 → 80.2 % by week 50")


def test_there_is_no_half_a_week(opened):
    """Where few weeks are counted, whole ones are named."""
    page, _ = opened("tab=weeks", change=lambda frame: frame.update(weeks={"horizon": 12, "warmup": 48}))
    expect(page.locator(".panel .finding p")).not_to_be_empty()
    named = page.locator(".panel .axis[text-anchor=middle]").all_text_contents()
    assert named == ["3", "6", "9", "12"]


def test_tabs_follow_the_arrows(visit, exported):
    """As people expect it who use the keyboard."""
    page = visit(exported["en"] + "#t=35")
    page.get_by_role("tab").first.focus()
    for name in [*NAMES.values()][1:]:
        page.keyboard.press("ArrowRight")
        assert page.locator("[role=tab][aria-selected=true]").inner_text() == getattr(texts, name).en
    page.keyboard.press("ArrowRight")
    assert page.locator("[role=tab]:focus").inner_text() == texts.TAB_WEEKS.en


def test_hours_are_those_of_the_answer(visit, exported):
    """Part by part of the ledger, most first."""
    page = visit(exported["en"] + "#tab=hours&t=35")
    page.wait_for_selector(".chart .row-bar")
    ledger = page.evaluate(
        """async () => {
            const { connect } = await import("page/stick.js");
            const source = await connect(JSON.parse(document.querySelector("#frame").textContent));
            return new Promise((resolve) => source.ask([], (one) => resolve(one.ledger.now), () => {}, resolve));
        }"""
    )
    told = [float(text) for text in page.locator(".chart .row-number").all_text_contents()]
    expected = sorted((hours for hours in ledger if hours >= 0.05), reverse=True)
    assert told == pytest.approx(expected, abs=0.5001)


def test_another_series_can_be_chosen(visit, exported):
    """Every series that there is by week."""
    page = visit(exported["en"] + "#with=raci&tab=weeks&t=35")
    page.wait_for_function(SETTLED)
    series = page.get_by_label(texts.SERIES.en)
    for option in series.locator("option").all_text_contents():
        series.select_option(label=option)
        assert series.locator("option:checked").inner_text() == option
        assert page.locator(".chart .line-now").count() == page.locator(".chart .line-with").count() == 1

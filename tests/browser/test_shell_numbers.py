"""Switches and the four big numbers: what comes on, what differs, how surely, and in which words."""

import pytest
from playwright.sync_api import expect

from tests.browser.madeup import answer, both
from tests.browser.test_story import with_story


def numbers(page, number):
    """Return one of the big numbers, from 0."""
    return page.locator(".number").nth(number)


def test_nothing_is_on(opened):
    """The base case, how it varies, and what to do."""
    page, _ = opened()
    expect(numbers(page, 0).locator(".then")).to_have_text("80")
    expect(numbers(page, 0).locator(".difference")).to_have_text("8 of 10 simulated runs: 77 to 83")
    expect(numbers(page, 0).locator(".mark")).to_be_hidden()
    expect(page.locator("#why")).to_contain_text("Switch something on")
    expect(page.locator(".total")).to_have_text("Nothing is switched on.")


def test_a_switch_shows_now_and_then(opened):
    """Value, difference, interval, verdict with its sign, runs in which it is better, sentence, cost."""
    page, _ = opened()
    page.get_by_role("switch", name="Shared KPIs").click()
    first = numbers(page, 0)
    expect(first.locator(".now")).to_have_text("80")
    expect(first.locator(".then")).to_have_text("85")
    expect(first.locator(".difference")).to_have_text("+5.2 (+4.9 to +5.5)")
    expect(first.locator(".mark")).to_have_text("▲better")
    expect(first.locator(".often")).to_have_text("better in 200 of 200")
    expect(numbers(page, 3).locator(".mark")).to_have_text("▼worse")
    expect(page.locator("#why .sentence")).to_have_text(
        "Working hours a case: waiting for an answer −36, frozen by conflict −16, queue +0.8."
    )
    expect(page.locator(".total")).to_have_text("Costs 5 h of people’s time a week, about 250 in money.")
    assert page.get_by_role("switch", name="Shared KPIs").get_attribute("aria-checked") == "true"


def bought(items):
    """Return an answer of what is bought as well."""
    found = answer(items)
    found["cost"] |= {"once": 32000.0 * len(items)}
    return [found]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "Costs 5 h of people’s time a week, about 250 in money, and 32,000 once."),
        ("zh", "每周投入 5 工时，折合金额约 250，另需一次性资金 32,000。"),
    ],
)
def test_what_is_paid_once_is_told_beside_the_week(opened, lang, told):
    """In the answer, which knows all that is on."""
    page, _ = opened(f"with=raci&lang={lang}", answers=bought)
    expect(page.locator(".total")).to_have_text(told)


def test_a_switch_tells_what_is_bought(opened):
    """That it takes money where it takes nobody's time, and how much beside time, to whoever looks."""
    page, _ = opened()
    page.get_by_role("button", name="more measures, doses").click()
    box = page.get_by_role("dialog")
    bought = box.get_by_role("switch", name="Shared task board")
    expect(bought.locator(".meta span").first).to_have_text("money")
    expect(box.get_by_role("switch", name="RACI matrix").locator(".meta span").first).to_have_text("5 h/wk")
    page.keyboard.press("Tab")  # whoever moves by keys is told at once
    bought.focus()
    expect(page.locator("#tip")).to_contain_text("Beside people’s time it takes 32,000 of money once and 900 a week.")


def test_a_small_difference_has_decimals(opened):
    """Rounded, 79.6 and 79.3 would be 80 and 79."""
    page, _ = opened("with=raci")
    expect(numbers(page, 0).locator(".now")).to_have_text("79.6")
    expect(numbers(page, 0).locator(".then")).to_have_text("79.3")
    expect(numbers(page, 0).locator(".mark")).to_have_text("○cannot be told")
    expect(numbers(page, 3).locator(".then")).to_have_text("134")


def narrow(items):
    """Return an answer whose interval ends where its middle is, to one decimal."""
    found = answer(items)
    found["measures"]["lead_time_mean"] |= {"diff": -0.773, "low": -0.839, "high": -0.701}
    return [found]


def test_a_narrow_interval_has_a_middle_and_two_ends(opened):
    """Not −0.8 from −0.8 to −0.7."""
    page, _ = opened("with=shared_kpi", answers=narrow)
    expect(numbers(page, 1).locator(".difference")).to_have_text("−0.77 (−0.84 to −0.70)")


SIGNS = {"better": "▲", "but": "▲", "worse": "▼", "changed": "◇", "small": "○", "unclear": "○", "unknown": "○"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_verdict_has_a_sign_and_a_word(opened, lang):
    """The color comes third."""
    page, server = opened(f"lang={lang}")
    server.answers = None
    page.keyboard.press("1")
    for n, (verdict, sign) in enumerate(SIGNS.items(), 1):
        found = answer(["shared_kpi"], n)
        for one in found["measures"].values():
            one["verdict"] = verdict
        server.answer_last(found)
        expect(numbers(page, 0).locator(".mark")).to_have_text(
            sign + server.frame["words"][lang][f"VERDICTS.{verdict}"]
        )


def test_what_is_not_known_is_a_dash(opened):
    """Where no case arrived there is no number, and no error."""

    def answers(items):
        found = answer(items)
        for one in found["measures"].values():
            one |= dict.fromkeys(("then", "diff", "low", "high")) | {"verdict": "unknown", "better": [0, 0]}
        return [found]

    page, _ = opened(answers=answers)
    page.keyboard.press("1")
    expect(numbers(page, 0).locator(".then")).to_have_text("–")


def test_where_neither_way_is_better_no_year_is(opened):
    """Everything else is told of such a measure."""

    def answers(items):
        found = answer(items)
        found["measures"]["coordination_hours"] |= {"better": None, "verdict": "changed" if items else None}
        return [found]

    page, _ = opened("with=shared_kpi+raci", answers=answers)
    expect(numbers(page, 3).locator(".mark")).to_have_text("◇changed")
    expect(numbers(page, 3).locator(".difference")).to_have_text("+16.1 (+15.8 to +16.4)")
    expect(numbers(page, 3).locator(".often")).to_be_hidden()
    expect(numbers(page, 0).locator(".often")).to_be_visible()


def test_cells_are_runs(opened):
    """One cell is one simulated run: better, not better, still to come."""
    page, _ = opened("with=shared_kpi", answers=lambda items: [answer(items, 40)])
    drawn = (
        page.locator(".number .cells")
        .nth(0)
        .evaluate("cells => [...cells.children].map(path => path.getAttribute('d').split('M').length - 1)")
    )
    assert drawn == [40, 0, 160]


def test_where_nothing_moves_the_sentence_says_so(opened):
    """It is not left empty."""
    page, _ = opened("with=raci", answers=lambda items: [answer(items) | {"why": []}])
    expect(page.locator("#why .sentence")).to_have_text(
        "Working hours a case: nothing moves by more than half an hour."
    )


def test_where_minutes_count_hours_are_told_in_parts(opened):
    """In the sentence and in the tab with the hours: a minute is worth naming."""

    def quick(frame):
        frame["hours"] = {"digits": 2, "worth": 1 / 64, "said": {"en": "a minute", "zh": "一分钟"}}

    def found(items):
        ledger = {"now": [0.702, 0.31] + [0.0] * 8, "then": [0.702, 0.27] + [0.0] * 8 if items else None}
        return [answer(items) | {"why": [["tax", -0.04]] if "shared_kpi" in items else [], "ledger": ledger}]

    page, _ = opened("with=raci&tab=hours", answers=found, change=quick)
    expect(page.locator("#why .sentence")).to_have_text("Working hours a case: nothing moves by more than a minute.")
    expect(page.locator(".chart .row-number")).to_have_text(["0.70", "0.27 (−0.04)"])
    page.get_by_role("switch", name="Shared KPIs").click()
    expect(page.locator("#why .sentence")).to_contain_text("−0.040")


def test_the_language_changes_everything(opened):
    """In place, with what is on; Chinese as companies speak."""
    page, _ = opened("with=shared_kpi")
    page.get_by_role("button", name="中文").click()
    expect(numbers(page, 0).locator("h3")).to_have_text("准时率")
    expect(numbers(page, 0).locator(".mark")).to_have_text("▲变好")
    expect(numbers(page, 0).locator(".often")).to_have_text("200 次中 200 次占优")
    expect(numbers(page, 0).locator(".difference")).to_have_text("+5.2（+4.9 至 +5.5）")
    expect(page.locator("h1")).to_have_text("虚构的企业")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("A made-up firm")


def test_texts_of_a_scenario_are_texts(opened):
    """A title that looks like a tag is shown as it stands."""
    hostile = "<img src=x onerror=alert(1)>"

    def change(frame):
        frame["title"] = both(hostile)
        frame["catalogue"][0]["interventions"][0]["label"] = both(hostile)

    page, _ = opened("with=shared_kpi", change=change)
    expect(page.locator("h1")).to_have_text(hostile)
    expect(page.locator(".switch b").nth(0)).to_have_text(hostile)
    assert page.locator("img").count() == 0


def test_what_changes_alone_is_drawn_again(opened):
    """Toggling keeps every element: texts and attributes change, nothing is built anew."""
    page, _ = opened("with=shared_kpi")
    page.evaluate("document.querySelectorAll('#numbers *, .switch-row *').forEach(one => { one.kept = true; })")
    page.keyboard.press("2")
    expect(numbers(page, 3).locator(".then")).to_have_text("137")
    fresh = (
        "[...document.querySelectorAll('#numbers *, .switch-row *')].filter(one => !one.kept).map(one => one.tagName)"
    )
    assert page.evaluate(fresh) == []


def far_apart(items):
    """Return an answer with long figures under other assumptions."""
    found = answer(items, sure=bool(items))
    for one in found["sure"]["measures"].values() if items else ():
        one |= {"low": -25.5, "middle": -6.0, "high": -0.3}
    return [found]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("place", ["with=shared_kpi", "page=3", "page=3&big=1"])
def test_what_comes_out_under_other_assumptions_is_whole(opened, lang, place):
    """Its figures are not cut, nor do they cover the sentence below, beside a story as little as without."""
    page, _ = opened(f"{place}&lang={lang}", answers=far_apart, change=with_story)
    for row in page.locator(".assumptions").all():
        expect(row).to_be_visible()
        words = row.locator("> span")
        assert words.evaluate("(one) => one.scrollWidth <= one.clientWidth"), words.inner_text()
    below = page.locator("#why").bounding_box()["y"]
    rows = page.locator(".assumptions, .interval").all()
    assert max(box["y"] + box["height"] for box in (row.bounding_box() for row in rows)) <= below

"""Answers that are not there yet, that grow, that are refused; a connection that is lost and comes back."""

from playwright.sync_api import expect

from tests.browser.madeup import answer, both, week


def test_old_numbers_stay_and_are_marked(opened):
    """Never blank, never a stale number without its mark."""
    page, server = opened("with=shared_kpi")
    then = page.locator(".number .then").nth(0)
    expect(then).to_have_text("85")
    plain = then.evaluate("one => getComputedStyle(one).color")
    server.answers = None
    page.keyboard.press("2")
    expect(page.locator("#numbers")).to_have_attribute("data-stale", "")
    expect(page.locator("#why .progress")).to_have_text("computing …")
    expect(then).to_have_text("85")
    assert then.evaluate("one => getComputedStyle(one).color") != plain
    server.send({"type": "busy", "id": server.asked[-1]["id"], "done": 12, "total": 200})
    expect(page.locator("#why .progress")).to_have_text("computing … 12 of 200")
    server.answer_last(answer(["shared_kpi", "raci"]))
    expect(page.locator("#numbers")).not_to_have_attribute("data-stale", "")
    expect(page.locator("#why .progress")).to_have_text("")
    expect(page.locator(".number .then").nth(3)).to_have_text("137")


def test_a_week_of_what_was_on_before_is_marked(opened):
    """The network, the case and the tabs stay, and stand back until theirs have come."""
    page, server = opened("with=shared_kpi")
    expect(page.locator(".net.stale")).to_have_count(0)
    server.answers = None
    page.keyboard.press("2")
    server.answer_last(answer(["shared_kpi", "raci"]))
    expect(page.locator(".panel.stale")).to_have_count(0)
    expect(page.locator(".net.stale[data-side=with]")).to_have_count(1)
    server.send({"type": "week", "id": server.asked[-1]["id"], "week": week(["shared_kpi", "raci"])})
    expect(page.locator(".net.stale")).to_have_count(0)


def test_a_first_switch_marks_the_base_case(opened):
    """Before any answer the numbers are those of now, and plainly not yet the answer."""
    page, server = opened()
    server.answers = None
    page.keyboard.press("1")
    expect(page.locator("#numbers")).to_have_attribute("data-stale", "")
    expect(page.locator(".number .then").nth(0)).to_have_text("80")
    expect(page.locator("#why .progress")).to_have_text("computing …")


def test_growing_answers_narrow(opened):
    """The number of runs stands beside it until all are there."""
    page, server = opened()
    server.answers = None
    page.keyboard.press("1")
    difference, progress = page.locator(".difference").nth(0), page.locator("#why .progress")
    for n, shown in ((16, "+5.2 (+4.2 to +6.2)"), (100, "+5.2 (+4.8 to +5.6)")):
        server.answer_last(answer(["shared_kpi"], n))
        expect(difference).to_have_text(shown)
        expect(progress).to_have_text(f"after {n} of 200 runs")
    server.answer_last(answer(["shared_kpi"], 20))
    expect(difference).to_have_text("+5.2 (+4.8 to +5.6)")
    server.answer_last(answer(["shared_kpi"]))
    expect(progress).to_have_text("")


def test_the_interval_is_seen_narrowing(opened):
    """Its picture keeps its scale; what comes out under other assumptions is drawn on the same one."""
    page, server = opened()
    server.answers = None
    page.keyboard.press("1")
    wide = page.locator(".number .line .span").nth(0)
    drawn = []
    for n in (4, 20, 200):
        server.answer_last(answer(["shared_kpi"], n))
        expect(page.locator(".often").nth(0)).to_have_text(f"better in {n} of {n}")
        drawn.append(float(wide.get_attribute("width")))
    assert drawn[0] > 2 * drawn[1] > 4 * drawn[2]
    server.answer_last(answer(["shared_kpi"], sure=True))
    zeros = page.locator(".number").nth(0).locator(".zero")
    expect(zeros).to_have_count(2)
    assert zeros.nth(0).get_attribute("x1") == zeros.nth(1).get_attribute("x1")
    assert float(page.locator(".number .bar .span").nth(0).get_attribute("width")) > drawn[2]


def test_an_answer_that_comes_late_is_not_shown_for_something_else(opened):
    """It is kept for when it is asked for again."""
    page, server = opened()
    server.answers = None
    page.keyboard.press("1")
    first = server.asked[-1]["id"]
    page.keyboard.press("2")
    server.send({"type": "answer", "id": first, "answer": answer(["shared_kpi"])})
    server.send({"type": "week", "id": first, "week": week(["shared_kpi"])})
    expect(page.locator("#numbers")).to_have_attribute("data-stale", "")


def test_what_was_asked_before_is_there_at_once(opened):
    """Nothing is computed twice for one page."""
    page, server = opened("with=shared_kpi")
    expect(page.locator(".number .then").nth(0)).to_have_text("85")
    page.keyboard.press("1")
    before = len(server.asked)
    page.keyboard.press("1")
    expect(page.locator(".number .then").nth(0)).to_have_text("85")
    assert len(server.asked) == before


def test_a_refusal_is_a_sentence(opened):
    """In the language that is on; what was shown stays marked."""
    page, server = opened()
    server.answers = None
    page.keyboard.press("2")
    sentence = both("RACI cannot be had with this.", "此处不能采用 RACI。")
    server.send({"type": "refused", "id": server.asked[-1]["id"], "sentence": sentence})
    expect(page.locator(".notice:visible")).to_contain_text("RACI cannot be had with this.")
    expect(page.locator("#numbers")).to_have_attribute("data-stale", "")
    expect(page.locator("#why .progress")).to_have_text("cannot be had here")
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".notice:visible")).to_contain_text("此处不能采用 RACI。")
    page.keyboard.press("2")
    expect(page.locator("#numbers")).not_to_have_attribute("data-stale", "")


def test_a_lost_connection_is_told_and_comes_back(opened):
    """What is shown stays; what was asked meanwhile is asked again."""
    page, server = opened("with=shared_kpi")
    expect(page.locator(".number .then").nth(0)).to_have_text("85")
    server.lose()
    expect(page.locator(".lost")).to_contain_text("Connection lost")
    expect(page.locator(".number .then").nth(0)).to_have_text("85")
    page.keyboard.press("2")
    expect(page.locator("#why .progress")).to_have_text("waiting for the connection")
    server.away = False
    expect(page.locator(".lost")).to_contain_text("Connected again")
    expect(page.locator(".number .then").nth(3)).to_have_text("137")
    expect(page.locator(".lost")).to_be_hidden()


def test_not_yet_tried_under_other_assumptions(opened):
    """The mark stands beside the runs, and a button has it tried, with progress."""
    page, server = opened("with=shared_kpi")
    mark = page.locator(".untried")
    expect(mark).to_contain_text("Not yet tried under other assumptions")
    page.get_by_role("button", name="Try it").click()
    asked = server.asked[-1]
    assert (asked["do"], asked["items"]) == ("sure", ["shared_kpi"])
    server.send({"type": "sure", "id": asked["id"], "done": 12, "total": 60})
    expect(mark).to_contain_text("12 of 60")
    assert mark.locator("progress").evaluate("one => one.value / one.max") == 0.2
    server.answer_last(answer(["shared_kpi"], sure=True))
    expect(mark).to_be_hidden()
    expect(page.locator(".assumptions").nth(0)).to_have_text("assumptions: −0.8 to +9.2")
    expect(page.locator(".assumptions").nth(2)).to_have_text("assumptions: −13 to −3")


def test_nothing_on_needs_no_other_assumptions(opened):
    """The base case makes no claim."""
    page, _ = opened()
    expect(page.locator(".untried")).to_be_hidden()


def test_a_reader_of_the_screen_hears_one_sentence(opened):
    """Not four numbers one by one."""
    page, _ = opened()
    page.keyboard.press("1")
    spoken = page.locator("[aria-live]")
    expect(spoken).to_have_text(
        "Shared KPIs: on time 79.6 to 84.8, better; lead time 19.1 to 18.3, better; "
        "conflicts 35.1 to 27.7, better; coordination 121.3 to 124.4, worse."
    )
    assert page.locator("[aria-live]").count() == 1


def test_a_copy_saves_nothing_and_tries_nothing(visit, exported):
    """Where no server is, what only a server can do is not offered; the mark stays."""
    page = visit(f"{exported['en']}#with=raci")
    expect(page.locator(".untried")).to_contain_text("Not yet tried under other assumptions")
    expect(page.get_by_role("button", name="Try it")).to_have_count(0)
    expect(page.get_by_text("Save", exact=True)).to_be_hidden()

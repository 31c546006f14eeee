"""What is on lives in the address: restored from it, gone back and forth in, undone and redone."""

import pytest
from playwright.sync_api import expect

from tests.browser.madeup import hash_of


def on(page):
    """Return the names of the switches that are on."""
    return page.locator(".switch-row [role=switch][aria-checked=true] b").all_text_contents()


def test_the_address_follows(opened):
    """Items in the order of the catalogue, whatever came on first."""
    page, _ = opened()
    page.keyboard.press("2")
    page.keyboard.press("1")
    assert hash_of(page) == "#with=shared_kpi+raci"
    page.get_by_role("button", name="中文").click()
    page.get_by_role("button", name="保留当前").click()
    assert hash_of(page) == "#with=shared_kpi+raci&keep=shared_kpi+raci&lang=zh"


def test_the_address_restores(opened):
    """Everything that can be chosen."""
    address = "with=raci:clarity=0.3+departments.sales.staff=6&keep=raci;shared_kpi&lang=zh&theme=dark&big=1"
    page, server = opened(address)
    assert on(page) == ["RACI 矩阵"]
    assert page.locator("#kept .name").all_text_contents() == ["现状", "RACI 矩阵", "共同 KPI"]
    assert page.evaluate(
        "[document.documentElement.dataset.theme, document.documentElement.hasAttribute('data-big')]"
    ) == [
        "dark",
        True,
    ]
    asked = [one["items"] for one in server.asked]
    assert ["raci:clarity=0.3", "departments.sales.staff=6"] in asked
    assert hash_of(page) == f"#{address}"


def test_what_a_scenario_suggests_keeps_its_doses(opened):
    """Its switch has them, also in the drawer; they are not told in its name; a further dose is restored with them."""

    def suggest(frame):
        frame["switches"][1] = "raci:clarity=0.9,end_week=80"

    page, _ = opened("with=raci:clarity=0.3,end_week=80", change=suggest)
    assert page.locator(".notice:visible").count() == 0
    page.get_by_role("button", name="keep this").click()
    page.keyboard.press("0")
    page.keyboard.press("2")
    page.get_by_role("button", name="keep this").click()
    assert page.locator("#kept .name").all_text_contents() == ["Now", "RACI matrix (0.3)", "RACI matrix"]
    page.keyboard.press("0")
    page.locator(".more").click()
    page.get_by_role("dialog").get_by_role("switch", name="RACI matrix").click()
    assert hash_of(page).startswith("#with=raci:clarity=0.9,end_week=80&")


HOSTILE = {
    "with=nonsense": "nonsense",
    "with=raci+escalation_path": "escalation_path",
    "with=raci:clarity=7": "raci:clarity=7",
    "with=raci:clarity=": "raci:clarity=",
    "with=raci:speed=1": "raci:speed=1",
    "with=departments.sales.staff=1e9": "departments.sales.staff=",
    "with=departments.toString.staff=1": "departments.toString.sta",
    "with=%E0%A4%A": "%E0%A4%A",
    "with=<script>alert(1)</script>": "script",
    "theme=pink": "pink",
    "lang=tlh": "tlh",
    "constructor=1": "constructor",
    "__proto__=1": "__proto__",
    "s=19&tab=0": "s",
    "t=soon": "soon",
    "with=" + "raci+" * 2000: "with=",
}


def left_out(page, address):
    """See that the page says what it left out, and put that away."""
    expect(page.locator(".notice:visible")).to_contain_text("Not everything in the address could be used")
    expect(page.locator(".notice:visible")).to_contain_text(HOSTILE[address])
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".notice:visible")).to_have_count(0)


def test_what_an_address_cannot_mean_is_left_out_with_a_sentence(opened):
    """Old, mistyped or hostile: the page says what it left out, and works."""
    page, _ = opened()
    for address in HOSTILE:
        page.evaluate("address => { location.hash = address; }", f"{address}&with=raci")
        left_out(page, address)
        assert on(page) == (["RACI matrix"] if len(address) < 100 else [])


@pytest.mark.parametrize("address", ["with=nonsense", "with=%E0%A4%A", "__proto__=1"])
def test_a_page_opens_whatever_its_address(opened, address):
    """The first look at an address is no other than the later ones."""
    page, _ = opened(address)
    left_out(page, address)
    page.keyboard.press("1")
    assert on(page) == ["Shared KPIs"]


def test_back_and_forward(opened):
    """The browser's own buttons go through what was on, and leave the language alone."""
    page, _ = opened()
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.get_by_role("button", name="中文").click()
    page.go_back()
    assert on(page) == ["共同 KPI"]
    page.go_back()
    assert on(page) == []
    page.go_forward()
    assert on(page) == ["共同 KPI"]


BACK_AT_ONCE = """async () => {
    const [held, draw] = [[], window.requestAnimationFrame];
    window.requestAnimationFrame = (fn) => held.push(fn);
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "2" }));
    const back = new Promise((done) => addEventListener("popstate", done, { once: true }));
    history.back();
    await back;
    window.requestAnimationFrame = draw;
    for (const fn of held) draw(fn);
}"""
"""Switches something on and goes back before that is on the screen."""


def test_who_goes_back_at_once_finds_the_address_of_what_is_shown(opened):
    """What was not in the history yet is not put on top of it."""
    page, _ = opened()
    page.keyboard.press("1")
    assert hash_of(page) == "#with=shared_kpi"
    page.evaluate(BACK_AT_ONCE)
    assert on(page) == []
    assert hash_of(page) == ""


def test_an_address_that_is_typed_in_is_taken_whole(opened):
    """Somebody pastes a link into the same tab."""
    page, _ = opened("with=raci")
    page.evaluate("location.hash = '#with=shared_kpi&lang=zh'")
    expect(page.locator("h1")).to_have_text("虚构的企业")
    assert on(page) == ["共同 KPI"]


def test_undo_and_redo(opened):
    """By button and by key; what is new forgets what was undone."""
    page, _ = opened()
    undo, redo = page.get_by_role("button", name="Undo"), page.get_by_role("button", name="Redo")
    expect(undo).to_be_disabled()
    page.keyboard.press("1")
    page.keyboard.press("2")
    undo.click()
    assert on(page) == ["Shared KPIs"]
    page.keyboard.press("Control+z")
    assert on(page) == []
    page.keyboard.press("Control+Shift+Z")
    assert on(page) == ["Shared KPIs"]
    redo.click()
    assert on(page) == ["Shared KPIs", "RACI matrix"]
    expect(redo).to_be_disabled()
    page.keyboard.press("Control+z")
    page.keyboard.press("3")
    expect(redo).to_be_disabled()
    assert on(page) == ["Shared KPIs", "Rotation"]


@pytest.mark.parametrize("key", ["0", "Escape", "Reset"])
def test_reset(opened, key):
    """Everything off; it can be undone."""
    page, _ = opened("with=raci+shared_kpi")
    if key == "Reset":
        page.get_by_role("button", name="Reset").click()
    else:
        page.keyboard.press(key)
    assert on(page) == []
    page.keyboard.press("Control+z")
    assert on(page) == ["Shared KPIs", "RACI matrix"]


def test_alternatives_are_kept_compared_and_removed(opened):
    """What happens now stays the first."""
    page, _ = opened("with=shared_kpi")
    keep = page.get_by_role("button", name="keep this")
    keep.click()
    expect(keep).to_be_disabled()
    rows = page.locator("#kept li")
    expect(rows).to_have_text(["Now80 %◆ 35", "Shared KPIs85 %◆ 28×"])
    page.keyboard.press("2")
    keep.click()
    rows.nth(1).locator(".compare").click()
    assert on(page) == ["Shared KPIs"]
    assert rows.nth(1).locator(".compare").get_attribute("aria-current") == "true"
    rows.nth(0).locator(".compare").click()
    assert on(page) == []
    page.get_by_role("button", name="Remove: Shared KPIs", exact=True).click(force=True)
    expect(rows).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(rows).to_have_count(3)


def test_two_tabs_are_independent(opened):
    """What one switches, the other does not see."""
    page, _ = opened("with=raci")
    other, _ = opened("with=shared_kpi", context=page.context)
    other.keyboard.press("3")
    assert on(other) == ["Shared KPIs", "Rotation"]
    assert on(page) == ["RACI matrix"]
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert on(page) == ["RACI matrix"]


def test_saving_gives_a_child(opened):
    """A link to what is on; without anything on there is nothing to save."""
    page, _ = opened()
    save = page.locator("#header .tools a")
    assert save.get_attribute("href") is None
    page.keyboard.press("1")
    page.keyboard.press("2")
    assert save.get_attribute("href") == "/child/made_up?with=shared_kpi%2Braci"


def test_another_organization_keeps_how_it_is_looked_at(opened):
    """Language and colors go along, what is on does not."""
    page, _ = opened("with=raci&lang=zh&theme=dark")
    others = page.get_by_role("banner").get_by_role("link", name="组织")
    assert others.get_attribute("href") == "/scenarios?lang=zh&theme=dark"
    page.get_by_role("button", name="投影").click()
    assert others.get_attribute("href") == "/scenarios?lang=zh&theme=dark&big=1"

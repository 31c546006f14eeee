"""Keyboard, drawer, sizes: everything is within reach, on every screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.madeup import hash_of

SIZES = [
    (1280, 720),
    (1280, 600),
    (1280, 1024),
    (900, 700),
    (1366, 768),
    (1600, 900),
    (1920, 1080),
    (1024, 768),
    (2560, 1080),
]
OUTSIDE = """
() => [...document.querySelectorAll("#header *, #left *, #numbers *, #why")]
  .filter(one => one.checkVisibility() && one.getBoundingClientRect().width > 0)
  .filter(one => !one.closest(".unseen, svg"))
  .map(one => [one.className || one.tagName, one.getBoundingClientRect()])
  .filter(([, box]) => box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
  .map(([name]) => name)
"""


def drawer(page):
    """Open the drawer and return it."""
    page.get_by_role("button", name="more measures, doses").click()
    return page.get_by_role("dialog")


def test_keys(opened):
    """Digits switch; typing into a field does not."""
    page, _ = opened()
    page.keyboard.press("3")
    expect(page.get_by_role("switch", name="Rotation")).to_be_checked()
    page.keyboard.press("9")
    page.keyboard.press("Space")
    assert hash_of(page).startswith("#with=rotation")
    box = drawer(page)
    page.keyboard.type("12")
    expect(box.get_by_role("searchbox")).to_have_value("12")
    expect(page.get_by_role("switch", name="Rotation").first).to_be_checked()


def test_arrows_move_through_the_whole_week(opened):
    """To its very end, as some work on Sundays."""
    page, _ = opened("t=167.3")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => location.hash === '#t=168'")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => location.hash === '#t=167.5'")


def test_escape_closes_the_drawer_first(opened):
    """Only then does it reset; the focus goes back to where it came from."""
    page, _ = opened("with=raci")
    box = drawer(page)
    expect(box.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(page.locator(".more")).to_be_focused()
    assert hash_of(page) == "#with=raci"
    page.keyboard.press("Escape")
    assert hash_of(page) == ""


def test_the_drawer_leaves_the_numbers_in_sight(opened):
    """One sees what a dose does while pulling it."""
    page, _ = opened("with=raci")
    top = drawer(page).bounding_box()["y"]
    for one in (page.locator("#numbers"), page.locator("#why")):
        box = one.bounding_box()
        assert box["y"] + box["height"] <= top + 1


def test_everything_can_be_searched(opened):
    """By name in either language, by what it is, by kind."""
    page, _ = opened()
    box = drawer(page)
    for text, found in {"board": ["Shared task board"], "矩阵": ["RACI matrix"], "what raci": ["RACI matrix"]}.items():
        box.get_by_role("searchbox").fill(text)
        assert box.locator(".row b:visible").all_text_contents() == found
    box.get_by_role("searchbox").fill("zzz")
    expect(box.locator(".nothing")).to_be_visible()


def test_doses(opened):
    """A slider with its number: one pull is one step back, the usual value leaves no trace."""
    page, server = opened("with=raci")
    box = drawer(page)
    field = box.get_by_role("spinbutton", name="How much clarity")
    for value in ("0.3", "0.4"):
        field.fill(value)
        field.press("Enter")
    assert hash_of(page) == "#with=raci:clarity=0.4"
    assert server.asked[-1]["items"] == ["raci:clarity=0.4"]
    field.blur()
    page.keyboard.press("Control+z")
    assert hash_of(page) == "#with=raci"
    expect(field).to_have_value("0.6")
    field.fill("5")
    field.press("Enter")
    assert hash_of(page) == "#with=raci:clarity=1"
    field.fill("0.6")
    field.press("Enter")
    assert hash_of(page) == "#with=raci"
    slider = box.get_by_role("slider", name="How much upkeep")
    slider.press("ArrowRight")
    expect(box.get_by_role("spinbutton", name="How much upkeep")).to_have_value("33")
    page.wait_for_function("() => location.hash === '#with=raci:upkeep=33'")


def test_doses_open_under_a_switch_that_is_on(opened):
    """Small, and only where somebody wants them."""
    page, _ = opened()
    row = page.locator(".switch-row").nth(1)
    expect(row.locator(".opener")).to_be_hidden()
    page.keyboard.press("2")
    row.locator(".opener").click()
    row.get_by_role("spinbutton", name="How much clarity").fill("0.2")
    page.keyboard.press("Enter")
    assert hash_of(page) == "#with=raci:clarity=0.2"
    page.get_by_role("switch", name="RACI matrix").click()
    expect(row.locator(".doses")).to_be_hidden()


def test_presets_bundles_and_own_figures(opened):
    """Each sets what it says and can be taken back."""
    page, _ = opened("with=rotation")
    box = drawer(page)
    box.get_by_role("button", name="A week", exact=True).click()
    assert hash_of(page) == "#with=rotation:preset=week"
    box.get_by_role("button", name="A week", exact=True).click()
    assert hash_of(page) == "#with=rotation"
    box.get_by_role("button", name="Both roots").click()
    assert hash_of(page) == "#with=shared_kpi+raci"
    field = box.get_by_role("spinbutton", name="People: Sales")
    field.fill("6")
    field.press("Enter")
    assert hash_of(page) == "#with=shared_kpi+raci+departments.sales.staff=6"
    box.get_by_role("button", name="back to 4").click()
    assert hash_of(page) == "#with=shared_kpi+raci"


def test_a_shipped_bundle_is_one_switch(opened):
    """On with all that it consists of and called by its name; what one cannot have is grayed and says why."""
    page, _ = opened()
    box = drawer(page)
    bundle = box.get_by_role("button", name="All three")
    bundle.click()
    assert hash_of(page) == "#with=raci+rotation:preset=week+departments.sales.staff=6"
    expect(bundle).to_have_attribute("aria-pressed", "true")
    expect(bundle).to_contain_text("RACI matrix + Rotation (A week) + People: Sales: 6")
    page.mouse.move(0, 0)
    bundle.hover()
    expect(page.get_by_role("tooltip")).to_contain_text("For whom it is.")
    refused = box.get_by_role("button", name="Nothing")
    expect(refused).to_contain_text("Cannot be had here: nobody manages")
    refused.click(force=True)
    assert hash_of(page) == "#with=raci+rotation:preset=week+departments.sales.staff=6"
    box.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="With All three")).to_be_visible()
    page.get_by_role("switch", name="Rotation").click()
    page.get_by_role("switch", name="Rotation").click()
    assert hash_of(page) == "#with=raci+rotation+departments.sales.staff=6"  # what a bundle does is no usual dose


def test_what_cannot_be_had_is_grayed_with_its_reason(opened):
    """It is there, does nothing, and says why."""
    page, _ = opened()
    row = drawer(page).locator(".row[data-refused]")
    expect(row).to_contain_text("Cannot be had here: nobody deals with anybody.")
    row.get_by_role("switch").click(force=True)
    assert hash_of(page) == ""
    expect(row.get_by_role("switch")).to_have_attribute("aria-disabled", "true")


def test_what_it_rests_on_is_told_on_focus(opened):
    """Summary and finding, by pointer and by keyboard; Esc puts it away and nothing else."""
    page, _ = opened("with=raci")
    page.locator("#header .icon").first.focus()
    page.get_by_role("switch", name="Shared KPIs").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_contain_text("What shared_kpi is.")
    expect(page.get_by_role("tooltip")).to_contain_text("group goals d = 0.56")
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()
    assert hash_of(page) == "#with=raci"


SCROLLS = "[document.documentElement.scrollWidth > innerWidth, document.documentElement.scrollHeight > innerHeight]"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("big", ["", "&big=1&theme=dark"])
def test_one_screen_without_scrolling(opened, lang, big):
    """On every screen that is no phone; nothing sticks out."""
    page, _ = opened(f"with=shared_kpi+raci&keep=raci;shared_kpi&lang={lang}{big}")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator(".number .then").nth(3)).to_have_text("137")
        assert page.evaluate(SCROLLS) == [False, False], (width, height)
        assert page.evaluate(OUTSIDE) == [], (width, height)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_phone(opened, lang):
    """Numbers two by two, switches as chips at the bottom, targets for a thumb, nothing wider than the screen."""
    page, _ = opened(f"with=shared_kpi&lang={lang}", size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    boxes = [page.locator(".number").nth(i).bounding_box() for i in range(4)]
    assert boxes[0]["y"] == boxes[1]["y"] < boxes[2]["y"] == boxes[3]["y"]
    chips = page.locator(".switches").bounding_box()
    assert 700 < chips["y"] < chips["y"] + chips["height"] <= 844
    for one in page.locator("#left button:visible, #header button:visible, .ask:visible").all():
        assert one.bounding_box()["height"] >= 44
    page.locator(".more").click()
    box = page.get_by_role("dialog").bounding_box()
    assert [box[name] for name in ("x", "y", "width", "height")] == [0, 0, 390, 844]


CONTRAST = """
() => {
  const linear = v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = rgb => rgb.map(v => linear(v / 255))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const color = text => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const paper = light(color(getComputedStyle(document.body).backgroundColor));
  const faint = [];
  for (const one of document.querySelectorAll("#header *, #left *, #numbers *, #why *")) {
    if (!one.checkVisibility() || one.closest("[disabled], [aria-disabled], svg, .remove")) continue;
    if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    if (one.classList.contains("arrow")) continue;
    const [a, b] = [light(color(getComputedStyle(one).color)), paper].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push([one.className, one.textContent, (a + 0.05) / (b + 0.05)]);
  }
  return faint;
}
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_texts_can_be_read(opened, theme):
    """4.5 to 1 or more against the paper, as long as they are not switched off."""
    page, _ = opened(f"with=shared_kpi+raci&keep=raci&theme={theme}")
    expect(page.locator(".number .then").nth(3)).to_have_text("137")
    assert page.evaluate(CONTRAST) == []

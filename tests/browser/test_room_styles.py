"""Styles of the room and of the page keep apart, although they share a document."""

from tests.browser.roomful import DIRECTION, HOST, SIZE, WHICH

RULES = """(sheets) => {
    const rulesOf = (group) => [...group.cssRules].flatMap(
        (rule) => (rule.selectorText ? [rule] : rule.cssRules ? rulesOf(rule) : []));
    return [...document.styleSheets].filter(({ href }) => href && sheets.test(href)).flatMap(rulesOf);
}"""
"""The rules of some style sheets, those for some screens among them."""

ASTRAY = f"""() => ({RULES})(/page\\/room\\//)
    .flatMap(({{ selectorText }}) => selectorText.split(/,(?![^(]*\\))/))
    .filter((one) => !/#room|\\.to-room/.test(one))"""
"""Selectors of the room that name neither its panel nor the way to it."""

STRAYING = f"""() => ({RULES})(/page\\/(shell|playing|story|tabs|drawer)\\.css/)
    .map(({{ selectorText }}) => selectorText.replace(/::[\\w-]+/g, ""))
    .filter((one) => document.querySelector(`#room :is(${{one}})`) !== null)"""
"""Selectors of parts of the page that hit something within the panel."""


def test_styles_of_the_room_hit_nothing_of_the_page(roomful):
    """Once the bars of bets were also the intervals beside the numbers."""
    _, enter = roomful
    page = enter(HOST)
    assert page.evaluate("document.styleSheets.length") > 5
    assert page.evaluate(ASTRAY) == []


def test_styles_of_the_page_hit_nothing_of_the_room(roomful):
    """Whatever has been asked, and however it stands."""
    room, enter = roomful
    page = enter(HOST)
    page.locator(".to-room").click()
    for wish in (None, DIRECTION, SIZE, WHICH):
        if wish is not None:
            room.pose(wish)
            room.add_bets({"choice": "a", "value": 80, "why": "So."})
            page.wait_for_selector("#room-question[data-state=open]")
            assert page.evaluate(STRAYING) == []
            room.do("reveal")
            page.wait_for_selector("#room-question[data-state=revealed]")
        for part in ("Ask", "Log", "Question"):
            page.get_by_role("button", name=part, exact=True).click()
            assert page.evaluate(STRAYING) == [], part

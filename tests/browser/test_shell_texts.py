"""Words, numbers and addresses as the page writes them: by the rules that all texts of the product follow."""

import itertools

from sim.words import Text

TEMPLATES = ["{a}人", "共{a}{b}", "{a} {b}", "由 {a} 变为 {b}，{a}", "{a}（{b}）", "每周{a}工时", "a{a}b", "{a}{b}{c}"]
FACTS = ["3", "RACI", "销售部", "+1.5", "−2", "80%", "（x）", "", "A 部"]
VALUES = [0, 0.04, -0.04, 0.05, 0.96, -1.25, 3.4, 79.6, -1234.5, 1234567.2, 5859]


def test_facts_are_set_apart_as_everywhere(opened):
    """Chinese letters and the Latin ones of a fact beside them have a space between them, as Python puts it."""
    page, _ = opened()
    cases = [[text, {"a": a, "b": b}] for text, a, b in itertools.product(TEMPLATES, FACTS, FACTS) if "{c}" not in text]
    made = page.evaluate(
        "cases => import('page/texts.js').then(({fill}) => cases.map(([text, facts]) => fill(text, facts)))", cases
    )
    assert made == [Text("", text).format(**facts).zh for text, facts in cases]


def test_what_is_not_filled_in_stays(opened):
    """A fact that nobody gave is seen, and breaks nothing."""
    page, _ = opened()
    assert page.evaluate("import('page/texts.js').then(({fill}) => fill('{a} {c}', {a: '{c}'}))") == "{c} {c}"


def test_numbers_are_written_as_everywhere(opened):
    """True minus signs, thousands apart, no minus before nothing, a dash for what is not known."""
    page, _ = opened()
    written = page.evaluate(
        """values => import('page/texts.js').then(({number, signed}) => values.flatMap(
          value => [0, 1].map(digits => [value, digits, number(value, digits), signed(value, digits)])))""",
        VALUES,
    )
    for value, digits, plain, sign in written:
        size = float(plain.lstrip("−").replace(",", ""))
        assert abs(size - abs(value)) <= 0.5 * 10**-digits + 1e-9
        assert plain.startswith("−") == (value < 0 and size > 0)
        assert sign == ("±" if size == 0 else "+" if value > 0 else "−") + plain.lstrip("−")
        assert ("," in plain) == (size >= 1000)
    nothing = "import('page/texts.js').then(({number, signed}) => [number(null), signed(undefined), number(NaN)])"
    assert page.evaluate(nothing) == ["–"] * 3


def test_what_an_address_says_is_read_back(opened):
    """Every state that can be chosen is restored from the address that is written for it."""
    page, server = opened()
    items = [[], ["raci"], ["shared_kpi", "raci:clarity=0.35,upkeep=3"], ["rotation:preset=week"]]
    items.append(["board", "departments.sales.staff=6"])
    states = [
        {"items": on, "kept": kept, "lang": lang, "theme": theme, "big": big, "tab": tab, "case": case, "time": time}
        for on, kept, (lang, theme, big, tab, case, time) in itertools.product(
            items,
            ([], [["raci"]], [items[2], ["board"]]),
            [("en", "light", False, "", None, None), ("zh", "dark", True, "hours", "730", 35.5)],
        )
    ]
    read = page.evaluate(
        """([frame, states]) => Promise.all([import('page/state.js'), import('page/items.js')]).then(
          ([{plainState, readAddress, writeAddress}, {Known}]) => states.map(state => {
            const [plain, known] = [plainState('en'), new Known(frame)];
            const found = readAddress(writeAddress({...plain, ...state}, plain, known), plain, known);
            return [found.ignored, Object.fromEntries(Object.keys(state).map(name => [name, found.state[name]]))];
          }))""",
        [server.frame, states],
    )
    assert read == [[[], state] for state in states]

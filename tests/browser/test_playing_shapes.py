"""Where things are drawn: departments, their names, the dots around them, and working time; for any organization."""

import random

import pytest

SIZES = {"desk": (500, 248), "projector": (500, 262), "phone": (358, 272)}

LAYOUT = """async ([departments, names, lines, size]) => {
    const { layout } = await import("page/layout.js");
    const { waitingPlaces } = await import("page/slots.js");
    const { nodes } = layout(departments, names, lines, size);
    return nodes.map((node) => ({ ...node, places: waitingPlaces(node).places }));
}"""

PACE = """async ([days, hours]) => {
    const { Calendar, Pace } = await import("page/calendar.js");
    const calendar = new Calendar(days);
    const pace = new Pace(calendar);
    return {
        seconds: pace.seconds,
        reached: hours.map((hour) => pace.hour(pace.second(hour))),
        worked: hours.map((hour) => calendar.worked(hour)),
        typical: calendar.typicalHour(),
    };
}"""


@pytest.fixture(scope="module")
def page(browser, exported):
    """One page for all shapes."""
    context = browser.new_context(reduced_motion="reduce")
    opened = context.new_page()
    opened.goto(exported["en"])
    yield opened
    context.close()


def organization(count, seed):
    """Departments with as much room between them as the product leaves (see `positions_of`), some with approvers."""
    luck, placed = random.Random(seed), []
    least = 0.5 * (2 / count) ** 0.5
    while len(placed) < count:
        x, y = luck.uniform(0.08, 0.92), luck.uniform(0.1, 0.9)
        if all(((x - a) ** 2 * 4 + (y - b) ** 2) ** 0.5 >= least for a, b in placed):
            placed.append((x, y))
    names = ["Sales", "Customer service", "Finance and controlling", "生产计划部", "IT"]
    departments = [{"parent": None, "staff": luck.randint(1, 40), "x": x, "y": y} for x, y in placed]
    for parent in luck.sample(range(count), count // 3):
        x, y = placed[parent]
        departments.append({"parent": parent, "staff": 1, "x": x + 0.04, "y": y - 0.14})
    lines = [sorted(luck.sample(range(count), 2)) for _ in range(count if count > 1 else 0)]
    return departments, [luck.choice(names) for _ in departments], lines


def apart(one, other):
    return ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5


@pytest.mark.parametrize("screen", SIZES)
@pytest.mark.parametrize("count", [1, 2, 3, 8, 12, 20])
@pytest.mark.parametrize("seed", range(3))
def test_departments_and_names_have_room(page, screen, count, seed):
    """Rings never touch, and names stay in the picture and off their own ring."""
    width, height = SIZES[screen]
    departments, names, lines = organization(count, seed)
    nodes = page.evaluate(LAYOUT, [departments, names, lines, {"width": width, "height": height}])
    many = [node for node in nodes if not node["approver"]]
    for place, node in enumerate(many):
        assert all(apart(node, other) > node["r"] + other["r"] for other in many[:place])
        label = node["label"]
        assert label["left"] >= 0
        assert label["left"] + label["width"] <= width
        assert label["top"] + label["height"] <= node["y"] - node["r"] or label["top"] >= node["y"] + node["r"]
    for node in nodes:
        assert node["r"] <= node["x"] <= width - node["r"]
        assert node["r"] <= node["y"] <= height - node["r"]


LONG = (
    "战略客户与大客户销售管理部",
    "仓储物流与配送服务部",
    "Legal affairs and internal audit",
    "信息技术与数据平台部",
)


@pytest.mark.parametrize("rows", [3, 4])
def test_long_names_take_two_lines_and_leave_the_caption_alone(page, rows):
    """In Chinese as well, which has no blanks; none stands on another."""
    places = [
        (0.08 + 0.28 * column + 0.14 * (row % 2), 0.1 + 0.8 * row / (rows - 1))
        for row in range(rows)
        for column in range(3)
    ]
    departments = [{"parent": None, "staff": 6, "x": x, "y": y} for x, y in places]
    names = [LONG[k % len(LONG)] for k in range(len(places))]
    nodes = page.evaluate(LAYOUT, [departments, names, [], {"width": 500, "height": 248}])
    labels = [node["label"] for node in nodes]
    assert any(len(label["lines"]) == 2 and "与" in "".join(label["lines"]) for label in labels)
    for place, one in enumerate(labels):
        assert one["top"] >= 26
        for other in labels[:place]:
            wide = min(a["left"] + a["width"] for a in (one, other)) - max(a["left"] for a in (one, other))
            high = min(a["top"] + a["height"] for a in (one, other)) - max(a["top"] for a in (one, other))
            assert wide <= 0 or high <= 0


@pytest.mark.parametrize("count", [3, 8, 20])
def test_waiting_requests_have_places_of_their_own(page, count):
    """None on another, none inside of the ring, none on the name; the first ones at the top or at the bottom."""
    departments, names, lines = organization(count, 7)
    for node in page.evaluate(LAYOUT, [departments, names, lines, {"width": 500, "height": 248}]):
        places = [{"x": x, "y": y} for x, y in node["places"]]
        for k, one in enumerate(places):
            assert apart(one, node) > node["r"] + 2
            assert all(apart(one, other) > 3 for other in places[:k])
            if label := node.get("label"):
                beside = label["left"] < one["x"] < label["left"] + label["width"]
                assert not (beside and label["top"] < one["y"] < label["top"] + label["height"]) or label["shift"]


CALENDARS = {
    "office": [[[8, 12], [13, 17]]] * 5 + [[], []],
    "shifts": [[[6, 14], [14, 22]]] * 6 + [[]],
    "always": [[[0, 24]]] * 7,
    "market": [[], [], [[20, 24]], [[0, 4], [9, 12]], [], [[7, 13]], [[10, 11.5]]],
}


def open_hours(days, hour):
    """Open hours since the beginning of the week, counted minute by minute."""
    shifts = [(24 * day + a, 24 * day + b) for day, one in enumerate(days) for a, b in one]
    return sum(any(a <= minute / 60 < b for a, b in shifts) for minute in range(round(hour * 60))) / 60


@pytest.mark.parametrize("days", CALENDARS.values(), ids=CALENDARS)
def test_any_calendar_can_be_played(page, days):
    """Time goes on evenly while somebody works, faster at night, and never back; lanes leave nights out."""
    hours = [0, 5.25, 8, 11, 30, 47.5, 64, 100.75, 130, 167.5]
    found = page.evaluate(PACE, [days, hours])
    assert found["reached"] == pytest.approx(hours, abs=1e-6)
    assert found["worked"] == pytest.approx([open_hours(days, hour) for hour in hours], abs=1e-6)
    weekly = open_hours(days, 168)
    assert weekly <= found["seconds"] <= weekly + 0.6 * (1 + sum(len(one) for one in days))
    shifts = [(24 * day + a, 24 * day + b) for day, one in enumerate(days) for a, b in one]
    assert any(a <= found["typical"] < b for a, b in shifts)

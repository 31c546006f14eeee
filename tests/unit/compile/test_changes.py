"""Interventions as rows: edits in order, meetings with what fits into them, and the working time that they take."""

from collections import Counter
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from sim.compile import Compiled, compile_scenario
from sim.compile.basics import identity
from sim.interventions import Adoption, Custom, Intervention, Meeting
from sim.interventions.custom import CustomEdit
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS
from sim.vocab import Lever

TEXT = """
departments:
  a: {staff: 4}
  b: {staff: 10, calendar: always}
  boss: {staff: 2, pools: {head: {hours_per_week: 5}}}
management: boss
processes: {p: {demand: {per_week: 1}, steps: {s: {R: a, A: boss.head, I: [b], work: 1}}}}
warmup_weeks: 1
horizon_weeks: 20
"""
A, B, BOSS, HEAD = range(4)
WORLD = loads(TEXT)
USUAL = Adoption(fidelity=0.75, ramp_weeks=2.0, dip=0.25, retention_weeks=10.0)


def moving(name: str, *moves: dict[str, Any], **more: Any) -> Custom:
    """Return an intervention that moves some levers and costs nothing."""
    return Custom(name=name, moves=tuple(CustomEdit(**one) for one in moves), cost_minutes=0.0, adoption=USUAL, **more)


def meeting(*held: dict[str, Any], **more: Any) -> Custom:
    """Return an intervention that consists of meetings."""
    return Custom(meets=tuple(Meeting(**one) for one in held), cost_minutes=0.0, **more)


def compiled_with(*interventions: Intervention) -> Compiled:
    """Return the tables of the organization with interventions."""
    return compile_scenario(WORLD.with_interventions(list(interventions)))


def edits_of(*interventions: Intervention) -> Any:
    """Return the edits but those of overhead, which all interventions have."""
    table = compiled_with(*interventions).params.edits
    return table[table["lever"] != Lever.OVERHEAD]


def test_an_edit_says_whom_it_moves_how_far_and_when() -> None:
    """In hours of the run; an edit's own strength and that of its intervention multiply."""
    move = {"lever": "clarity", "toward": 0.9, "strength": 0.5, "after_weeks": 1.0, "weeks": 3.0}
    (row,) = edits_of(moving("one", move, strength=0.5, departments=("b",), start_week=2, end_week=8))
    assert (row["dept"], row["lever"], row["toward"], row["strength"]) == (B, Lever.CLARITY, 0.9, 0.25)
    assert (row["start"], row["end"], row["until"]) == (4 * 168.0, 7 * 168.0, 9 * 168.0)
    assert (row["fidelity"], row["ramp"], row["dip"], row["retention"]) == (0.75, 336.0, 0.25, 1680.0)
    assert (row["low"], row["high"], row["fade"]) == (0.0, 1.0, np.inf)
    assert (row["paid"], row["switch"], row["way"]) == (0, 0, 1)


@pytest.mark.parametrize(
    ("lever", "more", "way"),
    [("clarity", {}, 1), ("latency", {}, -1), ("boost", {}, 0), ("clarity", {"worsens": True}, 0)],
)
def test_a_move_goes_where_it_is_better(lever: str, more: dict[str, Any], way: int) -> None:
    """Either way where neither end is, or where it is said to worsen."""
    assert edits_of(moving("one", {"lever": lever, "toward": 0.5, **more}))["way"].tolist() == [way] * 4


def test_whoever_is_meant_is_moved() -> None:
    """All departments and approvers, or those that are named; with management those who approve for it."""
    move = {"lever": "clarity", "toward": 1.0}
    everybody, management, one = (
        edits_of(moving("one", move, departments=where))["dept"].tolist() for where in ((), ("boss",), ("a",))
    )
    assert (everybody, management, one) == ([A, B, BOSS, HEAD], [BOSS, HEAD], [A])


def test_edits_stand_by_department_lever_and_turn_whatever_the_order_of_the_list() -> None:
    """Moves before what is paid, the strictest aim last; two alike are told apart by what their interventions say."""
    some = [
        moving("x", {"lever": "latency", "toward": 2.0}, {"lever": "latency", "toward": 1.0, "paid": True}),
        moving("y", {"lever": "latency", "toward": 0.5}, {"lever": "clarity", "toward": 0.9}),
        moving("z", {"lever": "clarity", "toward": 0.95}, {"lever": "latency", "toward": 3.0, "paid": True}),
    ]
    found = []
    for order in permutations(some):
        table = edits_of(*order)
        found.append([table[name].tolist() for name in table.dtype.names if name != "switch"])
        assert {order[row["switch"]].name for row in table if row["toward"] == 0.9} == {"y"}
    assert all(one == found[0] for one in found)
    table = edits_of(*some)
    assert table["dept"].tolist() == sorted(table["dept"])
    mine = table[table["dept"] == A]
    assert mine[["lever", "paid", "toward"]].tolist() == [
        (Lever.LATENCY, 0, 2.0),
        (Lever.LATENCY, 0, 0.5),
        (Lever.LATENCY, 1, 3.0),
        (Lever.LATENCY, 1, 1.0),
        (Lever.CLARITY, 0, 0.9),
        (Lever.CLARITY, 0, 0.95),
    ]


def test_what_a_department_is_called_changes_no_order() -> None:
    """Of what differs only in whom it is for, the first is for the department that the file names first."""
    move = {"lever": "clarity", "toward": 1.0}
    orders = []
    for name in ("a", "zz"):
        world = loads(TEXT.replace("  a:", f"  {name}:").replace("R: a", f"R: {name}"))
        both = [
            moving("one", move, strength=0.2, departments=("b", "boss")),
            moving("one", move, strength=0.8, departments=(name, "b")),
        ]
        table = compile_scenario(world.with_interventions(both)).params.edits
        orders.append(table["strength"][(table["dept"] == B) & (table["lever"] == Lever.CLARITY)].tolist())
    assert orders == [[0.8, 0.2]] * 2


def test_switches_say_what_is_on_from_the_start() -> None:
    """What begins later is switched by the kernel; what is a suggestion only is off."""
    on = compiled_with(moving("x"), moving("y", start_week=3)).switches["on"]
    assert on.tolist() == [one.starts_on for one in (moving("x"), moving("y", start_week=3))]


def test_a_meeting_says_who_meets_when_and_for_how_long() -> None:
    """Days as bits from Monday, times in hours; of crowds above a dozen a minute is worth less."""
    held = {"at": 9.5, "days": ("mon", "wed"), "minutes": 30.0, "staff_share": 0.5, "item_minutes": 3.0}
    compiled = compiled_with(meeting({**held, "news_minutes": 6.0, "settles": 0.2, "every_weeks": 2}, strength=0.5))
    (row,) = compiled.params.meetings
    assert (row["days"], row["at"], row["every_weeks"]) == (0b101, 9.5, 2)
    assert (row["hours"], row["item_hours"], row["news_hours"]) == (0.5, 0.05, 0.1)
    assert (row["settles"], row["strength"], row["attendance"]) == (0.2, 0.5, 0.5)
    members = compiled.params.lists[row["members"] : row["members"] + row["n_members"]]
    assert members.tolist() == [A, B, BOSS, HEAD]
    people = (4 + 10 + 2 + 1) * 0.5
    assert row["usefulness"] == 1.0
    assert people < 12.0
    crowded = compiled_with(meeting({**held, "staff_share": 1.0})).params.meetings[0]
    assert crowded["usefulness"] == pytest.approx((12 / 17) ** 0.5)


def test_there_is_room_for_all_the_questions_of_the_longest_meeting() -> None:
    """However short the others are: whatever is answered there leaves something to do."""
    long, short = (
        Custom(name=name, meets=(Meeting(days=("mon",), minutes=minutes, item_minutes=1.0),), cost_minutes=0.0)
        for name, minutes in (("long", 120.0), ("short", 5.0))
    )
    rooms = [
        compiled_with(*held).params.world["margin"][0] for held in ((short,), (long,), (short, long), (long, short))
    ]
    assert rooms[0] < rooms[1] == rooms[2] == rooms[3] > 120
    assert rooms[1] - rooms[0] >= 115


def test_a_second_meeting_of_a_kind_has_luck_of_its_own() -> None:
    """What is there keeps its luck whatever is added; a length makes no difference, a day does."""
    one, longer, other = ({"at": 9.0, "days": ("mon",), "minutes": m} for m in (15.0, 60.0, 15.0))
    other |= {"days": ("tue",)}
    first = compiled_with(meeting(one)).params.meetings["id"][0]
    assert first == identity("meeting", "custom mon 9.0", "0")
    assert compiled_with(meeting(one | {"every_weeks": 2})).params.meetings["id"][0] != first
    assert compiled_with(meeting(longer)).params.meetings["id"][0] == first
    assert compiled_with(meeting(other)).params.meetings["id"][0] != first
    both = compiled_with(meeting(one), meeting(longer, start_week=1)).params.meetings["id"]
    assert both[0] == first != both[1]


def taxes_of(compiled: Compiled, owner: int) -> list[tuple[Any, ...]]:
    """Return what meetings take from an owner of a queue."""
    pool = compiled.params.pools[owner]
    rows = compiled.params.taxes[pool["first_tax"] : pool["first_tax"] + pool["n_taxes"]]
    return [tuple(row) for row in rows[["cluster", "start", "end", "share", "switch"]].tolist()]


def test_a_meeting_takes_its_share_of_open_hours() -> None:
    """With what it runs over by, for those who take part, spread over the weeks between; as much as is still open."""
    held = {"at": 16.5, "days": ("mon", "wed", "sat"), "minutes": 60.0, "staff_share": 0.5, "overrun": 1.5}
    compiled = compiled_with(meeting({**held, "every_weeks": 2}, strength=0.5, start_week=1, end_week=5))
    span = (336.0, 1008.0)
    assert taxes_of(compiled, A) == [(0, *span, 0.5 * 2 * 0.5 / 40 / 2, 0)]  # closes at 17:00, and on Saturday
    assert taxes_of(compiled, B) == [(0, *span, 0.5 * 3 * 0.75 / 168 / 2, 0)]  # never closes
    assert taxes_of(compiled, HEAD) == [(0, *span, 0.5 * 2 * 0.5 / 5 / 2, 0)]  # has five hours a week to approve in


@pytest.mark.parametrize(("at", "hours"), [(8.0, 0.5), (12.0, 0.0), (11.75, 0.25), (7.9, 0.0)])
def test_a_meeting_takes_time_if_it_begins_while_people_are_there(at: float, hours: float) -> None:
    """From the minute at which they come to that at which they go."""
    compiled = compiled_with(meeting({"at": at, "days": ("mon",), "minutes": 30.0, "staff_share": 1.0, "overrun": 1.0}))
    assert [share for *_, share, _ in taxes_of(compiled, A)] == [hours / 40]


def test_nobody_meets_for_longer_than_there_is() -> None:
    """Who has five hours a week to approve in loses them all to meetings of six."""
    compiled = compiled_with(meeting({"days": ("mon", "tue"), "minutes": 120.0, "staff_share": 1.0}))
    assert [taxes_of(compiled, owner)[0][3] for owner in (A, HEAD)] == [6 / 40, 1.0]


def test_meetings_that_overlap_are_of_one_cluster() -> None:
    """Directly or by a chain; nobody is in two at once, so the longest counts. At strength zero nobody meets."""
    times = [(9.0, 60.0), (9.5, 60.0), (10.25, 60.0), (14.0, 60.0)]
    held = [{"at": at, "days": ("mon",), "minutes": minutes, "overrun": 1.0} for at, minutes in times]
    compiled = compiled_with(meeting(*held), meeting(held[0], strength=0.0, start_week=1))
    found = taxes_of(compiled, A)
    assert sorted(Counter(cluster for cluster, *_ in found).values()) == [1, 3]
    assert {share for *_, share, _ in found} == {0.5 * 1.0 / 40}


def test_a_meeting_of_some_takes_nothing_from_others() -> None:
    """Nor is anybody a member who is not asked."""
    compiled = compiled_with(meeting({"minutes": 30.0}, departments=("a", "b")))
    assert [len(taxes_of(compiled, owner)) for owner in (A, B, BOSS, HEAD)] == [1, 1, 0, 0]


def test_limits_of_levers_stand_in_every_edit() -> None:
    """The kernel keeps a lever within them, whatever is added up."""
    scenario: Scenario = WORLD.with_interventions(["raci", "shared_kpi", "response_agreement"])
    table = compile_scenario(scenario).params.edits
    by_row = {int(spec.lever): spec for spec in LEVERS.values()}
    assert len(table)
    assert table["low"].tolist() == [by_row[lever].low for lever in table["lever"].tolist()]
    assert table["high"].tolist() == [by_row[lever].high for lever in table["lever"].tolist()]

"""A standard process may say response times: which steps of which processes get them."""

import pytest

import sim
from sim.interventions import Sop
from sim.scenario import Scenario, loads

TIMES = {"record_hours": 1.0, "solve_hours": 4.0, "call_back_hours": 24.0}
ROUTES = """
departments: {a: {staff: 1}, b: {staff: 1}}
processes:
  forked:
    demand: {per_week: 1}
    steps:
      take: {R: a, work: 1}
      left: {R: a, work: 1, needs: [take]}
      right: {R: b, work: 1, needs: [take]}
      close: {R: a, work: 1, needs: [left, right]}
      ask: {R: b, work: 1, needs: [take]}
  routed:
    demand: {per_week: 1}
    start: {first: 0.5, second: 0.5}
    steps:
      first: {R: a, work: 1, next: {middle: 1.0}}
      second: {R: b, work: 1, next: {end: 1.0}}
      middle: {R: a, work: 1, next: {middle: 0.2, last: 0.8}}
      last: {R: b, work: 1}
"""


def times(scenario: Scenario, process: str, one: Sop) -> dict[str, float | None]:
    """Return the response times of the steps of a process."""
    steps = one.reshape(scenario).processes[process].steps
    return {name: step.response_hours for name, step in steps.items()}


def test_a_preset_times_the_process_in_which_it_can_be_argued_whose_a_task_is() -> None:
    """The stricter of two times stays, and no other process is touched."""
    firm = sim.load("order_delivery")
    one = Sop(preset="complaint")
    assert times(firm, "complaint", one) == {"record": 1.0, "solve": 4.0, "call_back": 8.0}
    assert times(firm, "order", one) == {
        name: step.response_hours for name, step in firm.processes["order"].steps.items()
    }


def test_one_can_say_which_process_and_where() -> None:
    """Only steps of the departments concerned have the times."""
    firm = sim.load("order_delivery")
    before = times(firm, "order", Sop())
    assert times(firm, "order", Sop(process="order", solve_hours=2.0)) == before | {"procure": 2.0, "produce": 2.0}
    here = Sop(process="order", solve_hours=2.0, departments=("production",))
    assert times(firm, "order", here) == before | {"produce": 2.0}
    assert times(firm, "complaint", here) == times(firm, "complaint", Sop())


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        ("forked", {"take": 1.0, "left": 4.0, "right": 4.0, "close": 24.0, "ask": 24.0}),
        ("routed", {"first": 1.0, "second": 1.0, "middle": 4.0, "last": 24.0}),
    ],
)
def test_first_and_last_steps_are_found_on_every_way(process: str, expected: dict[str, float]) -> None:
    """With branches, and with steps that follow by chance."""
    assert times(loads(ROUTES), process, Sop(process=process, **TIMES)) == expected


def test_only_one_with_times_of_steps_changes_the_structure() -> None:
    """So any other may begin and end while a run goes on."""
    assert [Sop().shapes, Sop(answer_hours=2.0).shapes, Sop(record_hours=1.0).shapes] == [False, False, True]


def test_longer_procedures_have_more_forms_and_signatures_unless_it_is_said() -> None:
    """Ten pages bring three forms and a third, and two signatures; what they take follows the pace."""
    firm = sim.load("order_delivery")
    assert [Sop(pages=pages).signed for pages in (2, 4.9, 5, 10, 50)] == [0.0, 0.0, 1.0, 2.0, 2.0]
    assert Sop(pages=10, signatures=0).signed == 0.0
    assert Sop(pages=10).minutes(firm) == pytest.approx(10 * 3 + 10 / 3 * 6)
    assert Sop(pages=10, forms=0, page_minutes=1).minutes(firm) == pytest.approx(10.0)
    assert Sop(pages=10).minutes(sim.load("order_delivery", {"pace": 0.5})) == pytest.approx(25.0)

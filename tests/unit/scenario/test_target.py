"""A customer's date may run in the open hours of a calendar."""

from typing import Any

import pytest

from sim.compile import compile_scenario
from sim.outcome import cases_of, start
from sim.scenario import Scenario, ScenarioError, dump, loads
from sim.scenario.window import longest_target
from sim.study.reported import usual

CASE = """\
calendars:
  service: {mon-sun: ["10:00-14:00", "17:00-22:00"]}
  nights: {mon-fri: ["22:00-02:00"]}
departments: {desk: {staff: 9, calendar: always}}
processes:
  order: {demand: {at: [ARRIVAL]}, TARGET, steps: {take: {R: desk, work: 0.1}}}
levers: {preset: neutral}
warmup_weeks: 0
horizon_weeks: 1
"""


def case(target: str, arrival: float = 11.0, text: str = CASE) -> Scenario:
    """Return a scenario with one case and its date."""
    return loads(text.replace("TARGET", target).replace("ARRIVAL", str(arrival)))


def date_of(scenario: Scenario) -> float:
    """Return the date of its case."""
    machine = start(compile_scenario(scenario), 1, 0)
    machine.advance(168.0)
    return float(cases_of(machine.state)["target"][0])


DATES = [
    ("target_hours: 2", 11.0, 13.0),
    ("target_hours: 2, target_calendar: service", 11.0, 13.0),
    ("target_hours: 2, target_calendar: service", 13.0, 18.0),  # an hour before the break, an hour behind it
    ("target_hours: 2, target_calendar: service", 15.0, 19.0),  # within the break
    ("target_hours: 2, target_calendar: service", 21.0, 35.0),  # an hour in the evening, an hour the next morning
    ("target_hours: 4, target_calendar: service", 10.0, 14.0),  # ends with the shift
    ("target_hours: 9, target_calendar: service", 12.0, 36.0),  # a whole day of opening hours
    ("target_hours: 8, target_calendar: office", 10.0, 34.0),  # Monday to Tuesday over the lunch break
    ("target_hours: 8, target_calendar: office", 4 * 24 + 13.0, 7 * 24 + 12.0),  # Friday to Monday
    ("target_hours: 8, target_calendar: office", 5 * 24 + 3.0, 7 * 24 + 17.0),  # what comes on Saturday
    ("target_hours: 5, target_calendar: nights", 23.0, 48.0),  # past midnight, and into the next night
    ("target_days: 2", 11.0, 59.0),
]


@pytest.mark.parametrize(("target", "arrival", "date"), DATES)
def test_dates_fall_where_so_many_open_hours_have_passed(target: str, arrival: float, date: float) -> None:
    """Over nights, breaks and weekends, worked out by hand."""
    assert date_of(case(target, arrival)) == pytest.approx(date)


def test_days_are_calendar_days_whatever_is_called_always() -> None:
    """A scenario may describe `always` anew; days go on."""
    scenario = case("target_days: 2", text=CASE.replace("calendars:", "calendars:\n  always: {mon: '08:00-12:00'}"))
    assert date_of(scenario) == 59.0
    assert longest_target(scenario) == pytest.approx(2 / 7)


BROKEN = [
    ("target_hours: 2, target_days: 1", r"target_days: found 1 beside target_hours \(2\), expected only one of them"),
    ("target_days: 1, target_calendar: service", "target_calendar: found 'service', expected it only where target_h"),
    ("target_calendar: service", "target_calendar: found 'service', expected it only where target_hours are given"),
    ("target_hours: 2, target_calendar: servise", "found 'servise', expected a calendar .*did you mean 'service'"),
    ("target_hours: 0", "target_hours: found 0, expected a number above 0"),
    ("late_penalty: 5", "late_penalty: found 5 without a date, expected target_days or target_hours beside it"),
    ("delay_cost: 5", "delay_cost: found 5 without a date, expected target_days or target_hours beside it"),
]


@pytest.mark.parametrize(("target", "message"), BROKEN)
def test_mistakes_are_told_in_one_sentence(target: str, message: str) -> None:
    """Two targets, a calendar without hours, a calendar that is not there."""
    with pytest.raises(ScenarioError, match=message):
        case(target)


def test_a_target_in_hours_counts_wherever_a_target_does() -> None:
    """For the tail, for what is reported, and in files."""
    text = CASE.replace("levers:", "  other: {demand: {at: [3]}, steps: {go: {R: desk, work: 1}}}\nlevers:")
    scenario = case("target_hours: 63, target_calendar: service", text=text)
    assert longest_target(scenario) == 2.0
    assert scenario.tail == 12.0
    assert _alone(scenario).tail == 6.0
    assert "on_time_target.order" in tuple(usual(scenario))
    assert "on_time_target.other" not in tuple(usual(scenario))
    assert loads(dump(scenario)) == scenario


def _alone(scenario: Scenario) -> Any:
    return scenario.model_copy(update={"processes": {"order": scenario.processes["order"]}})


def test_one_mistake_is_told_once() -> None:
    """Two targets are one mistake, whatever calendar stands beside them."""
    with pytest.raises(ValueError, match="expected only one of them") as told:
        case("target_hours: 2, target_days: 1, target_calendar: service")
    assert len(str(told.value).splitlines()) == 1

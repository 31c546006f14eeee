"""Warnings about time: figures longer than a target, people asked while closed, targets that are used up anyway."""

from pathlib import Path

import pytest

from sim.scenario import Finding, check, loads, shipped
from sim.scenario.critical import time_of

COUNTER = """\
management: management
calendars: {service: {mon-sun: ["10:00-14:00", "17:00-22:00"]}}
departments:
  front: {staff: 12, calendar: service}
  kitchen: {staff: 10, calendar: service, skill: 2}
  supply: {staff: 4, calendar: service}
  management: {staff: 1, calendar: service}
processes:
  complaint:
    demand: {per_week: 40, during: service}
    target_hours: 2
    target_calendar: service
    steps:
      take: {R: front, work: 0.1}
      fix: {R: kitchen, A: management, C: [supply], work: 0.4}
pace: 10 min
"""


def warnings(tmp_path: Path, text: str) -> list[Finding]:
    """Return what looks wrong with a file that has no errors."""
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    found = check(file)
    assert all(one.severity == "warning" for one in found)
    return found


def test_a_counter_at_its_pace_is_fine(tmp_path: Path) -> None:
    """Where people answer within ten minutes, and all are there when they are asked."""
    assert warnings(tmp_path, COUNTER) == []


@pytest.mark.parametrize("name", shipped())
def test_shipped_scenarios_are_fine(name: str) -> None:
    """None of these warnings is about them."""
    assert check(name) == []


def test_figures_longer_than_the_shortest_target_are_told_once(tmp_path: Path) -> None:
    """The worst with a few others, and the pace that would fit."""
    first, *_ = [one for one in warnings(tmp_path, COUNTER.replace("pace: 10 min\n", "")) if "shortest" in str(one)]
    assert first.field == "response_targets.approve"
    expected = (
        "found 16 hours, expected less than the shortest target (2 hours of process complaint), "
        "likewise levers.standoff_hours (12), response_targets.consult (8), levers.latency (4), 1 more; "
        "`pace: 5 min` would say that people here answer within 5 min"
    )
    assert first.message == expected


def test_a_stated_figure_is_told_without_a_pace(tmp_path: Path) -> None:
    """A pace would not change it."""
    (one,) = warnings(tmp_path, COUNTER + "levers: {standoff_hours: 3}\n")
    assert one.field == "levers.standoff_hours"
    assert one.message == "found 3 hours, expected less than the shortest target (2 hours of process complaint)"


@pytest.mark.parametrize("levers", ["{tier1_hours: 3}", "{agreement_hours: 3}", "{severity: 0, standoff_hours: 3}"])
def test_figures_for_which_nobody_waits_are_not_told(tmp_path: Path, levers: str) -> None:
    """Tiers without an escalation path, agreed hours without an agreement, stand-offs without conflicts."""
    assert warnings(tmp_path, f"{COUNTER}levers: {levers}\n") == []


def test_a_department_may_have_a_figure_of_its_own(tmp_path: Path) -> None:
    """It is told where it stands."""
    text = COUNTER.replace("supply: {staff: 4,", "supply: {staff: 4, levers: {pickup_period: 9},")
    assert [one.field for one in warnings(tmp_path, text)] == ["departments.supply.levers.pickup_period"]


def test_whoever_is_closed_when_asked_is_told(tmp_path: Path) -> None:
    """With the hours: the office is open in 15 of the 63 hours of service."""
    text = COUNTER.replace("supply: {staff: 4, calendar: service}", "supply: {staff: 4}")
    (one,) = [one for one in warnings(tmp_path, text) if "closed" in one.message]
    assert one.field == "processes.complaint.steps.fix.C[0]"
    hours = "found supply closed for 48 of the 63 hours a week in which kitchen works"
    assert one.message == f"{hours}, expected whoever is asked to be open then"


def test_approvers_are_asked_in_the_hours_of_management(tmp_path: Path) -> None:
    """All of management's hours do; ten a week leave a case waiting for longer than it may take, as other hours do."""
    pool = COUNTER.replace("front: {staff: 12,", "front: {staff: 12, pools: {head: {hours_per_week: 63}},")
    pool = pool.replace("A: management", "A: front.head")
    assert warnings(tmp_path, pool) == []
    seldom = warnings(tmp_path, pool.replace("hours_per_week: 63", "hours_per_week: 10"))
    assert [one.field for one in seldom] == ["processes.complaint.steps.fix.A"]
    hours = "found front.head, who approves for 10 hours a week (mon-sun 10:00-10:38, 17:00-17:48)"
    late = "whoever asks in 24.9 of the 63 hours in which kitchen works waits past the target"
    assert seldom[0].message == f"{hours}: {late}; expected more hours a week, or somebody who is there"
    closed = warnings(tmp_path, pool.replace("{staff: 1, calendar: service}", "{staff: 1}"))
    assert "processes.complaint.steps.fix.A" in [one.field for one in closed]


def test_few_hours_a_week_for_approvals_are_fine_where_targets_allow_for_them(tmp_path: Path) -> None:
    """From 10:38 to 17:00 are 3.4 hours of service, from 17:48 to 10:00 are 4.2; the least hours are told, too."""
    pool = COUNTER.replace("front: {staff: 12,", "front: {staff: 12, pools: {head: {hours_per_week: 10}},")
    pool = pool.replace("A: management", "A: front.head")
    assert warnings(tmp_path, pool.replace("target_hours: 2", "target_hours: 4")) == []
    assert "17:00-17:01" in str(warnings(tmp_path, pool.replace("hours_per_week: 10", "hours_per_week: 0.01")))


def test_those_who_begin_are_asked_when_cases_come(tmp_path: Path) -> None:
    """At night nobody is there; told once, at the first of the places."""
    text = COUNTER.replace("during: service", "during: always")
    found = [one for one in warnings(tmp_path, text) if "closed" in one.message]
    assert [one.field for one in found] == []  # the date runs in hours of service
    found = warnings(tmp_path, text.replace("    target_calendar: service\n", ""))
    closed = [one for one in found if "closed" in one.message]
    assert [one.field for one in closed] == ["processes.complaint.steps.take.R", "processes.complaint.steps.fix.R"]
    assert "front closed for 105 of the 168 hours a week in which cases come" in closed[0].message


OFFICE = """\
departments: {a: {staff: 3}, b: {staff: 3}}
processes: {p: {demand: {per_week: 5, during: always}, target_days: 10, steps: {s: {R: a, C: [b], work: 2}}}}
"""


@pytest.mark.parametrize("target", ["target_days: 10, ", "target_days: 4, ", ""])
def test_an_office_with_time_is_fine(tmp_path: Path, target: str) -> None:
    """Cases that come at night wait for the morning, and weekends fit into the target."""
    assert warnings(tmp_path, OFFICE.replace("target_days: 10, ", target)) == []


def test_a_target_that_waiting_alone_uses_up_is_told_with_its_parts(tmp_path: Path) -> None:
    """Worked out by hand: the parts of a case that meets an idle organization."""
    levers = (
        "levers: {latency: 0.8, answer_latency: 0.8, adherence: 0.5}\ncoordination_work: {consult: 0.2, approve: 0.4}\n"
    )
    (one,) = warnings(tmp_path, COUNTER.replace("pace: 10 min\n", f"pace: 10 min\n{levers}"))
    assert one.field == "processes.complaint.target_hours"
    parts = "(work 0.3, hand-overs 0.8, questions 0.5, approvals 0.6)"
    expected = (
        f"found 2 hours, expected more than the 2.2 that a case takes on average even if nobody is ever busy {parts}"
    )
    assert one.message == expected


def test_longer_times_count_closing_hours() -> None:
    """What does not fit into one opening takes as many hours of the clock as it does on average."""
    organization = loads(OFFICE + "levers: {preset: neutral}\n")
    process = organization.processes["p"]
    assert time_of(organization, process)["work"] == 2.0
    longer = loads(
        OFFICE.replace("work: 2", "work: 10, external: {work: 5, calendar: always}") + "levers: {preset: neutral}\n"
    )
    parts = time_of(longer, longer.processes["p"])
    assert (parts["work"], parts["outside"]) == (pytest.approx(42.0), 5.0)


def test_the_longest_way_counts_and_what_comes_by_chance_as_often_as_it_does() -> None:
    """Branches in parallel, steps with a probability, steps that are visited again."""
    graph = "{a: {R: a, work: 1}, b: {R: a, work: 2, probability: 0.5, needs: [a]}, c: {R: b, work: 3, needs: [a]}}"
    text = OFFICE.replace("{s: {R: a, C: [b], work: 2}}", graph) + "levers: {preset: neutral}\n"
    assert time_of(loads(text), loads(text).processes["p"])["work"] == 4.0
    markov = "{a: {R: a, work: 1, next: {b: 1}}, b: {R: b, work: 1, next: {a: 0.5}}}"
    text = OFFICE.replace("{s: {R: a, C: [b], work: 2}}", markov) + "levers: {preset: neutral, latency: 0.1}\n"
    parts = time_of(loads(text), loads(text).processes["p"])
    assert parts["work"] == pytest.approx(4.0 * 168.0 / 40.0)
    assert parts["handovers"] == pytest.approx(0.3 * 168.0 / 40.0)

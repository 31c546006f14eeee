"""Warnings about what would cost or promise something and change nothing."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim
from sim.scenario import Finding, check, loads

WORKSHOP = """\
management: boss
calendars: {night: {mon-fri: ["20:00-24:00"]}}
departments:
  desk: {staff: 4}
  yard: {staff: 4}
  guard: {staff: 2, calendar: night}
  boss: {staff: 1}
processes:
  job:
    demand: {per_week: 10}
    target_days: 10
    steps:
      a: {R: desk, C: [yard], work: 2}
      b: {R: yard, work: 2}
"""


def warnings(tmp_path: Path, text: str) -> list[Finding]:
    """Return what looks wrong with a file that has no errors."""
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    found = check(file)
    assert all(one.severity == "warning" for one in found)
    return found


def tried(tmp_path: Path, intervention: str) -> list[Finding]:
    """Return what looks wrong with an intervention, the same where it is there already and where it is compared."""
    there = warnings(tmp_path, f"{WORKSHOP}interventions: [{intervention}]\n")
    compared = warnings(tmp_path, f"{WORKSHOP}compare: [{{label: x, with: [{intervention}]}}]\n")
    assert [one.message for one in there] == [one.message for one in compared]
    return there


@pytest.mark.parametrize("kind", ["daily_standup", "weekly_review", "monthly_retrospective"])
def test_a_meeting_at_night_is_told(tmp_path: Path, kind: str) -> None:
    """Nobody would come, and nothing would be said of it."""
    assert tried(tmp_path, kind) == []
    (one,) = tried(tmp_path, f"{{kind: {kind}, at: 6.5}}")
    assert one.field == "interventions[0].at"
    assert "at 06:30, when nobody is at work, expected an hour" in one.message


def test_a_meeting_of_one_is_told(tmp_path: Path) -> None:
    """By its hour or by its departments; not where it is held with no strength at all."""
    assert "when only guard is at work" in tried(tmp_path, "{kind: daily_standup, at: 21}")[0].message
    assert "when only desk is at work" in tried(tmp_path, "{kind: daily_standup, departments: [desk]}")[0].message
    assert (
        "when only desk is at work" in tried(tmp_path, "{kind: daily_standup, departments: [desk, guard]}")[0].message
    )
    assert tried(tmp_path, "{kind: daily_standup, at: 21, strength: 0}") == []


@pytest.mark.parametrize("kind", ["job_rotation", "team_building"])
def test_contact_without_anybody_to_meet_is_told(tmp_path: Path, kind: str) -> None:
    """It would cost its hours and bring nothing."""
    assert tried(tmp_path, kind) == tried(tmp_path, f"{{kind: {kind}, departments: [desk, yard]}}") == []
    for where in ("desk", "desk, guard"):
        (one,) = tried(tmp_path, f"{{kind: {kind}, departments: [{where}]}}")
        assert one.field == "interventions[0].departments"
        assert f"found {kind} for {where}, where no two departments deal with each other" in one.message


def test_one_department_alone_has_nobody_to_meet(tmp_path: Path) -> None:
    """Where an organization has no other."""
    text = "departments: {a: {staff: 2}}\nprocesses: {p: {demand: {per_week: 3}, steps: {s: {R: a, work: 2}}}}\n"
    found = warnings(tmp_path, f"{text}interventions: [job_rotation, daily_standup]\n")
    assert ["at work" in one.message or "deal with" in one.message for one in found] == [True, True]


def test_contact_of_those_who_deal_with_nobody_changes_nothing() -> None:
    """What is warned of is so: trust and understanding end as they would have."""
    scenario = loads(WORKSHOP + "horizon_weeks: 3\nwarmup_weeks: 0\n")
    apart = {"kind": "job_rotation", "departments": ["guard", "desk"], "loss": 0.0, "explained": 0.0}
    lonely: Any = scenario.with_interventions([apart])
    now, then = (sim.run(one, 1).relations for one in (scenario, lonely))
    pd.testing.assert_frame_equal(now, then, rtol=1e-9)


def test_a_dispute_with_oneself_is_told(tmp_path: Path) -> None:
    """Others beside oneself are a dispute."""
    (one,) = warnings(tmp_path, WORKSHOP.replace("{R: yard,", "{R: yard, contested_by: [yard],"))
    assert one.field == "processes.job.steps.b.contested_by"
    assert "found 'yard' alone" in one.message
    assert warnings(tmp_path, WORKSHOP.replace("{R: yard,", "{R: yard, contested_by: [yard, desk],")) == []


def test_a_plan_without_room_is_told(tmp_path: Path) -> None:
    """Close to full as well as too full; with the hours."""
    (close,) = warnings(tmp_path, WORKSHOP.replace("desk: {staff: 4}", "desk: {staff: 4, own_work: {share: 0.79}}"))
    assert close.field == "departments.desk.staff"
    assert "found a utilization of 0.92, expected at most 0.9, because disputes" in close.message
    (full,) = warnings(tmp_path, WORKSHOP.replace("desk: {staff: 4}", "desk: {staff: 4, own_work: {share: 0.95}}"))
    assert "expected less than 1, or the queue grows without end" in full.message


def test_a_target_that_makes_a_run_long_is_told(tmp_path: Path) -> None:
    """Unless somebody says how long the tail is, or watches longer than that anyway."""
    long = WORKSHOP.replace("target_days: 10\n", "target_days: 3650\n")
    (one,) = warnings(tmp_path, long)
    assert one.field == "processes.job.target_days"
    assert "found 3650, which makes a run of 581 weeks, of which the last 521 only wait for this target" in one.message
    assert warnings(tmp_path, long + "tail_weeks: 522\n") == warnings(tmp_path, long + "horizon_weeks: 600\n") == []
    assert warnings(tmp_path, WORKSHOP + "horizon_weeks: 2\n") == []


def test_a_process_of_few_cases_is_told(tmp_path: Path) -> None:
    """Also where its dates lie outside the weeks that count."""
    for demand, found in (
        ("per_week: 0.1", "about 5 cases"),
        ("at: [-10]", "no case"),
    ):
        (one,) = warnings(tmp_path, WORKSHOP.replace("per_week: 10", demand))
        assert one.field == "processes.job.demand"
        assert f"found {found}" in one.message

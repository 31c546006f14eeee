"""Every draw has an address of its own: no two questions open the same envelope."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from sim.outcome import cases_of
from sim.vocab import Purpose
from tests import ROOT
from tests.worlds.drawn import World, finished

READ_AGAIN = {
    Purpose.WORK,  # a step has its content; what is left of it after rework is looked up again
    Purpose.EXTERNAL,  # so has a wait outside, of which rework costs a share
    Purpose.ROUTE,  # where a case goes next, on which it may depend who is waited for before
    Purpose.EXCEPTION,  # no rule foresees this visit of the step, whoever is asked
    Purpose.CONTESTANT,  # who is next in line: those not asked since keep their places
    Purpose.ACCEPT,  # so does acceptance at the end, when what it has found comes back
    Purpose.DETECT,  # who overlooked a defect at this visit of a step overlooks it when rework on another comes back
    Purpose.STEP_AGREEMENT,  # whether a department keeps the time of a step, also when the matter comes back to it
    Purpose.EXPRESS,
    Purpose.HELP,  # whether a department helps out with this visit of a step, whenever it looks
    Purpose.SKIP,  # whether a case needs a step, also when its customer wants something else
}
"""Facts of a case that are read as often as somebody wants to know them."""

ONCE_A_CASE = {
    Purpose.ARRIVAL,
    Purpose.COMPLEXITY,
    Purpose.URGENT,
    Purpose.ACCEPT_PROMISE,
    Purpose.START,
    Purpose.SKIP,
    Purpose.WATCH,
    Purpose.OWN_ARRIVAL,
    Purpose.OWN_WORK,
    Purpose.ACCEPT,
    Purpose.PREVENT,
    Purpose.TEAM,
    Purpose.COMPLAIN_LATE,
    Purpose.CONFLICT_CHANGE,
    Purpose.COMPLAIN_FAULTY,
    Purpose.QUIT,  # nor has who leaves in a night anything to do with one
    Purpose.WHO_QUITS,
    Purpose.HELD,
}
"""Questions that do not come again with another visit of a step."""

REPEATED = {
    Purpose.PICK_UP_WORK,  # a contestant is asked once more
    Purpose.DISPUTE,
    Purpose.TRIAGE,
    Purpose.CONTESTANT,
    Purpose.CONFLICT_DISPUTE,
    Purpose.OWNERSHIP,  # with every dispute
    Purpose.ESCALATE_DISPUTE,
    Purpose.PICK_UP_REWORK,  # with every defect that is sent back
    Purpose.PICK_UP_RETURNED,
    Purpose.CONFLICT_BLAME,
    Purpose.CONFLICT_CHANGE,
    Purpose.CONFLICT_BROKEN_REWORK,
    Purpose.MEDIATION,  # at the next tier
    Purpose.PICK_UP_MEDIATION,
    Purpose.DECISION,  # of the first contact, which may have to insist
    Purpose.PICK_UP_DECISION,
    Purpose.SETTLE,  # at the meeting of the next day
    Purpose.REACHED,
    Purpose.REACHED_APPROVAL,
    Purpose.APPROVAL,  # with every signature
    Purpose.PICK_UP_APPROVAL,
    Purpose.AGREEMENT_APPROVAL,
    Purpose.CHECK,
    Purpose.CONFLICT_LATE_APPROVAL,
    Purpose.CONFLICT_BROKEN_AGREEMENT,
}
"""Questions that may be put again at the same visit of a step, or in the same conflict."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what was seen of the addresses of some forty worlds, in a process without compilation."""
    file = tmp_path_factory.mktemp("addresses") / "seen.json"
    command = [sys.executable, "-m", "tests.worlds.addresses", str(file)]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, timeout=900)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def names(purposes: set[Purpose]) -> set[str]:
    """Return the names of some purposes."""
    return {one.name for one in purposes}


def test_much_was_seen(seen: dict[str, Any]) -> None:
    """The worlds open tens of thousands of addresses, and no two of these hold the same bits."""
    assert seen["worlds"] > 40
    assert seen["addresses"] > 30_000
    assert seen["same_bits"] == 0


def test_every_purpose_is_one_question(seen: dict[str, Any]) -> None:
    """A purpose is drawn at one place of the code, and there is none that nobody asks for."""
    assert seen["sites"].keys() == names(set(Purpose))
    assert {name: sites for name, sites in seen["sites"].items() if len(sites) > 1} == {}


def test_no_address_is_opened_twice(seen: dict[str, Any]) -> None:
    """Only facts of a case are read again; and each of these is."""
    assert seen["twice"].keys() == names(READ_AGAIN)


def test_every_visit_has_luck_of_its_own(seen: dict[str, Any]) -> None:
    """What is asked at a step is asked anew at its next visit, and what belongs to a case is not."""
    assert {name for name, times in seen["revisited"].items() if times} == names(set(Purpose) - ONCE_A_CASE)


def test_only_what_is_asked_again_counts_how_often(seen: dict[str, Any]) -> None:
    """Whatever is asked once is asked for the first time, whatever came before: so it is the same luck."""
    assert {name for name, times in seen["repeated"].items() if times} == names(REPEATED)


def test_a_question_is_always_put_to_somebody_or_never(seen: dict[str, Any]) -> None:
    """Nobody in particular is not the first department."""
    assert {name for name, askers in seen["askers"].items() if len(askers) > 1} == set()


def two_questions_skipped() -> World:
    """Return a relay in which both questions are skipped, and each leaves a defect that the second step may find."""
    steps = {
        "draw": {"R": "dept_a", "C": ["dept_b", "dept_c"], "work": 1.0, "novelty": 1.0},
        "build": {"R": "dept_a", "needs": ["draw"], "work": 1.0},
    }
    return {
        "name": "relay",
        "departments": {name: {"staff": 9, "calendar": "always"} for name in ("dept_a", "dept_b", "dept_c")},
        "processes": {"job": {"demand": {"per_week": 100, "during": "always"}, "steps": steps}},
        "levers": {"preset": "neutral", "adherence": 0.0, "skip_risk": 1.0, "novelty": 1.0, "detection": 0.5},
        "horizon_weeks": 3.0,
        "warmup_weeks": 0.0,
    }


def test_two_defects_of_a_step_are_found_by_luck_of_their_own() -> None:
    """Of two defects often one is found and the other not: half of the time, where each is found half of the time."""
    cases = cases_of(finished(two_questions_skipped()).state)
    found = cases["reworks"][cases["finish"] > 0.0]
    assert len(found) > 200
    assert 0.4 < (found == 1).mean() < 0.6
    assert 0.15 < (found == 2).mean() < 0.35

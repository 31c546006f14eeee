"""Credit for answering others: at 1 an answer is met and ranked like a department's own work."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.outcome import cases_of
from tests.worlds.drawn import World, finished, law

pytestmark = pytest.mark.compiled  # many cases

BUSY = {"share": 0.6, "size": {"exponential": 1.0}}


def asked(levers: dict[str, float], calendar: str = "office") -> World:
    """Return a department that is asked by another, and has own work besides, where people look after themselves."""
    step = {"R": "asker", "C": ["asked"], "work": {"exponential": 1.0}}
    usual = {"preset": "neutral", "adherence": 1.0, "answer_latency": 2.0, "alignment": 0.0, "favor": 0.0}
    return {
        "name": "asked",
        "departments": {
            "asker": {"staff": 9, "calendar": calendar},
            "asked": {"staff": 2, "calendar": calendar, "own_work": BUSY},
        },
        "processes": {"ask": {"demand": {"per_week": 20.0}, "steps": {"do": step}}},
        "coordination_work": {"consult": 1.0},
        "relations": {"trust": 0.3},
        "levers": usual | levers,
        "horizon_weeks": 2.0,
        "warmup_weeks": 0.0,
    }


def finishes(levers: dict[str, float], **more: Any) -> Any:
    """Return when cases are finished."""
    return cases_of(finished(asked(levers, **more)).state)["finish"]


@law
@given(st.sampled_from([2.0, 8.0, 16.0]), st.sampled_from([0.0, 1.0, 3.0]), st.sampled_from(["always", "office"]))
def test_at_full_credit_nothing_is_put_off(boost: float, reluctance: float, calendar: str) -> None:
    """Answers then wait as long as where nobody is reluctant and everything is first come, first served."""
    there = finishes({"boost": boost, "reluctance": reluctance, "credit": 1.0}, calendar=calendar)
    plain = finishes({"boost": 0.0, "reluctance": 0.0}, calendar=calendar)
    assert (abs(there - plain) < 1e-6).sum() == (plain == plain).sum() == (there == there).sum()


def test_the_more_it_counts_the_sooner_it_is_done() -> None:
    """Cases that ask take less time with every step of credit, the requests being the same."""
    lead = []
    for credit in (0.0, 0.5, 1.0):
        found = cases_of(finished(asked({"boost": 8.0, "reluctance": 2.0, "credit": credit})).state)
        lead.append(float((found["finish"] - found["arrival"])[:20].mean()))
    assert lead[0] > 1.1 * lead[1] > 1.1 * lead[2]

"""What is said of an effect: certain and large enough, certain but small, uncertain, or not tested."""

import pandas as pd
import pytest

from sim.report.marks import MARKS, SMALL, STYLES, key_of, mark, says_something, told, verdict_of
from sim.spec.measures import MEASURES
from sim.study import verdicts

ON_TIME = MEASURES["on_time_target"]
HOURS = MEASURES["lead_time_mean"]


def row(verdict: str, difference: float = 0.1, matters: bool = True) -> pd.Series:
    """Return a row of effects."""
    return pd.Series({"verdict": verdict, "difference": difference, "matters": matters})


@pytest.mark.parametrize("verdict", [verdicts.BETTER, verdicts.BUT, verdicts.WORSE, verdicts.CHANGED])
def test_a_certain_change_that_does_not_matter_is_small(verdict: str) -> None:
    """Or that would be printed as zero, in the unit in which it is printed."""
    assert verdict_of(row(verdict), ON_TIME) == verdict
    assert verdict_of(row(verdict, matters=False), ON_TIME) == SMALL
    assert verdict_of(row(verdict, 0.00004), ON_TIME) == SMALL
    assert verdict_of(row(verdict, 0.00006), ON_TIME) == verdict  # .01 points


@pytest.mark.parametrize("verdict", [verdicts.UNCLEAR, verdicts.UNKNOWN])
def test_what_is_not_certain_stays_so(verdict: str) -> None:
    """However small it is."""
    assert verdict_of(row(verdict, 0.0, matters=False), ON_TIME) == verdict


def test_shares_say_something_a_hundred_times_sooner_than_hours() -> None:
    """They are printed as points."""
    assert says_something(0.0003, ON_TIME)
    assert not says_something(0.0003, HOURS)
    assert says_something(-0.3, HOURS)


def test_small_changes_keep_their_direction_in_words() -> None:
    """What is better while less gets done is said in full."""
    small = {one: told(row(one, matters=False), ON_TIME).en for one in (verdicts.BETTER, verdicts.WORSE, verdicts.BUT)}
    assert small == {
        verdicts.BETTER: "better, but small",
        verdicts.WORSE: "worse, but small",
        verdicts.BUT: "better, but less gets done",
    }
    assert told(row(verdicts.WORSE), ON_TIME).en == "worse"


def test_every_verdict_has_a_mark_of_its_own_and_a_style() -> None:
    """But what could not be tested, which has none; what marks mean is said of those that occur, in their order."""
    assert len(set(MARKS.values())) == len(MARKS)
    assert MARKS.keys() | {verdicts.UNKNOWN} == set(STYLES)
    assert mark(verdicts.UNKNOWN) == ""
    assert key_of([SMALL, verdicts.WORSE, verdicts.UNKNOWN], "en") == "✕ worse; ≈ certain, but small"

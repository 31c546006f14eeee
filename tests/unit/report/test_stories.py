"""A case in words, from a row that is written by hand: to the letter, in both languages."""

import pandas as pd
import pytest

from sim.report.stories import extras, moment, part_called, tell
from sim.words import Text
from tests.worlds.fakes import small_scenario

ROW = pd.Series(
    {
        "case": 7,
        "replication": 3,
        "arrival": 168.0 + 24 + 9.5,
        "target": 400.0,
        "finish_before": 168.0 * 5,
        "finish_after": 399.25,
        "on_time_before": False,
        "on_time_after": True,
        "part": "ping_pong",
        "part_hours": -12.34,
    }
)
ROLES = Text("Roles", "职责")


def events(*several: tuple[str, str]) -> pd.DataFrame:
    """Return a log of kinds of work and who did it."""
    return pd.DataFrame(several, columns=["kind", "department"])


def said(before: pd.DataFrame, after: pd.DataFrame, lang: str = "en") -> list[str]:
    """Return what happened on one side only."""
    return [one.get(lang) for one in extras(before, after, ROLES, small_scenario())]


def test_a_case_is_told_from_its_row() -> None:
    """Weeks count from the end of the warm-up; what moved most comes with its sign and unit."""
    told = tell(ROW, Text("order", "订单"), ROLES, warmup=168.0)
    assert told.en == (
        "Case 7 of order (replication 3) arrived in week 0 on Tuesday at 09:30 and was due in week 1 on Wednesday at "
        "16:00. Now it is finished in week 4 on Monday at 00:00, late; with 'Roles' in week 1 on Wednesday at 15:15, "
        "on time. What moved most: passed around (who is responsible?), −12.3 h."
    )
    assert told.zh == (
        "订单第 7 件（第 3 次仿真）于第 0 周周二 09:30 受理，应于第 1 周周三 16:00 完成。"
        "现状下第 4 周周一 00:00 完成，逾期；采用“职责”后第 1 周周三 15:15 完成，准时。"
        "变化最大的部分：责任争议，−12.3 小时。"
    )


@pytest.mark.parametrize(("hours", "warmup", "week"), [(335.9, 168.0, 0), (336.0, 168.0, 1), (0.0, 168.0, -1)])
def test_weeks_count_from_the_end_of_the_warm_up(hours: float, warmup: float, week: int) -> None:
    """As in files; what happens before has a week below zero."""
    assert moment(hours, warmup).en.startswith(f"in week {week} on ")


def test_dates_are_told_where_they_are_known() -> None:
    """Beside weeks and days, in both languages."""
    told = moment(168.0 + 33.5, 168.0, "2027-01-04")
    assert told.en == "in week 0 on Tuesday 2027-01-05 at 09:30"
    assert told.zh == "第 0 周周二（2027-01-05）09:30"


def test_what_happened_on_one_side_only_is_named() -> None:
    """As often as it did more than on the other, most often first; a side without any has no sentence."""
    now = events(("triage", "sales"), ("work", "sales"), ("triage", "sales"), ("rework", "production"))
    then = events(("work", "sales"), ("approve", "production"))
    assert said(now, then) == [
        "Only now: a dispute over who is responsible (Sales) ×2; rework (production).",
        "Only with 'Roles': an approval (production).",
    ]
    assert said(now, now) == []


def test_at_most_six_are_named() -> None:
    """Of those that are alike in number, the first by name."""
    many = [(kind, who) for kind in ("work", "triage", "consult", "approve") for who in ("sales", "production")]
    (only,) = said(events(*many, ("work", "sales")), events())
    assert only.count("(") == 6
    assert only.index("×2") < only.index("(production)")


def test_every_part_has_a_name_and_what_has_none_was_open() -> None:
    """Also what is no part of a ledger."""
    assert part_called("ping_pong").zh == "责任争议"
    assert part_called("something else").en == "still open at the end of a run"

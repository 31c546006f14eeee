"""The title of the picture that compares a log with the organization that was read off it."""

from __future__ import annotations

import pandas as pd

from sim.report.answers.logfitfigures import likeness


def test_the_title_says_how_many_are_near_and_which_is_farthest() -> None:
    """Half as much is as far as twice as much; what is none in the log has no multiple."""
    rows = [
        ("handoffs", 3.0, 3.1, 2.9, 3.3),
        ("cycle_q50", 20.0, 5.0, 4.0, 6.0),
        ("cycle_mean", 100.0, 200.0, 150.0, 250.0),
        ("ping_pong", 0.0, 0.2, 0.1, 0.3),
    ]
    told = likeness(pd.DataFrame(rows, columns=["figure", "log", "organization", "low", "high"]))
    assert told.en.startswith(
        "1 of 4 figures lie within a tenth of the log; farthest: hours in which half of cases is done, 0.25"
    )
    assert told.zh.startswith("4 项指标中 1 项与日志相差不到一成")

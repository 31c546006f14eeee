"""What is assumed of an organization where nobody says it: round numbers and what the shipped manufacturer has.

The manufacturer is `order_delivery`: planned loads from 65 to 72 %, and hours of work that vary by 60 % of their mean
in most steps. All of this is marked in the file that is written, so that whoever knows better says so.
"""

from __future__ import annotations

from typing import Any

HOURS = 4.0
"""Hours of work of a step, half a working day."""

SPREAD = 0.6
"""How much they vary: the coefficient of variation."""

BUSY = 0.7
"""Share of their time in which people are busy, with work of all kinds."""

OTHER_WORK = 0.15
"""Share of the time of the busiest department that other work takes."""

STAFF = 4
"""People of a department, where neither people nor cases are known."""

CASES = 10.0
"""Cases a week, where people are known or can be computed from them."""

APPROVALS = 10.0
"""Hours a week that somebody of management has for approvals."""

TIMES = 5.0
"""Times by which the date that customers want is longer than the hours of work in working days.

With everything else as it is assumed of a RACI table alone, about four cases of five are on time then, as at the
shipped manufacturer.
"""


def work(hours: float = HOURS) -> dict[str, Any]:
    """Return hours of work as files write them."""
    return {"lognormal": {"mean": hours, "cv": SPREAD}}

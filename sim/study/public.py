"""The public form of a comparison: what its JSON holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.study.plain import plain_data

if TYPE_CHECKING:
    from sim.study.comparison import Comparison

COLUMNS = (
    "mean", "difference", "ci_low", "ci_high", "single_low", "single_high", "p", "better_in", "matters", "verdict"
)  # fmt: skip
"""What is told of each measure of an alternative."""


def comparison_data(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain data; numbers that are not defined are None."""
    rows = found.tables["table"].set_index("measure")
    public: dict[str, Any] = plain_data(
        {
            "manifest": found.manifest,
            "baseline": found.baseline,
            "typical_replication": _typical(found),
            "now": found.tables["now"].to_dict("index"),
            "alternatives": {
                label: rows.loc[rows["alternative"] == label, list(COLUMNS)].to_dict("index") for label in found.labels
            },
            "ledger": found.tables["ledger"].to_dict("index"),
            **({"money": found.tables["money"].to_dict("index")} if "money" in found.tables else {}),
            **(_robustness(found) if found.surveyed else {}),
        }
    )
    return public


def _typical(found: Comparison) -> int | None:
    """Return the number of the replication that stands for all; None where alternatives have none in common."""
    try:
        return found.typical_replication()
    except ValueError:
        return None


def _robustness(found: Comparison) -> dict[str, Any]:
    """Return what was found over the ranges of the assumptions."""
    rows, moved = found.tables["robustness"], found.tables["influences"]
    ranges = {
        label: mine.drop(columns="alternative").set_index("measure").to_dict("index")
        for label, mine in rows.groupby("alternative", sort=False)
    }
    assumptions = found.tables["assumptions"].set_index("assumption").to_dict("index")
    return {"robustness": ranges, "influences": moved.to_dict("records"), "assumptions": assumptions}

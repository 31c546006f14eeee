"""Measures that claims need and that no organization reports by itself."""

from __future__ import annotations

from sim.ownmeasures import Measure
from sim.results import RunResult


def _answer_hours(result: RunResult) -> float:
    return float(result.ledger_open["answer"].mean())


answer_hours = Measure(
    "answer_hours",
    _answer_hours,
    "hours",
    "lower",
    label={"en": "waiting for answers", "zh": "等待答复"},
    meaning={
        "en": "open hours that a case waits for answers and approvals, mean over cases",
        "zh": "每件事项等待答复和审批的工作时段小时数，按事项平均",
    },
)
"""How long cases wait for whoever is asked."""

"""What alternatives take in money is told wherever an answer is, in both languages."""

import pytest

import sim
from sim.report.answer import Answer
from sim.report.bought import bought
from sim.study.comparison import Comparison

pytestmark = pytest.mark.compiled


@pytest.fixture(scope="module")
def compared() -> Comparison:
    """Return a comparison of what is bought, what people cost who come, and what takes time only."""
    short = {"warmup_weeks": 0, "horizon_weeks": 4}
    alternatives = {"Roles": ["raci"], "System": ["erp"], "Invoice": [{"kind": "raci", "money_once": 500}]}
    return sim.compare(sim.load("order_delivery", short), alternatives, replications=2)


def test_who_takes_money_is_told_with_it(compared: Comparison) -> None:
    """Once and every week, as the prices of the class and the file say; who takes none is left out."""
    names = {label: label for label in compared.labels}
    pay = sum(one.staff * one.cost_per_hour for one in compared.scenario.departments.values())
    said = f"System {160 * pay:,.0f} once, {0.5 * pay:,.0f} a week; Invoice 500 once"
    assert bought(compared, names, "en") == f"Money beside people's time: {said}."
    assert bought(compared, {"Roles": "Roles"}, "en") == ""
    assert f"一次性 {160 * pay:,.0f}" in bought(compared, names, "zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_answer_at_a_glance_says_so(compared: Comparison, lang: str) -> None:
    """Beside what is best and why."""
    names = {label: compared.names[label].get(lang) for label in Answer(compared, lang).order}
    assert bought(compared, names, lang) in Answer(compared, lang).sentences

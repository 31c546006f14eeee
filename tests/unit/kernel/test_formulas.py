"""Each formula of the mechanisms to the digit, worked out by hand from docs/model.md."""

import math
from collections.abc import Callable
from importlib import import_module
from inspect import isclass
from pkgutil import iter_modules
from typing import Any

import pytest

from sim.kernel import mechanisms
from sim.kernel.mechanisms import (
    acceptance,
    adoption,
    conflict,
    consultation,
    demand,
    distance,
    handover,
    inspection,
    meetings,
    misunderstanding,
    priority,
    rules,
    service,
    supply,
    trust,
)
from sim.vocab import Friction
from tests.worlds.probe import plain

BY_HAND: list[tuple[Callable[..., float], tuple[Any, ...], float]] = [
    (demand.urgent_share, (0.2, 0.5, 0.25), 0.2 + 0.3),
    (demand.promised_hours, (100.0, 0.4, 0.25, 0.5, 80.0), 70.0 + 40.0),
    (demand.acceptance, (100.0, 400.0, 0.5), 0.5),
    (demand.acceptance, (100.0, 100.0, 0.5), 1.0),
    (demand.acceptance, (100.0, 50.0, 0.5), 1.0),
    (demand.acceptance, (100.0, 400.0, 0.0), 1.0),
    (handover.willingness, (0.2, 0.3, 0.5), 1.0 - 0.28),
    (handover.mean_latency, (4.0, 0.5, 0.2), 5.6),
    (handover.watched, (4.0, 4.0), 2.0),
    (handover.watched, (1.0, 4.0), 1.0),
    (handover.called, (4.0, 4.0), 1.0),
    (handover.called, (0.5, 4.0), 0.5),
    (handover.in_effect, (3.0,), 3.0),
    (handover.in_effect, (0.0,), 1e-9),
    (handover.next_pickup, (5.0, 2.0), 6.0),
    (handover.next_pickup, (6.0, 2.0), 6.0),
    (handover.next_pickup, (5.0, 0.0), 5.0),
    (acceptance.lived_clarity, (0.8, 0.25, 0.5, False), 0.4),
    (acceptance.lived_clarity, (0.8, 0.25, 0.0, False), 0.8),
    (acceptance.lived_clarity, (0.8, 0.25, 0.5, True), 0.0),
    (acceptance.named_refuses, (0.5, 0.2), 0.4),
    (acceptance.dispute_probability, (0.5, 0.2, 0.75, 0.6, 0.1), 0.5 * (0.05 + 0.288)),
    (priority.company_priority, (0.5, 0.25, 0.25, 1, 0.4, 0.2), 0.5 + 0.1 + 0.2),
    (priority.company_priority, (0.5, 0.25, 0.25, 0, 0.4, 1.5), 0.1),
    (priority.company_priority, (0.5, 0.25, 0.25, 1, 0.4, -1.0), 0.5 + 0.1 + 0.25),
    (priority.score, (0.25, 0.5, 0.8, 0.2, 0.5), 0.45 + 0.2),
    (priority.score, (0.0, 1.0, 0.0, 0.5, 1.0), 1.0),
    (priority.head_start, (10.0, 0.5, 0.0, 0, 24.0), 5.0),
    (priority.head_start, (10.0, 0.5, 4.0, 0, 24.0), 20.0),
    (priority.head_start, (10.0, 0.5, 20.0, 0, 24.0), 5.0),
    (priority.head_start, (10.0, 0.5, 30.0, 1, 24.0), 34.0),
    (priority.head_start, (10.0, 0.5, 4.0, 1, 24.0), 20.0 + 34.0),
    (priority.refusal_probability, (0.5, 0.2, 4.0, 8.0), 0.2),
    (priority.refusal_probability, (0.5, 0.2, 16.0, 8.0), 0.4),
    (rules.sooner, (0.0, 4.0), 4.0),
    (rules.sooner, (4.0, 1.0), 1.0),
    (rules.sooner, (1.0, 4.0), 1.0),
    (consultation.unprotected, (0.6, 0.5, 0.4), 0.7 * 0.8),
    (consultation.skip_misunderstanding, (0.5, 0.4, 0.25, 0.6), 0.09),
    (consultation.infeasible_commitment, (0.3, 0.5), 0.15),
    (consultation.needless_question, (0.4, 0.25), 0.3),
    (consultation.infeasible_rework, (0.5, 0.25, 8.0, 12.0), 4.0 + 3.0),
    (service.productivity, (0.2, 0.25), 0.6),
    (service.productivity, (0.99, 0.5), 0.05),
    (service.hours_a_head, (12.0, 2.0, 0.5, 3), 4.0),
    (service.hours_a_head, (12.0, 2.0, 0.5, 0), 12.0),
    (service.pace, (0.5, 4.0, 8.0), 1.25),
    (service.pace, (0.5, 16.0, 8.0), 1.5),
    (service.pace, (0.0, 4.0, 8.0), 1.0),
    (service.pace, (1.0, 4.0, 8.0), 1.5),
    (service.double_check, (0.5, 0.2, 10.0), 3.2),
    (distance.across, (0.8, 0.25), 0.6),
    (distance.across, (0.8, 1.5), 0.0),
    (distance.sharpened, (0.4, 0.5), 0.6),
    (distance.sharpened, (0.8, 0.5), 1.0),
    (supply.shortage_probability, (0.5, 0.8, 0.25, 0.5, 0.5, 0.2), 0.4 * 0.75 * 0.5 * 0.6 * 0.8),
    (inspection.detection_probability, (0.6, 0.5), 0.3),
    (inspection.detection_probability, (0.6, 2.0), 1.0),
    (inspection.acceptance_probability, (0.7, 0.6), 0.42),
    (misunderstanding.freshness, (20.0, 40.0), math.exp(-0.5)),
    (misunderstanding.defect_probability, (0.8, 0.25, 0.5, 0.6), 0.12),
    (conflict.friction_weight, (Friction.BLAME,), 1.0),
    (conflict.friction_weight, (Friction.LATE_RESULT,), 1.0),
    (conflict.friction_weight, (Friction.DISPUTE,), 0.6),
    (conflict.friction_weight, (Friction.BROKEN_RESPONSE,), 0.6),
    (conflict.friction_weight, (Friction.REFUSED,), 0.6),
    (conflict.gravity, (5.0, 4.0, 0.5), 0.5),
    (conflict.gravity, (9.0, 4.0, 0.5), 1.0),
    (conflict.gravity, (5.0, 4.0, 0.0), 1.0),
    (conflict.after_superior, (10.0, 0.3), 7.0),
    (conflict.conflict_probability, (0.5, 0.6, 0.25, 0.2), 0.18),
    (trust.step_of_gain, (0.1, 2.0), 0.2),
    (trust.step_of_gain, (0.4, 2.0), 0.5),
    (trust.step_of_loss, (0.1, 2.0), 0.2),
    (trust.step_of_loss, (0.6, 2.0), 0.9),
    (trust.step_of_learning, (0.1, 2.0), 0.2),
    (trust.step_of_learning, (0.6, 2.0), 1.0),
    (trust.contact_between, (0.2, 0.5), 0.2),
    (trust.contact_between, (0.5, 0.2), 0.2),
    (trust.after_good, (0.4, 0.5, 0.5, 0.5), 0.4 + 0.25 * 0.6 * 0.9),
    (trust.after_good, (0.5, 1.0, 4.0, 0.0), 1.0),
    (trust.after_bad, (0.4, 0.5, 0.5, 0.5), 0.4 - 0.25 * 0.4 * 1.1),
    (trust.after_bad, (0.5, 1.0, 4.0, 0.0), 0.0),
    (trust.coupled, (0.2, 0.75, 0.6), 0.3),
    (trust.after_parting, (0.2, 0.25, 0.6), 0.3),
    (trust.left_with, (0.8, 0.25, 0.4), 0.7),
    (trust.left_with, (0.3, 0.25, 0.4), 0.3),
    (trust.forgotten, (0.8, 20.0, 10.0, 0.4), 0.5),
    (trust.forgotten, (0.3, 20.0, 10.0, 0.4), 0.3),
    (trust.drifted, (0.8, 2.0, 0.25, 0.4), 0.4 + 0.4 * math.exp(-0.5)),
    (trust.drifted, (0.8, 2.0, 0.0, 0.4), 0.8),
    (trust.learned, (0.4, 0.25), 0.55),
    (meetings.refreshed, (10.0, 30.0, 0.25), 15.0),
    (meetings.reach, (0.5, 0.8, 0.6, 0.5), 0.12),
    (meetings.reach, (0.5, 0.8, -0.1, 0.5), 0.0),
    (meetings.news_share, (0.25, 5, 0.1), 0.5),
    (meetings.news_share, (1.0, 5, 0.1), 1.0),
    (meetings.questions_fit, (1.0, 5, 0.1, 0.125), 4.0),
    (meetings.questions_fit, (0.25, 5, 0.1, 0.125), 0.0),
    (meetings.remaining_work, (0.5, 0.125), 0.375),
    (meetings.remaining_work, (0.1, 0.125), 0.0),
    (adoption.adoption, (168.0, 0.8, 336.0, 0.25, 168.0, 0.0), 0.8 * 0.5 * 0.5 - 0.25 * 0.5),
    (adoption.adoption, (168.0, 0.8, 336.0, 0.25, 84.0, 0.5), 0.9 * 0.5 * 0.5 - 0.25 * 0.5),
    (adoption.adoption, (0.0, 0.8, 336.0, 0.25, 168.0, 0.0), -0.25),
    (adoption.adoption, (0.0, 0.8, 0.0, 0.25, 168.0, 0.0), 0.8),
    (adoption.adoption, (672.0, 0.8, 336.0, 0.25, 672.0, 0.0), 0.4),
    (adoption.adoption, (-1.0, 0.8, 336.0, 0.25, 168.0, 0.0), 0.0),
    (adoption.faded, (336.0, 168.0), 0.25),
    (adoption.faded, (336.0, math.inf), 1.0),
    (adoption.moved, (2.0, 10.0, 0.25), 4.0),
    (adoption.moved, (0.1, 0.3, 1.0), 0.3),
    (adoption.edited, (0.5, 0.9, 1, 0.5, 0.0, 1.0), 0.7),
    (adoption.edited, (0.5, 0.9, -1, 0.5, 0.0, 1.0), 0.5),
    (adoption.edited, (0.5, 0.9, 0, 0.5, 0.0, 1.0), 0.7),
    (adoption.edited, (0.5, 0.1, -1, 0.5, 0.0, 1.0), 0.3),
    (adoption.edited, (0.5, 2.0, 1, 1.0, 0.0, 1.0), 1.0),
    (adoption.edited, (0.5, -1.0, 0, 1.0, 0.25, 1.0), 0.25),
]


@pytest.mark.parametrize(("formula", "arguments", "number"), BY_HAND)
def test_a_formula_to_the_digit(formula: Callable[..., float], arguments: tuple[Any, ...], number: float) -> None:
    """Where it is at work, at its bounds, and where it is switched off."""
    assert plain(formula)(*arguments) == pytest.approx(number, rel=1e-12, abs=1e-15)


def test_every_formula_is_worked_out() -> None:
    """One that is added has its line here, too."""
    known = {(formula.__module__, formula.__name__) for formula, *_ in BY_HAND}
    modules = [import_module(f"{mechanisms.__name__}.{one.name}") for one in iter_modules(mechanisms.__path__)]
    formulas = [one for module in modules for one in vars(module).values() if callable(one) and not isclass(one)]
    inside = {(one.__module__, one.__name__) for one in formulas}
    assert {one for one in inside if one[0].startswith(mechanisms.__name__)} == known

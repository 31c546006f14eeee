"""Follow-through: what is said in a meeting is worth as much as those present carry on and do of it."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.compile import compile_scenario
from sim.kernel.layout import N_STATES
from sim.outcome import simulate
from sim.spec.calendars import DAYS
from sim.verify.intervals import interval
from sim.verify.networks import Window, consultation
from sim.vocab import WEEK, Context, Lever
from tests.worlds.anatomy import differing, traces
from tests.worlds.drawn import World, finished, law, machine_of, worlds

pytestmark = pytest.mark.compiled  # many cases

WHOLE = {"fidelity": 1.0, "ramp_weeks": 0.0, "dip": 0.0, "retention_weeks": None}
MEETINGS = ("daily_standup", "weekly_review", "monthly_retrospective")
FIRST = ("leadership", "follow_through")


def without(levers: World) -> World:
    """Return what a world says of all levers but those on which moves of others depend."""
    return {lever: value for lever, value in levers.items() if lever not in FIRST}


def met(world: World, meeting: World, lived: float, followed: float) -> World:
    """Return a world with one kind of meeting, so far lived and followed through; the rest goes on as it does."""
    kinds = (*MEETINGS, "leadership_example", "custom")
    others = [one for one in world["interventions"] if one["kind"] not in kinds]
    teams = {name: team | {"levers": without(team["levers"])} for name, team in world["departments"].items()}
    return world | {
        "departments": teams,
        "levers": without(world["levers"]) | {"leadership": 0.0, "follow_through": followed},
        "interventions": [*others, meeting | {"adoption": WHOLE | {"fidelity": lived}}],
    }


A_MEETING = st.sampled_from(
    [
        *({"kind": kind} for kind in MEETINGS),
        {"kind": "custom", "meets": [{"at": 10.0, "minutes": 60, "item_minutes": 5}] * 2},
    ]
)


@law
@given(worlds(), A_MEETING, st.sampled_from([0.0, 0.25, 0.5, 1.0]))
def test_what_is_not_followed_through_might_as_well_not_be_lived(world: World, meeting: World, share: float) -> None:
    """Of news, answers, settlements and improvements alike; to the bit, as sums of quarters are exact."""
    followed, lived = (finished(met(world, meeting, *one)) for one in ((1.0, share), (share, 1.0)))
    assert differing(traces(followed), traces(lived)) == []


def firm(levers: dict[str, float], **more: Any) -> World:
    """Return three departments, one of which works at night, and a meeting on Monday at ten."""
    teams = {name: {"staff": 1, "levers": {"follow_through": value}} for name, value in levers.items()}
    teams["night"] = {"staff": 1, "calendar": "night", "levers": {"follow_through": 1.0}}
    pairs = [{"from": one, "to": other, "trust": 0.5} for one in levers for other in levers if one != other]
    return {
        "name": "firm",
        "calendars": {"night": {"mon-sun": ["20:00-04:00"]}},
        "departments": teams,
        "processes": {"idle": {"demand": {"at": [1.0]}, "steps": {"do": {"R": "night", "work": 1.0}}}},
        "relations": {"pairs": pairs},
        "levers": {"preset": "neutral", "clarity": 0.2, "documents": 0.4},
        "horizon_weeks": 1.0,
        "warmup_weeks": 0.0,
        "interventions": [
            {"kind": "custom", "meets": [{"at": 10.0, "days": ["mon"], "minutes": 60}], "adoption": WHOLE},
        ],
    } | more


def test_those_present_count_and_nobody_else() -> None:
    """News moves the synchronization of links by the mean of both; who is not at work says nothing."""
    machine = machine_of(firm({"a": 0.2, "b": 0.6}))
    machine.advance(11.0)
    assert machine.state.links["synced"] == pytest.approx([4.0, 4.0])


LOOK_BACK = {"kind": "monthly_retrospective", "adoption": WHOLE}


def test_what_was_agreed_to_be_mended_is_mended_as_far() -> None:
    """A retrospective mends a quarter of what is unclear or unwritten, each department its share of that."""
    machine = machine_of(firm({"a": 0.2, "b": 0.6}, interventions=[LOOK_BACK]))
    lever = machine.state.departments["lever"]
    assert lever[:2, Lever.CLARITY] == pytest.approx([0.2 + 0.8 * 0.25 * share for share in (0.2, 0.6)])
    assert lever[:2, Lever.DOCUMENTS] == pytest.approx([0.4 + 0.6 * 0.25 * share for share in (0.2, 0.6)])


def test_minutes_count_from_the_day_on_which_they_are_written() -> None:
    """Follow-through is moved before what meetings agreed upon."""
    minutes = {"kind": "custom", "moves": [{"lever": "follow_through", "toward": 1.0}], "adoption": WHOLE}
    machine = machine_of(firm({"a": 0.2, "b": 0.6}, interventions=[LOOK_BACK, minutes]))
    assert machine.state.departments["lever"][:2, Lever.CLARITY] == pytest.approx([0.4, 0.4])


def waits(days: tuple[str, ...], share: float) -> Any:
    """Return how long answers take that are only given in a meeting on some days of the week, in hours.

    Nobody notices a question before the meeting brings it up. Customers come for four weeks, at any hour.
    """
    meeting = {"at": 9.0, "days": days, "minutes": 60.0, "item_minutes": 0.1, "news_minutes": 0.0, "staff_share": 0.01}
    scenario = consultation(
        4.0,
        Window(0.0, 4 * WEEK, 400.0),
        answer=0.0,
        levers={"answer_latency": 400.0, "follow_through": share},
        more={"interventions": [{"kind": "custom", "meets": [meeting], "adoption": WHOLE}]},
    )
    outcome = simulate(compile_scenario(scenario), 1, 0)
    counted = outcome.cases["arrival"] < 4 * WEEK
    assert np.isfinite(outcome.cases["finish"][counted]).all()
    answer = Context.ANSWER * N_STATES
    return outcome.spent[counted, answer : answer + N_STATES].sum(axis=1)


@pytest.mark.parametrize("share", [1.0, 0.75, 0.5])
@pytest.mark.parametrize("days", [DAYS, ("wed",)])
def test_a_question_waits_for_the_meeting_in_which_it_is_followed_through(days: tuple[str, ...], share: float) -> None:
    """Half the period, and a whole one for every meeting that made nothing of it, up to what people notice anyhow."""
    sample, period = waits(days, share), WEEK / len(days)
    late = np.arange(1, 400)[:, None] * period + np.linspace(0.0, period, 1001)[None, :] - period
    expected = (np.minimum(late, 400.0).mean(axis=1) * share * (1.0 - share) ** np.arange(399)).sum()
    assert share < 1.0 or expected == pytest.approx(period / 2.0)
    assert period > 24.0 or expected == pytest.approx(period * (1.0 / share - 0.5), rel=1e-3)
    low, high = interval(sample, 0.9999)
    assert low < expected < high
    assert high - low < 0.15 * expected

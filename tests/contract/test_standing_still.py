"""A lever that is moved to where it stands is not moved, in any department and for any approver."""

import pytest

from sim.compile import compile_scenario
from sim.interventions import Adoption, Custom
from sim.interventions.custom import CustomEdit
from sim.outcome import simulate
from sim.scenario import Scenario, loads
from sim.spec.levers import LEVERS
from tests.worlds.anatomy import bits

FIRM = """
departments:
  front: {staff: 3, pools: {head: {hours_per_week: 6}}, own_work: {share: 0.2}, levers: {latency: 3}}
  back: {staff: 4, pools: {head: {hours_per_week: 12}}, kpis: [{measures: volume, target: 20}]}
  top: {staff: 2, levers: {latency: 6, boost: 5, speedup: 0.2}}
management: top
processes:
  order:
    demand: {per_week: 25}
    target_days: 5
    promise: {standard_days: 4}
    urgent_share: 0.2
    preventable: 0.5
    steps:
      sign: {R: front, A: front.head, C: [back, top], work: {exponential: 2}, commitment: true, routine: 0.5,
             changeable: true}
      make: {R: back, A: back.head, I: [front], contested_by: [front], work: {exponential: 4}, response_hours: 8,
             due_days: 2, short: 0.9, short_wait: 4}
      send: {R: front, C: [back], contested_by: [back], work: {exponential: 1}, scalable: true}
levers:
  preset: typical
  severity: 0.6
  exceptions: 0.4
  novelty: 0.7
  warning: 0.5
  agreement: 0.5
  step_agreement: 0.3
  express: 0.5
  escalation: 0.5
  ownership: 0.1
  pickup_period: 2
  form_hours: 0.1
  contact: 0.1
  mediation: 0.2
  overhead: 0.05
  acceptance: 0.3
  teaching: 0.01
  lookup: 0.1
  shortages: 0.8
  confirmation: 0.4
  backup: 0.1
  distance: 0.5
  speedup: 0.1
  quit_rate: 2
  strain: 1
  concentration: 0.5
  onboarding_weeks: 3
  teamwork: 0.3
  changes: 2
  change_loss: 0.3
  freeze_days: 1
  pair_load: 0.01
  team_size: 3
  cross_training: 0.5
  cross_skill: 0.7
  help_rule: 0.3
relations: {pairs: [{from: front, to: back, distance: 0.8}]}
interventions: [daily_standup]
shocks: [{kind: leaver, week: 2, from: back, to: front, people: 1}]
horizon_weeks: 11
warmup_weeks: 1
"""


@pytest.fixture(scope="module")
def firm() -> Scenario:
    """Return a small organization in which every mechanism is at work, with levers unlike in each department."""
    return loads(FIRM)


def still(firm: Scenario, *levers: str) -> list[Custom]:
    """Return, for every department, an intervention that moves levers to where they stand, in part and in full."""
    at_once = Adoption(fidelity=1.0, ramp_weeks=0.0)
    found = []
    for name in firm.departments:
        moves = tuple(
            CustomEdit(lever=lever, toward=firm.lever(lever, name), strength=strength, paid=paid, worsens=True)
            for lever in levers
            for strength, paid in ((0.7, False), (1.0, True))
        )
        found.append(Custom(moves=moves, cost_minutes=0.0, departments=(name,), adoption=at_once))
    return found


def left_by(scenario: Scenario) -> dict[str, bytes]:
    """Return every column of the cases, days and links of one replication as bits."""
    outcome = simulate(compile_scenario(scenario), 5, 0)
    tables = {table: bits(getattr(outcome, table)) for table in ("cases", "days", "links")}
    return {f"{table}.{name}": held for table, columns in tables.items() for name, held in columns.items()}


def test_a_move_to_where_a_lever_stands_changes_no_bit(firm: Scenario) -> None:
    """All levers at once; where that changes anything, the levers that do are named."""
    before = left_by(firm)

    def changed(*levers: str) -> list[str]:
        after = left_by(firm.with_interventions(still(firm, *levers)))
        return [name for name in before if before[name] != after[name]]

    if changed(*LEVERS):
        guilty = {lever: found for lever in LEVERS if (found := changed(lever))}
        assert guilty == {}


@pytest.mark.compiled
def test_every_lever_is_at_work(firm: Scenario) -> None:
    """Each, moved to an end of its range, changes what happens here; so the test before can fail for every lever."""
    before, idle = left_by(firm), []
    for name, spec in LEVERS.items():
        ends = (CustomEdit(lever=name, toward=aim, worsens=True) for aim in (spec.low, spec.high))
        moves = (Custom(moves=(end,), cost_minutes=0.0) for end in ends)
        if all(left_by(firm.with_interventions([move])) == before for move in moves):
            idle.append(name)
    assert idle == []

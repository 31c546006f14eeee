"""Identities: who keeps whose luck when somebody is added to a file, or an approver to a structure."""

from sim.compile.identities import APPROVERS, identities, named_by_processes
from sim.scenario import Scenario, loads

TEXT = """
departments:
  idle: {staff: 1, own_work: {share: 0, size: 1}}
  busy: {staff: 1, own_work: {share: 0.2, size: 1}}
  a: {staff: 2, pools: {unused: {hours_per_week: 5}, head: {hours_per_week: 5}}}
  boss: {staff: 1}
management: boss
processes: {p: {demand: {per_week: 1}, steps: {s: {R: a, A: a.head, work: 1}}}}
"""


def test_those_who_take_part_are_numbered_first() -> None:
    """Then those with work of their own, then those who do nothing; so do approvers whom no step names."""
    scenario = loads(TEXT)
    assert named_by_processes(scenario) == {"a", "a.head"}
    assert identities(scenario) == {
        "a": 0,
        "boss": 1,
        "busy": 2,
        "idle": 3,
        "a.head": 0 + (1 << APPROVERS),
        "a.unused": 0 + (2 << APPROVERS),
    }


def test_a_new_structure_leaves_identities_as_they_were() -> None:
    """An approver whom an intervention adds comes behind those of the stated organization."""
    stated = loads(TEXT)
    text = TEXT.replace("pools: {unused", "pools: {added: {hours_per_week: 1}, unused").replace(
        "A: a.head", "A: a.added"
    )
    changed: Scenario = loads(text)
    found = identities(changed, stated)
    assert found.pop("a.added") == 3 << APPROVERS
    assert found == identities(stated)

"""What a search has found is looked at again by other luck."""

from types import SimpleNamespace

import numpy as np

from sim.answers.audit import searching
from sim.answers.audit.changes import Change
from sim.answers.audit.claims import Claim
from sim.answers.audit.facts import Facts
from sim.answers.audit.searching import Search
from sim.scenario.uncertain import Assumption
from sim.spec.measures import MEASURES
from sim.words import Text

ASSUMPTIONS = (Assumption("levers.latency", 2.0, 6.0, 4.0, Text("latency", "latency")),)


def changed(points, size):
    """Return made-up changes, of which each is as large as the departure."""
    return [Change(0.8, 0.8 + size * one, size * one, 0.0, 0.0, 0.0, 4) for one in points]


def test_what_was_found_is_run_with_luck_that_did_not_find_it(monkeypatch):
    """And by more replications; where it does not hold with them, that is said."""
    asked = []

    def run(_runs, _sides, names, worlds, replications, seed):
        asked.append((names[0].split("-")[1], replications, seed))
        again = "again" in names[0]
        return changed([(one["levers.latency"] - 4.0) / 4.0 for one in worlds], 0.1 if again else 0.4)

    monkeypatch.setattr(searching, "changed", run)
    claim = Claim.model_validate(
        {"title": "KPI", "text": "t", "source": "s", "measure": "on_time_target", "points": 16}
    )
    luck = np.random.default_rng(1)
    worlds = [{"levers.latency": float(one)} for one in luck.uniform(2.0, 6.0, 30)]
    known = changed([(one["levers.latency"] - 4.0) / 4.0 for one in worlds], 0.4)
    (typical,) = changed([0.0], 0.4)
    facts = Facts("kpi", claim, MEASURES["on_time_target"], typical, known, ASSUMPTIONS)
    sides = SimpleNamespace(name="kpi", claim=claim, then=SimpleNamespace(assumptions=ASSUMPTIONS))
    found = Search(None, sides, facts, worlds, 4, 24, 7).tried()
    assert {one[1:] for one in asked if one[0] != "again"} == {(4, 7)}
    assert [one[1:] for one in asked if one[0] == "again"] == [(24, 8)]
    assert found
    assert not any(one.holds for one in found)

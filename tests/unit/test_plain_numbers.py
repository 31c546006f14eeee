"""Numbers from other libraries do what Python's own do, and whatever is written holds plain ones."""

import json

import numpy as np
import pytest

import sim
from sim.live import LiveOrganization
from sim.spec.counts import count_of
from sim.verify import verify
from tests.worlds.fakes import small_scenario
from tests.worlds.workshop import same

KINDS = [np.int64, np.int8, np.uint8, np.uint64, np.int32]


@pytest.mark.parametrize("kind", KINDS)
def test_a_manifest_is_json_whatever_the_numbers_are(kind):
    """Of a run, of a comparison, and of an organization; and it is that of plain numbers."""
    scenario = small_scenario(horizon_weeks=1.0, warmup_weeks=0.0)
    ran = sim.run(scenario, kind(2), kind(3), first=kind(4), threads=kind(1))
    compared = sim.compare(scenario, {"A": ["raci"]}, kind(2), kind(3), threads=kind(1))
    model = LiveOrganization(scenario, kind(3), kind(4))
    model.run_model()
    for manifest in (ran.manifest, compared.manifest, model.result().manifest):
        assert json.loads(json.dumps(dict(manifest))) == manifest
        assert manifest["seed"] == 3
    same(ran, sim.run(scenario, 2, 3, first=4, threads=1))
    assert dict(compared.manifest) == dict(sim.compare(scenario, {"A": ["raci"]}, 2, 3).manifest)


@pytest.mark.compiled  # many runs
def test_small_numbers_do_not_overflow():
    """A number of eight bits counts as far as any other."""
    scenario = small_scenario(horizon_weeks=1.0, warmup_weeks=0.0)
    ran = sim.run(scenario, np.uint8(3), np.uint8(200), first=np.uint8(254))
    assert list(ran.measures.index) == [254, 255, 256]
    told = []
    sim.compare(scenario, {"A": ["raci"], "B": []}, np.int8(50), progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (150, 150)


@pytest.mark.parametrize("wrong", [1.5, np.float64(1.0), True, np.bool_(True), "1", None, -1, np.int64(-1)])
def test_what_is_no_whole_number_is_refused_everywhere(wrong):
    """In one sentence with the name, before anything is computed."""
    scenario = small_scenario()
    for attempt in (
        lambda: sim.run(scenario, 1, wrong),
        lambda: sim.run(scenario, wrong),
        lambda: sim.run(scenario, 1, first=wrong),
        lambda: sim.compare(scenario, replications=1, seed=wrong),
        lambda: LiveOrganization(scenario, 1 if wrong is None else wrong, -1 if wrong is None else 0),
        lambda: LiveOrganization(scenario, 1, -1 if wrong is None else wrong),
        lambda: verify(wrong),
        lambda: count_of("number", wrong, 0),
    ):
        with pytest.raises(ValueError, match=r"^\w+: found .*, expected a whole number of at least \d$"):
            attempt()

"""A sensitivity analysis as a whole: it goes on where it was, and says the same whatever works on it."""

import pytest

import sim
from sim.answers.room import Room
from sim.answers.sensitivity import levers_that_matter, most_influential
from sim.engine import Threads
from sim.spec.findings import TextError

FIRM = sim.load("trust_trap", {"horizon_weeks": 1, "warmup_weeks": 0})
OVER = ["relations.trust", "levers.latency", "levers.clarity"]
FEW = {"over": OVER, "measures": ["trust"], "trajectories": 2, "points": 4, "replications": 2}

pytestmark = pytest.mark.compiled


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Fewer replications at the ends of ranges, and fewer draws of the bootstrap."""
    monkeypatch.setattr("sim.answers.sensitivity.made.AT_ENDS", 3)
    monkeypatch.setattr("sim.answers.sensitivity.indices.RESAMPLES", 50)
    monkeypatch.setattr("sim.answers.sensitivity.elementary.RESAMPLES", 50)


def test_an_answer_goes_on_where_it_was_and_is_the_same_again(tmp_path):
    """With other workers; nothing is run twice, and a screening that stands there serves others too."""
    room = Room(tmp_path / "runs", Threads(1))
    asked = {name: FEW[name] for name in ("over", "measures", "trajectories", "replications")}
    three = levers_that_matter(room, FIRM, 3, **asked, with_="raci")
    seen = []
    found = sim.sensitivity(FIRM, "raci", **FEW, most=2, out=tmp_path, progress=seen.append)
    assert seen[0].before == seen[0].total == 2 * 2 * 8
    assert three == most_influential(found.tables["screening"], 3)
    seen.clear()
    again = sim.sensitivity(FIRM, "raci", **FEW, most=2, out=tmp_path, engine=Threads(3), progress=seen.append)
    assert all(one.before == one.total for one in seen)
    assert again.to_json() == found.to_json()
    alone = set(found.tables["indices"]["assumption"])
    assert len(alone) == 3
    assert "*" in alone
    assert set(found.tables["tornado"]["of"]) == {"now", "change"}
    assert found.about["experiments"]["ends"] == {"points": 7, "runs": 7 * 2 * 3, "failed": 0}


def test_screening_alone_has_no_shares_and_shares_alone_no_screening():
    """The tables are there all the same, and the rest is told of what there is."""
    screened = sim.sensitivity(FIRM, method="morris", **FEW)
    assert screened.tables["indices"].empty
    assert set(screened.tables["deciding"]["by"]) <= {"morris"}
    shares = sim.sensitivity(FIRM, method="sobol", **FEW)
    assert shares.tables["screening"].empty
    assert shares.tables["indices"]["assumption"].tolist() == OVER
    assert screened.tables["tornado"].equals(shares.tables["tornado"])


@pytest.mark.parametrize(
    ("field", "sentence"),
    [({"points": 100}, "points: found 100, expected a power of two"), ({"method": "sobbol"}, "method: found 'sobbol'")],
)
def test_what_cannot_be_meant_is_told_before_anything_is_run(field, sentence):
    """In one sentence that names the field."""
    with pytest.raises(TextError, match=sentence):
        sim.sensitivity(FIRM, **FEW | field)

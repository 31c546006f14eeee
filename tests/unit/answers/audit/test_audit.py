"""An audit from end to end, on a small organization: facts, words, pictures, and the same bytes again."""

import numpy as np
import pytest

import sim
from sim.answers.audit.changes import Change
from sim.answers.audit.claims import Claims
from sim.answers.audit.facts import Facts, Tried
from sim.answers.audit.tables import tables_of
from sim.report.answers.page import sections_of
from sim.spec.measures import MEASURES
from tests.worlds.claims import SMALL


@pytest.mark.compiled
def test_an_audit_from_end_to_end(tmp_path):
    """All tables, both languages, a picture; and a second call reads what the first has run."""
    (tmp_path / "my.yaml").write_text(SMALL, encoding="utf-8")
    asked = {"worlds": 20, "replications": 4, "each": 2, "again": 2, "out": tmp_path / "out"}
    found = sim.audit(tmp_path / "my.yaml", **asked)
    claims = found.tables["claims"].set_index("claim")
    assert claims["verdict"].to_dict() == {"roles": "beyond", "sales": "open"}
    worlds = found.tables["worlds"]
    assert worlds.groupby("claim").size().to_dict() == {"roles": 20}
    told = found.tables["simulated"].set_index("where")
    assert told["low"]["alike"] == pytest.approx(worlds["change"].quantile(0.05))
    assert found.tables["searched"]["holds"].tolist() == [False] * len(found.tables["searched"])
    for lang in ("en", "zh"):
        headings = [heading.get(lang) for heading, _ in sections_of(found, lang)]
        assert len(headings) == 4
        assert any("−99" in one for one in found.summary(lang))
    assert {path.suffix for path in found.plot(tmp_path / "figures", "zh")} == {".png", ".svg"}
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.parquet")}
    again = sim.audit(str(tmp_path / "my.yaml"), "roles", **asked)
    assert stamps == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*.parquet")}
    assert again.tables["worlds"].equals(worlds)
    assert again.to_json()["tables"]["claims"] == found.to_json()["tables"]["claims"][:1]


def change(before, changed):
    """Return a made-up change without luck."""
    return Change(before, before + changed, changed, changed - 0.01, changed + 0.01, 0.005, 10)


def facts(changes, tried=()):
    """Return made-up facts of a claim of 16 points, from 80 %."""
    said = {"title": "KPI", "text": "t", "source": "s", "scenario": "order_delivery", "with": "shared_kpi"}
    claim = Claims.model_validate(
        {"claims": {"kpi": {**said, "measure": "on_time_target", "before": 0.8, "after": 0.96}}}
    ).claims["kpi"]
    return Facts("kpi", claim, MEASURES["on_time_target"], change(0.77, 0.02), changes, (), tried)


def test_only_worlds_like_the_claims_own_decide():
    """A large effect where nearly everything is late proves nothing of a firm that is on time in four of five cases."""
    elsewhere = [change(0.4, 0.3)] * 40
    own = [change(0.8, 0.05)] * 30
    found = tables_of([facts([*elsewhere, *own])])
    rows = found["simulated"].set_index("where")
    assert (rows["worlds"]["alike"], rows["reached"]["alike"], rows["reached"]["worlds"]) == (30, 0, 40)
    assert found["claims"]["verdict"].tolist() == ["beyond"]
    assert found["claims"]["lead_time_needed"].tolist() == [pytest.approx(-0.5)]
    own[:2] = [change(0.8, 0.17)] * 2
    assert tables_of([facts([*elsewhere, *own])])["claims"]["verdict"].tolist() == ["plausible"]


def test_a_place_within_the_ranges_comes_before_one_beyond():
    """Also where it is further from typical; what does not hold with other luck counts for nothing."""
    own = [change(0.8, 0.05)] * 30
    far = Tried({}, np.array([3.0]), True, change(0.8, 0.17), True)
    near = Tried({}, np.array([1.0]), False, change(0.8, 0.17), True)
    lucky = Tried({}, np.array([0.1]), True, change(0.8, 0.15), False)
    assert facts(own, (near, far, lucky)).found is far
    assert facts(own, (near, far, lucky)).verdict() == ("edge", "inside")
    assert facts(own, (near, lucky)).verdict() == ("beyond", "outside")

"""The scenario in which what was fitted is known: it is read without a finding, and says what was found."""

from pathlib import Path

import pytest

import sim
from sim.answers.fit.child import child_of, fitted
from sim.scenario.reading import loads
from sim.scenario.scenario import findings_in
from sim.scenario.uncertain import assumptions_of
from sim.scenario.writing import dump
from tests.worlds.fitted import made_up


def test_it_stands_at_the_best_draw_with_narrower_ranges():
    """What the figures tell has a narrower range, all else the one it had; figures are known as they were given."""
    made = fitted(made_up())
    assert (made.lever("latency"), made.lever("boost"), made.relations.trust) == (5.5, 12.0, 0.17)
    known = {one.place: one for one in assumptions_of(made)}
    assert (known["levers.latency"].low, known["levers.latency"].high) == (4.75, 6.5)
    assert (known["levers.boost"].low, known["levers.boost"].high) == (4.0, 24.0)
    assert (known["relations.trust"].low, known["relations.trust"].high) == (0.11, 0.41)
    assert made.ranges["lead_time_mean"] == (734.4, 897.6)
    assert {name: one.band for name, one in made.expected.measures.items()} == {
        "on_time_target": (0.57, 0.63),
        "lead_time_mean": (734.4, 897.6),
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_read_without_a_finding(lang):
    """As text it says what differs, after a comment, and gives the same scenario."""
    fit = made_up()
    text = child_of(fit, "order_delivery", Path("my.fitted.yaml"), lang)
    read = loads(text, "my.fitted.yaml")
    assert list(findings_in(read)) == []
    assert read.changed({"name": "order_delivery"}) == fitted(fit)
    assert text.startswith("# order_delivery")
    assert "levers.latency: [4.75, 6.5]    # " in text


def test_a_parent_is_found_from_where_the_child_stands(tmp_path):
    """Also from another folder; what the file itself says differently stays its own."""
    parent = tmp_path / "firm" / "my.yaml"
    parent.parent.mkdir()
    mine = {"departments.sales.levers.latency": 2.0, "ranges": {"departments.sales.staff": [4, 6]}}
    parent.write_text(dump(sim.load("order_delivery").changed(mine), "order_delivery"), encoding="utf-8")
    child = tmp_path / "fitted" / "my.fitted.yaml"
    child.parent.mkdir()
    child.write_text(child_of(made_up(sim.load(parent)), parent, child), encoding="utf-8")
    assert "parent: ../firm/my.yaml" in child.read_text(encoding="utf-8")
    made = sim.load(child)
    assert sim.check(child) == []
    assert made.departments["sales"].levers["latency"] == pytest.approx(2.0 * 5.5 / 4.0)
    assert made.ranges["departments.sales.staff"] == (4.0, 6.0)
    assert made.name == "my_fitted"


def test_what_was_not_met_and_not_told_is_said():
    """Above all else, where somebody opens the file."""
    fit = made_up(fits=False, identified=False)
    text = child_of(fit, "order_delivery", Path("my.fitted.yaml"))
    assert "It does not meet every figure" in text
    assert "The figures narrow the range of no assumption" in text
    assert "levers.latency: [" not in text
    assert "lead_time_mean" in fitted(fit).expected.measures
    assert "lead_time_mean" not in fitted(fit).ranges  # nothing would look like that
    assert "on_time_target" in fitted(fit).ranges

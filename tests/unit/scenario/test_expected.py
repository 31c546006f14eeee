"""What is known of an organization as it is: read, checked and kept, and of no other organization."""

from pathlib import Path
from typing import Any

import pytest

from sim.scenario import Scenario, check, dump, load, loads
from tests.worlds.fakes import small_scenario

KNOWN = {
    "replications": 50,
    "seed": 3,
    "measures": {
        "on_time_target": {"band": [0.7, 0.9], "mean": 0.8, "interval": [0.78, 0.82]},
        "kpi_sales": {"band": [0.5, 1.0]},
    },
}


@pytest.fixture
def known() -> Scenario:
    """An organization of which something is known."""
    return small_scenario(expected=KNOWN)


def test_it_is_kept_where_the_scenario_is(known: Scenario) -> None:
    """Written and read again, with a value of the same organization changed, and by what is at its default."""
    assert known.expected is not None
    assert known.expected.measures["on_time_target"].band == (0.7, 0.9)
    assert loads(dump(known)) == known
    assert known.changed({"departments.sales.staff": 3}).expected == known.expected
    short = small_scenario(expected={"measures": {"trust": {"band": [0.1, 0.4]}}}).expected
    assert short is not None
    assert (short.replications, short.seed, short.measures["trust"].mean) == (200, 1, None)


def test_it_is_known_of_no_other_organization(known: Scenario, tmp_path: Path) -> None:
    """Neither of a child, nor of the same with an intervention."""
    (tmp_path / "known.yaml").write_text(dump(known), encoding="utf-8")
    (tmp_path / "child.yaml").write_text("parent: known.yaml\nlevers: {clarity: 0.5}\n", encoding="utf-8")
    assert load(tmp_path / "child.yaml").expected is None
    assert known.with_interventions(["raci"]).expected is None
    written = dump(known.changed({"levers.clarity": 0.5}), parent=tmp_path / "known.yaml")
    assert "on_time_target" in written
    assert loads(written, folder=tmp_path).expected == known.expected
    alone = known.model_copy(update={"expected": None})
    assert loads(dump(alone, parent=tmp_path / "known.yaml"), folder=tmp_path).expected is None


def test_it_changes_no_run(known: Scenario) -> None:
    """So it is not in the hash."""
    assert known.hash == small_scenario().hash


@pytest.mark.parametrize(
    ("name", "band", "said"),
    [
        ("kpi_production", [0, 1], "found 'kpi_production', expected a measure"),  # which is measured by nothing
        ("lead_time_mean.order", [1, 9], "did you mean 'lead_time_mean'?"),  # there is one process only
        ("trust", [0.5, 1.2], "expected.measures.trust.band: found 0.5 … 1.2, expected limits from 0 to 1"),
        ("kpi_sales", [-0.1, 1], "expected.measures.kpi_sales.band: found -0.1 … 1, expected limits from 0 to 1"),
        (
            "conflicts_per_100",
            [-9, -1],
            "band: found -9 … -1, expected limits of at least 0: the measure is never negative",
        ),
    ],
)
def test_what_cannot_be_known_is_refused(name: str, band: list[float], said: str) -> None:
    """In a sentence that names the place."""
    with pytest.raises(ValueError, match="found") as refused:
        small_scenario(expected={"measures": {name: {"band": band}}})
    assert said in str(refused.value)


def test_what_was_found_cannot_be_what_never_is() -> None:
    """The mean, too; what is left of money may be less than nothing."""
    for name, mean, said in (("trust", 1.2, "from 0 to 1"), ("throughput", -3, "at least 0")):
        found = {"band": [0, 1], "mean": mean, "interval": [mean, mean]}
        with pytest.raises(ValueError, match=f"expected.measures.{name}.mean: .*{said}"):
            small_scenario(expected={"measures": {name: found}})
    assert small_scenario(expected={"measures": {"net_value": {"band": [-9, -1], "mean": -3}}}).expected is not None


def test_a_band_that_leaves_out_what_was_found_is_told(known: Scenario, tmp_path: Path) -> None:
    """As a warning: either may be out of date."""
    file = tmp_path / "known.yaml"
    file.write_text(dump(known), encoding="utf-8")
    changes: dict[str, Any] = {"expected.measures.on_time_target.band": [0.5, 0.6]}
    (found,) = check(file, changes)
    assert found.severity == "warning"
    assert found.message == "the band 0.5 … 0.6 leaves out what was found, 0.8"

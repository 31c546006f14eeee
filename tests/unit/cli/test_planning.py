"""deptsim plan: what a wanted precision costs."""

import json

import pytest

from sim.cli import main, planning
from sim.cli.planning import tried
from sim.experiments.reading import plan_of
from tests.worlds.experiments import SHORT


@pytest.mark.compiled  # runs
def test_narrower_takes_more(tmp_path, monkeypatch, capsys):
    """Half the width takes four times the runs, about; nothing is left behind."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.yaml").write_text(SHORT, encoding="utf-8")
    often = []
    for width in ("4", "2"):
        assert main(["plan", "short.yaml", "--half-width", width, "-n", "4", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        mean = next(one for one in told["needed"] if one["what"] == "mean")
        assert (mean["measure"], mean["wanted"]) == ("on_time_target", float(width) / 100)
        assert mean["runs"] == 2 * mean["replications"]
        often.append(mean["replications"])
    assert often[1] > 2 * often[0]
    assert main(["plan", "short.yaml", "-n", "4"]) == 0
    printed = capsys.readouterr().out
    assert "a main effect" in printed
    assert "pilot of 4 replications at each of 2 points" in printed
    assert [one.name for one in tmp_path.iterdir()] == ["short.yaml"]


def test_of_very_many_points_some_are_tried(monkeypatch):
    """From the first to the last; as many as all organizations together may have."""
    monkeypatch.setattr(planning, "MANY", 20)
    monkeypatch.setattr(planning, "SOME", 10)
    factors = {"raci": {"with": "raci"}, "latency": {"set": "levers.latency", "values": list(range(1, 12))}}
    whole = plan_of(scenarios=["order_delivery", "trust_trap"], factors=factors)
    some = tried(whole)
    assert (whole.total, some.total) == (44, 10)
    assert [some.point(0).values, some.point(4).values] == [whole.point(0).values, whole.point(21).values]
    smaller = plan_of(scenarios="order_delivery", factors={"raci": factors["raci"]})
    assert tried(smaller) is smaller


def test_a_width_above_zero(capsys):
    """One sentence."""
    assert main(["plan", "four_roots", "--half-width", "0"]) == 2
    assert "--half-width: found '0.0', expected a number above 0" in capsys.readouterr().err


def test_a_folder_of_results_is_no_file_to_plan(tmp_path, capsys):
    """It says that it is one, as whoever typed it may have meant that the runs there count."""
    (tmp_path / "manifest.json").write_text('{"format": 1, "experiment": {}}', encoding="utf-8")
    assert main(["plan", str(tmp_path)]) == 2
    assert "is the folder of results, expected the file of an experiment" in capsys.readouterr().err

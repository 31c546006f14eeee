"""Whether what is known of an organization is met: by its mean, or by what luck leaves open."""

import json

import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.report.diagnosis import headline, sentences
from sim.scenario import Scenario, dump
from sim.study.expected import met_by
from tests.worlds.fakes import small_scenario

LEADS = [30.0, 34.0, 38.0]


def knowing(**bands: tuple[float, float]) -> Scenario:
    """Return an organization of which bands are known, by measure."""
    return small_scenario(expected={"measures": {name: {"band": list(band)} for name, band in bands.items()}})


@pytest.mark.parametrize(
    ("band", "leads", "verdict"),
    [
        ((33, 35), LEADS, "within"),
        ((36, 50), LEADS, "open"),  # the interval reaches to 44.9
        ((46, 50), LEADS, "outside"),
        ((1, 20), LEADS, "outside"),
        ((46, 50), [LEADS[0]] * 2, "open"),  # that two came out alike is no certainty
        ((46, 50), LEADS[:1], "open"),  # one replication says nothing about luck
        ((46, 50), [], "undefined"),
    ],
)
def test_a_band_is_met_unless_the_interval_lies_outside(
    band: tuple[float, float], leads: list[float], verdict: str
) -> None:
    """Few replications contradict little."""
    (found,) = met_by(knowing(lead_time_mean=band), pd.DataFrame({"lead_time_mean": leads}))
    assert (found.measure, found.low, found.high, found.verdict) == ("lead_time_mean", *band, verdict)


def test_nothing_is_said_where_nothing_is_known() -> None:
    """Of most files."""
    assert met_by(small_scenario(), pd.DataFrame({"lead_time_mean": LEADS})) == ()


@pytest.mark.compiled
def test_a_run_says_what_holds_and_what_does_not(capsys, tmp_path) -> None:
    """In a sentence each, in both languages and in JSON; a comparison only what does not."""
    result = sim.run(knowing(on_time_target=(0.4, 1.0), lead_time_mean=(1.0, 2.0)), 4)
    assert [(one.measure, one.verdict) for one in result.diagnosis.expected] == [
        ("on_time_target", "within"),
        ("lead_time_mean", "outside"),
    ]
    english, chinese = ("\n".join(sentences(result.diagnosis, lang)) for lang in ("en", "zh"))
    assert "The file says something else of this organization as it is: lead time " in english
    assert "; expected 1 … 2 h)" in english
    assert "As the file says of this organization: on time " in english
    assert "（预期 40 至 100%）" in chinese
    assert any("Not as the file says" in line for line in headline(result.diagnosis))
    file = tmp_path / "known.yaml"
    file.write_text(dump(knowing(on_time_target=(0.4, 1.0))), encoding="utf-8")
    assert main(["run", str(file), "--replications", "3", "--json"]) == 0
    (met,) = json.loads(capsys.readouterr().out)["diagnosis"]["expected"]
    assert (met["measure"], met["low"], met["verdict"]) == ("on_time_target", 0.4, "within")
    assert main(["compare", str(file), "--with", "raci", "--replications", "3"]) == 0
    assert "as the file says" not in capsys.readouterr().out.lower()
    assert main(["show", str(file)]) == 0
    assert "known of it as it is: on time 40 … 100 %" in capsys.readouterr().out

"""What the command line says of interventions and complaints."""

import json

import pytest
from rich.cells import cell_len

from sim.cli import main
from sim.interventions import FAMILIES, INTERVENTIONS, family_of
from sim.words import words


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_interventions_are_listed_by_family_and_fit_a_screen(capsys, monkeypatch, lang):
    """Every name stands in one line, below its family; nothing is wider than 100 columns."""
    monkeypatch.setattr("sim.cli.screen.PIPE_WIDTH", 100)
    assert main(["list", "interventions", "--lang", lang]) == 0
    text = capsys.readouterr().out
    assert all(cell_len(line) <= 100 for line in text.splitlines())
    used = [family for family in FAMILIES if family in map(family_of, INTERVENTIONS.values())]
    starts = [line.strip().split("  ")[0] for line in text.splitlines()]
    places = [starts.index(words("catalogue").FAMILIES[family].get(lang)) for family in used]
    assert places == sorted(places)
    by_family = {kind: family_of(cls) for kind, cls in INTERVENTIONS.items()}
    for kind, family in by_family.items():
        (line,) = (place for place, said in enumerate(text.splitlines()) if said.startswith(f"   {kind} "))
        assert family is None or sum(place < line for place in places) == used.index(family) + 1


def test_a_complaint_leads_to_candidates(capsys):
    """With its root, and the candidates with the best evidence first."""
    assert main(["list", "complaints", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["nobody_responsible"]["root"] == "responsibility"
    candidates = found["nobody_responsible"]["candidates"]
    grades = [one["grade"] for one in candidates.values()]
    assert "raci" in candidates
    assert grades == sorted(grades, reverse=True)
    assert "contested_by" in candidates["raci"]["needs"]["clarity"]["en"]
    assert main(["list", "complaints"]) == 0
    lines = capsys.readouterr().out.split("nobody_responsible")[1]
    assert "travels in circles" in lines

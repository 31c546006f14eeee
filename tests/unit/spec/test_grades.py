"""Grades of evidence: one scale, and an intervention is as well founded as the best that is known of it."""

import json
from dataclasses import asdict
from typing import get_args

import pytest

from sim.cli import main
from sim.interventions import INTERVENTIONS, Custom, Evidence, Intervention
from sim.spec.grades import BEST, SCALE, Grade
from sim.spec.levers import LEVERS
from sim.words import words


def test_every_kind_of_source_has_a_place_on_the_scale() -> None:
    """And a name in both languages."""
    assert set(get_args(Grade)) == set(SCALE) == set(words("terminal").GRADES)
    assert sorted(set(SCALE.values())) == list(range(BEST + 1))
    assert {one.grade for one in LEVERS.values()} <= set(SCALE)


def test_an_intervention_is_graded_by_its_best_evidence() -> None:
    """Whatever stands first; one that nobody has looked into has grade 0."""

    class Tried(Intervention):
        """Something that was tried."""

        evidence = (Evidence("claim", "us", "it helps"), Evidence("before/after", "them", "it helped"))

    class Again(Tried):
        """The same, with a little more known."""

        evidence = (*Tried.evidence, Evidence("trial", "others", "it did not help"))

    class Unknown(Intervention):
        """Nobody looked."""

    assert (Tried.grade, Again.grade, Unknown.grade, Tried().grade) == (2, 3, 0, 2)
    assert Tried.best_evidence == Tried.evidence[1]
    assert Again.best_evidence == Again.evidence[2]
    assert Unknown.best_evidence is None


@pytest.mark.parametrize("kind", INTERVENTIONS)
def test_no_evidence_is_better_than_the_best(kind: str) -> None:
    """Of equals the first is told."""
    cls = INTERVENTIONS[kind]
    grades = [one.scale for one in cls.evidence]
    assert cls.grade == max(grades, default=0)
    assert cls.best_evidence == (cls.evidence[grades.index(cls.grade)] if grades else None)


def test_the_list_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    """To people as dots, to programs as a number with the finding."""
    main(["list", "interventions", "--json"])
    for told in json.loads(capsys.readouterr().out):
        cls = INTERVENTIONS[told["name"]]
        assert told["grade"] == cls.grade
        assert told["best_evidence"] == (asdict(cls.best_evidence) if cls.best_evidence else None)
    main(["list", "interventions"])
    assert "●●● " in capsys.readouterr().out


def test_the_best_finding_is_told_in_both_languages() -> None:
    """What the words say in English is what the evidence says; what files state is said as it stands there."""
    for cls in INTERVENTIONS.values():
        if cls.best_evidence is not None and cls.found is not None:
            assert cls.found.en == cls.best_evidence.finding
            assert cls is Custom or cls.found.zh != cls.found.en

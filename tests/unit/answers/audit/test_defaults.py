"""Nothing in the model comes from a claim, as far as that can be read off."""

import re

import pytest

from sim.answers.audit.reading import load_claims
from sim.interventions import INTERVENTIONS
from sim.scenario import load
from sim.spec.levers import LEVERS
from tests import ROOT

MODEL = ("spec", "interventions", "scenario", "compile", "kernel")
"""Packages in which the model is."""


@pytest.fixture(scope="module")
def shipped():
    """Return the claims that come with the product."""
    return load_claims()


def test_no_lever_rests_on_a_claim():
    """Its grade says on what its default rests."""
    for name, spec in LEVERS.items():
        assert spec.grade != "claim", name


def test_claims_are_never_the_only_evidence_of_an_intervention():
    """They stand beside it as what is said; its doses have another source, or are called an assumption."""
    for kind, cls in INTERVENTIONS.items():
        grades = [one.grade for one in cls.evidence]
        if "claim" in grades and kind != "response_agreement":
            assert set(grades) - {"claim"}, kind


def test_no_file_of_the_model_names_a_claim(shipped):
    """Neither its name nor the file."""
    claims = shipped.claims
    files = [*(ROOT / "scenarios").rglob("*.yaml")]
    files += [path for part in MODEL for path in (ROOT / "sim" / part).rglob("*.py")]
    named = re.compile("|".join([*map(re.escape, claims), r"claims\.yaml", r"sim\.answers"]))
    assert [path for path in files if named.search(path.read_text(encoding="utf-8"))] == []


def test_no_organization_is_expected_to_come_to_what_a_claim_says(shipped):
    """What a file expects of its figures is what was found of it before anything is introduced."""
    for name, claim in shipped.claims.items():
        expected = load(claim.scenario).expected.measures.get(claim.measure) if claim.after is not None else None
        if expected is not None:
            low, high = expected.band
            assert not low <= claim.after <= high, name


def test_claims_use_doses_that_the_catalog_has(shipped):
    """An audit of doses made up for the purpose would prove nothing: usual ones, a preset, or what the claim says."""
    said = {"response_hours"}  # four hours are what practice agrees on, and no intervention has a default of them
    for name, claim in shipped.claims.items():
        for one in (*claim.with_, *claim.already):
            doses = set(one) - {"kind", "preset"} if isinstance(one, dict) else set()
            assert doses <= said, name

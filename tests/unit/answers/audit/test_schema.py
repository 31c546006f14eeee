"""The schema of files of claims."""

import jsonschema
import pytest

from sim.answers.audit.schema import SCHEMA_FILE, claims_schema
from sim.scenario.yaml import parse
from tests import ROOT
from tests.worlds.claims import SMALL


def test_the_schema_file_is_fresh():
    """`python -m sim.answers.audit.schema` writes it."""
    assert (ROOT / "sim/answers/audit/shipped/schema.json").read_text(encoding="utf-8") == SCHEMA_FILE.text()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_claims_fit_the_schema_and_mistakes_do_not(lang):
    """Shipped ones and small ones; an unknown field, and a name of a measure that is none."""
    checked = jsonschema.Draft202012Validator(claims_schema(lang))
    for text in (SMALL, (ROOT / "sim/answers/audit/shipped/claims.yaml").read_text(encoding="utf-8")):
        assert list(checked.iter_errors(parse(text, "claims").data)) == []
    for old, new in (
        ("percent: -99", "percents: -99"),
        ("bounces_per_100", "bounces"),
        ("grade: trial", "grade: good"),
    ):
        assert list(checked.iter_errors(parse(SMALL.replace(old, new), "claims").data)), new

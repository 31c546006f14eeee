"""Files of claims: what is wrong with them is told in a sentence each, with file, line and field."""

import pytest

from sim.answers.audit.places import is_claims
from sim.answers.audit.reading import check_claims, chosen, load_claims
from sim.scenario import ScenarioError

CLAIM = """\
claims:
  roles:
    title: Roles
    text: Nobody passes anything on any more.
    source: a newspaper
    scenario: trust_trap
    with: raci
    measure: bounces_per_100
    percent: -90
"""


@pytest.fixture(scope="module")
def shipped():
    """Return the claims that come with the product."""
    return load_claims()


def findings(tmp_path, *changes):
    """Return what is found in the file once lines are replaced."""
    text = CLAIM
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "my.yaml"
    path.write_text(text, encoding="utf-8")
    return [one.message for one in check_claims(str(path))]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("percent: -90", "percent: -90\n    befor: 3"), "did you mean 'before'?"),
        (("percent: -90", ""), "found a claim with –, expected one of after, percent, points"),
        (("percent: -90", "after: 3"), "found a figure after without one before"),
        (("percent: -90", "percent: -100"), "found -100 percent"),
        (("percent: -90", "before: 4\n    after: 4"), "nothing changes"),
        (("percent: -90", "points: 3"), "found points of a measure in per 100 cases"),
        (("    measure: bounces_per_100\n", ""), "found a claim without measure"),
        (("bounces_per_100", "bounces_per_10"), "did you mean 'bounces_per_100'?"),
        (("with: raci", "with: racy"), "did you mean 'raci'?"),
        (("trust_trap", "trust_trip"), "did you mean 'trust_trap'?"),
        (("percent: -90", "percent: -90\n    ranges: {raci.charity: [0, 1]}"), "did you mean 'raci.clarity'?"),
        (("percent: -90", "percent: -90\n    ranges: {raci.clarity: [0, 2]}"), "allowed there"),
        (("bounces_per_100", "on_time_target"), ""),
        (
            ("bounces_per_100\n    percent: -90", "on_time_target\n    before: 60\n    after: 80"),
            "found 60, expected a share",
        ),
    ],
)
def test_what_is_wrong_is_told(tmp_path, change, told):
    """One sentence, with what was found and what is allowed."""
    found = findings(tmp_path, change)
    assert [told in one for one in found] == ([True] if told else []), found


def test_a_claim_that_cannot_be_judged_needs_no_organization(tmp_path):
    """But a reason."""
    left_out = ("    scenario: trust_trap\n    with: raci\n    measure: bounces_per_100\n    percent: -90\n", "")
    assert len(findings(tmp_path, left_out)) > 1
    assert findings(tmp_path, (left_out[0], "    cannot: there is no market in the model\n")) == []


def test_files_of_claims_are_told_from_others(tmp_path):
    """`deptsim check` takes both."""
    findings(tmp_path)
    assert is_claims(str(tmp_path / "my.yaml"))
    assert not is_claims("order_delivery")
    assert not is_claims("no_such_file.yaml")


def test_a_claim_that_is_not_there_is_refused(shipped):
    """With the nearest one."""
    with pytest.raises(ScenarioError, match="did you mean 'raci_buck_passing'"):
        chosen(shipped, ["raci_buck_pasing"])
    assert list(chosen(shipped, ["rotation_complaints"])) == ["rotation_complaints"]


def test_the_shipped_claims_are_sound_and_speak_both_languages(shipped):
    """Each with a source, a reason and two languages."""
    for name, claim in shipped.claims.items():
        for field in ("title", "text", "source", "why"):
            said = getattr(claim, field)
            assert said.en, (name, field)
            assert said.zh != said.en, (name, field)
        assert all(one.says.zh != one.says.en for one in claim.anchors), name

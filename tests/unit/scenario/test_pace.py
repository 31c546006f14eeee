"""A pace scales what a file leaves at its usual value, and nothing that it states."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.compile import compile_scenario
from sim.interventions import EscalationPath, JobRotation, ResponseAgreement, SharedBoard, TeamBuilding
from sim.scenario import Scenario, ScenarioError, check, dump, load, loads
from sim.spec import LEVERS
from sim.spec.pace import LONGER, RARER

PLAIN = """\
departments:
  desk: {staff: 2, own_work: {share: 0.2}}
  yard: {staff: 2, own_work: {share: 0.2, target_hours: 16}, levers: {boost: 8}}
processes:
  order: {demand: {per_week: 30}, steps: {take: {R: desk, C: [yard], work: 1}, make: {R: yard, work: 1}}}
levers: {standoff_hours: 12}
coordination_work: {consult: 0.5}
response_targets: {approve: never}
"""


def at(pace: Any, text: str = PLAIN) -> Scenario:
    """Return the scenario at a pace."""
    return loads(f"{text}pace: {pace}\n")


@pytest.mark.parametrize(
    ("written", "pace"),
    [("30 min", 1 / 16), ("10 minutes", 1 / 48), ("2 h", 0.25), ("1 day", 1.0), ("2 days", 2.0), ("1.5 hours", 0.1875),
     ("0.5", 0.5), ("40", 40.0), ("0.001", 0.001)],
)  # fmt: skip
def test_a_pace_is_a_number_or_the_time_of_a_prompt_answer(written: str, pace: float) -> None:
    """A day is a working day of eight hours, within which an answer is prompt at a pace of 1."""
    assert at(written).pace == pytest.approx(pace, rel=1e-15)
    assert loads(dump(at(written))).pace == at(written).pace


@pytest.mark.parametrize("written", ["0", "41", "soon", "10 weeks", "-1 h", "true", ".nan", "0.1 min", "[1]", "'1'"])
def test_any_other_pace_is_refused(written: str) -> None:
    """In one sentence that says what is allowed."""
    with pytest.raises(ScenarioError, match=r"pace: found .*, expected a number of at least 0.001 .* such as 30 min"):
        at(written)


def test_usual_figures_follow_the_pace_and_stated_ones_do_not() -> None:
    """Levers, coordination work, response targets and targets of own work."""
    quick = at("2 h")
    assert quick.lever("latency") == quick.lever("latency", "desk") == 1.0
    assert quick.lever("standoff_hours") == 12.0
    assert (quick.lever("boost"), quick.lever("boost", "yard")) == (2.0, 8.0)
    assert quick.lever("trust_drift") == pytest.approx(0.0012)
    assert quick.lever("clarity") == 0.3
    assert quick.coordination_work.consult.mean == 0.5
    assert quick.coordination_work.triage.mean == 0.1
    assert (quick.response_targets.consult, quick.response_targets.approve) == (2.0, None)
    own = [one.own_work for one in quick.departments.values()]
    assert [one.target_hours for one in own if one] == [4.0, 16.0]
    assert [one.size.mean for one in own if one] == [1.0, 1.0]


@pytest.mark.parametrize("preset", ["neutral", "typical"])
@pytest.mark.parametrize("pace", [0.001, 0.25, 1.0, 40.0])
def test_every_lever_follows_by_its_unit_and_stays_within_its_bounds(preset: str, pace: float) -> None:
    """Hours are multiplied, what happens so often a day is divided, shares and counts stay."""
    scenario = at(pace, PLAIN.replace("levers: {standoff_hours: 12}", f"levers: {{preset: {preset}}}"))
    for name, spec in LEVERS.items():
        usual = getattr(spec, preset)
        expected = usual * pace if spec.unit in LONGER else usual / pace if spec.unit in RARER else usual
        assert scenario.lever(name) == min(spec.high, max(spec.low, expected))
        assert pace != 1.0 or scenario.lever(name) == usual


def test_a_scenario_at_a_pace_survives_writing_and_reading() -> None:
    """What follows the pace is not written; what is stated is, even where it is the usual value."""
    quick = at("30 min")
    again = loads(dump(quick))
    assert again == quick
    assert again.hash == quick.hash
    assert "triage" not in dump(quick)
    assert "consult: 0.5" in dump(quick)
    assert again.model_copy(update={"pace": 1}) == loads(PLAIN)


def test_all_stated_at_their_usual_values_are_written() -> None:
    """A table that equals the usual one is left out at a pace of 1 only."""
    all_stated = "response_targets: {consult: 8, approve: 16}\n"
    quick = at("30 min", PLAIN.replace("response_targets: {approve: never}\n", all_stated))
    assert loads(dump(quick)) == quick
    assert quick.response_targets.consult == 8.0


def test_copies_follow_a_new_pace() -> None:
    """Of a scenario, of its parts, and of parts put into another one."""
    quick, plain = at("2 h"), loads(PLAIN)
    assert plain.model_copy(update={"pace": 0.25}) == quick
    assert quick.model_copy(update={"pace": "1 day"}) == plain
    assert quick.model_copy(update={"title": "x"}).coordination_work == quick.coordination_work
    assert plain.model_copy(update={"coordination_work": quick.coordination_work}) == plain
    work = quick.coordination_work.model_copy(update={"approve": 0.3})
    moved = plain.model_copy(update={"coordination_work": work, "pace": 0.5})
    assert (moved.coordination_work.approve.mean, moved.coordination_work.inform.mean) == (0.3, 0.05)
    assert Scenario.model_validate(quick) == quick
    assert quick.with_interventions(["raci"]).response_targets == quick.response_targets


def test_a_child_inherits_the_pace_or_says_its_own(tmp_path: Path) -> None:
    """What its parent leaves unsaid follows the pace of the child."""
    (tmp_path / "base.yaml").write_text(f"{PLAIN}pace: 2 h\n", encoding="utf-8")
    (tmp_path / "same.yaml").write_text("parent: base.yaml\n", encoding="utf-8")
    (tmp_path / "slow.yaml").write_text("parent: base.yaml\npace: 2\n", encoding="utf-8")
    assert load(tmp_path / "same.yaml").lever("latency") == 1.0
    slow = load(tmp_path / "slow.yaml")
    assert (slow.lever("latency"), slow.response_targets.consult) == (8.0, 16.0)
    told = dump(slow, parent=tmp_path / "base.yaml")
    assert "coordination_work" not in told
    assert loads(told, folder=tmp_path) == slow


def test_the_hash_tells_paces_apart_and_nothing_else() -> None:
    """Also where every figure that follows it is stated."""
    assert at("8 h").hash == loads(PLAIN).hash == at(1).hash
    assert at("4 h").hash != at("2 h").hash


def test_the_kernel_gets_the_effective_figures() -> None:
    """Levers, work, targets, and the two fixed numbers in hours and per week."""
    quick, plain = (compile_scenario(one) for one in (at("2 h"), loads(PLAIN)))
    assert quick.params.world[0]["full_desk"] == 2.0
    assert quick.params.world[0]["consult_response"] == 2.0
    assert quick.params.pools["own_target"].tolist() == [4.0, 16.0]
    assert quick.departments["base"][0, LEVERS["latency"].lever] == 1.0
    often = plain.links["norm"] != 1.0  # a link that nobody is planned to use has a norm of 1
    assert often.any()
    np.testing.assert_allclose(quick.links["norm"][often], np.minimum(4.0, plain.links["norm"][often] * 4.0))


def test_figures_of_interventions_follow_unless_stated() -> None:
    """The agreed hours, the tiers, the pick-up; dealings a day are more at a faster pace; costs stay."""
    quick, plain = at("2 h"), loads(PLAIN)
    for one, lever, usual in [
        (ResponseAgreement(), "agreement_hours", 4.0),
        (EscalationPath(), "tier1_hours", 8.0),
        (EscalationPath(), "tier2_hours", 8.0),
        (SharedBoard(), "latency", 2.0),
    ]:
        assert [_edit(one, where, lever).toward for where in (plain, quick)] == [usual, usual / 4.0]
        assert _edit(one, quick, "overhead") == _edit(one, plain, "overhead")
    assert _edit(ResponseAgreement(hours=4.0), quick, "agreement_hours").toward == 4.0
    for one in (JobRotation(), TeamBuilding(times=2)):
        assert _edit(one, quick, "contact").strength == 4.0 * _edit(one, plain, "contact").strength
        assert _edit(one, quick, "overhead") == _edit(one, plain, "overhead")
    assert _edit(TeamBuilding(), at("1 min"), "contact").strength == 1.0


def _edit(intervention: Any, scenario: Scenario, lever: str) -> Any:
    return next(one for one in intervention.edits(scenario) if one.lever == lever)


def test_a_file_may_state_a_figure_of_an_intervention(tmp_path: Path) -> None:
    """Or leave it empty; either survives writing."""
    agreed = "{kind: response_agreement, hours: 4, end_week: 1}, {kind: response_agreement, start_week: 1}"
    text = f"{PLAIN}pace: 2 h\ninterventions: [{agreed}]\n"
    file = tmp_path / "one.yaml"
    file.write_text(text, encoding="utf-8")
    assert check(file) == []
    assert loads(dump(load(file))) == load(file)

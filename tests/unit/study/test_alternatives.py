"""What may be compared, and how a mistake in saying so is answered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.interventions import INTERVENTIONS, Raci
from sim.study.alternatives import AlternativeError, alternatives_of, make_intervention, parse_alternative
from tests.worlds.fakes import small_scenario

BUNDLED = {
    "bundle:rules_only": "Rules only",
    "bundle:rules_only+daily_standup": "Rules only + Daily stand-up",
    "bundle:rules_only+raci:clarity=0.7": "Rules only + RACI matrix",
    "bundle:rules_only+levers.latency=3": "Rules only + levers.latency=3",
    "raci:clarity=0.7+bundle:people_only": "RACI matrix + People only",
}


@pytest.mark.parametrize("text", BUNDLED)
def test_a_bundle_needs_no_label(text: str) -> None:
    """It is called by its title, and the line itself is the label, whatever equals signs come behind it."""
    found = parse_alternative(text)
    assert (found.label, found.name.en) == (text, BUNDLED[text])
    labeled = parse_alternative(f"Mine={text}")
    assert (labeled.label, labeled.name.zh) == ("Mine", "Mine")
    assert labeled.interventions == found.interventions


def test_doses_tell_bundles_apart() -> None:
    """Where two alternatives would be called the same, what was named beside a bundle is named with its doses."""
    lines = [parse_alternative(f"bundle:rules_only+raci:clarity={dose}") for dose in (0.5, 0.7)]
    found = alternatives_of(small_scenario(), lines)
    assert [one.name.en for one in found] == [f"Rules only + RACI matrix (clarity={dose})" for dose in (0.5, 0.7)]
    assert all(sum(each.kind == "raci" for each in one.interventions) == 1 for one in found)


def test_what_is_called_the_same_is_told_apart_by_what_was_written(tmp_path: Path) -> None:
    """Two bundles of one title, and one of them beside a label that somebody chose."""
    lines = []
    for name in ("first", "second"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(f"format: 1\nname: {name}\ntitle: Our rules\nwith: [raci]\n", encoding="utf-8")
        lines.append(f"bundle:{file}")
    found = alternatives_of(small_scenario(), list(map(parse_alternative, [*lines, "daily_standup"])))
    assert [one.name.zh for one in found] == [*(f"Our rules（{line}）" for line in lines), "每日站会"]
    chosen = [parse_alternative(f"Our rules={lines[0]}"), parse_alternative(lines[1])]
    names = [one.name.en for one in alternatives_of(small_scenario(), chosen)]
    assert names == ["Our rules", f"Our rules ({lines[1]})"]


WRONG_BUNDLES = {
    "bundle:rule_only": "did you mean 'rules_only'?",
    "bundle:": "found no bundle and no file named ''",
    "bundle:./nothing.yaml": "nothing.yaml: found no such file",
    "bundle:rules_only:strength=0.5": "found no bundle and no file named 'rules_only:strength=0.5'",
}


@pytest.mark.parametrize("text", WRONG_BUNDLES)
def test_a_bundle_that_is_not_there(text: str) -> None:
    """One sentence that names the alternative and the bundle, in both languages."""
    with pytest.raises(AlternativeError) as error:
        parse_alternative(f"Mine={text}")
    assert error.value.said().startswith("alternative 'Mine': ")
    assert WRONG_BUNDLES[text] in error.value.said()
    assert "方案“Mine”" in error.value.said("zh")
    assert "\n" not in error.value.said()


def test_one_name_is_an_alternative_that_is_called_like_it():
    """`--with raci` needs no label."""
    found = parse_alternative("raci")
    assert (found.label, found.interventions) == ("raci", (Raci(),))


def test_a_label_a_list_and_parameters():
    """The whole grammar in one line."""
    found = parse_alternative("Roles and rhythm=raci:clarity=0.7,upkeep_minutes=5+daily_standup:minutes=10")
    assert found.label == "Roles and rhythm"
    assert [one.kind for one in found.interventions] == ["raci", "daily_standup"]
    assert found.interventions[0].model_dump()["clarity"] == 0.7
    assert found.interventions[1].model_dump()["minutes"] == 10.0


@pytest.mark.parametrize("text", ["raci:clarity=0.7", "raci+daily_standup:minutes=10", "raci:adoption.fidelity=0.5"])
def test_an_equals_sign_of_a_parameter_begins_no_label(text):
    """The first equals sign belongs to the parameter where what stands before it is one."""
    assert parse_alternative(text).label == text


def test_labels_may_hold_colons_and_plus_signs():
    """People write "Stage 1: roles" and "A+B"."""
    assert parse_alternative("Stage 1: roles=raci").label == "Stage 1: roles"
    assert parse_alternative("A+B=raci+shared_kpi").label == "A+B"


@pytest.mark.parametrize(("said", "meant"), [("true", True), ("false", False)])
def test_yes_or_no_is_said_as_in_a_file(said, meant):
    """And what is no such word is refused in a sentence."""
    assert make_intervention(f"kickoff:each_case={said}").each_case is meant
    with pytest.raises(AlternativeError, match="found 'maybe', expected true or false"):
        make_intervention("kickoff:each_case=maybe")


def test_grouped_and_listed_parameters():
    """A dot reaches into a group, a slash separates departments; a list is written in brackets, as in a file."""
    for departments in ("sales/production", "[sales,production]", "[ sales , production ]"):
        found = parse_alternative(f"raci:departments={departments},adoption.fidelity=0.5+shared_kpi").interventions[0]
        assert found.adoption.fidelity == 0.5
        assert found.departments == ("sales", "production")
    assert parse_alternative("Where=raci:departments=[sales]").interventions[0].departments == ("sales",)
    assert parse_alternative("raci:departments=[]").interventions[0].departments == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rcai", ["'rcai'", "did you mean 'raci'?"]),
        ("raci:start_week=3,end_week=2", ["'end_week'", "found 2", "a week after start_week (3)"]),
        ("raci:clarty=0.5", ["parameter 'clarty'", "did you mean 'clarity'?"]),
        ("raci:clarity=2", ["'raci'", "'clarity'", "found 2, expected a number of at least 0 and at most 1"]),
        ("raci:departments=[sales,production", ["'departments'", "found '[sales'", "a list in brackets"]),
        ("raci:departments=sales,production]", ["'departments'", "found 'sales,production]'", "a list in brackets"]),
        ("raci:clarity=[0.5]", ["'clarity'", "expected a number"]),
        ("raci:clarity=high", ["'clarity'", "'high'", "expected a number"]),
        ("raci:clarity=nan", ["'clarity'"]),
        ("raci:clarity", ["expected parameter=value", "'clarity'"]),
        ("raci:", ["expected parameter=value"]),
        ("raci:clarity=.1,clarity=.2", ["given twice"]),
        ("raci:strength=1,strength.x=2", ["has no parts"]),
        ("A=", ["name of an intervention is missing"]),
        ("=raci", ["is empty"]),
        ("raci++raci", ["name of an intervention is missing"]),
        ("", ["name of an intervention is missing"]),
    ],
)
def test_mistakes_are_answered_with_one_helpful_sentence(text, words):
    """The sentence names what was found, and the nearest valid name."""
    with pytest.raises(AlternativeError) as caught:
        parse_alternative(text)
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused_in_a_sentence(text):
    """Nothing that can be typed ends in anything but an alternative or an AlternativeError."""
    try:
        found = parse_alternative(text)
    except AlternativeError:
        return
    assert found.interventions


@pytest.mark.parametrize("kind", list(INTERVENTIONS))
def test_every_intervention_can_be_named(kind):
    """Defaults are complete, except where there is nothing without data: it would cost time and do nothing."""
    if kind == "custom":
        with pytest.raises(AlternativeError, match="found nothing that it does, expected moves of levers"):
            make_intervention(kind)
        assert make_intervention("custom:cost_minutes=10").kind == kind
    else:
        assert make_intervention(kind).kind == kind


def test_python_may_give_objects_fields_or_text():
    """Three ways to say the same."""
    same = {
        make_intervention(item) for item in (Raci(clarity=0.5), {"kind": "raci", "clarity": 0.5}, "raci:clarity=0.5")
    }
    assert len(same) == 1


def test_without_alternatives_the_scenario_suggests_them():
    """Labels keep both languages."""
    found = alternatives_of(small_scenario(), None)
    assert [one.label for one in found] == ["Roles", "Rhythm"]
    assert found[0].name.zh == "职责"


@pytest.mark.parametrize(
    ("given", "word"),
    [
        (None, "suggests no comparison"),
        ({}, "nothing to compare"),
        ({"Now": ["raci"]}, "what happens now"),
        ({"现状": ["raci"]}, "what happens now"),
        ({"A": "rcai"}, "did you mean 'raci'?"),
        ({"A": ["raci:departments=salse"]}, "did you mean 'sales'?"),
        ([parse_alternative("A=raci"), parse_alternative("A=shared_kpi")], "occurs twice"),
    ],
)
def test_comparisons_that_make_no_sense_are_refused(given, word):
    """Nothing to compare, a label that is taken, a department that does not exist."""
    with pytest.raises(AlternativeError, match=r".") as caught:
        alternatives_of(small_scenario(compare=[]), given)
    assert word in str(caught.value)


def test_an_alternative_without_interventions_is_allowed_in_python():
    """A comparison of nothing with nothing is how one checks the comparison itself."""
    assert alternatives_of(small_scenario(), {"nothing": []})[0].interventions == ()


@pytest.mark.parametrize("label", ["", "  ", "x" * 4001])
def test_a_label_has_one_to_4000_letters(label):
    """Also in Python, as in files."""
    with pytest.raises(AlternativeError, match="expected a text of one to 4000 characters"):
        alternatives_of(small_scenario(), {label: ["raci"]})


def test_a_bundle_whose_prefix_is_forgotten_is_named() -> None:
    """Whoever writes the name alone is asked whether he meant it."""
    with pytest.raises(AlternativeError, match="did you mean 'bundle:rules_only'"):
        make_intervention("rules_only")


def test_a_bundle_cannot_be_called_what_the_baseline_is_called(tmp_path: Path) -> None:
    """Its title is what tables call it, and stands beside the organization as it is."""
    path = tmp_path / "mine.yaml"
    path.write_text("title: {en: Agreed, zh: 现状}\nwith: [raci]\n", encoding="utf-8")
    with pytest.raises(AlternativeError, match="现状"):
        alternatives_of(small_scenario(), [parse_alternative(f"bundle:{path}")])

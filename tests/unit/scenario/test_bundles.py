"""Bundles in files of one's own: what they say, where they may be named, and what is wrong with them."""

from collections.abc import Callable
from pathlib import Path

import pytest

import sim
from sim.interventions import INTERVENTIONS, Raci
from sim.scenario import ScenarioError, check, dump, files_of, load, loads
from sim.scenario.bundles import load_bundle
from sim.scenario.files import shipped_bundles
from sim.scenario.schema import schema
from tests.worlds.mistakes import GOOD

MINE = """\
title: {en: Mine, zh: 我的}
with:
  - raci
  - {kind: daily_standup, minutes: 10}
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return what writes a file into the folder in which everything happens."""
    monkeypatch.chdir(tmp_path)

    def written(text: str, name: str = "mine.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def refused(name: str) -> list[str]:
    """Return every sentence about a bundle that cannot be had."""
    with pytest.raises(ScenarioError) as error:
        load_bundle(name)
    return str(error.value).splitlines()


def test_a_file_of_ones_own(write: Write) -> None:
    """Called as its file where it says nothing else; a name that is no name is not taken from the file."""
    write(MINE)
    bundle = load_bundle("mine.yaml")
    assert (bundle.name, bundle.label.zh) == ("mine", "我的")
    assert [one.kind for one in bundle.with_] == ["raci", "daily_standup"]
    write("title: Both the same\nwith: [raci]\n", "my own.yaml")
    assert (load_bundle("my own.yaml").name, load_bundle("my own.yaml").label.zh) == ("bundle", "Both the same")


def test_a_file_is_read_again_and_a_shipped_one_is_not(write: Write) -> None:
    """Whoever edits his file sees what he wrote."""
    write(MINE)
    before = load_bundle("mine.yaml")
    write("title: Other\nwith: [raci]\n")
    assert load_bundle("mine.yaml") != before
    assert load_bundle("rules_only") is load_bundle("rules_only")


WRONG = {
    "with: [rcai]": "mine.yaml:2: with[0]: found 'rcai', expected one of",
    "with: [{kind: raci, clarity: 7}]": "mine.yaml:2: with[0].clarity: found 7, expected a number of at least 0",
    "with: [{kind: raci, claritty: 1}]": "did you mean 'clarity'?",
    "with: []": "mine.yaml:2: with: found an empty list, expected a list of at least one intervention",
    "with: raci": "mine.yaml:2: with: found 'raci', expected a list",
    "description: x": "mine.yaml:1: with: found nothing, expected with (the interventions of which it consists)",
    "with: [bundle:rules_only]": "mine.yaml:2: with[0]: found 'bundle:rules_only', expected an intervention",
    "with: [bundle: mine.yaml]": "mine.yaml:2: with[0]: found a mapping (bundle), expected",
    "with: [bundle:mine.yaml]": "expected an intervention; a bundle holds no other bundle",
    "with: [{kind: raci, departments: [sales]}]": "mine.yaml:2: with[0].departments: found a list",
    "with: [{kind: custom, hires: [{department: sales}]}]": "with[0].hires[0].department: found 'sales'",
    "with: [{kind: raci, start_week: 2026-03-02}]": "mine.yaml:2: with[0].start_week: found '2026-03-02', expected",
    "with: [raci]\nset: {departments.sales.staff: 3}": "mine.yaml:3: set.departments.sales.staff: found the place",
    "with: [raci]\nset: {relations.pairs: []}": "expected one that every organization has",
    "with: [raci]\nset: {relations.trust: 2}": "mine.yaml:3: set.relations.trust: found 2, expected",
    "with: [raci]\nset: {levers.latncy: 2}": "did you mean 'latency'?",
    "with: [raci]\nset: {'levers[0]': 2}": "mine.yaml:3: set.levers[0]: ",
    "with: [raci]\nset: {'': 2}": "mine.yaml:3: set.: ",
    "with: [raci]\nset: 3": "mine.yaml:3: set: found 3, expected a mapping",
    "with: [raci]\ntitel: x": "mine.yaml:3: titel: found an unknown field",
    "with: [raci]\nwith: [raci]": "mine.yaml:3: with: found twice, first on line 2",
    "with: [raci]\nformat: 2": "mine.yaml:3: format: found 2",
    "with: [raci]\nparent: order_delivery": "mine.yaml:3: parent: found an unknown field",
    "with: &a [*a]": "mine.yaml:2: found the alias *a within what it stands for",
    "with: [raci": "mine.yaml:3: not valid YAML",
    "with: [!!python/name:os.system raci]": "found the tag",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_told_with_line_and_field(write: Write, text: str) -> None:
    """One sentence for one mistake: file, line, field, what was found, what is allowed."""
    write(f"title: Mine\n{text}\n")
    (told,) = refused("mine.yaml")
    assert WRONG[text] in told


def test_every_mistake_is_told_at_once(write: Write) -> None:
    """In the order of the file."""
    write("with:\n  - {kind: raci, clarity: 7}\n  - nobody\n")
    told = refused("mine.yaml")
    assert [one.partition(": ")[0] for one in told] == ["mine.yaml:1", "mine.yaml:2", "mine.yaml:3"]


def test_what_is_no_file_of_a_bundle(write: Write, tmp_path: Path) -> None:
    """A folder, nothing, bytes that are no text, an empty file, a list, a scenario."""
    (tmp_path / "bytes.yaml").write_bytes(b"title: \xff\n")
    write("", "empty.yaml")
    write("- raci\n", "list.yaml")
    write(GOOD, "scenario.yaml")
    (tmp_path / "folder").mkdir()
    assert refused("./nothing.yaml") == ["nothing.yaml: found no such file"]
    assert refused("folder") == ["folder: found a folder, expected a file"]
    assert "not UTF-8" in refused("bytes.yaml")[0]
    assert "found an empty file" in refused("empty.yaml")[0]
    assert "expected a mapping of fields" in refused("list.yaml")[0]
    assert any("with: found nothing" in one for one in refused("scenario.yaml"))
    assert "did you mean 'rules_only'?" in refused("rule_only")[0]
    assert f"expected one of {shipped_bundles()[0]}, " in refused("")[0]
    assert "\n" not in refused("no\x1bbody\n")[0]
    assert len(refused("x" * 5000 + ".yaml")) == 1
    assert len(refused("nul\0.yaml")) == 1


def compared(text: str) -> str:
    """Return a sound scenario that compares what is written."""
    return f"{GOOD}compare:\n{text}"


def test_a_scenario_names_it_from_its_own_folder(write: Write, tmp_path: Path) -> None:
    """Wherever it is read from, and by whatever child; the files are known as what it is read from."""
    write(MINE, "here/mine.yaml")
    path = write(
        compared("  - {label: Ours, with: [shared_kpi, bundle:./mine.yaml, bundle:people_only]}\n"), "here/a.yaml"
    )
    child = write("parent: here/a.yaml\nhorizon_weeks: 8\n", "child.yaml")
    kinds = ["shared_kpi", "raci", "daily_standup", *(one.kind for one in load_bundle("people_only").with_)]
    for file in (path, child):
        assert [one.kind for one in load(file).compare[0].with_] == kinds
    assert {tmp_path / "here" / "mine.yaml", path, child} <= set(map(Path.absolute, files_of(child)))
    spaced = write(compared("  - label: Ours\n    with:\n      - bundle: mine.yaml\n"), "here/b.yaml")
    assert [one.kind for one in load(spaced).compare[0].with_] == ["raci", "daily_standup"]


def test_what_stands_beside_a_bundle_takes_the_place_of_its_own(write: Write) -> None:
    """Nothing is introduced twice; of two bundles the later says how."""
    write(MINE)
    write(
        "title: Later\nwith: [{kind: daily_standup, minutes: 20}, {kind: custom, name: a}, {kind: custom, name: b}]\n",
        "l.yaml",
    )
    text = "  - {label: A, with: [{kind: raci, clarity: .7}, bundle:mine.yaml]}\n"
    text += "  - {label: B, with: [bundle:mine.yaml, bundle:l.yaml, {kind: custom, name: b, cost_minutes: 5}]}\n"
    first, second = loads(compared(text)).compare
    assert [getattr(one, "clarity", None) or getattr(one, "minutes", None) for one in first.with_] == [0.7, 10.0]
    assert [getattr(one, "name", one.kind) for one in second.with_] == ["raci", "daily_standup", "a", "b"]
    assert [one.minutes for one in second.with_ if one.kind == "daily_standup"] == [20.0]


def test_it_is_written_out_as_what_it_consists_of(write: Write) -> None:
    """So a scenario that is written means the same when the bundle has changed."""
    write(MINE + "set: {relations.trust: .1}\n")
    scenario = loads(compared("  - {label: Ours, with: [bundle:mine.yaml], set: {levers.latency: 3}}\n"))
    assert scenario.compare[0].set_ == {"relations.trust": 0.1, "levers.latency": 3}
    assert "bundle" not in dump(scenario)
    assert loads(dump(scenario)) == scenario
    assert loads(dump(scenario)).hash == scenario.hash


def told(text: str) -> list[str]:
    """Return what is wrong with a scenario that compares what is written, without its file."""
    Path("a.yaml").write_text(compared(text), encoding="utf-8")
    return [str(one).removeprefix("a.yaml:") for one in check("a.yaml")]


def test_mistakes_beside_a_bundle_keep_their_places(write: Write) -> None:
    """The line and the field are those that were written, not those of the list that a bundle makes longer."""
    write(MINE)
    last = len(GOOD.splitlines()) + 3
    text = "  - label: A\n    with: [bundle:mine.yaml, {kind: shared_kpi, departments: [nobody]}]\n"
    (found,) = told(text)
    assert found.startswith(f"{last}: compare[0].with[1].departments[0]: found 'nobody', expected a department")
    (found,) = told(text.replace("departments: [nobody]", "bonus_share: 7"))
    assert found.startswith(f"{last}: compare[0].with[1].bonus_share: found 7")


def test_what_is_wrong_with_a_bundle_is_told_where_it_is_named(write: Write) -> None:
    """One that is not there about the line that names it, a mistake within about its own line."""
    last = len(GOOD.splitlines()) + 2
    (found,) = told("  - {label: A, with: [raci, bundle:nowhere]}\n")
    assert found.startswith(f"{last}: compare[0].with[1]: found no bundle and no file named 'nowhere', expected one of")
    (found,) = told("  - {label: A, with: [bundle:./nowhere.yaml]}\n")
    assert found == f"{last}: compare[0].with[0]: nowhere.yaml: found no such file"
    write("title: Mine\nwith:\n  - raci\n  - rcai\n")
    (found,) = told("  - {label: A, with: [bundle:mine.yaml]}\n")
    assert found.startswith("mine.yaml:4: with[1]: found 'rcai'")
    write("title: Mine\nwith: [raci, escalation_path]\n")
    without = compared("  - {label: A, with: [bundle:mine.yaml]}\n").replace("management: management\n", "")
    Path("b.yaml").write_text(without, encoding="utf-8")
    found = [str(one) for one in check("b.yaml") if one.severity == "error"]
    assert any(
        "compare[0].with[0]: bundle 'mine', intervention 'escalation_path': found escalation_path" in one
        for one in found
    )


def test_what_there_is_already_may_be_a_bundle(write: Write) -> None:
    """Unless it sets values: those the scenario says itself."""
    write(MINE)
    assert [one.kind for one in loads(f"{GOOD}interventions: [bundle:mine.yaml]\n").interventions] == [
        "raci",
        "daily_standup",
    ]
    with pytest.raises(
        ScenarioError, match=r"interventions\[0\]: found the bundle 'rules_without_trust', which also sets"
    ):
        loads(f"{GOOD}interventions: [bundle:rules_without_trust]\n")
    scenario = loads(GOOD)
    assert [one.kind for one in scenario.with_interventions(["bundle:mine.yaml"]).interventions] == [
        "raci",
        "daily_standup",
    ]
    with pytest.raises(ScenarioError, match=r"which also sets values of the organization \(relations\.trust\)"):
        scenario.with_interventions(["bundle:rules_without_trust"])


SET = {
    "relations.trust: 2": "compare[0].set.relations.trust: found 2, expected a number of at least 0 and at most 1",
    "departments.sals.staff: 2": "did you mean 'sales'?",
    "compare: []": None,
    "departments.sales.staff: 0": "compare[0].set.departments.sales.staff: found 0",
}


@pytest.mark.parametrize("value", SET)
def test_an_alternative_of_a_file_may_set_values(write: Write, value: str) -> None:
    """As on the command line: what cannot be set is told at its line."""
    found = told(f"  - label: A\n    with: [raci]\n    set:\n      {value}\n")
    if SET[value] is None:
        assert found == []
    else:
        assert len(found) == 1
        assert SET[value] in found[0]
        assert found[0].startswith(f"{len(GOOD.splitlines()) + 5}: ")


@pytest.mark.compiled
def test_values_of_an_alternative_are_compared() -> None:
    """They are set in it alone, and a scenario that sets none has the hash that it had."""
    scenario = sim.load(
        "order_delivery", {"compare": [{"label": "More", "with": [], "set": {"departments.sales.staff": 9}}]}
    )
    plain = sim.load("order_delivery", {"compare": [{"label": "More", "with": []}]})
    assert scenario.hash != plain.hash
    found = sim.compare(scenario.changed({"horizon_weeks": 2, "warmup_weeks": 0}), replications=2)
    assert {label: one.departments["sales"].staff for label, one in found.scenarios.items()} == {"Now": 5, "More": 9}


def test_editors_know_bundles() -> None:
    """Their files, and their names wherever interventions are named."""
    whole = schema()
    names = [one["const"] for one in whole["$defs"]["BundleName"]["anyOf"] if "const" in one]
    assert "bundle:rules_only" in names
    assert set(whole["$defs"]["Bundle"]["properties"]) == {"format", "name", "title", "description", "with", "set"}
    assert len(INTERVENTIONS) <= len(whole["$defs"]["InterventionName"]["anyOf"])
    assert Raci.__name__ in whole["$defs"]

"""A manifest is enough to run or compare again, to the bit, and whoever does is told what is not as it was."""

import json
import subprocess
import sys
import warnings

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import sim
from sim.cli import main
from sim.interventions import Raci
from sim.scenario import ScenarioError, Suggestion, definition, loads, read_data
from sim.study.rerun import RerunWarning, again
from tests.worlds.fakes import small_scenario
from tests.worlds.scenarios import scenarios
from tests.worlds.workshop import WORKSHOP, same

pytestmark = pytest.mark.compiled  # many runs, which take long where nothing is compiled


class Rushed(sim.Intervention):
    """Everybody hurries, as much as is said."""

    much: float = 0.5

    def edits(self, organization):
        """Return less time for everything else."""
        return (self.cost(60.0 * self.much),)


class Attentive(sim.Department):
    """A department that looks after its queue."""

    def on_day(self):
        """Be attentive where much waits."""
        self.set_lever("alignment", 0.9 if self.queue > self.staff else 0.3)


@pytest.fixture(scope="module")
def workshop():
    return loads(WORKSHOP, "workshop.yaml")


@pytest.fixture(scope="module")
def ran(workshop):
    return sim.run(workshop, 3, 7, first=2)


@pytest.fixture(scope="module")
def compared(workshop):
    return sim.compare(workshop, {"Talk": ["team_building", "weekly_review:minutes=30"], "Mine": [Rushed()]}, 3, 5)


def told(data):
    """Return what JSON makes of a manifest."""
    return json.loads(json.dumps(dict(data), allow_nan=False))


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(scenarios())
def test_a_definition_is_json_that_reads_back(scenario):
    """To an equal scenario, with the same hash and the same order of names."""
    found = read_data(told(definition(scenario)), "manifest")
    assert found == scenario
    assert found.hash == scenario.hash
    assert found.pools() == scenario.pools()


@pytest.mark.parametrize("name", sim.shipped())
def test_shipped_scenarios_read_back(name):
    """And two files that say the same have the same definition."""
    scenario = sim.load(name)
    found = read_data(told(definition(scenario)), "manifest")
    assert found == scenario
    assert definition(found) == definition(scenario)


def test_a_run_is_the_same_to_the_bit(ran):
    """All its tables, its manifest and its numbers of replications; nothing is warned of."""
    same(sim.rerun(told(ran.manifest)), ran)
    same(sim.rerun({"manifest": told(ran.manifest)}, threads=1), ran)


def test_whatever_holds_a_manifest_will_do(ran, tmp_path):
    """The result itself, and the folder of its file; one class needs no list, and an object is no class."""
    same(sim.rerun(ran), ran)
    (tmp_path / "manifest.json").write_text(json.dumps(ran.manifest), encoding="utf-8")
    same(sim.rerun(tmp_path, own=Attentive), ran)
    with pytest.raises(ScenarioError, match=r"own: found .*Rushed.*, expected classes of departments or interventions"):
        sim.rerun(ran, own=[Rushed()])
    with pytest.raises(ScenarioError, match=r"manifest: found no manifest"):
        sim.rerun(3)


def test_a_run_with_its_event_log_has_it_again(workshop):
    """The tables that were kept are kept."""
    first = sim.run(workshop, events=True)
    same(sim.rerun(told(first.manifest)), first)


def test_a_run_without_measures_is_known_by_its_tables(workshop):
    """Every bit of them counts."""
    first = sim.run(workshop, 2, keep=("cases", "relations"))
    assert set(first.manifest["results"]) == {"cases", "relations"}
    same(sim.rerun(told(first.manifest)), first)
    with pytest.warns(RerunWarning, match="The run: 2 of 2 tables differ: relations, cases"):
        sim.rerun(told(first.manifest) | {"seed": 2})


def test_what_was_followed_is_followed_again(workshop):
    """Trust of every pair over time."""
    first = sim.run(workshop, 1, links_every="week")
    same(sim.rerun(told(first.manifest)), first)


def test_another_process_finds_the_same_digests(ran, tmp_path):
    """From the file alone."""
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(ran.manifest), encoding="utf-8")
    code = "import json, sys, sim; print(json.dumps(sim.rerun(sys.argv[1]).manifest))"
    command = [sys.executable, "-W", "error", "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["results"] == ran.manifest["results"] != {}


def test_a_comparison_is_the_same_to_the_bit(compared):
    """Tables, names and manifest; the class it needs is handed over."""
    found = sim.rerun(told(compared.to_json()), own=[Rushed])
    assert found.manifest == compared.manifest
    assert found.names == compared.names
    assert list(found.tables) == list(compared.tables)
    for name, table in compared.tables.items():
        pd.testing.assert_frame_equal(found.tables[name], table, check_exact=True)


def test_the_digests_are_of_every_bit(ran, workshop):
    """Other luck has others, the same luck in other hands the same."""
    assert set(ran.manifest["results"]) == set(ran.measures)
    other = sim.run(workshop, 3, 8, first=2).manifest["results"]
    assert other["lead_time_mean"] != ran.manifest["results"]["lead_time_mean"]
    assert sim.run(workshop, 3, 7, first=2, threads=1).manifest["results"] == ran.manifest["results"]


def test_another_version_is_told_and_nothing_else(ran):
    """With both versions; the bits are the same all the same."""
    manifest = told(ran.manifest)
    manifest["versions"]["numpy"] = "1.0.5"
    manifest["platform"]["machine"] = "abacus"
    with pytest.warns(RerunWarning) as found:
        same_bits = sim.rerun(manifest)
    (warning,) = found
    assert "numpy: 1.0.5 then, " in str(warning.message)
    assert "processor: abacus then, " in str(warning.message)
    assert same_bits.manifest["results"] == ran.manifest["results"]


def test_other_luck_is_told(ran, compared):
    """Whoever changes the seed is told which measures differ, of which alternative."""
    manifest = told(ran.manifest) | {"seed": 8}
    with pytest.warns(
        RerunWarning, match=r"not the same bits\n  The run: \d+ of \d+ measures differ: on_time_target, "
    ):
        sim.rerun(manifest)
    manifest = told(compared.manifest) | {"seed": 8}
    with pytest.warns(RerunWarning, match=r"(?s)not the same bits\n  Now: \d+ .*\n  Talk: \d+ .*\n  Mine: \d+ "):
        sim.rerun(manifest, own=[Rushed])


def test_another_scenario_is_told(ran):
    """Before it is run; and the digests differ afterwards."""
    manifest = told(ran.manifest)
    manifest["definition"]["departments"]["workshop"]["staff"] = 2
    with pytest.warns(RerunWarning) as found:
        sim.rerun(manifest)
    assert "The run: the scenario reads differently here" in str(found[0].message)
    assert "not the same bits" in str(found[1].message)


def test_a_manifest_without_digests_is_no_proof(ran):
    """Nobody claims that bits are the same which nobody knows."""
    manifest = {name: value for name, value in told(ran.manifest).items() if name != "results"}
    with pytest.warns(RerunWarning, match="holds no digests"):
        sim.rerun(manifest)


def test_departments_of_ones_own_are_handed_over(workshop):
    """For everybody or for some, by alternative as well; without them there is a sentence."""
    first = sim.run(workshop, 2, department={"workshop": Attentive})
    same(sim.rerun(told(first.manifest), own=[Attentive]), first)
    with pytest.raises(ScenarioError, match=r"department.workshop: found the class .*Attentive, .*own=\[Attentive\]$"):
        sim.rerun(told(first.manifest))
    both = sim.compare(workshop, {"Attentive": [Attentive], "Meet": ["daily_standup:minutes=5"]}, 2)
    assert sim.rerun(told(both.manifest), own=[Attentive]).manifest == both.manifest
    plain = sim.run(workshop, 2, department=sim.Department)
    same(sim.rerun(told(plain.manifest)), plain)


def test_interventions_of_ones_own_are_handed_over(workshop):
    """With their fields, among those of the catalog, also where they are only suggested."""
    tried = (Suggestion(label="Rush", with_=(Rushed(much=0.75), Raci())),)
    scenario = workshop.with_interventions([Rushed(much=0.25)]).model_copy(update={"compare": tried})
    first = sim.run(scenario, 2)
    found = sim.rerun(told(first.manifest), own=[Attentive, Rushed])
    same(found, first)
    assert found.scenario == scenario
    with pytest.raises(ScenarioError, match=r"manifest: definition: found the class .*Rushed, .*own=\[Rushed\]$"):
        sim.rerun(told(first.manifest))
    with pytest.raises(ScenarioError, match=r"expected a subclass of sim\.Intervention"):
        sim.rerun(told(first.manifest), own=[type("Rushed", (sim.Department,), {})])


def test_a_class_that_does_something_else_is_told(workshop):
    """It is used, and everybody knows."""
    first = sim.run(workshop, 2, department=Attentive)

    def on_day(self):
        self.set_lever("alignment", 0.9)

    other = type("Attentive", (sim.Department,), {"on_day": on_day})
    with pytest.warns(RerunWarning) as found:
        sim.rerun(told(first.manifest), own=[other])
    assert "Attentive: does something else here than then" in str(found[0].message)
    assert "not the same bits" in str(found[1].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        same(sim.rerun(told(first.manifest), own=[other, Attentive]), first)


WRONG = {
    "seed": "seven",
    "replications": 0,
    "first_replication": True,
    "definition": [],
    "tables": "measures",
    "versions": 3,
    "platform": "here",
    "results": [],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_manifest_that_makes_no_sense_is_a_sentence(ran, name):
    """Which names the field."""
    with pytest.raises(ScenarioError, match=rf"^manifest: {name}: found .*, expected .*"):
        again(told(ran.manifest) | {name: WRONG[name]}).differing(ran)


@pytest.mark.parametrize("name", ["names", "departments", "measures", "matters", "definitions", "scenario_hashes"])
def test_a_comparison_that_makes_no_sense_is_a_sentence(compared, name):
    """Which names the field."""
    with pytest.raises(ScenarioError, match=rf"^manifest: {name}: found .*, expected .*"):
        again(told(compared.manifest) | {name: "x"}, own=[Rushed])


def test_alternatives_need_a_baseline(compared):
    """It comes first."""
    manifest = told(compared.manifest)
    del manifest["definitions"]["Now"]
    with pytest.raises(ScenarioError, match="definitions: found no scenario called 'Now'"):
        again(manifest, own=[Rushed])


@pytest.mark.parametrize("text", ["", "[]", "{}", '"x"', '{"manifest": 3}', "[" * 100_000, "\ud800"])
def test_what_is_no_manifest_is_refused(tmp_path, text):
    """With the name of the file."""
    path = tmp_path / "some.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ScenarioError, match=r"some\.json: found no "):
        sim.rerun(path)
    with pytest.raises(ScenarioError, match=r"other\.json: cannot be read"):
        sim.rerun(str(tmp_path / "other.json"))


def test_commands_write_manifests_and_run_them_again(tmp_path, capsys, monkeypatch):
    """`run --out` and `compare --out`; 0 for the same bits, 1 and a sentence for others."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "workshop.yaml").write_text(WORKSHOP, encoding="utf-8")
    assert main(["run", "workshop.yaml", "--replications", "2", "--out", "ran"]) == 0
    assert main(["compare", "workshop.yaml", "--with", "team_building", "--replications", "2", "--out", "tried"]) == 0
    capsys.readouterr()
    for name in ("ran/manifest.json", "tried/comparison.json"):
        assert main(["rerun", name]) == 0
        assert "The same bits" in capsys.readouterr().out
        data = json.loads((tmp_path / name).read_text(encoding="utf-8"))
        (data.get("manifest") or data)["seed"] = 3
        (tmp_path / "other.json").write_text(json.dumps(data), encoding="utf-8")
        assert main(["rerun", "other.json", "--lang", "zh"]) == 1
        assert "项指标中有" in capsys.readouterr().err
    assert main(["rerun", "workshop.yaml"]) == 3
    assert json.loads((tmp_path / "ran" / "manifest.json").read_text(encoding="utf-8"))["definition"]["title"]


def test_a_manifest_says_nothing_of_the_machine_but_its_kind(ran, compared):
    """Neither dates nor paths nor who ran it."""
    assert set(ran.manifest["platform"]) == {"system", "machine"}
    assert set(compared.manifest) - set(ran.manifest) >= {"measures", "matters", "names", "definitions"}
    assert json.loads(json.dumps(dict(compared.manifest), allow_nan=False)) == compared.manifest
    same(sim.rerun(told(sim.run(small_scenario()).manifest)), sim.run(small_scenario()))

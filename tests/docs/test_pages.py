"""The documentation says what is true: its tables are fresh, its links lead somewhere, its blocks run."""

import re
import runpy
import shlex
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import sim
from docs import demo, generate
from docs.mark import measured_with, present
from sim.cli import main
from sim.words import words
from tests import ROOT

GENERATOR = ROOT / "docs" / "generate.py"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
RUN = [
    ROOT / "docs" / "scenario-reference.md",
    ROOT / "docs" / "tables.md",
    ROOT / "docs" / "how-to" / "a-department-of-your-own.md",
    ROOT / "docs" / "how-to" / "a-factorial.md",
    ROOT / "docs" / "how-to" / "a-story-of-your-own.md",
    ROOT / "docs" / "how-to" / "an-adaptive-intervention.md",
    ROOT / "docs" / "how-to" / "an-organization-from-excel.md",
    ROOT / "docs" / "how-to" / "audit-a-claim.md",
    ROOT / "docs" / "how-to" / "choosing-within-a-budget.md",
    ROOT / "docs" / "how-to" / "compare-your-own-organization.md",
    ROOT / "docs" / "how-to" / "custom-intervention.md",
    ROOT / "docs" / "how-to" / "dates-and-seasons.md",
    ROOT / "docs" / "how-to" / "experiments.md",
    ROOT / "docs" / "how-to" / "first-hour.md",
    ROOT / "docs" / "how-to" / "from-your-ticket-log.md",
    ROOT / "docs" / "how-to" / "hand-over-a-report.md",
    ROOT / "docs" / "how-to" / "how-sure.md",
    ROOT / "docs" / "how-to" / "look-after-scenarios.md",
    ROOT / "docs" / "how-to" / "money.md",
    ROOT / "docs" / "how-to" / "on-a-cluster.md",
    ROOT / "docs" / "how-to" / "python-api.md",
    ROOT / "docs" / "how-to" / "reading-the-pictures.md",
    ROOT / "docs" / "how-to" / "results-of-an-experiment.md",
    ROOT / "docs" / "how-to" / "shocks.md",
    ROOT / "docs" / "how-to" / "templates.md",
    ROOT / "docs" / "how-to" / "the-page.md",
    ROOT / "docs" / "how-to" / "two-states.md",
    ROOT / "docs" / "how-to" / "was-it-the-measure.md",
]
BLOCK = re.compile(r"^```(yaml|python|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (\S+\.yaml)\n")
LENGTHY = dict.fromkeys(
    (
        "audit-a-claim",
        "compare-your-own-organization",
        "from-your-ticket-log",
        "how-sure",
        "on-a-cluster",
        "python-api",
        "reading-the-pictures",
        "the-page",
        "two-states",
        "was-it-the-measure",
    ),
    pytest.mark.long,
)
"""How-tos that take a while, by name."""


@pytest.fixture(scope="module")
def generator() -> dict[str, Any]:
    return runpy.run_path(str(GENERATOR))


@pytest.mark.parametrize("page", [*generate.BLOCKS, *generate.PICTURES])
def test_generated_tables_are_fresh(generator: dict[str, Any], page: str) -> None:
    """`python docs/generate.py` has been run since the catalogs changed."""
    assert (ROOT / page).read_text(encoding="utf-8") == generator["fresh"](page)


def test_a_page_without_its_block_is_refused(generator: dict[str, Any]) -> None:
    """A marker that was lost is not passed over in silence."""
    with pytest.raises(ValueError, match="the page has no block 'levers'"):
        generator["replaced"]("# Model\n", "levers", "")


def headings(page: Path) -> set[str]:
    """Return the anchors of a page."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that exists, and a heading in it."""
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in link:
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), link
            assert not anchor or anchor in headings(target), link


def run_page(text: str, folder: Path) -> None:
    """Write the files of a page, then run its commands and code from top to bottom, with few replications."""
    names: dict[str, Any] = {}
    for kind, code in BLOCK.findall(text):
        if kind == "yaml" and (name := FILE.match(code)):
            (folder / name[1]).write_text(code, encoding="utf-8")
        elif kind == "sh":
            few = re.sub(r"--replications \d+", "--replications 3", code)
            told = re.sub(r"(check .*--replications) 3", r"\1 8", few)  # so many that words about verdicts are true
            for line in told.splitlines():
                assert main(shlex.split(line, comments=True)[1:]) == 0, line
        elif kind == "python":
            exec(compile(code, "page", "exec"), names)


@pytest.mark.compiled
@pytest.mark.parametrize("page", [pytest.param(page, marks=LENGTHY.get(page.stem, ()), id=page.stem) for page in RUN])
def test_how_tos_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file, command and line of code of a how-to works as it stands."""
    monkeypatch.chdir(tmp_path)
    run_page(page.read_text(encoding="utf-8"), tmp_path)


@pytest.mark.compiled
def test_the_own_organization_behaves_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on paper now; binding roles overload who approves, and answers help once he is relieved."""
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "how-to" / "compare-your-own-organization.md").read_text(encoding="utf-8")
    for code in (code for kind, code in BLOCK.findall(page) if kind == "yaml"):
        (tmp_path / FILE.match(code)[1]).write_text(code, encoding="utf-8")
    found = {}
    for name in ("claims", "relieved"):
        comparison = sim.compare(sim.load(f"{name}.yaml"), replications=8)
        rows = comparison.table[comparison.table["measure"] == "on_time_target"].set_index("alternative")
        found[name] = rows["difference"]
        assert 0.75 < rows["now"].iloc[0] < 0.85
    assert found["claims"]["Roles lived (RACI)"] < -0.3
    assert found["claims"]["Answers within 4 h"] < 0.01
    assert found["relieved"]["Roles lived (RACI)"] > -0.06
    assert found["relieved"]["Answers and stand-up"] > 0.02
    assert found["relieved"].idxmax() == "Answers and stand-up"


@pytest.mark.compiled
def test_the_internet_company_behaves_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft is overwhelmed, the file as it was in the end has three features in five on time, a stand-up helps."""
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "how-to" / "first-hour.md").read_text(encoding="utf-8")
    (code,) = (code for kind, code in BLOCK.findall(page) if kind == "yaml")
    (tmp_path / "versions.yaml").write_text(code, encoding="utf-8")
    draft = sim.run(sim.load("versions.yaml", {"processes.feature.steps.specify.commitment": True}), replications=4)
    assert draft.measures["on_time_target"].mean() < 0.2
    assert draft.diagnosis.busy["product"].share.mean > 0.97
    comparison = sim.compare(sim.load("versions.yaml"), {"stand-up": ["daily_standup:minutes=10"]}, replications=8)
    row = comparison.table.set_index("measure").loc["on_time_target"]
    assert 0.5 < row["now"] < 0.7
    assert row["difference"] > 0.04


FEW = {
    "run": "--replications 2",
    "compare": "--replications 2",
    "report": "--replications 2",
    "sensitivity": "--over relations.trust --over levers.latency --points 4 --trajectories 2 -n 2 --weeks 4",
    "choose": "--from raci,shared_kpi --at-most 20 --fresh 4 --worlds 2 --weeks 4",
    "fit": "--points 200 --rounds 1 --weeks 4",
    "audit": "--claim standup_late_orders --worlds 20 --replications 2",
}
"""What commands are asked for beside what the README asks, so that they take seconds."""


def readme() -> str:
    """Return the README."""
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.compiled
def test_the_commands_and_the_python_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of `deptsim`, from the top, in one folder, and the lines of Python; with few runs."""
    monkeypatch.chdir(tmp_path)
    short = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 8})
    sim.write_log(sim.simulated(sim.run(short, events=True)), "tickets.csv")  # what somebody has exported
    fewer = {"replications=200": "replications=2", "--replications 20": "-n 2", "--robust 60": "--robust 2"}
    blocks = BLOCK.findall(reduce(lambda text, pair: text.replace(*pair), fewer.items(), readme()))
    commands = [shlex.split(line, comments=True) for kind, code in blocks if kind == "sh" for line in code.splitlines()]
    commands = [words[1:] for words in commands if words[0] == "deptsim"]
    assert {"template", "import", "run", "compare", "report"} <= {name for name, *_ in commands}
    for name, *rest in commands:
        assert main([name, *rest, *shlex.split(FEW.get(name, ""))]) == 0, name
    codes = [code for kind, code in blocks if kind == "python"]
    assert codes
    for code in codes:
        exec(compile(code, "README", "exec"), {})


def test_what_the_readme_names_is_there() -> None:
    """Targets of make, commands and options that stand in a sentence."""
    text, rules = readme(), (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"\bmake ([\w-]+)", text))
    assert "demo" in targets
    assert all(re.search(rf"^{target}:", rules, re.MULTILINE) for target in targets)
    options = set(re.findall(r"`(--[a-z]+)", text))
    assert "--lang" in options
    assert {one.removeprefix("--") for one in options} <= {"help", *(one.rstrip("_") for one in words("help").OPTIONS)}


def test_the_readme_is_three_screens() -> None:
    """What it says fits on them; the rest has its pages."""
    assert len(readme().splitlines()) <= 130


@pytest.mark.parametrize("page", demo.PAGES)
def test_what_the_demo_prints_fits_its_window(page: str) -> None:
    """Lines of the blocks that commands printed are no longer than the windows they were printed in."""
    width = {"README.md": demo.NARROW}.get(page, demo.WIDE)
    printed = re.findall(r"^```text\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert [line for text in printed for line in text.splitlines() if cell_len(line) > width] == []
    assert all(text.startswith("$ deptsim compare order_delivery") for text in printed)
    assert len(printed) == 1


@pytest.mark.long
def test_the_pages_show_what_the_demo_prints(generator: dict[str, Any], tmp_path: Path) -> None:
    """What it prints fits into them under the mark of this version; if that is theirs, they say the same already."""
    found = demo.blocks(tmp_path)
    assert {name for names in demo.PAGES.values() for name in names} == set(found)
    for path, names in demo.PAGES.items():
        page = (ROOT / path).read_text(encoding="utf-8")
        for name in names:
            fresh = generator["replaced"](page, name, found[name])
            assert measured_with(found[name]) == present()
            assert found[name] in fresh
            assert fresh == page or measured_with(page) != present()

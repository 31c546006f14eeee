"""Every command in Chinese: nothing English but names and codes, and Chinese set as Chinese, on the shipped example."""

import asyncio
import json
import re

import pytest

import sim
from sim.cli import main
from sim.cli.app import COMMANDS
from sim.verify import CheckResult, VerifyResult
from sim.verify.checks import CHECKS
from tests.worlds.claims import SMALL
from tests.worlds.experiments import SHORT as EXPERIMENT
from tests.worlds.fakes import FakeEngine
from tests.worlds.fitted import made_up as fitted_as_made_up
from tests.worlds.storehouse import store

CODES = re.compile(
    r"order_delivery|summary\.png|Wilson|Holm|JSON Schema|M/[A-Z]/[0-9]|--lang zh"
    r"|Beaumont, [^）]*|Prangle 2016, [^）]*"
    r"|^deptsim: |deptsim( -*[a-z][a-z-]*)+|.select [^;]*? limit 5.|# yaml-language-server: \S+",
    re.MULTILINE,
)
"""Names, codes, commands, files and journals that have no Chinese word."""

CJK = "[\u4e00-\u9fff]"
FAULTS = {
    "English": r"[A-Za-z]{2,} [A-Za-z]{2,}",
    "half-width marks beside Chinese": rf"{CJK} ?[,;:?!()]|[,;:?!()] ?{CJK}",
    "spaces behind full-width marks": r"[，。；：？！（）、“] \S",
    "a space before a percent sign": r"[0-9] %",
    "ranges with a dash": r"[0-9%] ?[–—…~] ?[+−-]?[0-9]",
    "hyphens for minus": r"(?<![\w.:/-])-[0-9]",
    "numbers without their zero": r"(?<![\w.])\.[0-9]",
    "lines that begin with a closing mark": r"^[ │]*[、。，；：？！）”]",
    "words of another vocabulary": "杠杆|会签|联络员|升级路径|运气|推诿率|与零|荟萃|干预|重复 [0-9]",
}

CHOOSE = ["choose", "trust_trap", "--weeks", "2", "--budget", "4h,400h"]
STEPS = (("受理", "销售部", "李雷"), ("生产", "生产部", "韩梅"), ("交付", "销售部", "李雷"))
EVENTS = "case,activity,group,resource,end,due\n" + "".join(
    f"{number},{what},{group},{who},2026-03-{2 + number // 3:02d} {9 + hour}:30,2026-03-{4 + number // 2:02d}\n"
    for number in range(30)
    for hour, (what, group, who) in enumerate(STEPS)
)
SHOWN = {
    "list": ["list"],
    "show": ["show", "order_delivery"],
    "check": ["check", "order_delivery"],
    "run": ["run", "order_delivery", "--replications", "2"],
    "compare": ["compare", "order_delivery", "--replications", "3", "--with", "raci", "--with", "shared_kpi+liaison"],
    "full": ["compare", "order_delivery", "--replications", "3", "--with", "raci:clarity=0.5", "--full"],
    "diff": ["diff", "order_delivery", "service_chain", "--run", "--replications", "2"],
    "new": ["new", "FOLDER/start"],
    "new story": ["new", "FOLDER/told", "--story"],
    "check story": ["check", "scenarios/stories/order_delivery.yaml"],
    "template": ["template", "FOLDER/new.xlsx", "--like", "double11"],
    "import": ["import", "FOLDER/org.xlsx"],
    "schema": ["schema", "--out", "FOLDER/deptsim.schema.json"],
    "explain": ["explain", "order_delivery", "--replications", "1", "--with", "raci"],
    "rerun": ["rerun", "FOLDER/manifest.json"],
    "new experiment": ["new", "FOLDER/asked", "--experiment"],
    "check experiment": ["check", "four_roots"],
    "list experiments": ["list", "experiments"],
    "experiment": ["experiment", "FOLDER/asked.yaml", "--out", "FOLDER/found"],
    "draft": ["experiment", "FOLDER/asked.yaml", "--dry-run"],
    "sweep": ["sweep", "trust_trap", "--vary", "levers.latency=1,2", "-n", "2", "--out", "FOLDER/found"],
    "report": ["report", "trust_trap", "--weeks", "1", "--with", "raci", "-n", "2", "--out", "FOLDER/told"],
    "sensitivity": [
        *("sensitivity", "trust_trap", "--weeks", "1", "--with", "raci", "--over", "relations.trust", "-n", "2"),
        *("--over", "levers.latency=2..8", "--points", "4", "--trajectories", "2", "--out", "FOLDER/mattered"),
        *("--measures", "on_time_target,trust"),
    ],
    "audit": ["audit", "--claims", "FOLDER/my.yaml", "--worlds", "20", "-n", "2", "--out", "FOLDER/audited"],
    "check claims": ["check", "claims"],
    "plan": ["plan", "FOLDER/asked.yaml", "-n", "3"],
    "query": ["query", "FOLDER/made", "select '采购' as n"],
    "results": ["results", "FOLDER/made"],
    "patterns": ["patterns", "P8", "-n", "2"],
    "choose": [
        *CHOOSE,
        "--from",
        "raci,shared_kpi",
        "--at-most",
        "20",
        "--fresh",
        "2",
        "--worlds",
        "2",
        "--out",
        "FOLDER/best",
    ],
    "log": ["log", "FOLDER/orders.csv", "--out", "FOLDER/looked"],
    "judge": ["judge", "FOLDER/before.csv", "--repeats", "2", "--logs", "1", "--out", "FOLDER/judged"],
    "fit-log": ["fit-log", "FOLDER/orders.csv", "-o", "FOLDER/my.yaml", "--out", "FOLDER/fitted"],
    "fit": ["fit", "order_delivery", "--on-time", "0.6", "--out", "FOLDER/found", "-o", "FOLDER/fitted.yaml"],
    "changed": [
        *("changed", "FOLDER/before.csv", "FOLDER/after.csv", "--scenario", "trust_trap", "--with", "raci"),
        *("--weeks", "8", "--worlds", "20", "-n", "2", "--out", "FOLDER/changed"),
    ],
    "verify": ["verify"],
    "serve": ["serve", "order_delivery", "--no-open", "--port", "0"],
    "export-page": ["export-page", "order_delivery", "--toggles", "raci", "-n", "2", "--out", "FOLDER/page.html"],
}
COMPILED = {
    "fit-log",
    "report",
    "run",
    "explain",
    "rerun",
    "export-page",
    "patterns",
    "experiment",
    "sensitivity",
    "draft",
    "sweep",
    "plan",
    "choose",
    "audit",
    "changed",
    "judge",
}
ASKED = {"experiment", "draft", "plan"}


def faults_in(told, names):
    """Return the lines of a text that have one of these faults."""
    lines = told.splitlines()
    return {name: found for name in names if (found := [line for line in lines if re.search(FAULTS[name], line)])}


@pytest.mark.parametrize(
    "command", [pytest.param(one, marks=pytest.mark.compiled) if one in COMPILED else one for one in SHOWN]
)
def test_every_command_speaks_chinese(monkeypatch, capsys, tmp_path, command):
    """Tables, notes, stories, units and grades."""
    if command in ("compare", "diff", "full"):
        FakeEngine().used(monkeypatch)
    if command == "rerun":
        manifest = sim.run(sim.load("order_delivery", {"horizon_weeks": 4}), 2).manifest
        (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    if command in ASKED:
        (tmp_path / "asked.yaml").write_text(EXPERIMENT, encoding="utf-8")
    if command == "import":
        assert main(["template", str(tmp_path / "org.xlsx"), "--lang", "zh"]) == 0
    if command in ("log", "fit-log"):
        (tmp_path / "orders.csv").write_text(EVENTS, encoding="utf-8")
    if command == "audit":
        (tmp_path / "my.yaml").write_text(SMALL, encoding="utf-8")
    if command in ("changed", "judge"):
        short = sim.load("trust_trap", {"warmup_weeks": 0, "horizon_weeks": 8})
        for seed, name in enumerate(("before", "after")):
            log = sim.simulated(sim.run(short, seed=seed, events=True), lang="zh")
            sim.write_log(log, tmp_path / f"{name}.csv")
    if command in ("query", "results"):
        store(tmp_path / "made", blocks=1)
    if command == "verify":
        made_up = VerifyResult(tuple(CheckResult(one.name, 1.5, 1.4, 1.1, 1.6, True) for one in CHECKS))
        monkeypatch.setattr("sim.cli.verifying.verify", lambda **options: made_up)
    if command == "fit":
        monkeypatch.setattr("sim.cli.fitting.fit", lambda *asked, **options: fitted_as_made_up())
    if command == "serve":
        monkeypatch.setattr("sim.web.running.run", lambda app, listening, begun: asyncio.run(begun()) or 0)
    assert main([*(one.replace("FOLDER", str(tmp_path)) for one in SHOWN[command]), "--lang", "zh"]) == 0
    printed = capsys.readouterr()
    told = CODES.sub("N", (printed.out + printed.err).replace(str(tmp_path), "N"))
    assert re.search(CJK, told)
    assert faults_in(told, FAULTS) == {}


def test_no_command_is_left_out():
    """A new command is read as well."""
    assert {words[0] for words in SHOWN.values()} == set(COMMANDS)


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_set_as_chinese(monkeypatch, capsys, command, width):
    """However narrow the window is."""
    monkeypatch.setenv("COLUMNS", str(width))
    assert main([*([command] if command else []), "--help", "--lang", "zh"]) == 0
    told = CODES.sub("N", capsys.readouterr().out)
    assert faults_in(told, [one for one in FAULTS if one != "half-width marks beside Chinese"]) == {}

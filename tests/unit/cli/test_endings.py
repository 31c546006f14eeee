"""However a command is called and whatever befalls it, it ends with a sentence and the exit code for it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.cli import main
from tests import ROOT
from tests.worlds.fakes import SMALL


@pytest.fixture
def small(tmp_path: Path) -> str:
    """A scenario file."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


HEEDING = """import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
for one in (signal.SIGHUP, signal.SIGTERM):
    signal.signal(one, signal.SIG_DFL)
"""


def python(code: str, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, in which no signal is ignored, as it is where nobody hangs up."""
    command = [sys.executable, "-c", f"{HEEDING}{code}", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, **options)


# ── numbers ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("option", ["-n", "--seed", "--threads"])
@pytest.mark.parametrize(
    "written", ["1.5", "2.0", "0x10", "0b1", "1e3", "None", "nan", "", " 3", "٣", "1__0", "9" * 99]
)
def test_a_whole_number_is_written_as_one(
    option: str, written: str, small: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing that only can be made a whole number is taken for one."""
    assert main(["run", small, option, written]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"deptsim: {option}: found '{written}")
    assert "expected a whole number" in printed.err
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize(("written", "meant"), [("2", 2), ("+2", 2), ("0_2", 2), ("002", 2)])
def test_ways_to_write_a_whole_number(written: str, meant: int, small: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Signs and separators are no harm."""
    assert main(["run", small, "-n", written, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["manifest"]["replications"] == meant


# ── bytes that are no text ─────────────────────────────────────────────────────────────────────────────────────────

NO_TEXT = os.fsdecode(b"\xff")


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "SMALL", "--with", f"{NO_TEXT}=raci"],
        ["compare", "SMALL", "--with", f"raci:departments={NO_TEXT}"],
        ["compare", "SMALL", "--measures", NO_TEXT],
        ["run", "SMALL", "--set", f"title={NO_TEXT}"],
        ["run", "SMALL", "-n", NO_TEXT],
        ["run", "SMALL", "--lang", NO_TEXT],
        ["run", "SMALL", f"--{NO_TEXT}"],
        ["run", NO_TEXT],
        ["run", f"{NO_TEXT}.yaml"],
        ["new", "FOLDER/x", "--like", NO_TEXT],
        ["list", NO_TEXT],
        [NO_TEXT],
    ],
)
def test_bytes_that_are_no_text_are_refused(
    arguments: list[str], small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence that shows them."""
    given = [small if one == "SMALL" else one.replace("FOLDER", str(tmp_path)) for one in arguments]
    assert main(given) in (2, 3)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert r"\udcff" in printed.err
    assert len(printed.err.splitlines()) == 1


def test_names_of_files_may_be_any_bytes(small: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A scenario, a folder and a file of such names are read and written."""
    scenario = tmp_path / f"{NO_TEXT}.yaml"
    scenario.write_text(SMALL, encoding="utf-8")
    out, events = tmp_path / f"out{NO_TEXT}", tmp_path / f"events{NO_TEXT}.csv"
    assert main(["run", str(scenario), "-n", "1", "--out", str(out), "--events", str(events)]) == 0
    assert events.exists()
    assert (out / "cases.parquet").exists()
    assert main(["check", str(scenario), "--json"]) == 0


# ── closed and full streams ────────────────────────────────────────────────────────────────────────────────────────


def test_closed_streams_are_nowhere(small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command without anybody to tell does its work all the same."""
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert main(["check", small]) == 0
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["check", f"{small}.nowhere"]) == 3


@pytest.mark.parametrize(("closed", "code"), [(">&-", 0), (">&- 2>&- <&-", 0), (">/dev/full", 1)])
def test_closed_streams_in_a_shell(closed: str, code: int, small: str) -> None:
    """What is said on standard error stays there, and a full disk is told."""
    line = f"'{sys.executable}' -m sim check '{small}' {closed}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (code, "")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == code


def test_errors_stay_out_of_the_output_where_standard_error_is_closed() -> None:
    """A sentence that nobody can hear is not put among the results."""
    line = f"'{sys.executable}' -m sim check nowhere.yaml 2>&-"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    assert "deptsim:" not in done.stdout


def test_help_for_a_reader_who_leaves_early() -> None:
    """The help is printed by a library, which has its own way of noticing."""
    line = f"'{sys.executable}' -m sim --help | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# ── signals ────────────────────────────────────────────────────────────────────────────────────────────────────────

WHILE_LOADING = """
import os, signal, sys
number, when = getattr(signal, sys.argv[1]), sys.argv[2]
class Interrupting:
    def find_spec(self, name, *_):
        if name == when:
            os.kill(os.getpid(), number)
sys.meta_path.insert(0, Interrupting())
sys.argv = ["deptsim", "show", "order_delivery"]
from sim.__main__ import start
start()
"""

WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from sim.cli import signals
from sim.files import whole
signals.end_at_once()
try:
    with whole(Path(sys.argv[2])) as place:
        place.write_text("half")
        os.kill(os.getpid(), getattr(signal, sys.argv[1]))
except BaseException:
    print("somebody swallowed it")
"""

TWICE = """
import os, signal
from sim.cli import signals
signals.end_at_once()
signals.interrupt_first()
try:
    os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt:
    print("showing what there is", flush=True)
    os.kill(os.getpid(), signal.SIGINT)
    print("still here")
"""

ENDS = [("SIGINT", "interrupted"), ("SIGTERM", "terminated"), ("SIGHUP", "terminated")]


@pytest.mark.parametrize("when", ["cyclopts", "sim.cli.guard", "pydantic", "ruamel.yaml"])
@pytest.mark.parametrize(("name", "word"), ENDS)
def test_a_signal_while_libraries_are_loaded(name: str, word: str, when: str) -> None:
    """One word and the usual exit code: the loading of libraries is nobody's concern."""
    done = python(WHILE_LOADING, name, when)
    assert (done.returncode, done.stdout) == (128 + getattr(signal, name), "")
    assert done.stderr == f"deptsim: {word}\n"


def test_an_interruption_before_anybody_listens() -> None:
    """Where there is no command yet, the exception itself is turned into the word."""
    done = python(WHILE_LOADING.replace("name == when", "name == 'sim.cli'"), "SIGINT", "-")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "deptsim: interrupted\n")


@pytest.mark.parametrize(("name", "word"), ENDS)
def test_a_signal_while_a_file_is_written(name: str, word: str, tmp_path: Path) -> None:
    """The old file stays, nothing half-written is left, and nobody can swallow the signal."""
    path = tmp_path / "table.csv"
    path.write_text("old")
    done = python(WHILE_WRITING, name, str(path))
    assert (done.returncode, done.stdout, done.stderr) == (128 + getattr(signal, name), "", f"deptsim: {word}\n")
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("table.csv", "old")]


def test_the_second_interruption_ends_a_command_that_is_still_busy() -> None:
    """The first lets it show what there is."""
    done = python(TWICE)
    assert (done.returncode, done.stdout, done.stderr) == (130, "showing what there is\n", "deptsim: interrupted\n")


# ── memory ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kilobytes", [200_000, 600_000])
def test_a_limit_on_memory_is_told_before_anything_is_loaded(kilobytes: int) -> None:
    """Libraries that find no memory end without a word, or never."""
    line = f"ulimit -v {kilobytes}; '{sys.executable}' -m sim list scenarios"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "MB of memory" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(("arguments", "words"), [(["-n", "9"], "fewer replications"), (["-n", "1"], "fewer weeks")])
@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("can't start new thread")])
def test_advice_where_memory_does_not_suffice(
    arguments: list[str],
    words: str,
    error: Exception,
    small: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One replication cannot be made fewer."""

    def run(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("sim.cli.running.worked_on", run)
    assert main(["run", small, *arguments]) == 1
    assert words in capsys.readouterr().err

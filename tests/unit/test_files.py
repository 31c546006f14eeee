"""Files are there whole or not at all, and places for output are looked at before anything is computed."""

import errno
import os
import stat
from pathlib import Path

import pytest

from sim.cli import main
from sim.files import abandon, beside, try_writing, whole
from sim.scenario import files_of
from tests.worlds.fakes import SMALL


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_what_is_written_is_there(tmp_path: Path) -> None:
    """With the suffix meanwhile, and with the rights that a new file usually has."""
    path = tmp_path / "table.csv"
    with whole(path) as place:
        assert place.suffix == ".csv"
        place.write_text("new")
        assert not path.exists()
    usual = tmp_path / "usual"
    usual.touch()
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
    assert names(tmp_path) == ["table.csv", "usual"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), ValueError("other"), KeyboardInterrupt()])
def test_what_fails_leaves_what_there_was(error: BaseException, tmp_path: Path) -> None:
    """The old file stays as it was, nothing half-written lies beside it, and an error of the disk names the file."""
    path = tmp_path / "table.csv"
    path.write_text("old")
    with pytest.raises(type(error)) as caught, whole(path) as place:  # noqa: PT012  both belong to the writing
        place.write_text("half")
        raise error
    assert path.read_text() == "old"
    assert names(tmp_path) == ["table.csv"]
    assert not isinstance(error, OSError) or caught.value.filename == str(path)


def test_rights_stay_and_links_are_followed(tmp_path: Path) -> None:
    """Who could read the old file can read the new one, and a link still leads to it."""
    path, link = tmp_path / "table.csv", tmp_path / "link.csv"
    path.write_text("old")
    path.chmod(0o640)
    link.symlink_to(path.name)
    with whole(link) as place:
        place.write_text("new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("name", ["/dev/null", "/dev/full", "/dev/stdout", "/proc/self/fd/1", "pipe"])
def test_what_is_no_file_is_written_to_as_it_is(name: str, tmp_path: Path) -> None:
    """Nothing takes the place of a device or a pipe, and trying does not open it."""
    path = tmp_path / name
    if name == "pipe":
        os.mkfifo(path)
    with whole(path) as place:
        assert place == path
    try_writing(path)
    assert path.exists() or name in ("/dev/stdout", "/proc/self/fd/1")


def test_a_file_that_is_locked_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever takes the right to write from a file wants it to stay."""
    path = tmp_path / "table.csv"
    path.write_text("mine")
    monkeypatch.setattr(os, "access", lambda place, mode: False)  # to the system administrator nothing is locked
    with pytest.raises(PermissionError), whole(path) as place:
        place.write_text("yours")
    assert path.read_text() == "mine"


def test_unfinished_files_are_removed_when_a_process_has_to_end(tmp_path: Path) -> None:
    """Also those that somebody is writing."""
    with beside(tmp_path / "a") as one, beside(tmp_path / "b") as other:
        one.write_text("half")
        other.write_text("half")
        abandon()
        assert names(tmp_path) == []


# ── places for output ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a scenario and its parent, in which nothing may be run."""

    def run(*arguments: object, **options: object) -> None:
        raise AssertionError("something was run")

    monkeypatch.setattr("sim.cli.running.worked_on", run)
    monkeypatch.setattr("sim.cli.comparing.worked_on", run)
    (tmp_path / "parent.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "child.yaml").write_text("parent: parent.yaml\nhorizon_weeks: 5\n", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.yaml").symlink_to("parent.yaml")
    (tmp_path / "hard.yaml").hardlink_to(tmp_path / "parent.yaml")
    (tmp_path / "folder_link").symlink_to(".")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run a command that has to end before anything is computed; return its code and its sentence."""
    code = main(list(arguments))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    return code, printed.err


SPELLINGS = ["child.yaml", "parent.yaml", "./parent.yaml", "sub/../parent.yaml", "link.yaml", "hard.yaml"]


@pytest.mark.parametrize("events", [*SPELLINGS, "folder_link/parent.yaml", "ABSOLUTE"])
def test_what_a_scenario_is_read_from_is_never_overwritten(
    events: str, world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By whatever name: its file and its parent are the same afterwards."""
    before = {path: path.read_bytes() for path in world.glob("*.yaml")}
    place = str(world / "child.yaml") if events == "ABSOLUTE" else events
    code, sentence = refused(capsys, "run", "child.yaml", "--events", place)
    assert code == 2
    assert place.removeprefix("./") in sentence
    assert "read from" in sentence
    assert {path: path.read_bytes() for path in world.glob("*.yaml")} == before


def test_the_files_of_a_scenario(world: Path) -> None:
    """Its own and those of its parents."""
    assert [path.name for path in files_of("child.yaml")] == ["child.yaml", "parent.yaml"]
    assert [path.name for path in files_of("order_delivery")] == ["order_delivery.yaml"]


@pytest.mark.parametrize("command", ["run", "compare"])
@pytest.mark.parametrize(
    ("out", "code", "words"),
    [
        ("parent.yaml", 2, "found a file, expected a folder"),
        ("link.yaml", 2, "found a file, expected a folder"),
        ("report.html", 2, "the name of a file"),
        ("Table.CSV", 2, "the name of a file"),
        ("parent.yaml/sub", 1, "cannot be written"),
        ("/proc/nothing", 1, "cannot be written"),
        ("linked", 2, "read from"),
    ],
)
def test_out_is_looked_at_before_the_run(
    command: str, out: str, code: int, words: str, world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no folder, and what cannot be written, is refused; nothing is left of trying."""
    (world / "linked").mkdir()
    (world / "linked" / "table.csv").symlink_to(world / "parent.yaml")
    before = sorted(map(str, world.rglob("*")))
    found, sentence = refused(capsys, command, "child.yaml", "--out", out)
    assert (found, words in sentence, out in sentence) == (code, True, True)
    assert sorted(map(str, world.rglob("*"))) == before


@pytest.mark.parametrize(
    ("events", "code", "words"),
    [
        ("sub", 2, "found a folder"),
        ("nowhere/events.csv", 1, "cannot be written"),
        ("out/cases.csv", 2, "something else is written to"),
        ("folder_link/out/daily.parquet", 2, "something else is written to"),
        ("parent.yaml/events.csv", 1, "cannot be written"),
    ],
)
def test_events_are_looked_at_before_the_run(
    events: str, code: int, words: str, world: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the language that is asked for."""
    asked = ["run", "child.yaml", "--events", events, "--out", "out"]
    found, sentence = refused(capsys, *asked)
    assert (found, words in sentence) == (code, True)
    found, sentence = refused(capsys, *asked, "--lang", "zh")
    assert (found, words in sentence, events in sentence) == (code, False, True)

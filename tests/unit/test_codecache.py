"""What is kept of compiled functions: damage heals itself, and without a place for it everything works as well."""

import errno
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
import pytest

from sim import codecache, notices, places
from sim.codecache import CHECKSUM, SUFFIX, CodeCache
from tests import ROOT


def double(number: float) -> float:
    """Return twice a number."""
    return 2.0 * number


@pytest.fixture(autouse=True)
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Keep code in a folder of this test, and hear what is said of it."""
    heard: list[tuple[str, dict[str, Any]]] = []
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("DEPTSIM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(codecache, "told", lambda event, **facts: heard.append((event, facts)))
    return heard


def call() -> float:
    """Compile the function, or take what was kept of it, as a new process would."""
    compiled = numba.njit(double)
    compiled._cache = CodeCache(double, "0123")
    return float(compiled(21.0))


def kept(tmp_path: Path) -> Path:
    """Return the one file that is kept."""
    (file,) = tmp_path.rglob(f"*{SUFFIX}")
    return file


def in_place_of(make: Callable[[Path], Any]) -> Callable[[Path], None]:
    """Return what removes a file and makes something else where it was."""

    def damage(file: Path) -> None:
        file.unlink()
        make(file)

    return damage


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "empty": lambda file: file.write_bytes(b""),
    "a checksum only": lambda file: file.write_bytes(file.read_bytes()[:CHECKSUM]),
    "less than a checksum": lambda file: file.write_bytes(file.read_bytes()[:7]),
    "half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "random": lambda file: file.write_bytes(bytes(range(256)) * 16),
    "text": lambda file: file.write_text("no machine code"),
    "one bit": lambda file: file.write_bytes(file.read_bytes()[:-1] + bytes([file.read_bytes()[-1] ^ 1])),
    "zeros": lambda file: file.write_bytes(file.read_bytes()[:200] + bytes(400) + file.read_bytes()[600:]),
    "more": lambda file: file.write_bytes(file.read_bytes() + b"more"),
    "whole, but something else": lambda file: file.write_bytes(codecache.hashlib.sha256(b"x").digest() + b"x"),
    "a folder": in_place_of(Path.mkdir),
}


@pytest.mark.compiled
def test_what_is_kept_is_used(tmp_path: Path, told: list[tuple[str, dict[str, Any]]]) -> None:
    """The first call compiles and says so, the second does neither."""
    assert call() == 42.0
    assert told == [("compiling", {})]
    assert kept(tmp_path).parent.parent == tmp_path / "cache"
    assert call() == 42.0
    assert told == [("compiling", {})]


@pytest.mark.compiled
def test_the_kernel_is_kept_this_way() -> None:
    """Everything that Python calls of it."""
    from sim.kernel.advance import advance, begin, bring_up, renew

    assert {type(one._cache) for one in (advance, begin, bring_up, renew)} == {CodeCache}


@pytest.mark.compiled
def test_what_something_else_has_made_is_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[tuple[str, dict[str, Any]]]
) -> None:
    """Another release of what compiles finds nothing, says that it compiles, and leaves the other's code alone."""
    call()
    told.clear()
    monkeypatch.setattr(codecache.llvmlite, "__version__", "another")
    assert call() == 42.0
    assert told == [("compiling", {})]
    assert len(list(tmp_path.rglob(f"*{SUFFIX}"))) == 2


@pytest.mark.compiled
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damage_heals_itself(
    damage: Callable[[Path], Any], tmp_path: Path, told: list[tuple[str, dict[str, Any]]]
) -> None:
    """Damaged code is said to be so, made again, and whole the next time."""
    call()
    file, before = kept(tmp_path), told.copy()
    damage(file)
    assert call() == 42.0
    assert told[len(before) :] == [("damaged", {"folder": file.parent}), ("compiling", {})]
    assert kept(tmp_path) == file
    told.clear()
    assert call() == 42.0
    assert told == []


@pytest.mark.compiled
@pytest.mark.parametrize("target", ["nowhere", "cache/itself"])
def test_a_link_to_nowhere_counts_as_nothing_kept(
    target: str, tmp_path: Path, told: list[tuple[str, dict[str, Any]]]
) -> None:
    """Nothing is read through it, and what is written later is read again."""
    call()
    file = kept(tmp_path)
    file.unlink()
    file.symlink_to(tmp_path / target)
    assert call() == 42.0
    told.clear()
    assert call() == 42.0
    assert told == []


def a_file(cache: Path) -> None:
    """Put a file where the folder should be."""
    cache.write_text("a file of somebody")


def a_dangling_link(cache: Path) -> None:
    """Put a link to nowhere where the folder should be."""
    cache.symlink_to(cache.parent / "nowhere" / "at" / "all")


def a_file_inside(cache: Path) -> None:
    """Put a file where the folder of this version should be."""
    cache.mkdir()
    (cache / "kernel-0123").write_text("a file of somebody")


@pytest.mark.compiled
@pytest.mark.parametrize("spoil", [a_file, a_file_inside, a_dangling_link])
def test_another_folder_is_used_where_the_usual_one_is_none(
    spoil: Callable[[Path], None], tmp_path: Path, told: list[tuple[str, dict[str, Any]]]
) -> None:
    """One sentence names both folders, and the next call finds the code in silence."""
    spoil(tmp_path / "cache")
    assert call() == 42.0
    (first, second) = told
    assert first == ("compiling", {})
    assert second[0] == "unkept"
    assert second[1]["folder"] == tmp_path / "cache" / "kernel-0123"
    assert isinstance(second[1]["error"], OSError)
    assert second[1]["instead"] == kept(tmp_path).parent
    told.clear()
    assert call() == 42.0
    assert told == []


@pytest.mark.compiled
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EFBIG])
def test_nothing_can_be_written_anywhere(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[tuple[str, dict[str, Any]]]
) -> None:
    """The result is there all the same, nothing half-written is left, and one sentence says why."""

    def fail(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:100])
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", fail)
    assert call() == 42.0
    (first, (event, facts)) = told
    assert (first, event) == (("compiling", {}), "unkept")
    assert facts["folder"] == tmp_path / "cache" / "kernel-0123"
    assert facts["error"].errno == number
    assert facts["instead"] is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.compiled
def test_no_temporary_folder_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: list[tuple[str, dict[str, Any]]]
) -> None:
    """A machine whose folders are all full or closed still gets its result."""
    a_file(tmp_path / "cache")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone" / "for" / "good"))
    assert call() == 42.0
    assert [event for event, _ in told] == ["compiling", "unkept"]


@pytest.mark.compiled
def test_no_code_is_taken_from_a_folder_that_others_may_write_to(tmp_path: Path) -> None:
    """Machine code from a place open to everybody would be anybody's code."""
    a_file(tmp_path / "cache")
    call()
    shared = kept(tmp_path).parent.parent
    shared.chmod(0o777)
    folders = list(places.folders("kernel-0123"))
    assert folders == [tmp_path / "cache" / "kernel-0123"]


@pytest.mark.compiled
def test_what_killed_writers_left_is_removed(tmp_path: Path) -> None:
    """A file nobody writes to any more goes; one that somebody may be writing stays."""
    call()
    folder = kept(tmp_path).parent
    old, new = folder / f".old{SUFFIX}", folder / f".new{SUFFIX}"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    (tmp_path / "cache" / "kernel-0123" / next(folder.glob(f"double-*{SUFFIX}")).name).unlink()
    call()
    assert not old.exists()
    assert new.exists()


def test_no_home_is_no_reason_to_fail(tmp_path: Path) -> None:
    """A user without a home, as in a container, can import everything."""
    code = (
        "import os; os.path.expanduser = lambda path: path; from pathlib import Path; Path.home = None;"
        "import sim.kernel.machine; from sim.places import user_folder; print(user_folder())"
    )
    without = {
        name: value for name, value in os.environ.items() if name not in ("HOME", "DEPTSIM_CACHE", "XDG_CACHE_HOME")
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=without, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.strip() == "None"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_notices_name_the_folder_once(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every event is one sentence, said once, in the language chosen."""
    monkeypatch.setattr(notices, "_said", set())
    monkeypatch.setattr(notices, "_language", [language])
    for _ in range(2):
        notices.of_cache("damaged", folder="/a/b")
        notices.of_cache("unkept", folder="/a/b", error=OSError(errno.ENOSPC, "full"), instead="/c/d")
        notices.of_cache("unkept", folder="/a/b", error=OSError(errno.ENOSPC, "full"), instead=None)
        notices.of_cache("compiling")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert all("/a/b" in line for line in lines[:3])
    assert bool(re.search(r"[一-鿿]", "".join(lines))) == (language == "zh")


def test_notices_need_no_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is nobody to tell, nothing fails."""
    monkeypatch.setattr(notices, "_said", set())
    monkeypatch.setattr(sys, "stderr", None)
    notices.of_cache("compiling")

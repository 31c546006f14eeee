"""Answers on disk: damage heals itself, two servers share a folder, what is too much goes, none has to be there."""

import gzip
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.web import cache as caching
from sim.web.agenda import Subject
from sim.web.cache import SUFFIX, Cache, identity, version
from sim.web.known import Known
from tests import ROOT
from tests.worlds.fakes import small_scenario


def a_cache(folder, limit=10**6, name="one"):
    """Return a cache of the scenario 'small'."""
    return Cache({"small": name}, limit, (folder,))


def files(folder):
    """Return everything that is kept."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found_by_kind_key_and_scenario(tmp_path):
    """By everything it depends on, and by nothing else."""
    cache = a_cache(tmp_path)
    assert cache.get("answer", "small", "raci") is None
    assert cache.put("answer", "small", "raci", b'{"n":4}')
    assert cache.has("answer", "small", "raci")
    assert a_cache(tmp_path).get("answer", "small", "raci") == b'{"n":4}'
    assert cache.get("week", "small", "raci") is None
    assert cache.get("answer", "small", "") is None
    assert a_cache(tmp_path, name="other").get("answer", "small", "raci") is None


def in_place_of(make):
    """Return what removes a file and makes something else where it was."""

    def damage(file):
        file.unlink()
        make(file)

    return damage


DAMAGES = {
    "empty": lambda file: file.write_bytes(b""),
    "half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "one bit": lambda file: file.write_bytes(
        bytes([*file.read_bytes()[:-6], file.read_bytes()[-6] ^ 1, 0, 0, 0, 0, 0])
    ),
    "random": lambda file: file.write_bytes(bytes(range(256)) * 4),
    "no JSON": lambda file: file.write_bytes(gzip.compress(b"no answer")),
    "no text": lambda file: file.write_bytes(gzip.compress(b'"\xff\xfe"')),
    "deep": lambda file: file.write_bytes(gzip.compress(b"[" * 100_000)),
    "a folder": in_place_of(Path.mkdir),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_heals_itself(tmp_path, damage):
    """Whatever is no answer is thrown away, and another takes its place."""
    cache = a_cache(tmp_path)
    cache.put("answer", "small", "raci", b'{"n":4}')
    (file,) = files(tmp_path)
    DAMAGES[damage](file)
    assert cache.get("answer", "small", "raci") is None
    assert not cache.has("answer", "small", "raci")
    cache.put("answer", "small", "raci", b'{"n":8}')
    assert cache.get("answer", "small", "raci") == b'{"n":8}'


def test_what_is_known_is_computed_again_where_it_was_damaged(tmp_path):
    """A file counts as known until somebody reads it."""
    a_cache(tmp_path).put("answer", "small", "raci", b'{"n":4}')
    known, subject = Known(a_cache(tmp_path)), Subject("small", "raci")
    (file,) = files(tmp_path)
    file.write_bytes(b"nothing")
    assert known.has("answer", subject)
    assert known.answer(subject) is None
    assert not known.has("answer", subject)


def test_what_cannot_be_thrown_away_counts_as_not_there(tmp_path):
    """Else it would be known for ever, and nobody would make it; the next place takes what is made."""
    first, second = tmp_path / "first", tmp_path / "second"
    cache = Cache({"small": "one"}, 10**6, (first, second))
    cache.put("answer", "small", "raci", b'{"n":4}')
    (file,) = files(first)
    in_place_of(Path.mkdir)(file)
    (file / "of somebody else").touch()
    assert cache.has("answer", "small", "raci")
    assert cache.get("answer", "small", "raci") is None
    assert not cache.has("answer", "small", "raci")
    assert cache.put("answer", "small", "raci", b'{"n":8}')
    assert cache.has("answer", "small", "raci")
    assert cache.get("answer", "small", "raci") == b'{"n":8}'


def test_what_was_used_longest_ago_goes(tmp_path):
    """The limit holds, and what was read lately stays."""
    letters = [os.urandom(500).hex() for _ in range(20)]
    cache = a_cache(tmp_path)
    for number, text in enumerate(letters):
        cache.put("answer", "small", str(number), f'"{text}"'.encode())
    for age, file in enumerate(files(tmp_path)):
        os.utime(file, (age, age))
    assert cache.get("answer", "small", "3") is not None
    bounded = a_cache(tmp_path, limit=sum(file.stat().st_size for file in files(tmp_path)) // 2)
    bounded.tidy()
    assert 0 < sum(file.stat().st_size for file in files(tmp_path)) <= bounded._limit
    assert bounded.get("answer", "small", "3") is not None


def test_writing_much_stays_within_the_limit(tmp_path):
    """Also where nobody tidies by hand."""
    cache = a_cache(tmp_path, limit=40_000)
    for number in range(4 * caching._LOOK):
        cache.put("answer", "small", str(number), f'"{os.urandom(300).hex()}"'.encode())
    most = 40_000 + caching._LOOK * 700
    assert sum(file.stat().st_size for file in files(tmp_path)) < most


def test_what_killed_writers_left_is_removed(tmp_path):
    """A file nobody writes to any more goes; one that somebody may be writing stays."""
    cache = a_cache(tmp_path)
    cache.put("answer", "small", "", b"{}")
    folder = files(tmp_path)[0].parent
    old, new = folder / f".old{SUFFIX}", folder / f".new{SUFFIX}"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    empty = tmp_path / "of-another-version"
    empty.mkdir()
    os.utime(empty, (0, 0))
    cache.tidy()
    assert (old.exists(), new.exists(), empty.exists()) == (False, True, False)


def test_without_a_place_everything_works(tmp_path):
    """What cannot be kept is not kept; the next place is tried first."""
    closed = tmp_path / "closed"
    closed.write_text("a file where a folder should be")
    cache = Cache({"small": "one"}, 10**6, (closed,))
    assert not cache.put("answer", "small", "", b"{}")
    assert cache.get("answer", "small", "") is None
    both = Cache({"small": "one"}, 10**6, (closed, tmp_path / "other"))
    assert both.put("answer", "small", "", b"{}")
    assert both.get("answer", "small", "") == b"{}"
    nowhere = Cache({"small": "one"}, 10**6, ())
    assert not nowhere.put("answer", "small", "", b"{}")


WRITER = """
import sys, json
from pathlib import Path
from sim.web.cache import Cache
cache = Cache({"small": "one"}, 20_000, (Path(sys.argv[1]),))
for n in range(300):
    key = str(n % 7)
    cache.put("week", "small", key, json.dumps([key] * 200).encode())
    found = cache.get("week", "small", key)
    assert found is None or set(json.loads(found)) == {key}, found
    if n % 20 == 0:
        cache.tidy()
"""


def test_two_servers_share_a_folder(tmp_path):
    """Two processes that write, read and tidy the same files get whole answers or none."""
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    several = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = [(one.wait(120), one.stderr.read()) for one in several]
    for one in several:
        one.stderr.close()
    assert ended == [(0, ""), (0, "")]
    assert not [file for file in files(tmp_path) if file.name.startswith(".")]


def test_an_identity_is_of_the_scenario_with_its_words_and_the_luck(monkeypatch):
    """And of the version: other words in a label, another seed or another version are another answer."""
    scenario = small_scenario()
    renamed = scenario.model_copy(update={"title": {"en": "Other", "zh": "其他"}})
    assert renamed.hash == scenario.hash
    found = [identity(scenario, 1), identity(renamed, 1), identity(scenario, 2)]
    assert identity(small_scenario(), 1) == found[0]
    monkeypatch.setattr(caching, "version", lambda: "another")
    assert len({*found, identity(scenario, 1)}) == 4


def test_the_version_is_of_code_and_words(monkeypatch):
    """What answers are made of: sources, words, and what it computes with."""
    before = version()
    version.cache_clear()
    monkeypatch.setattr(caching, "_installed", lambda package: f"{package} of tomorrow")
    assert version() != before
    version.cache_clear()
    monkeypatch.undo()
    assert version() == before


@pytest.mark.parametrize("name", ["words/zh/page.toml", "report/pictures/bars.py", "web/answer.py"])
def test_whatever_an_answer_says_makes_another_version(tmp_path, monkeypatch, name):
    """A word in either language, a rule of the report, a line of this part."""
    monkeypatch.setattr(caching, "__file__", str(tmp_path / "web" / "cache.py"))
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    found = set()
    for text in ("one", "other"):
        file.write_text(text)
        caching.version.cache_clear()
        found.add(version())
    caching.version.cache_clear()
    assert len(found) == 2


def test_memory_is_bounded(tmp_path):
    """What does not fit goes from memory and is read from disk again; growing answers alike."""
    known = Known(a_cache(tmp_path), memory=10_000)
    for number in range(30):
        known.put("week", Subject("small", str(number)), b'"' + b"x" * 1000 + b'"')
        known.grow(Subject("small", f"growing {number}"), b'{"x":"' + b"x" * 1000 + b'"}')
    assert sum(map(len, known._final.values())) <= 10_000
    assert sum(map(len, known._growing.values())) <= 2_500
    assert known.get("week", Subject("small", "0")) is not None


def test_half_written_files_are_nobodys_for_an_hour(tmp_path):
    """The clock of the file counts."""
    assert time.time() - caching._LEFT_BEHIND > 0
    cache = a_cache(tmp_path)
    cache.put("answer", "small", "", b"{}")
    left = files(tmp_path)[0].with_name(f".left{SUFFIX}")
    left.write_bytes(b"")
    recent = time.time() - caching._LEFT_BEHIND / 2
    os.utime(left, (recent, recent))
    cache.tidy()
    assert left.exists()

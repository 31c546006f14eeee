"""Do the quick tests notice when the source is changed? Places are drawn by a seed and changed, one at a time.

`make mutation` (or `python -m tests.mutation --seed 1 --places 40`) draws places in what computes measures, in what
compiles scenarios and in the mechanisms, in turn; changes each in a copy of the project; runs the tests there that are
quick and concern it; and prints which changes none of them has noticed. What survives is either no change of what
anybody sees, or a hole in the tests.

Libraries do not fit: `mutmut` and `cosmic-ray` go through everything, with one command for all; `mutatest2` draws by a
seed, but changes neither numbers nor minima and does not drop parts.
"""

import argparse
import difflib
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from tests import ROOT
from tests.mutation.changes import Place, changed, places_of

COMMON = (
    "tests/unit/interventions/test_lasting.py",
    *(f"tests/unit/scenario/test_{name}.py" for name in ("shocks", "pace", "target", "together", "agreed")),
    "tests/unit/log",
    "tests/contract/test_agreed.py",
    *(f"tests/laws/test_{name}.py" for name in ("ledger", "ownership", "luck", "rework", "shocks", "identities")),
    "tests/theory/test_verify.py",
)
OUTSIDE = (
    *(f"tests/unit/test_{name}.py" for name in ("measures", "outcome", "frames", "pairs", "tables")),
    "tests/unit/compile",
    *(f"tests/unit/kernel/test_{name}.py" for name in ("calendars", "draws")),
    *COMMON,
    *(f"tests/unit/study/test_{name}.py" for name in ("weeks", "directcost", "diagnosis")),
    "tests/contract/test_standing_still.py",
    "tests/contract/test_frames_say_the_same.py",
    *(f"tests/laws/test_{name}.py" for name in ("forms", "same_bits", "reshape")),
)
"""Tests with the kernel as it was compiled once: what is around it can be changed without compiling anything."""
INSIDE = (
    *(f"tests/unit/kernel/test_{name}.py" for name in ("formulas", "mechanisms")),
    "tests/unit/kernel",
    "tests/unit/test_measures.py",
    *COMMON,
    "tests/laws/test_conservation.py",
)
"""Tests with the kernel as plain Python: compiling it for every change would take longer than testing."""


class Area(NamedTuple):
    """Sources, and the tests that have to notice what is changed in them."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]
    compiled: bool = True


AREAS = {
    "measures": Area(
        tuple(f"sim/{name}.py" for name in ("measures", "counted", "outcome", "frames", "weekly", "pairs")), OUTSIDE
    ),
    "compile": Area(("sim/compile/*.py",), OUTSIDE),
    "mechanisms": Area(("sim/kernel/mechanisms/*.py",), INSIDE, compiled=False),
}
LONGEST = 200
"""Seconds of a processor after which a change that makes tests run on and on has been noticed."""
FAILED = 2
"""What pytest returns at most where there are tests: 1 where one fails, 2 where one cannot even be read."""


class Mutant(NamedTuple):
    """A source that is changed at one place."""

    area: str
    path: str
    line: int
    text: str
    diff: tuple[str, ...]


def drawn(seed: int, n: int) -> list[Mutant]:
    """Return `n` mutants of the project, the areas in turn; a place has only one of its changes."""
    luck = random.Random(seed)
    areas = []
    for area, (patterns, *_) in AREAS.items():
        paths = sorted(path for pattern in patterns for path in ROOT.glob(pattern))
        every = [(area, path, place) for path in paths for place in places_of(path.read_text(encoding="utf-8"))]
        areas.append(luck.sample(every, len(every)))
    in_turn = [one for one in chain.from_iterable(zip_longest(*areas)) if one is not None]
    return [_mutant(area, path, place, luck.choice(place.instead)) for area, path, place in in_turn[:n]]


def _mutant(area: str, path: Path, place: Place, instead: str) -> Mutant:
    source = path.read_text(encoding="utf-8")
    text = changed(source, place, instead)
    lines = difflib.ndiff(source.splitlines(), text.splitlines())
    diff = tuple(f"{line[0]} {line[1:].strip()}" for line in lines if line[0] in "+-")
    line = source.encode()[: place.begin].count(b"\n") + 1
    return Mutant(area, path.relative_to(ROOT).as_posix(), line, text, diff)


def copied(folder: Path) -> Path:
    """Copy what the tests need to a folder, where it may be changed."""
    left = shutil.ignore_patterns(".*", "build", "demo")
    return Path(shutil.copytree(ROOT, folder / "project", ignore=left))


def noticed(project: Path, area: Area) -> bool:
    """Return whether a test fails; tests that do not come to an end have failed."""
    which = "not long" if area.compiled else "not long and not compiled"
    settings = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": ".", "NUMBA_DISABLE_JIT": str(int(not area.compiled))}
    options = ("-qx", "-p", "no:cacheprovider", "--hypothesis-profile=few", "-m", which)
    command = [sys.executable, "-m", "pytest", *options, *area.tests]
    limited = partial(resource.setrlimit, resource.RLIMIT_CPU, (LONGEST, LONGEST))
    ran = subprocess.run(
        command, cwd=project, env=os.environ | settings, capture_output=True, preexec_fn=limited, check=False
    )
    if ran.returncode > FAILED:
        raise RuntimeError(ran.stdout.decode() + ran.stderr.decode())
    return ran.returncode != 0


def survives(project: Path, mutant: Mutant) -> bool:
    """Return whether no test notices a mutant; afterwards the project is as it was."""
    path = project / mutant.path
    before = path.read_text(encoding="utf-8")
    path.write_text(mutant.text, encoding="utf-8")
    try:
        return not noticed(project, AREAS[mutant.area])
    finally:
        path.write_text(before, encoding="utf-8")


def main(given: Sequence[str] | None = None) -> None:
    """Draw, change, test, and say what has survived."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="what draws the places (default: 1)")
    parser.add_argument("--places", type=int, default=40, help="how many places (default: 40)")
    parser.add_argument("--only", type=int, nargs="+", help="numbers of mutants, to try some of them again")
    parser.add_argument("--list", action="store_true", help="show the mutants, and test nothing")
    asked = parser.parse_args(given)
    numbered = [one for one in enumerate(drawn(asked.seed, asked.places), 1) if not asked.only or one[0] in asked.only]
    if asked.list:
        for number, mutant in numbered:
            _show(number, mutant, "")
        return
    left = _tried(numbered)
    for area in AREAS:
        print(f"{area}: {_in(area, left)} of {_in(area, numbered)} survive")
    print(f"seed {asked.seed}: {len(left)} of {len(numbered)} survive")


Numbered = Sequence[tuple[int, Mutant]]


def _tried(numbered: Numbered) -> Numbered:
    """Return the mutants that no test notices."""
    left = []
    with tempfile.TemporaryDirectory() as folder:
        project = copied(Path(folder))
        if any(noticed(project, area) for area in {one._replace(sources=()) for one in AREAS.values()}):
            sys.exit("tests fail without any change, so that nothing can be told")
        for number, mutant in numbered:
            begin = time.perf_counter()
            survived = survives(project, mutant)
            _show(number, mutant, f"{'SURVIVES' if survived else 'noticed'} after {time.perf_counter() - begin:.0f} s")
            left += [(number, mutant)] * survived
    return left


def _in(area: str, numbered: Numbered) -> int:
    return sum(mutant.area == area for _, mutant in numbered)


def _show(number: int, mutant: Mutant, said: str) -> None:
    print(
        f"{number:3} {mutant.path}:{mutant.line} {said}",
        *(f"      {line}" for line in mutant.diff),
        sep="\n",
        flush=True,
    )

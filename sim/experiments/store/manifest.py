"""What a store is of: the experiment in full, its organizations, what computes it; and whether it can be gone on with.

Everything that a bit of the results depends on stands in the manifest, and nothing else that differs from one machine
to another: Python, the system and the versions of packages are told in the journal. The kernel has a hash of its
sources and of what makes machine code of them, deptsim has one of all sources on which results depend.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sim
from sim.experiments.plan import Plan
from sim.experiments.rounds import goes_on
from sim.experiments.store.errors import StoreError
from sim.results import circumstances
from sim.scenario import definition
from sim.spec.findings import listed
from sim.words import Text, words

texts = words("store")

FORMAT = 1
"""The version of the form of stores."""

EXPERIMENT = "experiment"

SAID = ("format", "name", "title", "question", "answer", "scenarios", "measures", "replications", "engine")
"""What an experiment file says that no run depends on: it may change while there is a store."""

BESIDE = ("deptsim", "points", "measures")
"""The same of the manifest: what follows from the rest, or puts it into words."""

_SHORT = 60


def manifest_of(plan: Plan) -> dict[str, Any]:
    """Return what is asked, and what answers."""
    here = circumstances()
    return {
        "format": FORMAT,
        "deptsim": sim.__version__,
        "kernel": here["kernel"],
        "sources": here["sources"],
        EXPERIMENT: plan.experiment.model_dump(mode="json", by_alias=True),
        "scenarios": {name: definition(one) for name, one in plan.scenarios.items()},
        "points": plan.total,
        "columns": list(plan.specs),
        "measures": {name: {"unit": spec.unit, "label": spec.label.by_language()} for name, spec in plan.specs.items()},
    }


def text_of(manifest: Mapping[str, Any]) -> str:
    """Return a manifest as it is written."""
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def identity(manifest: Mapping[str, Any]) -> str:
    """Return 16 hex digits that stand for everything on which the rows of a block with some number depend."""
    told = json.dumps(_matters(manifest), sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest()[:16]


def _matters(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return what runs depend on, in one level: the fields of the manifest and those of the experiment."""
    beside = {name: value for name, value in manifest.items() if name not in (*BESIDE, EXPERIMENT)}
    asked = {f"{EXPERIMENT}.{name}": value for name, value in manifest[EXPERIMENT].items() if name not in SAID}
    return beside | asked


def read_manifest(path: Path) -> dict[str, Any] | None:
    """Return the manifest in a file; None where there is none, or what is there is none."""
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    known = isinstance(found, dict) and isinstance(found.get(EXPERIMENT), dict) and "format" in found
    return found if known else None


def check_same(folder: Path, there: Mapping[str, Any], asked: Mapping[str, Any]) -> None:
    """Refuse a folder that holds another experiment, or the same of another deptsim, or runs that nobody asks for.

    Raises
    ------
    StoreError
        Saying what differs, and what can be done.
    """
    if there["format"] != FORMAT:
        raise StoreError(texts.OTHER_FORMAT.format(folder=folder, found=f"{there['format']!s:.60}", known=FORMAT))
    for name in ("sources", "kernel"):
        if there.get(name) != asked[name]:
            facts = {"there": there.get("deptsim"), "then": there.get(name), "now": asked[name]}
            raise StoreError(texts.OTHER_SOURCES.format(folder=folder, what=texts.WHAT[name], **facts))
    if differing := list(_differing(_matters(there), _matters(asked))):
        raise StoreError(texts.OTHER_EXPERIMENT.format(folder=folder, differing=listed(differing)))
    then, now = (one[EXPERIMENT].get("replications") for one in (there, asked))
    if not goes_on(then, now):
        raise StoreError(texts.OTHER_REPLICATIONS.format(folder=folder, then=_short(then), now=_short(now)))


def _differing(there: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[Text]:
    """Yield what is not the same, with what it was and is where that is short."""
    for name in dict.fromkeys((*asked, *there)):
        then, now = there.get(name), json.loads(json.dumps(asked.get(name)))
        if then != now:
            field = name.removeprefix(f"{EXPERIMENT}.")
            plain = texts.DIFFERS.format(field=field)
            short = len(f"{_short(then)}{_short(now)}") <= _SHORT
            yield texts.THEN_NOW.format(field=field, then=_short(then), now=_short(now)) if short else plain


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

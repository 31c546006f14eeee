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
from sim.experiments.rounds import ROUND, goes_on
from sim.experiments.store.errors import OtherExperimentError, StoreError
from sim.results import circumstances
from sim.scenario import definition
from sim.words import Text, phrases, words

texts = words("store")

FORMAT = 1
"""The version of the form of stores."""

EXPERIMENT = "experiment"

MANY = "replications"
"""The part on which no row depends, but how many there are: it may grow while there is a store."""

_SHORT = 60


def manifest_of(plan: Plan) -> dict[str, Any]:
    """Return what is asked, and what answers."""
    here = circumstances()
    return {
        "format": FORMAT,
        "deptsim": sim.__version__,
        "kernel": here["kernel"],
        "sources": here["sources"],
        "parts": dict(plan.parts),
        EXPERIMENT: plan.experiment.model_dump(mode="json", by_alias=True),
        "scenarios": {name: definition(one) for name, one in plan.scenarios.items()},
        "points": plan.total,
        "measures": {name: {"unit": spec.unit, "label": spec.label.by_language()} for name, spec in plan.specs.items()},
    }


def text_of(manifest: Mapping[str, Any]) -> str:
    """Return a manifest as it is written."""
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def identity(manifest: Mapping[str, Any]) -> str:
    """Return 16 hex digits that stand for everything on which the rows of a block with some number depend."""
    parts = {name: digest for name, digest in manifest["parts"].items() if name != MANY}
    told = [FORMAT, manifest["kernel"], manifest["sources"], sorted(parts.items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def read_manifest(path: Path) -> dict[str, Any] | None:
    """Return the manifest in a file; None where there is none, or what is there is none."""
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    known = isinstance(found, dict) and "format" in found and isinstance(found.get(EXPERIMENT), dict)
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
    if differing := list(_differing(there, asked)):
        raise OtherExperimentError(texts.OTHER_EXPERIMENT.format(folder=folder, differing=phrases(differing)))
    then, now = (one[EXPERIMENT].get(MANY) for one in (there, asked))
    if not goes_on(then, now):
        said = texts.OTHER_RULE
        if isinstance(then, int) and isinstance(now, int):
            said = texts.FEWER_REPLICATIONS if now < then else texts.OTHER_REPLICATIONS
        raise StoreError(said.format(folder=folder, then=_short(then), now=_short(now), round=ROUND))


def _differing(there: Mapping[str, Any], asked: Mapping[str, Any]) -> Iterator[Text]:
    """Yield the parts that are not the same, with what they were and are where that is short."""
    parts = there.get("parts", {})
    for name in dict.fromkeys((*asked["parts"], *parts)):
        if name == MANY or parts.get(name) == asked["parts"].get(name):
            continue
        then, now = (_short(one[EXPERIMENT].get(name)) for one in (there, asked))
        told = then != now and len(then + now) <= _SHORT
        yield texts.THEN_NOW.format(field=name, then=then, now=now) if told else Text(name, name)


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

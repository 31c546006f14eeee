"""What an experiment is: digests of all that its rows depend on, part by part, so that a difference can be named."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.classcode import code_of, qualified
from sim.experiments.experiment import Experiment
from sim.experiments.varied import Varied
from sim.interventions import Intervention
from sim.interventions.own import described
from sim.ownmeasures import Measure
from sim.scenario import Scenario
from sim.scenario.bundles import Bundle

CUT = ("replications", "block", "tables")
"""Parts that change no row: how many there are, how they are cut into blocks, and what is stored beside them."""

LETTERS = 16
"""Of the digest of a part."""


def parts_of(
    experiment: Experiment, scenarios: Mapping[str, Scenario], varied: Iterable[Varied], own: Sequence[Measure]
) -> dict[str, str]:
    """Return a digest of each part of an experiment, by the name of its field.

    Factors count by what they mean, not by how they are written; words for people do not count.

    Parameters
    ----------
    experiment
        What the file says.
    scenarios
        The organizations, by name.
    varied
        The factors, as they are understood.
    own
        The measures that are written in Python.
    """
    said = experiment.model_dump(mode="json", by_alias=True, include={"design", "seed", "luck", *CUT})
    parts = {
        "scenarios": {name: one.hash for name, one in scenarios.items()},
        "factors": [_content(one) for one in varied],
        "design": said["design"],
        "seed": said["seed"],
        **({"luck": said["luck"]} if experiment.luck == "own" else {}),
        "measures": {one.name: one.code for one in own},
        **{name: said[name] for name in CUT},
    }
    return {name: _sha(part)[:LETTERS] for name, part in parts.items()}


def hash_of(parts: Mapping[str, str]) -> str:
    """Return the SHA-256 of the parts on which rows depend, as 64 hex digits."""
    return _sha([[name, digest] for name, digest in parts.items() if name not in CUT])


def _sha(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False).encode()).hexdigest()


def _content(value: Any) -> Any:
    """Return what counts in what is varied, as plain data; of what is written in Python, its code too."""
    if isinstance(value, Intervention):
        return described(value)
    if isinstance(value, Bundle):
        return [[_content(one) for one in value.with_], _content(value.set_)]
    if isinstance(value, type):
        return [qualified(value), code_of(value)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
        return [type(value).__name__, _content(fields)]
    if isinstance(value, Mapping):
        return [[key, _content(inner)] for key, inner in value.items()]
    if isinstance(value, list | tuple):
        return [_content(inner) for inner in value]
    return value if isinstance(value, bool | int | str | None) else repr(float(value))

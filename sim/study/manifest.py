"""What has to be known to get the same comparison again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_jsonable_python

from sim.interventions.own import described
from sim.results import RunResult
from sim.spec.findings import Finding
from sim.study.alternatives import Alternative
from sim.words import LANGUAGES, Text

_OF_ONE_RUN = ("definition", "tables", "results")
_NOTHING = Text("", "")


def comparison_manifest(
    runs: Mapping[str, RunResult],
    alternatives: Sequence[Alternative],
    baseline: Text,
    measures: Sequence[str],
    matters: float,
) -> dict[str, Any]:
    """Return scenarios, luck, alternatives, versions and digests of a comparison, as plain data without dates."""
    now = runs[baseline.en]
    called = {baseline.en: baseline, **{one.label: one.name for one in alternatives}}
    return {
        **{name: value for name, value in now.manifest.items() if name not in _OF_ONE_RUN},
        "warmup_weeks": now.scenario.warmup_weeks,
        "horizon_weeks": now.scenario.horizon_weeks,
        "tail_weeks": now.scenario.tail,
        "measures": list(measures),
        "matters": matters,
        "baseline": baseline.en,
        "alternatives": {one.label: [described(item) for item in one.interventions] for one in alternatives},
        "changes": {one.label: _places(one) for one in alternatives if one.changes},
        "names": {label: {language: name.get(language) for language in LANGUAGES} for label, name in called.items()},
        "departments": {one.label: runs[one.label].manifest["department"] for one in alternatives},
        "scenario_hashes": {label: run.manifest["scenario_hash"] for label, run in runs.items()},
        "definitions": {label: run.manifest["definition"] for label, run in runs.items()},
        "results": {label: run.manifest["results"] for label, run in runs.items()},
    }


def _places(alternative: Alternative) -> dict[str, Any]:
    """Return what an alternative sets, by place as people write it."""
    return {
        Finding(_NOTHING, one.path).field: to_jsonable_python(one.value, serialize_unknown=True)
        for one in alternative.changes
    }

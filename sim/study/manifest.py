"""What has to be known to get the same comparison again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.interventions.own import described
from sim.results import RunResult
from sim.study.alternatives import BASELINE, Alternative
from sim.words import LANGUAGES

_OF_ONE_RUN = ("definition", "tables", "results")


def comparison_manifest(
    runs: Mapping[str, RunResult], alternatives: Sequence[Alternative], measures: Sequence[str], matters: float
) -> dict[str, Any]:
    """Return scenarios, luck, alternatives, versions and digests of a comparison, as plain data without dates."""
    now = runs[BASELINE.en]
    return {
        **{name: value for name, value in now.manifest.items() if name not in _OF_ONE_RUN},
        "warmup_weeks": now.scenario.warmup_weeks,
        "horizon_weeks": now.scenario.horizon_weeks,
        "tail_weeks": now.scenario.tail,
        "measures": list(measures),
        "matters": matters,
        "alternatives": {one.label: [described(item) for item in one.interventions] for one in alternatives},
        "names": {one.label: {language: one.name.get(language) for language in LANGUAGES} for one in alternatives},
        "departments": {one.label: runs[one.label].manifest["department"] for one in alternatives},
        "scenario_hashes": {label: run.manifest["scenario_hash"] for label, run in runs.items()},
        "definitions": {label: run.manifest["definition"] for label, run in runs.items()},
        "results": {label: run.manifest["results"] for label, run in runs.items()},
    }

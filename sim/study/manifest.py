"""What has to be known to get the same comparison again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.interventions.own import described
from sim.results import manifest_of
from sim.scenario import Scenario
from sim.study.alternatives import Alternative


def comparison_manifest(
    scenario: Scenario, alternatives: Sequence[Alternative], replications: int, seed: int, measures: Sequence[str]
) -> dict[str, Any]:
    """Return scenario, luck, alternatives and versions of a comparison, as plain data without dates."""
    return manifest_of(scenario, seed, replications) | {
        "warmup_weeks": scenario.warmup_weeks,
        "horizon_weeks": scenario.horizon_weeks,
        "measures": list(measures),
        "alternatives": {
            one.label: [described(intervention) for intervention in one.interventions] for one in alternatives
        },
    }

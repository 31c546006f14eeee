"""What has to be known to get the same comparison again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.hooks import name_of
from sim.interventions.own import described
from sim.results import manifest_of
from sim.scenario import Scenario
from sim.study.alternatives import BASELINE, Alternative

if TYPE_CHECKING:
    from sim.agents import Departments


def comparison_manifest(
    scenario: Scenario,
    alternatives: Sequence[Alternative],
    replications: int,
    seed: int,
    measures: Sequence[str],
    departments: Mapping[str, Departments | None],
) -> dict[str, Any]:
    """Return scenario, luck, alternatives and versions of a comparison, as plain data without dates."""
    return manifest_of(scenario, seed, replications, department=name_of(departments[BASELINE.en])) | {
        "warmup_weeks": scenario.warmup_weeks,
        "horizon_weeks": scenario.horizon_weeks,
        "tail_weeks": scenario.tail,
        "measures": list(measures),
        "alternatives": {
            one.label: [described(intervention) for intervention in one.interventions] for one in alternatives
        },
        "departments": {one.label: name_of(departments[one.label]) for one in alternatives},
    }

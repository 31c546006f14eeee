"""What has to be known to get the same comparison again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic_core import to_jsonable_python

from sim.hooks import name_of
from sim.interventions.own import described
from sim.ownmeasures import Measure
from sim.results import manifest_of
from sim.scenario import Scenario
from sim.spec.findings import Finding
from sim.study.alternatives import Alternative
from sim.words import Text

if TYPE_CHECKING:
    from sim.agents import Departments

NOTHING = Text("", "")


def comparison_manifest(
    scenarios: Mapping[str, Scenario],
    alternatives: Sequence[Alternative],
    replications: int,
    seed: int,
    measures: Sequence[str],
    departments: Mapping[str, Departments | None],
    own: Sequence[Measure] = (),
) -> dict[str, Any]:
    """Return scenario, luck, alternatives and versions of a comparison, as plain data without dates.

    The baseline is the first of the scenarios; what alternatives add, set and start from is told by label.
    """
    (label, scenario), *others = scenarios.items()
    return manifest_of(scenario, seed, replications, department=name_of(departments[label])) | {
        "warmup_weeks": scenario.warmup_weeks,
        "horizon_weeks": scenario.horizon_weeks,
        "tail_weeks": scenario.tail,
        "measures": list(measures),
        "own_measures": {one.name: one.code for one in own},
        "baseline": label,
        "alternatives": {
            one.label: [described(intervention) for intervention in one.interventions] for one in alternatives
        },
        "changes": {one.label: _places(one) for one in alternatives if one.changes},
        "scenario_hashes": {name: one.hash for name, one in others},
        "departments": {one.label: name_of(departments[one.label]) for one in alternatives},
    }


def _places(alternative: Alternative) -> dict[str, Any]:
    """Return what an alternative sets, by place as people write it."""
    return {
        Finding(NOTHING, one.path).field: to_jsonable_python(one.value, serialize_unknown=True)
        for one in alternative.changes
    }

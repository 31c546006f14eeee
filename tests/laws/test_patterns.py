"""Patterns the model promises for its default parameters, as statistics over paired replications."""

import pytest
from scipy.stats import ttest_rel

import sim
from sim.replications import replicate


@pytest.mark.compiled
def test_the_on_time_rate_has_an_interior_optimum_in_adherence() -> None:
    """Asking nobody and asking everybody always are both worse than asking sometimes."""
    scenario = sim.load("order_delivery")

    def on_time(adherence: float) -> list[float]:
        levers = {**scenario.levers, "adherence": adherence}
        varied = scenario.model_copy(update={"levers": levers})
        return list(replicate(varied, replications=20, seed=1).measures["on_time_target"])

    nobody, sometimes, always = on_time(0.0), on_time(0.45), on_time(1.0)
    assert ttest_rel(sometimes, nobody, alternative="greater").pvalue < 0.001
    assert ttest_rel(sometimes, always, alternative="greater").pvalue < 0.001

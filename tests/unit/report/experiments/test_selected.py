"""What was selected is told by group and organization, with its guarantee, and what was not is told as well."""

import pytest

from sim.experiments.experiment import SelectionRule
from sim.report.experiments.gathered import reading_of
from sim.report.experiments.summary import summary
from tests.worlds.fakes import small_scenario
from tests.worlds.madeup import made_up

PAIR = {"raci": {"with": "raci"}, "kpi": {"with": "shared_kpi"}}


def results(helps=0.1, zone=1.0, names=("small",), **rule):
    """Return results of an experiment that looks for the best point; the second factor helps, the first does harm."""

    def value(levels):
        return {"on_time_target": 0.5 - 0.1 * levels["raci"] + helps * levels["kpi"]}

    scenarios = {name: small_scenario(name=name, title=name.title()) for name in names}
    found = made_up(scenarios, PAIR, value, measures=["on_time_target"], replications=20)
    asked = SelectionRule(measure="on_time_target", zone=zone, at_most=20, **rule)
    found.experiment = found.experiment.model_copy(update={"replications": asked})
    return found


def test_the_best_point_of_every_group():
    """By where its factors stand; the guarantee is told once."""
    said = reading_of(results(groups={"roles": [2, 3], "every": [0, 1, 2, 3]})).selected
    assert said[0] == "The best of roles for on time: RACI matrix, Shared KPIs."
    assert said[1] == "The best of every for on time: Shared KPIs."
    assert said[2].startswith("Where one is named it is the best, with a confidence of 95 %")
    assert "1.00 points" in said[2]
    assert len(said) == 3


def test_every_organization_has_its_own():
    """And is named then."""
    said = reading_of(results(names=("one", "other"))).selected
    assert [one.split(":")[0] for one in said[:2]] == ["The best of One for on time", "The best of Other for on time"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_left_is_told(lang):
    """Where replications were not enough, or nothing is defined."""
    found = results(helps=0.0, zone=0.001)
    told = reading_of(found, lang).selected[0]
    assert ("points are left (nothing of it; Shared KPIs" if lang == "en" else "个设计点（均不采用；共同 KPI") in told
    found.runs["on_time_target"] = float("nan")
    told = reading_of(found, lang).selected[0]
    assert ("hardly defined" if lang == "en" else "几乎没有定义") in told


def test_an_experiment_that_looks_for_nothing_says_nothing():
    """A fixed number of replications selects no point."""
    found = results()
    assert "The best for on time: Shared KPIs." in summary(found)
    found.experiment = found.experiment.model_copy(update={"replications": 20})
    assert reading_of(found).selected == []

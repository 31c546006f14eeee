"""Whoever introduces what finds nothing to do here is told so, in one sentence with the reason."""

import pytest

import sim
from sim.interventions import Custom
from sim.interventions.custom import CustomEdit
from sim.report.diagnosis import added
from sim.scenario import Scenario, findings_in
from sim.words import Text


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the manufacturer, who has no routine steps, and nobody who leaves."""
    return sim.load("order_delivery", {"levers.concentration": 0.5, "levers.onboarding_weeks": 20})


def moving(**aims: float) -> Custom:
    """Return an intervention that moves levers a part of the way."""
    return Custom(moves=tuple(CustomEdit(lever=lever, toward=aim, strength=0.5) for lever, aim in aims.items()))


def told(scenario: Scenario, *given: Custom) -> list[Text]:
    """Return what is said when something is introduced."""
    return [one.text for one in findings_in(scenario.with_interventions(given))]


def test_nothing_of_it_acts(scenario: Scenario) -> None:
    """Levers with the same reason are named together."""
    (text,) = told(scenario, moving(concentration=0.0, onboarding_weeks=4.0, automation=1.0))
    assert text.en == (
        "found custom, of which nothing acts here: concentration, onboarding_weeks (nobody leaves); automation "
        "(no step says how much of it is routine); expected an organization that has what it is for, or only its cost "
        "is left"
    )
    assert text.zh.startswith("写了 custom，在此完全不起作用：concentration")


def test_a_part_of_it_acts(scenario: Scenario) -> None:
    """What does not is named; of an intervention of the catalog only where it is what that is mainly for."""
    (text,) = told(scenario, moving(automation=1.0, documents=1.0))
    assert text.en == (
        "found custom, of which a part does nothing here: automation (no step says how much of it is routine)"
    )
    assert told(scenario, moving(documents=1.0)) == []


def test_what_another_brings_about_acts(scenario: Scenario) -> None:
    """People who leave because of one intervention are what another is for."""
    leave = Custom(moves=(CustomEdit(lever="quit_rate", toward=1.0, worsens=True),))
    stay = moving(concentration=0.0)
    assert told(scenario, leave, stay) == []
    assert len(told(scenario, stay)) == 1


def test_an_organization_that_has_the_problem_is_told_nothing(scenario: Scenario) -> None:
    """A suggestion of a file is looked at beside what is there already."""
    routine = scenario.changed({"processes.order.steps.sign.routine": 0.5})
    suggested = {"compare": [{"label": "Robots", "with": [moving(automation=1.0)]}]}
    assert findings_in(routine.changed(suggested)) == ()
    (found,) = findings_in(scenario.changed(suggested))
    assert found.severity == "warning"
    assert str(found).startswith("compare[0].with[0]: found custom, of which nothing acts here: automation")


def test_a_comparison_tells_it_of_an_alternative(scenario: Scenario) -> None:
    """By its label, in every language."""
    scenarios = {"Now": scenario, "Robots": scenario.with_interventions([moving(automation=1.0)])}
    names = {"Now": Text("Now", "现状"), "Robots": Text("Robots", "机器人")}
    (en,), (zh,) = (added(scenarios, names, lang) for lang in ("en", "zh"))
    assert en.startswith("Robots: interventions[0]: found custom, of which nothing acts here")
    assert zh.startswith("机器人：interventions[0]：写了 custom，在此完全不起作用")


def test_what_it_would_move_is_not_there(scenario: Scenario) -> None:
    """A pool of budgets where nobody has a purse costs its minutes, and moves no lever at all."""
    (finding,) = findings_in(scenario.with_interventions(["budget_pool"]))
    assert "found budget_pool, of which nothing acts here: nothing that it would move is here" in str(finding)

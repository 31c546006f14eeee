"""Large organizations can be put together and checked; a quadratic step anywhere would hang these tests."""

import random

import pytest

from sim.scenario import Finding, Scenario, findings_in, planned_loads, window
from sim.scenario.window import weeks_of
from sim.spec import Demand, Department, Process, Step, Work
from sim.words import Text

SIZE = 10_000


def built(steps: dict[str, Step]) -> Scenario:
    """Return a scenario with ten thousand departments."""
    departments = {f"d{i}": Department(staff=2, calendar="always") for i in range(SIZE)}
    process = Process(demand=Demand(per_week=5.0), steps=steps, start={f"s{i}": 1.0 / SIZE for i in range(SIZE)})
    return Scenario(departments=departments, processes={"p": process}, levers={"preset": "neutral"})


@pytest.mark.parametrize(
    "shape", [pytest.param("chain", marks=pytest.mark.long), pytest.param("tangle", marks=pytest.mark.compiled)]
)
def test_ten_thousand_departments(shape: str) -> None:
    """Ten thousand departments and steps are checked, whether cases run along a line or all over the place."""
    draw = random.Random(1)
    work = Work.exponential(0.01)
    steps = {}
    for i in range(SIZE):
        tangled = {f"s{draw.randrange(SIZE)}": 0.3 for _ in range(3)}
        row = tangled if shape == "tangle" else {f"s{i + 1}": 1.0} if i + 1 < SIZE else {}
        steps[f"s{i}"] = Step(R=f"d{i}", work=work, next=row)
    scenario = built(steps)
    total = sum(load.work for load in planned_loads(scenario))
    expected = 5.0 * 0.01 * ((SIZE + 1) / 2 if shape == "chain" else 10.0)
    assert total == pytest.approx(expected, rel=0.01)
    scenario.with_interventions(["raci"])
    assert len(scenario.hash) == 64
    assert not [one for one in findings_in(scenario) if one.severity == "error"]


def test_what_takes_a_look_at_every_process_is_not_asked_for_every_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many processes are twice as much to look at, and not four times."""
    looks = []
    monkeypatch.setattr(window, "weeks_of", lambda *about: looks.append(0) or weeks_of(*about))
    counts = []
    for size in (20, 40):
        looks.clear()
        step = Step(R="desk", work=Work.exponential(0.01))
        flows = {f"p{i}": Process(demand=Demand(per_week=5.0), steps={"do": step}) for i in range(size)}
        findings_in(Scenario(departments={"desk": Department(staff=2)}, processes=flows))
        counts.append(len(looks))
    assert counts[1] == 2 * counts[0] > 0


@pytest.mark.long
def test_ten_thousand_misspellings() -> None:
    """As many errors are told too."""
    with pytest.raises(ValueError, match="expected a department"):
        built({f"s{i}": Step(R=f"x{i}", work=Work.exponential(1.0), next={f"y{i}": 0.5}) for i in range(SIZE)})
    assert str(Finding(Text("x", "x"), ("a", 0, "b"))) == "a[0].b: x"

"""How cases move and how busy everybody is: what is found before anything runs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import Scenario, ScenarioError, findings_in, planned_loads, visits
from sim.spec import Demand, Department, Organization, Process, Step, Work
from sim.spec.traffic import DENSE


def graph(**needs: str) -> Process:
    """Return a process with steps that need each other, written as names with blanks."""
    steps = {name: Step(R="d", work=Work.deterministic(1.0), needs=tuple(n.split())) for name, n in needs.items()}
    return Process(demand=Demand(per_week=1.0), steps=steps)


def markov(start: dict[str, float] | None = None, **rows: dict[str, float]) -> Process:
    """Return a process in which cases move by chance."""
    steps = {name: Step(R="d", work=Work.deterministic(1.0), next=row) for name, row in rows.items()}
    return Process(demand=Demand(per_week=1.0), steps=steps, start=start)


def told(process: Process) -> list[str]:
    """Return what is said about a scenario with this process."""
    try:
        Scenario(departments={"d": Department(staff=5)}, processes={"p": process})
    except ValueError as error:
        return [line.strip() for line in str(error).splitlines() if "processes.p" in line]
    return []


def test_sound_processes() -> None:
    """Chains, branches, joins, loops with a way out."""
    assert told(graph(a="", b="", c="")) == []
    assert told(graph(a="", b="a", c="a", d="b c")) == []
    assert told(markov(a={"b": 1.0}, b={"a": 0.5})) == []
    assert told(markov(a={"b": 0.5, "end": 0.5}, b={})) == []
    assert told(markov({"b": 1.0}, b={"a": 1.0}, a={"end": 1.0})) == []


def test_steps_follow_in_the_written_order_unless_needs_say_otherwise() -> None:
    """Without any needs each step waits for the one before; with needs somewhere, steps without start at once."""
    assert graph(a="", b="", c="").predecessors() == {"a": (), "b": ("a",), "c": ("b",)}
    assert graph(a="", b="", c="a").predecessors() == {"a": (), "b": (), "c": ("a",)}


@pytest.mark.parametrize(
    ("process", "sentences"),
    [
        (graph(a="b", b="a"), ["steps.a.needs: found the cycle a -> b -> a, expected needs without a cycle"]),
        (graph(a="a"), ["steps.a.needs: found the cycle a -> a"]),
        (graph(a="", b="c", c="b", d="a b"), ["cycle b -> c -> b", "steps.d.needs: can never be reached, because it"]),
        (graph(a="b", b="a", c="d", d="c"), ["cycle a -> b -> a", "cycle c -> d -> c"]),
        (graph(a="", b="aa"), ["steps.b.needs[0]: found 'aa', expected a step of this process (a, b)"]),
        (graph(a="", b="a a"), ["steps.b.needs[1]: found 'a' a second time"]),
        (graph(a="", end="a"), ["found a step named 'end'"]),
        (graph(**{f"s{i}": "" for i in range(61)}), ["found 61 steps, expected at most 60"]),
        (markov(a={"b": 0.7, "end": 0.7}, b={}), ["steps.a.next: found shares that sum to 1.4, expected at most 1"]),
        (markov(a={"b": 0.7, "end": 0.2}, b={}), ["sum to 0.9 with 'end', expected exactly 1"]),
        (markov(a={"bb": 1.0}), ["steps.a.next.bb: found 'bb', expected a step of this process or 'end' (a)"]),
        (markov(a={"b": 0.5}, b={}, c={"b": 1.0}), ["steps.c: can never be reached"]),
        (markov(a={"b": 0.0}, b={}), ["steps.b: can never be reached"]),
        (markov(a={"a": 1.0}), ["steps.a.next: cases never leave from here"]),
        (markov(a={"b": 0.5}, b={"c": 1.0}, c={"b": 1.0}), ["steps.b.next: cases never leave", "steps.c.next: cases"]),
        (markov({"a": 0.5}, a={}), ["start: found shares that sum to 0.5, expected 1"]),
        (markov({"x": 1.0}, a={}), ["start.x: found 'x', expected a step of this process (a)"]),
        (markov(a={"a": 1 - 1e-7}), ["a case visits a step more than 100,000 times"]),
    ],
)
def test_unsound_processes(process: Process, sentences: list[str]) -> None:
    """Every way in which cases get stuck or steps are never reached is told."""
    found = told(process)
    assert len(found) == len(sentences), found
    assert all(sentence in one for sentence, one in zip(sentences, found, strict=True)), found


def test_two_ways_to_describe_a_process_do_not_mix() -> None:
    """Needs, probabilities and first steps belong to one way of describing a process."""
    row = Step(R="d", work=Work.deterministic(1.0), next={})
    mixed = {"a": row, "b": row.model_copy(update={"next": None, "needs": ("a",), "probability": 0.5, "due_days": 3.0})}
    found = told(Process(demand=Demand(per_week=1.0), steps=mixed))
    assert any("steps.b.needs: found needs beside 'next'" in one for one in found)
    assert any("steps.b.probability: found a probability in a process with 'next'" in one for one in found)
    assert any("steps.b.due_days: found 3 in a process with 'next', expected milestones only" in one for one in found)
    assert any("start: found first steps, expected them only where" in one for one in told(
        graph(a="").model_copy(update={"start": {"a": 1.0}})))  # fmt: skip


def test_visits_of_a_loop() -> None:
    """A step that is repeated with chance r is visited 1/(1 - r) times; branches add up."""
    assert visits(markov(a={"a": 0.2}))["a"] == pytest.approx(1.25)
    loop = visits(markov(a={"b": 0.6, "c": 0.4}, b={"a": 0.5, "end": 0.5}, c={}))
    assert loop == pytest.approx({"a": 1 / 0.7, "b": 0.6 / 0.7, "c": 0.4 / 0.7})
    assert visits(graph(a="", b="a")) == {"a": 1.0, "b": 1.0}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_sparse_and_dense_solutions_agree(seed: int) -> None:
    """Large processes are solved another way than small ones, with the same result."""
    import random

    draw = random.Random(seed)
    size = DENSE + 20
    rows = {f"s{i}": {f"s{draw.randrange(size)}": 0.4, f"s{(i + 1) % size}": 0.5} for i in range(size)}
    process = markov(dict.fromkeys(rows, 1 / size), **rows)
    found = visits(process)
    inflow = dict.fromkeys(rows, 1 / size)
    for name, row in rows.items():
        for to, share in row.items():
            inflow[to] += found[name] * share
    assert found == pytest.approx(inflow, rel=1e-8)


def organization(adherence: float = 0.5, **changes: object) -> Organization:
    """Return two departments, an approver, and a process with every role."""
    told: dict[str, object] = {
        "departments": {
            "sales": {"staff": 2, "skill": 2.0, "pools": {"director": {"hours_per_week": 4}}},
            "production": {"staff": 3, "calendar": "always", "own_work": {"share": 0.25}},
        },
        "processes": {
            "order": {
                "demand": {"per_week": 10},
                "steps": {
                    "sign": {"R": "sales", "A": "sales.director", "C": ["production"], "work": {"exponential": 4}},
                    "make": {"R": "production", "I": ["sales"], "work": 6, "probability": 0.5},
                },
            }
        },
        "levers": {"adherence": adherence},
    }
    return Organization.model_validate({**told, **changes})


def test_load_adds_up() -> None:
    """Own work, process work and coordination of each owner of a queue, by hand."""
    sales, production, director = planned_loads(organization())
    assert (sales.owner, sales.capacity, sales.own) == ("sales", 80.0, 0.0)
    assert sales.work == pytest.approx(10 * 4 / 2)
    assert sales.coordination == pytest.approx(10 * 0.5 * 0.5 * 0.1 / 2)
    assert production.capacity == 3 * 168
    assert production.own == pytest.approx(0.25 * 3 * 168)
    assert production.work == pytest.approx(10 * 0.5 * 6)
    assert production.coordination == pytest.approx(10 * 0.5 * 0.5)
    assert (director.owner, director.capacity) == ("sales.director", 4.0)
    assert director.coordination == pytest.approx(10 * 0.5 * 0.3)
    assert director.utilization == pytest.approx(1.5 / 4)


def test_load_of_dated_cases_and_overhead() -> None:
    """Dated cases come in the weeks from the first to the last; overhead takes from the capacity."""
    process = organization().processes["order"].model_copy(update={"demand": Demand(at=(0.0, 100.0, 1680.0))})
    changed = organization(processes={"order": process}, levers={"overhead": 0.5, "adherence": 0.0})
    sales, _, director = planned_loads(changed)
    assert sales.work == pytest.approx(0.3 * 4 / 2)
    assert sales.capacity == 40.0
    assert director.coordination == 0.0


def test_levers_fall_back_from_department_to_organization_to_preset() -> None:
    """A lever stands where the department says, else the organization, else the preset."""
    world = Organization.model_validate(
        {
            **dict(organization()),
            "departments": {"sales": {"staff": 1, "levers": {"clarity": 0.9}}, "production": {"staff": 1}},
            "levers": {"preset": "neutral", "boost": 3},
        }
    )
    assert world.preset == "neutral"
    assert world.lever("clarity", "sales") == 0.9
    assert world.lever("clarity", "production") == 1.0
    assert world.lever("clarity") == 1.0
    assert world.lever("boost", "sales") == 3.0
    assert organization().preset == "typical"
    assert organization().lever("clarity") == 0.3


def test_utilization_is_a_warning_with_the_figure() -> None:
    """Too much work is told for departments and for approvers, and does not forbid the scenario."""
    world = organization(adherence=1.0)
    busy = world.processes["order"].model_copy(update={"demand": Demand(per_week=45.0)})
    scenario = Scenario.model_validate({**dict(world), "management": "production", "processes": {"order": busy}})
    found = findings_in(scenario)
    assert [one.severity for one in found] == ["warning"] * 2
    assert "departments.sales.staff: found a utilization of 1.14" in str(found[0])
    assert "departments.sales.pools.director: found a utilization of 3.38" in str(found[1])


def test_errors_in_python_are_the_same_sentences() -> None:
    """A scenario that is put together in Python is refused with the same words."""
    with pytest.raises(ValueError, match=r"processes\.order\.steps\.sign\.R: found 'sales', expected a department"):
        Scenario.model_validate({**dict(organization()), "departments": {"production": {"staff": 1}}})
    assert issubclass(ScenarioError, ValueError)

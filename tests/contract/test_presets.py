"""A preset is nothing but a name for doses: it acts, is written and is refused like them."""

import pytest

import sim
from sim.compile import compile_scenario
from sim.interventions import INTERVENTIONS, Intervention, JobRotation
from sim.outcome import simulate
from sim.scenario import Scenario, ScenarioError, dump, loads
from sim.scenario.schema import schema
from sim.study.alternatives import AlternativeError, make_intervention
from tests.worlds.anatomy import bits, differing

PRESETS = [(kind, name) for kind, cls in INTERVENTIONS.items() for name in cls.presets]

every_preset = pytest.mark.parametrize(("kind", "name"), PRESETS, ids=[f"{kind}-{name}" for kind, name in PRESETS])


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """Return the manufacturer's order process, watched for a few weeks."""
    short = {"horizon_weeks": 3.0, "warmup_weeks": 0.0, "tail_weeks": 5.0}
    return sim.load("order_delivery").model_copy(update=short)


def left_by(scenario: Scenario, *added: Intervention) -> dict[str, dict[str, bytes]]:
    """Return the tables of one replication as bits."""
    outcome = simulate(compile_scenario(scenario.with_interventions(added)), 3, 0)
    return {name: bits(getattr(outcome, name)) for name in ("cases", "days", "links")}


@pytest.mark.compiled
@every_preset
def test_a_preset_equals_its_doses_spelled_out(scenario: Scenario, kind: str, name: str) -> None:
    """To the bit, also beside others of its kind."""
    cls = INTERVENTIONS[kind]
    short, long = cls(kind=kind, preset=name), cls(kind=kind, **cls.presets[name])
    assert differing(left_by(scenario, short), left_by(scenario, long)) == []
    assert differing(left_by(scenario, short, cls(kind=kind)), left_by(scenario, long, cls(kind=kind))) == []


@every_preset
def test_a_preset_is_written_by_its_name(scenario: Scenario, kind: str, name: str) -> None:
    """With what is said otherwise, also where that is as usual without the preset; reading gives the same."""
    cls = INTERVENTIONS[kind]
    field = next(iter(cls.presets[name]))
    usual = cls.model_fields[field].get_default()
    ready = cls(kind=kind, preset=name)
    other = cls(kind=kind, preset=name, **{field: usual}, strength=0.5)
    again = loads(dump(scenario.with_interventions([ready, other])))
    assert again.interventions[-2:] == tuple(one.model_copy(update={"start_week": 0.0}) for one in (ready, other))
    said = scenario.model_copy(update={"interventions": (ready, other)}).model_dump(mode="json")["interventions"]
    differs = {} if usual == cls.presets[name][field] else {field: usual}
    assert said == [{"kind": kind, "preset": name}, {"kind": kind, "preset": name, "strength": 0.5, **differs}]


@every_preset
def test_presets_have_words_and_editors_know_them(kind: str, name: str) -> None:
    """In both languages, of doses that exist, and how it takes hold."""
    cls = INTERVENTIONS[kind]
    assert set(cls.preset_labels) == set(cls.presets)
    assert cls.preset_labels[name].en.isascii()
    assert cls.preset_labels[name].zh
    assert set(cls.presets[name]) <= {"adoption", *cls.model_fields} - (set(Intervention.model_fields) - {"adoption"})
    assert name in schema()["$defs"][cls.__name__]["properties"]["preset"]["anyOf"][0]["enum"]


def test_what_is_said_overrides_a_preset() -> None:
    """In Python, and in a line of text; a copy with another preset has its doses."""
    assert JobRotation(loss=0.3).model_copy(update={"preset": "week"}) == JobRotation(preset="week", loss=0.3)
    assert JobRotation(preset="week", loss=0.3) == make_intervention("job_rotation:preset=week,loss=0.3")
    longer = JobRotation(preset="week", weeks=2.0)
    assert (longer.staff_share, longer.weeks) == (0.2, 2.0)


@pytest.mark.parametrize(
    ("kind", "name", "sentence"),
    [
        ("job_rotation", "wek", "found 'wek', expected one of week, half_year, front_help; did you mean 'week'?"),
        ("job_rotation", "year", "found 'year', expected one of week, half_year, front_help"),
        ("liaison", "week", "found 'week', expected no preset, because this intervention has none"),
    ],
)
def test_an_unknown_preset_is_refused(scenario: Scenario, kind: str, name: str, sentence: str) -> None:
    """In one sentence with the known ones, at its field."""
    with pytest.raises(ScenarioError) as caught:
        scenario.with_interventions([{"kind": kind, "preset": name}])
    assert str(caught.value).startswith(f"interventions[0].preset: {sentence}")
    with pytest.raises(AlternativeError, match="parameter 'preset'"):
        make_intervention(f"{kind}:preset={name}")

"""What is no number, text or truth value is never made one: in files, in Python and on the command line."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from sim.interventions import INTERVENTIONS
from sim.scenario import Scenario, ScenarioError
from sim.study.alternatives import AlternativeError, parse_alternative
from tests.worlds.scenarios import scenarios

Place = tuple[str | int, ...]


def leaves(data: Any, path: Place = ()) -> list[tuple[Place, Any]]:
    """Return every number, text and truth value of plain data with its place."""
    if isinstance(data, dict):
        return [leaf for key, value in data.items() for leaf in leaves(value, (*path, key))]
    if isinstance(data, list | tuple):
        return [leaf for place, value in enumerate(data) for leaf in leaves(value, (*path, place))]
    return [] if data is None else [(path, data)]


def other_kinds(value: Any) -> list[Any]:
    """Return the same said in other kinds of values, none of which is meant."""
    if isinstance(value, bool):
        return [int(value), str(value).lower(), float(value), np.int64(value)]
    if isinstance(value, str):
        return [5, 0.5, True, [value], value.encode()]
    return [str(value), bool(value), [value], np.bool_(value), str(value).encode()]


def put(data: Any, path: Place, value: Any) -> Any:
    """Return a copy of data with another value at a place."""
    if not path:
        return value
    held = list(data) if isinstance(data, list | tuple) else dict(data)
    held[path[0]] = put(held[path[0]], path[1:], value)  # type: ignore[call-overload, index]
    return held


@settings(max_examples=40)
@given(scenarios(), st.data())
def test_no_value_of_a_scenario_is_taken_for_another_kind(scenario: Scenario, data: st.DataObject) -> None:
    """Wherever in a scenario."""
    plain = scenario.model_dump(by_alias=True, exclude_none=True)
    path, value = data.draw(st.sampled_from(leaves(plain)))
    wrong = data.draw(st.sampled_from(other_kinds(value)))
    with pytest.raises((ValidationError, ScenarioError)):
        Scenario.model_validate(put(plain, path, wrong))


FIELDS = [
    (kind, path, value)
    for kind, cls in INTERVENTIONS.items()
    for path, value in leaves(
        {
            name: field.get_default(call_default_factory=True)
            if not isinstance(field.get_default(call_default_factory=True), BaseModel)
            else field.get_default(call_default_factory=True).model_dump()
            for name, field in cls.model_fields.items()
        }
    )
    if path != ("kind",)
]


@pytest.mark.parametrize(("kind", "path", "value"), FIELDS, ids=lambda one: str(one))
def test_no_dose_is_taken_for_another_kind(kind: str, path: Place, value: Any) -> None:
    """Of no intervention; what is said is what was found and expected."""
    cls = INTERVENTIONS[kind]
    usual = cls().model_dump()
    for wrong in other_kinds(value):
        with pytest.raises(ValidationError):
            cls.model_validate(put(usual, path, wrong))


@pytest.mark.parametrize("weeks", [True, "2", 2.0, np.float64(2.0), np.bool_(True), None])
def test_a_whole_number_of_weeks(weeks: Any) -> None:
    """Meetings every few weeks: a number that is whole, and written as one."""
    with pytest.raises(ValidationError):
        INTERVENTIONS["monthly_retrospective"].model_validate({"every_weeks": weeks})


@pytest.mark.parametrize("two", [2, np.int64(2), np.uint8(2)])
def test_numbers_of_other_libraries_become_pythons_own(two: Any) -> None:
    """Whole ones and others."""
    made = INTERVENTIONS["monthly_retrospective"].model_validate({"every_weeks": two, "minutes": two})
    assert (made.every_weeks, made.minutes) == (2, 2.0)  # type: ignore[attr-defined]
    assert [type(value) for value in (made.every_weeks, made.minutes)] == [int, float]  # type: ignore[attr-defined]
    half = INTERVENTIONS["raci"].model_validate({"clarity": Fraction(1, 2)})
    assert type(half.clarity) is float  # type: ignore[attr-defined]


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), np.float64("nan")])
def test_no_dose_is_endless_or_nothing(wrong: float) -> None:
    """Neither infinite nor no number at all."""
    with pytest.raises(ValidationError):
        INTERVENTIONS["raci"].model_validate({"clarity": wrong})


@pytest.mark.parametrize(
    "written",
    [
        "monthly_retrospective:every_weeks=2.0",
        "monthly_retrospective:every_weeks=true",
        "monthly_retrospective:every_weeks='2'",
        "raci:clarity=true",
        "raci:clarity=nan",
        "raci:clarity=inf",
        "raci:adoption.fidelity=false",
        "job_rotation:preset=3",
    ],
)
def test_alternatives_on_the_command_line(written: str) -> None:
    """A sentence, as for a file."""
    with pytest.raises(AlternativeError, match="expected"):
        parse_alternative(written)


def test_whole_numbers_on_the_command_line() -> None:
    """Written as such they are such, for fields of whole numbers and of others."""
    (made,) = parse_alternative("monthly_retrospective:every_weeks=2,minutes=60").interventions
    assert (made.every_weeks, made.minutes) == (2, 60.0)  # type: ignore[attr-defined]

"""Hours of work, calendars, names, labels and mappings."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sim.spec import ALWAYS, OFFICE, Calendar, Department, FrozenMap, Work, text_of
from sim.spec.base import Label, Name, number, whole
from sim.spec.nearest import did_you_mean, nearest
from sim.words import Text
from tests.worlds.scenarios import calendars, weighted, works

relaxed = settings(deadline=None)
U = np.linspace(0.0005, 0.9995, 1000)


@relaxed
@given(works())
def test_quantiles_have_the_stated_mean(work: Work) -> None:
    """Quantiles rise, and their average comes near the mean (heavy tails lose a little of it)."""
    hours = work.quantile(U)
    assert np.all(np.diff(hours) >= 0.0)
    assert np.all(hours >= 0.0)
    if work.cv < 1.5:
        assert hours.mean() == pytest.approx(work.mean, rel=0.06)
        assert hours.std() == pytest.approx(work.cv * work.mean, rel=0.25, abs=1e-9)


@relaxed
@given(works())
def test_work_is_written_as_it_was_read(work: Work) -> None:
    """The written form leads back to the same distribution."""
    assert Work.model_validate(work.model_dump()) == work
    assert Work.model_validate({"family": work.family, "parameters": work.parameters}) == work


@pytest.mark.parametrize(
    ("work", "mean", "cv"),
    [
        (Work.deterministic(3.0), 3.0, 0.0),
        (Work.deterministic(0.0), 0.0, 0.0),
        (Work.exponential(2.0), 2.0, 1.0),
        (Work.gamma(2.0, 0.5), 2.0, 0.5),
        (Work.lognormal(2.0, 1.5), 2.0, 1.5),
        (Work.lognormal(2.0, 0.0), 2.0, 0.0),
        (Work.gamma(2.0, 0.0), 2.0, 0.0),
        (Work.model_validate({"uniform": {"low": 0.0, "high": 6.0}}), 3.0, 3.0**-0.5),
        (Work.model_validate({"triangular": {"low": 0, "mode": 3, "high": 6}}), 3.0, 6.0**-0.5),
        (Work.empirical([0, 6]), 3.0, 3.0**-0.5),
        (Work.empirical([0, 0, 2, 4]), 4.0 / 3.0, 1.0),
    ],
)
def test_moments(work: Work, mean: float, cv: float) -> None:
    """Mean and coefficient of variation are those of the textbook."""
    assert work.mean == pytest.approx(mean)
    assert work.cv == pytest.approx(cv)


def test_quantiles_at_known_points() -> None:
    """Medians and quartiles of the textbook; without spread every quantile is the mean."""
    assert Work.gamma(2.0, 0.0).quantile(U) == pytest.approx(2.0)
    assert Work.lognormal(2.0, 0.0).quantile(U) == pytest.approx(2.0)
    assert Work.gamma(2.0, 1e-5).quantile(U) == pytest.approx(2.0, rel=1e-3)
    half = np.array([0.5])
    assert Work.exponential(2.0).quantile(half) == pytest.approx(2.0 * np.log(2.0))
    assert Work.gamma(2.0, 1.0).quantile(half) == pytest.approx(2.0 * np.log(2.0))
    assert Work.lognormal(2.0, 1.0).quantile(half) == pytest.approx(2.0 / np.sqrt(2.0))
    triangle = Work.model_validate({"triangular": {"low": 0, "mode": 1, "high": 4}})
    assert triangle.quantile(np.array([0.0, 0.25, 1.0])) == pytest.approx([0.0, 1.0, 4.0])
    seen = Work.empirical([0, 1, 10])
    assert seen.quantile(np.array([0.0, 0.25, 0.5, 0.75, 1.0])) == pytest.approx([0.0, 0.5, 1.0, 5.5, 10.0])
    assert Work.model_validate(seen.model_dump()) == seen


@pytest.mark.parametrize(
    "wrong",
    [True, "3", None, [], {}, {"gamma": 2}, {"exponential": "x"}, {"a": 1, "b": 2}, -1, 1e9]
    + [{"empirical": wrong} for wrong in (3, [1], [0, 0], [2, 1], [-1, 1], [0, "x"], {"mean": 3}, list(range(102)))],
)
def test_work_that_is_refused(wrong: object) -> None:
    """What is no number of hours and no distribution is refused with what is allowed."""
    with pytest.raises(ValidationError, match="expected"):
        Work.model_validate(wrong)


@relaxed
@given(calendars() | weighted())
def test_calendars_are_written_as_they_were_read(calendar: Calendar) -> None:
    """Opening hours survive being written, with the same intervals to the last bit."""
    written = calendar.model_dump()
    assert Calendar.model_validate(written) == calendar
    assert 0 < calendar.hours_per_week <= 168 * max(calendar.weights, default=1.0)


def test_predefined_calendars() -> None:
    """Round the clock and office hours."""
    assert ALWAYS.always
    assert ALWAYS.hours_per_week == 168.0
    assert ALWAYS.model_dump() == "round_the_clock"
    assert OFFICE.hours_per_week == 40.0
    assert OFFICE.intervals[0] == (8.0, 12.0)
    assert OFFICE.model_dump() == {"mon-fri": ["08:00-12:00", "13:00-17:00"]}


def test_nights_and_weekends() -> None:
    """A span that ends before it starts runs past midnight, on Sunday into Monday."""
    night = Calendar.model_validate({"sun-mon": "22:00-06:00"})
    assert night.intervals == ((0.0, 6.0), (22.0, 30.0), (166.0, 168.0))
    assert Calendar.model_validate({"mon-sun": ["00:00-24:00"]}).always


def test_numbers_are_taken_strictly() -> None:
    """Texts and truth values are no numbers; bounds and their words agree."""
    assert str(whole(1, 5).phrase) == "a whole number of at least 1 and at most 5"
    assert str(number(0, 168, above=True).phrase) == "a number above 0 and at most 168"
    assert str(number(0, 1, below=True).phrase) == "a number of at least 0 and below 1"
    assert not number(0, 5).allows("3")
    assert not number(0, 5).allows(True)
    assert whole(1, 5).allows(3)
    assert not whole(1, 5).allows(2.5)


@pytest.mark.parametrize("name", ["sales", "a1", "生产部", "Größe", "x_y", "a" * 60])
def test_names(name: str) -> None:
    """Letters of any script, digits and underscores."""
    assert TypeAdapter(Name).validate_python(name) == name


@pytest.mark.parametrize("name", ["", "_x", "1a", "a b", "a.b", "a-b", "a" * 61, 5, None, "a\n"])
def test_names_that_are_refused(name: object) -> None:
    """Everything else."""
    with pytest.raises(ValidationError, match="expected a name of letters"):
        TypeAdapter(Name).validate_python(name)


def test_accents_are_the_same_however_typed() -> None:
    """A letter with a combining accent is the letter with an accent."""
    assert TypeAdapter(Name).validate_python("Gro\u0308ße") == "Größe"


def test_labels() -> None:
    """One text, or one for each language."""
    label = TypeAdapter(Label).validate_python({"en": "Sales", "zh": "销售"})
    assert label == Text("Sales", "销售")
    assert text_of("Sales") == Text("Sales", "Sales")
    assert text_of("", "sales").zh == "sales"
    assert text_of(TypeAdapter(Label).validate_python({"zh": "销售"}), "sales").en == "销售"
    with pytest.raises(ValidationError, match="by language"):
        TypeAdapter(Label).validate_python({"fr": "Ventes"})


def test_mappings_cannot_be_changed() -> None:
    """Nothing inside a scenario can be changed from outside; copies can be made."""
    table = Department(staff=1, levers={"clarity": 0.5}).levers
    assert isinstance(table, FrozenMap)
    for change in (
        lambda: table.__setitem__("x", 1.0),
        lambda: table.__delitem__("clarity"),
        lambda: table.update(x=1.0),
        lambda: table.pop("clarity"),
        lambda: table.clear(),
        lambda: table.setdefault("x", 1.0),
        lambda: table.popitem(),
        lambda: table.__ior__({"x": 1.0}),
    ):
        with pytest.raises(TypeError, match="cannot be changed"):
            change()
    assert copy.deepcopy(table) == pickle.loads(pickle.dumps(table)) == table == {"clarity": 0.5}
    assert hash(table) == hash(copy.copy(table))


def test_nearest() -> None:
    """The nearest name, whatever its case, or none."""
    assert nearest("SALES", ["sales", "service"]) == "sales"
    assert nearest("qqq", ["sales"]) is None
    assert nearest(5, ["sales"]) is None
    assert nearest("x" * 1000, ["sales"]) is None
    assert nearest("d41x", (f"d{i}" for i in range(5000))) in {"d41", "d410", "d411"} | {f"d41{i}" for i in range(10)}
    assert str(did_you_mean("slaes", ["sales"])) == "; did you mean 'sales'?"
    assert not did_you_mean("qqq", ["sales"])


@relaxed
@given(st.floats(allow_nan=True, allow_infinity=True))
def test_bounds_agree_with_validation(value: float) -> None:
    """The quick test and the validator of a number never disagree."""
    try:
        Department(staff=1, skill=value)
        accepted = True
    except ValidationError:
        accepted = False
    assert accepted == number(0.01, 100.0).allows(value)

"""Designs: every point lies where factors can be, counts are right before anything is made, balance, and refusals."""

import itertools
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from sim.experiments.axes import Axis
from sim.experiments.designs import (
    DESIGNS,
    RESERVED,
    Design,
    DoseResponse,
    FullFactorial,
    LatinHypercube,
    Morris,
    OneAtATime,
    Points,
    SobolIndices,
    SobolSequence,
    base,
)
from sim.experiments.designs.base import MOST_POINTS
from sim.spec.findings import TextError
from tests.worlds.factors import CASES, LEVELED, MIXED, SWITCHES

ANY = TypeAdapter(Design)


def made(said, axes, seed=1):
    """Return a design and its points."""
    design = ANY.validate_python(said)
    return design, design.points(axes, seed)


@pytest.mark.parametrize(("said", "axes"), CASES, ids=lambda one: one["kind"] if isinstance(one, dict) else "")
def test_every_point_lies_where_factors_can_be(said, axes):
    """Levels or numbers within the range, of Python's own types, and as many points as were counted before."""
    design, points = made(said, axes)
    assert len(points) == len(points.rows) == design.count(axes)
    for row in points.rows:
        assert list(row) == [axis.name for axis in axes]
        assert all(axis.cell(row[axis.name]) is not None for axis in axes)
        assert all(type(value) in (bool, int, float, str) for value in row.values())
    assert set(points.beside) == set(design.columns) <= RESERVED
    assert all(len(column) == len(points) for column in points.beside.values())
    columns = points.columns()
    assert [{name: columns[name][k] for name in columns} for k in range(len(points))] == list(points.rows)


@pytest.mark.parametrize(("said", "axes"), CASES, ids=lambda one: one["kind"] if isinstance(one, dict) else "")
def test_a_seed_gives_the_same_points(said, axes):
    """Again and again, after a trip through a file or another process; another seed where anything is drawn."""
    design, points = made(said, axes)
    again = ANY.validate_python(ANY.dump_python(design, mode="json", by_alias=True))
    assert again == design
    assert list(pickle.loads(pickle.dumps(again)).points(axes, 1).rows) == list(points.rows)
    drawn = said["kind"] in ("latin_hypercube", "sobol_sequence", "morris", "sobol_indices")
    assert (list(design.points(axes, 2).rows) != list(points.rows)) == drawn


def test_every_kind_is_tried():
    """Nobody adds a kind without putting it to these tests."""
    assert {said["kind"] for said, _ in CASES} == {one.model_fields["kind"].default for one in DESIGNS}


@given(st.lists(st.integers(1, 4), max_size=5))
def test_a_grid_has_every_combination_once(sizes):
    """As many points as the product says, in the order of nested loops."""
    axes = [Axis(f"f{k}", tuple(range(size))) for k, size in enumerate(sizes)]
    design = FullFactorial()
    rows = [tuple(row.values()) for row in design.points(axes, 1).rows]
    assert rows == list(itertools.product(*(axis.levels for axis in axes)))
    assert design.count(axes) == len(rows) == np.prod(sizes, dtype=int)


def test_a_range_takes_as_many_values_as_are_asked_for():
    """Decimals that people write; whole ones as whole numbers."""
    axes = [Axis("load", low=0.1, high=0.3), Axis("staff", low=3, high=5, whole=True)]
    _, points = made({"kind": "full_factorial", "steps": 3}, axes)
    assert sorted({row["load"] for row in points.rows}) == [0.1, 0.2, 0.3]
    assert [row["staff"] for row in points.rows[:3]] == [3, 4, 5]


@given(st.lists(st.integers(2, 4), min_size=1, max_size=5), st.booleans())
def test_one_at_a_time_changes_one_place(sizes, ranged):
    """The reference first; every other point differs from it in the factor it names, and no level is missed."""
    axes = [Axis(f"f{k}", tuple("abcd"[:size])) for k, size in enumerate(sizes)]
    axes += [Axis("load", low=0.0, high=1.0, now=0.4)] if ranged else []
    points = OneAtATime().points(axes, 1)
    first, *others = points.rows
    assert first == {axis.name: axis.reference for axis in axes}
    for row, changed in zip(others, points.beside["changed"][1:], strict=True):
        assert [name for name in row if row[name] != first[name]] == [changed]
    assert len(others) == sum(size - 1 for size in sizes) + 2 * ranged
    assert len({tuple(row.values()) for row in points.rows}) == len(points)


@given(st.integers(2, 60), st.integers(0, 1000))
def test_a_latin_hypercube_covers_every_factor_evenly(count, seed):
    """One number in each of as many equal parts of a range; levels as often as each other, but for two at most."""
    points = LatinHypercube(points=count).points(MIXED, seed).columns()
    parts = np.floor((points["load"] - 0.7) / 0.25 * count).clip(0, count - 1)
    assert sorted(parts.tolist()) == list(range(count))
    often = np.bincount([LEVELED[1].levels.index(one) for one in points["minutes"]], minlength=3)
    assert often.max() - often.min() <= (2 if count % 3 else 0)


@pytest.mark.parametrize("kind", [LatinHypercube, SobolSequence])
def test_crossed_factors_take_all_their_levels_at_every_drawn_point(kind):
    """All else is the same there, and is drawn as if they were not among the factors."""
    found = kind(points=8, crossed=["minutes", "raci"]).points(MIXED, 3)
    alone = kind(points=8).points(MIXED[2:], 3)
    for draw, world in enumerate(alone.rows):
        here = [row for row, of in zip(found.rows, found.beside["draw"], strict=True) if of == draw]
        levels = {(row["raci"], row["minutes"]) for row in here}
        assert levels == set(itertools.product((False, True), (0, 15, 30)))
        assert len(here) == 6
        assert all(row.items() >= world.items() for row in here)


@given(st.integers(1, 7), st.integers(0, 100))
def test_a_sobol_sequence_halves_every_factor(power, seed):
    """Of a power of two, half of the points lie in either half; so two levels are as often."""
    columns = SobolSequence(points=2**power).points(MIXED, seed).columns()
    assert (columns["load"] < 0.825).sum() == columns["raci"].sum() == 2 ** (power - 1)


@given(st.integers(2, 8), st.integers(0, 100), st.sampled_from([4, 6, 8]))
def test_trajectories_move_one_factor_after_another(count, seed, levels):
    """Every factor once in each, by the share that is told; also where a factor has two levels, or whole numbers."""
    points = Morris(trajectories=count, levels=levels).points(MIXED, seed)
    jump = levels / (2 * (levels - 1))
    for k, row in enumerate(points.rows):
        trajectory, step = divmod(k, len(MIXED) + 1)
        assert points.beside["trajectory"][k] == trajectory
        before = points.rows[k - 1] if step else row
        moved = [name for name in row if row[name] != before[name]]
        assert moved == ([points.beside["moved"][k]] if step else [])
        assert np.isclose(abs(points.beside["by"][k]), jump if step else 0.0)
        if step and moved == ["load"]:
            assert np.isclose(row["load"] - before["load"], points.beside["by"][k] * 0.25)
    per = np.array(points.beside["moved"]).reshape(count, -1)[:, 1:]
    assert all(sorted(one) == sorted(axis.name for axis in MIXED) for one in per)


@pytest.mark.parametrize("second", [False, True])
def test_samples_swap_one_factor_between_two_matrices(second):
    """A with one factor from B, B with one from A, as the columns beside the factors say."""
    design = SobolIndices(samples=4, second_order=second)
    points = design.points(MIXED, 3)
    kinds, rows = list(zip(points.beside["matrix"], points.beside["swapped"], strict=True)), points.rows
    size = len(MIXED) * (1 + second) + 2
    for sample in range(4):
        own = {kinds[k]: rows[k] for k in range(sample * size, (sample + 1) * size)}
        assert (points.beside["sample"][sample * size : (sample + 1) * size] == sample).all()
        assert len(own) == size
        for (matrix, swapped), row in own.items():
            if swapped:
                one, other = ("A", "B") if matrix == "AB" else ("B", "A")
                assert row == own[one, ""] | {swapped: own[other, ""][swapped]}


@pytest.mark.parametrize("kind", [{"kind": "morris", "trajectories": 3}, {"kind": "sobol_indices", "samples": 4}])
def test_what_is_crossed_is_met_at_every_point_of_a_sensitivity_design(kind):
    """Level by level, with all else as if it were not among the factors."""
    _, found = made(kind | {"crossed": ["minutes"]}, MIXED, 3)
    _, alone = made(kind, [MIXED[0], *MIXED[2:]], 3)
    assert list(found.rows) == [row | {"minutes": dose} for row in alone.rows for dose in (0, 15, 30)]
    assert all((column[::3] == alone.beside[name]).all() for name, column in found.beside.items())


def test_factors_that_go_together_are_exchanged_as_one():
    """All of them at once, which counts as one factor more; the others one by one."""
    _, found = made({"kind": "sobol_indices", "samples": 2, "together": ["load", "staff"]}, MIXED, 3)
    assert found.beside["swapped"][:5].tolist() == ["", "raci", "minutes", "*", ""]
    a, *_, both, b = list(found.rows)[:5]
    assert both == a | {"load": b["load"], "staff": b["staff"]} != a


def test_doses_come_with_where_things_are():
    """Each level of one factor at each of the other, doses one after another; of a range, what is now as well."""
    axes = [Axis("load", low=0.6, high=0.9, now=0.8), Axis("raci", (False, True))]
    points = DoseResponse(factor="load", at="raci", steps=3).points(axes, 1)
    assert [tuple(row.values()) for row in points.rows] == [
        (load, raci) for raci in (False, True) for load in (0.6, 0.75, 0.8, 0.9)
    ]
    alone = DoseResponse(factor="minutes").points([LEVELED[1]], 1)
    assert [row["minutes"] for row in alone.rows] == [0, 15, 30]


def test_what_a_point_leaves_out_stands_at_its_reference():
    """Also in a range, where things are."""
    _, points = made({"kind": "points", "points": [{}, {"raci": True, "load": 0.9}]}, MIXED)
    assert points.rows[0] == {axis.name: axis.reference for axis in MIXED}
    assert points.rows[1] == points.rows[0] | {"raci": True, "load": 0.9}


REFUSED = [
    ({"kind": "points", "points": []}, MIXED, "points", "at least one point"),
    ({"kind": "points", "points": [{"rcai": True}]}, MIXED, "points.0.rcai", "did you mean 'raci'"),
    ({"kind": "points", "points": [{"raci": 1}]}, MIXED, "points.0.raci", "found 1, expected one of false"),
    ({"kind": "points", "points": [{"load": 2.0}]}, MIXED, "points.0.load", "at most 0.95"),
    ({"kind": "points", "points": [{}, {"raci": False}]}, MIXED, "points.1", "same point as points[0]"),
    ({"kind": "full_factorial"}, MIXED, "steps", "'load'"),
    ({"kind": "full_factorial"}, [Axis(f"f{k}", (False, True)) for k in range(40)], "kind", "1,099,511,627,776"),
    ({"kind": "latin_hypercube", "points": 5}, [], "kind", "at least 1"),
    ({"kind": "latin_hypercube", "points": 5000, "optimized": True}, MIXED, "optimized", "at most 1,000"),
    ({"kind": "latin_hypercube", "points": 5, "crossed": ["rcai"]}, MIXED, "crossed.0", "did you mean 'raci'"),
    (
        {"kind": "latin_hypercube", "points": 5, "crossed": ["load"]},
        MIXED,
        "crossed.0",
        "takes any value",
    ),
    ({"kind": "latin_hypercube", "points": 5, "crossed": ["raci"] * 2}, MIXED, "crossed.1", "a second time"),
    ({"kind": "latin_hypercube", "points": 5, "crossed": ["raci", "minutes"]}, LEVELED, "kind", "at least 1"),
    ({"kind": "sobol_sequence", "points": 100}, MIXED, "points", "64 or 128"),
    ({"kind": "sobol_indices", "samples": 3}, MIXED, "samples", "2 or 4"),
    ({"kind": "sobol_indices", "samples": 4, "together": ["laod"]}, MIXED, "together.0", "did you mean 'load'"),
    ({"kind": "sobol_indices", "samples": 4, "crossed": ["load"]}, MIXED, "crossed.0", "takes any value"),
    ({"kind": "morris", "crossed": ["rcai"]}, MIXED, "crossed.0", "did you mean 'raci'"),
    ({"kind": "morris", "levels": 5}, MIXED, "levels", "4 or 6"),
    ({"kind": "morris", "levels": 2}, MIXED, "levels", "at least 3, as factor 'minutes'"),
    ({"kind": "morris"}, SWITCHES[:1], "kind", "at least 2"),
    ({"kind": "dose_response", "factor": "minuts"}, LEVELED, "factor", "did you mean 'minutes'"),
    ({"kind": "dose_response", "factor": "minutes"}, LEVELED, "at", "'raci' would stay"),
    ({"kind": "dose_response", "factor": "minutes", "at": "minutes"}, LEVELED[1:], "at", "another factor"),
    ({"kind": "plackett_burman"}, LEVELED, "kind", "'minutes' with 3 levels"),
    ({"kind": "fractional_factorial"}, SWITCHES[:1], "kind", "at least 2"),
    ({"kind": "plackett_burman"}, [Axis(f"f{k}", (0, 1)) for k in range(65)], "kind", "at most 64"),
]


@pytest.mark.parametrize(("said", "axes", "path", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_before_anything_is_made(said, axes, path, sentence):
    """With the place in the design, and a sentence; asked for its points, the design says the same."""
    design = ANY.validate_python(said)
    found = [(".".join(map(str, where)), text.en) for where, text in design.refused(axes)]
    assert [one for one in found if one[0] == path and sentence in one[1]], found
    with pytest.raises(TextError):
        design.points(axes, 1)


def test_a_grid_that_is_too_large_can_still_be_counted():
    """So that whoever asks is told how large."""
    axes = [Axis(f"f{k}", tuple(range(10))) for k in range(12)]
    assert FullFactorial().count(axes) == 10**12 > MOST_POINTS


@pytest.mark.parametrize("kind", ["fractional_factorial", "plackett_burman", "morris", "sobol_indices"])
def test_a_library_that_is_missing_is_one_sentence(kind, monkeypatch):
    """Which names what to install; designs that need none go on."""
    monkeypatch.setattr(base, "_installed", lambda name: False)
    design = ANY.validate_python({"kind": kind} | ({"samples": 4} if kind == "sobol_indices" else {}))
    with pytest.raises(TextError, match=r"not installed; get it with: pip install 'deptsim\[experiments\]'"):
        design.points(SWITCHES, 1)
    assert len(Points(points=[{}]).points(SWITCHES, 1)) == 1


def test_a_million_points_are_columns_and_no_objects():
    """A byte for a switch, and a row only when it is asked for."""
    axes = [Axis(f"f{k}", (False, True)) for k in range(20)]
    points = FullFactorial().points(axes, 1)
    assert len(points) == 2**20
    assert sum(column.nbytes for column in points.rows.cells.values()) == 20 * 2**20
    assert points.rows[2**20 - 1] == dict.fromkeys((axis.name for axis in axes), True)
    with pytest.raises(IndexError):
        points.rows[2**20]

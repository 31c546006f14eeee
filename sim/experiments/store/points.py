"""The table of points: where every factor stands at each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.experiments.axes import Value
from sim.experiments.plan import Plan

if TYPE_CHECKING:
    import pyarrow as pa


def points_table(plan: Plan) -> pa.Table:
    """Return the points: number, organization, where every factor stands, and what the design says beside it."""
    import pyarrow as pa

    points = [plan.point(number) for number in range(plan.total)]
    columns = {
        "point": pa.array([one.number for one in points], pa.int64()),
        "scenario": pa.array([one.scenario for one in points], pa.string()),
    }
    for axis in plan.axes:
        columns[axis.name] = _column([one.values[axis.name] for one in points])
    for name, values in plan.design.beside.items():
        columns[name] = _column(values.tolist() * len(plan.scenarios))
    return pa.table(columns)


def _column(values: Sequence[Value]) -> pa.Array:
    """Return values as a column; numbers that stand among texts or yes and no are written as text."""
    import pyarrow as pa

    kinds = {type(one) for one in values}
    if kinds <= {bool}:
        return pa.array(values, pa.bool_())
    if kinds <= {int}:
        return pa.array(values, pa.int64())
    if kinds <= {int, float}:
        return pa.array([float(one) for one in values], pa.float64())
    return pa.array([str(one) for one in values], pa.string())

"""Optional tables of a store as columns."""

import numpy as np
import pytest

import sim
from sim.compile import compile_scenario
from sim.experiments.columns import OPTIONAL, schema_of, table_of
from sim.frames import Answered, Named
from sim.outcome import simulate
from sim.tables import kept_of


def row_of(name, rows):
    """Return columns of a table in which every kind has something missing."""
    made = {}
    for one in list(schema_of(name))[2:]:
        kind = str(one.type)
        if kind == "string":
            made[one.name] = Named(np.array([0, -1, 1][:rows]), ("sales", "采购"))
        elif kind == "bool":
            made[one.name] = Answered(np.array([1, 0, 1][:rows]), np.array([False, True, False][:rows], dtype=bool))
        else:
            made[one.name] = np.array([1, 2, 3][:rows], dtype=np.float32 if kind == "double" else np.int32)
    return made


@pytest.mark.parametrize("name", OPTIONAL)
def test_every_table_has_the_same_columns(name):
    """With rows, with a run that has none, and without any run."""
    full = table_of(name, [(4, 7, row_of(name, 3)), (5, 0, row_of(name, 0)), (5, 1, row_of(name, 1))])
    assert full.schema == table_of(name, []).schema == schema_of(name)
    assert full["point"].to_pylist() == [4, 4, 4, 5]
    assert full["replication"].to_pylist() == [7, 7, 7, 1]


def test_what_is_missing_is_null():
    """Names, and answers of yes and no."""
    cases = table_of("cases", [(0, 0, row_of("cases", 3))])
    assert cases["process"].to_pylist() == ["sales", None, "采购"]
    assert cases["on_time_target"].to_pylist() == [True, None, True]


@pytest.mark.compiled
def test_rows_of_a_run_fit():
    """Of all tables that need no log."""
    outcome = simulate(compile_scenario(sim.load("order_delivery", {"horizon_weeks": 2, "warmup_weeks": 0})), 1, 0)
    names = ("cases", "case_ledger", "daily", "ledger", "relations", "weekly", "releases", "money", "places")
    for name, rows in kept_of(outcome, names).items():
        assert list(rows) == schema_of(name).names[2:]
        assert table_of(name, [(0, 0, rows)]).num_rows == len(next(iter(rows.values())))

"""The bits that a Python computes, a line for each organization: `python -m tests.bits > FILE`.

Every shipped organization as it is, and every intervention of the catalog where what it says of itself is tested. Two
Pythons that write the same file agree in all that is judged from such runs; `make suite313` compares them.
"""

import hashlib
from collections.abc import Iterator

import pandas as pd

import sim
from sim.interventions import INTERVENTIONS
from sim.interventions.grounds import AS_IT_IS
from sim.scenario import Scenario, shipped

REPLICATIONS = 2
SEED = 11


def organizations() -> Iterator[tuple[str, Scenario]]:
    """Yield what is run, by name."""
    for name in shipped():
        yield name, sim.load(name)
    for kind, cls in INTERVENTIONS.items():
        for ground in {one.ground: None for one in cls.expects} or {AS_IT_IS: None}:
            if kind != "custom":
                yield f"{ground} with {kind}", sim.load(ground.scenario, ground.changes).with_interventions([kind])


def column_bits(column: pd.Series) -> bytes:
    """Return all bits of the numbers of a column, or its words."""
    values = column.to_numpy()
    return values.tobytes() if values.dtype.kind in "biuf" else "\n".join(map(str, values)).encode()


def digest(scenario: Scenario) -> str:
    """Return what stands for all tables of some runs."""
    tables = sim.run(scenario, REPLICATIONS, SEED)
    found = hashlib.sha256()
    for name in sim.tables.EVERYTHING:
        frame: pd.DataFrame = getattr(tables, name)
        for column in frame.columns:
            found.update(f"{name}.{column}".encode())
            found.update(column_bits(frame[column]))
    return found.hexdigest()


if __name__ == "__main__":
    for name, scenario in organizations():
        print(digest(scenario), name)

"""A few worlds told to another process, as digests of their bits: `python -m tests.worlds.retold FILE`."""

import hashlib
import json
import sys
from pathlib import Path

from hypothesis import given, settings

from sim.compile import Compiled, compile_scenario
from sim.kernel.jit import MADE
from sim.kernel.machine import Machine
from sim.outcome import start
from sim.scenario import load
from sim.vocab import WEEK
from tests.worlds.anatomy import traces
from tests.worlds.drawn import World, compiled, end_of, worlds
from tests.worlds.witness import WITNESS

SHIPPED = ("order_delivery", "trust_trap")
DRAWN = 40


def drawn() -> list[World]:
    """Return a few worlds, the same ones in every process."""
    found: list[World] = []

    @settings(max_examples=DRAWN, derandomize=True, database=None, deadline=None)
    @given(worlds())
    def one(world: World) -> None:
        found.append(world)

    one()
    return found


def run(made: Compiled, until: float) -> Machine:
    """Return a machine at the end, which was cut, looked at and set from outside on the way."""
    machine = start(made, 1, 0, log=True)
    machine.advance(until / 3.0)
    machine.links()
    machine.state.departments["staff"][0] += 1
    machine.renew()
    machine.advance(until)
    return machine


def digests(machine: Machine) -> dict[str, str]:
    """Return a digest of every field that a run leaves behind, and of the links as they stand at its end."""
    left = {f"{table}.{name}": bits for table, fields in traces(machine).items() for name, bits in fields.items()}
    left |= {"now": machine.state.now.tobytes(), "standing links": machine.links().tobytes()}
    return {name: hashlib.sha256(bits).hexdigest() for name, bits in left.items()}


def told() -> dict[str, dict[str, str]]:
    """Return what becomes of all these worlds."""
    found = {name: digests(run(compile_scenario(load(name)), 26 * WEEK)) for name in SHIPPED}
    for number, world in enumerate([WITNESS, *drawn()]):
        found[f"world {number}"] = digests(run(compiled(world), end_of(world)))
    return found


if __name__ == "__main__":
    everything = {"told": told(), "made": MADE["compiled"], "numba": "numba" in sys.modules}
    Path(sys.argv[1]).write_text(json.dumps(everything), encoding="utf-8")

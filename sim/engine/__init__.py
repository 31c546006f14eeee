"""Where work is done: tasks go in, what came of each comes out, in order.

This is the one seam between what is to be run and what runs it. Engines know nothing but tasks: threads do them here,
where the kernel lets go of Python's lock; processes of this machine, where Python is asked; workers of a Dask cluster.
Whichever it is, and however many work, the same bits come out.
"""

from sim.engine.block import Block, Failure, Keep
from sim.engine.dask import Dask
from sim.engine.errors import EngineError, EngineLostError
from sim.engine.named import ENGINES, Named, engine_named
from sim.engine.processes import Processes
from sim.engine.task import Engine, Task
from sim.engine.threads import Threads

__all__ = [
    "ENGINES",
    "Block",
    "Dask",
    "Engine",
    "EngineError",
    "EngineLostError",
    "Failure",
    "Keep",
    "Named",
    "Processes",
    "Task",
    "Threads",
    "engine_named",
]

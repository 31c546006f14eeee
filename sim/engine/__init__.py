"""Where work is done: tasks go in, what came of each comes out, in order.

This is the one seam between what is to be run and what runs it. Engines know nothing but tasks: threads do them here,
where the kernel lets go of Python's lock; processes of this machine where Python is asked; workers of a cluster where
there is one. Whichever it is, and however many there are, the same bits come out.
"""

from sim.engine.block import Block, Failure, Keep
from sim.engine.task import Engine, Task
from sim.engine.threads import Threads

__all__ = ["Block", "Engine", "Failure", "Keep", "Task", "Threads"]

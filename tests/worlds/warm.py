"""Loads whatever a driver needs, for processes that are forked from the one in which this was loaded."""

from sim.experiments.rounds import Block
from sim.experiments.task import Tasks
from tests.worlds.stores import small

TASK = Tasks(small()).of(Block(0, ((7, range(1)),)))
TASK.prepare()
TASK.work()

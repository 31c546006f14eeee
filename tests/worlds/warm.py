"""Loads whatever a driver needs, for processes that are forked from the one in which this was loaded."""

from sim.experiments.rounds import Block
from sim.experiments.store import manifest_of
from sim.experiments.task import Tasks
from tests.worlds.stores import FIXED, RULED, small

for fields in ({}, FIXED, RULED):
    plan = small(**fields)
    manifest_of(plan)
    task = Tasks(plan).of(Block(0, ((3, range(1)),)))
    task.prepare()
    task.work()

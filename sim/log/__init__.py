"""What happened, as tables: made from the lines that the kernel writes where a log is asked for (`sim.kernel.log`)."""

from sim.log.clocks import timelines_rows
from sim.log.conflicts import frozen_rows
from sim.log.gatherings import meetings_rows
from sim.log.moves import moves_rows, parked_rows
from sim.log.window import Log, window_of

__all__ = ["Log", "frozen_rows", "meetings_rows", "moves_rows", "parked_rows", "timelines_rows", "window_of"]

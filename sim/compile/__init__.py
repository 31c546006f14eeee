"""From a scenario to the tables of the kernel: names become rows, hours quantile tables."""

from sim.compile.assemble import Compiled, compile_scenario

__all__ = ["Compiled", "compile_scenario"]

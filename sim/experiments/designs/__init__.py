"""Designs: at which points of its factors an experiment is made."""

from sim.experiments.designs.factorial import Design, FullFactorial

__all__ = ["Design", "FullFactorial"]

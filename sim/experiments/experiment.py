"""What an experiment file says."""

from __future__ import annotations

from typing import Annotated

from sim.experiments.designs import Design, FullFactorial
from sim.experiments.factors import Factor
from sim.spec.base import Description, FileFormat, Label, List, Model, Name, Table, whole


class Experiment(Model):
    """Runs by design: which organizations, what is varied, at which points, how often, and what is looked at."""

    format: FileFormat = 1
    """The version of this file format."""
    name: Name = "experiment"
    """What the experiment is called; the name of its file where it says nothing."""
    title: Label = ""
    """What people call it."""
    question: Description = ""
    """What it is to answer."""
    answer: Description = ""
    """What was found, in a sentence with its interval."""
    scenarios: List[str]
    """The organizations, by shipped name or file."""
    factors: Table[Name, Factor]
    """What is varied."""
    design: Design = FullFactorial()
    """At which points."""
    replications: Annotated[int, whole(1, 1_000_000)] = 50
    """How often each point is run."""
    measures: List[str] = ()
    """The measures that the answer is about, the first before all; all are stored."""
    seed: Annotated[int, whole(0, 2**63 - 1)] = 1
    """Chooses the luck, which all points share, and whatever the design draws."""
    block: Annotated[int, whole(1, 100_000)] = 64
    """Runs in a block: what is given to a worker, and written, at a time."""

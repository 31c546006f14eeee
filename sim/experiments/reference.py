"""The tables of the reference of experiment files, written from their models so that they say what the reader does.

``python -m sim.experiments.reference [FILE]`` writes them (by default into ``docs/experiment-reference.md``).
"""

from __future__ import annotations

import sys
from pathlib import Path

from sim.experiments.designs import DESIGNS
from sim.experiments.schema import models
from sim.scenario.reference import Tables, write_below

SECTIONS = ("Factor", "StoppingRule", "SelectionRule", *(one.__name__ for one in DESIGNS))


def experiment_fields() -> str:
    """Return the tables of all fields as Markdown."""
    return Tables(models(), SECTIONS).text()


if __name__ == "__main__":
    write_below(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("docs/experiment-reference.md"), experiment_fields())

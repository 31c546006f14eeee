"""deptsim choose"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.answers.choice.choice import Choice, choose
from sim.answers.choice.parts import separated
from sim.cli.answering import Way, answered, told
from sim.cli.codes import FINE, INTERRUPTED
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.scenario import load
from sim.scenario.changes import Change
from sim.words import words

texts = words("choice")


def choose_command(
    name: str,
    changes: Sequence[Change],
    budget: Sequence[str],
    money: str | None,
    offer: Sequence[str],
    rule: dict[str, Any],
    way: Way,
    lang: str,
) -> int:
    """Choose the best bundle within each budget, or go on with it, and say what it does."""
    scenario = load(name, tuple(changes))
    offered = [one for said in offer for one in separated(said)] or None

    def work(folder: Path, engine: Engine, progress: Progress) -> Choice:
        asked: dict[str, Any] = {"money": money, "offer": offered, **rule}
        return choose(scenario, budget or None, out=folder, engine=engine, progress=progress, **asked)

    found, folder = answered(way, (name, "choice"), texts.CHOOSING, lang, work)
    if found is None:
        return INTERRUPTED
    told(found, folder, way, lang)
    return FINE

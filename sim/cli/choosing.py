"""deptsim choose"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.answers.choice.choice import choose
from sim.answers.choice.parts import separated
from sim.cli.answering import Way, interrupted, told
from sim.cli.codes import FINE, INTERRUPTED
from sim.cli.pace import Pace
from sim.cli.screen import warn
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
    folder = way.writable(name, "choice", lang)
    offered = [one for said in offer for one in separated(said)] or None
    bar = Pace(texts.CHOOSING.get(lang), lang)
    try:
        with bar:
            found = choose(
                scenario,
                budget or None,
                money=money,
                offer=offered,
                out=folder,
                engine=way.made(),
                progress=bar.standing,
                **rule,
            )
    except KeyboardInterrupt:
        warn(interrupted(folder, lang))
        return INTERRUPTED
    told(found, folder, way, lang)
    return FINE

"""Working on a study so that an interruption loses nothing that is done."""

from __future__ import annotations

from sim import notices
from sim.cli.codes import INTERRUPTED
from sim.cli.screen import Bar, warn
from sim.engine import Threads
from sim.replications import Study
from sim.scenario.effort import too_much
from sim.words import words

texts = words("terminal")


def worked_on(study: Study, threads: int | None, bar: Bar) -> bool:
    """Work on a study and tell whether somebody interrupted; where nothing is done yet, there is nothing to keep."""
    for scenario in study.scenarios.values():
        if (found := too_much(scenario)) is not None:
            notices.say_once(found[1])
            break  # the others are the same organization
    try:
        study.run(Threads(threads), bar)
    except KeyboardInterrupt:
        if not study.complete:
            raise
        return True
    return False


def said_if_interrupted(study: Study, lang: str) -> int:
    """Say how far it came, and return the exit code."""
    warn(texts.INTERRUPTED.format(done=len(study.complete), wanted=len(study.numbers)).get(lang))
    return INTERRUPTED

"""deptsim sensitivity"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.answers.sensitivity import sensitivity
from sim.cli.answering import Way, interrupted, told
from sim.cli.codes import FINE, INTERRUPTED, SOME_FAILED
from sim.cli.comparing import reported
from sim.cli.pace import Pace
from sim.cli.screen import warn
from sim.scenario import load
from sim.scenario.changes import Change
from sim.study.alternatives import parse_alternative
from sim.words import words

texts = words("sensitivity")


def sensitivity_command(
    name: str,
    changes: Sequence[Change],
    tried: str | None,
    over: Sequence[str],
    measures: str | None,
    fields: Mapping[str, Any],
    way: Way,
    lang: str,
) -> int:
    """Find what drives a result, print it, and write it into a folder."""
    scenario = load(name, tuple(changes))
    folder = way.writable(name, "sensitivity", lang)
    alternative = parse_alternative(tried) if tried is not None else None
    asked: dict[str, Any] = {
        "over": tuple(over) or None,
        "measures": reported(measures),
        "engine": way.made(),
        "out": folder,
        **fields,
    }
    bar = Pace(texts.WORKING.get(lang), lang)
    try:
        with bar:
            answer = sensitivity(scenario, alternative, progress=bar.standing, **asked)
    except KeyboardInterrupt:
        warn(interrupted(folder, lang))
        return INTERRUPTED
    told(answer, folder, way, lang)
    failed = sum(one["failed"] for one in answer.about["experiments"].values())
    return SOME_FAILED if failed else FINE

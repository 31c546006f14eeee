"""The commands that answer a question by many runs: what matters, what to choose, what fits, whose claims hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from sim.cli.building import command
from sim.cli.options import EngineName, Json, Language, Replications, Scheduler, Seed, StoreOut, Workers, Worlds


@command
def audit(
    *,
    claims: Annotated[Path | None, Parameter(name="--claims")] = None,
    claim: Annotated[tuple[str, ...], Parameter(name="--claim", consume_multiple=False, negative="")] = (),
    worlds: Worlds = 80,
    replications: Replications = 80,
    seed: Seed = 1,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Audit what somebody claims that a measure has done: is it plausible, and what would have to be true?"""
    from sim.cli.answering import Way
    from sim.cli.auditing import audit_command

    way = Way(engine, scheduler, workers, answer_folder, json)
    return audit_command(claims, claim, worlds, replications, seed, way, lang)

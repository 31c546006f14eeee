"""deptsim audit"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.answers.audit.audit import Audit, audit
from sim.answers.audit.places import SHIPPED
from sim.cli.answering import Way, answered, told
from sim.cli.codes import FINE, INTERRUPTED
from sim.engine import Engine
from sim.experiments.pacing import Progress
from sim.words import words

texts = words("audit")


def audit_command(
    claims: Path | None, names: Sequence[str], worlds: int, replications: int, seed: int, way: Way, lang: str
) -> int:
    """Audit claims, and write page, picture, tables and runs into a folder."""
    asked: dict[str, Any] = {"worlds": worlds, "replications": replications, "seed": seed}

    def work(folder: Path, engine: Engine, progress: Progress) -> Audit:
        return audit(claims, names, out=folder, engine=engine, progress=progress, **asked)

    answer, folder = answered(way, (str(claims or SHIPPED), "audit"), texts.AUDITING, lang, work)
    if answer is None:
        return INTERRUPTED
    told(answer, folder, way, lang)
    return FINE

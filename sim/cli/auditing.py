"""deptsim audit"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.answers.audit.audit import audit
from sim.answers.audit.places import SHIPPED
from sim.cli.answering import Way, interrupted, told
from sim.cli.codes import FINE, INTERRUPTED
from sim.cli.pace import Pace
from sim.cli.screen import warn
from sim.words import words

texts = words("audit")


def audit_command(
    claims: Path | None, names: Sequence[str], worlds: int, replications: int, seed: int, way: Way, lang: str
) -> int:
    """Audit claims, and write page, picture, tables and runs into a folder."""
    folder = way.writable(str(claims or SHIPPED), "audit", lang)
    asked: dict[str, Any] = {"worlds": worlds, "replications": replications, "seed": seed}
    try:
        with Pace(texts.AUDITING.get(lang), lang) as bar:
            answer = audit(claims, names, out=folder, engine=way.made(), progress=bar.standing, **asked)
    except KeyboardInterrupt:
        warn(interrupted(folder, lang))
        return INTERRUPTED
    told(answer, folder, way, lang)
    return FINE

"""deptsim audit"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.answers.audit.audit import audit
from sim.answers.audit.places import SHIPPED
from sim.cli.answering import Way, told
from sim.cli.codes import FINE
from sim.cli.pace import Pace
from sim.words import words

texts = words("audit")


def audit_command(
    claims: Path | None, names: Sequence[str], worlds: int, replications: int, seed: int, way: Way, lang: str
) -> int:
    """Audit claims, and write page, picture, tables and runs into a folder."""
    folder = way.folder(str(claims or SHIPPED), "audit")
    with Pace(texts.AUDITING.get(lang), lang) as bar:
        answer = audit(
            claims,
            names,
            worlds=worlds,
            replications=replications,
            seed=seed,
            out=folder,
            engine=way.made(),
            progress=bar.standing,
        )
    told(answer, folder, way, lang)
    return FINE

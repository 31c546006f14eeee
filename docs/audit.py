"""The audit of the shipped claims as a page: verdicts, what stands behind each, and the picture.

``python docs/audit.py`` audits them (a minute on two free cores), keeps the facts in ``docs/audit.json``, draws the
picture and writes the tables of ``docs/audit.md``; ``python docs/audit.py page`` writes the page only.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

import sim
from docs.mark import mark, present
from docs.markdown import replaced, table
from sim.answers.answer import Answer
from sim.report.answers.audittold import Row, rows_of
from sim.report.answers.page import sections_of
from sim.words import words
from sim.words.numbers import percentage

ROOT = Path(__file__).parents[1]
FACTS = ROOT / "docs" / "audit.json"
PAGE = ROOT / "docs" / "audit.md"
PICTURE = ROOT / "docs" / "images" / "audit.png"
COMMAND = "python docs/audit.py"

VERDICTS = words("audit").VERDICTS


@dataclass(frozen=True)
class Kept(Answer):
    """An audit as it was kept."""

    kind: ClassVar[str] = "audit"

    facts: Mapping[str, Any]

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables that were kept; numbers that are not known are so again."""
        return {name: pd.DataFrame(rows).replace({None: float("nan")}) for name, rows in self.facts["tables"].items()}

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked."""
        return {name: value for name, value in self.facts.items() if name not in ("tables", "measured")}


def compute() -> dict[str, Any]:
    """Audit the shipped claims, draw the picture, and return the facts without single worlds."""
    found = sim.audit(progress=True)
    facts = found.to_json()
    facts["tables"].pop("worlds")
    with tempfile.TemporaryDirectory() as folder:
        drawn = next(path for path in found.plot(folder) if path.suffix == ".png")
        shutil.copy(drawn, PICTURE)
    return {"measured": present(), **facts}


def load() -> Kept:
    """Return the audit as it was kept."""
    return Kept(json.loads(FACTS.read_text(encoding="utf-8")))


def version() -> str:
    """Return the version with which it was made."""
    return str(load().facts["measured"])


def verdicts(kept: Kept) -> str:
    """Return the table of verdicts."""
    headings = (
        "claim", "claimed", "simulated as written (95 % interval)", "nine of ten worlds like its own",
        "worlds that reach it", "what would have to be true", "verdict",
    )  # fmt: skip
    rows = rows_of(kept, "en")
    searched = kept.tables["searched"]
    return table(headings, (_line(row, searched[searched["claim"] == row.name]) for row in rows))


def _line(row: Row, searched: pd.DataFrame) -> Sequence[str]:
    verdict = f"**{VERDICTS[row.verdict].en}**"
    typical = row.simulated
    if typical is None:
        return row.title, "", "", "", "", "", verdict
    alike = row.where("alike")
    reached = f"{int(alike['reached'])} of {alike['worlds']} ({percentage(alike['reached_in']).en})"
    told = f"{row.change(typical['change'])} ({row.span(typical)})"
    return row.title, row.change(row.claimed), told, row.span(alike), reached, _needed(searched), verdict


def _needed(searched: pd.DataFrame) -> str:
    """Say in a few words what the search has found."""
    holding = searched[searched["holds"]]
    if not len(holding):
        return "nothing was found"
    best = holding.assign(out=holding["where"] == "outside").sort_values(["out", "departure"]).iloc[0]
    if not best["levers"]:
        return "nothing special"
    where = "within their ranges" if best["where"] == "inside" else "beyond their ranges"
    return f"{int(best['levers'])} levers {where}, {best['departure']:.1f} widths in all"


def one_by_one(kept: Kept) -> str:
    """Return what stands behind each verdict."""
    parts = []
    for heading, said in sections_of(kept, "en")[1:-1]:
        parts += [f"### {heading.en}", "\n".join(f"- {one}" for one in said)]
    return "\n\n".join(parts)


def method(kept: Kept) -> str:
    """Return how it was done."""
    return "\n".join(f"- {one}" for one in sections_of(kept, "en")[-1][1])


def page(text: str, kept: Kept) -> str:
    """Return the page with its blocks, and above them the version that made them."""
    blocks = {"measured": mark(str(kept.facts["measured"]), COMMAND), "verdicts": verdicts(kept)}
    blocks |= {"one by one": one_by_one(kept), "method": method(kept)}
    for name, content in blocks.items():
        text = replaced(text, name, content, writer="docs/audit.py")
    return text


def main(arguments: Sequence[str]) -> None:
    """Audit, unless told to write the page only, and write the page."""
    if "page" not in arguments:
        FACTS.write_text(json.dumps(compute(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), load()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

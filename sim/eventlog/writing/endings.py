"""What the name of a file of a log may end with, and the form it stands for."""

from __future__ import annotations

from pathlib import Path

from sim.spec.findings import TextError
from sim.words import words

texts = words("logsout")

ENDINGS = {
    ".csv": "csv", ".csv.gz": "csv", ".xes": "xes", ".xes.gz": "xes", ".jsonocel": "ocel", ".sqlite": "ocel",
}  # fmt: skip
"""The forms, by ending."""


class EndingError(TextError):
    """A sentence about a name that ends with nothing that can be written."""


def ending_of(path: Path, where: str = "write_log") -> str:
    """Return what the name of a file ends with.

    Raises
    ------
    EndingError
        Where that stands for no form; `where` says who asked.
    """
    name = path.name.lower()
    for ending in ENDINGS:
        if name.endswith(ending):
            return ending
    facts = {"where": where, "known": ", ".join(ENDINGS)}
    if path.suffix:
        raise EndingError(texts.ENDING.format(found=path.suffix, **facts))
    raise EndingError(texts.NO_ENDING.format(found=path.name, **facts))

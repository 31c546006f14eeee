"""What happened to a store, when and where: a line each, in a file aside that is compared with nothing.

``journal.jsonl`` is the only place for times, machines, engines and versions of packages. It may be thrown away.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sim.results import circumstances

JOURNAL = "journal.jsonl"


def note(folder: Path, event: str, **facts: Any) -> None:
    """Add a line; where that cannot be done, nothing is said and nothing is lost."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    line = json.dumps({"at": at, "event": event, **facts}, ensure_ascii=False, default=str) + "\n"
    with contextlib.suppress(OSError):
        opened = os.open(folder / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(opened, line.encode())
        finally:
            os.close(opened)


def where() -> dict[str, Any]:
    """Return on what machine this is, and with which versions."""
    here = circumstances()
    told = ("platform", "python", "versions", "kernel_made")
    return {"machine": platform.node(), "process": os.getpid()} | {name: here[name] for name in told}

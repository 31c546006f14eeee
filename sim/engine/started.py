"""Processes that are started here, and what is said of those that die."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

_NEW_GROUP = 0x200
"""`subprocess.CREATE_NEW_PROCESS_GROUP`, which only Windows has."""

LOST = "every process that worked on it died, as happens where memory runs out"
"""What is said of a task that nobody survives."""


def started(code: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start a process that runs some code, finds modules where this one does, and does not hear Ctrl-C.

    Its standard input ends when this process does, however that ends.
    """
    apart: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {"creationflags": _NEW_GROUP}
    command = [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {code}"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, **apart, **options)

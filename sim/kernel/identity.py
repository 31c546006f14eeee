"""What a kernel is made of: its sources, what made machine code of them, and whether with checks."""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

SHARED = ("vocab.py", "purposes.py")
"""What the kernel takes from beside it."""

CHECKED = os.environ.get("DEPTSIM_CHECKED", "") == "1"
"""Whether to compile with bounds checks and reference counting."""


def identity(versions: Mapping[str, str]) -> str:
    """Return 16 hex digits that stand for the sources of the kernel and for the versions of what it is made by."""
    here = Path(__file__).parent
    made_by = " ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    digest = hashlib.sha256(f"{made_by} {CHECKED}".encode())
    for path in sorted([*here.rglob("*.py"), *(here.parent / name for name in SHARED)]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]

"""Which version of deptsim a result comes from: a digest of all sources on which results depend."""

import hashlib
from functools import cache
from pathlib import Path

_SHOWN = ("cli", "report", "verify", "web", "__main__.py")
"""What only shows or checks results."""


@cache
def sources() -> str:
    """Return 16 hex digits that stand for the sources of this package, in any folder and with any line ends."""
    here = Path(__file__).parent
    files = {path.relative_to(here).as_posix(): path for path in here.rglob("*.py")}
    digest = hashlib.sha256()
    for name in sorted(files):
        if name.split("/")[0] not in _SHOWN:
            text = files[name].read_bytes().replace(b"\r\n", b"\n")
            digest.update(f"{name} {len(text)}\n".encode() + text)
    return digest.hexdigest()[:16]

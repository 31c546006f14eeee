"""Where deptsim keeps things of this user: what can be made again (compiled code, answers), and what cannot (logs)."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path


def user_folder() -> Path | None:
    """Return where this user's programs keep what can be made again; None for a user without a home."""
    if os.environ.get("DEPTSIM_CACHE"):
        return Path(os.environ["DEPTSIM_CACHE"])
    variable, usual = ("LOCALAPPDATA", "~/AppData/Local") if os.name == "nt" else ("XDG_CACHE_HOME", "~/.cache")
    folder = Path(os.environ.get(variable) or os.path.expanduser(usual))
    return folder / "deptsim" if folder.is_absolute() else None


def temporary_folder() -> Path | None:
    """Return a folder of this user among the temporary files; None where it is somebody else's, or there is none."""
    try:
        folder = Path(tempfile.gettempdir()) / f"deptsim-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    if not stat.S_ISDIR(found.st_mode):
        return None
    theirs = os.name != "nt" and (found.st_uid != os.getuid() or found.st_mode & 0o022)
    return None if theirs else folder


def folders(name: str) -> Iterator[Path]:
    """Yield the folders of a name in which things may be kept, the usual one first."""
    for folder in (user_folder(), temporary_folder()):
        if folder is not None:
            yield folder / name


def own_folder(name: str) -> Path | None:
    """Return where this user's programs keep what nothing can make again; None for a user without a home."""
    if os.environ.get("DEPTSIM_DATA"):
        return Path(os.environ["DEPTSIM_DATA"]) / name
    variable, usual = ("LOCALAPPDATA", "~/AppData/Local") if os.name == "nt" else ("XDG_DATA_HOME", "~/.local/share")
    folder = Path(os.environ.get(variable) or os.path.expanduser(usual))
    return folder / "deptsim" / name if folder.is_absolute() else None

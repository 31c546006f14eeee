"""The mark of what was measured and is kept: with which version of deptsim, and how it is measured anew."""

import re

import sim
from sim.sources import sources

_VERSION = re.compile(r"deptsim \S+ \(sources [0-9a-f]{16}\)")


def present() -> str:
    """Return the version that would measure now."""
    return f"deptsim {sim.__version__} (sources {sources()})"


def measured_with(text: str) -> str:
    """Return the version that measured what a text keeps."""
    found = _VERSION.search(text)
    if not found:
        raise ValueError("the text does not say with which version it was measured")
    return found[0]


def mark(version: str, command: str) -> str:
    """Return the sentence below or above what was measured."""
    return (
        f"*Measured with {version} and kept as found; another version may find other numbers. "
        f"Measured anew on request: `{command}`.*"
    )

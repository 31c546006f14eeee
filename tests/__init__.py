"""The tests; a package, so that stand-ins can be shared (some installed library brings a package of this name too)."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
"""The folder of the whole project."""

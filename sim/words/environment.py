"""Which language an environment speaks."""

from __future__ import annotations

import os
from collections.abc import Mapping

from sim.words import Language

VARIABLES = ("DEPTSIM_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
"""Where an environment says which language it speaks, ours first; the first that is set counts."""


def of_environment(environment: Mapping[str, str]) -> Language:
    """Return the language of an environment: Chinese of any region and script, or English for all others."""
    said = next((environment[name] for name in VARIABLES if environment.get(name)), "")
    return "zh" if said.lower().replace("-", "_").split(".")[0].split("_")[0] == "zh" else "en"


def spoken(asked: str | None) -> str:
    """Return the language that is asked for, or where none is, that of the environment.

    Parameters
    ----------
    asked : {"en", "zh"}, optional
        What a caller says.
    """
    return asked or of_environment(os.environ)

"""The application of all commands, in one language."""

from __future__ import annotations

from cyclopts import App

import sim.cli.commands  # noqa: F401 - what is in them registers itself
from sim.cli import completing
from sim.cli.building import COMMANDS, INSTALL, app_of
from sim.cli.options import Language

__all__ = ["COMMANDS", "INSTALL", "app_in"]


def app_in(lang: str) -> App:
    """Return the application with everything that help says in one language, which commands then speak as well."""
    return app_of(lang, install_completion)


def install_completion(*, shell: completing.Shell | None = None, lang: Language = "en") -> int:
    """Let the shell complete commands, options, scenarios and interventions."""
    return completing.install_command(shell, lang)

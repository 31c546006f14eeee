"""Completion in the shell: its installation, and what stands for scenarios and interventions at the moment."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from sim.cli.codes import FAILED, FINE
from sim.words import words

texts = words("starting")

Shell = Literal["bash", "zsh", "fish", "powershell"]

_MOST = 200
"""So many files are looked at; whoever has more types a letter first."""


def install_command(shell: Shell | None, lang: str) -> int:
    """Install completion for a shell, by default for the one that runs this."""
    from cyclopts.completion.detect import ShellDetectionError

    from sim.cli.app import app_in
    from sim.cli.screen import warn, write

    try:
        place = app_in(lang).install_completion(shell=shell)
    except ShellDetectionError:
        warn(texts.NO_SHELL.get(lang))
        return FAILED
    write(texts.COMPLETION.format(file=place).get(lang))
    return FINE


def shipped_scenarios(context: Any) -> list[str]:
    """Return the names of shipped scenarios; nothing of what was typed so far matters."""
    del context
    from sim.scenario import shipped

    return list(shipped())


def experiments(context: Any) -> list[str]:
    """Return shipped experiments, and the folders and files where the typed path leads."""
    from sim.experiments.places import shipped_experiments

    return _beside(context, shipped_experiments())


def patterns(context: Any) -> list[tuple[str, str]]:
    """Return the patterns with what they are called."""
    del context
    from sim.words.environment import of_environment

    lang = of_environment(os.environ)
    return [(key, one["name"].get(lang)) for key, one in words("patterns").PATTERNS.items()]


def scenarios(context: Any) -> list[str]:
    """Return shipped scenarios, and the folders and scenario files where the typed path leads."""
    return _beside(context, shipped_scenarios(context))


def _beside(context: Any, shipped: Iterable[str]) -> list[str]:
    """Return what is shipped, and the folders and files where the typed path leads."""
    typed = str(context.incomplete)
    before = typed[: len(typed) - len(os.path.basename(typed))]
    return [*([] if before else shipped), *(before + name for name in _files(Path(before or ".")))]


def _files(folder: Path) -> list[str]:
    from sim.scenario.files import SUFFIXES

    try:
        found = sorted(folder.iterdir())[:_MOST]
        return [
            f"{one.name}/" if one.is_dir() else one.name
            for one in found
            if not one.name.startswith(".") and (one.is_dir() or one.suffix.lower() in SUFFIXES)
        ]
    except OSError:
        return []


def interventions(context: Any) -> list[tuple[str, str]]:
    """Return the interventions and bundles with what they are called; of several, the last is completed."""
    from sim.interventions import INTERVENTIONS
    from sim.scenario.bundled import PREFIX
    from sim.scenario.bundles import every_bundle
    from sim.words.environment import of_environment

    typed, lang = str(context.incomplete), of_environment(os.environ)
    before = typed[: max(typed.rfind("+"), typed.rfind("=")) + 1]
    named = {kind: cls.label for kind, cls in INTERVENTIONS.items()}
    named |= {f"{PREFIX}{name}": bundle.label for name, bundle in every_bundle().items()}
    return [(before + name, label.get(lang)) for name, label in named.items()]

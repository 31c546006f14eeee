"""What is written in Python and named by its import path, as ``my_package.buddies:Buddy``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from sim.interventions import INTERVENTIONS
from sim.scenario.bundled import FIELD
from sim.spec.findings import Finding, ScenarioError, shortened
from sim.spec.nearest import did_you_mean
from sim.words import words

texts = words("experimentfile")

CLASS = "class"
"""The field in which a class that is written in Python is named by its import path."""

_NAME = r"[^\W\d]\w*(\.[^\W\d]\w*)*"
_PATH = re.compile(rf"\s*({_NAME}):({_NAME})\s*")


def import_path(cls: type) -> str:
    """Return how a file names a class."""
    return f"{cls.__module__}:{cls.__qualname__}"


def is_import_path(text: object) -> bool:
    """Tell whether a text names something written in Python, rather than an intervention or a bundle."""
    found = _PATH.fullmatch(text) if isinstance(text, str) else None
    return found is not None and found[1] not in INTERVENTIONS and found[1] != FIELD


def imported(path: str, folder: Path | None) -> Any:
    """Return what an import path leads to.

    Parameters
    ----------
    path
        Module and name, with a colon between them.
    folder
        Where modules are looked for before everywhere else; None where nowhere else.

    Raises
    ------
    ScenarioError
        With one sentence, where there is no such module or name, or the module fails.
    """
    found = _PATH.fullmatch(path)
    if found is None:
        raise _refused(texts.NO_IMPORT_PATH.format(found=shortened(path)))
    module, name = path.strip().split(":")
    with _seen_from(folder):
        here = _module(module, folder)
    for part in name.split("."):
        if not hasattr(here, part):
            known = [one for one in vars(here) if not one.startswith("_")] if hasattr(here, "__dict__") else []
            facts = {"module": module, "name": name, "hint": did_you_mean(part, known)}
            raise _refused(texts.NO_SUCH_NAME.format(**facts))
        here = getattr(here, part)
    return here


def _module(name: str, folder: Path | None) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
            beside = [one.stem for one in folder.glob("*.py")] if folder is not None else []
            hint = did_you_mean(name, [*beside, *INTERVENTIONS])
            raise _refused(texts.NO_MODULE.format(module=name, hint=hint)) from None
        raise _refused(_failed(name, error)) from None
    except Exception as error:  # whatever its own code raises
        raise _refused(_failed(name, error)) from None


def _failed(name: str, error: Exception) -> Any:
    return texts.MODULE_FAILED.format(module=name, why=shortened(f"{type(error).__name__}: {error}", 200))


def _refused(text: Any) -> ScenarioError:
    return ScenarioError([Finding(text)])


@contextmanager
def _seen_from(folder: Path | None) -> Iterator[None]:
    """Let modules be found in a folder for a while."""
    if folder is None:
        yield
        return
    place = str(folder.resolve())
    sys.path.insert(0, place)
    try:
        yield
    finally:
        if place in sys.path:
            sys.path.remove(place)

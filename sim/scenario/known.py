"""What is wrong with models that were examined before: whoever is the same to the last bit is not examined again.

A scenario is checked when it is read, when anything is set, and again when it is compiled, in case it was changed
behind its back. What it is made of says whether it was.
"""

import io
import pickle
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from pydantic import BaseModel

from sim.spec.findings import Finding

Examined = TypeVar("Examined", bound=BaseModel)
Findings = tuple[Finding, ...]

MAX_KNOWN = 256


class Known(Generic[Examined]):
    """Remembers what was found in the last models.

    Parameters
    ----------
    examine : callable
        Finds what is wrong with a model, from nothing but what that is made of.
    """

    def __init__(self, examine: Callable[[Examined], Findings]) -> None:
        self._examine = examine
        self._found: dict[bytes, Findings] = {}
        self._lock = Lock()

    def findings(self, model: Examined) -> Findings:
        """Return what is wrong with a model."""
        content = content_of(model)
        found = self._found.get(content)
        if found is None:
            found = self._examine(model)
            self._remember(content, found)
        return found

    def _remember(self, content: bytes, found: Findings) -> None:
        with self._lock:
            self._found[content] = found
            if len(self._found) > MAX_KNOWN:
                del self._found[next(iter(self._found))]


def content_of(model: BaseModel) -> bytes:
    """Return all that a model is made of, also what nobody stated, and what was put beside its fields."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True  # what is equal is written alike, whether or not it is one object
    pickler.dump(model)
    return written.getvalue()

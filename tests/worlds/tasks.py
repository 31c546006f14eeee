"""Tasks that do what is asked of an engine to survive."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Square:
    """Returns a number times itself."""

    number: int
    asks = False

    def prepare(self):
        """Nothing is needed."""

    def work(self):
        """Return the square."""
        return self.number**2

    def lost(self, why):
        """Return the number and the sentence."""
        return self.number, why


@dataclass
class Fatal(Square):
    """Dies with whoever works on it, so often as is said, and counts how often in a folder."""

    folder: Path
    times: int = 10**9

    def work(self):
        """Die, or return the square."""
        before = len(list(self.folder.iterdir()))
        if before < self.times:
            (self.folder / f"{before}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().work()


class Whose(Square):
    """Says which process works on it."""

    def work(self):
        """Return its number."""
        return os.getpid()


class Refused(Square):
    """Raises an error."""

    def work(self):
        """Fail."""
        raise ZeroDivisionError(f"{self.number} by nothing")


class Unreturned(Square):
    """Returns what cannot be pickled."""

    def work(self):
        """Return a lock."""
        return threading.Lock()


class Slow(Square):
    """Never ends, and says in a file that it has begun."""

    def __init__(self, number, begun):
        super().__init__(number)
        self.begun = begun

    def work(self):
        """Wait for what never comes."""
        self.begun.write_text(f"{os.getpid()}")
        threading.Event().wait()

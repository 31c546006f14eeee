"""The command line: thin commands that read arguments, call the library, and print.

Nothing heavy is imported before a command needs it, so that ``deptsim --help`` answers at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    0 fine, 1 failure or failed check, 2 wrong usage, 3 invalid scenario or input file, 4 some runs failed,
    130 interrupted, 143 told to end.
    """
    with _rarely_collecting():
        from sim.cli.guard import guarded

        return guarded(list(sys.argv[1:] if arguments is None else arguments))


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Look for garbage rarely: loading libraries makes hundreds of thousands of objects, and all of them stay."""
    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)

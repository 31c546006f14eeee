"""``python -m sim`` is the command ``deptsim``; here its process begins and ends.

Little is imported before somebody listens to what may interrupt it: even the shortest command loads libraries first.
"""

import atexit
import os
import sys
from typing import NoReturn

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Nothing here is large enough for threads of linear algebra, and where they find no memory, they wait for ever."""

LEAST_MEMORY = 768 * 2**20


def start() -> NoReturn:
    """Run the command of this process and end it with its exit code, whatever interrupts it and whenever."""
    try:
        from sim.cli import signals

        signals.end_at_once()
        code = _too_little_memory() or _command()
        signals.end_at_once()  # nothing that is worth keeping is in the making any more
    except KeyboardInterrupt:  # before anybody listened
        code = _ended("interrupted", 130)
    except MemoryError:
        code = _ended("memory", 1)
    except ImportError as error:
        code = _ended("library", 1, error=" ".join(str(error).split())[:200])
    _leave(code)


def _command() -> int:
    from sim.cli import main

    return main()


def _too_little_memory() -> int:
    """Refuse a limit on memory in which some libraries end without a word, and others never."""
    try:
        from resource import RLIM_INFINITY, RLIMIT_AS, getrlimit
    except ImportError:  # as on Windows
        return 0
    limit = getrlimit(RLIMIT_AS)[0]
    if limit == RLIM_INFINITY or limit >= LEAST_MEMORY:
        return 0
    return _ended("limit", 1, allowed=limit // 2**20, least=LEAST_MEMORY // 2**20)


def _ended(why: str, code: int, **facts: object) -> int:
    """Say why nothing was done, in the language of the environment, and return the exit code."""
    from sim.notices import say_once
    from sim.words import words

    texts = words("usage")
    said = {
        "interrupted": texts.INTERRUPTED,
        "memory": texts.NO_MEMORY_TO_LOAD,
        "library": texts.NO_LIBRARY,
        "limit": texts.LITTLE_MEMORY,
    }
    say_once(said[why].format(**facts))
    return code


def _leave(code: int) -> NoReturn:
    """End the process without taking libraries apart, which takes a second, and waiting for what is being computed."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            continue
    os._exit(code)


if __name__ == "__main__":
    start()

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
        code = _ended("there is not enough memory to load the program", 1)
    except ImportError as error:
        code = _ended(f"a library cannot be loaded ({' '.join(str(error).split())[:200]})", 1)
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
    allowed, least = limit // 2**20, LEAST_MEMORY // 2**20
    return _ended(f"found a limit of {allowed} MB of memory for a process (ulimit -v), expected at least {least} MB", 1)


def _ended(sentence: str, code: int) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"deptsim: {sentence}\n")
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

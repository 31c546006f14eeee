"""What interrupts a process, or tells it to end, and how it ends then: with a sentence, and with no half-written file.

An exception might be swallowed by whoever is loading a library or throwing something away, so the process ends within
the handler of the signal. Only the first Ctrl-C while something is computed is an exception: what is finished by then
may be worth showing.
"""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn

from sim.files import abandon

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
WORDS = {"SIGINT": "interrupted", "SIGTERM": "terminated", "SIGHUP": "terminated"}
"""What is said of each; nothing is looked up when it comes."""
SHOW_CURSOR = "\x1b[?25h\r"
"""Undoes what a progress bar does to a terminal."""


def speak(interrupted: str, terminated: str) -> None:
    """Say it in these words from now on."""
    WORDS.update(SIGINT=interrupted, SIGTERM=terminated, SIGHUP=terminated)


def end_at_once() -> None:
    """From now on end when a signal arrives that nobody has chosen to ignore."""
    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) not in (signal.SIG_IGN, None):
            signal.signal(number, _end)


def interrupt_first() -> None:
    """From now on raise `KeyboardInterrupt` when Ctrl-C is pressed, and end when it is pressed once more."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, _interrupt)


def all_said() -> None:
    """End without a word from now on: the command has said it."""
    WORDS.clear()


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGINT, _end)
    raise KeyboardInterrupt


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    try:
        abandon()
        word = WORDS.get(signal.Signals(number).name)
        if word is not None:
            before = SHOW_CURSOR if os.isatty(2) else ""
            os.write(2, f"{before}deptsim: {word}\n".encode())
    finally:
        os._exit(128 + number)

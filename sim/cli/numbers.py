"""Whole numbers of arguments: what is written as one, and nothing that only can be made one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.words.numbers import WHOLE


def whole_number(_type: Any, tokens: Sequence[Any]) -> int:
    """Return the number an argument stands for; ``1.5``, ``0x10``, ``1e3`` and ``None`` are no whole numbers."""
    written = tokens[-1].value
    if not WHOLE.fullmatch(written) or len(written) > 60:
        raise ValueError(f"found '{written[:60]}', expected a whole number such as 200")
    return int(written)

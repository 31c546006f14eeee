"""What is known already: the newest in memory, and on disk whatever will not change any more."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import Any

from sim.web.agenda import Subject
from sim.web.cache import Cache

MEMORY = 32_000_000
"""Bytes that are held in memory; beyond, what was used longest ago goes."""

Place = tuple[str, Subject]


class Known:
    """Frames, answers, weeks, and how sure answers are.

    Parameters
    ----------
    cache : Cache
        What is kept on disk.
    memory : int
        Bytes to hold in memory.
    """

    def __init__(self, cache: Cache, memory: int = MEMORY) -> None:
        self._cache, self._memory = cache, memory
        self._final: OrderedDict[Place, bytes] = OrderedDict()
        self._growing: OrderedDict[Subject, bytes] = OrderedDict()
        self._size = 0

    def has(self, kind: str, subject: Subject) -> bool:
        """Tell whether something is known for good."""
        return (kind, subject) in self._final or self._cache.has(kind, *subject)

    def get(self, kind: str, subject: Subject) -> bytes | None:
        """Return what is known for good."""
        found = self._final.get((kind, subject))
        if found is not None:
            self._final.move_to_end((kind, subject))
            return found
        found = self._cache.get(kind, *subject)
        if found is not None:
            self._hold(kind, subject, found)
        return found

    def put(self, kind: str, subject: Subject, content: bytes) -> None:
        """Learn something for good."""
        self._hold(kind, subject, content)
        self._cache.put(kind, *subject, content)
        if kind == "answer":
            self._growing.pop(subject, None)

    def grow(self, subject: Subject, content: bytes) -> None:
        """Learn an answer that more replications will replace."""
        self._growing.pop(subject, None)
        self._growing[subject] = content
        while sum(map(len, self._growing.values())) > self._memory // 4:
            self._growing.popitem(last=False)

    def answer(self, subject: Subject) -> dict[str, Any] | None:
        """Return the best answer there is, with how sure it is where that is known."""
        found = self.get("answer", subject) or self._growing.get(subject)
        if found is None:
            return None
        told: dict[str, Any] = json.loads(found)
        sure = self.get("sure", subject)
        return told if sure is None else told | {"sure": json.loads(sure)}

    def _hold(self, kind: str, subject: Subject, content: bytes) -> None:
        before = self._final.pop((kind, subject), b"")
        self._final[kind, subject] = content
        self._size += len(content) - len(before)
        while self._size > self._memory and len(self._final) > 1:
            _, gone = self._final.popitem(last=False)
            self._size -= len(gone)

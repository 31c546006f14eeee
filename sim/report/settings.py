"""How what a file says at a place is written for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.study.differing import Absent
from sim.words import words

texts = words("differing")


def setting_told(value: Any, lang: str) -> str | None:
    """Write what a file says at a place, as people read it; nothing where nothing is said."""
    if value is None or isinstance(value, Absent):
        return None
    if isinstance(value, bool):
        return (texts.YES if value else texts.NO).get(lang)
    if isinstance(value, Mapping):
        if set(value) == {"en", "zh"}:
            return str(value[lang])
        return ", ".join(_named(str(name), one, lang) for name, one in value.items() if one is not None)
    if isinstance(value, list | tuple):
        return "; ".join(str(setting_told(one, lang)) for one in value) or texts.EMPTY.get(lang)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _named(name: str, value: Any, lang: str) -> str:
    """Write what stands under a name."""
    said = setting_told(value, lang)
    return f"{name} ({said})" if isinstance(value, Mapping) else f"{name} {said}"

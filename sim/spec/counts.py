"""Whole numbers that come from outside: of whatever library, they are made Python's own, which every file can hold."""

from numbers import Integral


def count_of(name: str, found: object, least: int) -> int:
    """Return a whole number of at least `least`; refuse what cannot be meant."""
    if isinstance(found, bool) or not isinstance(found, Integral) or found < least:
        raise ValueError(f"{name}: found {found!r}, expected a whole number of at least {least}")
    return int(found)

"""The nearest valid name for a misspelled one."""

from collections.abc import Iterable
from difflib import get_close_matches

from sim.words import Text, words

texts = words("findings")

MANY = 2000
"""Above so many candidates only those that begin alike are looked at, so that a large file is checked quickly."""


def nearest(name: object, valid: Iterable[object]) -> str | None:
    """Return the valid name that looks most like `name`, or None where none comes close."""
    if not isinstance(name, str) or len(name) > 200:
        return None
    candidates = [str(one) for one in valid]
    if len(candidates) > MANY:
        candidates = [one for one in candidates if one[:2] == name[:2]][:MANY]
    folded = {one.casefold(): one for one in candidates}
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def did_you_mean(name: object, valid: Iterable[object]) -> Text:
    """Return ``; did you mean 'x'?`` for the nearest valid name, or nothing."""
    found = nearest(name, valid)
    return texts.DID_YOU_MEAN.format(name=found) if found else Text("", "")

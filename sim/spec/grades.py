"""How good evidence is: kinds of sources, and one scale from 0 (somebody says so) to 3 (it was tried)."""

from collections.abc import Mapping
from typing import Literal

Grade = Literal["claim", "survey", "before/after", "natural experiment", "meta-analysis", "trial", "log", "assumption"]
"""What kind of source a number or finding rests on."""

SCALE: Mapping[Grade, int] = {
    "claim": 0,
    "assumption": 0,
    "survey": 1,
    "log": 1,
    "before/after": 2,
    "natural experiment": 3,
    "meta-analysis": 3,
    "trial": 3,
}
"""The same as a number: nobody looked, somebody looked at what is, at what changed, or tried it beside not trying."""

BEST = max(SCALE.values())
"""The best that there is."""

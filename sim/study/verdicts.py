"""What may be said of a change: the keys that tables hold, and which of them count as an improvement."""

from __future__ import annotations

BETTER = "better"
BUT = "better, but less gets done"
"""An improvement that is seen beside more unfinished cases or a lower throughput."""
WORSE = "worse"
CHANGED = "changed"
"""A change of a measure of which neither direction is better."""
UNCLEAR = "cannot be told from zero"
UNKNOWN = "n/a"

"""The patterns that must emerge: each has the verdict that is declared for this version, emerging or refused."""

import pytest

from sim.patterns import PATTERNS


@pytest.mark.long
@pytest.mark.compiled
@pytest.mark.parametrize("key", PATTERNS)
def test_a_pattern_has_the_declared_verdict(key: str) -> None:
    """Those claims hold, and only those fail, of which its words say so."""
    outcome = PATTERNS[key].measure()
    assert outcome.failed == PATTERNS[key].refused, {one.key: one.interval.en for one in outcome.claims}

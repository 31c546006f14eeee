"""Letters that travel with a page."""

import re
from base64 import b64decode
from io import BytesIO

from fontTools.ttLib import TTFont

from sim.report.embedding import BROUGHT_SIGNS, faces_with_signs
from sim.report.lettering import SHIPPED, Lettering


def test_signs_bring_the_blank_along():
    """Between a sign and a Chinese word the blank may be taken from either font: a box stood there in a PDF."""
    with Lettering().used():
        rules = faces_with_signs("deptsim · 客户 → …")
    found: dict[str, set[int]] = {}
    for family, data in re.findall(r"font-family:'([^']+)'.*?base64,([^)]+)\)", rules):
        found.setdefault(family, set()).update(TTFont(BytesIO(b64decode(data))).getBestCmap())
    assert set(found) == {SHIPPED, BROUGHT_SIGNS}
    assert {ord(one) for one in " d客户"} <= found[SHIPPED]
    assert {ord(one) for one in " ·"} <= found[BROUGHT_SIGNS]

"""The parts of the documentation that are written from the code, so that they say what it does.

``python docs/generate.py`` writes the tables into their pages; ``python docs/generate.py demo`` also runs the demo: its
answer goes into the README, the rest into `docs/order-delivery.md`; ``python docs/generate.py page`` takes pictures of
the page. What stands outside the markers is written by hand.
"""

import sys
from collections.abc import Callable
from functools import partial

from docs import bundles, catalogues, choosing, experiments, gallery, organizations, remedies, workbooks
from docs.markdown import ROOT, replaced
from sim.interventions import FAMILIES
from sim.scenario import shipped

Block = tuple[str, Callable[[], str]]

BLOCKS: dict[str, tuple[Block, ...]] = {
    "docs/model.md": (
        ("purposes", catalogues.purposes),
        ("agreed", catalogues.agreed),
        ("defaults", catalogues.defaults),
        ("levers", catalogues.levers),
        ("constants", catalogues.constants),
    ),
    "docs/measures.md": (("measures", catalogues.measures),),
    "docs/tables.md": (("comparison tables", catalogues.comparison_tables), ("run tables", catalogues.run_tables)),
    "docs/interventions.md": (
        ("complaints", choosing.by_complaint),
        ("overview", choosing.overview),
        ("bundles", bundles.shipped),
        ("common", remedies.common),
    ),
    "docs/scenarios.md": organizations.blocks(),
    "docs/gallery.md": gallery.blocks(),
    "docs/experiments.md": experiments.blocks(),
    "docs/how-to/an-organization-from-excel.md": (("sheets", workbooks.every_sheet), ("unsaid", workbooks.not_said)),
    **{f"docs/interventions/{family}.md": remedies.blocks(family) for family in FAMILIES},
}
"""Which block of which page is written by what."""

PICTURES: dict[str, Callable[[], str]] = {
    str(organizations.picture(name).relative_to(ROOT)): partial(organizations.drawing, name) for name in shipped()
}
"""Pictures that are drawn without running anything, and by what."""


def fresh(path: str) -> str:
    """Return a page or picture as it should be."""
    if path in PICTURES:
        return PICTURES[path]()
    page = (ROOT / path).read_text(encoding="utf-8")
    for name, content in BLOCKS[path]:
        page = replaced(page, name, content())
    return page


def main(arguments: list[str]) -> None:
    """Write every generated block and picture; with ``demo`` what needs a run, with ``page`` pictures of the page."""
    for path in (*BLOCKS, *PICTURES):
        (ROOT / path).write_text(fresh(path), encoding="utf-8")
    if "demo" in arguments:
        from docs import demo  # it writes with what is defined here

        demo.write()
    if "page" in arguments:
        from docs import page  # only this needs a browser

        page.write()


if __name__ == "__main__":
    main(sys.argv[1:])

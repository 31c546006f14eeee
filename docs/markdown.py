"""What pages are written with: tables, blocks between markers, and words as sentences."""

from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table."""
    lines = [list(headings), None, *(list(map(str, row)) for row in rows)]
    return "\n".join("|" + "---|" * len(lines[0]) if one is None else f"| {' | '.join(one)} |" for one in lines)


def replaced(page: str, name: str, content: str, writer: str = "docs/generate.py") -> str:
    """Return a page with the block `name` replaced."""
    begin, end = f"<!-- {name}: written by {writer} -->\n", f"<!-- end of {name} -->"
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the page has no block '{name}'")
    return f"{before}{begin}\n{content.strip()}\n\n{end}{after}"


def sentence(text: str) -> str:
    """Return a text with a capital."""
    return text[:1].upper() + text[1:]

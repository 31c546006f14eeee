"""Characters that steer a screen, or hide or reorder what stands around them: words for people hold none of them.

These are the control characters of terminals, the controls of writing direction, invisible format characters, line
separators, and halves of characters. Joiners and non-joiners are no such characters: scripts need them.
"""

import re

SCHEMA = (
    r"\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f"
    r"\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
)
"""Most of them, as a set of a regular expression that every dialect reads; tab and line break are not among them."""

_STEERING = re.compile(rf"[{SCHEMA}\ud800-\udfff\U000e0000-\U000e00ff]")
_BREAK = re.compile(r"[\t\n]")
_FORMULA = re.compile(r"[=+\-@\t\n＝＋－＠]")
"""What a text begins with that a spreadsheet may take for a formula, in wide letters too."""


def steering(text: str) -> str | None:
    """Return the first such character of a text, tabs and line breaks aside, or None where there is none."""
    found = _STEERING.search(text)
    return found[0] if found else None


def broken(text: str) -> bool:
    """Say whether a text has tabs or line breaks."""
    return _BREAK.search(text) is not None


def unsteered(text: str) -> str:
    """Return a text without such characters; tabs and line breaks stay."""
    return _STEERING.sub("", text)


def visible(text: str) -> str:
    r"""Return a text in which such characters are written out, as in ``\x1b``; tabs and line breaks stay."""
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def json_visible(text: str) -> str:
    r"""Return JSON in which such characters are written out as JSON does it, as in ``\u202e``."""
    return _STEERING.sub(_json_escape, text)


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def as_cell(text: str) -> str:
    """Return a text as a spreadsheet takes it for data: with an apostrophe before what it would take for a formula."""
    shown = visible(text)
    return f"'{shown}" if _FORMULA.match(shown) else shown

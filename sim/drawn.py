"""Pictures that were drawn into a folder: a list of their files, which a notebook shows as pictures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import TypeVar

from sim.characters import visible
from sim.spec.findings import listed
from sim.spec.nearest import did_you_mean

Only = str | Collection[str] | None
"""The figures that somebody asks for, by the names of their files; all, where nothing is said."""

Figure = TypeVar("Figure")


class Drawn(list[Path]):
    """Files of pictures, as PNG and as SVG, in the order in which they are to be looked at."""

    def _repr_html_(self) -> str:
        shown = [_shown(path) for path in self if path.suffix == ".png" and path.is_file()]
        return f"<div>{''.join(shown)}</div>"


def chosen(figures: Iterable[tuple[str, Figure]], only: Only) -> Iterator[tuple[str, Figure]]:
    """Yield the figures that are asked for, by name.

    Parameters
    ----------
    figures
        All there are, each with the name of its file.
    only
        Names; ``effects`` is also the figure of each of several organizations, such as ``effects_trust_trap``.

    Raises
    ------
    ValueError
        If there is none of a name; one sentence, with the names that there are. What there is has been yielded then.
    """
    missing = [only] if isinstance(only, str) else list(only or ())
    there = []
    asked = tuple(missing)
    for name, figure in figures:
        there.append(name)
        mine = [one for one in asked if name == one or name.startswith(f"{one}_")]
        missing = [one for one in missing if one not in mine]
        if only is None or mine:
            yield name, figure
    for one in missing:
        known = f"one of {listed(there).en}" if there else "none, as there is nothing to draw"
        raise ValueError(f"only: found {one!r}, expected {known}{did_you_mean(one, there).en}")


def _shown(path: Path) -> str:
    """Return a picture as HTML that needs no file."""
    data = b64encode(path.read_bytes()).decode("ascii")
    return f'<p><img alt="{escape(visible(path.stem))}" style="max-width: 100%" src="data:image/png;base64,{data}"></p>'

"""Designs as somebody types them: a kind, with parameters as interventions have them.

``grid`` is every value with every other, ``latin_hypercube:points=100`` a hundred points that are drawn, and
``sobol_sequence:points=64,crossed=[raci]`` draws all factors but one.
"""

from __future__ import annotations

import re
from typing import Any

from sim.experiments.designs import DESIGNS, Points
from sim.spec.findings import TextError, mismatch, one_of, shortened
from sim.words import words

texts = words("experimentfile")

GRID = "grid"
"""What a full factorial is called where somebody types it."""

KINDS = {GRID: "full_factorial"} | {
    kind: kind for kind in (str(one.model_fields["kind"].default) for one in DESIGNS if one is not Points)
}
"""Which kind of design each word stands for; points one by one stand in files."""

_COMMA = re.compile(r",(?![^\[]*\])")
"""What stands between parameters; a comma within brackets does not."""

_WHOLE = re.compile(r"[+-]?[0-9]+(_[0-9]+)*")


class DesignTextError(TextError):
    """A sentence about a design that cannot be understood."""


def design_in(text: str) -> dict[str, Any]:
    """Return the design that a text stands for, as a file says it.

    Raises
    ------
    DesignTextError
        Where there is no such kind, or a parameter without a value. What a kind refuses is told with the experiment.

    Examples
    --------
    >>> from sim.experiments.designtext import design_in
    >>> design_in("latin_hypercube:points=100")
    {'kind': 'latin_hypercube', 'points': 100}
    """
    kind, colon, rest = (part.strip() for part in text.partition(":"))
    if kind not in KINDS:
        raise DesignTextError(texts.IN_DESIGN.format(text=shortened(text), finding=mismatch(kind, one_of(kind, KINDS))))
    fields: dict[str, Any] = {"kind": KINDS[kind]}
    for part in _COMMA.split(rest) if colon else ():
        name, equals, value = (one.strip() for one in part.partition("="))
        if not (name and equals and value):
            finding = texts.NO_DESIGN_PARAMETER.format(found=shortened(part.strip()))
            raise DesignTextError(texts.IN_DESIGN.format(text=shortened(text), finding=finding))
        if name in fields:
            raise DesignTextError(texts.PARAMETER_TWICE.format(text=shortened(text), name=name))
        fields[name] = _value(value)
    return fields


def _value(text: str) -> Any:
    """Return what a value in a file would be: several in brackets are a list."""
    if text.startswith("[") and text.endswith("]"):
        return [_value(one.strip()) for one in text[1:-1].split(",") if one.strip()]
    if text in ("true", "false"):
        return text == "true"
    try:
        return int(text) if _WHOLE.fullmatch(text) else float(text)
    except ValueError:
        return text

"""Sweeps: what is varied, as somebody types it, each text a factor.

``levers.latency=1,2,4`` are values of a place, ``departments.sales.staff=6..10/2`` those from 6 to 10 by 2, and
``levers.latency=0.1..0.9`` a range for designs that draw. ``departments.sales.staff*=0.8,1,1.2`` are times what the
scenario says. ``raci`` is there or not, ``raci|shared_kpi`` one of them or none, ``raci+sop`` both or none, and
``sop:strength=0.5,pages=1..10`` a dose, beside others that are fixed. A name may stand before all of that and a colon
with an equals sign: ``staff:=departments.sales.staff=6..10``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sim.experiments.decimals import steps
from sim.experiments.designtext import design_in
from sim.experiments.experiment import Experiment
from sim.experiments.factors import OFF
from sim.experiments.imported import is_import_path
from sim.experiments.reading import experiment_of
from sim.scenario import Scenario
from sim.scenario.bundled import bundle_named
from sim.spec.base import NAME_LENGTH
from sim.spec.findings import TextError, listed, shortened
from sim.study.alternatives import is_place, items_in
from sim.words import words

texts = words("experimentfile")

_NAMED = re.compile(r"\s*([^\W\d]\w*)\s*:=(.*)", re.DOTALL)
NUMBER = r"[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_SPAN = re.compile(rf"({NUMBER})\s*\.\.\s*({NUMBER})(?:\s*/\s*({NUMBER}))?")
_COMMA = re.compile(r",(?![^\[]*\])")
"""What stands between values; a comma within brackets does not."""


class SweepError(TextError):
    """A sentence about what is to be varied and cannot be understood."""


def sweep_of(scenario: str | Scenario, vary: Sequence[str], **fields: Any) -> Experiment:
    """Return the experiment that some texts stand for.

    Parameters
    ----------
    scenario : str or Scenario
        The organization.
    vary : sequence of str
        What is varied, each text a factor.
    **fields
        Further fields of the experiment, as in a file: `design`, `replications`, `measures`, `seed`. A design may be a
        text as well: ``grid``, ``latin_hypercube:points=100``.

    Returns
    -------
    Experiment
        One that has passed all checks; by default, every value of each factor with every value of all others.

    Raises
    ------
    SweepError, ScenarioError
        Where a text is not understood, or what it says cannot be.

    Examples
    --------
    >>> from sim.experiments.sweeping import sweep_of
    >>> found = sweep_of("order_delivery", ["raci", "levers.latency=1..3"], replications=5)
    >>> {name: one.values or one.ways for name, one in found.factors.items()}
    {'raci': (), 'latency': (1, 2, 3)}
    """
    if isinstance(fields.get("design"), str):
        fields["design"] = design_in(fields["design"])
    return experiment_of(scenarios=scenario, factors=factors_of(vary), **{"name": "sweep", **fields})


def factors_of(vary: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the factors that some texts stand for, by name, as a file says them.

    Raises
    ------
    SweepError
        Where one is not understood.
    """
    if not vary:
        raise SweepError(texts.NOTHING_VARIED)
    named = [_named(text) for text in vary]
    read = [factor_of(said) for _, said in named]
    names: list[str] = []
    for (own, _), (_, path) in zip(named, read, strict=True):
        taken = [name for name, _ in named if name] + names
        names.append(own or _name(path, taken, [one for _, one in read]))
    if twice := [name for index, name in enumerate(names) if name in names[:index]]:
        raise SweepError(texts.NAME_TWICE.format(name=twice[0]))
    return {name: factor for name, (factor, _) in zip(names, read, strict=True)}


def factor_of(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the factor that a text stands for, and the parts of which its name is made, the last one first of all."""
    said = text.strip()
    if not said:
        raise SweepError(texts.EMPTY_VARY)
    if is_place(said):
        return _place(said)
    items = _alternatives(said)
    if len(items) > 1:
        return {"levels": {_word(one, OFF): items_in(one) if one else [] for one in ["", *items]}}, (_joined(items),)
    several = items_in(said)
    if not all(several):
        raise SweepError(texts.EMPTY_ITEM.format(text=shortened(text)))
    if len(several) == 1 and ":" in said and bundle_named(said) is None and not is_import_path(said):
        return _dose(said)
    return {"with": several}, (_joined(several),)


def _alternatives(said: str) -> list[str]:
    items = [one.strip() for one in said.split("|")]
    if not all(items):
        raise SweepError(texts.EMPTY_ITEM.format(text=shortened(said)))
    if len({_word(one, "") for one in items}) < len(items):
        raise SweepError(texts.ITEM_TWICE.format(text=shortened(said)))
    return items


def _place(said: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    place, _, told = said.partition("=")
    scaled, place = place.rstrip().endswith("*"), place.strip().rstrip("*").strip()
    found = values_in(told, said)
    if scaled:
        if "range" in found:
            raise SweepError(texts.TIMES_RANGE.format(text=shortened(said)))
        found = {"times": found["values"]}
    parts = tuple(part for part in re.split(r"[.\[\]]+", place) if part)
    return {"set": place, **found}, parts


def _dose(said: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    kind, _, rest = said.partition(":")
    several = _parameters(rest, said)
    varied = {name: told for name, told in several.items() if len(told) > 1 or _SPAN.fullmatch(told[0])}
    fixed = ",".join(f"{name}={told[0]}" for name, told in several.items() if name not in varied)
    introduced = f"{kind.strip()}:{fixed}" if fixed else kind.strip()
    if not varied:
        return {"with": [introduced]}, (kind.strip(),)
    if len(varied) > 1:
        raise SweepError(texts.TWO_DOSES.format(text=shortened(said), found=listed(varied)))
    ((dose, told),) = varied.items()
    return {"with": [introduced], "dose": dose, **values_in(",".join(told), said)}, (kind.strip(), *dose.split("."))


def _parameters(rest: str, said: str) -> dict[str, list[str]]:
    """Return the values of each parameter; a value without a name belongs to the parameter before it."""
    found: dict[str, list[str]] = {}
    last = ""
    for part in _COMMA.split(rest):
        name, equals, value = (one.strip() for one in part.partition("="))
        if equals:
            if name in found:
                raise SweepError(texts.PARAMETER_TWICE.format(text=shortened(said), name=name))
            last = name
        else:
            value = name
        if not (last and value):
            raise SweepError(texts.NO_PARAMETER.format(text=shortened(said), found=part.strip()))
        found.setdefault(last, []).append(value)
    return found


def values_in(told: str, said: str) -> dict[str, Any]:
    """Return values as a file says them: a list, one of equal distances, or a range.

    Parameters
    ----------
    told
        The values, as in ``1,2,4`` or ``0.1..0.9/0.2`` or ``0.1..0.9``.
    said
        The whole text, for what is said where they cannot be meant.

    Raises
    ------
    SweepError
        If one is missing, or a range has no end.
    """
    several = [one.strip() for one in _COMMA.split(told)]
    if not all(several):
        raise SweepError(texts.EMPTY_VALUE.format(text=shortened(said)))
    spans = [_SPAN.fullmatch(one) for one in several]
    if len(several) == 1 and spans[0] is not None:
        return _span(spans[0], said)
    found: list[Any] = []
    for one, span in zip(several, spans, strict=True):
        if span is None:
            found.append(_scalar(one))
            continue
        inner = _span(span, said)
        if "range" in inner:
            raise SweepError(texts.RANGE_BESIDE.format(text=shortened(said), found=one))
        found += inner["values"]
    return {"values": found}


def _span(span: re.Match[str], said: str) -> dict[str, Any]:
    low, high = _scalar(span[1]), _scalar(span[2])
    if span[3] is None and not (isinstance(low, int) and isinstance(high, int)):
        return {"range": [low, high]}
    try:
        return {"values": list(steps(low, high, 1 if span[3] is None else _scalar(span[3])))}
    except TextError as error:
        raise SweepError(texts.IN_TEXT.format(text=shortened(said), finding=error.text)) from None


def _scalar(text: str) -> Any:
    """Return what a value in a file would be."""
    if text in ("true", "false"):
        return text == "true"
    for number in (int, float):
        try:
            found = number(text)
        except ValueError:
            continue
        return found if found == found and abs(found) != float("inf") else text
    return text


def _named(text: str) -> tuple[str, str]:
    found = _NAMED.fullmatch(text)
    return (found[1], found[2]) if found else ("", text)


def _word(item: str, otherwise: str) -> str:
    """Return a word for an item, of which names are made."""
    named = bundle_named(item) or item
    head = named.partition(":")[2 if is_import_path(named) else 0]
    word = head.rsplit("/", 1)[-1].removesuffix(".yaml")
    return _plain(word) if re.search(r"\w", word) else otherwise


def _joined(items: Sequence[str]) -> str:
    return _plain("_".join(_word(one, "item") for one in items))


def _name(path: tuple[str, ...], taken: Sequence[str], all_paths: Sequence[tuple[str, ...]]) -> str:
    """Return the shortest end of a path that no other has; a dose always goes with its intervention."""
    rivals = [one for one in all_paths if one is not path]
    for length in range(1, len(path) + 1):
        found = _plain("_".join(path[-length:]))
        if found not in taken and not any(_plain("_".join(one[-length:])) == found for one in rivals):
            return found
    return _plain("_".join(path))


def _plain(text: str) -> str:
    """Return a text as a name: letters, digits and underscores."""
    made = "".join(one if f"a{one}".isidentifier() else "_" for one in text)
    made = re.sub("_+", "_", made)[:NAME_LENGTH].strip("_")
    return made if made.isidentifier() else f"factor_{made}"[:NAME_LENGTH].strip("_")

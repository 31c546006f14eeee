"""Hours of work in two cells: how many on average, and how they vary."""

from __future__ import annotations

import re
from typing import Any

from sim.spec.distributions import FAMILIES
from sim.words import LANGUAGES, words
from sim.workbook.cells import CellError, Unit, duration, folded, plain, share, text, wrong
from sim.workbook.grid import Value

texts = words("workbook")

_RANGE = re.compile(r"[-‐‑–—~～至到]|\bto\b")
_ONE_MEAN = ("deterministic", "exponential")
_WITH_CV = ("gamma", "lognormal")


def read_work(hours: Value, spread: Value | None, usual: str, bare: Unit | None = None) -> tuple[Any, bool]:
    """Return hours of work as files write them, and whether how they vary was assumed.

    Parameters
    ----------
    hours
        What stands under hours: ``4``, ``30 min``, ``2-6`` (evenly from 2 to 6), ``2-3-6`` (most often 3); in a single
        cell for both also ``4; 60 %``.
    spread
        What stands beside: ``60 %`` (standard deviation over mean), ``60 % gamma``, ``exponential``; nothing.
    usual
        How they vary where nothing is said, written like `spread`.
    bare
        What a number without a unit counts, where that is not hours.
    """
    if isinstance(hours, str) and spread is None and re.search("[;；]", hours):
        hours, spread = (one.strip() for one in re.split("[;；]", hours, maxsplit=1))
    if (ends := _ends(hours, bare)) is not None:
        if spread is not None:
            raise wrong(spread, texts.NO_SPREAD)
        family = "uniform" if len(ends) == 2 else "triangular"
        return {family: dict(zip(FAMILIES[family], ends, strict=True))}, False
    mean = duration(hours, "hours", bare=bare)
    family, cv = _spread(usual if spread is None else spread, usual)
    if family == "deterministic":
        return mean, spread is None and usual != "0 %"
    made = {family: mean} if family == "exponential" else {family: {"mean": mean, "cv": cv}}
    return made, spread is None


def _ends(hours: Value, bare: Unit | None) -> list[float] | None:
    """Return the ends of a range, with what is most frequent between them, or None where a cell has none."""
    parts = [one.strip() for one in _RANGE.split(plain(hours))] if isinstance(hours, str) else []
    if len(parts) not in (2, 3) or not all(parts):
        return None
    unit = re.sub(r"^[\d.,\s]+", "", parts[-1])
    try:
        return [duration(one if re.search(r"[^\d.,\s]", one) else f"{one} {unit}", "hours", bare=bare) for one in parts]
    except CellError:
        return None


def _spread(said: Value, usual: str) -> tuple[str, float]:
    """Return a family of distributions, and a standard deviation over the mean."""
    if not isinstance(said, str):
        spread = share(said) if isinstance(said, float) and said <= 1.0 else _cv(said)
        return _family_for(spread, usual), spread
    match = re.fullmatch(r"([\d.,]+\s*%?)?\s*(.*)", plain(said))
    number, name = (match[1], match[2]) if match else (None, plain(said))
    family = _families().get(folded(name)) if name else None
    if name and family is None:
        raise wrong(said, texts.SPREAD)
    cv = None if number is None else _cv(number)
    if family in _ONE_MEAN and cv is None:
        return str(family), 0.0
    if cv is None or (family is not None and family not in _WITH_CV):
        raise wrong(said, texts.SPREAD)
    return family or _family_for(cv, usual), cv


def _cv(said: Value) -> float:
    written = text(said)
    try:
        found = float(written.rstrip("% ").replace(",", ".")) / (100.0 if written.endswith("%") else 1.0)
    except ValueError:
        raise wrong(said, texts.SPREAD) from None
    return round(found, 12)


def _family_for(cv: float, usual: str) -> str:
    if cv == 0.0:
        return "deterministic"
    named = usual.rpartition(" ")[2]
    return named if named in _WITH_CV else "lognormal"


def _families() -> dict[str, str]:
    return {
        folded(name): family
        for family, said in texts.FAMILIES.items()
        for name in (family, *(said.get(lang) for lang in LANGUAGES))
    }


def percent(share: float, lang: str) -> str:
    """Return a share in percent, as each language sets it."""
    return f"{share * 100:.12g}{'%' if lang == 'zh' else ' %'}"


def written_work(data: Any, usual: str, lang: str) -> tuple[Value, Value | None]:
    """Return the cells of hours of work as files write them: hours, and how they vary."""
    if isinstance(data, int | float):
        return float(data), 0.0
    family, given = next(iter(data.items()))
    if family in ("uniform", "triangular"):
        return " - ".join(f"{given[name]:.12g}" for name in FAMILIES[family]), None
    told = texts.FAMILIES[family].get(lang)
    if family in _ONE_MEAN:
        return float(given["mean"] if isinstance(given, dict) else given), told
    cv = float(given["cv"])
    return float(given["mean"]), cv if _family_for(cv, usual) == family else f"{percent(cv, lang)} {told}"

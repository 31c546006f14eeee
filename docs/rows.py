"""Rows of the tables of interventions, in words: what a figure is called, what it usually is, how long it holds."""

import math
from functools import cache
from typing import Any

import sim
from sim.interventions import INTERVENTIONS, MANAGEMENT, Edit, Intervention
from sim.interventions.moves import Contact, Row, Said, Times, figure
from sim.interventions.needs import NEEDS, needed
from sim.scenario import Scenario
from sim.spec.levers import LEVERS

NOT_SAID = "not unless stated"


@cache
def manufacturer() -> Scenario:
    """Return the organization of which costs are told."""
    return sim.load("order_delivery")


def usual(cls: type[Intervention]) -> Intervention:
    """Return an intervention at its usual doses."""
    kind = str(cls.model_fields["kind"].default)
    return INTERVENTIONS[kind](kind=kind)


def said(what: Said, cls: type[Intervention], lever: str = "overhead") -> str:
    """Return a figure, or the name of the dose behind it with what that usually is."""
    if not isinstance(what, str):
        return _number(what)
    if what in cls.at_pace:
        return f"`{what}` ({_number(cls.at_pace[what])} at a pace of 1)"
    if what in cls.model_fields:
        value = getattr(usual(cls), what)
        return f"`{what}` ({_number(value) if isinstance(value, float | int) else NOT_SAID})"
    found = figure(usual(cls), manufacturer(), what, lever)
    return f"{found:.3g} ({_why(cls, what)})"


def _number(value: Any) -> str:
    return "always" if value == math.inf else f"{value:g}"


def _why(cls: type[Intervention], name: str) -> str:
    """Return what a method or property of a class says that it returns."""
    member = getattr(cls, name)
    text = " ".join((getattr(member, "fget", None) or member).__doc__.split())
    told = text.removeprefix("Return ").rstrip(".")
    return told[:1].lower() + told[1:]


def span(row: Any, cls: type[Intervention]) -> str:
    """Return where and from when to when a row holds, as the end of a phrase; nothing where it is always everywhere."""
    parts = []
    if getattr(row, "where", None):
        parts.append(f"in {_why(cls, row.where)}")
    if getattr(row, "after_weeks", 0.0) != 0.0:
        parts.append(f"after {said(row.after_weeks, cls)} weeks")
    if _ends(getattr(row, "weeks", math.inf), cls):
        parts.append("for a week" if row.weeks == 1.0 else f"for {said(row.weeks, cls)} weeks")
    if getattr(row, "fades_weeks", math.inf) != math.inf:
        parts.append(f"half as much after {said(row.fades_weeks, cls)} weeks")
    return "".join(f", {part}" for part in parts)


def _ends(weeks: Said, cls: type[Intervention]) -> bool:
    """Say whether so many weeks are over at some time, at the usual doses."""
    return figure(usual(cls), manufacturer(), weeks, "overhead") != math.inf


RULES = {"escalation", "ownership", "agreement", "express"}
"""Conditions that whoever raises the lever of that name brings about."""
LOWERED = {"changes"}
"""Conditions that whoever lowers the lever of that name needs as well."""


def lacks(lever: str, cls: type[Intervention]) -> list[str]:
    """Return the conditions that a lever has, but for those that the intervention itself brings about, or asks for."""
    own = {*(RULES & set(cls.levers)), "together", *(["management"] if MANAGEMENT in cls.needs else [])}
    return [one for one in (*NEEDS.get(lever, ()), *(LOWERED & {lever})) if one not in own]


def _needs(lever: str, cls: type[Intervention], less: bool) -> str:
    """Return what a lever needs in words; one that is usually at 0, and made less, needs to be above it."""
    told = [needed(one).en for one in lacks(lever, cls)]
    return "; ".join([*told, *["a lever that stands above 0"] * (less and LEVERS[lever].typical == 0.0)])


def move(row: Row, cls: type[Intervention]) -> tuple[str, str, str, str]:
    """Return a row of the table of moves: lever, where to, how much of the gap, what it needs."""
    needs = _needs(row.lever, cls, isinstance(row, Times) or (row.lever != "contact" and row.toward == 0.0))
    if isinstance(row, Contact):
        return f"`{row.lever}`", "more", f"{said(row.dealings, cls)} good dealings a day{span(row, cls)}", needs
    if isinstance(row, Times):
        price = " (a price)" if row.worsens else ""
        return f"`{row.lever}`{price}", "so many times what it is", said(row.factor, cls, row.lever), needs
    share = "all of it, as agreed" if row.share is None else said(row.share, cls, row.lever)
    followed = ", as far as people follow through" if row.followed else ""
    price = " (a price)" if row.worsens else ""
    given = f", where `{row.given}` is stated" if row.given else ""
    return f"`{row.lever}`{price}", said(row.toward, cls, row.lever), f"{share}{followed}{given}{span(row, cls)}", needs


def computed(edit: Edit, cls: type[Intervention]) -> tuple[str, str, str, str]:
    """Return a row for a move that the class computes by itself, at its usual doses."""
    needs = _needs(edit.lever, cls, edit.toward == 0.0)
    share = "all of it, as agreed" if edit.agreed else f"{edit.strength:.3g}"
    where = f", in {', '.join(edit.where)}" if edit.where else ""
    return f"`{edit.lever}`", f"{edit.toward:g}", share + where + when(edit), needs


def when(edit: Edit) -> str:
    """Return from when to when an edit holds, as the end of a phrase; nothing where it always does."""
    after = f", after {edit.after_weeks:g} weeks" if edit.after_weeks else ""
    spans = {math.inf: "", 1.0 / 7.0: ", for a day", 1.0: ", for a week"}
    lasts = spans.get(edit.weeks, f", for {edit.weeks:g} weeks")
    return after + lasts

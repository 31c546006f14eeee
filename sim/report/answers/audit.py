"""The audit of claims on one page: the verdicts, what stands behind each, and how it was done; all from its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from sim.answers.audit.changes import LIKE_POINTS, LIKE_TIMES, like_limits
from sim.answers.audit.search import ROUNDS
from sim.answers.audit.verdicts import FEWEST, VERDICTS
from sim.report.answers.auditfigure import draw_audit
from sim.report.answers.audittold import Row, records, rows_of
from sim.report.numbers import between
from sim.words import Text, words
from sim.words.numbers import digits, percentage

if TYPE_CHECKING:
    from sim.answers.audit.audit import Audit
    from sim.report.answers.page import Section

texts = words("audit")
terminal = words("terminal")
grammar = words("grammar")

MOST_LEVERS = 6
"""Levers that are named; the table has them all."""


def sections(answer: Audit, lang: str) -> list[Section]:
    """Return the page: the verdicts, a section for each claim, and the method."""
    rows = rows_of(answer, lang)
    told = [(Text(*(row.title for _ in range(2))), list(_told(answer, row))) for row in rows]
    return [(texts.PAGE, list(_overview(rows, lang))), *told, (texts.METHOD, list(_method(answer, lang)))]


def figures(answer: Audit, lang: str) -> Iterator[tuple[str, Figure]]:
    """Yield the picture of all claims."""
    yield "audit", draw_audit(answer, lang)


def counted(rows: list[Row], lang: str) -> str:
    """Return how many claims have which verdict."""
    found = [row.verdict for row in rows]
    several = [texts.COUNTED[one].format(count=found.count(one)) for one in VERDICTS if one in found]
    return texts.COMMA.get(lang).join(one.get(lang) for one in several)


def _overview(rows: list[Row], lang: str) -> Iterator[str]:
    if len(rows) > 1:
        yield texts.OVERVIEW.format(count=len(rows), listed=counted(rows, lang)).get(lang)
    for row in rows:
        verdict = texts.VERDICTS[row.verdict]
        if row.simulated is None:
            yield texts.EACH.format(title=row.title, verdict=verdict).get(lang)
            continue
        facts = {"claimed": row.change(row.claimed), "simulated": row.change(row.simulated["change"])}
        span = row.span(row.simulated)
        yield texts.EACH_SIMULATED.format(title=row.title, verdict=verdict, span=span, **facts).get(lang)


def _told(answer: Audit, row: Row) -> Iterator[str]:
    """Yield everything about one claim."""
    lang = row.lang
    yield texts.CLAIMED.format(text=row.said("text")).get(lang)
    yield texts.SOURCE.format(source=row.said("source")).get(lang)
    if row.said("why"):
        yield texts.STANDS.format(why=row.said("why")).get(lang)
    if row.said("cannot"):
        yield texts.CANNOT.format(why=row.said("cannot")).get(lang)
    if row.simulated is not None:
        yield from _simulated(row)
    yield from _anchors(answer, row)
    if row.simulated is not None:
        yield from needed_told(answer, row)
    facts = {"verdict": texts.VERDICTS[row.verdict], "reason": texts.REASONS[row.claim["reason"]]}
    yield texts.VERDICT.format(**facts).get(lang)


def _simulated(row: Row) -> Iterator[str]:
    lang, typical = row.lang, row.simulated
    assert typical is not None  # whoever calls this has looked
    if row.verdict == "open" and row.claim["reason"] == "undefined":
        yield texts.UNDEFINED.get(lang)
        return
    facts = {"label": row.label, **row.moved(typical)}
    yield texts.SIMULATED.format(**facts).get(lang)
    if row.known("lead_time_needed"):
        several = [row.percent(row.claim[name]) for name in ("lead_time_needed", "lead_time_simulated")]
        yield texts.ARITHMETIC.format(needed=several[0], simulated=several[1]).get(lang)
    if row.known("before"):
        said, found = row.figure(row.claim["before"]), row.figure(row.claim["baseline"])
        yield texts.OTHER_BASE.format(said=said, found=found).get(lang)
    worlds = row.where("worlds")
    yield texts.OVER_WORLDS.format(**_over(row, worlds)).get(lang)
    alike = row.where("alike")
    if row.known("before") and alike["worlds"]:
        low, high = like_limits(float(row.claim["before"]), row.claim["unit"])
        yield texts.LIKE.format(low=row.figure(low), high=row.figure(high), **_over(row, alike)).get(lang)
    if alike["worlds"]:
        least, most = (percentage(alike[f"reached_{end}"]).get(lang) for end in ("low", "high"))
        reached = {"reached": row.reached, "worlds": alike["worlds"]}
        share = percentage(alike["reached_in"])
        yield texts.REACHED.format(share=share, span=between(least, most, lang), **reached).get(lang)


def _over(row: Row, worlds: Mapping[str, Any]) -> dict[str, Any]:
    return {"worlds": worlds["worlds"], "change": row.change(worlds["change"]), "span": row.span(worlds)}


def _anchors(answer: Audit, row: Row) -> Iterator[str]:
    found = answer.tables["anchors"]
    mine = records(found[found["claim"] == row.name])
    if not mine:
        yield texts.NO_ANCHOR.get(row.lang)
    for one in mine:
        agreement = texts.AGREEMENTS[one["agreement"] or "apart"]
        says = one["says"] if row.lang == "en" else one["says_zh"]
        grade = terminal.GRADES[one["grade"]]
        yield texts.ANCHOR.format(grade=grade, says=says, reference=one["reference"], agreement=agreement).get(row.lang)


def needed_told(answer: Audit, row: Row) -> Iterator[str]:
    """Yield what would have to be true, or how far the search came."""
    lang, searched = row.lang, answer.tables["searched"]
    mine = searched[searched["claim"] == row.name]
    needed = answer.tables["needed"]
    levers = needed[needed["claim"] == row.name]
    if len(levers):
        where = str(levers["where"].iloc[0])
        best = records(mine[mine["holds"] & (mine["where"] == where)].sort_values("departure"))[0]
        told = [_lever(one, lang) for one in records(levers)]
        rest = [texts.MORE_LEVERS.format(count=len(told) - MOST_LEVERS).get(lang)] if len(told) > MOST_LEVERS else []
        facts = {"label": row.label, "departure": digits(best["departure"]), **row.moved(best)}
        text = texts.NEEDED_INSIDE if where == "inside" else texts.NEEDED_OUTSIDE
        yield text.format(levers=texts.SEPARATOR.get(lang).join([*told[:MOST_LEVERS], *rest]), **facts).get(lang)
    elif mine["holds"].any():
        yield texts.NEEDED_NOTHING.get(lang)
        return
    elif row.reached:
        yield texts.NOT_AGAIN.format(reached=row.reached).get(lang)
    else:
        yield texts.NOT_FOUND.get(lang)
    for where in ("inside", "outside"):
        short = mine[~mine["holds"] & (mine["where"] == where)]
        if len(short) and not mine[mine["where"] == where]["holds"].any():
            best = max(records(short), key=lambda one: one["change"] / row.claimed)
            yield texts.FURTHEST.format(where=texts.WHERE[where], **row.moved(best)).get(lang)


def _lever(one: dict[str, Any], lang: str) -> str:
    name = one["label"] if lang == "en" else one["label_zh"]
    name = name if name == one["place"] else texts.NAMED.format(name=name, place=one["place"]).get(lang)
    facts = {key: digits(one[key]) for key in ("needed", "typical", "low", "high")}
    text = texts.LEVER if one["inside"] else texts.LEVER_OUTSIDE
    return str(text.format(name=name, **facts).get(lang))


def _method(answer: Audit, lang: str) -> Iterator[str]:
    about = answer.about
    yield texts.METHOD_RULE.format(fewest=FEWEST).get(lang)
    yield texts.METHOD_LIKE.format(points=f"{LIKE_POINTS * 100:.0f}", times=f"{LIKE_TIMES:g}").get(lang)
    facts = {name: about[name] for name in ("replications", "each", "worlds", "seed")}
    yield texts.METHOD_RUNS.format(**facts).get(lang)
    yield texts.METHOD_PERCENT.get(lang)
    yield texts.METHOD_SEARCH.format(rounds=ROUNDS, again=about["again"]).get(lang)
    yield texts.METHOD_DEFAULTS.get(lang)

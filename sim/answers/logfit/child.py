"""The scenario of a log as a file: with where its numbers come from, as comments."""

from __future__ import annotations

from collections.abc import Iterator

from sim.answers.logfit.logfit import LogFit
from sim.scenario.writing import content, written
from sim.spec.levers import LEVERS
from sim.words import words

texts = words("logfit")

NOTICING = ("levers.latency", "levers.latency_spread")
"""What the log tells where tasks are passed on often enough."""


def text_of_child(found: LogFit, lang: str = "en") -> str:
    """Return the text of the scenario.

    Parameters
    ----------
    found
        What was found.
    lang
        Of the comments.
    """
    head = "".join(f"# {line}\n" if line else "#\n" for line in _head(found, lang))
    return head + written(content(found.fitted()), dict(_remarks(found, lang)))


def _head(found: LogFit, lang: str) -> Iterator[str]:
    facts = {"log": found.about["log"], "cases": found.about["cases"], "events": found.about["events"]}
    yield texts.FILE_FITTED.format(**facts, seed=found.about["seed"]).get(lang)
    yield ""
    by = int(found.about["noticed"])
    latency = texts.FILE_LATENCY_TOLD.format(by=by) if by else texts.FILE_LATENCY
    latency = texts.FILE_LATENCY_ASKED if "levers.latency" in _asked(found) else latency
    for text in (texts.FILE_LOG, latency, texts.FILE_TYPICAL):
        yield text.get(lang)
    if found.posterior is None:
        yield texts.FILE_NO_DISPUTES.get(lang)
    else:
        yield texts.FILE_DISPUTES.format(runs=f"{found.about['runs']:,}").get(lang)


def _remarks(found: LogFit, lang: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield behind each range where it comes from."""
    narrowed = set()
    if found.posterior is not None:
        table = found.posterior.tables["posterior"]
        narrowed = set(table.loc[table["identified"], "assumption"].map(str))
    measures = {one.measure for one in found.asked}
    asked = _asked(found)
    for place in found.fitted().ranges:
        if place in measures:
            text = texts.OF_LOG
        elif place in narrowed:
            text = texts.NARROWED
        elif place in asked:
            text = texts.ASKED
        elif place.endswith(".own_work.share"):
            text = texts.ELSEWHERE
        elif place.endswith(".ambiguity") and place.startswith("processes."):
            text = texts.OF_LOG
        elif place.startswith("processes."):
            text = texts.ESTIMATED
        elif place in NOTICING:
            text = texts.NARROWED if found.about["noticed"] else texts.ASSUMED
        else:
            text = texts.TYPICAL if place.partition(".")[2] in LEVERS else texts.ASSUMED
        yield ("ranges", place), text.get(lang)


def _asked(found: LogFit) -> set[str]:
    """Return what people were asked."""
    return {str(one) for one in found.tables["survey"]["assumption"]} if "survey" in found.tables else set()

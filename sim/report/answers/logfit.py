"""How an organization is told that was read off a log: what was found, how like the log it is, what is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.eventlog.counted import MANY
from sim.report.answers import fit as fitpage
from sim.report.answers import looktold
from sim.report.answers.fitreading import over
from sim.report.answers.logfitfigures import draw_likeness, likeness
from sim.report.numbers import measured
from sim.scenario.uncertain import assumption_at
from sim.spec.measures import MEASURES
from sim.words import LANGUAGES, Text, clauses, words
from sim.words.numbers import digits, percentage

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.answers.logfit.logfit import LogFit
    from sim.report.answers.page import Section

texts = words("logfit")


def sections(answer: LogFit, lang: str) -> list[Section]:
    """Return the page: what was found, how like the log it is, what is assumed, and what the fit of levers says."""
    told = [
        (texts.TITLE.format(log=answer.about["log"]), _found(answer)),
        (texts.LIKE, _like(answer)),
        (texts.ASSUMED_PART, _assumed(answer)),
        (texts.DOUBTS, _doubts(answer)),
        (texts.NOTES, iter(answer.notes)),
    ]
    parts = [(heading, [one.get(lang) for one in said]) for heading, said in told]
    if answer.posterior is not None:
        (_, first), *rest = fitpage.sections(answer.posterior, lang)
        whole = texts.FEWER_STEPS_UNMET if answer.about["unmet"] else texts.FEWER_STEPS_MET
        steps = {"fewer": answer.about["fewer_steps"], "steps": answer.about["steps"]}
        parts += [(texts.LEVERS, [whole.format(**steps).get(lang), *first]), *rest]
    return parts


def figures(answer: LogFit, lang: str) -> Iterator[tuple[str, Figure]]:
    """Yield the pictures: the log and logs of the organization, and those of the fit."""
    yield "likeness", draw_likeness(answer, lang)
    if answer.posterior is not None:
        yield from fitpage.figures(answer.posterior, lang)


def _found(answer: LogFit) -> Iterator[Text]:
    about = answer.about
    parts = ("cases", "events", "departments", "steps")
    yield texts.READ.format(**{name: about[name] for name in parts})
    if about["bounces"]:
        per_100 = 100.0 * about["bounces"] / max(1, about["cases"])
        yield texts.DISPUTED.format(visits=about["visits"], bounces=about["bounces"], per_100=per_100)
        yield texts.FIRST_LINE
        chance = answer.tables["again"].set_index("passed_on")["chance"]
        if len(chance) > 1:
            yield texts.AGAIN.format(first=percentage(float(chance[0])), next=percentage(float(chance[1])))
        back = next((one.value for one in answer.asked if one.measure == "ping_pong"), None)
        if back is not None:
            yield texts.BACK.format(share=percentage(back))
    else:
        yield texts.NO_DISPUTES
    table = answer.tables["boundary"]
    across = (table["sender"] != table["receiver"]).to_numpy()
    if across.any() and (~across).any():
        hours = [np.average(one["hours"], weights=one["handoffs"]) for one in (table[across], table[~across])]
        yield texts.BOUNDARY.format(across=digits(float(hours[0])), within=digits(float(hours[1])))
    late = answer.tables["lateness"]
    if len(late):
        said = [
            texts.LATENESS_ROW.format(
                handoffs=_number(int(row["handoffs"])), share=percentage(float(row["on_time"])), cases=int(row["cases"])
            )
            for _, row in late.iterrows()
        ]
        yield texts.LATENESS.format(said=clauses(said))


def _number(handoffs: int) -> Text:
    """Return a number of hand-offs; the last stands for all beyond as well."""
    number = Text(str(handoffs), str(handoffs))
    return looktold.texts.OR_MORE.format(number=number) if handoffs == MANY else number


def _like(answer: LogFit) -> Iterator[Text]:
    if not answer.tables["figures"].empty:
        yield likeness(answer.tables["figures"]) + Text(".", "。")
    for _, row in answer.tables["figures"].iterrows():
        facts = {name: digits(float(row[name])) for name in ("log", "organization", "low", "high")}
        yield texts.SAME.format(figure=texts.FIGURES[str(row["figure"])], **facts)
    for _, row in answer.tables["passed_on"].iterrows():
        yield _passed_on(row)
    if answer.about["weeks"] is not None:
        yield texts.LATELY.format(weeks=answer.about["weeks"])
    yield texts.CONSTRUCTED
    if answer.about["unmet"]:
        yield texts.UNMET.format(figures=clauses(_unmet(answer, one) for one in answer.about["unmet"]))


def _unmet(answer: LogFit, measure: str) -> Text:
    """Return a figure that the organization does not have, with what it has instead."""
    spec, value = MEASURES[measure], next(one.value for one in answer.asked if one.measure == measure)
    told = {
        lang: texts.UNMET_FIGURE.format(
            figure=spec.label,
            log=measured(value, spec, lang),
            organization=measured(answer.about["has"][measure], spec, lang),
        ).get(lang)
        for lang in LANGUAGES
    }
    return Text(**told)


def _passed_on(row: pd.Series) -> Text:
    """Return what being passed on goes with, in the log and in the organization, and whether they agree."""
    names = ("log", "log_low", "log_high", "organization", "low", "high")
    facts = {name: digits(100.0 * float(row[name])) for name in names}
    if row["log_low"] <= 0.0 <= row["log_high"]:
        end = texts.PASSED_FLAT
    else:
        apart = row["high"] < row["log_low"] or row["low"] > row["log_high"]
        end = texts.PASSED_OTHERWISE if apart else texts.PASSED_ALIKE
    return texts.PASSED[str(row["figure"])].format(**facts, end=end)


def _doubts(answer: LogFit) -> Iterator[Text]:
    """Yield what the log cannot tell, with what that means for an organization from it."""
    for _, row in answer.tables["doubts"].iterrows():
        yield (
            Text(str(row["said_en"]), str(row["said_zh"]))
            + Text(" ", "")
            + Text(str(row["fit_en"]), str(row["fit_zh"]))
        )


def _assumed(answer: LogFit) -> Iterator[Text]:
    limits = answer.about["latency_range"]
    asked = set(answer.tables["survey"]["assumption"]) if "survey" in answer.tables else set()
    if limits and "levers.latency" not in asked:
        low, high = (digits(float(end)) for end in limits)
        text = texts.LATENCY_TOLD if answer.about["noticed"] else texts.LATENCY
        yield text.format(
            latency=digits(float(answer.about["latency"])), low=low, high=high, by=answer.about["noticed"]
        )
    elif not limits:
        yield texts.NO_LATENCY
    places = list(answer.found.ranges)
    busy, steps = (sum(one.endswith(part) for one in places) for part in (".own_work.share", ".work"))
    if busy or steps:
        said = [texts.RANGE_BUSY.format(busy=busy)] * (busy > 0) + [texts.RANGE_WORK.format(steps=steps)] * (steps > 0)
        yield texts.RANGES.format(said=clauses(said))
    if asked:
        yield fitpage.texts.ASKED.format(answers=clauses(_asked(answer)))
    elif answer.about["bounces"]:
        yield texts.SURVEY_HELPS


def _asked(answer: LogFit) -> Iterator[Text]:
    for _, row in answer.tables["survey"].iterrows():
        one = assumption_at(answer.found, str(row["assumption"]))
        if one is not None:
            name = fitpage.texts.QUOTED.format(name=one.label)
            limits = over(one, float(row["low"]), float(row["high"]))
            yield fitpage.texts.NARROWED_TO.format(name=name, range=limits, answers=int(row["answers"]))

"""What state an organization is in, in sentences: the gravest first, each with its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sim.report.numbers import band, limits, measured
from sim.report.shown import OUTSIDE
from sim.scenario import Finding, Scenario, findings_in
from sim.scenario.outline import called
from sim.spec.base import text_of
from sim.spec.measures import MeasureSpec
from sim.study.expected import Met
from sim.study.facts import Diagnosis, Remark, Wait
from sim.study.reported import all_specs
from sim.words import LANGUAGES, Text, clauses, phrases, series, words
from sim.words.numbers import few, in_percent, percentage

texts = words("diagnosis")

MOST_PEOPLE = 2
"""So many people are named before the rest is counted."""

MOST_FINDINGS = 3
"""So many findings about the file are told before the rest is counted."""

WORTH = 0.02
"""Shares of hours below which nothing that is beyond the plan is worth naming, and of time below which no wait is."""

NOTHING = Text("", "")


def sentences(diagnosis: Diagnosis, lang: str = "en") -> list[str]:
    """Return all that there is to say about a scenario as it is, in ``en`` or ``zh``."""
    return [_told(texts.SENTENCES, one, diagnosis.scenario).get(lang) for one in diagnosis.remarks]


def headline(diagnosis: Diagnosis, lang: str = "en", most: int = 2) -> list[str]:
    """Return in a line each what has to be known before anything is compared: the gravest, or that all is well."""
    told = (diagnosis.amiss or diagnosis.remarks[:1])[:most]
    return [_told(texts.HEADS, one, diagnosis.scenario).get(lang) for one in told]


def added(scenarios: Mapping[str, Scenario], names: Mapping[str, Text], lang: str = "en") -> list[str]:
    """Return what `check` warns of in alternatives and not in what they are compared with, the first of the scenarios.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        What was run, by label.
    names : mapping of str to Text
        What people call them.
    lang : str
        ``en`` or ``zh``.
    """
    (_, baseline), *alternatives = scenarios.items()
    known = {one.text for one in findings_in(baseline)}
    return [
        texts.ADDED.format(label=names[label], finding=_said(one)).get(lang)
        for label, scenario in alternatives
        for one in findings_in(scenario.model_copy(update={"compare": ()}))  # what it has is what a suggestion is of
        if one.text not in known
    ]


def _told(forms: Mapping[str, Text], remark: Remark, scenario: Scenario) -> Text:
    """Return a remark in words, and whether dates of the file may be why."""
    said: Text = forms[remark.kind].format(**_facts(remark, scenario))
    return said + (texts.PHRASES["dated"] if remark.facts.get("dated") else NOTHING)


def _facts(remark: Remark, scenario: Scenario) -> dict[str, Any]:
    """Return what is put into the words of a remark."""
    facts = {name: _written(name, value) for name, value in remark.facts.items()}
    return facts | _TOLD.get(remark.kind, _plain)(remark, scenario)


def _plain(remark: Remark, scenario: Scenario) -> dict[str, Any]:
    return {"who": called(scenario, remark.about)} if remark.about else {}


def _beyond(remark: Remark, scenario: Scenario) -> dict[str, Any]:
    """Say on what hours went that nobody had planned."""
    parts = beyond_plan(remark.facts["beyond"])
    told = [texts.PHRASES["point"].format(kind=texts.KINDS[kind], points=in_percent(share)) for kind, share in parts]
    said = texts.PHRASES["beyond"].format(parts=phrases(told)) if told else NOTHING
    return _plain(remark, scenario) | {"beyond": said}


def beyond_plan(beyond: Mapping[str, float], most: int = 2) -> list[tuple[str, float]]:
    """Return what is most beyond a plan, as kinds and shares of hours."""
    ranked = sorted(beyond.items(), key=lambda one: -one[1])
    return [(kind, share) for kind, share in ranked[:most] if share >= WORTH]


def _all_late(remark: Remark, scenario: Scenario) -> dict[str, Any]:
    wait: Wait | None = remark.facts["wait"]
    look = texts.PHRASES["look"].format(wait=_wait(wait, scenario)) if wait else NOTHING
    return _of(remark, scenario) | {"first": look}


def _of(remark: Remark, scenario: Scenario) -> dict[str, Any]:
    if not remark.about:
        return {"of": NOTHING}
    process = text_of(scenario.processes[remark.about].label, remark.about)
    return {"of": texts.PHRASES["of"].format(process=process)}


def _warmup(remark: Remark, _: Scenario) -> dict[str, Any]:
    bias, needed = remark.facts["bias"], remark.facts["needed"]
    way = texts.PHRASES["fewer_open" if bias < 0.0 else "more_open"]
    advice = (
        texts.PHRASES["never"]
        if needed is None
        else texts.PHRASES["enough"].format(needed=needed, weeks=_weeks(needed))
    )
    return {"bias": way.format(share=percentage(abs(bias))), "advice": advice, "weeks": _weeks(remark.facts["weeks"])}


def _falls(remark: Remark, scenario: Scenario) -> dict[str, Any]:
    told = texts.PHRASES["requests"].format(who=called(scenario, remark.about)) if remark.about else None
    return {"what": told or texts.PHRASES["open_cases"]}


def _file(remark: Remark, _: Scenario) -> dict[str, Any]:
    findings = remark.facts["findings"]
    others = len(findings) - MOST_FINDINGS
    more = texts.PHRASES["more"].format(count=others) if others > 0 else NOTHING
    told = [texts.PHRASES["finding"].format(finding=_said(one)) for one in findings[:MOST_FINDINGS]]
    return {"findings": Text("".join(one.en for one in told), "".join(one.zh for one in told)), "more": more}


def _said(finding: Finding) -> Text:
    return Text(*(finding.said(lang) for lang in LANGUAGES))


def _waits(remark: Remark, scenario: Scenario) -> dict[str, Any]:
    first, *more = remark.facts["waits"]
    others = [_wait(one, scenario, texts.MORE_WAITS) for one in more if one.share >= WORTH]
    told = [_wait(first, scenario), *others]
    first_one = _wait(first, scenario, texts.MORE_WAITS)
    return _plain(remark, scenario) | {"waits": clauses(told), "first": first_one}


def _wait(wait: Wait, scenario: Scenario, forms: Mapping[str, Text] | None = None) -> Text:
    """Say for whom cases wait, and at which step most."""
    form = (forms or texts.WAITS)[wait.part]
    if wait.part == OUTSIDE and scenario.outside:
        form = texts.PHRASES["first_named" if forms is None else "named"]
    people = [called(scenario, one) for one in wait.people]
    if len(people) > MOST_PEOPLE:
        people = [*people[: MOST_PEOPLE - 1], texts.PHRASES["others"].format(count=len(people) - MOST_PEOPLE + 1)]
    facts = {
        "share": percentage(wait.share),
        "people": series(people),
        "step": NOTHING,
        "outside": text_of(scenario.outside),
    }
    if forms is None and wait.step:
        step = scenario.processes[wait.process].steps[wait.step]
        facts["step"] = texts.PHRASES["step"].format(step=text_of(step.label, wait.step))
    told: Text = form.format(**facts)
    return told


def _met(remark: Remark, scenario: Scenario) -> dict[str, Any]:
    """Say of measures what was found, and between what they are known to lie."""
    specs = all_specs([scenario])
    return {"found": clauses([_found(one, specs[one.measure]) for one in remark.facts["met"]])}


def _found(one: Met, spec: MeasureSpec) -> Text:
    told = {}
    for lang in LANGUAGES:
        told_band = band(one.low, one.high, spec, lang)
        facts = {"measure": spec.label.get(lang), "value": measured(one.found.mean, spec, lang), "band": told_band}
        facts["interval"] = limits(one.found.low, one.found.high, spec, lang)
        told[lang] = texts.MET[one.verdict].format(**facts).get(lang)
    return Text(**told)


_TOLD: Mapping[str, Callable[[Remark, Scenario], dict[str, Any]]] = {
    "grows": _beyond,
    "gap": _beyond,
    "all_late": _all_late,
    "none_late": _of,
    "warmup": _warmup,
    "falls": _falls,
    "constants": _file,
    "file": _file,
    "steady": _waits,
    "waits": _waits,
    "unexpected": _met,
    "expected": _met,
}
"""What has to be put into words beside figures, by kind of remark."""

_SHARES = ("busy", "planned", "share", "late")


def _written(name: str, value: Any) -> Any:
    """Return a figure as it is written: shares as percentages, few digits."""
    if name in _SHARES:
        return percentage(value)
    if name in ("weeks", "tail"):
        return _weeks(value)
    return few(value) if isinstance(value, float) else value


def _weeks(weeks: float) -> Text:
    """Return a number of weeks with its unit."""
    told: Text = texts.PHRASES["week" if weeks == 1.0 else "weeks"].format(weeks=f"{weeks:.3g}")
    return told

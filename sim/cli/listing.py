"""deptsim list"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from rich.table import Table

from sim.cli.screen import screen, write_json
from sim.interventions import INTERVENTIONS, Intervention, family_of
from sim.interventions.complaints import complaint
from sim.report.numbers import between
from sim.report.plaintable import new_table
from sim.scenario import ScenarioError, load, shipped
from sim.scenario.bundled import PREFIX
from sim.scenario.bundles import every_bundle
from sim.scenario.outline import parts_of
from sim.scenario.scenario import written_intervention
from sim.spec.base import text_of
from sim.spec.grades import BEST, SCALE
from sim.spec.levers import LEVERS
from sim.spec.meanings import meaning_of
from sim.spec.measures import MEASURES
from sim.words import Text, series, words
from sim.words.numbers import MINUS

texts = words("terminal")
told = words("outline")

DOTS = tuple("●" * full + "○" * (BEST - full) for full in range(BEST + 1))
"""How the grade of evidence is shown."""

COMMON = frozenset(Intervention.model_fields)
"""Parameters that every intervention has, named once in the heading rather than in every row."""


def list_command(what: str | None, json: bool, lang: str) -> int:
    """Print one catalogue, or all of them."""
    chosen = [what] if what else list(_CATALOGUES)
    if json:
        catalogues = {name: _CATALOGUES[name][0]() for name in chosen}
        write_json(catalogues[what] if what else catalogues)
        return 0
    console = screen()
    for name in chosen:
        console.print(_CATALOGUES[name][1](lang))
        console.print()
    return 0


def _scenarios() -> list[dict[str, Any]]:
    return [
        {"name": name, "title": title.by_language(), "description": what.by_language()}
        for name, title, what in _shipped()
    ]


def _shipped() -> list[tuple[str, Text, Text]]:
    found = []
    for name in shipped():
        try:
            scenario = load(name)
        except ScenarioError as error:  # a broken file must not hide the others
            found.append((name, Text(name, name), Text(str(error.findings[0]), str(error.findings[0]))))
        else:
            found.append((name, text_of(scenario.title, name), text_of(scenario.description, "")))
    return found


def _scenario_table(lang: str) -> Table:
    table = new_table(texts.SCENARIOS.get(lang), *(text.get(lang) for text in (texts.NAME, texts.LABEL, texts.MEANING)))
    for name, title, what in _shipped():
        table.add_row(name, title.get(lang), " ".join(what.get(lang).split()))
    return table


def _interventions() -> list[dict[str, Any]]:
    return [
        {
            "name": kind,
            "family": family_of(cls),
            "label": cls.label.by_language(),
            "summary": cls.summary.by_language(),
            "parameters": {name: _default(value) for name, value in _doses(cls).items()},
            "meanings": {name: text.by_language() for name in _doses(cls) if (text := meaning_of(cls.__name__, name))},
            "at_pace_1": dict(cls.at_pace),
            "presets": {name: label.by_language() for name, label in cls.preset_labels.items()},
            "levers": list(cls.levers),
            "answers": {name: complaint(name).by_language() for name in cls.answers},
            "grade": cls.grade,
            "best_evidence": None if cls.best_evidence is None else asdict(cls.best_evidence),
            "evidence": [{"grade": one.grade, "source": one.source, "finding": one.finding} for one in cls.evidence],
        }
        for kind, cls in INTERVENTIONS.items()
    ]


def _doses(cls: type[Intervention]) -> dict[str, Any]:
    own = (name for name in cls.model_fields if name not in COMMON)
    return {name: cls.model_fields[name].get_default(call_default_factory=True) for name in own}


def _told(cls: type[Intervention]) -> dict[str, Any]:
    """Return the doses with what is usual, at a pace of 1, where that follows the pace of an organization."""
    return _doses(cls) | dict(cls.at_pace)


def _default(value: Any) -> Any:
    return value if isinstance(value, int | float | str | bool) or value is None else str(value)


def _intervention_table(lang: str) -> Table:
    headings = (texts.NAME, texts.LABEL, texts.MEANING, texts.PARAMETERS, texts.EVIDENCE)
    table = new_table(texts.INTERVENTIONS.get(lang), *(text.get(lang) for text in headings))
    for kind, cls in INTERVENTIONS.items():
        paced = dict.fromkeys(cls.at_pace, "*")
        told_doses = {name: value for name, value in _told(cls).items() if _plain(value)}
        doses = ", ".join(f"{name}={_default(value)}{paced.get(name, '')}" for name, value in told_doses.items())
        grades = series(texts.GRADES[grade] for grade in dict.fromkeys(one.grade for one in cls.evidence))
        rated = f"{DOTS[cls.grade]} {grades.get(lang)}".strip()
        table.add_row(kind, cls.label.get(lang), cls.summary.get(lang), doses, rated)
    table.caption = told.FIGURES.get(lang)
    table.caption_justify = "left"
    return table


def _plain(value: Any) -> bool:
    return isinstance(value, int | float)


def _bundles() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": bundle.label.by_language(),
            "description": text_of(bundle.description).by_language(),
            "with": list(map(written_intervention, bundle.with_)),
            "set": dict(bundle.set_),
        }
        for name, bundle in every_bundle().items()
    ]


def _bundle_table(lang: str) -> Table:
    headings = (texts.NAME, texts.LABEL, texts.CONSISTS, texts.MEANING)
    table = new_table(texts.BUNDLES.get(lang), *(text.get(lang) for text in headings))
    for name, bundle in every_bundle().items():
        about = " ".join(text_of(bundle.description).get(lang).split())
        table.add_row(f"{PREFIX}{name}", bundle.label.get(lang), ", ".join(parts_of(bundle)), about)
    return table


def _measures() -> list[dict[str, Any]]:
    return [
        {
            "name": spec.name,
            "unit": spec.unit,
            "better": spec.better,
            "label": spec.label.by_language(),
            "meaning": spec.meaning.by_language(),
        }
        for spec in MEASURES.values()
    ]


def _measure_table(lang: str) -> Table:
    headings = (texts.NAME, texts.LABEL, texts.UNIT, texts.BETTER, texts.MEANING)
    table = new_table(texts.MEASURES_TITLE.get(lang), *(text.get(lang) for text in headings))
    for spec in MEASURES.values():
        better = texts.DIRECTIONS[spec.better].get(lang)
        table.add_row(spec.name, spec.label.get(lang), texts.UNITS[spec.unit].get(lang), better, spec.meaning.get(lang))
    return table


def _levers() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "unit": spec.unit,
            "low": spec.low,
            "high": spec.high,
            "neutral": spec.neutral,
            "typical": spec.typical,
            "plausible": list(spec.plausible),
            "agreed": spec.agreed.strict,
            "grade": spec.grade,
            "scale": SCALE[spec.grade],
            "source": spec.source,
            "label": spec.label.by_language(),
            "meaning": spec.meaning.by_language(),
        }
        for name, spec in LEVERS.items()
    ]


def _lever_table(lang: str) -> Table:
    headings = (texts.NAME, texts.NEUTRAL, texts.TYPICAL, texts.RANGE, texts.GRADE, texts.MEANING)
    table = new_table(texts.LEVERS.get(lang), *(text.get(lang) for text in headings), numbers=(1, 2, 3))
    for name, spec in LEVERS.items():
        low, high = map(_figure, spec.plausible)
        grade, meaning = texts.GRADES[spec.grade].get(lang), spec.meaning.get(lang)
        table.add_row(name, _figure(spec.neutral), _figure(spec.typical), between(low, high, lang), grade, meaning)
    return table


def _figure(value: float) -> str:
    return f"{value:g}".replace("-", MINUS)


_CATALOGUES: dict[str, tuple[Callable[[], list[dict[str, Any]]], Callable[[str], Table]]] = {
    "scenarios": (_scenarios, _scenario_table),
    "interventions": (_interventions, _intervention_table),
    "bundles": (_bundles, _bundle_table),
    "measures": (_measures, _measure_table),
    "levers": (_levers, _lever_table),
}

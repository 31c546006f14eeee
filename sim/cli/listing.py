"""deptsim list"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.table import Table

from sim.cli.organizations import scenario_table, scenarios
from sim.cli.remedies import complaint_table, complaints, intervention_table, interventions
from sim.cli.screen import screen, write_json
from sim.report.numbers import between
from sim.report.plaintable import new_table
from sim.scenario.bundled import PREFIX
from sim.scenario.bundles import every_bundle
from sim.scenario.outline import parts_of
from sim.scenario.scenario import written_intervention
from sim.spec.base import text_of
from sim.spec.grades import SCALE
from sim.spec.levers import LEVERS
from sim.spec.measures import MEASURES
from sim.words import words
from sim.words.numbers import MINUS

texts = words("terminal")
about = words("patterns")
asking = words("experimenting")


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


def _patterns() -> list[dict[str, Any]]:
    """Return the patterns, from their words alone, which load no library for numbers."""
    told = ("recipe", "expected", "why")
    return [
        {"name": key, "label": one["name"].by_language()} | {name: one[name].by_language() for name in told}
        for key, one in about.PATTERNS.items()
    ]


def _pattern_table(lang: str) -> Table:
    headings = (about.KEY, about.NAME, about.RECIPE, about.EXPECTED)
    table = new_table(about.TITLE.get(lang), *(text.get(lang) for text in headings))
    for key, one in about.PATTERNS.items():
        table.add_row(key, *(one[name].get(lang) for name in ("name", "recipe", "expected")))
    return table


def _experiments() -> list[dict[str, Any]]:
    """Return the shipped experiments, from their files."""
    from sim.experiments.places import told_by_shipped

    return [
        {"name": name} | {field: text.by_language() for field, text in one.items()}
        for name, one in told_by_shipped().items()
    ]


def _experiment_table(lang: str) -> Table:
    headings = (texts.NAME, asking.QUESTION, asking.ANSWER)
    table = new_table(asking.TITLE.get(lang), *(text.get(lang) for text in headings))
    for one in _experiments():
        table.add_row(one["name"], *(" ".join(one[field][lang].split()) for field in ("question", "answer")))
    return table


def _figure(value: float) -> str:
    return f"{value:g}".replace("-", MINUS)


_CATALOGUES: dict[str, tuple[Callable[[], list[dict[str, Any]]], Callable[[str], Table]]] = {
    "scenarios": (scenarios, scenario_table),
    "complaints": (complaints, complaint_table),
    "interventions": (interventions, intervention_table),
    "bundles": (_bundles, _bundle_table),
    "measures": (_measures, _measure_table),
    "levers": (_levers, _lever_table),
    "patterns": (_patterns, _pattern_table),
    "experiments": (_experiments, _experiment_table),
}

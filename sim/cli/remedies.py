"""What `deptsim list` says of interventions, family by family, and of complaints, with what may help."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.table import Table

from sim.interventions import FAMILIES, INTERVENTIONS, Intervention, family_of
from sim.interventions.complaints import COMPLAINTS, ROOTS, complaint, root
from sim.interventions.needs import NEEDS, needed
from sim.report.plaintable import new_table
from sim.spec.grades import BEST
from sim.spec.meanings import meaning_of
from sim.words import Text, series, words

texts = words("terminal")

DOTS = tuple("●" * full + "○" * (BEST - full) for full in range(BEST + 1))
"""How the grade of evidence is shown."""

WIDEST_LABEL = 22
"""Columns of the screen from which on a label is broken, so that there is room for what people do."""

COMMON = frozenset(Intervention.model_fields)
"""Parameters that every intervention has; what they say stands on one page, and not in every row."""


def interventions() -> list[dict[str, Any]]:
    """Return every intervention as plain data."""
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


def _default(value: Any) -> Any:
    return value if isinstance(value, int | float | str | bool) or value is None else str(value)


def intervention_table(lang: str) -> Table:
    """Return a table of interventions: names, what people do, and the evidence; doses are on their pages."""
    headings = (texts.NAME, texts.LABEL, texts.MEANING, texts.EVIDENCE)
    table = new_table(texts.INTERVENTIONS.get(lang), *(text.get(lang) for text in headings))
    table.columns[0].no_wrap = table.columns[3].no_wrap = True
    table.columns[1].max_width = WIDEST_LABEL
    for family in (*FAMILIES, None):
        chosen = {kind: cls for kind, cls in INTERVENTIONS.items() if family_of(cls) == family}
        if family is not None and chosen:
            table.add_row(words("catalogue").FAMILIES[family].get(lang), style="bold")
        for kind, cls in chosen.items():
            table.add_row(f"  {kind}", cls.label.get(lang), _about(cls).get(lang), DOTS[cls.grade])
        table.add_section()
    table.caption = texts.WHERE_DOSES.get(lang)
    table.caption_justify = "left"
    return table


def _about(cls: type[Intervention]) -> Text:
    """Return what people do, the first sentence of the summary, and the presets that there are."""
    first = Text(cls.summary.en.split(". ")[0].rstrip(".") + ".", cls.summary.zh.split("。")[0] + "。")
    return texts.WITH_PRESETS.format(summary=first, presets=series(cls.presets)) if cls.presets else first


def answering(name: str) -> dict[str, type[Intervention]]:
    """Return the interventions that may be an answer to a complaint, those with the best evidence first."""
    found = {kind: cls for kind, cls in INTERVENTIONS.items() if name in cls.answers}
    return dict(sorted(found.items(), key=lambda one: -one[1].grade))


def complaints() -> list[dict[str, Any]]:
    """Return every complaint as plain data: what is behind it, and what may help, with what each lever needs."""
    return [
        {
            "name": name,
            "complaint": complaint(name).by_language(),
            "root": behind,
            "root_label": root(behind).by_language(),
            "candidates": {kind: _candidate(cls) for kind, cls in answering(name).items()},
        }
        for name, behind in COMPLAINTS.items()
    ]


def _candidate(cls: type[Intervention]) -> dict[str, Any]:
    lacks = {lever: series(needed(one) for one in NEEDS[lever]).by_language() for lever in cls.levers if lever in NEEDS}
    return {"label": cls.label.by_language(), "grade": cls.grade, "needs": lacks}


def complaint_table(lang: str) -> Table:
    """Return a table of complaints by root, with the interventions that may help."""
    headings = (texts.NAME, texts.PEOPLE_SAY, texts.MAY_HELP)
    table = new_table(texts.COMPLAINTS.get(lang), *(text.get(lang) for text in headings))
    table.columns[0].no_wrap = True
    for behind in ROOTS:
        table.add_row("", root(behind).get(lang), style="bold")
        for name in (name for name, one in COMPLAINTS.items() if one == behind):
            table.add_row(f"  {name}", complaint(name).get(lang), ", ".join(answering(name)))
        table.add_section()
    table.caption = texts.WHERE_CHOSEN.get(lang)
    table.caption_justify = "left"
    return table

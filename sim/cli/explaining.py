"""deptsim explain"""

from __future__ import annotations

from typing import Any

from rich.table import Table

from sim.cli.codes import FINE, SOME_FAILED
from sim.cli.comparing import given_alternatives
from sim.cli.screen import Bar, Screen, screen, warn, write_json
from sim.cli.working import said_if_interrupted, worked_on
from sim.report.lines import lines_of
from sim.report.plaintable import new_table
from sim.report.shown import parts_called
from sim.report.stories import counts_told, part_called, story_told
from sim.scenario import load
from sim.scenario.changes import Change
from sim.study.compare import Plan, planned
from sim.study.explained import TABLES, Explanation, explained
from sim.study.plain import plain_data
from sim.vocab import UNFINISHED
from sim.words import words
from sim.words.numbers import MISSING, signed

texts = words("terminal")


def explain_command(
    name: str,
    changes: tuple[Change, ...],
    with_: tuple[str, ...],
    replications: int,
    seed: int,
    threads: int | None,
    json: bool,
    lang: str,
) -> int:
    """Print which cases changed their outcome and through which part of the ledger, and tell a few as a story."""
    plan = planned(load(name, changes), given_alternatives(with_), replications, seed, tables=TABLES)
    with Bar(texts.RUNNING.get(lang)) as bar:
        interrupted = worked_on(plan.study, threads, bar)
    runs = plan.study.results()
    found = explained(runs)
    if json:
        write_json(plain_data({one.label: _plain(one, plan, lang) for one in found}))
    else:
        for one in found:
            _print(screen(), one, plan.called[one.label].get(lang), lang)
    errors = [error for result in runs.values() for error in result.errors]
    if errors:
        warn(texts.SOME_RUNS_FAILED.format(count=len(errors), first=errors[0]).get(lang))
    if interrupted:
        return said_if_interrupted(plan.study, lang)
    return SOME_FAILED if errors else FINE


def _print(console: Screen, found: Explanation, label: str, lang: str) -> None:
    if found.changed.empty:
        console.print(texts.CHANGED_NONE.format(label=label).get(lang))
        return
    console.print(_table(found, label, lang))
    console.print(lines_of(counts_told(found).get(lang), console.width, lang))
    for _, row in found.typical.iterrows():
        console.print()
        console.print(lines_of(story_told(found, row, label).get(lang), console.width, lang))
    console.print()


def _table(found: Explanation, label: str, lang: str) -> Table:
    headings = (texts.THROUGH, texts.GAINED, texts.LOST, texts.MEAN_CHANGE)
    title = texts.CHANGED.format(label=label).get(lang)
    table = new_table(title, *(heading.get(lang) for heading in headings), numbers=(1, 2, 3))
    parts = parts_called(found.scenario)
    for _, row in found.parts.iterrows():
        part = str(row["part"])
        hours = MISSING if part == UNFINISHED else signed(float(row["hours"]))
        table.add_row(part_called(part, parts).get(lang), str(row["gained"]), str(row["lost"]), hours)
    return table


def _plain(found: Explanation, plan: Plan, lang: str) -> dict[str, Any]:
    """Return one explanation as plain data."""
    label = plan.called[found.label].get(lang)
    return {
        "replications": found.replications,
        "counted": found.counted,
        "gained": found.gained,
        "lost": found.lost,
        "parts": found.parts.to_dict("records"),
        "stories": [
            {**row.to_dict(), "story": story_told(found, row, label).get(lang)} for _, row in found.typical.iterrows()
        ],
    }

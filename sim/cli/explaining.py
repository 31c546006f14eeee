"""deptsim explain"""

from __future__ import annotations

from functools import partial

import pandas as pd
from rich.table import Table

from sim.cli.codes import FINE, SOME_FAILED
from sim.cli.comparing import given_alternatives
from sim.cli.naming import called
from sim.cli.screen import Bar, Screen, screen, warn
from sim.replications import run
from sim.report.numbers import signed
from sim.report.stories import extras, part_called, tell
from sim.report.terminal import new_table
from sim.results import RunResult
from sim.scenario import Scenario, load
from sim.scenario.changes import Change
from sim.spec.base import text_of
from sim.study.alternatives import alternatives_of
from sim.study.changed import changed_between
from sim.vocab import UNFINISHED
from sim.words import words

texts = words("terminal")

STORIES = 3
"""Cases told in words for each alternative."""


def explain_command(
    name: str,
    changes: tuple[Change, ...],
    with_: tuple[str, ...],
    replications: int,
    seed: int,
    threads: int | None,
    lang: str,
) -> int:
    """Print which cases changed their outcome and through which part of the ledger, and tell a few as a story."""
    scenario = load(name, changes)
    chosen = alternatives_of(scenario, given_alternatives(with_))
    scenarios = [scenario, *(scenario.with_interventions(one.interventions) for one in chosen)]
    before, *others = _observed(scenarios, replications, seed, threads, lang)
    console = screen()
    for one, after in zip(chosen, others, strict=True):
        _print(console, one.name.get(lang), before, after, lang)
    errors = [error for result in (before, *others) for error in result.errors]
    if errors:
        warn(texts.SOME_RUNS_FAILED.get(lang).format(count=len(errors), first=errors[0]))
    return SOME_FAILED if errors else FINE


def _observed(
    scenarios: list[Scenario], replications: int, seed: int, threads: int | None, lang: str
) -> list[RunResult]:
    """Run every scenario under the same luck, with the event log."""
    total = replications * len(scenarios)
    results = []
    with Bar(texts.RUNNING.get(lang)) as bar:
        for place, scenario in enumerate(scenarios):
            step = bar.part(place * replications, total)
            results.append(run(scenario, replications, seed, threads=threads, events=True, progress=step))
    return results


def _print(console: Screen, label: str, before: RunResult, after: RunResult, lang: str) -> None:
    changed = changed_between(before, after)
    if changed.empty:
        console.print(texts.CHANGED_NONE.get(lang).format(label=label))
        return
    gained = int(changed["on_time_after"].sum())
    facts = {"gained": gained, "lost": len(changed) - gained, "counted": changed.attrs["counted"]}
    console.print(_table(changed, label, lang))
    summary = texts.CHANGED_SUMMARY.get(lang)
    console.print(summary.format(replications=before.manifest["replications"], **facts))
    for _, row in _typical(changed).iterrows():
        console.print()
        console.print(_story(row, before, after, label, lang))
    console.print()


def _story(row: pd.Series, before: RunResult, after: RunResult, label: str, lang: str) -> str:
    scenario, process = before.scenario, str(row["process"])
    name = text_of(scenario.processes[process].label, process).get(lang)
    sides = (_events_of(before, row), _events_of(after, row))
    told = tell(row, name, label, lang, scenario.window[0])
    return (" " if lang == "en" else "").join(
        [told, *extras(*sides, label, partial(called, scenario, lang=lang), lang)]
    )


def _table(changed: pd.DataFrame, label: str, lang: str) -> Table:
    headings = (texts.THROUGH, texts.GAINED, texts.LOST, texts.MEAN_CHANGE)
    title = texts.CHANGED.get(lang).format(label=label)
    table = new_table(title, *(heading.get(lang) for heading in headings), numbers=(1, 2, 3))
    groups = changed.groupby("part")
    for part in groups.size().sort_values(ascending=False, kind="stable").index:
        rows = groups.get_group(part)
        gained = int(rows["on_time_after"].sum())
        hours = "–" if part == UNFINISHED else signed(float(rows["part_hours"].mean()))
        table.add_row(part_called(str(part), lang), str(gained), str(len(rows) - gained), hours)
    return table


def _typical(changed: pd.DataFrame) -> pd.DataFrame:
    """Return a few cases worth telling: those that moved most among the gains, and one that got worse, if any."""
    told = changed[changed["part"] != UNFINISHED]
    order = told["part_hours"].abs().sort_values(ascending=False, kind="stable").index
    ordered = told.loc[order]
    gains, losses = ordered[ordered["on_time_after"]], ordered[~ordered["on_time_after"]]
    return pd.concat([gains.head(STORIES - min(1, len(losses))), losses.head(1)])


def _events_of(result: RunResult, row: pd.Series) -> pd.DataFrame:
    events = pd.DataFrame() if result.events is None else result.events
    found: pd.DataFrame = events[(events["replication"] == row["replication"]) & (events["case"] == row["case"])]
    return found

"""deptsim explain"""

from __future__ import annotations

import pandas as pd
from rich.table import Table

from sim.cli.comparing import given_alternatives
from sim.cli.guard import FINE
from sim.cli.screen import Screen, screen
from sim.report import texts
from sim.report.numbers import signed
from sim.report.stories import extras, tell
from sim.report.tables import new_table
from sim.run import RunResult, run
from sim.scenario import Scenario, load
from sim.spec.base import text_of
from sim.study.alternatives import alternatives_of
from sim.study.changed import changed_between

STORIES = 3
"""Cases told in words for each alternative."""


def explain_command(
    name: str, with_: tuple[str, ...], replications: int, seed: int, threads: int | None, lang: str
) -> int:
    """Print which cases changed their outcome and through which part of the ledger, and tell a few as a story."""
    scenario = load(name)
    chosen = alternatives_of(scenario, given_alternatives(with_))
    console = screen()
    before = _observed(scenario, replications, seed, threads)
    for alternative in chosen:
        changed_scenario = scenario.with_interventions(alternative.interventions)
        after = _observed(changed_scenario, replications, seed, threads)
        _print(console, scenario, alternative.name.get(lang), before, after, replications, lang)
    return FINE


def _observed(scenario: Scenario, replications: int, seed: int, threads: int | None) -> RunResult:
    return run(scenario, replications=replications, seed=seed, threads=threads, events=True)


def _print(
    console: Screen,
    scenario: Scenario,
    label: str,
    before: RunResult,
    after: RunResult,
    replications: int,
    lang: str,
) -> None:
    changed = changed_between(before, after)
    if changed.empty:
        console.print(texts.CHANGED_NONE.get(lang).format(label=label), markup=False)
        return
    gained = int(changed["on_time_after"].sum())
    facts = {"gained": gained, "lost": len(changed) - gained, "counted": changed.attrs["counted"]}
    console.print(_table(changed, label, lang))
    summary = texts.CHANGED_SUMMARY.get(lang).format(replications=replications, **facts)
    console.print(summary, markup=False)
    for _, row in _typical(changed).iterrows():
        process = text_of(scenario.processes[str(row["process"])].label, str(row["process"])).get(lang)
        sides = (_events_of(before, row), _events_of(after, row))
        console.print()
        console.print(" ".join([tell(row, process, label, lang), *extras(*sides, label, lang)]), markup=False)
    console.print()


def _table(changed: pd.DataFrame, label: str, lang: str) -> Table:
    headings = (texts.THROUGH, texts.GAINED, texts.LOST, texts.MEAN_CHANGE)
    title = texts.CHANGED.get(lang).format(label=label)
    table = new_table(title, *(heading.get(lang) for heading in headings), numbers=(1, 2, 3))
    groups = changed.groupby("part")
    for part in groups.size().sort_values(ascending=False, kind="stable").index:
        rows = groups.get_group(part)
        gained = int(rows["on_time_after"].sum())
        hours = signed(float(rows["part_hours"].mean()))
        table.add_row(texts.PARTS[str(part)].get(lang), str(gained), str(len(rows) - gained), hours)
    return table


def _typical(changed: pd.DataFrame) -> pd.DataFrame:
    """Return a few cases worth telling: the largest moves among the gains, and one that got worse, if any."""
    size = changed["part_hours"].abs()
    ordered = changed.assign(size=size).sort_values("size", ascending=False, kind="stable")
    finished = ordered[ordered["finish_before"].notna() & ordered["finish_after"].notna()]
    gains, losses = finished[finished["on_time_after"]], finished[~finished["on_time_after"]]
    return pd.concat([gains.head(STORIES - min(1, len(losses))), losses.head(1)]).head(STORIES)


def _events_of(result: RunResult, row: pd.Series) -> pd.DataFrame:
    events: pd.DataFrame = result.events
    return events[(events["replication"] == row["replication"]) & (events["case"] == row["case"])]

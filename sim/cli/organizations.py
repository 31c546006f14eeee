"""The shipped scenarios as `deptsim list` tells of them: what each shows, how large it is, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table

from sim.report.numbers import band, measured
from sim.report.plaintable import new_table
from sim.scenario import Scenario, ScenarioError, load, shipped
from sim.scenario.outline import size_of, told_target
from sim.spec.base import text_of
from sim.spec.measured import measure_specs, process_specs
from sim.words import Text, clauses, series, words

texts = words("terminal")


def scenarios() -> list[dict[str, Any]]:
    """Return every shipped scenario as plain data."""
    return [_data(name, one) for name, one in _shipped()]


def scenario_table(lang: str) -> Table:
    """Return the same as a table: of each the title, the facts and what it shows, one below the other."""
    table = new_table(texts.SCENARIOS.get(lang), texts.NAME.get(lang), texts.MEANING.get(lang))
    for place, (name, one) in enumerate(_shipped()):
        if place:
            table.add_row("", "")
        title, about = _words(name, one)
        facts = _facts(one, lang) if isinstance(one, Scenario) else ""
        said = (title.get(lang), facts, " ".join(about.get(lang).split()))
        table.add_row(name, "\n".join(filter(None, said)))
    return table


def _shipped() -> Iterator[tuple[str, Scenario | ScenarioError]]:
    for name in shipped():
        try:
            yield name, load(name)
        except ScenarioError as error:  # a broken file must not hide the others
            yield name, error


def _words(name: str, one: Scenario | ScenarioError) -> tuple[Text, Text]:
    """Return what it is called and what it shows, or why it cannot be read."""
    if isinstance(one, ScenarioError):
        return Text(name, name), one.findings[0].as_text
    return text_of(one.title, name), text_of(one.description, "")


def _data(name: str, one: Scenario | ScenarioError) -> dict[str, Any]:
    title, about = _words(name, one)
    said = {"name": name, "title": title.by_language(), "description": about.by_language()}
    if isinstance(one, ScenarioError):
        return said
    processes = {
        key: {"per_week": flow.demand.weekly, "target_hours": flow.target} for key, flow in one.processes.items()
    }
    departments, people = size_of(one)
    found = {"departments": departments, "people": people, "processes": processes}
    known = {} if one.expected is None else {"expected": one.expected.model_dump(mode="json")}
    return {**said, **found, **known}


def _facts(scenario: Scenario, lang: str) -> str:
    """Say how large it is, when its customers want what they get, and how it stands if that is known."""
    departments, people = size_of(scenario)
    facts = [texts.SIZE.format(people=people, departments=departments)]
    if wanted := list(_wanted(scenario)):
        facts.append(texts.WANTED.format(times=series(wanted)))
    if scenario.expected is not None:
        name, known = next(iter(scenario.expected.measures.items()))
        spec = (measure_specs(scenario) | process_specs(scenario))[name]
        value = band(*known.band, spec, lang) if known.mean is None else measured(known.mean, spec, lang)
        facts.append(texts.KNOWN_NOW.format(measure=spec.label, value=value))
    return clauses(facts).get(lang)


def _wanted(scenario: Scenario) -> Iterator[Text]:
    """Yield within what time customers want it, with the processes of which that is true where they differ."""
    times: dict[Text, list[Text]] = {}
    for name, one in scenario.processes.items():
        times.setdefault(told_target(one), []).append(text_of(one.label, name))
    for time, processes in times.items():
        if time and len(times) == 1:
            yield time
        elif time:
            yield texts.WANTED_OF.format(time=time, process=series(processes))

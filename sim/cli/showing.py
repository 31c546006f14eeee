"""deptsim show"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import reduce
from typing import Any

from rich.table import Table
from rich.text import Text

from sim.cli.codes import FINE
from sim.cli.screen import Screen, screen, write_json
from sim.cli.templating import Asked, Template, check_asked, template_command
from sim.report.lines import lines_of
from sim.report.numbers import band, measured
from sim.report.plaintable import new_table
from sim.scenario import Scenario, Workload, load, planned_loads
from sim.scenario.changes import Change
from sim.scenario.dates import date_from, with_date
from sim.scenario.expected import Expected
from sim.scenario.outline import arrivals, called, kpi_called, notation, outline, parts_of, unusual_settings
from sim.scenario.phrased import money_told, profile_told, release_told, ways_back
from sim.spec import Process
from sim.spec.base import text_of
from sim.spec.closures import Closure
from sim.spec.levers import LEVERS
from sim.spec.manning import manned
from sim.spec.pace import PROMPT
from sim.spec.profiles import Peak
from sim.spec.shocks import Shock, ShortStaffed, SupplierFailure, Surge, UrgentOrder, WrongUpdate
from sim.study.alternatives import parse_alternative
from sim.study.directcost import DirectCost, cost_between, direct_cost, direct_costs
from sim.study.reported import all_specs
from sim.words import Text as Words
from sim.words import clauses, series, words
from sim.words.numbers import digits, few, percentage

texts = words("terminal")
told = words("outline")

LEAST = 0.05
"""Hours a week, or money, from which on a cost is told."""

BUSY = 0.85
"""Loads from here on are marked: waiting grows steeply."""


def show_command(
    name: str,
    changes: tuple[Change, ...],
    beside: tuple[str, ...],
    template: Template | None,
    asked: Asked,
    json: bool,
    lang: str,
) -> int:
    """Print what a scenario is, or the template that is asked for."""
    check_asked(template, asked, lang)
    scenario = with_more(load(name, changes), beside)
    if template is None:
        return _show(scenario, json, lang)
    return template_command(name, scenario, template, asked, json, lang)


def with_more(scenario: Scenario, beside: tuple[str, ...]) -> Scenario:
    """Return a scenario with what ``--with`` adds to it."""
    for text in beside:
        scenario = parse_alternative(text).applied(scenario)
    return scenario


def _show(scenario: Scenario, json: bool, lang: str) -> int:
    """Print who does what in each process, how busy everybody is planned to be, and what is unusual."""
    if json:
        write_json(_with_costs(outline(scenario), scenario))
        return FINE
    console = screen()
    console.print(text_of(scenario.title, scenario.name).get(lang), style="bold")
    described = text_of(scenario.description).get(lang)
    if described:
        console.print(lines_of(" ".join(described.split()), console.width, lang))
    if scenario.pace != 1.0:
        console.print(_pace(scenario.pace, lang))
    for process, content in scenario.processes.items():
        console.print()
        console.print(_roles(scenario, process, content, lang))
        for text in (arrivals(content), money_told(content), *ways_back(content)):
            if text:
                console.print(lines_of(text.get(lang), console.width, lang))
    console.print()
    console.print(_departments(scenario, lang))
    _print_settings(console, scenario, lang)
    for sentence in _plans(scenario, lang):
        console.print(lines_of(sentence, console.width, lang))
    return FINE


def _plans(scenario: Scenario, lang: str) -> Iterator[str]:
    """Yield how demand is spread, what is released, when nobody works, what happens from outside and what is there."""
    for name, profile in scenario.profiles.items():
        yield profile_told(name, profile).get(lang)
    for name in scenario.releases:
        yield release_told(scenario, name).get(lang)
    for closure in scenario.closures:
        who = series(closure.calendars) if closure.calendars else told.EVERYBODY
        yield told.CLOSED.format(when=_days(scenario, closure), who=who, named=_named(closure)).get(lang)
    for name, process in scenario.processes.items():
        for peak in process.demand.peaks:
            facts = {"factor": peak.factor, "process": text_of(process.label, name), "named": _named(peak)}
            yield told.PEAK.format(when=_days(scenario, peak), **facts).get(lang)
    for shock in scenario.shocks:
        yield told.SHOCK.format(what=_shock(scenario, shock, lang)).get(lang)
    for place, there in enumerate(scenario.interventions):
        yield told.THERE.format(what=_priced(notation(there), _cost_there(scenario, place))).get(lang)
    if scenario.expected is not None:
        yield _expected(scenario, scenario.expected, lang)
    for suggestion in scenario.compare:
        what = _priced(" + ".join(parts_of(suggestion)), direct_cost(scenario, suggestion.with_))
        yield told.SUGGESTED.format(label=text_of(suggestion.label), what=what).get(lang)


def _expected(scenario: Scenario, known: Expected, lang: str) -> str:
    """Say between what figures are known to lie, and what running it found where the file says so."""
    specs, parts = all_specs([scenario]), []
    for name, one in known.measures.items():
        spec = specs[name]
        facts = {"measure": spec.label.get(lang), "band": band(*one.band, spec, lang)}
        found = "" if one.mean is None else measured(one.mean, spec, lang)
        parts.append((told.KNOWN_FOUND if found else told.KNOWN).format(**facts, found=found))
    luck = {"replications": known.replications, "seed": known.seed}
    sure = any(one.mean is not None for one in known.measures.values())
    return (told.EXPECTED_FOUND if sure else told.EXPECTED).format(measures=clauses(parts), **luck).get(lang)


def _days(scenario: Scenario, span: Closure | Peak) -> Words:
    """Return the first and last day of a span as people read them: dates where they are known."""
    first, after = span.days
    days = [_day(scenario, day) for day in (first, after - 1)]
    return days[0] if after == first + 1 else told.DAYS_TO.format(first=days[0], last=days[1])


def _day(scenario: Scenario, day: int) -> Words:
    date = date_from(scenario.starts_on, day / 7.0)
    return told.ONE_DAY.format(day=day) if date is None else Words(date.isoformat(), date.isoformat())


def _named(span: Closure | Peak) -> Words | str:
    label = text_of(span.label)
    return told.NAMED.format(label=label) if label else ""


def _cost_there(scenario: Scenario, place: int) -> DirectCost:
    """Return what an intervention that is there costs directly."""
    others = scenario.interventions[:place] + scenario.interventions[place + 1 :]
    return cost_between(scenario.model_copy(update={"interventions": others}), scenario)


def _priced(what: str, cost: DirectCost) -> str | Words:
    """Return interventions with the hours and the money that they cost directly, if any."""
    parts = list(_prices(cost))
    if not parts:
        return what
    return told.PRICED.format(what=what, costs=reduce(lambda one, more: told.COSTS.format(one=one, more=more), parts))


def _prices(cost: DirectCost) -> Iterator[Words]:
    """Yield what interventions cost directly in people's time, in money week by week, and in money once."""
    if cost.most_hours >= LEAST:
        text = told.COST_VARIES if cost.most_hours > 1.1 * cost.hours else told.COST
        yield text.format(hours=digits(cost.hours), most=digits(cost.most_hours))
    if abs(cost.spent) >= LEAST:
        yield told.COST_SPENT.format(money=few(cost.spent))
    if abs(cost.once) >= LEAST:
        yield told.COST_ONCE.format(money=few(cost.once))


def _with_costs(outlined: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Return the outline with what interventions cost directly: there already, suggested, and each that is shipped."""
    for place, one in enumerate(outlined["interventions"]):
        one["direct_cost"] = asdict(_cost_there(scenario, place))
    for one, suggestion in zip(outlined["compare"], scenario.compare, strict=True):
        one["direct_cost"] = asdict(direct_cost(scenario, suggestion.with_))
    return outlined | {"direct_costs": direct_costs(scenario).to_dict("index")}


def _print_settings(console: Screen, scenario: Scenario, lang: str) -> None:
    """Print the levers that the scenario sets otherwise than usual."""
    settings = unusual_settings(scenario)
    if settings:
        headings = (texts.NAME, told.LEVER, told.WHERE, told.HERE, told.USUAL)
        table = new_table(told.SETTINGS.get(lang), *(one.get(lang) for one in headings), numbers=(3, 4))
        for one in settings:
            where = (called(scenario, one.department) if one.department else told.EVERYWHERE).get(lang)
            label = LEVERS[one.lever].label.get(lang)
            table.add_row(one.lever, label, where, f"{one.value:g}", f"{one.usual:g}")
        console.print(table)
    if scenario.preset == "neutral":
        console.print(told.NEUTRAL.get(lang))


def _pace(pace: float, lang: str) -> str:
    """Say in words within what time an answer is prompt."""
    hours = pace * PROMPT
    time = texts.HOURS.format(count=hours) if hours >= 1.0 else texts.MINUTES.format(count=hours * 60.0)
    return texts.PACE.format(time=time, pace=f"{pace:.3g}").get(lang)


def _about_process(scenario: Scenario, shock: UrgentOrder | WrongUpdate, lang: str) -> str:
    """Say in words what urgent comes in, or about which step something wrong is told."""
    process = scenario.processes[shock.process]
    label = text_of(process.label, shock.process)
    week = with_date(scenario.starts_on, shock.week)
    if isinstance(shock, UrgentOrder):
        return texts.URGENT_ORDER.format(week=week, cases=shock.cases, process=label).get(lang)
    step = text_of(process.steps[shock.step].label, shock.step)
    return texts.WRONG_UPDATE.format(week=week, days=f"{shock.days:g}", process=label, step=step).get(lang)


def _shock(scenario: Scenario, shock: Shock, lang: str) -> str:
    """Say in words what a shock is."""
    if isinstance(shock, Surge):
        return texts.SURGE.format(
            week=with_date(scenario.starts_on, shock.week),
            weeks=f"{shock.weeks:g}",
            factor=f"{shock.factor:g}",
            process=text_of(scenario.processes[shock.process].label, shock.process),
        ).get(lang)
    if isinstance(shock, ShortStaffed):
        return texts.SHORT_STAFFED.format(
            week=with_date(scenario.starts_on, shock.week),
            weeks=f"{shock.weeks:g}",
            people=shock.people,
            one=called(scenario, shock.department),
        ).get(lang)
    if isinstance(shock, SupplierFailure):
        process = scenario.processes[shock.process]
        label = text_of(process.label, shock.process)
        step = texts.ALL_OUTSIDE if shock.step is None else text_of(process.steps[shock.step].label, shock.step)
        return texts.SUPPLIER_FAILURE.format(
            week=with_date(scenario.starts_on, shock.week),
            weeks=f"{shock.weeks:g}",
            factor=f"{shock.factor:g}",
            process=label,
            step=step,
        ).get(lang)
    if isinstance(shock, UrgentOrder | WrongUpdate):
        return _about_process(scenario, shock, lang)
    return texts.LEAVER.format(
        week=with_date(scenario.starts_on, shock.week),
        weeks=f"{shock.vacancy_weeks:g}",
        share=f"{shock.share * 100:g}",
        people=shock.people,
        one=called(scenario, shock.from_),
        other=called(scenario, shock.to),
    ).get(lang)


def _roles(scenario: Scenario, name: str, process: Process, lang: str) -> Table:
    headings = (texts.STEP, texts.RESPONSIBLE, texts.ACCOUNTABLE, texts.CONSULTED, texts.INFORMED, texts.WORK)
    title = texts.RACI.format(process=text_of(process.label, name)).get(lang)
    table = new_table(title, *(heading.get(lang) for heading in headings), numbers=(5,))
    for key, step in process.steps.items():
        people = ((step.R,), (step.A,) if step.A else (), step.C, step.I)
        cells = (series(called(scenario, one) for one in group).get(lang) for group in people)
        table.add_row(text_of(step.label, key).get(lang), *cells, digits(step.work.mean))
    return table


def _departments(scenario: Scenario, lang: str) -> Table:
    hours = (told.AVAILABLE, texts.OWN, texts.CASES, texts.COORDINATION, texts.LOAD)
    headings = (told.WHO, told.PEOPLE, *hours, told.MEASURED)
    table = new_table(told.LOADS.get(lang), *(one.get(lang) for one in headings), numbers=(1, 2, 3, 4, 5, 6))
    for one in planned_loads(scenario):
        table.add_row(*_department(scenario, one, lang))
    return table


def _department(scenario: Scenario, one: Workload, lang: str) -> tuple[str | Text, ...]:
    name, _, pool = one.owner.partition(".")
    department = scenario.departments[name]
    kpis = () if pool else (kpi_called(kpi).get(lang) for kpi in department.kpis)
    style = "bold red" if one.utilization >= 1 else "yellow" if one.utilization >= BUSY else "default"
    return (
        called(scenario, one.owner).get(lang),
        "1" if pool else "/".join(str(people) for people, _ in manned(scenario, name)),
        *(digits(hours) for hours in (one.capacity, one.own, one.work, one.coordination)),
        Text(percentage(one.utilization).get(lang), style),
        "\n".join(kpis),
    )

"""The shipped organizations: how each stands, and what the bundle that it suggests does there.

``python docs/organizations.py`` compares each scenario with the last alternative that its file suggests (some minutes),
keeps the numbers in ``docs/organizations.csv``, and draws their processes; with names it does so for these only. The
page ``docs/scenarios.md`` is written from that file by ``python docs/generate.py``.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path

import pandas as pd

import sim
from docs.mark import mark, measured_with, present
from docs.markdown import ROOT, sentence, table
from sim.report.numbers import changed, limits, measured, scaled
from sim.scenario import Scenario, Suggestion, shipped
from sim.scenario.bundled import PREFIX
from sim.scenario.inherit import read_document
from sim.scenario.outline import arrivals, size_of
from sim.spec.base import text_of
from sim.spec.measures import MeasureSpec
from sim.spec.process import Process
from sim.spec.sites import called_at
from sim.study.facts import DESCRIBE
from sim.study.reported import all_specs
from sim.web.lanes import drawn, lanes_of

NUMBERS = ROOT / "docs" / "organizations.csv"
IMAGES = ROOT / "docs" / "images"
COMMAND = "python docs/organizations.py"

REPLICATIONS = 100
SEED = 1
ALWAYS = ("on_time_target", "lead_time_mean", "conflicts_per_100", "coordination_hours")
"""Told of every organization, beside the measures of which its file says what is known."""

PRICE = "coordination_hours"

STATE = "state"
"""The row that holds a sentence instead of figures: who is busiest, and what cases wait for."""

SVG = "http://www.w3.org/2000/svg"
STYLE = """
<style>
text { font: 10.5px sans-serif; fill: #555; } line { stroke: #ddd; } rect { fill: #222; stroke: #222; }
path { fill: none; stroke: #999; stroke-width: 1.4; } .back { stroke-dasharray: 3 2; }
.asks { stroke-width: 1; stroke-dasharray: 1 2; }
circle { fill: #fff; stroke: #555; stroke-width: 1.3; }
g text { font: bold 8.5px sans-serif; text-anchor: middle; fill: #fff; }
.some rect { fill: #fff; stroke-dasharray: 2.5 1.5; } .some text { fill: #222; }
.paper { fill: #fff; stroke: none; }
</style><rect class="paper" x="-6" y="-8" width="100%" height="120%"/>
"""


# What is computed


def bundle_of(scenario: Scenario) -> Suggestion:
    """Return what the file suggests all together: the alternative that is a bundle and nothing else, or the last."""
    suggested = read_document(scenario.name).data["compare"]
    bundles = [place for place, one in enumerate(suggested) if len(one["with"]) == 1 and _is_bundle(one["with"][0])]
    return scenario.compare[bundles[0] if bundles else -1]


def _is_bundle(item: object) -> bool:
    return isinstance(item, str) and item.startswith(PREFIX)


def headline_of(scenario: Scenario) -> str:
    """Return the measure that tells most of an organization: the first of which its file says what is known."""
    return "on_time_target" if scenario.expected is None else next(iter(scenario.expected.measures))


def told_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the measures that are told of an organization."""
    known = () if scenario.expected is None else tuple(scenario.expected.measures)
    return tuple(dict.fromkeys((*ALWAYS, *known)))


def rows_of(name: str, replications: int = REPLICATIONS) -> pd.DataFrame:
    """Compare one organization with the bundle that it suggests: a row for each measure, and one for its state."""
    scenario = sim.load(name)
    bundle = bundle_of(scenario)
    tried = [*bundle.with_, *([dict(bundle.set_)] if bundle.set_ else [])]
    found = sim.compare(scenario, {"bundle": tried}, replications, SEED, measures=told_of(scenario))
    rows = found.table.set_index("measure").loc[list(told_of(scenario)), ["difference", "ci_low", "ci_high"]]
    now = found.tables["now"].loc[rows.index].set_axis(["now", "now_low", "now_high"], axis=1)
    state = [text for one, text in zip(found.diagnosis.remarks, found.diagnosis.sentences(), strict=True)
             if one.kind in DESCRIBE[:2]]  # fmt: skip
    told = pd.DataFrame({"said": " ".join(state)}, index=[STATE])
    return pd.concat([now.join(rows), told]).rename_axis("measure").reset_index().assign(organization=name)


def compute(names: Sequence[str], kept: pd.DataFrame | None) -> pd.DataFrame:
    """Run these organizations, and keep of the others what is known."""
    others = [] if kept is None else [kept[~kept["organization"].isin(names) & kept["organization"].isin(shipped())]]
    return pd.concat([*others, *map(rows_of, names)]).sort_values("organization", kind="stable")


def drawing(name: str) -> str:
    """Return the picture of the first process of an organization."""
    scenario = sim.load(name)
    called = {key: called_at(one, key).en for key, one in scenario.departments.items()}
    head, body = drawn(main_process(scenario), called).split(">", 1)
    svg = head.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" width="720" ').replace(
        ' aria-hidden="true"', ""
    )
    return f"{svg}>{STYLE}{body}\n"


def picture(name: str) -> Path:
    """Return where the picture of an organization's process is."""
    return IMAGES / f"process_{name}.svg"


def main_process(scenario: Scenario) -> Process:
    """Return the process that is drawn."""
    return next(iter(scenario.processes.values()))


# What is written


@cache
def load() -> pd.DataFrame:
    """Return the numbers as they were kept, by organization and measure."""
    return pd.read_csv(NUMBERS, comment="#").set_index(["organization", "measure"])


def version() -> str:
    """Return the mark of the version that measured them."""
    return mark(measured_with(NUMBERS.read_text(encoding="utf-8").partition("\n")[0]), COMMAND)


def overview() -> str:
    """Return the table of all organizations."""
    headings = ("organization", "people", "wanted within", "as it is", "with its bundle", "lead time", "price")
    return table(headings, map(_line, measured_names()))


def measured_names() -> tuple[str, ...]:
    """Return the shipped organizations of which there are numbers."""
    return tuple(name for name in shipped() if name in load().index)


def _line(name: str) -> tuple[object, ...]:
    scenario, numbers = sim.load(name), load().loc[name]
    specs, headline, title = all_specs([scenario]), headline_of(scenario), text_of(scenario.title, name)
    _, people = size_of(scenario)
    first, *effects = (_effect(numbers.loc[one], specs[one]) for one in (headline, "lead_time_mean", PRICE))
    now = f"{specs[headline].label.en}: {_now(numbers.loc[headline], specs[headline])}"
    link = f"[`{name}`](#{anchor(title.en)})<br>{title.en}<br>{title.zh}"
    return link, people, "<br>".join(_wanted(scenario)), now, first, *effects


def anchor(heading: str) -> str:
    """Return by what a link finds a heading."""
    kept = "".join(one for one in heading.lower() if one.isalnum() or one in "- _")
    return kept.replace(" ", "-")


def _wanted(scenario: Scenario) -> Iterator[str]:
    for name, one in scenario.processes.items():
        if one.target is not None:
            time = f"{one.target_days:g} days" if one.target_days is not None else f"{one.target_hours:g} h"
            opened = "" if one.target_hours is None or one.target_calendar == "always" else " of opening"
            yield f"{text_of(one.label, name).en}: {time}{opened}"


def section(name: str) -> str:
    """Return what is told of one organization: its process, how it stands, and what its bundle does."""
    scenario = sim.load(name)
    process = main_process(scenario)
    title = text_of(scenario.title, name).en
    about = " ".join(text_of(scenario.description).en.split())
    departments, people = size_of(scenario)
    size = f"{departments} departments, {people} people"
    parts = [
        about,
        f"![The process of {title}](images/{picture(name).name})",
        f"*{_steps(scenario, process)}.*",
        f"{size}. {_processes(scenario)} {load().loc[(name, STATE), 'said']}",
        _figures(name, scenario),
        f"The parts of the bundle, too: `deptsim compare {name}`. A file to put your own in: "
        f"`deptsim new mine --like {name}`.",
    ]
    return "\n\n".join(parts)


def _steps(scenario: Scenario, process: Process) -> str:
    told = []
    for number, name in enumerate(lanes_of(process).places, 1):
        step = process.steps[name]
        who = called_at(scenario.departments[step.R.partition(".")[0]], step.R).en
        told.append(f"{number} {text_of(step.label, name).en} ({who})")
    return ", ".join(told)


def _processes(scenario: Scenario) -> str:
    return " ".join(
        f"{sentence(text_of(one.label, name).en)}: {len(one.steps)} steps, {_comes(one)}."
        for name, one in scenario.processes.items()
    )


def _comes(process: Process) -> str:
    """Say how cases come; none come by themselves where others bring them."""
    return arrivals(process).en if process.demand.weekly or process.demand.at else "where others lead to it"


def _figures(name: str, scenario: Scenario) -> str:
    specs, numbers = all_specs([scenario]), load().loc[name]
    bundle = text_of(bundle_of(scenario).label).en
    known = {} if scenario.expected is None else scenario.expected.measures
    lines = []
    for measure in told_of(scenario):
        row, spec = numbers.loc[measure], specs[measure]
        label = f"**{spec.label.en}**" if measure in known else spec.label.en
        lines.append((label, _now(row, spec), _effect(row, spec)))
    return table(("", "as it is", f"with *{bundle}*"), lines)


def _now(row: pd.Series, spec: MeasureSpec) -> str:
    if pd.isna(row["now"]):
        return "–"
    return f"{measured(row['now'], spec)} ({limits(row['now_low'], row['now_high'], spec)})"


def _effect(row: pd.Series, spec: MeasureSpec) -> str:
    """Return an effect with half of its interval; in parentheses where it cannot be told from nothing."""
    if pd.isna(row["difference"]) or row["ci_low"] == row["ci_high"]:
        return "–"
    half = f"{scaled((row['ci_high'] - row['ci_low']) / 2.0, spec):.2g}"
    said = f"{changed(row['difference'], spec)} ± {half}"
    return said if row["ci_low"] > 0.0 or row["ci_high"] < 0.0 else f"({said})"


def blocks() -> tuple[tuple[str, Callable[[], str]], ...]:
    """Return the blocks of the page."""
    return (
        ("measured", version),
        ("overview", overview),
        *((name, partial(section, name)) for name in measured_names()),
    )


def main(arguments: Sequence[str]) -> None:
    """Run and draw all organizations, or those that are named."""
    names = list(arguments) or list(shipped())
    kept = pd.read_csv(NUMBERS, comment="#") if NUMBERS.exists() and arguments else None
    rows = compute(names, kept)
    columns = ["organization", *(name for name in rows.columns if name != "organization")]
    NUMBERS.write_text(
        f"# measured with {present()}\n{rows[columns].to_csv(index=False, float_format='%.6g')}", encoding="utf-8"
    )
    for name in names:
        picture(name).write_text(drawing(name), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The gallery: every shipped organization with its process as a picture, in a line, and with a few figures."""

from collections.abc import Callable, Iterator

import sim
from docs import organizations
from docs.markdown import table
from sim.report.numbers import measured
from sim.scenario import Scenario
from sim.scenario.outline import size_of
from sim.spec.base import text_of
from sim.study.reported import all_specs
from sim.words import series

ACROSS = 2
"""Organizations beside each other."""

FEW = 3
"""Figures of each: what its file speaks of first, then what is told of all."""


def shown() -> str:
    """Return the table of all organizations."""
    cards = list(map(_card, organizations.measured_names()))
    cards += [""] * (-len(cards) % ACROSS)
    return table([" "] * ACROSS, [cards[k : k + ACROSS] for k in range(0, len(cards), ACROSS)])


def _card(name: str) -> str:
    scenario = sim.load(name)
    title = text_of(scenario.title, name)
    place = f"scenarios.md#{organizations.anchor(title.en)}"
    picture = f"images/{organizations.picture(name).name}"
    departments, people = size_of(scenario)
    about = " ".join(text_of(scenario.description).en.split()).partition(". ")[0].rstrip(".")
    parts = [
        f"**[{title.en}]({place})**",
        title.zh,
        f"[![The process of {title.en}]({picture})]({place})",
        f"{about}.",
        f"*{departments} departments, {people} people; {_processes(scenario)}*",
        "; ".join(_figures(name, scenario)),
        f"`deptsim show {name}`",
    ]
    return "<br>".join(parts)


def _processes(scenario: Scenario) -> str:
    """Say which process is drawn, and which others there are."""
    first, *others = (text_of(one.label, key).en.lower() for key, one in scenario.processes.items())
    return f"drawn: {first}" + (f", beside {series(others).en}" if others else "")


def _figures(name: str, scenario: Scenario) -> Iterator[str]:
    """Yield how the organization stands, as it was measured."""
    numbers, specs = organizations.load().loc[name], all_specs([scenario])
    wanted = dict.fromkeys((organizations.headline_of(scenario), *organizations.ALWAYS))
    for measure in list(wanted)[:FEW]:
        yield f"{specs[measure].label.en} {measured(numbers.loc[measure, 'now'], specs[measure])}"


def blocks() -> tuple[tuple[str, Callable[[], str]], ...]:
    """Return the blocks of the page."""
    return (("measured", organizations.version), ("gallery", shown))

"""The table of interventions alone: what each does by itself in one organization, and where there is its problem.

``python docs/alone.py`` runs the scenario `order_delivery` with each intervention and each of their presets, and then
each where its direction is stated (some minutes); it keeps the numbers in ``docs/alone.csv`` and writes the tables of
``docs/each-alone.md`` from that file; ``python docs/alone.py page`` writes the page only.
"""

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

import sim
from docs.mark import mark, measured_with, present
from docs.markdown import replaced, table
from docs.pairs import effect
from sim.interventions import FAMILIES, INTERVENTIONS, family_of
from sim.interventions.grounds import AS_IT_IS, Ground
from sim.replications import replicate
from sim.spec.measures import MEASURES
from sim.words import words
from sim.words.numbers import signed

ROOT = Path(__file__).parents[1]
NUMBERS = ROOT / "docs" / "alone.csv"
PAGE = ROOT / "docs" / "each-alone.md"
COMMAND = "python docs/alone.py"

REPLICATIONS = 100
SEED = 1
MEASURED = ("on_time_target", "lead_time_mean", "conflicts_per_100", "bounces_per_100", "trust", "coordination_hours")
"""What is told of each in the organization as it is."""

FAMILY_NAMES = words("catalogue").FAMILIES


# What is computed


def items() -> Iterator[str]:
    """Yield every intervention and every preset, as a command line says it, family by family."""
    for kind, cls in INTERVENTIONS.items():
        if family_of(cls):
            yield kind
            yield from (f"{kind}:preset={name}" for name in cls.presets)


def stated() -> Iterator[tuple[str, Ground, str]]:
    """Yield every intervention with the organizations, other than that of the first table, and measures it is for."""
    for kind, cls in INTERVENTIONS.items():
        for one in cls.expects:
            if one.ground != AS_IT_IS or one.measure not in MEASURED:
                yield kind, one.ground, one.measure


@cache
def ran(ground: Ground, item: str = "", replications: int = REPLICATIONS) -> pd.DataFrame:
    """Return the measures with an intervention, by replication; shares in percent."""
    kind, _, preset = item.partition(":preset=")
    added = [{"kind": kind} | ({"preset": preset} if preset else {})] if item else []
    scenario = sim.load(ground.scenario, ground.changes).with_interventions(added)
    found = replicate(scenario, replications=replications, seed=SEED).measures
    shares = [name for name in found if name in MEASURES and MEASURES[name].unit == "share"]
    return found.assign(**{name: 100.0 * found[name] for name in shares})


def compute() -> pd.DataFrame:
    """Run everything: a row for each intervention, organization and measure."""
    asked = [*((item, AS_IT_IS, name) for item in items() for name in MEASURED), *stated()]
    rows = []
    for item, ground, name in asked:
        now, then = (ran(ground, one)[[name]] for one in ("", item))
        found = effect(now, then).loc[name]
        rows.append({"item": item, "ground": str(ground), "measure": name, "now": now[name].mean(), **found})
    return pd.DataFrame(rows)


# What is written


def load() -> pd.DataFrame:
    """Return the numbers as they were kept."""
    return pd.read_csv(NUMBERS, comment="#")


def version() -> str:
    """Return the version that measured the numbers as they were kept."""
    return measured_with(NUMBERS.read_text(encoding="utf-8").partition("\n")[0])


def _cell(row: pd.Series) -> str:
    """Return an effect with half of its interval; in parentheses where it cannot be told from nothing."""
    said = f"{signed(row['effect'])} ± {(row['high'] - row['low']) / 2:.2g}"
    return said if row["low"] > 0.0 or row["high"] < 0.0 else f"({said})"


def _name(item: str) -> str:
    kind, _, preset = item.partition(":preset=")
    cls = INTERVENTIONS.get(kind)
    if cls is None:
        return item
    return f"{cls.label.en}: {cls.preset_labels[preset].en}" if preset in cls.preset_labels else cls.label.en


def _label(measure: str) -> str:
    unit = {"share": ", points"}.get(MEASURES[measure].unit, f", {MEASURES[measure].unit}")
    return f"{MEASURES[measure].label.en}{unit}"


def as_it_is(numbers: pd.DataFrame) -> str:
    """Return the tables of what each does in the organization as it is, family by family."""
    here = numbers[numbers["ground"] == str(AS_IT_IS)].set_index(["item", "measure"])
    headings = ("", *(_label(name) for name in MEASURED))
    parts = []
    for family in FAMILIES:
        kinds = {kind for kind, cls in INTERVENTIONS.items() if family_of(cls) == family}
        found = [item for item in here.index.unique("item") if item.partition(":")[0] in kinds]
        lines = ((_name(item), *(_cell(here.loc[(item, name)]) for name in MEASURED)) for item in found)
        parts += [f"### {FAMILY_NAMES[family].en}", table(headings, lines)]
    return "\n\n".join(parts)


def with_the_problem(numbers: pd.DataFrame) -> str:
    """Return the table of what each does where there is the problem that it is for."""
    rows = [row for _, row in numbers.iterrows() if (row["ground"], row["measure"]) not in _SHOWN]
    lines = (
        (_name(row["item"]), f"`{row['ground']}`", _label(row["measure"]), f"{row['now']:.4g}", _cell(row))
        for row in rows
    )
    return table(("", "organization", "measure", "now", "change"), lines)


_SHOWN = {(str(AS_IT_IS), name) for name in MEASURED}


def page(text: str, numbers: pd.DataFrame, made: str) -> str:
    """Return the page with its tables, and above them the version that measured them."""
    runs = f"{REPLICATIONS} paired replications, seed {SEED}; 95 % intervals, each for itself."
    text = replaced(text, "measured", mark(made, COMMAND), writer="docs/alone.py")
    text = replaced(text, "as it is", f"{runs}\n\n{as_it_is(numbers)}", writer="docs/alone.py")
    return replaced(text, "with the problem", f"{runs}\n\n{with_the_problem(numbers)}", writer="docs/alone.py")


def main(arguments: Sequence[str]) -> None:
    """Run everything, unless told to write the page only, and write the page."""
    if "page" not in arguments:
        rows = compute().to_csv(index=False, float_format="%.6g")
        NUMBERS.write_text(f"# measured with {present()}\n{rows}", encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), load(), version()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

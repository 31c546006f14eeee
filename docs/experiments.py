"""The shipped experiments: what they ask, what was found, and the numbers behind it.

``python docs/experiments.py`` runs every shipped experiment into ``build/experiments`` (some minutes each on two cores;
what is there is not run again), keeps the numbers behind the answers in ``docs/experiments.csv``, and draws what is
drawn; with names it does so for these only. The page ``docs/experiments.md`` is written from that file and the files of
the experiments by ``python docs/generate.py``.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial

import pandas as pd

from docs.experiment_quantities import QUANTITIES, Found
from docs.mark import mark, measured_with, present
from docs.markdown import ROOT, table
from sim.experiments.experiment import Experiment
from sim.experiments.reading import every_experiment
from sim.experiments.running import experiment
from sim.spec.base import text_of
from sim.words import Text

NUMBERS = ROOT / "docs" / "experiments.csv"
STORES = ROOT / "build" / "experiments"
COMMAND = "python docs/experiments.py"


# What is computed


def rows_of(name: str) -> Iterator[dict[str, object]]:
    """Run an experiment, or what is left of it, and yield a row for each quantity behind its answer."""
    results = experiment(name, STORES / name)
    found = Found(results.points, results.runs)
    for quantity, one in QUANTITIES[name](found):
        figures = {"mean": one.mean, "low": one.low, "high": one.high, "runs": len(found.runs)}
        yield {"experiment": name, "quantity": quantity, **figures}


def compute(names: Iterable[str], kept: pd.DataFrame | None) -> pd.DataFrame:
    """Measure what these experiments say, and keep of the others what is known."""
    names = set(names)
    others = [] if kept is None else [kept[~kept["experiment"].isin(names) & kept["experiment"].isin(QUANTITIES)]]
    rows = pd.DataFrame([row for name in QUANTITIES if name in names for row in rows_of(name)])
    return pd.concat([*others, rows]).sort_values(
        "experiment", key=lambda one: one.map(list(QUANTITIES).index), kind="stable"
    )


# What is written


@cache
def load() -> pd.DataFrame:
    """Return the numbers as they were kept, by experiment and quantity."""
    return pd.read_csv(NUMBERS, comment="#").set_index(["experiment", "quantity"])


@cache
def told() -> dict[str, Experiment]:
    """Return the shipped experiments as their files have them, in the order in which the page tells them."""
    shipped = every_experiment()
    return {name: shipped[name] for name in QUANTITIES if name in shipped}


def version() -> str:
    """Return the mark of the version that measured them."""
    return mark(measured_with(NUMBERS.read_text(encoding="utf-8").partition("\n")[0]), COMMAND)


def overview() -> str:
    """Return the table of all experiments."""
    return table(("experiment", "question", "runs"), map(_line, told()))


def _line(name: str) -> tuple[object, ...]:
    said = told()[name]
    title = text_of(said.title, name)
    link = f"[`{name}`](#{name})<br>{title.en}<br>{title.zh}"
    return link, _plain(said.question).en, f"{runs_of(name):,}"


def _plain(said: object) -> Text:
    text = text_of(said)
    return Text(" ".join(text.en.split()), "".join(text.zh.split("\n")).strip())


def runs_of(name: str) -> int:
    """Return how many runs an experiment had when it was measured."""
    return int(load().loc[name, "runs"].iloc[0])


def section(name: str) -> str:
    """Return what is told of one experiment: question and answer in both languages, its size, and its numbers."""
    said = told()[name]
    question, answer, title = _plain(said.question), _plain(said.answer), text_of(said.title, name)
    return "\n\n".join(
        (
            f"**{title.en}, {title.zh}.** {question.en}",
            f"> {answer.en}",
            question.zh,
            f"> {answer.zh}",
            f"{_size(said, name)} `deptsim experiment {name} --out {name}` runs it.",
        )
    )


def _size(said: Experiment, name: str) -> str:
    points = runs_of(name) // int(said.replications)  # type: ignore[arg-type]  # none of the shipped has a rule
    several = len(said.scenarios)
    where = f" in {several} organizations" if several > 1 else f" of `{said.scenarios[0]}`"
    design = said.design.kind.replace("_", " ")
    return f"{points:,} points{where} ({design}), {said.replications} replications each: {runs_of(name):,} runs."


def blocks() -> tuple[tuple[str, Callable[[], str]], ...]:
    """Return the blocks of the page."""
    return (
        ("measured", version),
        ("overview", overview),
        *((name, partial(section, name)) for name in told()),
    )


def main(arguments: Sequence[str]) -> None:
    """Run all experiments, or those that are named, and keep what they say."""
    kept = pd.read_csv(NUMBERS, comment="#") if NUMBERS.exists() and arguments else None
    rows = compute(arguments or QUANTITIES, kept)
    text = rows.to_csv(index=False, float_format="%.6g")
    NUMBERS.write_text(f"# measured with {present()}\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

"""The table of pairs: what every two interventions do together, beside what each does alone.

An experiment that is made on request, for some of the interventions: a table of all pairs nobody could read.

``python docs/pairs.py`` runs the scenario `order_delivery` with each intervention, each pair, and none (some minutes),
keeps the numbers in ``docs/interactions.csv``, and writes the tables of ``docs/interactions.md`` from that file;
``python docs/pairs.py page`` writes the page only.
"""

import sys
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

import pandas as pd

import sim
from docs.mark import mark, measured_with, present
from docs.markdown import replaced, table
from sim.interventions import INTERVENTIONS
from sim.replications import replicate
from sim.results import RunResult
from sim.scenario import Scenario
from sim.spec.measures import MEASURES
from sim.study.statistics import ALPHA, holm, paired_difference
from sim.vocab import LEDGER_PARTS
from sim.words import words
from sim.words.numbers import signed

texts = words("terminal")

ROOT = Path(__file__).parents[1]
NUMBERS = ROOT / "docs" / "interactions.csv"
PAGE = ROOT / "docs" / "interactions.md"

SCENARIO = "order_delivery"
REPLICATIONS = 100
SEED = 1
KINDS = (
    "shared_kpi",
    "raci",
    "escalation_path",
    "first_contact_ownership",
    "response_agreement",
    "daily_standup",
    "weekly_review",
    "monthly_retrospective",
    "shared_board",
    "liaison",
    "job_rotation",
    "team_building",
    "leadership_example",
)
"""Those that have something to do in this organization and are asked about most; what each of all does alone is in
``docs/each-alone.md``."""
MEASURED = ("on_time_target", "lead_time_mean", "conflicts_per_100", "coordination_hours")
STRONGEST = 10

Pair = tuple[str, ...]
"""No intervention, one, or two."""


# What is computed


def observed(run: RunResult) -> pd.DataFrame:
    """Return what is compared, a row for each replication: measures, and hours per case by part of the ledger."""
    parts = run.ledger_inherited.add_prefix("ledger_")
    shown = run.measures[list(MEASURED)].copy()
    shown["on_time_target"] *= 100.0
    return shown.join(parts)


def ran(scenario: Scenario, kinds: Pair, replications: int = REPLICATIONS) -> pd.DataFrame:
    """Return what is compared, with these interventions."""
    return observed(
        replicate(scenario.with_interventions([{"kind": kind} for kind in kinds]), replications=replications, seed=SEED)
    )


def effect(now: pd.DataFrame, then: pd.DataFrame) -> pd.DataFrame:
    """Return what changes in every quantity, paired, with 95 % interval."""
    rows = {}
    for name in now:
        found = paired_difference(now[name], then[name])
        rows[name] = {"effect": found.difference.mean, "low": found.difference.low, "high": found.difference.high}
    return pd.DataFrame.from_dict(rows, orient="index")


def interaction(now: pd.DataFrame, one: pd.DataFrame, other: pd.DataFrame, both: pd.DataFrame) -> pd.DataFrame:
    """Return by how much two together do more than the sum of each alone: both − one − other + now, paired."""
    rows = {}
    for name in now:
        found = paired_difference(one[name] + other[name], both[name] + now[name])
        rows[name] = {
            "interaction": found.difference.mean,
            "interaction_low": found.difference.low,
            "interaction_high": found.difference.high,
            "p": found.p,
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def rows_of(runs: Mapping[Pair, pd.DataFrame]) -> pd.DataFrame:
    """Return a row for each intervention or pair and quantity; p-values of measures are corrected over all pairs."""
    now = runs[()]
    frames = {}
    for kinds, run in runs.items():
        if kinds:
            found = effect(now, run)
            if len(kinds) == 2:
                found = found.join(interaction(now, runs[kinds[:1]], runs[kinds[1:]], run))
            frames[kinds[0], kinds[1] if len(kinds) == 2 else ""] = found
    rows = pd.concat(frames, names=["first", "second", "quantity"]).reset_index()
    tested = rows["quantity"].isin(MEASURED) & rows["p"].notna()
    rows.loc[tested, "p_holm"] = holm(rows.loc[tested, "p"])
    return rows.drop(columns="p")


def every() -> list[Pair]:
    """Return none, each alone, and each pair."""
    return [(), *((kind,) for kind in KINDS), *combinations(KINDS, 2)]


def compute() -> pd.DataFrame:
    """Run everything."""
    scenario = sim.load(SCENARIO)
    return rows_of({kinds: ran(scenario, kinds) for kinds in every()})


# What is written


def load() -> pd.DataFrame:
    """Return the numbers as they were kept, by first, second and quantity."""
    rows = pd.read_csv(NUMBERS, keep_default_na=True, comment="#")
    rows["second"] = rows["second"].fillna("")
    return rows.set_index(["first", "second", "quantity"]).sort_index()


def keep(rows: pd.DataFrame, version: str) -> None:
    """Write the numbers, and above them the version that measured them."""
    NUMBERS.write_text(f"# measured with {version}\n{rows.to_csv(index=False, float_format='%.6g')}", encoding="utf-8")


def version() -> str:
    """Return the version that measured the numbers as they were kept."""
    return measured_with(NUMBERS.read_text(encoding="utf-8").partition("\n")[0])


def kinds_of(numbers: pd.DataFrame) -> tuple[str, ...]:
    """Return the interventions of a table in their order: each is the first of its pairs with all that follow."""
    alone = {first for first, second, _ in numbers.index if not second}
    led = [first for first, second, _ in numbers.index if second]
    return tuple(sorted(alone, key=lambda kind: -led.count(kind)))


def _name(kind: str) -> str:
    return INTERVENTIONS[kind].label.en if kind in INTERVENTIONS else kind


def _certain(row: pd.Series) -> bool:
    return bool(row["p_holm"] < ALPHA)


def matrix(numbers: pd.DataFrame, quantity: str) -> str:
    """Return the table of all pairs: alone on the diagonal, the pair above it, the interaction below it."""
    kinds = kinds_of(numbers)

    def cell(i: int, j: int) -> str:
        if i == j:
            return f"*{signed(numbers.loc[(kinds[i], '', quantity), 'effect'])}*"
        row = numbers.loc[(kinds[min(i, j)], kinds[max(i, j)], quantity)]
        if i < j:
            return signed(row["effect"])
        said = signed(row["interaction"])
        return f"**{said}**" if _certain(row) else f"({said})"

    rows = [(f"{i + 1} {_name(kind)}", *(cell(i, j) for j in range(len(kinds)))) for i, kind in enumerate(kinds)]
    return table(("", *(str(k + 1) for k in range(len(kinds)))), rows)


def ranked(numbers: pd.DataFrame, replacing: bool) -> list[tuple[str, str]]:
    """Return the pairs whose lead time interacts most in one direction, and certainly; strongest first."""
    rows = numbers.xs("lead_time_mean", level="quantity")
    rows = rows[rows["p_holm"] < ALPHA].sort_values("interaction", ascending=not replacing)
    rows = rows[(rows["interaction"] > 0) == replacing]
    return [(str(first), str(second)) for first, second in rows.index[:STRONGEST]]


def _why(numbers: pd.DataFrame, pair: tuple[str, str], replacing: bool, most: int = 2) -> str:
    """Return the parts of the ledger in which the two interact most in the direction of the whole.

    Each with what the first, the second, and both together change.
    """
    names = [f"ledger_{part}" for part in LEDGER_PARTS if part not in ("closed", "release")]  # there is none
    sizes = pd.Series({name: numbers.loc[(*pair, name), "interaction"] for name in names})
    strongest = sizes.sort_values(ascending=not replacing).index[:most]
    said = []
    for name in strongest:
        one, other = (signed(numbers.loc[(kind, "", name), "effect"]) for kind in pair)
        both = signed(numbers.loc[(*pair, name), "effect"])
        part = texts.PARTS[name.removeprefix("ledger_")].en
        said.append(f"{part}: {one} and {other}, together {both} ({signed(sizes[name])})")
    return "; ".join(said)


def strongest(numbers: pd.DataFrame, replacing: bool) -> str:
    """Return the pairs that interact most in one direction, with the parts of the ledger that explain it."""
    rows = []
    for pair in ranked(numbers, replacing):
        lead, on_time = (numbers.loc[(*pair, name)] for name in ("lead_time_mean", "on_time_target"))
        alone = [signed(numbers.loc[(kind, "", "lead_time_mean"), "effect"]) for kind in pair]
        half = (lead["interaction_high"] - lead["interaction_low"]) / 2
        moved = signed(on_time["interaction"])
        rows.append(
            (
                f"{_name(pair[0])} + {_name(pair[1])}",
                f"{alone[0]}, {alone[1]}",
                signed(lead["effect"]),
                f"{signed(lead['interaction'])} ± {half:.1f}",
                f"**{moved}**" if _certain(on_time) else f"({moved})",
                _why(numbers, pair, replacing),
            )
        )
    headings = (
        "pair", "lead time alone, h", "together", "interaction", "of on time, points", "where, hours per case",
    )  # fmt: skip
    return table(headings, rows)


def price(numbers: pd.DataFrame) -> str:
    """Return what each does alone, in all four measures."""
    rows = []
    for k, kind in enumerate(kinds_of(numbers)):
        found = [numbers.loc[(kind, "", name)] for name in MEASURED]
        cells = [f"{signed(one['effect'])} ± {(one['high'] - one['low']) / 2:.2f}" for one in found]
        rows.append((f"{k + 1} {_name(kind)}", *cells))
    return table(
        ("alone", "on time, points", "lead time, h", "conflicts per 100 cases", "coordination, h a week"), rows
    )


def count(numbers: pd.DataFrame) -> str:
    """Return how many pairs do better or worse than the sum of both alone, in every measure."""
    rows = []
    for name in MEASURED:
        pairs = numbers.xs(name, level="quantity").dropna(subset="interaction")
        sure = pairs[pairs["p_holm"] < ALPHA]["interaction"]
        better = sure > 0 if MEASURES[name].better == "higher" else sure < 0
        rows.append(
            (MEASURES[name].label.en, str(int(better.sum())), str(int((~better).sum())), str(len(pairs) - len(sure)))
        )
    return table(("measure", "better than the sum", "worse than the sum", "cannot be told from the sum"), rows)


def page(text: str, numbers: pd.DataFrame, made: str) -> str:
    """Return the page with its tables, and above all the version that measured them."""
    contents = "\n\n".join(
        (
            f"{REPLICATIONS} paired replications of `{SCENARIO}`, seed {SEED}; p-values corrected (Holm) for "
            f"{len(MEASURED) * len(list(combinations(kinds_of(numbers), 2)))} tests.",
            "### How many pairs interact",
            count(numbers),
            "### Each alone",
            price(numbers),
            "### On time, percentage points",
            matrix(numbers, "on_time_target"),
            "### Lead time, hours",
            matrix(numbers, "lead_time_mean"),
            "### Pairs that reinforce each other most, certain ones only",
            strongest(numbers, replacing=False),
            "### Pairs that replace each other most, certain ones only",
            strongest(numbers, replacing=True),
        )
    )
    text = replaced(text, "measured", mark(made, "python docs/pairs.py"), writer="docs/pairs.py")
    return replaced(text, "pairs", contents, writer="docs/pairs.py")


def main(arguments: Sequence[str]) -> None:
    """Run everything, unless told to write the page only, and write the page."""
    if "page" not in arguments:
        keep(compute(), present())
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), load(), version()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

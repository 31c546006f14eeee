"""The page of validation: every pattern that must emerge, as it was found, with its figure.

``python docs/patterns.py`` looks for every pattern (a few minutes), keeps the numbers in ``docs/patterns.csv`` and the
figures in ``docs/images/patterns``, and writes ``docs/validation.md`` from them; ``python docs/patterns.py P1 P4`` does
so for some and keeps the rest as it was; ``python docs/patterns.py page`` writes the page only.
"""

import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from docs.mark import mark, measured_with, present
from docs.markdown import replaced, table
from sim.patterns import PATTERNS, Claim, Outcome
from sim.patterns.pattern import quantity
from sim.report.patternfigure import draw_patterns
from sim.words import words
from sim.words.numbers import digits

texts = words("patterns")

ROOT = Path(__file__).parents[1]
NUMBERS = ROOT / "docs" / "patterns.csv"
FIGURES = ROOT / "docs" / "images" / "patterns"
PAGE = ROOT / "docs" / "validation.md"
COMMAND = "python docs/patterns.py"

SEED = 1

COLUMNS = [
    "pattern",
    "kind",
    "name",
    "quantity",
    "mean",
    "low",
    "high",
    "within",
    "above",
    "below",
    "replications",
    "runs",
    "made",
]


# What is computed


def rows_of(outcome: Outcome, made: str) -> pd.DataFrame:
    """Return an outcome as rows: one for each setting and quantity, and one for each claim."""
    settings = outcome.numbers.rename(columns={"setting": "name"}).assign(kind="setting")
    claims = pd.DataFrame(
        [
            {"kind": "claim", "name": one.key, "mean": one.mean, "low": one.low, "high": one.high}
            | {"above": one.above, "below": one.below, "replications": one.replications}
            for one in outcome.claims
        ]
    )
    both = pd.concat([settings, claims], ignore_index=True)
    return both.assign(pattern=outcome.pattern.key, runs=outcome.replications, made=made).reindex(columns=COLUMNS)


def outcome_of(rows: pd.DataFrame) -> Outcome:
    """Return the outcome that was kept as rows."""
    pattern = PATTERNS[rows["pattern"].iloc[0]]
    settings, told = (rows[rows["kind"] == kind] for kind in ("setting", "claim"))
    numbers = settings.rename(columns={"name": "setting"})
    numbers = numbers[["setting", "quantity", "mean", "low", "high", "within", "replications"]]
    claims = [
        Claim(str(one.name_), one.mean, one.low, one.high, one.above, one.below, int(one.replications))
        for one in told.rename(columns={"name": "name_"}).itertuples()
    ]
    return Outcome(pattern, numbers, claims, int(rows["runs"].iloc[0]), SEED)


def compute(keys: Iterable[str]) -> None:
    """Look for some patterns as often as the command does, and keep each as soon as it is found."""
    for key in keys:
        keep([PATTERNS[key].measure(seed=SEED)])


# What is written


def load() -> dict[str, pd.DataFrame]:
    """Return the rows that were kept, by pattern, in the order of the catalog."""
    if not NUMBERS.is_file():
        return {}
    rows = pd.read_csv(NUMBERS)
    kept = dict(iter(rows.groupby("pattern")))
    return {key: kept[key] for key in PATTERNS if key in kept}


def keep(found: Iterable[Outcome]) -> None:
    """Write the rows of what was found, and those of all others as they were."""
    rows = load() | {one.pattern.key: rows_of(one, present()) for one in found}
    both = pd.concat([rows[key] for key in PATTERNS if key in rows])
    both.to_csv(NUMBERS, index=False, float_format="%.6g")


def overview(outcomes: Iterable[Outcome]) -> str:
    """Return the table of all verdicts."""
    rows = [
        (f"[{one.pattern.key}](#{anchor(one)})", one.pattern.name.en, one.verdict.en, one.finding.en)
        for one in outcomes
    ]
    return table(("", "pattern", "verdict", "found"), rows)


def anchor(outcome: Outcome) -> str:
    """Return the address of the section of a pattern."""
    said = f"{outcome.pattern.key} {outcome.pattern.name.en}".lower()
    return "".join(one for one in said if one.isalnum() or one in " -").replace(" ", "-")


def section(outcome: Outcome) -> str:
    """Return what is told of one pattern."""
    pattern, key = outcome.pattern, outcome.pattern.key
    parts = [
        f"## {key} {pattern.name.en}",
        f"**{outcome.verdict.en[:1].upper()}{outcome.verdict.en[1:]}.** {outcome.finding.en}",
        f"![{pattern.name.en}](images/patterns/{key.lower()}.svg)",
        "\n".join(
            f"* *{name}:* {pattern.texts[told].en}"
            for name, told in (("Run", "recipe"), ("Expected", "expected"), ("Why", "why"))
        ),
        claims_table(outcome),
        numbers_table(outcome),
    ]
    if outcome.explained:
        parts.append(f"**What did not come, and why.** {outcome.explained.en}")
    parts.append(f"Again: `deptsim patterns {key}` ({outcome.replications} replications, seed {outcome.seed})")
    return "\n\n".join(parts)


def claims_table(outcome: Outcome) -> str:
    """Return the claims with what was found of each."""
    rows = [
        (outcome.pattern.claim_text(one).en, one.interval.en, one.asked.en, "yes" if one.holds else "**no**")
        for one in outcome.claims
    ]
    return table(("claim", "found (95 % interval)", "asked for", "holds"), rows)


def numbers_table(outcome: Outcome) -> str:
    """Return the means of every quantity in every setting, with half of their intervals."""
    watched = list(dict.fromkeys(outcome.numbers["quantity"]))
    known = outcome.numbers.set_index(["setting", "quantity"])
    rows = [
        (outcome.pattern.setting_text(name).en, *(cell(known.loc[(name, one)]) for one in watched))
        for name in outcome.pattern.compared
    ]
    headings = (f"{quantity(one).label.en}, {quantity(one).unit.en}" for one in watched)
    return table(("setting", *headings), rows)


def cell(row: pd.Series) -> str:
    """Return a mean with half of its interval."""
    half = (row["high"] - row["low"]) / 2.0
    return digits(row["mean"]) if math.isnan(half) else f"{digits(row['mean'])} ± {half:.2g}"


def page(text: str, kept: dict[str, pd.DataFrame]) -> str:
    """Return the page with all patterns, and above them the versions that measured them."""
    outcomes = [outcome_of(rows) for rows in kept.values()]
    made = dict.fromkeys(str(rows["made"].iloc[0]) for rows in kept.values())
    told = "\n\n".join(mark(measured_with(one), COMMAND) for one in made)
    text = replaced(text, "measured", told, writer="docs/patterns.py")
    text = replaced(text, "verdicts", overview(outcomes), writer="docs/patterns.py")
    return replaced(text, "patterns", "\n\n".join(map(section, outcomes)), writer="docs/patterns.py")


def draw(outcomes: Iterable[Outcome]) -> None:
    """Draw the figures, of which the page shows those whose words stay words."""
    for path in draw_patterns(outcomes, FIGURES):
        if path.suffix == ".png":
            path.unlink()


def main(arguments: Sequence[str]) -> None:
    """Look for all patterns, or some, unless told to write the page only; draw them, and write the page."""
    if "page" not in arguments:
        compute(arguments or PATTERNS)
    kept = load()
    draw(outcome_of(rows) for key, rows in kept.items() if not arguments or key in arguments or "page" in arguments)
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), kept), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

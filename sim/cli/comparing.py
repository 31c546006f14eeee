"""deptsim compare"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.cli.codes import FAILED, FINE, SOME_FAILED
from sim.cli.outputs import check_outputs
from sim.cli.screen import Bar, Screen, json_text, screen, warn, write, write_json
from sim.cli.spreadsheets import write_csv
from sim.files import whole
from sim.report.diagnosis import added, headline
from sim.report.lines import lines_of
from sim.report.terminal import WIDE, comparison_tables, ledger_tables
from sim.scenario import Scenario, load
from sim.scenario.changes import Change
from sim.spec.base import text_of
from sim.study.alternatives import Alternative, parse_alternative
from sim.study.compare import Comparison, compare
from sim.words import words

texts = words("terminal")


def compare_command(
    name: str,
    changes: tuple[Change, ...],
    with_: tuple[str, ...],
    replications: int,
    seed: int,
    measures: str | None,
    out: Path | None,
    threads: int | None,
    json: bool,
    lang: str,
) -> int:
    """Compare, print, and write files where asked; what was computed is printed even if nothing can be written."""
    scenario = load(name, changes)
    check_outputs(name, out=out, lang=lang)
    with Bar(texts.COMPARING.get(lang)) as bar:
        comparison = compare(
            scenario,
            given_alternatives(with_),
            replications=replications,
            seed=seed,
            measures=reported(measures),
            threads=threads,
            progress=bar,
        )
    for sentence in added(comparison.scenarios, comparison.names, lang):
        warn(sentence)
    written = True
    try:
        if json:
            write_json(comparison.to_json())
        else:
            print_comparison(screen(), scenario, comparison, lang)
    finally:  # also where the reader of the table has had enough
        written = True if out is None else _write_files(comparison, out, quiet=json, lang=lang)
    return _code(comparison, written, lang)


def given_alternatives(with_: tuple[str, ...]) -> tuple[Alternative, ...] | None:
    """Return the alternatives of the ``--with`` options; None where there are none."""
    return tuple(parse_alternative(text) for text in with_) or None


def reported(measures: str | None) -> str | tuple[str, ...] | None:
    """Return what ``--measures`` asks for."""
    if measures is None:
        return None
    return tuple(name.strip() for name in measures.split(",") if name.strip())


def print_comparison(console: Screen, scenario: Scenario, comparison: Comparison, lang: str) -> None:
    """Print one table for each alternative, the ledger, and how to read them."""
    wide = console.width >= WIDE
    title = text_of(scenario.title, scenario.name).get(lang)
    console.print(texts.RESULT.get(lang).format(title=title), style="bold")
    if not comparison.baseline["mean"].isna().all():
        for line in headline(comparison.diagnosis, lang):
            console.print(lines_of(line, console.width, lang))
    for table in comparison_tables(comparison.table, comparison.names, comparison.specs, lang, wide):
        console.print()
        console.print(table)
    for table in ledger_tables(comparison.ledger, comparison.names, lang, console):
        console.print()
        console.print(table)
    tests = int(comparison.table["p_holm"].notna().sum())
    facts = {"replications": comparison.manifest["replications"], "seed": comparison.manifest["seed"], "tests": tests}
    console.print()
    console.print(texts.HOW_TO_READ.get(lang).format(**facts), style="dim")
    if not wide:
        console.print(texts.NARROW.get(lang).format(columns=WIDE), style="dim")


def _write_files(comparison: Comparison, out: Path, quiet: bool, lang: str) -> bool:
    from sim.report.pictures import draw_pictures  # matplotlib takes longer to load than most commands to run

    try:
        written, missing = draw_pictures(comparison, out, lang)
        for file, frame in _tables(comparison).items():
            write_csv(frame, out / file)
            written.append(out / file)
        with whole(out / "comparison.json") as place:
            place.write_text(json_text(comparison.to_json()) + "\n", encoding="utf-8")
        written.append(out / "comparison.json")
    except OSError as error:
        warn(texts.NOT_WRITTEN.get(lang).format(folder=out, why=error.strerror or error))
        return False
    if missing:
        warn(missing)
    if not quiet:
        write(texts.WRITTEN_TO.get(lang).format(count=len(written), folder=out))
    return True


def _tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Return what is behind the pictures, by file name."""
    return {
        "table.csv": comparison.table,
        "ledger.csv": comparison.ledger.reset_index(),
        "relations.csv": comparison.relations,
        "loads.csv": comparison.loads,
        "places.csv": comparison.places,
    }


def _code(comparison: Comparison, written: bool, lang: str) -> int:
    if comparison.errors:
        warn(texts.SOME_RUNS_FAILED.get(lang).format(count=len(comparison.errors), first=comparison.errors[0]))
        return SOME_FAILED
    return FINE if written else FAILED

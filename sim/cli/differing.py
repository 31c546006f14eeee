"""deptsim diff"""

from __future__ import annotations

from sim.cli.codes import FINE, SOME_FAILED
from sim.cli.comparing import Worked, compared
from sim.cli.screen import Screen, screen, warn, write_json
from sim.report.differences import counted, how_found, input_tables, outcome_table
from sim.report.lines import lines_of
from sim.spec.base import text_of
from sim.study.difference import A, B, Difference, diff, outcomes_of, plan_of
from sim.words import words

texts = words("differing")
terms = words("terminal")


def diff_command(
    names: tuple[str, str],
    run: bool,
    replications: int,
    seed: int,
    every: bool,
    threads: int | None,
    json: bool,
    lang: str,
) -> int:
    """Print what differs and, where asked, what both do; whether anything differs is no matter of the exit code."""
    found = diff(*names, every=every)
    console = screen()
    if not json:
        _print_inputs(console, found, names, lang)
    if not run or found.same:
        if json:
            write_json(found.to_json())
        elif run:
            console.print(lines_of(texts.NOT_RUN.get(lang), console.width, lang))
        return FINE
    worked = compared(plan_of(found, replications, seed, "all" if every else None), 0, threads, lang)
    if json:
        write_json(found.to_json() | {"outcomes": outcomes_of(found, worked.comparison)})
    else:
        _print_outcomes(console, found, worked, every, lang)
    return _code(worked, lang)


def _print_inputs(console: Screen, found: Difference, names: tuple[str, str], lang: str) -> None:
    for letter, one, name in zip((A, B), (found.a, found.b), names, strict=True):
        title = text_of(one.title, one.name)
        console.print(texts.WHICH.format(letter=letter, title=title, name=name).get(lang), style="bold")
    console.print(lines_of(counted(found, lang), console.width, lang))
    for table in input_tables(found, lang):
        console.print()
        console.print(table)


def _print_outcomes(console: Screen, found: Difference, worked: Worked, every: bool, lang: str) -> None:
    console.print()
    console.print(outcome_table(worked.comparison, lang, every))
    for sentence in (found.luck.get(lang), how_found(worked.comparison, lang)):
        console.print(lines_of(sentence, console.width, lang))


def _code(worked: Worked, lang: str) -> int:
    if worked.interrupted:
        return worked.ended(lang)
    if errors := worked.comparison.errors:
        warn(terms.SOME_RUNS_FAILED.format(count=len(errors), first=errors[0]).get(lang))
        return SOME_FAILED
    return FINE

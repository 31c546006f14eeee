"""deptsim patterns"""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from sim.cli.codes import FINE
from sim.cli.errors import UsageError
from sim.cli.outputs import check_outputs
from sim.cli.screen import Bar, screen, write_json
from sim.patterns import PATTERNS, Claim, Outcome, Pattern
from sim.words import series, words

texts = words("patterns")

GROUND = "order_delivery"
"""The scenario with which most patterns begin; nothing may be written over its file."""


def patterns_command(
    keys: tuple[str, ...],
    replications: int | None,
    seed: int,
    out: Path | None,
    threads: int | None,
    json: bool,
    lang: str,
) -> int:
    """Look for patterns, and print what was found and how it was tested; that one does not emerge is no error."""
    chosen = [_named(key, lang) for key in keys] or list(PATTERNS.values())
    if out is not None:
        check_outputs(GROUND, out=out, lang=lang)
    outcomes, console = [], screen()
    for one in dict.fromkeys(chosen):
        with Bar(f"{one.key} {one.name.get(lang)}") as bar:
            found = one.measure(replications, seed, threads=threads, progress=bar)
        outcomes.append(found)
        if not json:
            _print(console, found, lang)
    if json:
        write_json([one.to_json() for one in outcomes])
    if out is not None:
        from sim.report.patternfigure import draw_patterns

        draw_patterns(outcomes, out, lang)
    return FINE


def _named(key: str, lang: str) -> Pattern:
    if key.upper() not in PATTERNS:
        raise UsageError(texts.UNKNOWN.format(name=key, known=series(PATTERNS)).get(lang))
    return PATTERNS[key.upper()]


def _print(console: Console, found: Outcome, lang: str) -> None:
    """Print the sentence of a pattern, and each of its claims."""
    pattern = found.pattern
    console.print(texts.HEADING.format(key=pattern.key, name=pattern.name, verdict=found.verdict).get(lang))
    console.print(found.finding.get(lang))
    console.print(texts.TESTED.format(replications=found.replications, seed=found.seed).get(lang))
    for one in found.claims:
        console.print(_claim(pattern, one, lang))
    if found.explained:
        console.print(texts.EXPLAINED.format(text=found.explained).get(lang))
    console.print()


def _claim(pattern: Pattern, one: Claim, lang: str) -> str:
    holds = texts.HOLDS if one.holds else texts.FAILS
    said = texts.CLAIM.format(text=pattern.claim_text(one), holds=holds, interval=one.interval, asked=one.asked)
    return str(said.get(lang))

"""deptsim verify"""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from sim.cli.codes import FAILED, FINE
from sim.cli.screen import Bar, screen, write_json
from sim.report.numbers import between
from sim.report.plaintable import new_table
from sim.verify import VerifyResult, verify
from sim.words import words

texts = words("terminal")


def verify_command(seed: int, json: bool, lang: str) -> int:
    """Print what theory says beside what the simulation does."""
    with Bar(texts.VERIFYING.get(lang)) as bar:
        result = verify(seed=seed, progress=bar)
    if json:
        write_json(result.to_json())
    else:
        console = screen()
        console.print(_table(result, lang))
        console.print(_conclusion(result, lang))
    return FINE if result.passed else FAILED


def _table(result: VerifyResult, lang: str) -> Table:
    headings = (texts.CHECK, texts.EXPECTED, texts.SIMULATED, texts.CHECK_INTERVAL, texts.VERDICT)
    table = new_table(texts.VERIFY.get(lang), *(text.get(lang) for text in headings), numbers=(1, 2, 3))
    for one in result.checks:
        words, style = (texts.PASSED, "green") if one.passed else (texts.FAILED, "bold red")
        limits = between(f"{one.ci_low:.5g}", f"{one.ci_high:.5g}", lang)
        verdict = Text(words.get(lang), style)
        table.add_row(one.name.get(lang), f"{one.expected:.5g}", f"{one.simulated:.5g}", limits, verdict)
    return table


def _conclusion(result: VerifyResult, lang: str) -> str:
    failed = sum(not one.passed for one in result.checks)
    text = texts.SOME_FAILED if failed else texts.ALL_PASSED
    return text.format(failed=failed, count=len(result.checks)).get(lang)

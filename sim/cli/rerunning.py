"""deptsim rerun"""

from __future__ import annotations

from pathlib import Path

from sim.cli.codes import FAILED, FINE
from sim.cli.comparing import print_comparison
from sim.cli.running import print_run
from sim.cli.screen import Bar, screen, warn, write_json
from sim.cli.working import said_if_interrupted, worked_on
from sim.report.lines import lines_of
from sim.study.comparison import Comparison
from sim.study.plain import plain_data
from sim.study.rerun import again
from sim.words import words

texts = words("rerun")


def rerun_command(manifest: Path, threads: int | None, json: bool, lang: str) -> int:
    """Run or compare again what a manifest tells, print it as it was, and say whether it is the same to the bit."""
    found = again(manifest)
    for difference in found.differences:
        warn(difference.get(lang))
    with Bar(words("terminal").RUNNING.get(lang)) as bar:
        interrupted = worked_on(found.study, threads, bar)
    result = found.result()
    if json:
        write_json(result.to_json() if isinstance(result, Comparison) else plain_data({"manifest": result.manifest}))
    elif isinstance(result, Comparison):
        print_comparison(screen(), result.scenario, result, lang)
    else:
        print_run(result, lang)
    if interrupted:
        return said_if_interrupted(found.study, lang)
    other = found.differing(result)
    for sentence in other:
        warn(sentence.get(lang))
    if not other and not json:
        console = screen()
        console.print(lines_of(texts.SAME.get(lang), console.width, lang))
    return FAILED if other else FINE

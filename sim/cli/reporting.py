"""deptsim report"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.cli.codes import FAILED, FINE, INTERRUPTED, SOME_FAILED
from sim.cli.comparing import compared, given_alternatives
from sim.cli.outputs import check_outputs
from sim.cli.screen import warn, write
from sim.report.diagnosis import added
from sim.report.document.asked import Asked
from sim.scenario import load
from sim.scenario.changes import Change
from sim.spec.findings import TextError
from sim.study.compare import planned
from sim.words import words

texts = words("document")
terms = words("terminal")

NAME = "report"
"""What the files are called."""


def report_command(
    asked: Asked,
    changes: tuple[Change, ...],
    replications: int,
    seed: int,
    formats: Sequence[str],
    out: Path,
    threads: int | None,
    lang: str,
) -> int:
    """Compare, and write the report; what is computed is written in every format for which all is there."""
    from sim.report.document.inputs import base_of_file  # a report loads what the other commands do without
    from sim.report.document.made import document_of
    from sim.report.document.written import check_formats, write_manifest, write_report

    scenario = load(asked.name, changes)
    check_outputs(asked.name, out=out, lang=lang)
    check_formats(formats)
    base = base_of_file(asked.name, changes)
    given = given_alternatives(asked.with_)
    plan = planned(scenario, given, replications, seed, also=("weekly",))
    worked = compared(plan, asked.points, threads, lang)
    comparison = worked.comparison
    for sentence in added(comparison.scenarios, comparison.names, lang):
        warn(sentence)
    document = document_of(comparison, lang, asked, base)
    code, files = FINE, []
    for kind in dict.fromkeys(formats):
        try:
            files += write_report(document, out, (kind,))
        except TextError as error:
            warn(error.said(lang))
            code = FAILED
    files.append(write_manifest(comparison, out))
    write(document.title)
    for chapter in document.chapters:
        if chapter.key == "answer":
            write(chapter.title)
    write(texts.WRITTEN.format(files=", ".join(map(str, files))).get(lang))
    if worked.interrupted:
        points = {"done": worked.survey.done, "wanted": worked.survey.total}
        runs = {"done": comparison.replications, "wanted": comparison.wanted}
        text = texts.INTERRUPTED_POINTS if worked.cut_short else texts.INTERRUPTED
        warn(text.format(**(points if worked.cut_short else runs)).get(lang))
        return INTERRUPTED
    if comparison.errors:
        warn(terms.SOME_RUNS_FAILED.format(count=len(comparison.errors), first=comparison.errors[0]).get(lang))
        return SOME_FAILED
    return code

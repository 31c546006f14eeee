"""deptsim check"""

from __future__ import annotations

from pathlib import Path

from sim.cli.codes import FINE, INVALID
from sim.cli.screen import write, write_json
from sim.scenario import check
from sim.scenario.changes import Change
from sim.spec.findings import Finding
from sim.words import words

texts = words("terminal")


def check_command(name: str, changes: tuple[Change, ...], json: bool, lang: str) -> int:
    """Print every finding; errors make the file invalid, warnings do not."""
    findings = _findings(name, changes)
    if json:
        listed = [
            {"severity": one.severity, "file": one.file, "line": one.line, "field": one.field, "message": one.message}
            | {"text": one.text.by_language()}
            for one in findings
        ]
        write_json(listed)
    else:
        for one in findings:
            write(texts.FINDING.format(severity=texts.SEVERITIES[one.severity], said=one.said(lang)).get(lang))
        if not findings:
            write(texts.NO_FINDINGS.format(name=name).get(lang))
    return INVALID if any(one.severity == "error" for one in findings) else FINE


def _findings(name: str, changes: tuple[Change, ...]) -> list[Finding]:
    """Return what is wrong with a scenario, or with a story; nothing is set in the latter."""
    if not changes and Path(name).is_file():
        from sim.web.story.reading import check_story, is_story

        if is_story(name):
            return check_story(name)
    return check(name, changes)

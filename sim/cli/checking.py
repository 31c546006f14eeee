"""deptsim check"""

from __future__ import annotations

from pathlib import Path

from sim.cli.codes import FINE, INVALID
from sim.cli.errors import UsageError
from sim.cli.screen import Bar, write, write_json
from sim.scenario import check
from sim.scenario.changes import Change
from sim.spec.findings import Finding
from sim.words import words

texts = words("terminal")
stories = words("storyfile")


def check_command(
    name: str, changes: tuple[Change, ...], replications: int, threads: int | None, json: bool, lang: str
) -> int:
    """Print every finding; errors make the file invalid, warnings do not."""
    findings = _findings(name, changes, replications, threads, lang)
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


def _findings(
    name: str, changes: tuple[Change, ...], replications: int, threads: int | None, lang: str
) -> list[Finding]:
    """Return what is wrong with a scenario, or with a story; only the latter is run, and nothing is set in it."""
    if not changes and not replications:
        from sim.experiments.places import is_experiment

        if is_experiment(name):
            from sim.experiments.reading import check_experiment

            return check_experiment(name)
        from sim.answers.audit.places import is_claims

        if is_claims(name):
            from sim.answers.audit.reading import check_claims

            return check_claims(name)
    if not changes and Path(name).is_file():
        from sim.web.story.reading import check_story, is_story

        if is_story(name):
            return check_story(name) or (_tried(Path(name), replications, threads, lang) if replications else [])
    if replications:
        raise UsageError(stories.ONLY_STORIES.format(name=name).get(lang))
    return check(name, changes)


def _tried(path: Path, replications: int, threads: int | None, lang: str) -> list[Finding]:
    from sim.engine import Threads
    from sim.web.story.reading import read_story, scenario_of
    from sim.web.story.trying import tried

    file = read_story(path)
    with Bar(words("stick").EXPORTING.get(lang)) as bar:
        return tried(file, scenario_of(file), replications, Threads(threads), bar)

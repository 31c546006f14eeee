"""deptsim export-page"""

from __future__ import annotations

import sys
from pathlib import Path

from sim.cli.codes import FINE
from sim.cli.errors import UsageError
from sim.cli.outputs import check_outputs
from sim.cli.screen import Bar, warn, write
from sim.cli.telling import story_in_file
from sim.engine import Threads
from sim.scenario import load
from sim.scenario.changes import Change
from sim.web import stick
from sim.web.stick import Effort, Stick, toggles_in
from sim.words import Text, words

texts = words("stick")
stories = words("storyfile")

MEGABYTE = 1e6


def export_page_command(
    name: str,
    changes: tuple[Change, ...],
    toggles: str | None,
    replications: int,
    seed: int,
    points: int,
    out: Path | None,
    threads: int | None,
    lang: str,
    story: tuple[Path, ...] | None = None,
) -> int:
    """Say what the file takes, compute every combination, and write the file whole."""
    scenario = load(name, changes)
    path = out or Path(f"{scenario.name}.html")
    check_outputs(name, files={"--out": path}, lang=lang)
    if path.is_file() and not stick.is_page(path):
        raise UsageError(texts.NO_PAGE.format(path=path).get(lang))
    if story is not None and toggles is not None:
        raise UsageError(stories.TOGGLES_TOO.get(lang))
    told, switches = (None, toggles_in(toggles or "")) if story is None else story_in_file(name, scenario, story, lang)
    page = Stick(scenario, switches, replications, seed, Threads(threads), points, told)
    with Bar(texts.EXPORTING.get(lang)) as bar:
        _announce(page.effort(), len(page.switches), lang)
        page.run(bar)
    size = stick.write(page, path, lang)
    write(texts.WRITTEN.format(path=path, size=f"{size / MEGABYTE:.1f}").get(lang))
    return FINE


def _announce(effort: Effort, switches: int, lang: str) -> None:
    facts = {"combinations": effort.combinations, "runs": effort.runs, "size": f"{effort.size / MEGABYTE:.1f}"}
    warn(texts.EFFORT.format(**facts, switches=switches, time=lasting(effort.seconds)).get(lang))
    sys.stderr.flush()


def lasting(seconds: float) -> Text:
    """Return about how long something takes."""
    minutes = round(seconds / 60)
    if minutes > 1:
        told: Text = texts.MINUTES.format(minutes=minutes)
    else:
        told = texts.A_MINUTE if seconds >= 45 else texts.SECONDS
    return told

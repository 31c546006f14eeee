"""Files to start from: a small commented scenario, or a shipped one with its comments."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

from sim.files import beside
from sim.scenario.files import SUFFIXES, find, read_text, shipped, shipped_folder
from sim.scenario.schema import COMMENT, FILE
from sim.spec.findings import Finding, ScenarioError, one_of
from sim.words import words

texts = words("starting")

TEMPLATES = "templates"
"""The folder of files to start from, which are not listed among the scenarios."""

STORIES = "stories"
"""The folder of shipped stories, each with the name of its scenario."""

_SCHEMA_LINE = re.compile(rf"^{re.escape(COMMENT)}\S+\n", re.MULTILINE)
_NAME_LINE = re.compile(r"^name: .*\n", re.MULTILINE)
_KNOWN = re.compile(r"^(?:#.*\n)*expected:.*\n(?:[ \t].*\n|\n+(?=[ \t]))*", re.MULTILINE)
"""What is known of a scenario's figures, with the comment on top of it."""


class OccupiedError(FileExistsError):
    """There is a file already where a new one was to be written."""

    def said(self, lang: str) -> str:
        """Return the sentence in a language."""
        return str(texts.OCCUPIED.format(file=self.filename).get(lang))


def text_to_start_from(like: str | None = None, lang: str = "en", story: bool = False) -> str:
    """Return the text of a new scenario, or of a new story.

    Parameters
    ----------
    like
        The name of a shipped scenario; without one it is three departments that anybody may put their own in place of.
    lang
        ``en`` or ``zh``: the language of comments and labels of the latter.
    story
        Whether it is to be a story; then `like` names the scenario that one comes with.

    Raises
    ------
    ScenarioError
        Where no scenario of this name is shipped, or no story comes with it.
    """
    if like is None:
        name = "story" if story else "departments"
        return (shipped_folder() / TEMPLATES / f"{name}.{lang}.yaml").read_text(encoding="utf-8")
    if story:
        return _story_like(like)
    if like not in shipped():
        raise ScenarioError([Finding(texts.NOT_SHIPPED.format(name=like, expected=one_of(like, shipped())))])
    text = _SCHEMA_LINE.sub("", read_text(find(like)))
    # the new file is something of its own: called what it is called, and nothing is known of its figures yet
    text = _KNOWN.sub(lambda _: f"{texts.EXPECTED.get(lang)}\n", text, count=1)
    return f"{COMMENT}./{FILE}\n" + _NAME_LINE.sub("", text, count=1)


def _story_like(name: str) -> str:
    """Return the story that comes with a scenario."""
    places = {
        one.name.removesuffix(".yaml"): one
        for one in (shipped_folder() / STORIES).iterdir()
        if one.name.endswith(".yaml")
    }
    if name not in places:
        text = words("storyfile").NO_SHIPPED.format(name=name, expected=one_of(name, places))
        raise ScenarioError([Finding(text)])
    return places[name].read_text(encoding="utf-8")


def start(path: str | Path, like: str | None = None, lang: str = "en", story: bool = False) -> Path:
    """Write a new scenario or story and return its place; the ending ``.yaml`` is added where there is none.

    Parameters
    ----------
    path
        The file to write; folders are made if need be.
    like, lang, story
        What it begins as, as in `text_to_start_from`.

    Raises
    ------
    FileExistsError
        Where there is a file already; it stays as it is.
    ScenarioError
        Where the path is that of a folder, no scenario of the name `like` is shipped, or no story comes with it.
    """
    return started(path, lambda: text_to_start_from(like, lang, story))


def started(path: str | Path, text: Callable[[], str]) -> Path:
    """Write a new file and return its place, as `start` does; its text is asked for once the place can be one."""
    place = Path(path)
    has_ending = place.suffix.lower() in SUFFIXES
    if not place.name.strip(".") or (not has_ending and place.is_dir()):
        raise ScenarioError([Finding(texts.NO_FILE.format(file=place))])
    said = text()
    if not has_ending:
        place = place.with_name(f"{place.name}.yaml")
    place.parent.mkdir(parents=True, exist_ok=True)
    _write_new(place, said)
    return place


def _write_new(place: Path, text: str) -> None:
    """Write a file whole or not at all, and never over another."""
    try:
        with beside(place) as aside:
            aside.write_text(text, encoding="utf-8", newline="\n")
            _put(aside, place)
    except FileExistsError:
        raise OccupiedError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
    except OSError as error:
        error.filename = str(place)
        raise


def _put(aside: Path, place: Path) -> None:
    """Let a file be in its place as well, in one step that fails where there is something."""
    try:
        os.link(aside, place)
    except FileExistsError:
        raise
    except OSError:  # not every disk has links
        with place.open("xb") as file:
            file.write(aside.read_bytes())

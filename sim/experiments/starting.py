"""Experiment files to start from: a small commented one, or a shipped one with its comments."""

from __future__ import annotations

import re

from sim.experiments.places import FOLDER, find_experiment, shipped_experiments
from sim.experiments.schema import FILE
from sim.scenario.files import read_text, shipped_folder
from sim.scenario.schema import COMMENT
from sim.spec.findings import Finding, ScenarioError, one_of
from sim.words import words

texts = words("experimentfile")

TEMPLATES = "templates"
"""The folder of files to start from, which are not listed among the experiments."""

_SCHEMA_LINE = re.compile(rf"^{re.escape(COMMENT)}\S+\n", re.MULTILINE)
_OWN = re.compile(r"^(?:name|answer):.*\n(?:[ \t].*\n|\n+(?=[ \t]))*", re.MULTILINE)
"""What a new experiment does not have: the name of the one it comes from, and its answer."""


def experiment_to_start_from(like: str | None = None, lang: str = "en") -> str:
    """Return the text of a new experiment; its first line names the schema beside it to editors.

    Parameters
    ----------
    like
        The name of a shipped experiment; without one it is a small one with comments.
    lang
        ``en`` or ``zh``: the language of comments and labels of the latter.

    Raises
    ------
    ScenarioError
        Where no experiment of this name is shipped.
    """
    known = shipped_experiments()
    if like is None:
        text = (shipped_folder(FOLDER) / TEMPLATES / f"experiment.{lang}.yaml").read_text(encoding="utf-8")
    elif like in known:
        text = _OWN.sub("", _SCHEMA_LINE.sub("", read_text(find_experiment(like))))
    else:
        raise ScenarioError([Finding(texts.NOT_SHIPPED.format(name=like, expected=one_of(like, known)))])
    return f"{COMMENT}./{FILE}\n{text}"

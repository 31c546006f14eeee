"""Who belongs to which group, from a file, where the log does not say it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sim.eventlog.reading.streams import held
from sim.spec.findings import Finding, ScenarioError, shortened
from sim.words import Text, words
from sim.workbook.delimited import decoded, delimiter_of
from sim.workbook.refused import refused

texts = words("logread")
opened = words("opened")

OTHERS = "others"
"""The group of people of whom no file says where they belong."""

_MOST = 20_000_000
_YAML = (".yaml", ".yml")
_HEADINGS = ("resource", "person", "user", "name", "member", "处理人", "人员", "资源", "姓名", "员工")


def groups_of(path: Path) -> dict[str, str]:
    """Return the group of each person, by a CSV file (person, group) or YAML (person: group, or group: [people])."""
    found = held(path)
    text = decoded(found.whole(_MOST))
    if text is None or "\0" in text:
        raise refused(found.name, opened.NO_TEXT)
    groups = _from_yaml(text, found.name) if path.suffix.lower() in _YAML else _from_table(text, found.name)
    if not groups:
        raise refused(found.name, texts.NO_GROUPS)
    return groups


def _from_table(text: str, file: str) -> dict[str, str]:
    lines = text.splitlines()
    marks = delimiter_of([one for one in lines[:20] if one.strip()])
    found: dict[str, str] = {}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=marks)
    try:
        for number, row in enumerate(reader):
            cells = [one.strip() for one in row]
            if not any(cells) or (not number and cells[0].casefold() in _HEADINGS):
                continue
            if len(cells) < 2 or not cells[0] or not cells[1]:
                raise ScenarioError([Finding(texts.GROUP_ROW, file=file, line=reader.line_num)])
            if found.setdefault(cells[0], cells[1]) != cells[1]:
                text_of = texts.GROUP_TWICE.format(person=shortened(cells[0]), one=shortened(found[cells[0]]),
                                                   other=shortened(cells[1]))  # fmt: skip
                raise ScenarioError([Finding(text_of, file=file, line=reader.line_num)])
    except csv.Error:
        raise ScenarioError([Finding(texts.NO_ROW, file=file, line=reader.line_num)]) from None
    return found


def _from_yaml(text: str, file: str) -> dict[str, str]:
    from sim.scenario.yaml import parse

    found: dict[str, str] = {}
    for key, value in parse(text, file).data.items():
        pairs = [(one, key) for one in value] if isinstance(value, list) else [(key, value)]
        for person, group in pairs:
            if isinstance(group, dict | list) or isinstance(person, dict | list):
                raise refused(file, texts.GROUP_ROW)
            if found.setdefault(str(person), str(group)) != str(group):
                facts = {"person": shortened(str(person)), "one": found[str(person)], "other": shortened(str(group))}
                raise refused(file, texts.GROUP_TWICE.format(**facts))
    return found


def grouped(file: str, events: pd.DataFrame, groups: Mapping[str, str], notes: list[Text]) -> pd.DataFrame:
    """Return events with the group of whoever did them; where nobody knows who that was, without one."""
    if "resource" not in events:
        raise refused(file, texts.NO_RESOURCES)
    people = events["resource"].astype(object)
    group = people.map(dict(groups))
    if not group.notna().any():
        raise refused(
            file,
            texts.NOBODY_MAPPED.format(first=shortened(str(people.dropna().iloc[0])) if people.notna().any() else "-"),
        )
    unknown = group.isna() & people.notna()
    if unknown.any():
        facts = {"people": int(people[unknown].nunique()), "events": int(unknown.sum()), "group": OTHERS}
        notes.append(texts.UNMAPPED.format(**facts))
    return events.assign(group=group.mask(unknown, OTHERS).astype("category"))

"""Damaged and hostile logs: a log or one sentence in each language, in seconds, and never anything else."""

import copy
import gzip
import io
import json
import os
import random
import re
import zipfile
from pathlib import Path

import pytest

from sim.eventlog.reading import read_log
from sim.spec.findings import ScenarioError, TextError

CSV = "case,activity,group,resource,start,end,due,priority\n" + "".join(
    f'{number // 4},"{"ABCD"[number % 4]}, done",{"xy"[number % 2]},p{number % 3},2024-03-{4 + number // 8:02d} 09:00,'
    f"2024-03-{4 + number // 8:02d}T10:{number % 60:02d}:00,29/03/2024,high\n"
    for number in range(40)
)
XES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">\n'
    + "".join(
        f'<trace><string key="concept:name" value="c{case}"/>\n'
        + "".join(
            f'<event><string key="concept:name" value="{activity}"/><string key="org:group" value="G"/>'
            f'<date key="time:timestamp" value="2024-03-0{4 + case}T1{hour}:00:00.000+01:00"/>'
            f'<string key="lifecycle:transition" value="{"start" if hour % 2 else "complete"}"/></event>\n'
            for hour, activity in enumerate("AABBC")
        )
        + "</trace>\n"
        for case in range(4)
    )
    + "</log>\n"
)
JIRA = {
    "issues": [
        {
            "key": f"P-{number}",
            "fields": {
                "created": "2024-03-04T09:42:00.000+0100",
                "resolutiondate": "2024-03-08T09:42:00.000+0100",
                "duedate": "2024-03-09",
                "priority": {"name": "High"},
                "assignee": {"displayName": "Ann"},
                "status": {"name": "Done", "statusCategory": {"key": "done"}},
            },
            "changelog": {
                "total": 2,
                "histories": [
                    {
                        "created": f"2024-03-0{day}T12:00:00.000+0100",
                        "items": [{"field": "status", "fromString": before, "toString": after}],
                    }
                    for day, before, after in ((5, "Open", "Doing"), (7, "Doing", "Done"))
                ],
            },
        }
        for number in range(5)
    ]
}


KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATED = '<Relationships><Relationship Id="r1" Type="{}" Target="{}"/></Relationships>'
SHEET = "".join(
    "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line.split(",")) + "</row>\n"
    for line in CSV.replace('"', "").replace(", done", "").splitlines()
)


def workbook(sheet: bytes = SHEET.encode()) -> bytes:
    """Return a workbook with a sheet, as small as Excel opens it."""
    parts = {
        "_rels/.rels": RELATED.format(f"{KIND}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns:r="{KIND}"><sheets><sheet name="Log" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELATED.format(f"{KIND}/worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + sheet + b"</sheetData></worksheet>",
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    """Small logs of every kind, sound."""
    return {
        "log.csv": CSV.encode(),
        "wide.csv": CSV.replace(",", ";").encode("utf-16"),
        "log.csv.gz": gzip.compress(CSV.encode(), mtime=0),
        "log.xes": XES.encode(),
        "log.xes.gz": gzip.compress(XES.encode(), mtime=0),
        "issues.json": json.dumps(JIRA).encode(),
        "log.xlsx": workbook(),
    }


PIECES = (b"\0", b'"', b",", b";", b"\n", b"\r", b"<", b">", b"&x;", b"\xff", b"\xe4", b"9" * 30, b"{", b"]", b"null",
          b"1e999", b"-1", b"3000-01-01", b"<!DOCTYPE a>", b"\xf0\x9f\x98\x80", b"inf", b"NaN", b"[" * 500)  # fmt: skip


def mangled(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes of which some are changed, left out, doubled or moved."""
    held = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        at = chance.randrange(len(held) + 1)
        to = min(len(held), at + chance.choice((1, 2, 10, 200)))
        way = chance.randrange(6)
        if way == 0:
            held[at:to] = b""
        elif way == 1:
            held[at:at] = chance.choice(PIECES)
        elif way == 2 and at < len(held):
            held[at] = chance.randrange(256)
        elif way == 3:
            held[at:at] = held[at:to] * chance.choice((1, 3))
        elif way == 4:
            held = held[:at] if chance.random() < 0.3 else held
        else:
            held[at:to] = chance.choice(PIECES)
    return bytes(held)


STRANGE = (None, 0, -1.5, True, "", "x", [], {}, [None], {"name": []}, "2024-13-45", 10**30)


def changed(raw: bytes, chance: random.Random) -> bytes:
    """Return JSON in which some values are others."""
    data = json.loads(raw)
    for _ in range(chance.choice((1, 2, 8))):
        node = data
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            key = chance.choice(keys) if keys else None
            if key is None:
                break
            if not isinstance(node[key], dict | list) or chance.random() < 0.15:
                node[key] = copy.deepcopy(chance.choice(STRANGE))
                break
            node = node[key]
    return json.dumps(data).encode()


def damaged(name: str, sound: dict[str, bytes], chance: random.Random) -> bytes:
    """Return a log of one kind, mangled as a whole or before it was packed."""
    if chance.random() < 0.2:
        return mangled(sound[name], chance)
    if name.endswith(".gz"):
        return gzip.compress(mangled(gzip.decompress(sound[name]), chance), 1)
    if name.endswith(".json"):
        return changed(sound[name], chance)
    return workbook(mangled(SHEET.encode(), chance)) if name.endswith(".xlsx") else mangled(sound[name], chance)


def read(path: Path) -> str:
    """Return what came of a file: nothing where it is a log, or else what is said; it has one line in each language."""
    try:
        log = read_log(path)
    except (ScenarioError, TextError) as error:
        english, chinese = said = [error.said(lang) for lang in ("en", "zh")]
    else:
        assert len(log.events) > 0
        assert log.events["end"].notna().all()
        assert not (log.events["start"] > log.events["end"]).any()
        return ""
    assert [one for one in said if "\n" in one or not 10 < len(one) < 3000] == []
    assert re.search("[\u4e00-\u9fff]", chinese)
    return english


def mangle(sound: dict[str, bytes], folder: Path, seeds: range) -> list[str]:
    """Return what came of mangled logs."""
    said = []
    for seed in seeds:
        chance = random.Random(seed)
        name = chance.choice(list(sound))
        path = folder / name
        path.write_bytes(damaged(name, sound, chance))
        try:
            said.append(read(path))
        except Exception as error:
            raise AssertionError(f"seed {seed}, {name}") from error
    return said


def test_sound_ones_are_read(sound, tmp_path):
    """So that those that are mangled could be."""
    for name, raw in sound.items():
        (tmp_path / name).write_bytes(raw)
        assert read(tmp_path / name) == "", name


def test_sixty_mangled_logs(sound, tmp_path):
    """Some are logs still, and some are not."""
    said = mangle(sound, tmp_path, range(60))
    assert 5 < sum(map(bool, said)) < 55


@pytest.mark.long
def test_a_thousand_mangled_logs(sound, tmp_path):
    """The same, more often."""
    mangle(sound, tmp_path, range(100, 1100))


HOSTILE = {
    "nothing.csv": b"",
    "blank.csv": b" \n\n  \n",
    "binary.csv": bytes(range(256)) * 40,
    "nul.csv": CSV.encode().replace(b"A", b"\0"),
    "no.csv": b"hello",
    "names.csv": b"case,activity,end\n",
    "one column.csv": b"case\n1\n2\n",
    "long.csv": b"case,activity,end\n1," + b"a" * 9_000_000 + b",2024-03-04\n",
    "open quote.csv": b'case,activity,end\n1,"' + b"a\n" * 3_000_000,
    "columns.csv": b",".join(b"c%d" % one for one in range(200_000)) + b"\n",
    "cut.csv.gz": gzip.compress(CSV.encode() * 50)[:-300],
    "bomb.csv.gz": gzip.compress(b"case,activity,end\n" + b"1,a,2024-03-04\n" * 4_500_000, 6),
    "entities.xes": b'<!DOCTYPE log [<!ENTITY a "aaaa">]><log><trace/></log>',
    "deep.xes": b"<log>" + b"<trace>" * 100_000,
    "endless.xes": b"<log><!--" + b"a" * 25_000_000,
    "wide.xes": b'<log><trace><event><string key="a" value="' + b"a" * 2_000_000 + b'"/></event></trace></log>',
    "other.xes": b"<html><body>hello</body></html>",
    "broken.xes": XES[: len(XES) // 2].encode(),
    "deep.json": b"[" * 1_000_000,
    "other.json": b'{"hello": 1}',
    "broken.json": b'{"issues": [',
    "flat.json": b'{"issues": [{"key": "a", "fields": {"created": "2024-03-04"}}]}',
    "no.xlsx": b"PK\x03\x04hello",
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
    "picture.csv": b"\x89PNG\r\n\x1a\n" + b"a" * 100,
    "years.csv": b"case,activity,end\n" + b"1,a,1900-01-01\n" * 30,
    "later.csv": b"case,activity,end\n" + b"1,a,2100-01-01\n" * 30,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name, tmp_path):
    """One sentence that names the file."""
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    assert name in read(path)


def test_what_is_no_file_is_refused(tmp_path):
    """A folder, nothing, a pipe, and what may not be read."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "nothing", tmp_path / "pipe", tmp_path / "a\0b"):
        assert read(path)
    (tmp_path / "shut.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "shut.csv").chmod(0)
    assert os.access(tmp_path / "shut.csv", os.R_OK) or "shut.csv" in read(tmp_path / "shut.csv")

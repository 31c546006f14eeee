"""Files damaged and made hostile in all kinds of ways are read or refused in sentences, and nothing else happens."""

import time

import pytest

from sim.characters import steering
from sim.scenario import Scenario, findings_in
from sim.spec.findings import ScenarioError
from sim.workbook.opened import grids_of
from sim.workbook.raci import scenario_of, tables_in
from tests.worlds.workbooks import ROWS, mutant, open_document, plain, table

SECONDS = 5.0
QUICK, MANY = 60, 2000


def drawn(mark):
    """Return the table as text."""
    return "\n".join(mark.join(map(str, row)) for row in ROWS)


def in_open_document():
    """Return the table as a workbook of LibreOffice."""
    cells = [[f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row] for row in ROWS]
    rows = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in cells)
    return open_document(table(rows))


ORIGINALS = {
    "a.xlsx": plain(),
    "b.xlsx": plain(),
    "a.ods": in_open_document(),
    "a.csv": drawn(",").encode(),
    "b.csv": drawn(";").encode("gb18030"),
    "a.tsv": drawn("\t").encode("utf-16"),
}


def all_that_is_said(path):
    """Return whether a file is read, and every finding about it."""
    try:
        grids = grids_of(path)
        found = scenario_of(tables_in(grids), path.name).document
    except ScenarioError as error:
        return False, error.findings
    try:
        scenario = Scenario.model_validate(found.data)
    except ValueError:  # pydantic's; the reader of scenario files makes sentences of it
        return False, found.findings
    return True, (*found.findings, *findings_in(scenario))


def fuzz(folder, seeds):
    """Read files of some seeds, and return how many are read."""
    read = 0
    for seed in seeds:
        name, raw = mutant(seed, ORIGINALS)
        path = folder / name
        path.write_bytes(raw)
        begun = time.process_time()
        try:
            fine, findings = all_that_is_said(path)
            sentences = [one.said(language) for one in findings for language in ("en", "zh")]
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
        assert time.process_time() - begun < SECONDS, seed
        assert not any("\n" in one or steering(one) or len(one) > 2000 for one in sentences), seed
        read += fine
    return read


def test_some_files(tmp_path):
    """Some are read in spite of it, and some are not."""
    assert 0 < fuzz(tmp_path, range(QUICK)) < QUICK


@pytest.mark.long
def test_many_files(tmp_path):
    """The same with many."""
    assert 0 < fuzz(tmp_path, range(MANY)) < MANY

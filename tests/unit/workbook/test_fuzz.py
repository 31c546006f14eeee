"""Files damaged and made hostile in all kinds of ways are read or refused in sentences, and nothing else happens."""

import pytest

from sim.characters import steering
from sim.scenario import loads
from sim.spec.findings import ScenarioError
from sim.workbook.imported import imported
from tests.worlds.workbooks import ROWS, mutant, open_document, plain, table

QUICK, MANY, AGAIN = 60, 2000, 5


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


def all_that_is_said(path, seed):
    """Return whether a scenario is made of a file, and every finding about it; some are written and read again."""
    try:
        found = imported([path])
    except ScenarioError as error:
        return False, error.findings
    if found.scenario is not None and seed % AGAIN == 0:
        assert loads(found.text("zh")).model_copy(update={"name": found.scenario.name}) == found.scenario
    return found.scenario is not None, found.findings


def fuzz(folder, seeds):
    """Read files of some seeds, and return how many are read."""
    read = 0
    for seed in seeds:
        name, raw = mutant(seed, ORIGINALS)
        path = folder / name
        path.write_bytes(raw)
        try:
            fine, findings = all_that_is_said(path, seed)
            sentences = [one.said(language) for one in findings for language in ("en", "zh")]
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
        assert not any("\n" in one or steering(one) or len(one) > 2000 for one in sentences), seed
        assert fine or sentences, seed
        read += fine
    return read


def test_some_files(tmp_path):
    """Some are read in spite of it, and some are not."""
    assert 0 < fuzz(tmp_path, range(QUICK)) < QUICK


@pytest.mark.long
def test_many_files(tmp_path):
    """The same with many."""
    assert 0 < fuzz(tmp_path, range(MANY)) < MANY

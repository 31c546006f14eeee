"""deptsim log: where it writes to, and what it refuses."""

import re

import pytest

from sim.cli import main
from sim.cli.errors import UsageError
from sim.cli.outputs import check_outputs

ROWS = "".join(
    f"{number},{what},{group},2026-03-{2 + number // 3:02d} {9 + hour}:30\n"
    for number in range(30)
    for hour, (what, group) in enumerate((("take", "sales"), ("make", "shop"), ("send", "sales")))
)


@pytest.fixture
def log(tmp_path):
    file = tmp_path / "orders.csv"
    file.write_text(f"case,activity,group,end\n{ROWS}", encoding="utf-8")
    return file


def test_a_folder_that_is_there_takes_the_next_look_but_never_the_place_of_the_log(log, tmp_path):
    """A log is no scenario, which would be read for its parents: however long it is."""
    log.write_text(log.read_text(encoding="utf-8") + "\n" * 1_100_000, encoding="utf-8")
    out = tmp_path / "looked"
    out.mkdir()
    check_outputs(str(log), out=out)
    with pytest.raises(UsageError, match=re.escape("orders.csv")):
        check_outputs(str(log), out=tmp_path)


def test_a_file_that_is_no_log_is_refused_in_one_sentence(log, capsys):
    assert main(["log", str(log), "--group", "team"]) != 0
    said = capsys.readouterr().err.strip()
    assert "team" in said
    assert "\n" not in said
    assert "Traceback" not in said

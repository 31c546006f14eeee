"""CSV files: opened by a double click they show every letter, hold data only, and read back as what they were."""

import csv

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.characters import steering, visible
from sim.cli import main
from sim.cli.spreadsheets import write_csv
from sim.scenario import Scenario, dump
from sim.tables import COMPARED
from tests.worlds.fakes import FakeEngine
from tests.worlds.nasty import WORLD

BEGINS = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
"""With what a spreadsheet begins a formula."""

cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
texts = st.one_of(cells, st.builds(str.__add__, st.sampled_from(BEGINS), cells))
numbers = st.floats(allow_nan=False, allow_infinity=False)


@pytest.fixture
def world(tmp_path):
    """A scenario file."""
    path = tmp_path / "nasty.yaml"
    path.write_text(dump(Scenario.model_validate(WORLD)), encoding="utf-8")
    return str(path)


def read(path):
    """Return a file as people read it with pandas: no encoding is named."""
    return pd.read_csv(path, keep_default_na=False)


def harmless(text):
    """Return how a text stands in the file."""
    text = visible(text)
    return f"'{text}" if text.startswith((*BEGINS, "\n")) else text


@given(st.lists(st.tuples(texts, numbers), min_size=1, max_size=5), texts)
def test_texts_are_data_and_numbers_stay_numbers(tmp_path_factory, rows, heading):
    """A text that would be a formula has an apostrophe before it, in headings too; negative numbers are no texts."""
    path = tmp_path_factory.mktemp("sheet") / "sheet.csv"
    write_csv(pd.DataFrame(rows, columns=[heading, "of numbers"]), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, *others = csv.reader(file)
    assert first == [harmless(heading), "of numbers"]
    assert [text for text, _ in others] == [harmless(text) for text, _ in rows]
    assert [float(number) for _, number in others] == [number for _, number in rows]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx", "＝1", "x\ry"])
@pytest.mark.parametrize("dtype", ["object", "string", "category"])
def test_every_kind_of_column_is_made_harmless(tmp_path, text, dtype):
    """Pandas keeps texts in several ways."""
    frame = pd.DataFrame({"a": pd.Series([text, "x", None], dtype=dtype), "b": [-1.5, np.nan, 2.0]})
    write_csv(frame, tmp_path / "sheet.csv")
    lines = (tmp_path / "sheet.csv").read_bytes().decode("utf-8-sig")
    assert harmless(text) in lines
    assert steering(lines) is None
    assert "-1.5" in lines
    assert "'-1.5" not in lines
    assert frame["a"].iloc[0] == text


def test_every_table_of_a_comparison_is_such_a_file(world, tmp_path, monkeypatch, capsys):
    """Labels as the table has them, in every script; a label that is a formula is not one there."""
    FakeEngine().used(monkeypatch)
    labels = ["@SUM(1)", "+1", "职责", "é, \"x\"; 'y'"]
    given = [argument for label in labels for argument in ("--with", f"{label}=raci")]
    out = tmp_path / "out"
    assert main(["compare", world, "--replications", "3", *given, "--out", str(out)]) == 0
    files = sorted(out.glob("*.csv"))
    kept = (name for name in COMPARED if name != "measures")
    assert {path.stem for path in files} == {"now", "table", "weeks", *kept}
    for path in files:
        if path.stem == "now":
            continue
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        seen = set(read(path)["alternative"]) - {"Now"}
        assert seen == {harmless(label) for label in labels}
        assert steering(path.read_text(encoding="utf-8-sig")) is None


def test_the_event_log_is_such_a_file(world, tmp_path, capsys):
    """With labels of departments and steps exactly as they are in the scenario, for whatever reads it again."""
    path = tmp_path / "events.csv"
    assert main(["run", world, "--replications", "1", "--events", str(path)]) == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    front, back = (WORLD["departments"][name]["label"]["en"] for name in ("front", "back"))
    assert set(read(path)["group"]) == {front, back}

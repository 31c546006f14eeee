"""What draws and changes places in the source: whatever it does is a change, and tests notice what they look at."""

import ast

import pytest

from tests import ROOT
from tests.mutation.changes import changed, places_of
from tests.mutation.survivors import AREAS, Area, Mutant, drawn, survives

KINDS = {
    "x = a + b * 2": {"x = (a - b * 2)", "x = a + (b / 2)", "x = a + b * 4"},
    "x += 1": {"x -= 1", "x += 0"},
    "if a < b and not c: pass": {
        "if (not a < b and (not c)): pass", "if (a < b or not c): pass", "if (a <= b) and not c: pass",
        "if a < b and (c): pass"},
    "x = min(a, np.maximum(b, c))": {"x = max(a, np.maximum(b, c))", "x = min(a, np.minimum(b, c))"},
    "x = a[0] + 0.5": {"x = (a[0] - 0.5)", "x = a[1] + 0.5", "x = a[0] + 1.0"},
    "x = a[1:]": {"x = a[0:]", "x = a[2:]"},
    "return {'a': b, 'c': d}": {"return {'c': d}", "return {'a': b}"},
    "return a | b": {"return a"},
    "fill(row, a=b, c=d)": {"pass", "fill(row, c=d)", "fill(row, a=b)"},
    "x = zip(a, b, strict=True)": set(),
    "raise Error(f'{a + 1}')": set(),
}  # fmt: skip


@pytest.mark.parametrize("source", KINDS)
def test_what_is_changed(source: str) -> None:
    """Operators, comparisons, conditions, numbers, smallest and largest, and parts that are dropped."""
    assert {changed(source, place, one) for place in places_of(source) for one in place.instead} == KINDS[source]


def test_what_is_drawn_is_another_program() -> None:
    """The areas in turn; the same seed draws the same, and the lines that differ are shown."""
    mutants = drawn(seed=1, n=60)
    assert mutants == drawn(seed=1, n=60) != drawn(seed=2, n=60)
    assert [mutant.area for mutant in mutants[:4]] == [*AREAS, next(iter(AREAS))]
    assert len({(mutant.path, mutant.text) for mutant in mutants}) == 60
    for mutant in mutants:
        source = (ROOT / mutant.path).read_text(encoding="utf-8")
        assert ast.dump(ast.parse(mutant.text)) != ast.dump(ast.parse(source))
        assert {line[0] for line in mutant.diff} == {"+", "-"}


def test_what_no_test_looks_at_survives(tmp_path, monkeypatch) -> None:
    """And what one looks at does not; the project is as it was."""
    source = "def seen(a): return a + 1\ndef unseen(a): return a + 1\n"
    (tmp_path / "one.py").write_text(source, encoding="utf-8")
    profile = "from hypothesis import settings\n\nsettings.register_profile('few')\n"
    (tmp_path / "conftest.py").write_text(profile, encoding="utf-8")
    test = "from one import seen\n\n\ndef test_it():\n    assert seen(1) == 2\n"
    (tmp_path / "test_one.py").write_text(test, encoding="utf-8")
    monkeypatch.setitem(AREAS, "here", Area(("one.py",), ("test_one.py",)))
    texts = [changed(source, place, place.instead[0]) for place in places_of(source)]
    found = {text: survives(tmp_path, Mutant("here", "one.py", 1, text, ())) for text in texts}
    assert found == {text: text.startswith("def seen(a): return a + 1\n") for text in texts}
    assert (tmp_path / "one.py").read_text(encoding="utf-8") == source

"""Notebooks run, are short, and say what they need; each is kept without output and answers one question."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from tests import ROOT

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LINES = 5
"""Of a function, at most."""

SIZE, SHOWN = 20_000, 800_000
"""Bytes of a notebook as it is kept, and of what any of its cells shows: a picture or two."""

every_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)


def cells_of(notebook: Path, kind: str) -> list[dict[str, Any]]:
    """Return the cells of a kind, in order."""
    cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    """Return what stands in a cell."""
    return "".join(cell["source"])


def short(cell: dict[str, Any]) -> dict[str, Any]:
    """Return the small values that the first cell names for tests; none for all others."""
    values: dict[str, Any] = cell["metadata"].get("short", {})
    return values


def smaller(value: Any, usual: Any) -> bool:
    """Tell whether a value takes less time than the usual one: of None, which is all there are, any does."""
    if isinstance(usual, dict):
        return all(value[name] < one for name, one in usual.items())
    return usual is None or value < usual


@pytest.mark.compiled
@every_notebook
def test_every_cell_runs(notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, with small numbers instead of those of the first cell; what a cell would show can be shown."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    for cell in cells_of(notebook, "code"):
        tree = ast.parse(source(cell), notebook.name)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, notebook.name, "exec"), names)
        names |= short(cell)
        if isinstance(last, ast.Expr):
            found = eval(compile(ast.Expression(last.value), notebook.name, "eval"), names)
            shown = found._repr_html_() if hasattr(found, "_repr_html_") else repr(found)
            assert shown is None or 0 < len(shown) < SHOWN


@every_notebook
def test_the_first_cell_says_what_takes_time(notebook: Path) -> None:
    """It is tagged, and the small values are all values of its own, smaller than these."""
    first, *others = cells_of(notebook, "code")
    assert first["metadata"]["tags"] == ["parameters"]
    assert not any(map(short, others))
    usual = {
        line.targets[0].id: ast.literal_eval(line.value)
        for line in ast.parse(source(first)).body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant | ast.Dict)
    }
    assert short(first)
    assert all(smaller(value, usual[name]) for name, value in short(first).items())


@every_notebook
def test_it_is_short_and_kept_without_output(notebook: Path) -> None:
    """No function is longer than five lines, and nothing that was shown is kept."""
    assert notebook.stat().st_size < SIZE
    for cell in cells_of(notebook, "code"):
        assert (cell["outputs"], cell["execution_count"]) == ([], None)
        for one in ast.walk(ast.parse(source(cell))):
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                assert one.end_lineno - one.lineno < LINES, ast.unparse(one)


@every_notebook
def test_it_asks_one_question_and_says_what_is_needed_and_what_next(notebook: Path) -> None:
    """Above, the question and what to install; below, what to try; in between, links that lead somewhere."""
    told = [source(cell) for cell in cells_of(notebook, "markdown")]
    assert re.match(r"# .+\n\n\*\*[^*]+\?\*\*", told[0])
    assert "`pip install 'deptsim[notebook,answers]'`" in told[0].replace("\n", " ")
    assert told[-1].startswith("## What to try next\n")
    for link in re.findall(r"\]\(([^)\s]+)\)", "\n".join(told)):
        path, _, anchor = link.partition("#")
        assert (FOLDER / path).resolve().exists(), link
        headings = re.findall(r"^#+ (.+)$", (FOLDER / path).read_text(encoding="utf-8"), re.MULTILINE)
        known = {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}
        assert not anchor or anchor in known, link


def test_the_list_has_them_all() -> None:
    """Every notebook, with its question; each is led to by another one or by the list alone."""
    listed = re.findall(
        r"^\| \[[^]]+\]\(([^)]+)\) \|", (FOLDER / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(listed) == [path.name for path in NOTEBOOKS]


@pytest.mark.long
@pytest.mark.compiled
@pytest.mark.parametrize("name", ["first-tour", "a-factorial-in-ten-lines", "of-your-own"])
def test_jupyter_runs_it_without_a_word_of_warning(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a kernel of its own, with the small numbers: results, pictures, a line that says how far it is."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))  # this checkout, wherever the kernel starts
    book = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    place = next(n for n, cell in enumerate(book.cells) if cell.metadata.get("tags") == ["parameters"])
    small = "\n".join(f"{key} = {value!r}" for key, value in book.cells[place].metadata["short"].items())
    book.cells.insert(place + 1, nbformat.v4.new_code_cell(small))
    ran = nbclient.NotebookClient(book, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in ran.cells if cell.cell_type == "code" for output in cell.outputs]
    assert any("text/html" in output.get("data", {}) for output in outputs)
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []

"""Habits that are easier to keep than to restore: sizes, names, versions, both languages, nothing left lying about."""

import ast
import re
import statistics
import tomllib

import pytest

import sim
from tests import ROOT

SOURCES = sorted((ROOT / "sim").rglob("*.py"))


def functions(path):
    """Return the length of every function of a file without its help text, by name and line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": length(node) for node in nodes}


def length(node):
    """Return how many lines a function has; what `help` says about it may be as long as it takes."""
    said = node.body[0] if ast.get_docstring(node) is not None else None
    return node.end_lineno - node.lineno + 1 - (said.end_lineno - said.lineno + 1 if said else 0)


def test_files_are_rooms_and_not_halls():
    """No file is above 500 lines, and half of them are below 180."""
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {name: lines for name, lines in lengths.items() if lines > 500}
    assert statistics.median(lengths.values()) <= 180


def test_functions_are_short():
    """None is above 60 lines, nine of ten are within 25."""
    lengths = {name: lines for path in SOURCES for name, lines in functions(path).items()}
    assert not {name: lines for name, lines in lengths.items() if lines > 60}
    assert statistics.quantiles(lengths.values(), n=10)[-1] <= 25


def test_every_module_says_what_it_is():
    """One docstring at the top; names that say nothing are not used."""
    assert [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []
    assert [path for path in SOURCES if path.stem in {"utils", "helpers", "misc", "common"}] == []


def test_nothing_is_left_lying_about():
    """No notes to oneself, no path of one machine, no arguments passed through unseen."""
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCES}
    unwanted = r"\b(TODO|FIXME|XXX|HACK)\b|/(?:home|root|tmp)/|\(\s*\*\*kwargs\s*\)"
    assert {path: found[0] for path, text in texts.items() if (found := re.search(unwanted, text))} == {}


def test_words_reach_the_terminal_one_way():
    """Only the screen makes a console, and nothing reads words as markup; every CSV file is written in one place."""
    ways = {
        "sim/cli/screen.py": r"Console\(|print\(",
        "sim/cli/guard.py": r"print\(",
        "sim/cli/spreadsheets.py": r"to_csv\(",
    }
    for path in SOURCES:
        name, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        found = re.findall(r"\bConsole\(|rich\.markup|(?<![\w.])print\(|\.to_csv\(", text)
        assert [one for one in found if not re.search(ways.get(name, "$^"), one)] == [], name


WRITES = {"write_text", "write_bytes", "to_csv", "to_parquet", "to_json", "savefig"}
WHOLE = {"whole", "beside"}


def writes_of(tree):
    """Return the lines on which something is written to a file that may stay behind half-written."""
    found, safe = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.With):
            calls = [item.context_expr for item in node.items if isinstance(item.context_expr, ast.Call)]
            if any(getattr(call.func, "id", "") in WHOLE for call in calls):
                safe |= {inner.lineno for inner in ast.walk(node) if hasattr(inner, "lineno")}
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            given = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if (name in WRITES and node.args) or (name == "open" and {"w", "wb", "a", "x"} & set(map(str, given))):
                found.add(node.lineno)
    return found - safe


def test_files_are_written_whole():
    """Whatever is written goes through `sim.files`; a stream that leads nowhere is no file."""
    left = {}
    for path in SOURCES:
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in writes_of(ast.parse("\n".join(lines))):
            if "os.devnull" not in lines[line - 1]:
                left[f"{path.relative_to(ROOT)}:{line}"] = lines[line - 1].strip()
    assert left == {}


def test_versions_agree():
    """Package, project file and citation name one version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert project["version"] == sim.__version__
    assert f"version: {sim.__version__}" in citation


def test_every_dependency_has_a_pinned_version():
    """The constraints name whatever the project asks for, on every Python."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + [one for extra in project["optional-dependencies"].values() for one in extra]
    pins = [line.split(";")[0] for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()]
    pinned = {pin.split("==")[0].lower().replace("_", "-") for pin in pins if "==" in pin}
    assert {re.split(r"[<>=!]", one)[0].lower() for one in asked} <= pinned


def test_public_names_exist():
    """Everything in `__all__` can be had, and an unknown name is refused as usual."""
    for name in sim.__all__:
        assert getattr(sim, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = sim.nonsense

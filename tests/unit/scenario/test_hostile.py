"""Files that mean harm, or are no scenarios at all, end in a sentence and never in a traceback or a long wait."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario import Finding, ScenarioError, check, load, loads, nodes
from sim.scenario.nodes import MAX_VALUES
from sim.scenario.yaml import MAX_BYTES
from tests.worlds.mistakes import GOOD


def sentence(text: str) -> str:
    """Return what is said about a text."""
    with pytest.raises(ScenarioError) as caught:
        loads(text, "file.yaml")
    return str(caught.value)


def test_alias_bomb() -> None:
    """A few lines that expand to a billion values are refused at once."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    assert "file.yaml:5: found aliases (*) that stand for more than 20000 values" in sentence("\n".join(lines))


def test_alias_within_reason() -> None:
    """An honest alias works, and an error in it points to where it is written."""
    text = GOOD.replace("work: 12", "work: &long 12, external: {work: *long}")
    assert loads(text).processes["order"].steps["make"].external is not None


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}", "&a [*a, *a]", "a: &a {b: *a, c: *a}"])
def test_alias_of_itself(text: str) -> None:
    """A value that contains itself is refused."""
    assert "within what it stands for" in sentence(text)


@pytest.mark.parametrize(
    "text", ["[\n" * 50_000, "a: " * 3 + "x", "{a: " * 5_000, "- " * 5_000 + "x", "a:\n" + " b:\n" * 3]
)
def test_deep_or_broken_nesting(text: str) -> None:
    """Nesting without end and broken YAML are told with a line."""
    assert sentence(text).startswith("file.yaml:")


TAGS = [
    "!!python/object/apply:os.system ['true']",
    "!secret 5",
    "!!binary aGk=",
    "!!set {a, b}",
    "!!str 5",
    "!!float 5",
]


@pytest.mark.parametrize("tag", TAGS)
def test_tags_are_refused(tag: str) -> None:
    """No tag is obeyed."""
    assert "file.yaml:3: departments.sales.staff: found the tag" in sentence(GOOD.replace("staff: 5", f"staff: {tag}"))


def test_merge_keys_are_refused() -> None:
    """The merge key of older YAML is refused with what to do instead."""
    assert "found a merge key (<<)" in sentence(GOOD.replace("staff: 5", "staff: 5\n    <<: {label: x}"))


def test_keys_that_are_no_texts() -> None:
    """Lists as names of fields are refused."""
    assert "as the name of a field, expected a text" in sentence(GOOD + "? [a, b]\n: 3\n")


@pytest.mark.parametrize("text", ["", "   \n", "# only a comment\n", "---\n", "\ufeff", "null", "~"])
def test_empty(text: str) -> None:
    """An empty file is called empty."""
    assert any(words in sentence(text) for words in ("empty file", "expected a mapping of fields"))


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", "42", "true"])
def test_top_level_is_no_mapping(text: str) -> None:
    """A list or a word at the top is no scenario."""
    assert "expected a mapping of fields such as 'title:' at the top" in sentence(text)


def test_two_documents() -> None:
    """A file holds one scenario."""
    assert "found a second document (---)" in sentence(f"{GOOD}---\n{GOOD}")


def test_aliases_that_mean_nothing_and_anchors_that_are_used_again() -> None:
    """An alias needs an anchor above it; of two of one name the later counts, as in every YAML."""
    assert "file.yaml:2: found the alias *b of nothing above it" in sentence("a: 1\nc: *b\n")
    text = GOOD.replace("work: 12", "work: &long 12, external: {work: &long 3}")
    assert loads(text.replace("work: &long 3", "work: *long")).processes["order"].steps["make"].external is not None


HOSTILE = {
    "lists": "[" * 20_000,
    "mappings": "{a: " * 20_000,
    "items": "- " * 20_000,
    "keys": "? " * 20_000,
    "indented": "".join(" " * depth + "a:\n" for depth in range(200)),
    "a chain": "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 3000)),
    "wide": "a: &a [x, x, x, x, x, x, x, x, x]\nb: [" + "*a," * 2100 + "]",
    "many": "a: [" + "1," * MAX_VALUES + "]",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_little_is_read_of_what_is_too_much(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits hold while a file is read: long before all of it is, there is a sentence."""
    events = 0
    node = nodes._Composer._node

    def counted(composer: Any, event: Any, depth: int) -> Any:
        nonlocal events
        events += 1
        return node(composer, event, depth)

    monkeypatch.setattr(nodes._Composer, "_node", counted)
    monkeypatch.setattr(nodes, "MAX_VALUES", 4_000)
    assert sentence(text).startswith("file.yaml:")
    assert events < 8_500


@pytest.mark.parametrize(
    "text", ["a: \x00", "a: \x07", "%YAML 9.9\n---\na: 1", "%TAG ! x\na: b", "a: 'b", 'a: "\\q"', "\tx: 1"]
)
def test_broken_yaml(text: str) -> None:
    """Control characters, broken quotes, strange directives."""
    assert sentence(text).startswith("file.yaml:")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Missing files, folders, too large files and other encodings are told by name."""
    large, other = tmp_path / "large.yaml", tmp_path / "other.yaml"
    large.write_bytes(b"#" * (MAX_BYTES + 1))
    other.write_bytes("departments: ü".encode("latin-1"))
    told = {str(path): str(*check(path)) for path in (tmp_path, tmp_path / "none.yaml", large, other)}
    assert told[str(tmp_path)] == f"{tmp_path}: found a folder, expected a file"
    assert told[str(tmp_path / "none.yaml")].endswith("none.yaml: found no such file")
    assert told[str(large)].endswith("found more than 1,000,000 bytes, expected a smaller file")
    assert "not UTF-8 (at byte 13), expected UTF-8 text" in told[str(other)]


def test_utf16_and_byte_order_mark(tmp_path: Path) -> None:
    """UTF-16 is refused; a byte order mark before UTF-8 does no harm."""
    file = tmp_path / "file.yaml"
    file.write_bytes(GOOD.encode("utf-16"))
    assert "not UTF-8" in str(*check(file))
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert check(file) == []


def test_something_that_is_no_file(tmp_path: Path) -> None:
    """A pipe is not waited for."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert "not an ordinary file" in str(*check(pipe))


@pytest.mark.parametrize("name", ["", "\0", "a\0.yaml", "x" * 5000, "x" * 5000 + ".yaml", "../../etc/passwd", "~", "."])
def test_strange_names(name: str) -> None:
    """No name leads to a traceback."""
    with pytest.raises(ScenarioError):
        load(name)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abR:- {}[]&*!|>'\"#%\n\t,?019.~<é生", max_size=80))
def test_any_text_gives_sentences(text: str) -> None:
    """Whatever the text, the only thing raised is a ScenarioError."""
    with pytest.raises(ScenarioError):
        loads(text)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["sales", "raci", "x", "", "end"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["kind", "a", "sales"]), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = [
    "departments", "management", "processes", "levers", "relations", "queue", "coordination_work", "response_targets",
    "calendars", "format", "name", "title", "horizon_weeks", "interventions", "measures", "compare", "parent",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FIELDS), values)
def test_any_value_in_any_field(field: str, value: object) -> None:
    """Whatever stands in a field, it is accepted or refused with a sentence."""
    import json

    text = GOOD.replace("management: management\n", "") if field == "management" else GOOD
    lines = [line for line in text.splitlines() if not line.startswith(f"{field}:")]
    written = json.dumps(value).replace("NaN", ".nan").replace("-Infinity", "-.inf").replace("Infinity", ".inf")
    told: tuple[Finding, ...] = ()
    try:
        loads("\n".join([*lines, f"{field}: {written}"]), "file.yaml")
    except ScenarioError as error:
        told = error.findings
    assert all(str(one).startswith("file.yaml:") for one in told)

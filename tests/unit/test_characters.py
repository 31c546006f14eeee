"""Characters that steer a screen: which they are, and that no text of a scenario and no message lets one through."""

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.characters import SCHEMA, json_visible, steering, visible
from sim.interventions import Custom
from sim.scenario import Finding, Scenario, ScenarioError, check, load, loads, shipped
from sim.scenario.schema import models
from sim.spec.base import LABEL_LENGTH, text_of
from sim.study.alternatives import Alternative, AlternativeError, alternatives_of, parse_alternative
from sim.study.reported import MeasureError, reported_measures
from sim.words import Text
from tests.worlds.fakes import small_scenario

BAD = ["\x00", "\x07", "\x0b", "\r", "\x1b", "\x7f", "\x85", "\x9b", "\u061c", "\u200b", "\u200f", "\u2028", "\u202e",
       "\u2066", "\u2069", "\ufeff", "\ud800", "\U000e0041"]  # fmt: skip

NEEDED = {"ZERO WIDTH NON-JOINER", "ZERO WIDTH JOINER"}
"""Format characters that scripts need."""

SIGNS = re.compile("ARABIC|SYRIAC|KAITHI|EGYPTIAN|SHORTHAND|MUSICAL|DUPLOYAN")
"""Format characters that are seen, or that lay out the signs of one script."""


def kept(letter: str) -> bool:
    """Say whether a format character belongs to a script and hides nothing."""
    name = unicodedata.name(letter, "")
    return unicodedata.category(letter) == "Cf" and (name in NEEDED or bool(SIGNS.match(name))) and letter != "\u061c"


def test_steering_characters_are_what_unicode_calls_controls_formats_and_separators() -> None:
    """Every control, format, surrogate and separator of lines is one, save for what scripts need; nothing else is."""
    letters = [chr(code) for code in range(sys.maxunicode + 1)]
    meant = {
        letter
        for letter in letters
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp") and letter not in "\t\n" and not kept(letter)
    }
    found = {letter for letter in letters if steering(letter)}
    unassigned = {letter for letter in found - meant if unicodedata.category(letter) == "Cn"}
    assert found - unassigned == meant


WORDS = ["销售部", "Verkauf é", "می\u200cخواهم", "\U0001f468\u200d\U0001f469", "क\u200dष", "عربي", "שלום", "€ $ _ \\ <"]


@pytest.mark.parametrize("text", WORDS)
def test_words_of_any_script_are_fine(text: str) -> None:
    """Letters, signs, joiners and emoji pass."""
    assert steering(text) is None
    assert small_scenario(title=text).title == text


@given(st.text())
def test_what_is_made_visible_steers_nothing_and_is_the_same_again(text: str) -> None:
    """Only tabs and line breaks are left, harmless texts are as they were, and twice is once."""
    shown = visible(text)
    assert steering(shown) is None
    assert (shown == text) == (steering(text) is None)
    assert visible(shown) == shown


@given(st.text(st.characters(exclude_categories=[])))
def test_json_made_visible_says_the_same(text: str) -> None:
    """Whatever stands in it, it is JSON, UTF-8, and means what it meant."""
    written = json_visible(json.dumps({text: text}, ensure_ascii=False))
    assert steering(written) is None
    assert json.loads(written.encode()) == {text: text}


def filled() -> dict[str, Any]:
    """Return a scenario in which every kind of text stands somewhere."""
    both = {"en": "words", "zh": "词语"}
    return {
        "format": 1,
        "name": "full",
        "title": both,
        "outside": both,
        "description": both,
        "calendars": {"early": {"mon-fri": ["06:00-12:00"]}},
        "departments": {
            "sales": {
                "label": both,
                "staff": 3,
                "calendar": "early",
                "own_work": {"share": 0.1, "size": {"exponential": 1.0}},
                "kpis": [{"measures": "volume", "target": 10}],
                "pools": {"director": {"label": both, "hours_per_week": 5}},
                "levers": {"alignment": 0.5},
            },
            "stores": {"label": "stores", "staff": 2, "site": both},
        },
        "management": "sales",
        "processes": {
            "order": {
                "label": both,
                "demand": {
                    "per_week": 5,
                    "during": "office",
                    "profile": "rush",
                    "peaks": [{"label": both, "from": 3, "factor": 2}],
                },
                "target_days": 5,
                "promise": {"standard_days": 5},
                "steps": {
                    "sign": {"label": both, "R": "sales", "A": "sales.director", "C": ["stores"], "work": 1},
                    "send": {
                        "R": "stores",
                        "I": ["sales"],
                        "needs": ["sign"],
                        "contested_by": ["sales"],
                        "work": {"gamma": {"mean": 1, "cv": 0.5}},
                        "external": {"work": 2, "calendar": "always"},
                    },
                },
            },
            "call": {
                "demand": {"per_week": 1},
                "start": {"ask": 1.0},
                "steps": {"ask": {"R": "sales", "work": 1, "next": {"end": 1.0}}},
            },
        },
        "starts_on": "2027-01-04",
        "closures": [{"label": both, "from": "2027-02-01", "calendars": ["office"]}],
        "profiles": {"rush": {"label": both, "week": {"mon": 2, "tue": {"09:00-11:00": 3}}, "months": {"nov": 2}}},
        "releases": {"train": {"label": both, "items": ["order"], "every_days": 14}},
        "levers": {"preset": "neutral", "ambiguity": 0.1},
        "relations": {"trust": 0.4, "pairs": [{"from": "sales", "to": "stores", "trust": 0.2}]},
        "queue": {"rule": "boost"},
        "interventions": [
            "raci",
            {
                "kind": "custom",
                "name": "ours",
                "departments": ["sales"],
                "moves": [{"lever": "alignment", "toward": 0.5}],
                "meets": [{"days": ["mon"]}],
            },
        ],
        "shocks": [
            {"kind": "leaver", "week": 3, "from": "sales", "to": "stores"},
            {"kind": "surge", "week": 3, "process": "order"},
        ],
        "measures": ["on_time_target"],
        "compare": [{"label": both, "with": ["shared_kpi"]}, {"label": "plain", "with": [{"kind": "raci"}]}],
        "horizon_weeks": 40,
    }


def spoiled(value: Any, bad: str) -> Iterator[Any]:
    """Yield the data once for each text in it, keys included, with that text spoiled."""
    if isinstance(value, str):
        yield value[:1] + bad + value[1:]
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in spoiled(inner, bad))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (value | {key: other} for other in spoiled(inner, bad))
            yield {(f"{name}{bad}" if name == key else name): one for name, one in value.items()}


def test_the_full_scenario_is_sound_and_has_every_kind_of_words() -> None:
    """What the next test spoils is right before, and no field with words for people is missing in it."""
    assert loads(json.dumps(filled())).name == "full"
    assert loads(json.dumps(filled())).hash
    described = models()
    parts = {"": described} | described["$defs"]
    fields = [
        f"{part}.{name}"
        for part, one in parts.items()
        for name, field in one.get("properties", {}).items()
        if part != "Bundle"  # which is a file of its own
        if f"^[^{SCHEMA}]*$" in json.dumps(field).replace("\\\\", "\\")
    ]
    assert sorted(fields) == [
        ".description", ".outside", ".title", "Closure.label", "Department.label", "Department.site", "Peak.label",
        "Pool.label", "Process.label", "Profile.label", "Release.label", "Step.label", "Suggestion.label",
    ]  # fmt: skip


def _times(data: Any) -> Iterator[str]:
    """Yield the days, months and hours that stand as names."""
    rush = data["profiles"]["rush"]
    yield from (*data["calendars"]["early"], *rush["week"], *rush["months"])
    yield from (hours for one in rush["week"].values() if isinstance(one, dict) for hours in one)


STEERING = ("\x1b", "\x85", "\u202e", "\ud800")


@pytest.mark.parametrize("turn", range(2))
def test_no_text_of_a_file_lets_one_through(turn: int) -> None:
    """In whatever text or name one stands, the file is refused with its name and line, and nothing steers the screen.

    Around days, months and hours, what counts as space is overlooked: the scenario is as if it were not there. Of four
    such characters each place has two.
    """
    kinds = [list(spoiled(filled(), bad)) for bad in STEERING]
    for place, alike in enumerate(zip(*kinds, strict=True)):
        which = (place + 2 * turn) % len(STEERING)
        data, bad = alike[which], STEERING[which]
        told: tuple[Finding, ...] = ()
        try:
            assert loads(json.dumps(data), "file.yaml") == loads(json.dumps(filled()))
            assert any(key.endswith(bad) for key in _times(data))
        except ScenarioError as error:
            told = error.findings
        assert all(steering(str(one)) is None for one in told), ascii(told)
        assert all(one.file == "file.yaml" and one.line == 1 for one in told)


@pytest.mark.parametrize("bad", sorted({*BAD} - {"\r", "\x85", "\ud800"}), ids=ascii)
def test_a_raw_character_is_told_with_its_line(tmp_path: Path, bad: str) -> None:
    """Not only its escape: the character itself, where it stands in the file."""
    path = tmp_path / "raw.yaml"
    path.write_bytes(f"# 评论\ndepartments: {{a: {{staff: 1}}}}\ntitle: 'x{bad}y'\n".encode())
    told = [str(one) for one in check(path)]
    assert all(steering(one) is None for one in told)
    assert any(one.startswith(f"{path}:3: ") and f"U+{ord(bad):04X}" in one for one in told), told


@pytest.mark.parametrize("field", ["title", "label"])
@pytest.mark.parametrize("bad", ["two\nlines", "a\tb", {"en": "fine", "zh": "两\n行"}])
def test_labels_and_titles_stay_on_one_line(field: str, bad: Any) -> None:
    """A line break or tab would break a table; the sentence says so."""
    data = filled()
    (data if field == "title" else data["departments"]["sales"])[field] = bad
    with pytest.raises(ScenarioError, match=rf"{field}: found .*, expected a text without line breaks and tabs"):
        loads(json.dumps(data))


def test_descriptions_have_lines_and_the_end_of_a_block_is_no_line() -> None:
    """YAML ends a block with a line break, which is no fault of a title; a description is kept as it is."""
    text = json.dumps({key: value for key, value in filled().items() if key not in ("title", "description")})
    head = "title: >\n  one\n  line\ndescription: |\n  two\n  lines\n"
    body = "\n".join(f"{key}: {json.dumps(value)}" for key, value in json.loads(text).items())
    scenario = loads(head + body)
    assert (scenario.title, scenario.description) == ("one line", "two\nlines\n")


def test_folded_texts_hold_what_is_written() -> None:
    """No trace of where a folded text was broken, nor in the scenarios that come with the product."""
    body = "\n".join(f"{key}: {json.dumps(value)}" for key, value in filled().items() if key != "description")
    assert loads(f"description: >-\n  some\n  words\n{body}").description == "some words"
    described = [text_of(load(name).description) for name in shipped()]
    assert [word for text in described for word in (text.en, text.zh) if not word or steering(word)] == []


@pytest.mark.parametrize("bad", BAD, ids=ascii)
def test_python_is_no_way_around(bad: str) -> None:
    """Labels, titles and names given from Python are refused in a sentence that steers nothing."""
    scenario, word = small_scenario(), f"x{bad}[2J"
    attempts = [
        lambda: scenario.model_copy(update={"title": word}),
        lambda: scenario.model_copy(update={"description": Text("fine", word)}),
        lambda: scenario.with_interventions([{"kind": "custom", "name": word}]),
        lambda: scenario.with_interventions([word]),
        lambda: scenario.with_interventions(word),
        lambda: load(word),
        lambda: alternatives_of(scenario, {word: ["raci"]}),
        lambda: alternatives_of(scenario, {"x": [word]}),
        lambda: alternatives_of(scenario, [Alternative("x", Text("x", word), ())]),
        lambda: parse_alternative(f"{word}="),
        lambda: alternatives_of(scenario, [parse_alternative(f"{word}=raci")]),
        lambda: reported_measures(scenario, [word], {}),
    ]
    for attempt in attempts:
        with pytest.raises((ScenarioError, AlternativeError, MeasureError)) as caught:
            attempt()
        assert steering(str(caught.value)) is None, ascii(str(caught.value))


@pytest.mark.parametrize("bad", ["a\nb", "a\tb", 3, None, ("a", "b")])
def test_labels_of_alternatives_fit_into_a_table(bad: Any) -> None:
    """They are texts on one line."""
    with pytest.raises(AlternativeError, match=r"found the label .*, expected a text"):
        alternatives_of(small_scenario(), {bad: ["raci"]})


def test_a_custom_intervention_has_a_name_on_one_line() -> None:
    """In Python as in files."""
    with pytest.raises(ValueError, match="without line breaks"):
        Custom(name="a\nb")


def test_long_labels_are_still_refused_for_their_length() -> None:
    """The older limit stands."""
    with pytest.raises(ValueError, match=f"at most {LABEL_LENGTH} characters"):
        Scenario.model_validate(filled() | {"title": "x" * (LABEL_LENGTH + 1)})

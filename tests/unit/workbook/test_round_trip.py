"""Scenarios to sheets and back: nothing is lost that sheets can say, and what they cannot is listed."""

from itertools import cycle

import pytest

import sim
from sim.scenario.reading import loads, read_data
from sim.scenario.scenario import Scenario
from sim.scenario.writing import content
from sim.workbook.columns import heading
from sim.workbook.filled import filled, filled_from
from sim.workbook.grids import grids_of
from sim.workbook.imported import imported_from
from sim.workbook.layout import sheets
from sim.workbook.left import put_back
from sim.workbook.reading import taken_from
from sim.workbook.unsaid import counted, meaning_at, unsaid, unsayable

FOUND_BY_RUNNING = {"expected.measures.*.mean", "expected.measures.*.interval"}
"""What a shipped scenario says that no sheet has: what running it found."""


@pytest.mark.parametrize(("name", "lang"), [*zip(sim.shipped(), cycle(["zh", "en"]))])
def test_a_shipped_scenario_comes_back(name, lang):
    """As it was, to the order of names, once what the sheets cannot say is put back."""
    scenario = sim.load(name)
    made = filled(scenario, lang)
    taken = taken_from(grids_of(made), f"{name}.xlsx")
    assert [str(one) for one in taken.document.findings] == []
    assert taken.assumed == {}
    back = read_data(put_back(taken.document.data, made.unsaid), "again")
    assert content(back) == content(scenario)
    assert back.hash == scenario.hash
    assert set(unsaid(scenario)) == FOUND_BY_RUNNING


ODD = {
    "departments": {
        "a": {"staff": 2, "kpis": [{"measures": "quality", "target": 0.9, "weight": 2.0}], "label": "A, B and C"},
        "b": {"staff": 1, "skill": 1.25, "site": "Kiel", "shifts": {"night": 1}},
        "north": {"staff": 1, "label": "Shop", "site": {"en": "North", "zh": "北"}},
        "south": {"staff": 1, "label": "Shop", "site": "South", "pools": {"boss": {"hours_per_week": 5}}},
        "work": {"staff": 1, "label": {"en": "Work", "zh": "工时"}},
    },
    "calendars": {"night": {"mon-fri": ["15:00-23:00"]}, "slow": {"mon": {"08:00-12:00": 1.0, "13:00-18:00": 0.25}}},
    "processes": {
        "one": {
            "demand": {"times_a_year": 12, "first": 30.5},
            "satisfaction": {},
            "steps": {
                "s1": {"R": "a", "work": {"uniform": {"low": 1, "high": 2}}, "sends_back": {"to": "s1", "share": 0.1}},
                "s2": {
                    "R": "b",
                    "A": "b",
                    "C": ["south", "work"],
                    "I": ["work", "a"],
                    "work": {"triangular": {"low": 1, "mode": 2, "high": 9}},
                },
                "s3": {"R": "b", "work": {"gamma": {"mean": 0.3, "cv": 0}}},
                "s4": {"R": "a", "work": {"lognormal": {"mean": 1 / 3, "cv": 0.7}}, "external": {"work": 12}},
            },
        }
    },
    "coordination_work": {"consult": {"exponential": 0.25}, "approve": {"gamma": {"mean": 0.2, "cv": 1.5}}},
    "response_targets": {"consult": "never"},
    "queue": {"rule": "strict"},
    "management": "a",
    "levers": {"preset": "neutral", "latency": 2.5},
    "pace": 0.3,
    "shocks": [{"kind": "leaver", "week": 3, "from": "a", "to": "b"}],
    "compare": [
        {"label": "One", "with": [{"kind": "raci", "adoption": {"fidelity": 0.9}, "departments": ["a", "b"]}]},
        {"label": "Two", "with": [{"kind": "custom", "name": "x", "moves": [{"lever": "latency", "toward": 1}]}]},
        {"label": "Three", "with": [], "set": {"departments.a.staff": 3, "levers.latency": 1.5}},
    ],
}
"""What the shipped scenarios do not say: rare fields, families and marks."""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_rare_things_come_back(lang):
    """What is left over is exactly what no sheet has, whole where half of it would mean something else."""
    scenario = read_data(ODD, "odd")
    made = filled(scenario, lang)
    back = read_data(put_back(taken_from(grids_of(made), "odd.xlsx").document.data, made.unsaid), "again")
    assert content(back) == content(scenario)
    assert {one.split(".")[0] for one in counted(made.unsaid)} == {"departments", "shocks", "compare"}
    assert [path for path in made.unsaid if path[0] == "compare"] == [("compare", 1)]


def test_what_sheets_cannot_say_is_known_by_the_models():
    """Field by field, with what it is for."""
    listed = dict(unsayable())
    assert {"shocks", "departments.*.kpis.*.weight", *FOUND_BY_RUNNING} <= set(listed)
    assert not {"departments.*.staff", "processes.*.steps.*.R", "compare.*.with", "calendars"} & set(listed)
    assert all(meaning.en and meaning.zh for meaning in listed.values())
    assert meaning_at("shocks.*.week") == listed["shocks"]


def test_every_column_has_its_words_and_its_field():
    """A heading in both languages that is its own, and a field that the models have."""
    for sheet in sheets():
        columns = [one for one in sheet.columns if one.kind != "raci"]
        for lang in ("en", "zh"):
            assert len({heading(sheet, one).get(lang) for one in columns}) == len(columns)
        assert all(one.info is not None for one in columns if one.field)


def test_a_file_is_written_in_the_order_of_the_fields():
    """A scenario out of sheets reads as one that was written by hand, and says the same."""
    said = content(sim.load("service_chain"))
    found = imported_from(grids_of(filled_from(said, "zh")), "chain.xlsx")
    assert found.findings == ()
    text = found.text("zh")
    fields = [line.partition(":")[0] for line in text.splitlines() if line[0].isalpha()]
    order = [one for one in ("format", "name", "title", "description", *Scenario.model_fields) if one in fields]
    assert fields == list(dict.fromkeys(order))
    assert loads(text).hash == found.scenario.hash

"""What can be switched on: every intervention in a family, doses that are allowed, bundles that exist."""

import itertools

import pytest

import sim
from sim.interventions import FAMILIES, INTERVENTIONS
from sim.spec.grades import BEST
from sim.study.directcost import direct_costs
from sim.web.asked import asked_of
from sim.web.catalogue import MOST_SWITCHES, USUAL, bundles_of, catalogue_of, own_figures, switches_of
from sim.words import LANGUAGES, words
from tests.worlds.organizations import organization

DEMO = sim.load("order_delivery")
BARE = organization(3, 1, approvers=False)
MINUTES = DEMO.changed({"pace": "20 min"})
EVERY = {"order_delivery": DEMO, "trust_trap": sim.load("trust_trap"), "bare": BARE, "minutes": MINUTES}
ROWS = [one for family in catalogue_of(DEMO) for one in family["interventions"]]


def test_every_intervention_stands_in_one_family():
    """Families have words, modules have families, and nothing is left out but what is written as data."""
    assert [family["family"] for family in catalogue_of(DEMO)] == list(words("catalogue").FAMILIES)
    assert list(FAMILIES) == list(words("catalogue").FAMILIES)
    assert sorted(one["kind"] for one in ROWS) == sorted(kind for kind in INTERVENTIONS if kind != "custom")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["kind"])
def test_a_row_says_what_it_is_and_what_is_known(row):
    """In both languages; the grade is that of the evidence."""
    cls = INTERVENTIONS[row["kind"]]
    assert row["label"] == {lang: cls.label.get(lang) for lang in LANGUAGES}
    assert 0 <= row["grade"] == cls.grade <= BEST
    assert all(row[name][lang] for name in ("label", "summary", "evidence", "finding") for lang in LANGUAGES)
    assert row["hours"] > 0.0 or row["spent"] > 0.0 or row["once"] > 0.0
    assert [one["name"] for one in row["presets"]] == list(cls.presets)


def test_a_row_has_the_money_that_is_spent_beside_time():
    """As the direct cost has it: week by week, once, and the first together with the pay for people's time."""
    costs = direct_costs(DEMO)
    for row in ROWS:
        if row["refused"] is None:
            of = costs.loc[row["kind"]]
            assert (row["money"], row["spent"], row["once"]) == (round(of.money), round(of.spent), round(of.once))
    (bought,) = (row for row in ROWS if row["kind"] == "erp")
    paid = sum(team.staff * team.cost_per_hour for team in DEMO.departments.values())
    assert (bought["once"], bought["spent"]) == (round(160 * paid), round(0.5 * paid))


@pytest.mark.parametrize("name", ["order_delivery", "bare"])
def test_a_slider_goes_only_where_a_dose_may_be(name):
    """Both ends are allowed, what is usual is one of its places, and asking for it is asking for nothing special."""
    scenario = EVERY[name]
    rows = [one for family in catalogue_of(scenario) for one in family["interventions"] if one["refused"] is None]
    for row, dose in ((one, dose) for one in rows for dose in one["doses"]):
        for end in ("low", "high"):
            asked_of(scenario, f"{row['kind']}:{dose['name']}={dose[end]}").applied(scenario)
        places = (dose["usual"] - dose["low"]) / dose["step"]
        assert places == pytest.approx(round(places), abs=1e-6), (row["kind"], dose)
        assert dose["low"] <= dose["usual"] <= dose["high"]
        assert (dose["high"] - dose["low"]) / dose["step"] <= 200


@pytest.mark.parametrize("name", EVERY)
def test_switches_can_be_switched_on_and_bundles_too(name):
    """Alone and together, and they are few."""
    scenario = EVERY[name]
    switches = switches_of(scenario)
    assert 0 < len(switches) <= MOST_SWITCHES
    for items in (*([one] for one in switches), *(bundle["items"] for bundle in bundles_of(scenario))):
        asked = asked_of(scenario, items)
        assert len(asked.items) == len(items)
        asked.applied(scenario)
    labels = [bundle["label"]["en"] for bundle in bundles_of(scenario)]
    assert len(labels) == len(set(labels))


def test_what_a_scenario_suggests_comes_first():
    """Else the usual ones that it can have."""
    suggested = [one.with_[0].kind for one in DEMO.compare if len(one.with_) == 1]
    assert switches_of(DEMO)[: len(suggested)] == suggested
    assert switches_of(BARE) == [kind for kind in USUAL if kind in switches_of(BARE)]


def test_what_an_organization_cannot_have_says_why():
    """It stays in the catalogue, and is not among the switches."""
    alone = sim.Scenario.model_validate(
        {
            "departments": {"a": {"staff": 2}, "b": {"staff": 2}},
            "processes": {"p": {"demand": {"per_week": 5}, "steps": {"s": {"R": "a", "C": ["b"], "work": 1.0}}}},
        }
    )
    rows = {one["kind"]: one for family in catalogue_of(alone) for one in family["interventions"]}
    refused = {kind for kind, row in rows.items() if row["refused"]}
    assert "escalation_path" in refused
    for kind in refused:
        assert all(rows[kind]["refused"][lang] for lang in LANGUAGES)
        assert rows[kind]["hours"] is None
        assert kind not in switches_of(alone)


SUGGESTED = [
    {
        "label": "Data",
        "with": [{"kind": "custom", "name": "less", "moves": [{"lever": "latency", "toward": 1, "strength": 0.5}]}],
    },
    {
        "label": "Both",
        "with": [{"kind": "raci", "departments": ["d00", "d01"], "adoption": {"fidelity": 0.9}}, "shared_kpi"],
    },
    {"label": "Rotation", "with": [{"kind": "job_rotation", "preset": "week", "staff_share": 0.15}]},
]


def test_what_no_text_can_say_is_left_out():
    """An intervention that is data; whatever else is suggested reads as what it was."""
    scenario = sim.Scenario.model_validate(BARE.model_dump(by_alias=True) | {"compare": SUGGESTED})
    assert switches_of(scenario)[:3] == [
        "job_rotation:preset=week,staff_share=0.15",
        "raci:departments=d00/d01,adoption.fidelity=0.9",
        "shared_kpi",
    ]
    assert next(one["items"] for one in bundles_of(scenario)) == switches_of(scenario)[1:3]
    read = asked_of(scenario, switches_of(scenario)[:3]).alternative.interventions
    assert {one.kind: one for one in read} == {
        one.kind: one for suggestion in scenario.compare[1:] for one in suggestion.with_
    }


def test_own_figures_are_plain_data():
    """Label and unit in both languages, numbers where they go."""
    rows = own_figures(DEMO)
    assert all(row["low"] <= row["here"] <= row["high"] for row in rows)
    assert all(row["label"][lang] for row, lang in itertools.product(rows, LANGUAGES))


def test_there_is_one_switch_for_an_intervention():
    """Where a scenario suggests one of them in two ways, the first: two would turn each other off."""
    ways = [{"label": f"{hours}", "with": [{"kind": "response_agreement", "hours": hours}]} for hours in (2.0, 8.0)]
    switches = switches_of(DEMO.model_copy(update={"compare": ways}))
    assert switches[0] == "response_agreement:hours=2"
    assert len({one.partition(":")[0] for one in switches}) == len(switches)

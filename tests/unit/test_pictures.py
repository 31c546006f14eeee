"""Pictures of trust, of the network, of processes, and the summary sheet: readable, complete, unbroken by odd input."""

import warnings
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.image import imread
from matplotlib.patches import FancyArrowPatch

from sim.report.dealings import circle_of
from sim.report.figures import figures_of
from sim.report.lettering import LATIN, Lettering
from sim.report.network import draw_network
from sim.report.pictures import material_of
from sim.report.processgraph import mapped
from sim.report.processmap import draw_processes
from sim.report.processpanels import panels_of, worst_places
from sim.report.reasons import finding, reasons, spelled
from sim.report.style import told_apart
from sim.report.summary import PAGE
from sim.report.trust import draw_trust
from sim.spec.measures import MEASURES
from sim.spec.process import Process
from sim.study.compare import compare
from sim.study.effects import headlines
from sim.study.reported import HEADLINES
from sim.vocab import LEDGER_PARTS
from sim.words import Text, words
from tests.fakes import FakeEngine, small_scenario

captions = words("pictures")

texts = words("terminal")

BOTH = {"Roles": ["raci"], "All": ["raci", "daily_standup"]}


@pytest.fixture
def replicate(monkeypatch):
    """The stand-in for runs, put where the comparison finds it."""
    return FakeEngine().used(monkeypatch)


def step(responsible, **fields):
    """Return a step as a file would have it."""
    return {"R": responsible, "work": 2.0} | fields


def process_of(steps, **fields):
    """Return a process of these steps."""
    return Process.model_validate({"demand": {"per_week": 5.0}, "steps": steps} | fields)


def said(figure):
    """Return every word on a figure."""
    found = [text.get_text() for text in figure.texts]
    for axes in figure.axes:
        found += [text.get_text() for text in axes.texts]
        found += [axes.get_title(), *(one.get_text() for one in [*axes.get_xticklabels(), *axes.get_yticklabels()])]
    return " ".join(" ".join(found).split())


def relations(pairs, alternatives=("Now",)):
    """Return relations of pairs (from, to, trust at the end, dealings) that began at .5."""
    rows = [
        {
            "alternative": label,
            "from": a,
            "to": b,
            "trust_start": 0.5,
            "trust": trust,
            "dealings": often,
            "planned": often,
        }
        for label in alternatives
        for a, b, trust, often in pairs
    ]
    return pd.DataFrame(rows, columns=["alternative", "from", "to", "trust_start", "trust", "dealings", "planned"])


def test_every_figure_is_written_twice(replicate, tmp_path):
    """PNG for a report, SVG for the web, in a folder that need not exist."""
    written = compare(small_scenario(), BOTH, 12).plot(tmp_path / "new" / "folder")
    names = ("summary", "effects", "ledger", "timeline", "trust", "network", "process")
    assert [path.name for path in written] == [f"{name}.{kind}" for name in names for kind in ("png", "svg")]
    for path in written:
        if path.suffix == ".png":
            assert imread(path)[..., :3].std() > 0.02
        else:
            assert ET.parse(path).getroot().tag.endswith("svg")


def drawn(comparison):
    """Return the figures, laid out as they would be on paper."""
    lettering = Lettering()
    with lettering.used():
        figures = {name: draw() for name, draw in figures_of(material_of(comparison, lettering)).items()}
        for figure in figures.values():
            figure.draw_without_rendering()
    return figures


@pytest.mark.parametrize("count", [1, 12])
def test_the_summary_is_one_landscape_page(replicate, count):
    """A4, whatever is on it, and nothing lies below its edge."""
    figure = drawn(compare(small_scenario(), {f"Alternative {k}": ["raci"] for k in range(count)}, 3))["summary"]
    assert tuple(figure.get_size_inches()) == PAGE
    edge = figure.bbox
    words = [*figure.texts, *figure.axes[0].texts]
    assert all(edge.y0 <= word.get_window_extent().y0 and word.get_window_extent().x1 <= edge.x1 for word in words)
    assert ("more alternatives" in said(figure)) == (count > 8)


def test_comparisons_know_relations_and_loads_by_alternative(replicate):
    """Trust, understanding and dealings of each pair, and how busy everybody is: means over replications."""
    comparison = compare(small_scenario(), BOTH, 6)
    run = comparison.runs["Roles"]
    rows = comparison.relations.set_index(["alternative", "from", "to"])
    assert rows.loc[("Roles", "sales", "production"), "trust"] == pytest.approx(
        run.relations.set_index(["from", "to"]).loc[("sales", "production"), "trust"].mean()
    )
    assert list(comparison.relations.columns[3:]) == [
        "trust_start", "trust", "understanding_start", "understanding", "dealings", "planned"
    ]  # fmt: skip
    loads = comparison.utilization.set_index(["alternative", "department"])["utilization"]
    busy = comparison.runs["All"].utilization
    assert loads["All", "sales"] == pytest.approx(busy.loc[busy["department"] == "sales", "utilization"].mean())
    assert list(comparison.places.columns) == ["alternative", "process", "step", *LEDGER_PARTS]


def hostile():
    """Return comparisons that nobody hopes for, by name: scenario, alternatives, replications."""
    alone = {
        "departments": {"solo": {"staff": 1}},
        "processes": {"p": {"demand": {"per_week": 5}, "steps": {"do": step("solo")}}},
        "compare": [],
    }
    departments = {f"department_{k}": {"staff": 3, "label": f"Department of things no. {k}"} for k in range(40)}
    crowd = {
        "departments": departments,
        "processes": {"p": {"demand": {"per_week": 5}, "steps": {f"s{k}": step(f"department_{k}") for k in range(40)}}},
    }
    long = "A label that a committee has agreed upon after months, with $5, $\\frac{ and <b> & more " * 2
    worded = {
        "title": long,
        "departments": {
            "sales": {"label": long, "staff": 2, "kpis": [{"measures": "volume", "target": 20}]},
            "production": {"label": "生产部", "staff": 3},
        },
    }
    foreign = {
        "title": "订单",
        "departments": {"销售": {"staff": 2}, "生产": {"staff": 3}},
        "processes": {"单": {"demand": {"per_week": 3}, "steps": {"签": step("销售", C=["生产"]), "造": step("生产")}}},
    }
    return {
        "one department, one step": (alone, BOTH, 3),
        "forty departments": (crowd, BOTH, 3),
        "long words": (worded, {long: ["raci"], "三项合用": ["shared_kpi"], "raci+": ["raci"]}, 3),
        "no latin letter": (foreign, {"三": ["raci"]}, 3),
        "eight alternatives": ({}, {f"Alternative {k} of many": ["raci"] for k in range(8)}, 3),
        "a single replication": ({}, BOTH, 1),
    }


@pytest.mark.parametrize("name", hostile())
def test_odd_comparisons_are_drawn_without_a_warning(replicate, name):
    """No missing letter, no formula where a dollar sign was meant, nothing to divide by zero."""
    changes, alternatives, replications = hostile()[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures = drawn(compare(small_scenario(**changes), alternatives, replications))
    assert all(said(figure) for figure in figures.values())


def test_numbers_that_are_not_defined_leave_room_and_nothing_else(monkeypatch):
    """Runs in which nothing was finished and nobody dealt with anybody."""

    class Empty(FakeEngine):
        def kept(self, scenario, number, seed):
            return {
                name: {column: np.full(len(values), np.nan) if values.dtype == float else values
                       for column, values in rows.items()}
                for name, rows in super().kept(scenario, number, seed).items()
            }  # fmt: skip

    Empty().used(monkeypatch)
    figures = drawn(compare(small_scenario(), BOTH, 3))
    assert captions.NOBODY_DEALS.en in said(figures["trust"])
    assert captions.PROCESS_EMPTY.en in said(figures["process"])
    assert "no case arrived" in said(figures["summary"])
    assert "nan" not in " ".join(map(said, figures.values()))


def test_trust_has_a_matrix_for_the_start_and_each_end():
    """Start, end as things are, end with each alternative; each with its mean."""
    frame = relations([("a", "b", 0.25, 9), ("b", "a", 0.75, 9)], ("Now", "Roles"))
    words = said(draw_trust(frame, {"a": "Sales", "b": "Stores"}, {"Now": "Now", "Roles": "Roles"}, "World"))
    assert "At the start · mean .50" in words
    assert "Now, at the end · mean .50" in words
    assert "Roles · mean .50" in words
    assert ".25" in words
    assert ".75" in words


def test_pairs_that_never_deal_are_empty_and_lonely_departments_named():
    """Trust that nobody has tried is not shown as if it were known."""
    frame = relations([("a", "b", 0.3, 9), ("b", "a", 0.4, 9), ("a", "c", 0.9, 0)])
    words = said(draw_trust(frame, {"a": "Sales", "b": "Stores", "c": "Legal"}, {"Now": "Now"}, "World"))
    assert ".90" not in words
    assert "nobody deals with them: Legal" in words


def test_where_nobody_deals_a_sentence_says_so():
    """Instead of empty squares."""
    words = said(draw_trust(relations([]), {"a": "Sales"}, {"Now": "Now"}, "World"))
    assert captions.NOBODY_DEALS.en in words


@given(st.integers(2, 30), st.integers(1, 15))
def test_the_busiest_stay_when_room_is_short(count, most):
    """Whoever is shown deals at least as much as whoever is not."""
    names = {f"d{k}": f"D{k}" for k in range(count)}
    circle = circle_of(relations([(f"d{k}", f"d{k - 1}", 0.5, k) for k in range(1, count)]), names, most)
    busy = {f"d{k}": k + (k + 1) * (k + 1 < count) for k in range(count)}
    assert len(circle.shown) == min(count, most)
    assert circle.crowded_out == count - len(circle.shown)
    assert min(busy[name] for name in circle.shown) >= max(
        (busy[name] for name in set(names) - set(circle.shown)), default=0
    )


def test_approvers_are_persons_and_not_in_the_circle():
    """`sales.director` is not a department."""
    circle = circle_of(relations([("a", "b", 0.5, 3), ("a", "a.director", 0.9, 9)]), {"a": "A", "b": "B"}, 5)
    assert set(circle.rows["to"]) == {"b"}


def test_the_network_shows_load_as_a_number_too():
    """A ring alone cannot be read to the percent; a department without load says so."""
    loads = pd.DataFrame({"alternative": ["Now"], "department": ["a"], "utilization": [0.83]})
    frame = relations([("a", "b", 0.1, 3), ("b", "a", 0.9, 3)])
    figure = draw_network(frame, loads, {"a": "Sales", "b": "Stores"}, {"Now": "Now"}, "World")
    words = said(figure)
    assert "83" in words
    assert texts.NOT_AVAILABLE.en in words
    arrows = [patch for patch in figure.axes[0].patches if isinstance(patch, FancyArrowPatch)]
    assert len({patch.get_linewidth() for patch in arrows}) == 2  # trust is width, one arrow for each direction
    assert len({patch.get_linestyle() for patch in arrows}) == 2  # and dash


def test_branches_stand_side_by_side_and_meet_again():
    """One step, two at once, one after both: the long ways are drawn beside the boxes."""
    plan = mapped(
        process_of({"a": step("x"), "b": step("x", needs=["a"]), "c": step("x", needs=["a"]),
                    "d": step("x", needs=["b", "c"])}),
        "abcd",
    )  # fmt: skip
    assert plan.steps == ("a", "b", "c", "d")
    assert plan.lanes == (0, 0, 1, 0)
    assert plan.straight == {0, 2}
    assert {(track.start, track.ends) for track in plan.forward} == {(0, (2,)), (1, (3,))}


def test_ways_back_of_a_markov_process_go_up():
    """Repair leads back to the check; again and again is no line at all."""
    plan = mapped(
        process_of({"check": step("x", next={"repair": 0.3, "check": 0.1}), "repair": step("x", next={"check": 1.0})}),
        ["check", "repair"],
    )
    assert plan.steps == ("check", "repair")
    assert [(track.start, track.ends) for track in plan.back] == [(1, (0,))]


@given(st.data())
def test_every_way_of_a_graph_is_drawn_downward_once(data):
    """Whatever needs what: all steps have a row, all ways lead down, and lines in one place never overlap."""
    count = data.draw(st.integers(1, 20))
    needs = {k: data.draw(st.lists(st.integers(0, k - 1), unique=True, max_size=3)) if k else [] for k in range(count)}
    if count > 1 and not any(needs.values()):
        needs[1] = [0]
    process = process_of({f"s{k}": step("x", needs=[f"s{one}" for one in needs[k]]) for k in range(count)})
    plan = mapped(process, process.steps)
    at = {name: row for row, name in enumerate(plan.steps)}
    ways = {(at[f"s{one}"], at[f"s{k}"]) for k in needs for one in needs[k]}
    drawn = {(row, row + 1) for row in plan.straight} | {(t.start, end) for t in plan.forward for end in t.ends}
    assert sorted(plan.steps) == sorted(process.steps)
    assert drawn == ways
    assert plan.back == ()
    for one in plan.forward:
        for other in plan.forward:
            assert (
                one is other or one.place != other.place or max(one.ends) < other.start or max(other.ends) < one.start
            )


def test_steps_without_room_are_skipped_over(replicate):
    """The way goes on from the step before to the step after."""
    plan = mapped(process_of({"a": step("x"), "b": step("x"), "c": step("x")}), ["a", "c"])
    assert plan.steps == ("a", "c")
    assert plan.straight == {0}


def test_the_worst_places_are_those_with_most_hours_lost_a_week(replicate):
    """Nights and work are not lost; a process with many cases weighs more."""
    scenario = small_scenario(
        processes={
            "often": {"demand": {"per_week": 30}, "steps": {"a": step("sales"), "b": step("sales")}},
            "seldom": {"demand": {"per_week": 1}, "steps": {"c": step("sales")}},
        }
    )
    sheet = material_of(compare(scenario, BOTH, 2), Lettering()).sheet
    base = dict.fromkeys(LEDGER_PARTS, 0.0) | {"alternative": "Now"}
    rows = [
        base | {"process": "often", "step": "a", "closed": 500.0, "touch": 90.0},
        base | {"process": "often", "step": "b", "answer": 2.0},
        base | {"process": "seldom", "step": "c", "answer": 20.0},
    ]
    panels = panels_of(pd.DataFrame(rows), sheet, ["Now"])
    assert worst_places(panels, sheet.rates) == {("often", "b"): 1, ("seldom", "c"): 2}


def test_a_process_map_names_steps_departments_roles_and_changes(replicate):
    """Who does it, who is asked, hours, and what an alternative changes."""
    found = material_of(compare(small_scenario(), BOTH, 4), Lettering())
    words = said(draw_processes(found.places, found.sheet, found.labels, "World"))
    for one in ("sign", "make", "Sales", "C production", "I Sales", "Roles", "All", "10 cases a week"):
        assert one in words
    moved = found.places.set_index(["alternative", "process", "step"]).sum(axis=1)
    assert f"{moved['All', 'order', 'sign'] - moved['Now', 'order', 'sign']:.1f}" in words


def test_reasons_come_from_the_ledger():
    """The part most saved and the part most added, and doubt where there is doubt."""
    ledger = pd.DataFrame({"queue": [10.0, 4.0, 10.1], "answer": [20.0, 23.0, 20.0]}, index=["Now", "Roles", "Hope"])
    rows = [("Roles", "on_time_target", 0.8, 0.9, 0.1, "better"), ("Hope", "on_time_target", 0.8, 0.7, -0.1, "worse"),
            ("Roles", "lead_time_mean", 30.0, 27.0, -3.0, "better"),
            ("Hope", "lead_time_mean", 30.0, 30.1, 0.1, "cannot be told from zero")]  # fmt: skip
    table = pd.DataFrame(rows, columns=["alternative", "measure", "now", "mean", "difference", "verdict"])
    sentences = reasons(table.assign(ci_low=0.05, ci_high=0.15), ledger, MEASURES, {"Roles": "Roles", "Hope": "Hope"})
    assert sentences == [
        "Best in ‘on time’: Roles, 90.0 % instead of 80.0 % (+10.0 points; +5.00 … +15.0).",
        "Roles: -3.00 h per case. Saves most: waiting in a queue -6.00 h. "
        "Adds most: waiting for an answer or approval +3.00 h.",
        "Hope: +0.10 h per case (no clear difference). Saves nothing worth half an hour. "
        "Adds nothing worth half an hour.",
    ]
    assert (
        finding(table.assign(ci_low=0.05, ci_high=0.15), MEASURES, {"Roles": "职责", "Hope": "希望"}, "zh")
        == "职责：准时率 80.0 → 90.0 %"
    )
    later = reasons(table.assign(ci_low=0.0, ci_high=1.0), ledger, MEASURES, {"Hope": "希望"}, "zh", worth=0.05)
    assert later[-1] == "希望：每件 +0.10 小时（差异不显著）。各部分节省均不足 3 分钟。增加最多：排队 +0.10 小时。"


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0.5, "half an hour"), (1 / 60, "a minute"), (0.05, "3 minutes"), (1.0, "an hour"), (4, "4 hours")],
)
def test_short_times_are_said_in_words(hours, words):
    """What is worth naming follows the pace, and a reader is told."""
    assert spelled(hours) == words


def test_hours_of_cases_that_are_never_finished_are_no_savings():
    """What a case that stands still does not spend in a queue is not saved; a case or two among many change nothing."""
    rows = [
        ("Forms", "lead_time_mean", 30.0, 60.0, 30.0, "worse"),
        ("Few", "lead_time_mean", 30.0, 26.0, -4.0, "better"),
    ]
    columns = ["alternative", "measure", "now", "mean", "difference", "verdict"]
    table = pd.DataFrame(rows, columns=columns).assign(ci_low=0.0, ci_high=1.0)
    ledger = pd.DataFrame({"queue": [30.0, 10.0, 25.0], "unfinished": [0.0, 50.0, 1.0]}, index=["Now", "Forms", "Few"])
    _, forms, few = reasons(table, ledger, MEASURES, {"Forms": "Forms", "Few": "Few"})
    assert words("reasons").WHY_LEFT_UNDONE.en in forms
    assert "Saves most: waiting in a queue -5.00 h." in few


def test_headlines_tell_the_price_even_where_nobody_asked(replicate):
    """Measures outside the corrected family have an interval and no verdict; the others keep theirs."""
    comparison = compare(small_scenario(), BOTH, 20, measures=["on_time_target", "rework_share"])
    specs = material_of(comparison, Lettering()).specs
    found = headlines(comparison.table, comparison.runs, specs, HEADLINES)
    assert list(dict.fromkeys(found["measure"])) == list(HEADLINES)
    tested = found[found["measure"] == "on_time_target"]
    assert list(tested["verdict"]) == list(comparison.table.query("measure == 'on_time_target'")["verdict"])
    assert set(found[found["measure"] == "coordination_cost"]["verdict"]) == {""}


def test_a_label_without_letters_to_write_it_falls_back_to_the_name():
    """Chinese stays Chinese where a font has it; else the name in the file; else a number. No two are alike."""
    latin = Lettering([LATIN])
    noun = Text("department", "部门")
    assert latin.distinct({"a": ("销售部", "sales"), "b": ("生产", "生产"), "c": ("sales",)}, noun) == {
        "a": "sales",
        "b": "department 2",
        "c": "sales (3)",
    }
    assert latin.has("Größe 100 % … ●")
    assert not latin.has("销售部")


def test_alternatives_without_letters_are_called_by_their_interventions(replicate):
    """On a machine without Chinese fonts the figures still say what was compared."""
    comparison = compare(small_scenario(), {"三项合用": ["raci", "daily_standup"]}, 2)
    assert list(material_of(comparison, Lettering([LATIN])).labels) == ["Now", "raci+daily_standup"]


@given(st.lists(st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=40), max_size=8))
def test_cut_labels_are_never_longer_than_allowed(labels):
    """And short ones are left alone."""
    cut = told_apart(labels, 12)
    assert all(len(text) <= 12 for text in cut)
    assert all(text == label for text, label in zip(cut, labels, strict=True) if len(label) <= 12)


def test_labels_that_begin_alike_are_cut_in_the_middle():
    """What tells them apart is at the end."""
    assert told_apart(["Department no. 1", "Department no. 2"], 10) == ["Depa…no. 1", "Depa…no. 2"]

"""What pictures are drawn from: who deals with whom, where steps stand, what is worth saying, how words are cut."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.dealings import between, circle_of, overall
from sim.report.lettering import SIGNS, Lettering
from sim.report.merit import ranked
from sim.report.pictures import material_of
from sim.report.processgraph import mapped
from sim.report.processpanels import panels_of, worst_places
from sim.report.reasons import best_of, finding, reasons, spelled
from sim.spec.measures import MEASURES
from sim.spec.process import Process
from sim.study.compare import compare
from sim.vocab import LEDGER_PARTS
from sim.words import Text, words
from tests.worlds.fakes import FakeEngine, small_scenario
from tests.worlds.figures import drawn, said

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
    comparison = compare(small_scenario(), BOTH, 4)
    shown = said(drawn(comparison, only=["process"])["process"])
    for one in ("sign", "make", "Sales", "C production", "I Sales", "Roles", "All", "10 cases a week"):
        assert one in shown
    moved = comparison.places.set_index(["alternative", "process", "step"]).sum(axis=1)
    change = moved["All", "order", "sign"] - moved["Now", "order", "sign"]
    assert f"{change:.1f}".replace("-", "−") in shown


def test_a_process_map_says_where_the_lead_time_ends(replicate):
    """Steps after it have hours in the map, which the lead time does not count."""
    steps = {"ship": step("sales"), "file": step("sales")}
    ends = {"whole": {}, "early": {"served_by": "ship"}}
    demand = {"demand": {"per_week": 5}, "steps": steps}
    scenario = small_scenario(processes={name: demand | served for name, served in ends.items()})
    shown = said(drawn(compare(scenario, BOTH, 2), only=["process"])["process"])
    assert shown.count("is served by ship") == 1


def test_a_process_map_says_how_cases_come(replicate):
    """Those with dates are counted, not spread over weeks; a process that nobody begins by himself says nothing."""
    steps = {"ship": step("sales")}
    demands = {"flow": {"per_week": 5}, "dated": {"at": [10, 20, 900]}, "none": {"per_week": 0}}
    flows = {name: {"demand": one, "steps": steps} for name, one in demands.items()}
    release = {"every_days": 30, "items": ["flow"], "work": "none"}
    scenario = small_scenario(processes=flows, releases={"monthly": release})
    shown = said(drawn(compare(scenario, BOTH, 2), only=["process"])["process"])
    assert ["5 cases a week" in shown, "3 dated cases" in shown] == [True, True]
    assert "0 cases a week" not in shown


def test_trust_on_the_whole_counts_pairs_by_how_often_they_plan_to_deal():
    """As the measure does; pairs that never plan to deal, and approvers, do not count."""
    frame = relations([("a", "b", 0.2, 1), ("b", "a", 0.8, 3), ("a", "c", 0.9, 0), ("a", "a.director", 0.0, 9)])
    rows = between(frame, {"a": "A", "b": "B", "c": "C"})
    assert overall(rows) == pytest.approx((0.2 + 3 * 0.8) / 4)


def effects(rows):
    """Return rows of a table: alternative, measure, now, mean, difference, verdict."""
    columns = ["alternative", "measure", "now", "mean", "difference", "verdict"]
    return pd.DataFrame(rows, columns=columns).assign(ci_low=0.05, ci_high=0.15, matters=True)


@given(st.lists(st.floats(-0.5, 0.5) | st.just(float("nan")), min_size=1, max_size=12))
def test_alternatives_are_ranked_by_the_first_headline(differences):
    """By size where more is better, and the other way round where less is; unknown ones come last."""
    for measure, sign in (("on_time_target", 1), ("lead_time_mean", -1)):
        rows = [(f"a{k}", measure, 0.5, 0.5 + d, d, "") for k, d in enumerate(differences)]
        order = ranked(effects(rows), MEASURES)
        found = [differences[int(name[1:])] * sign for name in order]
        known = [one for one in found if one == one]
        assert sorted(order) == sorted(f"a{k}" for k in range(len(differences)))
        assert found[: len(known)] == sorted(known, reverse=True)


def test_the_best_is_the_best_of_those_that_are_better_beyond_doubt():
    """A larger change that may be chance is not the finding; without any, the title says so."""
    rows = [("Lucky", "on_time_target", 0.8, 0.95, 0.15, "cannot be told from zero"),
            ("Sure", "on_time_target", 0.8, 0.9, 0.1, "better"),
            ("Lucky", "coordination_hours", 50.0, 60.0, 10.0, "worse"),
            ("Sure", "coordination_hours", 50.0, 38.0, -12.0, "better")]  # fmt: skip
    labels = {"Lucky": "Lucky", "Sure": "Sure"}
    assert best_of(effects(rows), MEASURES).leading == "Sure"
    assert finding(effects(rows), MEASURES, labels) == "Sure: on time 80.0 → 90.0 %, 12 h of coordination a week less"
    doubted = effects([(*row[:-1], "cannot be told from zero") for row in rows])
    assert finding(doubted, MEASURES, labels) == "No alternative is better in 'on time' beyond doubt (now 80.0 %)"
    single = effects([(*row[:-1], "n/a") for row in rows])
    assert finding(single, MEASURES, labels).endswith("one replication, so it may be luck")
    worse = effects([("Late", "on_time_target", 0.8, 0.5, -0.3, "n/a")])
    assert finding(worse, MEASURES, labels).startswith("No alternative is better in 'on time' (now 80.0 %)")
    ledger = pd.DataFrame({"queue": [9.0, 8.0, 8.0]}, index=["Baseline", "Lucky", "Sure"])
    assert "one replication" in reasons(single, ledger, MEASURES, labels)[0]
    small = effects(rows).assign(matters=False)
    assert finding(small, MEASURES, labels).endswith("certain, but too small to matter")


def test_reasons_come_from_the_ledger():
    """The part most saved and the part most added, and doubt where there is doubt."""
    ledger = pd.DataFrame({"queue": [10.0, 4.0, 10.1], "answer": [20.0, 23.0, 20.0]}, index=["Now", "Roles", "Hope"])
    rows = [("Roles", "on_time_target", 0.8, 0.9, 0.1, "better"), ("Hope", "on_time_target", 0.8, 0.7, -0.1, "worse"),
            ("Roles", "lead_time_mean", 30.0, 27.0, -3.0, "better"),
            ("Hope", "lead_time_mean", 30.0, 30.1, 0.1, "cannot be told from zero")]  # fmt: skip
    table = pd.DataFrame(rows, columns=["alternative", "measure", "now", "mean", "difference", "verdict"])
    sentences = reasons(
        table.assign(ci_low=0.05, ci_high=0.15, matters=True),
        ledger,
        MEASURES,
        {"Roles": "Roles", "Hope": "Hope"},
        doubtful={"Hope"},
    )
    assert sentences == [
        "Best in 'on time': Roles, 90.0 % instead of 80.0 % (+10.0 points; +5.00 … +15.0).",
        "Roles: −3.00 h per case. Saves most: waiting in a queue −6.00 h. "
        "Adds most: waiting for an answer or approval +3.00 h.",
        "Hope: +0.10 h per case (cannot be told from zero). Saves nothing worth half an hour. "
        "Adds nothing worth half an hour.",
    ]
    assert (
        finding(
            table.assign(ci_low=0.05, ci_high=0.15, matters=True), MEASURES, {"Roles": "职责", "Hope": "希望"}, "zh"
        )
        == "职责：准时率 80.0 → 90.0%"
    )
    later = reasons(
        table.assign(ci_low=0.0, ci_high=1.0, matters=True),
        ledger,
        MEASURES,
        {"Hope": "希望"},
        "zh",
        worth=0.05,
        doubtful={"Hope"},
    )
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
    table = pd.DataFrame(rows, columns=columns).assign(ci_low=0.0, ci_high=1.0, matters=True)
    ledger = pd.DataFrame({"queue": [30.0, 10.0, 25.0], "unfinished": [0.0, 50.0, 1.0]}, index=["Now", "Forms", "Few"])
    _, forms, few = reasons(table, ledger, MEASURES, {"Forms": "Forms", "Few": "Few"})
    assert words("reasons").WHY_LEFT_UNDONE.en in forms
    assert "Saves most: waiting in a queue −5.00 h." in few


def test_a_label_without_letters_to_write_it_falls_back_to_the_name():
    """Chinese stays Chinese where a font has it; else the name in the file; else a number. No two are alike."""
    latin = Lettering([SIGNS])
    noun = Text("department", "部门")
    names = {"a": ("销售部", "sales"), "b": ("生产", "生产"), "c": ("sales",)}
    assert latin.distinct(names, noun) == {"a": "sales", "b": "department 2", "c": "sales (3)"}
    assert set(latin.missed) == set("销售部生产")
    assert latin.has("Größe 100 % … ●")
    assert not latin.has("销售部")


def test_the_shipped_font_writes_gb_2312_and_every_word_of_the_product():
    """On a machine without Chinese fonts, Chinese is Chinese."""
    from sim.words import LANGUAGES, subjects, table

    lettering = Lettering()
    rows = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    letters = "".join(pair.decode("gb2312", errors="ignore") for pair in rows)
    assert len(letters) == 6763
    assert lettering.has(letters)
    said_anywhere = "".join(str(table(subject, lang)) for subject in subjects() for lang in LANGUAGES)
    assert lettering.has(said_anywhere), lettering.missed


def test_alternatives_without_letters_are_called_by_their_interventions(replicate):
    """On a machine without Chinese fonts the figures still say what was compared."""
    comparison = compare(small_scenario(), {"三项合用": ["raci", "daily_standup"]}, 2)
    assert list(material_of(comparison, Lettering([SIGNS])).labels.values()) == ["now", "raci+daily_standup"]


@pytest.mark.parametrize(("lang", "called"), [("en", "Sales"), ("zh", "销售")])
def test_names_are_in_the_language_asked_for(replicate, lang, called):
    """Else in the other one, else as files have it."""
    found = material_of(compare(small_scenario(), BOTH, 2), Lettering(), lang)
    assert found.departments == {"sales": called, "production": "production"}

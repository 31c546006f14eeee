# ruff: noqa: E501  (the table of mistakes reads better with one mistake on a line)
"""Every mistake in a file is told in one sentence: file, line, field, what was found, what is allowed."""

from pathlib import Path

import pytest

from sim.scenario import Finding, ScenarioError, check, load, loads, planned_loads

GOOD = """\
departments:
  sales:
    staff: 5
    pools: {director: {hours_per_week: 10}}
  production:
    staff: 9
    kpis: [{measures: volume, target: 20}]
  management: {staff: 2}
management: management
processes:
  order:
    demand: {per_week: 10}
    steps:
      sign: {R: sales, A: sales.director, C: [production], work: {lognormal: {mean: 4, cv: 0.5}}}
      make: {R: production, I: [sales], work: 12}
    target_days: 30
levers: {boost: 24}
"""


def findings(text: str) -> list[Finding]:
    """Return what is wrong with a text."""
    try:
        loads(text, "file.yaml")
    except ScenarioError as error:
        return list(error.findings)
    return []


def test_the_example_is_fine(tmp_path: Path) -> None:
    """The file that the other tests break has nothing wrong with it."""
    file = tmp_path / "good.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert check(file) == []
    assert load(file).name == "good"
    assert load(str(file)).hash == load(file).hash


BROKEN = [
    ("staff: 5", "staff: five", "file.yaml:3: departments.sales.staff: found 'five', expected a whole number of at least 1"),
    ("levers: {boost: 24}", "interventions: [{kind: raci, start_week: 10, end_week: 5}]", "interventions[0].end_week: found 5, expected a week after start_week (10)"),
    ("levers: {boost: 24}", "compare: [{label: x, with: [{kind: raci, end_week: 0}]}]", "compare[0].with[0].end_week: found 0, expected a week after start_week (0)"),
    ("levers: {boost: 24}", "compare: [{label: x, with: [{kind: raci, start_week: 3, end_week: 3}]}]", "compare[0].with[0].end_week: found 3, expected a week after start_week (3)"),
    ("staff: 5", "staff: 0", "found 0, expected a whole number of at least 1"),
    ("staff: 5", "staff: 2.5", "found 2.5, expected a whole number"),
    ("staff: 5", "staff: true", "found true, expected a whole number"),
    ("staff: 5", "staff: 1e9", "found 1000000000.0, expected a whole number of at least 1 and at most 100,000"),
    ("staff: 5", "staff: " + "9" * 5000, "expected a whole number"),
    ("staff: 5", "staf: 5", "file.yaml:3: departments.sales.staf: found an unknown field"),
    ("staff: 5", "staf: 5", "did you mean 'staff'?"),
    ("staff: 5", "label: x", "file.yaml:2: departments.sales.staff: found nothing, expected staff (number of people)"),
    ("staff: 5", "staff: 5\n    calendar: offise", "found 'offise', expected a calendar (always, office); did you mean 'office'?"),
    ("staff: 5", "staff: 5\n    cost_per_hour: .inf", "found inf, expected a number of at least 0"),
    ("staff: 5", "staff: 5\n    cost_per_hour: .nan", "found nan, expected a number of at least 0"),
    ("staff: 5", "staff: 5\n    levers: {clarty: 1}", "file.yaml:4: departments.sales.levers.clarty: found 'clarty', expected a lever"),
    ("staff: 5", "staff: 5\n    levers: {clarty: 1}", "did you mean 'clarity'?"),
    ("staff: 5", "staff: 5\n    levers: {preset: neutral}", "departments.sales.levers.preset: found 'neutral', expected a number"),
    ("staff: 5", "staff: 5\n    own_work: {share: 1.0}", "found 1.0, expected a number of at least 0 and at most 0.99"),
    ("staff: 5", "staff: 5\n    own_work: {share: 0.1, size: 0}", "own_work.size: found pieces of 0 hours, expected hours above 0"),
    ("target_days: 30", "complexity: 2.5", "complexity: found 2.5, expected a number of at least 0 and at most 2"),
    ("hours_per_week: 10", "hours_per_week: 169", "found 169, expected a number above 0 and at most 168"),
    ("measures: volume", "measures: volum", "found 'volum', expected volume or response or own_work or quality; did you mean 'volume'?"),
    ("measures: volume", "measures: quality", "departments.production.kpis[0].target: found 20, expected a share of at most 1 for quality"),
    ("20}]", "20}, {measures: volume, target: 3}]", "found 'volume' a second time, expected each name once"),
    ("  management:", "  'human resources':", "found 'human resources', expected a name of letters, digits and underscores"),
    ("  management:", "  a.b:", "found 'a.b', expected a name of letters"),
    ("  management:", "  1a:", "found '1a', expected a name of letters"),
    ("management: management", "management: manager", "file.yaml:9: management: found 'manager', expected a department"),
    ("management: management\n", "", "found approvers, expected 'management:' to name the department they belong to"),
    ("R: sales", "R: slaes", "file.yaml:14: processes.order.steps.sign.R: found 'slaes', expected a department (sales, "
     "production, management); did you mean 'sales'?"),
    ("A: sales.director", "A: sales.directer", "did you mean 'sales.director'?"),
    ("C: [production]", "C: [prod]", "processes.order.steps.sign.C[0]: found 'prod', expected a department"),
    ("C: [production]", "C: [production, production]", "C[1]: found 'production' a second time, expected each name once"),
    ("C: [production]", "C: production", "C: found 'production', expected a list, as in [a, b]"),
    ("I: [sales]", "I: [sales.director]", "I[0]: found 'sales.director', expected a department"),
    ("I: [sales]", "contested_by: [warehouse]", "contested_by[0]: found 'warehouse', expected a department"),
    ("work: 12", "work: twelve", "work: found 'twelve', expected hours as a number, or a distribution"),
    ("work: 12", "work: -1", "work: found -1, expected a number of at least 0 and at most 100,000 as 'mean'"),
    ("work: 12", "work: {exponentail: 3}", "did you mean 'exponential'?"),
    ("work: 12", "work: {gamma: 3}", "expected the form {gamma: {mean: ..., cv: ...}}"),
    ("work: 12", "work: {triangular: {low: 3, mode: 2, high: 4}}", "expected low <= mode <= high and low < high"),
    ("work: 12", "work: 12, commitment: 1", "commitment: found 1, expected true or false"),
    ("work: 12", "work: 12, probability: 0", "probability: found 0, expected a number above 0 and at most 1"),
    ("work: 12", "work: 12, external: {work: 3, calendar: never}", "external.calendar: found 'never', expected a calendar"),
    ("{per_week: 10}", "{per_week: 10, at: [1]}", "expected either per_week"),
    ("{per_week: 10}", "{at: [3, 1]}", "demand.at: found a list of 2, expected times in ascending order"),
    ("{per_week: 10}", "{per_week: 10, during: weekend}", "demand.during: found 'weekend', expected a calendar"),
    ("boost: 24", "bost: 24", "file.yaml:17: levers.bost: found 'bost', expected a lever"),
    ("boost: 24", "clarity: 1.5", "levers.clarity: found 1.5, expected a number from 0 to 1 (share)"),
    ("boost: 24", "preset: neutrl", "levers.preset: found 'neutrl', expected a number"),
    ("boost: 24", "boost: neutral", "levers.boost: found neutral, expected a number from 0 to 1000"),
    ("levers:", "interventions: [racy]\nlevers:", "interventions[0]: found 'racy', expected one of"),
    ("levers:", "interventions: [racy]\nlevers:", "did you mean 'raci'?"),
    ("levers:", "interventions: [{kind: raci, strenght: 1}]\nlevers:", "did you mean 'strength'?"),
    ("levers:", "interventions: [{kind: raci, strength: 2}]\nlevers:", "found 2, expected a number of at least 0 and at most 1"),
    ("levers:", "interventions: [{kind: raci, departments: [slaes]}]\nlevers:", "interventions[0].departments[0]: found 'slaes'"),
    ("levers:", "interventions: [{strength: 1}]\nlevers:", "expected the name of an intervention or a mapping with its kind"),
    ("levers:", "interventions: [{kind: custom, moves: [{lever: bost, toward: 1}]}]\nlevers:", "did you mean 'boost'?"),
    ("levers:", "interventions: [{kind: custom, moves: [{lever: clarity, toward: 9}]}]\nlevers:", "toward: found 9"),
    ("levers:", "compare: [{label: a, with: [racy]}]\nlevers:", "compare[0].with[0]: found 'racy'"),
    ("levers:", "compare: [{label: a, with: []}, {label: a, with: [raci]}]\nlevers:", "found 'a' a second time"),
    ("levers:", "measures: [on_tme_target]\nlevers:", "measures[0]: found 'on_tme_target', expected a measure"),
    ("levers:", "measures: [on_tme_target]\nlevers:", "did you mean 'on_time_target'?"),
    ("levers:", "measures: [kpi_saels]\nlevers:", "did you mean 'kpi_sales'?"),
    ("levers:", "calendars: {late: {mon-fry: ['08:00-12:00']}}\nlevers:", "did you mean 'fri'?"),
    ("levers:", "calendars: {late: {}}\nlevers:", "expected at least one opening in the week"),
    ("levers:", "calendars: {late: {mon: []}}\nlevers:", "expected at least one opening in the week"),
    ("levers:", "calendars: {late: {mon: ['12:00-25:00']}}\nlevers:", "expected opening hours such as"),
    ("levers:", "calendars: {late: {mon: ['8-12']}}\nlevers:", "expected opening hours such as"),
    ("levers:", "calendars: {late: {mon: ['08:00-12:00', '11:00-13:00']}}\nlevers:", "expected opening hours that do not overlap"),
    ("levers:", "calendars: {late: {mon-wed: ['08:00-12:00'], tue: ['13:00-14:00']}}\nlevers:", "each day of the week only once"),
    ("levers:", "queue: {urgency: 0, value: 0, due: 0}\nlevers:", "expected at least one weight above 0"),
    ("levers:", "queue: {rule: stric}\nlevers:", "found 'stric', expected boost or strict; did you mean 'strict'?"),
    ("levers:", "relations: {pairs: [{from: sales, to: prod, trust: 1}]}\nlevers:", "relations.pairs[0].to: found 'prod'"),
    ("levers:", "relations: {pairs: [{from: sales, to: sales, trust: 1}]}\nlevers:", "on both sides, expected two departments"),
    ("levers:", "relations: {pairs: [{from: sales, to: production}]}\nlevers:", "found a pair that says nothing"),
    ("levers:", "relations: {trust: 1.2}\nlevers:", "relations.trust: found 1.2, expected a number of at least 0 and at most 1"),
    ("levers:", "horizon_weeks: 0\nlevers:", "horizon_weeks: found 0, expected a number above 0"),
    ("levers:", "warmup_weeks: -1\nlevers:", "warmup_weeks: found -1, expected a number of at least 0"),
    ("levers:", "format: 2\nlevers:", "format: found 2, expected 1"),
    ("levers:", "title: {de: a}\nlevers:", "title: found a mapping (de), expected a text"),
    ("levers:", "shocks: [leaver]\nlevers:", "shocks[0]: found 'leaver', expected a shock as a mapping with its kind (leaver or surge)"),
    ("levers:", "shocks: [null]\nlevers:", "shocks[0]: found nothing, expected a shock as a mapping with its kind (leaver or surge)"),
    ("levers:", "shocks: [{week: 3}]\nlevers:", "file.yaml:17: shocks[0]: found a mapping (week), expected a shock as a mapping with its kind"),
    ("levers:", "shocks: [{kind: leavr, week: 3}]\nlevers:", "found 'leavr', expected one of leaver, surge; did you mean 'leaver'?"),
    ("levers:", "shocks: {kind: leaver}\nlevers:", "shocks: found a mapping (kind), expected a list, as in [a, b]"),
    ("levers:", "shocks: [{kind: leaver, week: 3, to: sales}]\nlevers:", "shocks[0].from: found nothing, expected from (the department they leave)"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: slaes, to: production}]\nlevers:", "shocks[0].from: found 'slaes', expected a department (sales, production, management); did you mean 'sales'?"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: sales, to: sales.director}]\nlevers:", "shocks[0].to: found 'sales.director', expected a department"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: sales, to: sales}]\nlevers:", "shocks[0].to: found 'sales' on both sides, expected two departments"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: sales, to: production, people: 6}]\nlevers:", "shocks[0].people: found 6, expected at most 5, for so many are there then"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: sales, to: production, pepole: 1}]\nlevers:", "did you mean 'people'?"),
    ("levers:", "shocks: [{kind: leaver, week: -11, from: sales, to: production}]\nlevers:", "shocks[0].week: found -11, expected a week from the start of the warm-up (-10) on"),
    ("levers:", "shocks: [{kind: leaver, week: -1, from: sales, to: prod}]\nlevers:", "shocks[0].to: found 'prod', expected a department"),
    ("levers:", "shocks: [{kind: surge, week: 3, process: ordr}]\nlevers:", "shocks[0].process: found 'ordr', expected a process (order); did you mean 'order'?"),
    ("levers:", "shocks: [{kind: surge, week: 3, process: order, factor: -1}]\nlevers:", "shocks[0].factor: found -1, expected a number of at least 0 and at most 100"),
    ("levers:", "shocks: [{kind: surge, week: 3, process: order, weeks: 0}]\nlevers:", "shocks[0].weeks: found 0, expected a number above 0"),
    ("levers:", "shocks: [{kind: surge, week: 3, process: order, factor: 90}, {kind: surge, week: 4, process: order, factor: 80}]\nlevers:", "shocks[1].factor: found 80, which with others makes 7,200 times the usual demand, expected at most 1,000 times"),
    ("levers:", "levrs:", "file.yaml:17: levrs: found an unknown field"),
    ("levers:", "response_targets: {consult: 0}\nlevers:", "found 0, expected a number above 0"),
    ("staff: 5", "staff: 5\n    own_work: 0.4", "own_work: found 0.4, expected a mapping of fields such as {share: 0.4} (share, size, target_hours)"),
    ("{per_week: 10}", "6", "demand: found 6, expected a mapping of fields such as {per_week: 6} (per_week, during, at)"),
    ("{per_week: 10}", "often", "demand: found 'often', expected a mapping of fields such as {per_week: ...}"),
    ("work: 12", "work: 12, external: 8", "external: found 8, expected a mapping of fields such as {work: 8} (work, calendar)"),
    ("{hours_per_week: 10}", "10", "pools.director: found 10, expected a mapping of fields such as {hours_per_week: 10}"),
    ("pools: {director: {hours_per_week: 10}}", "pools: director", "pools: found 'director', expected a mapping of names such as {name: {hours_per_week: ...}}"),
    ("  management: {staff: 2}", "  management: 2", "management: found 2, expected a mapping of fields such as {staff: 2}"),
    ("[{measures: volume, target: 20}]", "[volume]", "kpis[0]: found 'volume', expected a mapping of fields such as {measures: ..., target: ...}"),
    ("levers:", "relations: 0.5\nlevers:", "relations: found 0.5, expected a mapping of fields such as {trust: 0.5} (trust, understanding, pairs)"),
    ("levers:", "queue: strict\nlevers:", "queue: found 'strict', expected a mapping of fields such as {rule: strict}"),
    ("levers:", "compare: [raci]\nlevers:", "compare[0]: found 'raci', expected a mapping of fields such as {label: ..., with: ...} (label, with)"),
    ("levers:", "interventions: [{kind: raci, adoption: 0.5}]\nlevers:", "adoption: found 0.5, expected a mapping of fields such as {fidelity: 0.5}"),
    ("levers: {boost: 24}", "levers: 3", "levers: found 3, expected a mapping of names such as {name: ...}"),
    ("levers:", "title: {en: a, zh: b, c}\nlevers:", "title: found a mapping (en, zh, c), expected a text of at most 4000 characters, or by language as {en: ..., zh: ...}; a text with a comma has to be in quotes"),
    ("levers:", "title: {en: a, c}\nlevers:", "a text with a comma has to be in quotes"),
    ("levers:", "compare: [{label: Roles, lived, with: [raci]}]\nlevers:", "compare[0].lived: found an unknown field, expected one of label, with; a text with a comma has to be in quotes"),
    ("work: 12", "label: a, b, work: 12", "make.b: found an unknown field, expected one of label"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), BROKEN, ids=[new[:60] for _, new, _ in BROKEN])
def test_sentence(old: str, new: str, sentence: str) -> None:
    """A single mistake is told as expected, on one line, without the words of the machinery."""
    assert old in GOOD
    told = [str(one) for one in findings(GOOD.replace(old, new, 1))]
    assert any(sentence in one for one in told), "\n".join(told)
    for one in told:
        assert one.startswith("file.yaml:")
        assert "\n" not in one
        assert not any(word in one for word in ("pydantic", "Traceback", "Input should", "function-", "validator"))


@pytest.mark.parametrize("where", ["interventions: [custom]", "compare: [{label: a, with: [{kind: custom, name: b}]}]"])
def test_what_does_nothing_is_warned_of(tmp_path: Path, where: str) -> None:
    """A custom intervention that says nothing of what it does costs time only."""
    file = tmp_path / "file.yaml"
    file.write_text(GOOD + where, encoding="utf-8")
    (found,) = check(file)
    assert found.severity == "warning"
    assert found.message.startswith("found nothing that it does, expected moves of levers (moves), meetings (meets)")


def test_all_errors_are_told_at_once() -> None:
    """Wrong types and unknown names are told together, in the order of the file."""
    text = GOOD.replace("staff: 5", "staff: five").replace("C: [production]", "C: [prod]").replace("boost", "bost")
    told = findings(text)
    assert [(one.line, one.field) for one in told] == [
        (3, "departments.sales.staff"),
        (14, "processes.order.steps.sign.C[0]"),
        (17, "levers.bost"),
    ]


def test_many_errors_of_type_are_told_at_once() -> None:
    """Several fields of the wrong type give as many sentences."""
    text = (
        GOOD.replace("staff: 5", "staff: x").replace("staff: 9", "staff: y").replace("{per_week: 10}", "{per_week: z}")
    )
    assert [one.line for one in findings(text)] == [3, 6, 12]


def test_duplicate_keys_are_all_told() -> None:
    """A field that is written twice is refused, with the line of the first."""
    text = GOOD.replace("staff: 5", "staff: 5\n    staff: 6").replace("staff: 9", "staff: 9\n    staff: 8")
    told = [str(one) for one in findings(text)]
    assert told == [
        "file.yaml:4: departments.sales.staff: found twice, first on line 3, expected each field once",
        "file.yaml:8: departments.production.staff: found twice, first on line 7, expected each field once",
    ]


def test_a_file_that_is_all_wrong() -> None:
    """Thousands of errors are cut off with a count; what is missing at the top is told with a line too."""
    told = findings("".join(f"x{index}: 1\n" for index in range(700)))
    assert len(told) == 501
    assert told[-1].message == "202 more findings are not shown"
    assert all(one.line for one in told[:-1])


def test_warnings_do_not_stop_loading(tmp_path: Path) -> None:
    """A load of 1 or more is a warning with the figure; the scenario can be used."""
    file = tmp_path / "busy.yaml"
    file.write_text(GOOD.replace("{per_week: 10}", "{per_week: 40}"), encoding="utf-8")
    (warning,) = check(file)
    assert warning.severity == "warning"
    assert "departments.production.staff: found a utilization of 1.35, expected less than 1" in str(warning)
    assert load(file).processes["order"].demand.per_week == 40


def test_approvers_work_when_management_does(tmp_path: Path) -> None:
    """More hours for approvals than management is there are a warning, and do not count."""
    file = tmp_path / "eager.yaml"
    file.write_text(GOOD.replace("hours_per_week: 10", "hours_per_week: 60"), encoding="utf-8")
    (warning,) = check(file)
    assert "hours_per_week: found 60, expected at most the 40 opening hours of management" in str(warning)
    assert planned_loads(load(file))[-1].capacity == 40.0


def test_tail_too_short_for_the_target(tmp_path: Path) -> None:
    """A tail in which nobody would know whether a target is met is refused."""
    file = tmp_path / "file.yaml"
    file.write_text(GOOD + "tail_weeks: 0.5\n", encoding="utf-8")
    (wrong,) = [one for one in check(file) if one.severity == "error"]
    assert "tail_weeks: found 0.5, expected at least the longest target (" in str(wrong)


def test_escalation_needs_management() -> None:
    """An escalation path without anybody to escalate to is refused."""
    text = GOOD.replace("management: management\n", "").replace("    pools: {director: {hours_per_week: 10}}\n", "")
    text = text.replace("A: sales.director, ", "") + "interventions: [escalation_path]\n"
    (only,) = findings(text)
    assert "found escalation_path, expected 'management:' to name the department that decides" in str(only)


def test_interventions_added_in_python_are_checked() -> None:
    """What is added later passes the same checks."""
    scenario = loads(GOOD)
    assert [one.kind for one in scenario.with_interventions(["raci", {"kind": "shared_kpi"}]).interventions] == [
        "raci",
        "shared_kpi",
    ]
    with pytest.raises(ScenarioError, match="found 'slaes', expected a department"):
        scenario.with_interventions([{"kind": "raci", "departments": ["slaes"]}])


def test_unknown_name_lists_the_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelled shipped scenario is answered with the nearest and the available ones."""
    for name in ("order_delivery", "double11"):
        (tmp_path / f"{name}.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr("sim.scenario.files.shipped_folder", lambda: tmp_path)
    assert load("double11").name == "double11"
    with pytest.raises(ScenarioError) as caught:
        load("order_delivry")
    assert str(caught.value) == (
        "found no scenario and no file named 'order_delivry', expected one of double11, order_delivery; "
        "did you mean 'order_delivery'?"
    )

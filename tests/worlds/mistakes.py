# ruff: noqa: E501  (the table of mistakes reads better with one mistake on a line)
"""A sound scenario file, what may be wrong with it, and what is said then."""

from collections.abc import Iterator
from typing import Any

from sim.scenario import Finding, ScenarioError, loads

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
"""A file with nothing wrong."""

BROKEN = [
    ("levers: {boost: 24}", "expected: {measures: {on_time_targt: {band: [0.7, 0.8]}}}", "expected.measures.on_time_targt: found 'on_time_targt', expected a measure"),
    ("levers: {boost: 24}", "expected: {measures: {on_time_targt: {band: [0.7, 0.8]}}}", "did you mean 'on_time_target'?"),
    ("levers: {boost: 24}", "expected: {measures: {lead_time_mean.order: {band: [70, 80]}}}", "found 'lead_time_mean.order', expected a measure"),
    ("levers: {boost: 24}", "expected: {measures: {trust: {band: [0.8, 0.7]}}}", "expected two numbers, the lowest and the highest"),
    ("levers: {boost: 24}", "expected: {measures: {trust: {band: [70, 80]}}}", "expected.measures.trust.band: found 70 … 80, expected limits from 0 to 1"),
    ("levers: {boost: 24}", "expected: {measures: {trust: {mean: 0.5}}}", "expected.measures.trust.band: found nothing, expected band"),
    ("levers: {boost: 24}", "expected: {measures: {trust: {band: [0.2, 0.8], mean: 0.5, interval: [0.6, 0.7]}}}", "expected.measures.trust.interval: found 0.6 … 0.7, expected an interval around the mean, 0.5"),
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
    ("{per_week: 10}", "{per_week: 10, at: [1]}", "expected one of per_week"),
    ("{per_week: 10}", "{at: [3, 1]}", "demand.at: found [3, 1], expected times in ascending order"),
    ("{per_week: 10}", "{per_week: 10, during: weekend}", "demand.during: found 'weekend', expected a calendar"),
    ("boost: 24", "bost: 24", "file.yaml:17: levers.bost: found 'bost', expected a lever"),
    ("boost: 24", "clarity: 1.5", "levers.clarity: found 1.5, expected a number from 0 to 1 (share)"),
    ("boost: 24", "shortages: often", "levers.shortages: found 'often', expected a number from 0 to 1 (share)"),
    ("staff: 5", "staff: 5\n    levers: {quit_rate: [1]}", "levers.quit_rate: found a list of 1, expected a number from 0 to"),
    ("levers:", "shocks: [{kind: null, week: 1}]\nlevers:", "shocks[0]: found a mapping (kind, week), expected a shock as a mapping with its kind"),
    ("levers:", "interventions: [{kind: null}]\nlevers:", "expected the name of an intervention or a mapping with its kind"),
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
    ("levers:", "calendars: {late: {mon: {'08:00-12:00': 0}}}\nlevers:", "expected what an hour counts as, from 0.001 to 100"),
    ("levers:", "calendars: {office: {mon: {'08:00-12:00': 0.5}}}\nlevers:", "found 'office', expected a calendar (always)"),
    ("levers:", "calendars: {late: {mon-wed: ['08:00-12:00'], tue: ['13:00-14:00']}}\nlevers:", "each day of the week only once"),
    ("levers:", "queue: {urgency: 0, value: 0, due: 0}\nlevers:", "expected at least one weight above 0"),
    ("levers:", "queue: {rule: stric}\nlevers:", "found 'stric', expected boost or strict; did you mean 'strict'?"),
    ("levers:", "relations: {pairs: [{from: sales, to: prod, trust: 1}]}\nlevers:", "relations.pairs[0].to: found 'prod'"),
    ("levers:", "relations: {pairs: [{from: sales, to: sales, trust: 1}]}\nlevers:", "on both sides, expected two departments"),
    ("levers:", "relations: {pairs: [{from: sales, to: production}]}\nlevers:", "found a pair that says nothing"),
    ("levers:", "relations: {pairs: [{from: sales, to: production, distance: 0.5}, {from: production, to: sales, distance: 0.25}]}\nlevers:", "relations.pairs[1].distance: found 0.25 here and 0.5 the other way round, expected one distance"),
    ("levers:", "relations: {pairs: [{from: sales, to: production, distance: 2}]}\nlevers:", "pairs[0].distance: found 2, expected a number of at least 0 and at most 1"),
    ("work: 12", "work: 12, short: 0.25", "steps.make.short_wait: found nothing, expected the hours until missing goods are there, since short is 0.25"),
    ("work: 12", "work: 12, short: 0.25, short_wait: 0", "steps.make.short_wait: found a wait of 0 hours for missing goods, expected hours above 0"),
    ("work: 12", "work: 12, short: 2", "steps.make.short: found 2, expected a number of at least 0 and at most 1"),
    ("work: 12", "work: 12, inspection: -1", "inspection: found -1, expected a number of at least 0 and at most 100"),
    ("levers:", "relations: {trust: 1.2}\nlevers:", "relations.trust: found 1.2, expected a number of at least 0 and at most 1"),
    ("levers:", "horizon_weeks: 0\nlevers:", "horizon_weeks: found 0, expected a number above 0"),
    ("levers:", "warmup_weeks: -1\nlevers:", "warmup_weeks: found -1, expected a number of at least 0"),
    ("levers:", "format: 2\nlevers:", "format: found 2, expected 1"),
    ("levers:", "title: {de: a}\nlevers:", "title: found a mapping (de), expected a text"),
    ("levers:", "closures: [{from: 3, to: 2}]\nlevers:", "closures[0]: found a mapping (from, to), expected a last day that is not before the first (from 3, to 2)"),
    ("levers:", "closures: [{from: 3.5}]\nlevers:", "closures[0].from: found 3.5, expected a whole number"),
    ("levers:", "closures: [{from: 3, calendars: [offcie]}]\nlevers:", "closures[0].calendars[0]: found 'offcie', expected a calendar (always, office); did you mean 'office'?"),
    ("levers:", "closures: [{from: 2027-05-01}]\nlevers:", "closures[0].from: found '2027-05-01', expected a number, or a date where starts_on says on which date counting begins"),
    ("levers:", "closures: [{from: -1000, to: 5000}]\nlevers:", "closures: found days off that leave 'office' not one open hour in the run, expected at least one"),
    ("levers:", "starts_on: 4.1.2027\nlevers:", "starts_on: found '4.1.2027', expected a date such as 2027-01-04"),
    ("levers:", "profiles: {busy: {week: {mo: 2}}}\nlevers:", "profiles.busy.week: found a mapping (mo), expected weights from 0 to 1,000 by day"),
    ("levers:", "shocks: [leaver]\nlevers:", "shocks[0]: found 'leaver', expected a shock as a mapping with its kind (leaver or surge or short_staffed or supplier_failure or urgent_order or wrong_update)"),
    ("levers:", "shocks: [null]\nlevers:", "shocks[0]: found nothing, expected a shock as a mapping with its kind (leaver or surge or short_staffed or supplier_failure or urgent_order or wrong_update)"),
    ("levers:", "shocks: [{week: 3}]\nlevers:", "file.yaml:17: shocks[0]: found a mapping (week), expected a shock as a mapping with its kind"),
    ("levers:", "shocks: [{kind: leavr, week: 3}]\nlevers:", "found 'leavr', expected one of leaver, surge, short_staffed, supplier_failure, urgent_order, wrong_update; did you mean 'leaver'?"),
    ("levers:", "shocks: {kind: leaver}\nlevers:", "shocks: found a mapping (kind), expected a list, as in [a, b]"),
    ("levers:", "shocks: [{kind: leaver, week: 3, to: sales}]\nlevers:", "shocks[0].from: found nothing, expected from (the department they leave)"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: slaes, to: production}]\nlevers:", "shocks[0].from: found 'slaes', expected a department (sales, production, management); did you mean 'sales'?"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: sales, to: sales.director}]\nlevers:", "shocks[0].to: found 'sales.director', expected a department"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: sales, to: sales}]\nlevers:", "shocks[0].to: found 'sales' on both sides, expected two departments"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: sales, to: production, people: 6}]\nlevers:", "shocks[0].people: found 6, expected at most 5, for so many are there then"),
    ("levers:", "shocks: [{kind: leaver, week: 3, from: sales, to: production, pepole: 1}]\nlevers:", "did you mean 'people'?"),
    ("levers:", "shocks: [{kind: leaver, week: -11, from: sales, to: production}]\nlevers:", "shocks[0].week: found -11, expected a week from the start of the warm-up (-10) on"),
    ("levers:", "shocks: [{kind: leaver, week: -1, from: sales, to: prod}]\nlevers:", "shocks[0].to: found 'prod', expected a department"),
    ("    staff: 9\n", "    staff: 9\n    shifts: {nihgt: 3}\n", "departments.production.shifts.nihgt: found 'nihgt', expected a calendar"),
    ("    staff: 9\n", "    staff: 9\n    shifts: {office: 0}\n", "departments.production.shifts.office: found 0, expected a whole number of at least 1"),
    ("    staff: 9\n", "    staff: 9\n    shifts: {office: 3, always: 2}\n", "departments.production.shifts.always: found 'always', which has hours in common with 'office', expected shifts one after another"),
    ("departments:\n", "calendars: {sunday: {sun: \"08:00-12:00\"}}\ndepartments:\n  night: {staff: 2, shifts: {sunday: 1}}\n", "departments.night.shifts.sunday: found 'sunday', in whose hours the department is closed, expected hours of its calendar 'office'"),
    ("{hours_per_week: 10}", "{hours_per_week: 10, calendar: ofice}", "departments.sales.pools.director.calendar: found 'ofice', expected a calendar"),
    ("work: 12}", "work: 12, sends_back: {to: sing, share: 0.1}}", "processes.order.steps.make.sends_back.to: found 'sing', expected a step"),
    ("work: 12}", "work: 12, sends_back: {to: sign, share: 1}}", "processes.order.steps.make.sends_back.share: found 1, with which no case ever goes on, expected a share below 1, or at_most"),
    ("work: 12}", "work: 12, sends_back: {to: sign, share: 0.9999}}", "processes.order.steps: a case visits a step more than 1,000 times, expected a way out"),
    ("work: 12}", "work: 12, next: {sign: 0.1}, sends_back: {to: sign, share: 0.1}}", "processes.order.steps.make.sends_back: found sends_back in a process with `next`, expected the chance of going back in `next`"),
    ("C: [production], work", "C: [production], sends_back: {to: make, share: 0.1}, work", "processes.order.steps.sign.sends_back.to: found 'make', expected 'sign' or a step that has to be done before it"),
    ("work: 12}", "work: 12, sends_back: {to: sign, share: 1.5}}", "processes.order.steps.make.sends_back.share: found 1.5, expected a number of at least 0 and at most 1"),
    ("work: 12}", "work: 12, sends_back: {to: sign, share: 0.5, at_most: 0}}", "processes.order.steps.make.sends_back.at_most: found 0, expected a whole number of at least 1"),
    ("levers:", "shocks: [{kind: urgent_order, week: 3, process: ordr}]\nlevers:", "shocks[0].process: found 'ordr', expected a process (order); did you mean 'order'?"),
    ("levers:", "shocks: [{kind: urgent_order, week: 3, process: order, cases: 0}]\nlevers:", "shocks[0].cases: found 0, expected a whole number of at least 1 and at most 1,000"),
    ("levers:", "shocks: [{kind: surge, week: 3, process: ordr}]\nlevers:", "shocks[0].process: found 'ordr', expected a process (order); did you mean 'order'?"),
    ("levers:", "shocks: [{kind: surge, week: 3, process: order, factor: -1}]\nlevers:", "shocks[0].factor: found -1, expected a number of at least 0 and at most 100"),
    ("levers:", "shocks: [{kind: surge, week: 3, process: order, weeks: 0}]\nlevers:", "shocks[0].weeks: found 0, expected a number above 0"),
    ("levers:", "shocks: [{kind: surge, week: 3, process: order, factor: 90}, {kind: surge, week: 4, process: order, factor: 80}]\nlevers:", "shocks[1].factor: found 80, which with others makes 7,200 times the usual demand, expected at most 1,000 times"),
    ("levers:", "levrs:", "file.yaml:17: levrs: found an unknown field"),
    ("levers:", "response_targets: {consult: 0}\nlevers:", "found 0, expected a number above 0"),
    ("staff: 5", "staff: 5\n    own_work: 0.4", "own_work: found 0.4, expected a mapping of fields such as {share: 0.4} (share, size, target_hours)"),
    ("{per_week: 10}", "6", "demand: found 6, expected a mapping of fields such as {per_week: 6} (per_week, during, at, profile, peaks, every_days, times_a_year, first)"),
    ("{per_week: 10}", "often", "demand: found 'often', expected a mapping of fields such as {per_week: ...}"),
    ("work: 12", "work: 12, external: {work: 1, by_next: {sign: 2}}", "external.by_next: found waits by the next step, expected them only where steps have 'next'"),
    ("work: 12}", "work: 12, next: {}, external: {work: 1, by_next: {sign: 2}}}", "external.by_next.sign: found 'sign', which does not come next, expected a step of 'next' or end"),
    ("work: 12", "work: {empirical: [3, 1]}", "2 to 101 quantiles in ascending order"),
    ("work: 12", "work: 12, external: 8", "external: found 8, expected a mapping of fields such as {work: 8} (work, by_next, calendar)"),
    ("{hours_per_week: 10}", "10", "pools.director: found 10, expected a mapping of fields such as {hours_per_week: 10}"),
    ("pools: {director: {hours_per_week: 10}}", "pools: director", "pools: found 'director', expected a mapping of names such as {name: {hours_per_week: ...}}"),
    ("  management: {staff: 2}", "  management: 2", "management: found 2, expected a mapping of fields such as {staff: 2}"),
    ("[{measures: volume, target: 20}]", "[volume]", "kpis[0]: found 'volume', expected a mapping of fields such as {measures: ..., target: ...}"),
    ("levers:", "relations: 0.5\nlevers:", "relations: found 0.5, expected a mapping of fields such as {trust: 0.5} (trust, understanding, between_sites, pairs)"),
    ("levers:", "queue: strict\nlevers:", "queue: found 'strict', expected a mapping of fields such as {rule: strict}"),
    ("levers:", "compare: [raci]\nlevers:", "compare[0]: found 'raci', expected a mapping of fields such as {label: ..., with: ...} (label, with, set)"),
    ("levers:", "interventions: [{kind: raci, adoption: 0.5}]\nlevers:", "adoption: found 0.5, expected a mapping of fields such as {fidelity: 0.5}"),
    ("levers: {boost: 24}", "levers: 3", "levers: found 3, expected a mapping of names such as {name: ...}"),
    ("levers:", "title: {en: a, zh: b, c}\nlevers:", "title: found a mapping (en, zh, c), expected a text of at most 4000 characters, or by language as {en: ..., zh: ...}; a text with a comma has to be in quotes"),
    ("levers:", "title: {en: a, c}\nlevers:", "a text with a comma has to be in quotes"),
    ("levers:", "compare: [{label: Roles, lived, with: [raci]}]\nlevers:", "compare[0].lived: found an unknown field, expected one of label, with, set; a text with a comma has to be in quotes"),
    ("work: 12", "label: a, b, work: 12", "make.b: found an unknown field, expected one of label"),
]  # fmt: skip
"""What is written instead of something in it, and a part of what is said of that."""


def findings(text: str) -> list[Finding]:
    """Return what is wrong with a text."""
    try:
        loads(text, "file.yaml")
    except ScenarioError as error:
        return list(error.findings)
    return []


def fields(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every field and item."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in inside:
        yield (*path, key)
        yield from fields(inner, (*path, key))

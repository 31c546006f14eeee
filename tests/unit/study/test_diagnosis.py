"""What state an organization is in: the figures are those of the run, and every extreme is told, in both languages."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import sim
from sim.cli import main
from sim.measures import utilization_rows
from sim.report.diagnosis import added, headline, sentences
from sim.report.lines import lines_of
from sim.report.state import busy_table, process_table
from sim.scenario import loads
from sim.spec.measures import of_process
from sim.study import remarks, steady
from sim.study.diagnosis import WAITS
from sim.study.facts import DESCRIBE, Diagnosis, Remark
from sim.study.remarks import KINDS
from sim.words import LANGUAGES, Text, words
from sim.words.numbers import percentage
from tests import ROOT

pytestmark = pytest.mark.compiled

SHOP = """\
departments:
  desk: {label: {en: Front desk, zh: 前台}, staff: 3, own_work: {share: 0.3}}
  yard: {label: {en: Yard, zh: 仓库}, staff: 4, own_work: {share: 0.3}}
processes:
  order: {demand: {per_week: 20}, target_days: 5, steps: {a: {R: desk, work: 1}, b: {R: yard, C: [desk], work: 2}}}
  query: {demand: {per_week: 10}, steps: {reply: {R: desk, work: 0.5}}}
warmup_weeks: 5
horizon_weeks: 20
tail_weeks: 4
"""


def diagnosis_of(text: str, replications: int = 6, **changes: Any) -> Diagnosis:
    """Return what is found in a scenario given as text."""
    return sim.run(loads(text), replications, **changes).diagnosis


@pytest.fixture(scope="module")
def shop() -> Diagnosis:
    return diagnosis_of(SHOP)


def kinds(diagnosis: Diagnosis) -> list[str]:
    """Return what kinds of remarks there are."""
    return [one.kind for one in diagnosis.remarks]


def told(diagnosis: Diagnosis) -> Iterator[str]:
    """Yield all that is said in any language, at length and in a line each, with nothing left to fill in."""
    for lang in LANGUAGES:
        for one in (*sentences(diagnosis, lang), *headline(diagnosis, lang)):
            assert "{" not in one
            assert "nan" not in one
            yield one


def test_all_is_well_in_one_sentence() -> None:
    """The shipped scenario: nothing moves, who is busiest, what is waited for."""
    found = sim.run(sim.load("order_delivery"), 8).diagnosis
    assert kinds(found)[0] == "steady"
    assert found.amiss == ()
    (line,) = headline(found)
    assert line.startswith("Steady. Busiest: Sales (")
    assert "\n" not in line
    assert headline(found, "zh")[0].startswith("状态稳定。最忙的是销售部（")


def test_the_figures_are_those_of_the_run(shop: Diagnosis) -> None:
    """Busy shares, ledgers and lead times agree with what is published elsewhere."""
    found = shop
    result = sim.run(found.scenario, 6)
    for process, one in {"": found.overall, **found.processes}.items():
        name = of_process("lead_time_mean", process) if process else "lead_time_mean"
        assert one.lead_time.mean == pytest.approx(result.measures[name].mean())
        assert sum(one.ledger.values()) == pytest.approx(one.lead_time.mean)
        assert 0.0 <= sum(wait.share for wait in one.waits) <= 1.0
    assert found.overall.cases == 20 * 30
    assert found.processes["order"].target == 120.0
    assert found.processes["query"].target is None
    for one in found.busy.values():
        assert sum(one.spent.values()) == pytest.approx(one.share.mean)
        assert one.share.mean - one.planned == pytest.approx(sum(one.beyond.values()))


def test_busy_shares_are_hours_served_over_hours_open() -> None:
    """As the kernel's rows say, weeks that are not whole included; approvers have the hours that they have."""
    text = SHOP.replace("desk: {label", "boss: {staff: 1}\n  desk: {pools: {head: {hours_per_week: 6}}, label")
    text = text.replace("R: yard, C", "R: yard, A: desk.head, C").replace("horizon_weeks: 20", "horizon_weeks: 7.5")
    scenario = loads("management: boss\n" + text)
    from sim.compile import compile_scenario
    from sim.outcome import simulate

    expected = utilization_rows(simulate(compile_scenario(scenario), 1, 0))["utilization"]
    found = sim.run(scenario, 1).diagnosis
    assert list(found.busy) == list(scenario.pools())
    assert [one.share.mean for one in found.busy.values()] == pytest.approx(expected, abs=0.02)
    assert found.weeks == 7


def test_what_grows_is_told_with_its_figures() -> None:
    """Nearly twice as much work as there are hours for."""
    found = diagnosis_of(SHOP.replace("per_week: 20", "per_week: 80"))
    grows = found.remarks[0]
    assert (grows.kind, grows.about) == ("grows", "yard")
    assert found.busy["yard"].queue.grows
    assert found.open_cases.grows
    assert not found.steady
    assert found.busy["yard"].share.mean > 0.97
    first = sentences(found)[0]
    assert first.startswith("The backlog of Yard still grows in week 20 (")
    assert "% of the time where " in first
    assert len(list(told(found))) > 6


def test_an_organization_at_rest_raises_no_alarm(shop: Diagnosis) -> None:
    """Nothing grows, whatever the seed."""
    scenario = shop.scenario
    for seed in range(2, 6):
        found = sim.run(scenario, 6, seed=seed).diagnosis
        assert found.steady, [str(one) for one in found.amiss]


EXTREMES = {
    "all_late": SHOP.replace("target_days: 5", "target_days: 0.04"),
    "none_late": SHOP.replace("target_days: 5", "target_days: 28"),
    "nothing": SHOP.replace("per_week: 20", "at: [-100]").replace("per_week: 10", "at: [-50]"),
    "few": SHOP.replace("per_week: 20", "per_week: 0.5").replace("per_week: 10", "per_week: 0.5"),
    "unfinished": SHOP.replace("R: yard, C: [desk], work: 2", "R: yard, external: {work: 400}, work: 2"),
    "idle": SHOP.replace("own_work: {share: 0.3}", "own_work: {share: 0.01}").replace("per_week: 20", "per_week: 5"),
    "constants": SHOP.replace("target_days: 5", "target_days: 0.04"),
    "file": SHOP + "interventions: [{kind: daily_standup, at: 3}]\n",
    "warmup": SHOP.replace("warmup_weeks: 5", "warmup_weeks: 0").replace("work: 2}", "external: {work: 60}, work: 2}"),
    "falls": SHOP + "shocks: [{kind: surge, process: order, week: -5, weeks: 6, factor: 6}]\n",
}


@pytest.mark.parametrize("kind", EXTREMES)
def test_every_extreme_is_told(kind: str) -> None:
    """In both languages, before what only describes."""
    found = diagnosis_of(EXTREMES[kind])
    assert kind in kinds(found)
    amiss = len(found.amiss)
    assert amiss == len([one for one in kinds(found)[:amiss] if one not in DESCRIBE])
    assert found.remarks == tuple(sorted(found.remarks, key=lambda one: KINDS.index(one.kind)))
    assert len(list(told(found))) == 2 * (len(found.remarks) + len(headline(found)))
    assert len(headline(found)) <= 2
    for lang in LANGUAGES:
        assert busy_table(found, lang).row_count == 2
        assert process_table(found, lang).row_count > 1


GROWS = {
    "more than there is time for": (SHOP.replace("per_week: 20", "per_week: 100"), False),
    "a peak": (SHOP.replace("{per_week: 20}", "{per_week: 20, peaks: [{from: 119, to: 139, factor: 6}]}"), True),
    "a surge": (SHOP + "shocks: [{kind: surge, process: order, week: 17, weeks: 3, factor: 6}]\n", True),
    "days off": (
        SHOP.replace("20}", "20, during: always}") + "closures: [{from: 126, to: 139, calendars: [office]}]\n",
        True,
    ),
}


@pytest.mark.parametrize("why", GROWS)
def test_where_the_file_has_dates_they_may_be_why_a_queue_grows(why: str) -> None:
    """Said there, and nowhere else."""
    text, dated = GROWS[why]
    found = diagnosis_of(text)
    assert "grows" in kinds(found) or "cases_grow" in kinds(found)
    assert dated == any("lets happen on its dates" in one for one in told(found))


def test_what_was_suggested_is_not_told_to_be_there_twice() -> None:
    """The alternative has what its own file suggests: nothing that `check` would have to warn of."""
    base = loads(SHOP + "compare: [{label: Soon, with: [{kind: daily_standup, start_week: 3}]}]\n")
    tried = base.with_interventions(base.compare[0].with_)
    assert added({"Now": base, "Soon": tried}, {"Now": Text("Now", "现状"), "Soon": Text("Soon", "尽快")}) == []


def test_a_process_of_its_own_is_named() -> None:
    """Where the others are not late."""
    text = SHOP.replace("{demand: {per_week: 10}, steps", "{demand: {per_week: 10}, target_days: 0.005, steps")
    found = diagnosis_of(text)
    (late,) = [one for one in found.remarks if one.kind == "all_late"]
    assert late.about == "query"
    assert any("of query are late" in one for one in sentences(found))


def test_two_replications_leave_trends_open() -> None:
    """Said so, instead of calling it steady."""
    found = diagnosis_of(SHOP, 2)
    assert kinds(found)[:2] == ["untested", "waits"]
    assert any("2 replications cannot tell a trend from luck" in one for one in told(found))


def test_there_are_words_for_everything_that_may_be_said() -> None:
    """Sentences and lines for every kind of remark, phrases for every part in which cases wait."""
    texts = words("diagnosis")
    assert set(texts.SENTENCES) == set(texts.HEADS) == set(KINDS)
    assert set(texts.WAITS) == set(texts.MORE_WAITS) == set(WAITS)
    assert set(DESCRIBE) < set(KINDS)


def test_what_most_wait_for_is_named_with_people_and_step(shop: Diagnosis) -> None:
    """The longest first, as far as it is worth naming."""
    found = shop
    shares = [one.share for one in found.overall.waits]
    assert shares == sorted(shares, reverse=True)
    answer = next(one for one in found.processes["order"].waits if one.part == "answer")
    assert (answer.step, answer.people) == ("b", ("desk",))


def test_an_overload_beyond_the_plan_says_on_what_hours_go(shop: Diagnosis) -> None:
    """With the share, in points."""
    found = shop
    busy = replace(found.busy["desk"], planned=0.2, plan={"own": 0.1, "work": 0.05, "answers": 0.05})
    facts = {"busy": busy.share.mean, "planned": busy.planned, "beyond": dict(busy.beyond)}
    remark = Remark("gap", "desk", facts)
    (line,) = sentences(replace(found, remarks=(remark,)))
    assert line.startswith("Front desk is busy ")
    assert "own work 2" in line
    assert "points more" in line


@pytest.mark.parametrize(
    ("share", "en", "zh"),
    [(0.5, "50 %", "50%"), (0.9989, "99.9 %", "99.9%"), (1.0, "100 %", "100%"), (0.0, "0 %", "0%")],
)
def test_nearly_all_is_not_all(share: float, en: str, zh: str) -> None:
    """A decimal where a percentage would else say too much."""
    assert (percentage(share).en, percentage(share).zh) == (en, zh)


def test_a_diagnosis_is_told_and_kept_in_other_forms(shop: Diagnosis) -> None:
    """As text, and as plain data with the same figures and no words for people but those of findings."""
    assert str(shop).splitlines() == shop.sentences()
    assert shop.sentences("zh") == sentences(shop, "zh")
    data = json.loads(json.dumps(shop.to_json(), allow_nan=False))
    assert data["overall"]["lead_time"]["mean"] == shop.overall.lead_time.mean
    assert data["busy"]["desk"]["queue"]["growth"] == shop.busy["desk"].queue.growth
    assert [one["kind"] for one in data["remarks"]] == kinds(shop)
    odd = diagnosis_of(EXTREMES["constants"])
    (told,) = [one for one in odd.to_json()["remarks"] if one["kind"] == "constants"]
    assert told["facts"]["findings"][0].startswith("levers.standoff_hours: found 12 hours")


def test_a_comparison_says_the_same_of_its_baseline(shop: Diagnosis) -> None:
    """From less: without what each process does; the same sentences."""
    comparison = sim.compare(shop.scenario, {"RACI": ["raci"]}, replications=6)
    assert comparison.diagnosis.sentences() == shop.sentences()
    assert headline(comparison.diagnosis) == headline(shop)
    assert comparison.diagnosis.processes["order"].lead_time == shop.processes["order"].lead_time


def test_nothing_can_be_said_without_replications() -> None:
    """One sentence, not a failure somewhere inside."""
    result = sim.run(loads(SHOP), 1)
    empty = replace(result, tables={**result.tables, "measures": result.measures.iloc[:0]})
    with pytest.raises(ValueError, match="found no replication that succeeded"):
        _ = empty.diagnosis


@pytest.mark.parametrize("width", [20, 40, 79])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_lines_are_no_longer_than_the_window(width: int, lang: str) -> None:
    """Nothing is lost, no Chinese line begins with a closing mark, and no number is broken."""
    text = texts_of(lang)
    broken = lines_of(text, width, lang)
    lines = broken.split("\n")
    assert all(cell_len(line) <= width for line in lines)
    assert broken.replace("\n", "").replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert not any(line.strip()[:1] in "，。、；：）” " for line in lines if line.strip())


def texts_of(lang: str) -> str:
    """Return sentences with numbers, marks and lines of their own."""
    return "\n".join(diagnosis_of(EXTREMES["falls"]).sentences(lang)).replace("warmup_weeks", "weeks")


def test_the_page_says_the_limits_that_are_used() -> None:
    """Every kind of remark has a row, with the figure of its limit."""
    page = (ROOT / "docs" / "diagnosis.md").read_text(encoding="utf-8")
    rows = {
        name: row
        for row in page.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    assert set(rows) >= set(KINDS)
    limits = {
        "grows": (f"p < {steady.ALPHA}", f"by {steady.GROWTH:.0%}".replace("%", " %"), f"by {steady.LEAST:g} request"),
        "unfinished": (f"{remarks.MOSTLY * 100:.0f} %",),
        "all_late": (f"{remarks.NEARLY_ALL * 100:.0f} %",),
        "none_late": (f"{remarks.NEARLY_NONE * 100:.0f} %",),
        "warmup": (f"p < {steady.WARMUP_ALPHA}", f"{steady.BIAS * 100:.0f} %"),
        "few": (f"below {remarks.FEW:g}",),
        "unfinished_some": (f"{remarks.MANY * 100:.0f} %",),
        "idle": (f"{remarks.IDLE * 100:.0f} %",),
        "untested": (f"below {steady.FEWEST}",),
        "gap": (f"{remarks.GAP * 100:.0f} points",),
    }
    for kind, figures in limits.items():
        assert all(one in rows[kind] for one in figures), (kind, figures)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_run_prints_tables_and_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    """Busy shares, the ledger of every process, and what state this is, in lines that a window has room for."""
    file = tmp_path / "shop.yaml"
    file.write_text(SHOP, encoding="utf-8")
    assert main(["run", str(file), "-n", "4", "--lang", lang]) == 0
    printed = capsys.readouterr().out
    found = sim.run(loads(SHOP), 4).diagnosis
    for one in (words("diagnosis").BUSY_TITLE, words("diagnosis").LEDGER_TITLE):
        assert one.get(lang) in printed
    plain = printed.replace("\n", "").replace(" ", "")
    assert all(one.replace("\n", "").replace(" ", "") in plain for one in found.sentences(lang))
    assert main(["run", str(file), "-n", "4", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["diagnosis"] == found.to_json()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_compare_begins_with_the_state(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    """And warns of what an alternative would do in vain, on standard error."""
    file = tmp_path / "shop.yaml"
    file.write_text(EXTREMES["none_late"], encoding="utf-8")
    given = ["--with", "Night=daily_standup:at=3", "--with", "raci"]
    assert main(["compare", str(file), "-n", "4", "--lang", lang, *given]) == 0
    printed = capsys.readouterr()
    found = sim.run(loads(EXTREMES["none_late"]), 4).diagnosis
    (first,) = headline(found, lang)
    assert lines_of(first, 132, lang).splitlines()[0] == printed.out.splitlines()[1]
    assert "interventions[0].at" in printed.err
    assert "Night" in printed.err
    assert len(printed.err.splitlines()) == 1


def test_a_run_of_which_nothing_counts_is_told_by_every_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a failure somewhere in the figures."""
    file = tmp_path / "shop.yaml"
    file.write_text(EXTREMES["nothing"], encoding="utf-8")
    assert main(["run", str(file), "-n", "3"]) == 0
    assert "No case arrives in the 20 weeks that count" in capsys.readouterr().out
    assert main(["compare", str(file), "-n", "3", "--with", "raci"]) == 0
    assert "No case arrives" in capsys.readouterr().out

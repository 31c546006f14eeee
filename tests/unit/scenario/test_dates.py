"""Where counting begins on a date, dates may be written for weeks and hours; they are the numbers people mean."""

import datetime as dt
from pathlib import Path

import pytest

from sim.cli import main
from sim.scenario import ScenarioError, dump, findings_in, load, loads
from sim.scenario.dates import with_date

FILE = """
parent: order_delivery
starts_on: {starts}
horizon_weeks: 40
shocks:
  - {{kind: surge, week: {week}, process: order}}
interventions:
  - {{kind: raci, start_week: 2027-03-01, end_week: 2029-01-01}}
compare:
  - {{label: stand-up, with: [{{kind: daily_standup, start_week: 2027-02-01}}]}}
"""


def file(starts: str = "2027-01-04", week: str = "2027-03-01") -> str:
    """Return a file with shocks and interventions on dates."""
    return FILE.format(starts=starts, week=week)


def refused(text: str, lang: str = "en") -> str:
    """Return what is said against a file."""
    with pytest.raises(ScenarioError) as caught:
        loads(text)
    return caught.value.said(lang)


def test_dates_are_weeks_from_where_counting_begins() -> None:
    """Of shocks and interventions, also where they are only tried, and with an hour of the day."""
    scenario = loads(file(week="2027-03-02 12:00"))
    assert scenario.starts_on == "2027-01-04"
    assert scenario.shocks[0].week == pytest.approx(8 + 1.5 / 7, abs=1e-12)
    assert (scenario.interventions[0].start_week, scenario.interventions[0].end_week) == (8.0, 104.0)
    assert scenario.compare[0].with_[0].start_week == 4.0
    assert loads(dump(scenario)) == scenario
    later = scenario.with_interventions([{"kind": "daily_standup", "start_week": "2027-02-08"}])
    assert later.interventions[-1].start_week == 5.0
    assert scenario.changed({"shocks[0].week": "2027-01-18"}).shocks[0].week == 2.0
    assert scenario.model_copy(update={"starts_on": dt.date(2027, 1, 11)}).starts_on == "2027-01-11"


def test_dated_cases_are_hours() -> None:
    """From midnight where no hour is said."""
    order = "processes.order.demand"
    demand = {f"{order}.per_week": None, f"{order}.at": ["2026-12-28", "2027-01-04", "2027-01-05 09:30", 100]}
    scenario = load("order_delivery", {"starts_on": "2027-01-04", **demand})
    assert scenario.processes["order"].demand.at == (-168.0, 0.0, 33.5, 100.0)


@pytest.mark.parametrize(
    ("starts", "week", "said"),
    [
        ("2027-01-05", "3", "starts_on: found 2027-01-05, expected the day of the week on which counting begins, such "
         "as 2027-01-04 or 2027-01-11"),
        ("2027-01-04 09:00", "3", "starts_on: found '2027-01-04 09:00', expected a date such as 2027-01-04"),
        ("2027-01-04", "2027-02-30", "shocks[0].week: found '2027-02-30', expected a date such as 2027-01-04"),
        ("2027-01-04", "2026-10-25", "shocks[0].week: found '2026-10-25', expected a date from 2026-10-26 (the start "
         "of the warm-up) to 2027-10-10 (the end of the horizon)"),
        ("2027-01-04", "2027-10-11", "found '2027-10-11', expected a date from 2026-10-26"),
        ("null", "2027-02-01", "shocks[0].week: found '2027-02-01', expected a number, or a date where starts_on says"),
    ],
)  # fmt: skip
def test_a_wrong_date_is_told_in_a_sentence(starts: str, week: str, said: str) -> None:
    """What was found, and which dates there are; nothing else is blamed for it."""
    told = refused(file(starts, week))
    assert said in told
    assert starts == "null" or told.count("\n") == 0
    assert refused(file(starts, week), "zh") != told


@pytest.mark.parametrize("starts", ["2027-02-30", "hello", "5"])
def test_a_wrong_start_is_told_alone(starts: str) -> None:
    """Nothing that was written as a date is said to be another number."""
    closures = "\nclosures: [{from: 2027-02-06, to: 2027-02-12}]\n"
    told = refused(file(starts, "2027-01-11") + closures)
    assert "starts_on: found" in told
    assert told.count("\n") == 0


def test_peaks_of_other_years_change_nothing() -> None:
    """As days off do, so that a calendar of several years serves, and a shorter run: it is warned of."""
    peaks = "\nprocesses: {order: {demand: {peaks: [{from: 2030-11-11, to: 2030-11-12, factor: 3}]}}}\n"
    scenario = loads(file() + peaks)
    assert any("peaks[0]" in str(one) for one in findings_in(scenario))


def test_a_warm_up_that_ends_within_a_week_begins_another_day() -> None:
    """Counting begins on the weekday on which the warm-up ends, and never within a day."""
    friday = loads(file("2027-01-08", "2027-01-15").replace("horizon", "warmup_weeks: 1.5714285714285714\nhorizon"))
    assert friday.shocks[0].week == 1.0
    assert "warmup_weeks of whole days" in refused(file().replace("horizon", "warmup_weeks: 1.5\nhorizon"))


def test_weeks_are_shown_with_their_dates() -> None:
    """Where one is known."""
    assert with_date(None, 1.5) == "1.5"
    assert with_date("2027-01-04", 8.0) == "8 (2027-03-01)"
    assert with_date("2027-01-04", 1e7) == "1e+07 (9999-12-31)"


def test_the_terminal_names_dates(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Of shocks, days off and peaks."""
    path = tmp_path / "dated.yaml"
    more = """
closures: [{from: 2027-02-06, to: 2027-02-12, label: {en: Spring, zh: 春节}}, {from: 2027-03-03, calendars: [office]}]
processes: {order: {demand: {peaks: [{from: 2027-05-01, factor: 2}]}}}
"""
    told = {
        "en": ("week 8 (2027-03-01)", "days off: 2027-02-06 to 2027-02-12 (all that ever close), Spring", "(office)",
               "peak: 2027-05-01, Order 2 times what it would be"),
        "zh": ("第 8 (2027-03-01) 周", "休息日：2027-02-06 至 2027-02-12（所有会关门的工作日历），春节", "2027-03-03",
               "高峰：2027-05-01，订单的需求为原本的 2 倍"),
    }  # fmt: skip
    path.write_text(file() + more, encoding="utf-8")
    for lang, said in told.items():
        assert main(["show", str(path), "--lang", lang]) == 0
        shown = capsys.readouterr().out
        assert [one for one in said if one not in shown] == []

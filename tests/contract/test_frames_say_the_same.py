"""Every published measure once more from the frames of real runs, by pandas."""

import math

import numpy as np
import pandas as pd
import pytest

import sim
from sim.replications import replicate, run
from sim.scenario import Scenario, loads
from sim.vocab import WEEK
from tests.worlds.by_hand import NAN, TWO
from tests.worlds.workshop import WORKSHOP


@pytest.fixture(scope="module", params=["workshop", pytest.param("order_delivery", marks=pytest.mark.compiled)])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    """Return an organization to run, short."""
    if request.param == "workshop":
        return loads(WORKSHOP)
    money = {
        "worth": 1000.0,
        "delay_cost": 20.0,
        "late_penalty": 9.0,
        "satisfaction": {"late": 0.5},
        "complains": {"process": "complaint"},
    }
    return sim.load(
        "order_delivery",
        {"warmup_weeks": 2.0, "horizon_weeks": 3.0, "tail_weeks": 5.0}
        | {f"processes.order.{name}": value for name, value in money.items()},
    )


def by_pandas(result: sim.RunResult, process: str | None = None) -> dict[str, float]:
    """Return the measures of cases of a run of one replication, computed from its frames."""
    scenario, every = result.scenario, result.cases
    if process is not None:
        every = every[every["process"] == process]
    begin, tail = scenario.warmup_weeks * 168, scenario.tail * 168
    end = begin + scenario.horizon_weeks * 168
    within = every.query("@begin <= arrival < @end")
    asked = within.query("~prevented")
    accepted = asked.query("~lost")
    lead = (accepted["served"] - accepted["arrival"]).fillna(math.inf)
    whole = (accepted["finish"] - accepted["arrival"]).fillna(math.inf)
    promised = accepted[accepted["promise"].notna()]
    kept = (promised["served"] <= promised["promise"]) & (promised["served"] - promised["arrival"] <= tail)
    dated = asked[asked["target"].notna()]
    met = (dated["served"] <= dated["target"]) & ~dated["lost"]
    return {
        "on_time_target": accepted["on_time_target"].mean() if len(dated) else NAN,
        "on_time_promise": kept.mean() if len(promised) else NAN,
        "promise_mean": ((asked["promise"] - asked["arrival"]) / 24).mean(),
        "on_time_of_all_asked": met.mean(),
        "lost_share": asked["lost"].mean(),
        "lead_time_mean": lead.clip(upper=tail).mean(),
        "lead_time_p90": lead.clip(upper=tail).quantile(0.9),
        "unfinished_share": (whole > tail).mean(),
        "throughput": every["finish"].between(begin, end, inclusive="left").sum() / scenario.horizon_weeks,
        "conflicts_per_100": 100 * asked["conflicts"].mean(),
        "bounces_per_100": 100 * asked["bounces"].mean(),
        "handed_over": asked["handed_over"].mean(),
        "ping_pong": asked["ping_pong"].mean(),
        "rework_share": asked["reworked"].sum() / asked["worked"].sum(),
        "milestones_kept": asked["milestones_kept"].sum() / n if (n := asked["milestones"].sum()) else NAN,
        "warned": asked["warned"].mean(),
        "goods_short": 100 * asked["goods_short"].mean(),
        "returns_per_100": 100 * asked["returns"].mean(),
        "value_delivered": (1 - (1 - accepted["scope"][lead <= tail]) ** 2).mean(),
        "prevented_share": within["prevented"].mean(),
        "team_share": asked["team"].mean(),
        **money_by_pandas(scenario, accepted, tail),
        "changes_accepted": 100 * asked["changes_accepted"].mean(),
        "changes_refused": 100 * asked["changes_refused"].mean(),
        "complaints_per_100": complaints_by_pandas(scenario, asked),
    }


def complaints_by_pandas(scenario: Scenario, asked: pd.DataFrame) -> float:
    """Return complaints per hundred cases of the processes whose customers complain."""
    complaining = [name for name, one in scenario.processes.items() if one.complains is not None]
    return float(100 * asked[asked["process"].isin(complaining)]["complaints"].mean())


def money_by_pandas(scenario: Scenario, accepted: pd.DataFrame, tail: float) -> dict[str, float]:
    """Return the measures of money of some accepted cases."""
    rows = []
    for case in accepted.itertuples():
        process = scenario.processes[case.process]
        done = case.served - case.arrival <= tail
        until = case.served if done else case.arrival + tail
        late, lost = not done or case.served > case.target, process.satisfaction
        brought = (1 - (1 - case.scope) ** 2) * 0.95**case.changes_refused if done else 0.0
        happy = (1 - lost.late * late) * (1 - lost.defective * (done and case.defective)) if lost else NAN
        delay = max(0.0, until - case.target) / 24  # none where there is no date
        owed = delay * (process.delay_cost or NAN) + (delay > 0) * (process.late_penalty or 0.0)
        rows.append((brought * (process.worth or NAN), owed, happy))
    found = pd.DataFrame(rows, columns=["revenue", "delay_cost", "satisfaction"], dtype=float)
    sums = found[["revenue", "delay_cost"]].sum(min_count=1) / scenario.horizon_weeks
    return {**sums, "satisfaction": found["satisfaction"].mean()}


def days_by_pandas(result: sim.RunResult) -> dict[str, float]:
    """Return the measures of days of a run of one replication, computed from its frames."""
    scenario = result.scenario
    first, last = scenario.warmup_weeks * 7, (scenario.warmup_weeks + scenario.horizon_weeks) * 7
    days = result.daily[result.daily["day"].between(first, last, inclusive="left")].copy()
    days["owner"] = days["department"].astype(str)
    served = days["coordinated"] + days["extra"]
    teams = scenario.departments
    week = {name: scenario.calendar(one.calendar).hours_per_week for name, one in teams.items()}
    overhead = (1 - days["productivity"]) * days["staff"] * days["owner"].map(week).fillna(0.0) / 7
    rate = {name: teams[name if "." not in name else scenario.management].cost_per_hour for name in set(days["owner"])}
    hours = (served + overhead) / scenario.horizon_weeks
    cost = (hours * days["owner"].map(rate)).sum()
    money = result.measures.iloc[0]
    total = cost + np.nan_to_num(money["delay_cost"])
    return {
        "urgent_response": days["urgent_wait"].sum() / n if (n := days["urgent_n"].sum()) else NAN,
        "coordination_hours": hours.sum(),
        "coordination_cost": cost,
        "total_cost": total,
        "net_value": money["revenue"] - total,
        "line_hours_lost": days["hours_standstill"].sum() / scenario.horizon_weeks,
    }


def test_the_frames_say_the_same(scenario: Scenario) -> None:
    """Whoever works with the frames of a run comes to the numbers that are published."""
    result = run(scenario, replications=1, seed=8)
    found = result.measures.iloc[0]
    expected = by_pandas(result) | days_by_pandas(result)
    assert {name: found[name] for name in expected} == pytest.approx(expected, nan_ok=True)
    if len(scenario.processes) > 1:
        for process in scenario.processes:
            expected = {f"{name}.{process}": value for name, value in by_pandas(result, process).items()}
            assert {name: found[name] for name in expected} == pytest.approx(expected, nan_ok=True)


def test_trust_is_that_of_the_links(scenario: Scenario) -> None:
    """On every day trust lies between the least and the greatest of any two departments, and it moves with them."""
    result = run(scenario, replications=1, seed=8)
    links = result.relations.astype({"from": str, "to": str})
    between = links[~links["from"].str.contains(".", regex=False) & ~links["to"].str.contains(".", regex=False)]
    start, end = between["trust_start"], between["trust"]
    assert min(start.min(), end.min()) - 0.1 <= result.measures["trust"].iloc[0] <= max(start.max(), end.max()) + 0.1


def test_ledgers_of_replications_sum_to_their_lead_times(scenario: Scenario) -> None:
    """In each replication, calendar hours and those with closed hours inherited alike."""
    kept = replicate(scenario, replications=2, seed=8)
    for ledger in (kept.ledger, kept.ledger_inherited):
        assert ledger.sum(axis=1).to_list() == pytest.approx(kept.measures["lead_time_mean"].to_list())


def test_one_process_is_all_there_is() -> None:
    """Where a scenario has one process only, nothing is said twice."""
    assert [name for name in run(loads(WORKSHOP), seed=8).measures if "." in name] == []


def test_hours_are_hours() -> None:
    """The window of the hand-made outcome is what its comments say."""
    scenario = loads(TWO)
    assert scenario.window == (168.0, 504.0)
    assert (scenario.tail * WEEK, scenario.weeks * WEEK) == (168.0, 672.0)

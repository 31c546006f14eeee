"""The closed forms give the textbook numbers that the model description quotes."""

import itertools
import math

import pytest

from sim.verify import formulas

WAITS = {1: 4.0, 2: 1.7778, 3: 1.0787, 4: 0.7455, 5: 0.5541}
REWORK = {0.0: 4.0, 0.05: 5.0, 0.10: 6.6667, 0.15: 10.0, 0.20: 20.0}
TANDEM = {0.0: 10.0, 0.05: 12.37, 0.10: 16.53, 0.15: 26.25}


@pytest.mark.parametrize(("servers", "wait"), WAITS.items())
def test_waits_of_mmc_at_four_fifths_load(servers: int, wait: float) -> None:
    """M/M/c at a load of .8 waits as Erlang's table says."""
    assert formulas.mmc_wait(0.8 * servers, 1.0, servers) == pytest.approx(wait, abs=5e-5)


def test_erlang_c_of_one_server_is_its_load() -> None:
    """Somebody alone is busy for the share of time that is the load."""
    assert formulas.erlang_c(1, 0.37) == pytest.approx(0.37)


def test_erlang_c_equals_the_sum_of_its_definition() -> None:
    """The recursion gives what the textbook sum gives."""
    servers, offered = 7, 5.5
    last = offered**servers / math.factorial(servers) / (1 - offered / servers)
    rest = sum(offered**k / math.factorial(k) for k in range(servers))
    assert formulas.erlang_c(servers, offered) == pytest.approx(last / (rest + last))


def test_erlang_c_does_not_overflow_for_a_thousand_servers() -> None:
    """Large departments stay within floating-point range."""
    assert 0.0 < formulas.erlang_c(1000, 950.0) < 1.0


def test_an_overloaded_station_has_no_steady_state() -> None:
    """A load of 1 or more is refused with the load in the sentence."""
    with pytest.raises(ValueError, match=r"load in \[0, 1\), not 1.2"):
        formulas.mmc_wait(1.2, 1.0, 1)


@pytest.mark.parametrize(("people", "size"), [(16, 8), (24, 8), (40, 10)])
def test_the_best_team_lies_between_talking_within_and_between(people: int, size: int) -> None:
    """With .003 a pair and .01 a team: 8, 8 and 10 people."""
    assert formulas.best_team(people, 0.003, 0.01) == size


@pytest.mark.parametrize(("scv", "wait"), [(0.0, 2.0), (1.0, 4.0), (4.0, 10.0)])
def test_pollaczek_khinchine(scv: float, wait: float) -> None:
    """The spread of the work alone multiplies the wait."""
    assert formulas.mg1_wait(0.8, 1.0, scv) == pytest.approx(wait)


def test_cobham_waits_of_two_classes() -> None:
    """The first class waits 1 hour, the second 5."""
    assert formulas.cobham_waits([0.2, 0.6], [1.0, 1.0], [1.0, 1.0]) == pytest.approx((1.0, 5.0))


def test_priorities_move_waiting_without_changing_its_sum() -> None:
    """Whatever the order of the classes, the load-weighted wait is that of first come, first served."""
    classes = [(0.1, 1.0, 1.0), (0.3, 0.5, 0.0), (0.2, 2.0, 4.0)]
    sums = [formulas.conserved_wait(*zip(*order, strict=True)) for order in itertools.permutations(classes)]
    assert sums == pytest.approx([sums[0]] * len(sums))


def test_conserved_wait_of_the_two_classes() -> None:
    """With equal services it is the plain M/M/1 wait."""
    assert formulas.conserved_wait([0.2, 0.6], [1.0, 1.0], [1.0, 1.0]) == pytest.approx(4.0)


@pytest.mark.parametrize(("again", "lead"), REWORK.items())
def test_rework_multiplies_the_time_in_system(again: float, lead: float) -> None:
    """One case in five coming back makes everybody wait five times as long."""
    assert formulas.feedback_sojourn(0.75, 1.0, again) == pytest.approx(lead, abs=5e-5)


@pytest.mark.parametrize(("back", "lead"), TANDEM.items())
def test_four_in_a_row_with_returns(back: float, lead: float) -> None:
    """Small chances of a return add up along a chain."""
    assert formulas.tandem_lead_time(0.6, 1.0, 4, back) == pytest.approx(lead, abs=0.005)


def test_traffic_equations_of_a_loop_of_two() -> None:
    """Two stations in a loop, solved by hand."""
    network = formulas.jackson([0.5, 0.0], [[0.0, 0.6], [0.25, 0.0]], [1.0, 0.5], [1, 1])
    first, second = network.rates
    assert first == pytest.approx(0.5 + 0.25 * second)
    assert second == pytest.approx(0.6 * first)
    expected = first / (1 - first) + second * 0.5 / (1 - second * 0.5)
    assert sum(network.in_system) == pytest.approx(expected)
    assert network.lead_time == pytest.approx(expected / 0.5)


def test_wait_and_work_make_up_the_lead_time_of_a_network() -> None:
    """Time in the network is time in queues and time being worked on."""
    network = formulas.jackson([0.5, 0.3], [[0.1, 0.3], [0.2, 0.0]], [0.8, 1.5], [1, 2])
    worked = sum(rate * mean for rate, mean in zip(network.rates, [0.8, 1.5], strict=True)) / 0.8
    assert network.lead_time == pytest.approx(network.wait + worked)


def test_pooling_two_departments() -> None:
    """One queue for two people: 5 hours become 2.778."""
    assert formulas.mmc_sojourn(0.8, 1.0, 1) == pytest.approx(5.0)
    assert formulas.pooled_sojourn(0.8, 1.0, 2) == pytest.approx(2.778, abs=5e-4)


def test_a_small_tax_near_full_load_is_a_large_delay() -> None:
    """Three per cent of meetings cost forty-five per cent of time at a load of .9."""
    assert formulas.taxed_sojourn(0.9, 1.0, 0.031) / formulas.taxed_sojourn(0.9, 1.0, 0.0) == pytest.approx(
        1.45, abs=0.005
    )


def test_a_daily_synchronization_costs_half_its_period() -> None:
    """Eight hours between meetings mean four hours of waiting."""
    assert formulas.periodic_pickup_wait(8.0) == 4.0


def test_trust_settles_where_gain_and_loss_balance() -> None:
    """The equilibrium is a fixed point of the mean step."""
    trust = formulas.trust_equilibrium(0.8, 0.02, 0.1)
    assert 0.8 * 0.02 * (1 - trust) == pytest.approx(0.2 * 0.1 * trust)


def test_as_many_posts_fall_vacant_as_are_filled() -> None:
    """Of a thousand posts, those who are there leave as often as somebody comes for who has left."""
    vacant = 1000.0 * formulas.stationary_vacancy(0.5, 73.0)
    assert (1000.0 - vacant) * 0.5 / 365.0 == pytest.approx(vacant / 73.0)


def test_repetitions_of_a_coin() -> None:
    """A chance of one half brings one repetition on average."""
    assert formulas.geometric_extra(0.5) == 1.0


def test_the_slowest_of_three() -> None:
    """1 + 1/2 + 1/3 means."""
    assert formulas.slowest_of(3, 2.0) == pytest.approx(11 / 3)


def test_half_of_exponential_times_end_by_the_half_life() -> None:
    """The median is the mean times log 2."""
    assert formulas.exponential_quantile(0.5, 3.0) == pytest.approx(3.0 * math.log(2.0))


def test_critical_path_of_a_diamond() -> None:
    """The longer branch decides."""
    hours = {"a": 1.0, "b": 2.0, "c": 5.0, "d": 1.0}
    assert formulas.critical_path(hours, {"b": ["a"], "c": ["a"], "d": ["b", "c"]}) == 7.0

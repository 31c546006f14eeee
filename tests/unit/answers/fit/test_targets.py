"""Figures of a client: in which unit they count, how exactly they are known, and what cannot be one."""

import pytest

import sim
from sim.answers.fit.targets import Target, given_targets, targets_of, with_the_file
from sim.spec.findings import TextError

ORDERS = sim.load("order_delivery")


@pytest.mark.parametrize(
    ("options", "others", "known"),
    [
        ({"--on-time": "0.6"}, [], ("on_time_target", 0.6, 0.57, 0.63)),
        ({"--on-time": "60%"}, [], ("on_time_target", 0.6, 0.57, 0.63)),
        ({"--on-time": " ６０ ％"}, [], ("on_time_target", 0.6, 0.57, 0.63)),
        ({"--on-time": "99%"}, [], ("on_time_target", 0.99, 0.96, 1.0)),
        ({"--on-time": "55..65%"}, [], ("on_time_target", 0.6, 0.55, 0.65)),
        ({"--late": "0.35..0.45"}, [], ("on_time_target", 0.6, 0.55, 0.65)),
        ({"--lead-days": "34"}, [], ("lead_time_mean", 816.0, 734.4, 897.6)),
        ({"--disputes": "40..50"}, [], ("bounces_per_100", 45.0, 40.0, 50.0)),
        ({}, ["lead_time_mean=30 days .. 38 days"], ("lead_time_mean", 816.0, 720.0, 912.0)),
        ({}, ["net_value=-1,000"], ("net_value", -1000.0, -1100.0, -900.0)),
        ({}, ["lead_time_mean.order＝800"], ("lead_time_mean.order", 800.0, 720.0, 880.0)),
    ],
)
def test_figures_count_in_the_unit_of_their_measure(options, others, known):
    """Percent, days and full-width digits are what they say; a number alone has the usual slack."""
    (one,) = given_targets(ORDERS, options, others)
    assert one.measure == known[0]
    assert (one.value, one.low, one.high) == pytest.approx(known[1:])


@pytest.mark.parametrize(
    ("options", "others", "told"),
    [
        ({"--on-time": "60"}, [], "--on-time: found 60, expected a share from 0 to 1, or a percentage such as 60%"),
        ({"--on-time": "-0.2"}, [], "--on-time: found -0.2, expected a share from 0 to 1"),
        ({"--on-time": "120%"}, [], "--on-time: found 120%, expected a share"),
        ({"--on-time": "most"}, [], "--on-time: found 'most', expected a number"),
        ({"--on-time": ""}, [], "--on-time: found '', expected a number"),
        ({"--lead-days": "."}, [], "--lead-days: found '.', expected a number"),
        ({"--lead-days": "38..30"}, [], "--lead-days: found '38..30', expected the lower value first"),
        ({"--lead-days": "34%"}, [], "--lead-days: found 34%, expected a plain number: lead time is no share"),
        ({"--disputes": "45 days"}, [], "--disputes: found 45 days, expected no unit of time"),
        ({"--disputes": "-3"}, [], "expected limits of at least 0"),
        ({"--on-time": "0.6", "--late": "40%"}, [], "on_time_target: found two figures, expected one"),
        ({}, ["on_tim_target=0.6"], "did you mean 'on_time_target'?"),
        ({}, ["on_time_target"], "--target: found 'on_time_target', expected a measure and its value"),
        ({}, ["releases_on_time=0.9"], "nothing is released at fixed dates (releases)"),
    ],
)
def test_what_is_no_figure_is_refused_in_a_sentence(options, others, told):
    """It names the option, what was found and what would do."""
    with pytest.raises(TextError) as error:
        given_targets(ORDERS, options, others)
    assert told in str(error.value)


def test_where_nobody_has_a_date_nobody_is_on_time():
    """The file tells so before anything is run."""
    dates = {f"processes.{name}.target_days": None for name in ORDERS.processes}
    with pytest.raises(TextError, match="no process has a date of the customer"):
        given_targets(sim.load("order_delivery", dates), {"--on-time": "0.6"})


def test_the_file_knows_figures_too():
    """Measures among its ranges always count; what it expects does where nothing else is known."""
    bare = ORDERS.changed({"expected": None})
    known = bare.changed({"ranges": {"lead_time_mean": [700, 900]}})
    assert [one.measure for one in targets_of(ORDERS)] == list(ORDERS.expected.measures)
    assert targets_of(known) == (Target("lead_time_mean", 800.0, 700.0, 900.0),)
    assert [one.measure for one in targets_of(known, {"on_time_target": (0.5, 0.7)})] == [
        "on_time_target",
        "lead_time_mean",
    ]
    assert with_the_file(known, [Target("lead_time_mean", 816.0, 734.0, 898.0)])[0].value == 816.0
    with pytest.raises(TextError, match="found no figure to fit to"):
        targets_of(bare)


@pytest.mark.parametrize("value", ["much", True, (1.0, 2.0, 3.0), (0.7, 0.5), float("nan")])
def test_in_python_too(value):
    """A number, or two in order."""
    with pytest.raises(TextError, match="expected a number"):
        targets_of(ORDERS, {"on_time_target": value})

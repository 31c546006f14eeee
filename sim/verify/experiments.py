"""The experiments of the theory self-test: neutral networks, and networks with one mechanism turned on.

Hours per replication are chosen so that the interval of every check is at most 5 % of the expected value wide at the
level that all checks share; the warm-up is several relaxation times long, so that starting empty cannot be seen.
"""

import math
from dataclasses import replace

from sim.scenario import Scenario
from sim.verify import formulas, networks
from sim.verify.intervals import Experiment
from sim.verify.kept import (
    best_team,
    class_waits,
    complaints_about_orders,
    in_order_of_due_dates,
    lead_time,
    little,
    times,
    trust_of_the_desk,
    weighted_waits,
)
from sim.verify.networks import OpenNetwork, Window
from sim.vocab import DAY, WEEK

REPLICATIONS = 400

SHORT = Window(50.0, 250.0, 100.0)
"""For means of independent cases, which need few of them."""

SERVERS = {
    1: Window(500.0, 16_000.0, 200.0),
    2: Window(500.0, 9_800.0, 200.0),
    3: Window(500.0, 7_000.0, 200.0),
    4: Window(500.0, 6_400.0, 200.0),
    5: Window(500.0, 5_200.0, 200.0),
}
"""Hours per replication by number of servers."""

REWORK = {
    0.00: Window(500.0, 6_000.0, 200.0),
    0.05: Window(600.0, 10_000.0, 200.0),
    0.10: Window(800.0, 16_000.0, 300.0),
    0.15: Window(1_500.0, 33_500.0, 400.0),
    0.20: Window(3_000.0, 60_000.0, 800.0),
}
"""Hours per replication by chance of a return; the heaviest load has twice as many replications."""

RETURNS = {
    0.00: Window(300.0, 1_200.0, 200.0),
    0.05: Window(400.0, 1_700.0, 200.0),
    0.10: Window(600.0, 2_700.0, 400.0),
    0.15: Window(2_000.0, 8_000.0, 600.0),
}
"""Hours per replication by chance of being sent back."""

LOAD = 0.8
CLASSES = (0.2, 0.6)
LOADS, SERVICES = (0.8, 0.2), (0.5, 2.0)
TAX = 0.031
PERIOD = 8.0
LATENCY = 4.0
BETWEEN = 2
"""Weeks from one meeting to the next; a window is made of whole ones, so that any hour between two is as likely."""
DISPUTED = 0.25
COMPLAIN_LATE, COMPLAIN_FAULTY = 0.3, 0.5
CHANGES, FREEZE, SPAN = 4.0, 24.0, 72.0
APART, CUT_OFF = 96.0, 24.0
PEOPLE, PAIR_LOAD = 24, 0.003
GOOD, GAIN, LOSS = 0.6, 0.04, 0.06
ON_TIME = 0.8
LEAVING = 1.0
"""People who leave in a year, of each who is there."""
SIGMA = math.sqrt(math.log(2.0))
"""Sigma of a lognormal complexity whose coefficient of variation is 1."""

NETWORK = OpenNetwork(
    arrivals=(0.5, 0.25, 0.0),
    routing=((0.0, 0.4, 0.3), (0.2, 0.0, 0.3), (0.0, 0.25, 0.0)),
    services=(0.8, 1.0, 2.4),
    servers=(1, 1, 2),
)
PROJECT_HOURS = {"demand": 3.0, "design": 8.0, "build": 21.5, "test": 6.25, "promote": 30.0, "launch": 2.0}
PROJECT_NEEDS = {
    "design": ["demand"],
    "build": ["design"],
    "test": ["build"],
    "promote": ["demand"],
    "launch": ["test", "promote"],
}


def experiments() -> dict[str, Experiment]:
    """Return the experiments by name, each with luck of its own but the pair that is compared."""
    every = _stations() | _published() | _loops() | _others() | _certain()
    return {name: replace(one, luck=name.removeprefix("un")) for name, one in every.items()}


def _stations() -> dict[str, Experiment]:
    """Return single departments of which only mean times are kept."""
    heavy, skewed = Window(3_000.0, 11_500.0, 500.0), Window(1_500.0, 38_000.0, 400.0)
    spread = {"gamma": {"mean": 1.0, "cv": 2.0}}
    scenarios = {f"mm{c}": networks.station(LOAD * c, window, servers=c) for c, window in SERVERS.items()} | {
        "md1": networks.station(LOAD, Window(500.0, 7_500.0, 200.0), work=1.0),
        "mg1": networks.station(LOAD, skewed, work=spread),
        "complex": networks.station(0.5, Window(200.0, 9_500.0, 100.0), work=1.0, process={"complexity": SIGMA}),
        "own": networks.station(0.3, Window(300.0, 7_500.0, 200.0), department={"own_work": {"share": 0.3}}),
        "office": _office_station(),
        "neighbors": networks.neighbors(LOAD, SERVERS[2]),
        "untaxed": networks.station(0.9, heavy),
        "taxed": networks.station(0.9, heavy, levers={"overhead": TAX}),
    }
    return {name: Experiment(scenario, REPLICATIONS, times) for name, scenario in scenarios.items()}


def _published() -> dict[str, Experiment]:
    """Return networks of which the published measures are kept."""
    target = {"target_days": _half_target() / DAY}
    scenarios = {
        "half": networks.station(0.5, Window(200.0, 3_500.0), process=target),
        "network": networks.open_network(NETWORK, Window(300.0, 4_100.0, 200.0)),
        "pickup": networks.handover(1.0, SHORT, {"pickup_period": PERIOD}),
        "latency": networks.handover(1.0, SHORT, {"latency": LATENCY}),
        "fork": networks.fork_join(1.0, 3, SHORT),
        "external": networks.station(2.0, SHORT, process={"steps": {"wait": _external_step()}}),
        "consultation": networks.consultation(0.5, Window(200.0, 2_000.0, 100.0)),
        "meeting": networks.answered_in_meetings(0.25, Window(0.0, 4 * WEEK, 2.5 * WEEK), BETWEEN),
        "people": networks.station(0.05, Window(12 * WEEK, 52 * WEEK), servers=200, levers={"quit_rate": LEAVING}),
        "contested": networks.contested(1.0, DISPUTED, Window(50.0, 500.0, 100.0)),
    }
    return {name: Experiment(scenario, REPLICATIONS) for name, scenario in scenarios.items()}


def _external_step() -> networks.Fields:
    wait = {"work": {"lognormal": {"mean": 4.0, "cv": 1.0}}, "calendar": "always"}
    return {"R": "desk", "work": 0.0, "external": wait}


def _half_target() -> float:
    """Return the hours within which `ON_TIME` of the cases of M/M/1 at a load of one half are finished."""
    return formulas.exponential_quantile(ON_TIME, formulas.mmc_sojourn(0.5, 1.0, 1))


def _office_station() -> Scenario:
    """Return M/M/1 at a load of one half that opens, and takes customers, forty hours a week."""
    demand = {"per_week": 0.5 * 40.0, "during": "office"}
    return networks.station(
        0.5, Window(5 * WEEK, 50 * WEEK, 2 * WEEK), process={"demand": demand}, department={"calendar": "office"}
    )


def _loops() -> dict[str, Experiment]:
    """Return departments that send cases on and back."""
    scenarios = {f"rework{again}": networks.feedback_station(0.75, again, window) for again, window in REWORK.items()}
    scenarios |= {f"tandem{back}": networks.tandem(0.6, back, window) for back, window in RETURNS.items()}
    return {
        name: Experiment(scenario, 2 * REPLICATIONS if name == "rework0.2" else REPLICATIONS, times)
        for name, scenario in scenarios.items()
    }


def _others() -> dict[str, Experiment]:
    """Return what needs numbers of its own."""
    return {
        "priority": Experiment(
            networks.priority_station(CLASSES, Window(500.0, 18_000.0, 300.0)), REPLICATIONS, class_waits
        ),
        "express": Experiment(_express_station(), REPLICATIONS, weighted_waits),
        "changes": Experiment(_changing_customers(), REPLICATIONS),
        "complaints": Experiment(_complaining_customers(), REPLICATIONS, complaints_about_orders),
        "releases": Experiment(
            networks.released(1.0, Window(APART, 5.0 * APART, 2.0 * APART), APART, CUT_OFF), REPLICATIONS
        ),
        "trust": Experiment(_trust_scenario(), REPLICATIONS, trust_of_the_desk),
    }


def _changing_customers() -> Scenario:
    """Return customers who change their mind while nothing is ready, of whom most are refused near their date."""
    return networks.changing_customers(
        1.0, Window(0.0, 400.0, 200.0), SPAN, {"changes": CHANGES, "freeze_days": FREEZE / DAY}
    )


def _complaining_customers() -> Scenario:
    """Return M/M/1 of which `ON_TIME` is on time and nothing is right, and customers of whom some complain of that."""
    return networks.complained_of(0.5, Window(200.0, 2_000.0), _half_target(), COMPLAIN_LATE, COMPLAIN_FAULTY)


def _express_station() -> Scenario:
    """Return a person who does short urgent work before long ordinary work, because of the express rule alone."""
    return networks.ruled_station(
        LOADS, SERVICES, Window(500.0, 24_000.0, 300.0), urgent=(0.75, 0.25), levers={"express": 1.0}
    )


def _trust_scenario() -> Scenario:
    """Return a desk that asks four experts five times a week, each of whom is in time with probability `GOOD`.

    Five times a week is what the levers of trust are meant for; trust begins far from its equilibrium.
    """
    return networks.consultation(
        5.0 / WEEK,
        Window(0.0, 60.0 * WEEK),
        experts=4,
        staff=networks.MANY,
        levers={"trust_gain": GAIN, "trust_loss": LOSS},
        more={
            "response_targets": {"consult": formulas.exponential_quantile(GOOD, 1.0), "approve": None},
            "relations": {"trust": 0.1},
        },
    )


def _certain() -> dict[str, Experiment]:
    """Return scenarios whose outcome leaves nothing to chance."""
    project = networks.project(PROJECT_HOURS, PROJECT_NEEDS, Window(24.0, 168.0))
    return {
        "project": Experiment(project, 2, lead_time),
        "closing": Experiment(_closing_scenario(), 2, lead_time),
        "due": Experiment(_due_station(), 20, in_order_of_due_dates),
        "teams": Experiment(networks.teams(PEOPLE, PAIR_LOAD, Window(0.0, WEEK)), 2, best_team),
        "little": Experiment(_little_scenario(), 20, little),
    }


def _closing_scenario() -> Scenario:
    """Return twenty hours of work that begin on Monday at eight in an office."""
    process = {"demand": {"at": [8.0]}}
    return networks.station(1.0, Window(0.0, WEEK), work=20.0, process=process, department={"calendar": "office"})


def _due_station() -> Scenario:
    """Return a person with work that is due soon, later, and much later, who lives these times."""
    arrivals, services = (0.3, 0.3, 0.3), (1.0, 1.0, 1.0)
    return networks.ruled_station(
        arrivals, services, Window(0.0, 6 * WEEK), limits=(1.0, 4.0, 20.0), levers={"step_agreement": 1.0}
    )


def _little_scenario() -> Scenario:
    """Return the network in office hours, with slow hand-overs: the law must hold for any organization."""
    scenario = networks.open_network(NETWORK, Window(0.0, 20 * WEEK))
    return scenario.model_copy(update={"levers": {**scenario.levers, "latency": 1.0}})

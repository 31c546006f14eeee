"""Random valid scenarios for property tests."""

from hypothesis import strategies as st

from sim.characters import steering
from sim.interventions import DailyStandup, Raci, SharedKpi
from sim.scenario import Scenario, Suggestion
from sim.spec import (
    LEVERS,
    Calendar,
    Demand,
    Department,
    External,
    FrozenMap,
    Kpi,
    OwnWork,
    Pair,
    Pool,
    Process,
    Promise,
    QueueRule,
    Relations,
    ResponseTargets,
    Step,
    Work,
)
from sim.words import Text

shares = st.floats(0.0, 1.0, allow_subnormal=False)
hours = st.one_of(st.floats(0.01, 1000.0), st.integers(1, 500).map(float))
_shown = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"], include_characters="\u200c\u200d")
letters = _shown.filter(lambda letter: steering(letter) is None)  # some are reserved for steering, and nothing else yet
words = st.text(letters, max_size=40)
lines = st.text(letters | st.sampled_from("\t\n"), max_size=40)
labels = st.one_of(words, st.builds(Text, words, words))
descriptions = st.one_of(lines, st.builds(Text, lines, lines))
names = st.one_of(
    st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True),
    st.sampled_from(["生产", "销售部", "Größe", "no", "yes", "null", "on", "x1e3", "gamma", "exponential", "label"]),
).filter(lambda name: name != "end")


@st.composite
def works(draw: st.DrawFn) -> Work:
    """Hours of work of any family."""
    family = draw(st.sampled_from(["deterministic", "exponential", "gamma", "lognormal", "uniform", "triangular"]))
    mean, cv = draw(hours), draw(st.floats(0.05, 5.0))
    low, middle, high = sorted(draw(st.lists(hours, min_size=3, max_size=3, unique=True)))
    written = {
        "deterministic": mean,
        "exponential": {"exponential": mean},
        "gamma": {"gamma": {"mean": mean, "cv": cv}},
        "lognormal": {"lognormal": {"mean": mean, "cv": cv}},
        "uniform": {"uniform": {"low": low, "high": high}},
        "triangular": {"triangular": {"low": low, "mode": middle, "high": high}},
    }
    return Work.model_validate(written[family])


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Openings to the minute anywhere in the week."""
    cuts = sorted(draw(st.lists(st.integers(0, 10080), min_size=2, max_size=16, unique=True)))
    pairs = zip(cuts[0::2], cuts[1::2], strict=False)
    return Calendar.model_validate({"intervals": [(start / 60, stop / 60) for start, stop in pairs]})


@st.composite
def departments(draw: st.DrawFn, calendar_names: list[str], managed: bool) -> Department:
    """A department with everything it may have."""
    levers = draw(st.dictionaries(st.sampled_from(sorted(LEVERS)), shares, max_size=2))
    return Department(
        label=draw(labels),
        staff=draw(st.integers(1, 50)),
        calendar=draw(st.sampled_from(calendar_names)),
        cost_per_hour=draw(st.floats(0.0, 500.0)),
        skill=draw(st.floats(0.5, 2.0)),
        own_work=draw(st.none() | st.builds(OwnWork, share=st.floats(0.0, 0.9), size=works(), target_hours=hours)),
        kpis=tuple(draw(st.lists(kpis, max_size=3, unique_by=lambda kpi: kpi.measures))),
        pools=draw(st.dictionaries(names, pools, max_size=2)) if managed else {},
        levers={name: _within(name, share) for name, share in levers.items()},
    )


kpis = st.builds(
    Kpi,
    measures=st.sampled_from(["volume", "response", "own_work", "quality"]),
    target=st.floats(0.1, 1.0),
    weight=st.floats(0.1, 5.0),
)
pools = st.builds(Pool, label=labels, hours_per_week=st.floats(0.5, 168.0))


def _within(lever: str, share: float) -> float:
    spec = LEVERS[lever]
    return min(spec.high, spec.low + share * (spec.high - spec.low))


@st.composite
def steps(draw: st.DrawFn, owners: list[str], approvers: list[str], calendar_names: list[str]) -> Step:
    """A step without any way to others."""
    some = st.lists(st.sampled_from(owners), max_size=3, unique=True).map(tuple)
    external = st.builds(External, work=works(), calendar=st.sampled_from(calendar_names))
    return Step(
        label=draw(labels),
        R=draw(st.sampled_from(owners)),
        A=draw(st.none() | st.sampled_from(approvers)),
        C=draw(some),
        I=draw(some),
        work=draw(works()),
        external=draw(st.none() | external),
        contested_by=draw(some),
        ambiguity=draw(shares),
        novelty=draw(shares),
        inspection=draw(st.floats(0.0, 100.0, allow_subnormal=False)),
        commitment=draw(st.booleans()),
        short=draw(shares),
        short_wait=draw(works()),
        response_hours=draw(st.none() | hours),
    )


@st.composite
def processes(
    draw: st.DrawFn, owners: list[str], approvers: list[str], calendar_names: list[str], markov: bool | None = None
) -> Process:
    """A process whose steps follow each other by needs, in the written order, or by chance."""
    plain = draw(st.dictionaries(names, steps(owners, approvers, calendar_names), min_size=1, max_size=5))
    link = _by_chance if (draw(st.booleans()) if markov is None else markov) else _by_needs
    linked = link(draw, plain)
    demand = st.builds(Demand, per_week=st.floats(0.1, 50.0), during=st.sampled_from(calendar_names))
    dated = st.lists(st.floats(0.0, 1000.0), min_size=1, max_size=4).map(lambda at: Demand(at=tuple(sorted(at))))
    return Process(
        label=draw(labels),
        demand=draw(demand | dated),
        steps=linked,
        urgent_share=draw(shares),
        value=draw(shares),
        complexity=draw(shares),
        promise=draw(st.none() | st.builds(Promise, standard_days=hours, elasticity=shares)),
        target_days=draw(st.none() | hours),
    )


def _by_needs(draw: st.DrawFn, plain: dict[str, Step]) -> dict[str, Step]:
    order = list(plain)
    linked = {}
    for index, (name, step) in enumerate(plain.items()):
        needs = draw(st.lists(st.sampled_from(order[:index]), unique=True, max_size=2)) if index else []
        chance = draw(st.floats(0.05, 1.0))
        due = draw(st.none() | hours)
        linked[name] = step.model_copy(update={"needs": tuple(needs), "probability": chance, "due_days": due})
    return linked


def _by_chance(draw: st.DrawFn, plain: dict[str, Step]) -> dict[str, Step]:
    """Every step leads to the next one and perhaps back to the first; some share always leaves."""
    order = list(plain)
    linked = {}
    for index, (name, step) in enumerate(plain.items()):
        row = {order[index + 1]: draw(st.floats(0.1, 0.5))} if index + 1 < len(order) else {}
        if index and draw(st.booleans()):
            row[order[0]] = draw(st.floats(0.0, 0.4))
        linked[name] = step.model_copy(update={"next": FrozenMap(row)})
    return linked


@st.composite
def weighted(draw: st.DrawFn, counts: tuple[float, ...] = (0.2, 1.0, 5.0)) -> Calendar:
    """Calendars some hours of which count as less or more than others."""
    found = draw(calendars())
    weights = st.sampled_from(counts)
    size = len(found.intervals)
    return Calendar.model_validate(
        {"intervals": found.intervals, "weights": draw(st.lists(weights, min_size=size, max_size=size))}
    )


@st.composite
def scenarios(draw: st.DrawFn, markov: bool | None = None) -> Scenario:
    """A valid scenario."""
    own_calendars = draw(st.dictionaries(names, calendars(), max_size=2))
    calendar_names = ["always", "office", *own_calendars]
    called = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    managed = draw(st.booleans())
    teams = {name: draw(departments(calendar_names, managed)) for name in called}
    approvers = called + [f"{name}.{pool}" for name, team in teams.items() for pool in team.pools]
    flows = processes(called, approvers, calendar_names, markov)
    levers = draw(st.dictionaries(st.sampled_from(sorted(LEVERS)), shares, max_size=3))
    preset = draw(st.sampled_from([{}, {"preset": "neutral"}, {"preset": "typical"}]))
    return Scenario(
        name=draw(names),
        title=draw(labels),
        description=draw(descriptions),
        calendars=own_calendars,
        departments=teams,
        management=draw(st.sampled_from(called)) if managed else None,
        processes=draw(st.dictionaries(names, flows, min_size=1, max_size=2)),
        levers={**preset, **{name: _within(name, share) for name, share in levers.items()}},
        relations=draw(relations(called)),
        queue=draw(st.builds(QueueRule, rule=st.sampled_from(["boost", "strict"]), urgency=st.floats(0.1, 1.0))),
        response_targets=draw(st.builds(ResponseTargets, consult=st.none() | hours, approve=st.none() | hours)),
        horizon_weeks=draw(st.floats(1.0, 100.0)),
        warmup_weeks=draw(st.floats(0.0, 50.0)),
        interventions=tuple(draw(st.lists(interventions, max_size=2))),
        measures=draw(st.sampled_from([(), ("on_time_target",), ("lead_time_mean", f"kpi_{called[0]}")])),
        compare=tuple(draw(st.lists(alternatives, max_size=2, unique_by=lambda one: str(one.label)))),
    )


interventions = st.one_of(
    st.builds(Raci, strength=shares, clarity=shares),
    st.builds(DailyStandup, minutes=st.floats(0.0, 60.0)),
    st.builds(SharedKpi),
)
alternatives = st.builds(
    lambda label, tries: Suggestion(label=label, with_=tuple(tries)),
    st.sampled_from(["first", "second", "站会"]),
    st.lists(interventions, max_size=2),
)


def relations(called: list[str]) -> st.SearchStrategy[Relations]:
    """Trust everywhere, and exceptions for some pairs."""
    ordered = [(a, b) for a in called for b in called if a != b]
    some = st.lists(st.sampled_from(ordered), unique=True, max_size=3) if ordered else st.just([])

    def told(pairs: list[tuple[str, str]], trust: float, distance: float | None) -> Relations:
        return Relations(
            trust=trust, pairs=tuple(Pair(from_=a, to=b, trust=trust, distance=distance) for a, b in pairs)
        )

    return st.builds(told, some, shares, st.none() | shares)

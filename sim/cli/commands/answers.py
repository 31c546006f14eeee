"""The commands that answer a question by many runs: what matters, what to choose, what fits, whose claims hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from sim.cli import completing
from sim.cli.building import command
from sim.cli.numbers import whole_number
from sim.cli.options import (
    AtMost,
    EngineName,
    Fresh,
    Json,
    Language,
    Measures,
    Name,
    OneWith,
    Over,
    Replications,
    Scheduler,
    Seed,
    Set,
    StoreOut,
    Weeks,
    Workers,
    Worlds,
    WorldsOrNone,
)


@command
def sensitivity(
    name: Name,
    /,
    *,
    one_with: OneWith = None,
    over: Over = (),
    set_: Set = (),
    weeks: Weeks = None,
    measures: Measures = None,
    method: Annotated[Literal["both", "morris", "sobol"], Parameter(name="--method")] = "both",
    trajectories: Annotated[
        int, Parameter(name="--trajectories", converter=whole_number, validator=Number(gte=2, lte=100_000))
    ] = 10,
    samples: Annotated[
        int, Parameter(name="--points", converter=whole_number, validator=Number(gte=2, lte=2**20))
    ] = 128,
    luck: Annotated[
        int, Parameter(name=("--replications", "-n"), converter=whole_number, validator=Number(gte=2, lte=1_000_000))
    ] = 4,
    indexed: Annotated[int, Parameter(name="--most", converter=whole_number, validator=Number(gte=1, lte=1000))] = 10,
    seed: Seed = 1,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Say which assumptions and levers drive a result: the level, or what an alternative changes."""
    from sim.cli.answering import Way
    from sim.cli.changing import given_changes
    from sim.cli.mattering import sensitivity_command

    way = Way(engine, scheduler, workers, answer_folder, json)
    fields = {
        "method": method, "trajectories": trajectories, "points": samples, "replications": luck, "most": indexed,
        "seed": seed,
    }  # fmt: skip
    return sensitivity_command(name, given_changes(set_, weeks), one_with, over, measures, fields, way, lang)


@command
def choose(
    name: Name,
    /,
    *,
    budget: Annotated[tuple[str, ...], Parameter(name="--budget", consume_multiple=False, negative="")] = (),
    money: Annotated[str | None, Parameter(name="--money")] = None,
    offer: Annotated[
        tuple[str, ...],
        Parameter(name="--from", consume_multiple=False, negative="", completer=completing.interventions),
    ] = (),
    measure: Annotated[str | None, Parameter(name="--measure")] = None,
    zone: Annotated[float | None, Parameter(name="--zone", validator=Number(gt=0))] = None,
    confidence: Annotated[float, Parameter(name="--confidence", validator=Number(gte=0.5, lt=1))] = 0.95,
    at_most: AtMost = 1000,
    fresh: Fresh = 200,
    worlds: WorldsOrNone = 200,
    reach: Annotated[float | None, Parameter(name="--reach")] = None,
    set_: Set = (),
    weeks: Weeks = None,
    seed: Seed = 1,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Choose the best bundle of interventions within a budget, with a stated guarantee."""
    from sim.cli.answering import Way
    from sim.cli.changing import given_changes
    from sim.cli.choosing import choose_command

    rule = {"measure": measure, "zone": zone, "confidence": confidence, "at_most": at_most, "fresh": fresh}
    rule |= {"worlds": worlds, "reach": reach, "seed": seed}
    way = Way(engine, scheduler, workers, answer_folder, json)
    return choose_command(name, given_changes(set_, weeks), budget, money, offer, rule, way, lang)


@command
def fit(
    name: Name,
    /,
    *,
    on_time: Annotated[str | None, Parameter(name="--on-time")] = None,
    late: Annotated[str | None, Parameter(name="--late")] = None,
    lead_days: Annotated[str | None, Parameter(name="--lead-days")] = None,
    disputes: Annotated[str | None, Parameter(name="--disputes")] = None,
    target: Annotated[tuple[str, ...], Parameter(name="--target", consume_multiple=False, negative="")] = (),
    survey: Annotated[Path | None, Parameter(name="--from")] = None,
    fitted: Annotated[Path | None, Parameter(name=("--fitted", "-o"))] = None,
    set_: Set = (),
    weeks: Weeks = None,
    fit_points: Annotated[
        int, Parameter(name="--points", converter=whole_number, validator=Number(gte=200, lte=1_000_000))
    ] = 2000,
    fit_rounds: Annotated[int, Parameter(name="--rounds", converter=whole_number, validator=Number(gte=1, lte=20))] = 3,
    seed: Seed = 1,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Say which organizations within the ranges have the figures that are known, and write a scenario that knows."""
    from sim.cli.answering import Way
    from sim.cli.changing import given_changes
    from sim.cli.fitting import Asked, fit_command

    options = {"--on-time": on_time, "--late": late, "--lead-days": lead_days, "--disputes": disputes}
    fields = {"points": fit_points, "rounds": fit_rounds, "seed": seed}
    asked = Asked(options, target, survey, fitted, fields)
    return fit_command(
        name, given_changes(set_, weeks), asked, Way(engine, scheduler, workers, answer_folder, json), lang
    )


@command
def audit(
    *,
    claims: Annotated[Path | None, Parameter(name="--claims")] = None,
    claim: Annotated[tuple[str, ...], Parameter(name="--claim", consume_multiple=False, negative="")] = (),
    worlds: Worlds = 80,
    replications: Replications = 80,
    seed: Seed = 1,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    answer_folder: StoreOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Audit what somebody claims that a measure has done: is it plausible, and what would have to be true?"""
    from sim.cli.answering import Way
    from sim.cli.auditing import audit_command

    way = Way(engine, scheduler, workers, answer_folder, json)
    return audit_command(claims, claim, worlds, replications, seed, way, lang)

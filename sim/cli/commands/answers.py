"""The commands that answer a question by many runs: what matters, what to choose, what fits, whose claims hold."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from sim.cli import completing
from sim.cli.building import command
from sim.cli.options import (
    AnswerOut,
    AtMost,
    EngineName,
    Fresh,
    Json,
    Language,
    Name,
    Scheduler,
    Seed,
    Set,
    Weeks,
    Workers,
)


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
    set_: Set = (),
    weeks: Weeks = None,
    seed: Seed = 1,
    engine: EngineName = None,
    scheduler: Scheduler = None,
    workers: Workers = None,
    answer_folder: AnswerOut = None,
    json: Json = False,
    lang: Language = "en",
) -> int:
    """Choose the best bundle of interventions within a budget, with a stated guarantee."""
    from sim.cli.answering import Way
    from sim.cli.changing import given_changes
    from sim.cli.choosing import choose_command

    rule = {"measure": measure, "zone": zone, "confidence": confidence, "at_most": at_most, "fresh": fresh}
    way = Way(engine, scheduler, workers, answer_folder, json)
    return choose_command(name, given_changes(set_, weeks), budget, money, offer, {**rule, "seed": seed}, way, lang)

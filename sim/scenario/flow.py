"""Checks of how cases move through a process: every step can be reached, every case can get out."""

from collections.abc import Mapping

from sim.scenario.notes import Notes
from sim.spec.findings import Path, shown
from sim.spec.process import END, MAX_GRAPH_STEPS, Process, Step, done_again
from sim.spec.traffic import leaving, next_steps, reached, visits
from sim.words import words

texts = words("checks")
WHAT = words("findings").WHAT

MAX_VISITS = 100_000.0
MAX_ROUNDS = 1000.0
"""Visits of a step in a graph: the kernel counts up to 32,767 of them, which then hardly any case will need."""
TOLERANCE = 1e-6


def check_flow(notes: Notes, process: Process, path: Path) -> bool:
    """Note what is wrong with the way of cases; say whether expected visits can be computed."""
    before = len(notes.findings)
    if END in process.steps:
        notes.error((*path, "steps", END), texts.STEP_CALLED_END.format(end=END))
    (_check_markov if process.markov else _check_graph)(notes, process, path)
    return len(notes.findings) == before


def _check_graph(notes: Notes, process: Process, path: Path) -> None:
    if len(process.steps) > MAX_GRAPH_STEPS:
        notes.error((*path, "steps"), texts.MANY_STEPS.format(count=len(process.steps), most=MAX_GRAPH_STEPS))
    if process.start is not None:
        notes.error((*path, "start"), texts.START_WITHOUT_NEXT)
    for name, step in process.steps.items():
        here = (*path, "steps", name, "needs")
        notes.once(here, step.needs)
        if step.external is not None and step.external.by_next:
            notes.error((*path, "steps", name, "external", "by_next"), texts.WAIT_WITHOUT_NEXT)
        for index, needed in enumerate(step.needs):
            notes.known((*here, index), needed, process.steps, WHAT["step"])
    before = len(notes.findings)
    _check_cycles(notes, process, path)
    if len(notes.findings) == before:
        _check_ways_back(notes, process, path)


def _check_ways_back(notes: Notes, process: Process, path: Path) -> None:
    """Note steps that send back to where no case comes from, or for ever."""
    before = len(notes.findings)
    for name, step in process.steps.items():
        here, back = (*path, "steps", name, "sends_back"), step.sends_back
        if back is None or not notes.known((*here, "to"), back.to, process.steps, WHAT["step"]):
            continue
        if not done_again(process, name):
            notes.error((*here, "to"), texts.BACK_TO_LATER.format(found=back.to, step=name))
        if back.share == 1.0 and back.at_most is None:
            notes.error((*here, "share"), texts.BACK_FOR_EVER)
    if len(notes.findings) == before and max(visits(process).values()) > MAX_ROUNDS:
        notes.error((*path, "steps"), texts.MANY_VISITS.format(most=MAX_ROUNDS))


def _check_cycles(notes: Notes, process: Process, path: Path) -> None:
    """Note every cycle, and every step that waits for one: its join can never complete."""
    needs = {name: [one for one in needed if one in process.steps] for name, needed in process.predecessors().items()}
    stuck = _never_done(needs)
    circling: set[str] = set()
    visited: set[str] = set()
    for name in stuck:
        cycle = _cycle_behind(name, needs, stuck, visited)
        if cycle:
            circling.update(cycle)
            way = " -> ".join([*cycle, cycle[0]])
            notes.error((*path, "steps", cycle[0], "needs"), texts.CYCLE.format(way=way))
    for name in stuck:
        if name not in circling:
            blocked = next(one for one in needs[name] if one in stuck)
            notes.error((*path, "steps", name, "needs"), texts.BEHIND_CYCLE.format(needed=shown(blocked)))


def _never_done(needs: Mapping[str, list[str]]) -> dict[str, None]:
    """Return, in order, the steps left over when all that can be done has been done."""
    followers: dict[str, list[str]] = {name: [] for name in needs}
    missing = {name: len(needed) for name, needed in needs.items()}
    for name, needed in needs.items():
        for one in needed:
            followers[one].append(name)
    ready = [name for name, count in missing.items() if count == 0]
    while ready:
        for follower in followers[ready.pop()]:
            missing[follower] -= 1
            if missing[follower] == 0:
                ready.append(follower)
    return {name: None for name, count in missing.items() if count > 0}


def _cycle_behind(name: str, needs: Mapping[str, list[str]], stuck: Mapping[str, None], visited: set[str]) -> list[str]:
    """Follow what a stuck step waits for until it closes a circle; nothing where that was told already."""
    walked: list[str] = []
    while name not in visited:
        visited.add(name)
        walked.append(name)
        name = next(one for one in needs[name] if one in stuck)
    return walked[walked.index(name) :] if name in walked else []


def _check_markov(notes: Notes, process: Process, path: Path) -> None:
    before = len(notes.findings)
    for name, step in process.steps.items():
        _check_row(notes, process, step, (*path, "steps", name))
    if process.start is not None:
        _check_start(notes, process, (*path, "start"))
    if len(notes.findings) == before:
        _check_ways(notes, process, path)


def _check_row(notes: Notes, process: Process, step: Step, path: Path) -> None:
    if step.needs:
        notes.error((*path, "needs"), texts.NEEDS_AND_NEXT)
    if step.sends_back is not None:
        notes.error((*path, "sends_back"), texts.BACK_AND_NEXT)
    if step.probability != 1.0:
        notes.error((*path, "probability"), texts.PROBABILITY_AND_NEXT)
    if step.due_days is not None:
        notes.error((*path, "due_days"), texts.DUE_AND_NEXT.format(found=step.due_days))
    if step.changeable:
        notes.error((*path, "changeable"), texts.CHANGEABLE_AND_NEXT)
    _check_waits(notes, process, step, (*path, "external", "by_next"))
    row = step.next or {}
    for name in row:
        if name != END:
            notes.known((*path, "next", name), name, process.steps, WHAT["step_or_end"].format(end=END))
    total = sum(row.values())
    if total > 1.0 + TOLERANCE:
        notes.error((*path, "next"), texts.SHARES_ABOVE_ONE.format(total=total))
    elif END in row and total < 1.0 - TOLERANCE:
        notes.error((*path, "next"), texts.SHARES_WITH_END.format(total=total, end=END))


def _check_waits(notes: Notes, process: Process, step: Step, path: Path) -> None:
    """Note waits before steps that do not come next."""
    for name in {} if step.external is None else step.external.by_next:
        steps = WHAT["step_or_end"].format(end=END)
        known = name == END or notes.known((*path, name), name, process.steps, steps)
        if known and name != END and name not in (step.next or {}):
            notes.error((*path, name), texts.WAIT_NOT_NEXT.format(found=shown(name)))


def _check_start(notes: Notes, process: Process, path: Path) -> None:
    rows = process.first_steps()
    for name in rows:
        notes.known((*path, name), name, process.steps, WHAT["step"])
    if abs(sum(rows.values()) - 1.0) > TOLERANCE:
        notes.error(path, texts.START_SHARES.format(total=sum(rows.values())))


def _check_ways(notes: Notes, process: Process, path: Path) -> None:
    """Note steps that no case gets to, and steps that no case gets out of."""
    starts = [name for name, share in process.first_steps().items() if share > 0.0]
    found = reached(starts, next_steps(process))
    out = leaving(process)
    for name in process.steps:
        if name not in found:
            notes.error((*path, "steps", name), texts.NEVER_REACHED)
        elif name not in out:
            notes.error((*path, "steps", name, "next"), texts.NEVER_LEFT)
    if found <= out and max(visits(process).values()) > MAX_VISITS:
        notes.error((*path, "steps"), texts.MANY_VISITS.format(most=MAX_VISITS))

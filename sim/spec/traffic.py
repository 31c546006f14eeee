"""How often a case visits each step: probabilities in a graph process, the traffic equations in a Markov one.

The expected visits v of a Markov process solve v = start + Pᵀ v. The system is sparse and solved as such: step by
step where that converges (tangled routes, which would fill up when factored), else factored (long chains, which stay
sparse), so that ten thousand steps take well under a second.
"""

import math
from collections.abc import Iterable, Mapping

from sim.spec.process import END, Process, done_again, routing

DENSE = 200
"""Up to so many steps a dense solver is quicker than loading the sparse one."""


def reached(starts: Iterable[str], edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Return everything that can be reached from `starts`, the starts included."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges.get(name, ()))
    return seen


def next_steps(process: Process) -> dict[str, list[str]]:
    """Return the steps that may follow each step of a Markov process; unknown names are left out."""
    return {name: [to for to in routing(step) if to in process.steps] for name, step in process.steps.items()}


def leaving(process: Process) -> set[str]:
    """Return the steps of a Markov process from which cases can get out, directly or in the end."""
    before: dict[str, list[str]] = {}
    for name, following in next_steps(process).items():
        for to in following:
            before.setdefault(to, []).append(name)
    exits = (name for name, step in process.steps.items() if sum(routing(step).values()) < 1.0 - 1e-9)
    return reached(exits, before)


def visits(process: Process) -> dict[str, float]:
    """Return the expected number of visits of a case to each step.

    A Markov process must be able to leave from everywhere it can get to; `sim.scenario.check` says so where it cannot.
    """
    if not process.markov:
        return _of_graph(process)
    names = list(process.steps)
    place = {name: index for index, name in enumerate(names)}
    rows: list[int] = []
    columns: list[int] = []
    shares: list[float] = []
    for name, step in process.steps.items():
        for to, share in routing(step).items():
            rows.append(place[to])
            columns.append(place[name])
            shares.append(share)
    start = [0.0] * len(names)
    for name, share in process.first_steps().items():
        if name != END:
            start[place[name]] = share
    solved = _solve(rows, columns, shares, start)
    return {name: max(0.0, float(value)) for name, value in zip(names, solved, strict=True)}


def returns(process: Process) -> dict[str, float]:
    """Return how often each step of a graph that sends back does so, for a case that skips no such step."""
    backs = {name: step.sends_back for name, step in process.steps.items() if step.sends_back is not None}
    if not backs:
        return {}
    names = list(backs)
    again = {name: done_again(process, name) for name in names}
    # a round follows another with chance q, which makes q / (1 - q) rounds of its own
    chance = [1.0 if math.isinf(one.usual) else one.usual / (1.0 + one.usual) for one in backs.values()]
    rows = [i for i, name in enumerate(names) for other in names if name in again[other]]
    columns = [j for name in names for j, other in enumerate(names) if name in again[other]]
    rounds = _solve(rows, columns, [chance[j] for j in columns], [1.0] * len(names))
    return {name: one * q for name, one, q in zip(names, rounds, chance, strict=True)}


def _of_graph(process: Process) -> dict[str, float]:
    """Return visits of a graph; those who skip one of several steps that send back are told apart for it alone."""
    often = dict.fromkeys(process.steps, 1.0)
    for sender, times in returns(process).items():
        for name in done_again(process, sender):
            often[name] += times * (1.0 if name == sender else process.steps[sender].probability)
    return {name: step.probability * often[name] for name, step in process.steps.items()}


def _solve(rows: list[int], columns: list[int], shares: list[float], start: list[float]) -> Iterable[float]:
    import numpy as np

    size = len(start)
    if size <= DENSE:
        matrix = np.eye(size)
        np.subtract.at(matrix, (rows, columns), shares)
        dense: list[float] = np.linalg.solve(matrix, np.asarray(start)).tolist()
        return dense
    from scipy.sparse import csc_matrix, identity
    from scipy.sparse.linalg import bicgstab, spsolve

    system = (identity(size, format="csc") - csc_matrix((shares, (rows, columns)), shape=(size, size))).tocsc()
    right = np.asarray(start)
    found, failed = bicgstab(system, right, rtol=1e-12, maxiter=1000)
    sparse: list[float] = (spsolve(system, right) if failed else found).tolist()
    return sparse

"""The network on deptsim and its peers, and the same network from ten to ten thousand departments."""

from __future__ import annotations

import gc
import time
from importlib import util

from bench import c_peer, ours
from bench.contest import Contestant, Score, agrees, contest, deviations, over, spread
from bench.network import W1, Network, scenario, theory
from bench.table import Row, Target, not_available
from sim.compile import compile_scenario
from sim.outcome import start

KERNEL, PATH = "deptsim, kernel alone", "deptsim, scenario and all measures"
SIZES = ((10, 3000.0), (100, 300.0), (1000, 60.0), (10_000, 20.0))
"""Departments, and hours for a few hundred thousand events or more."""

TARGETS = {KERNEL: Target(2.0), PATH: Target(3.0), 1000: Target(3.5), 10_000: Target(4.0)}
"""Times C's that are expected, of the yardstick and of so many departments."""

OURS = "how often deptsim is faster"


def contestants(quick: bool = False) -> list[Contestant]:
    """Return everybody, those who are slow only if there is time."""
    everybody = [
        Contestant(KERNEL, ours.play_kernel, ours.read_kernel, runs=10),
        Contestant(PATH, ours.play_scenario, ours.read_scenario),
        Contestant("C", c_peer.play, c_peer.read, runs=20, missing=c_peer.missing()),
        _simpy(),
        _ciw(),
        *_mesa(),
    ]
    return [one for one in everybody if not quick or one.name not in ("Ciw", "Mesa, fixed step")]


def _absent(name: str, package: str) -> Contestant | None:
    if util.find_spec(package):
        return None
    return Contestant(name, c_peer.play, c_peer.read, missing=f"{package} is not installed")


def _simpy() -> Contestant:
    absent = _absent("SimPy", "simpy")
    if absent:
        return absent
    from bench import simpy_peer

    return Contestant("SimPy", simpy_peer.play, simpy_peer.read)


def _ciw() -> Contestant:
    absent = _absent("Ciw", "ciw")
    if absent:
        return absent
    from bench import ciw_peer

    return Contestant("Ciw", ciw_peer.play, ciw_peer.read)


def _mesa() -> tuple[Contestant, Contestant]:
    from bench import mesa_peer

    return (
        Contestant("Mesa, scheduled events", mesa_peer.play_events, mesa_peer.read),
        Contestant("Mesa, fixed step", mesa_peer.play_steps, mesa_peer.read, exact=False),
    )


def yardstick(rounds: int, quick: bool) -> list[Row]:
    """Return a row for everybody: time per completion, as multiple of C's, and against theory."""
    scores = {score.contestant.name: score for score in contest(contestants(quick), W1, rounds)}
    rows = [_against_c(score, scores["C"]) for score in scores.values()]
    targets = {"SimPy": Target(70.0, least=True), "Ciw": Target(200.0, least=True)}
    rows += [
        Row(f"{name} over {KERNEL}", None, ratio=over(score.micros, scores[KERNEL].micros), against=OURS,
            target=targets.get(name))
        for name, score in scores.items()
        if score.micros and name not in (KERNEL, PATH, "C")
    ]  # fmt: skip
    return rows


def _against_c(score: Score, c: Score) -> Row:
    one = score.contestant
    if one.missing:
        return not_available(one.name, one.missing)
    ratio = over(score.micros, c.micros) if c.micros and one.name != "C" else None
    return Row(one.name, spread(score.micros), "µs/completion", ratio, "C", TARGETS.get(one.name), _theory(score))


def _theory(score: Score) -> str:
    """Say how the means compare with theory."""
    off, exact = deviations(score, W1), theory(W1)
    shares = f"L {off.number:+.1%}, sojourn {off.sojourn:+.1%}, wait {off.wait:+.1%}"
    if not score.contestant.exact:
        return f"biased: {shares}"
    if agrees(score, W1):
        return f"agrees with theory: {shares}"
    return f"WRONG, theory says L {exact.number:.2f}, sojourn {exact.sojourn:.3f}, wait {exact.wait:.3f}: {shares}"


def sizes(rounds: int, quick: bool) -> list[Row]:
    """Return the time per event for networks of growing size, beside C, and of what has to be done before."""
    rows: list[Row] = []
    for departments, hours in SIZES[: 3 if quick else None]:
        rows += size(Network(departments, hours, warmup=0.0), rounds if departments <= 1000 else min(rounds, 3))
    return rows


def size(network: Network, rounds: int) -> list[Row]:
    """Return the rows of one size; the first run, whose tables the system has to find room for, is left out."""
    begun = time.process_time()
    written = scenario(network)
    checked = time.process_time()
    compiled = compile_scenario(written)
    prepared = time.process_time()
    mine: list[float] = []
    theirs: list[float] = []
    for number in range(rounds + 1):
        machine = None  # its memory is for the next
        gc.collect()
        machine = start(compiled, 1, number)
        mine.append(1e6 / ours.events_per_second(machine, network.hours))
        if not c_peer.missing():
            theirs.append(c_peer.micros(network, number))
    n = f"{network.departments:,} departments"
    ratio = over(mine[1:], theirs[1:]) if theirs else None
    return [
        Row(n, spread(mine[1:]), "µs/event", ratio, "C", TARGETS.get(network.departments),
            f"{machine.state.now[0]['handled']:,} events"),
        Row(f"{n}: checking", spread([checked - begun]), "s"),
        Row(f"{n}: compiling to tables", spread([prepared - checked]), "s"),
    ]  # fmt: skip

"""Which steps one case goes through for which a plan is made, and what each of them waits for.

It needs whatever only some cases need, and nothing is sent back. Where cases move by chance it goes the likeliest way,
until it would come to a step once more.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.spec.process import END, Process, routing


def way_of(process: Process) -> dict[str, tuple[str, ...]]:
    """Return what each step of a plan waits for, those that come first before the others."""
    return _likeliest(process) if process.markov else in_order(process.predecessors())


def in_order(needs: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return steps with what they need, each behind all that it needs."""
    found: dict[str, tuple[str, ...]] = {}
    while len(found) < len(needs):
        found |= {one: needs[one] for one in needs if one not in found and all(other in found for other in needs[one])}
    return found


def _likeliest(process: Process) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    before: tuple[str, ...] = ()
    step = _most({name: share for name, share in process.first_steps().items() if name != END})
    while step is not None and step not in found:
        found[step] = before
        before = (step,)
        after = routing(process.steps[step])
        leaves = 1.0 - sum(after.values())
        step = None if leaves > max(after.values(), default=0.0) else _most(after)
    return found


def _most(shares: Mapping[str, float]) -> str | None:
    return max(shares, key=lambda name: shares[name], default=None)


def followers(needs: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Return which steps wait for each."""
    found: dict[str, list[str]] = {name: [] for name in needs}
    for name, needed in needs.items():
        for one in needed:
            found[one].append(name)
    return found


def until(needs: Mapping[str, tuple[str, ...]], last: str | None) -> set[str]:
    """Return the steps that have to be done for one of them, itself included; all where it is none of them."""
    if last is None or last not in needs:
        return set(needs)
    seen: set[str] = set()
    waiting = [last]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(needs[one])
    return seen

"""Dated changes from outside: people who held a relationship leave, vacancies open and are filled."""

from sim.kernel.jit import inline, routine
from sim.kernel.links import find_link, touch
from sim.kernel.mechanisms.trust import after_parting, left_with
from sim.kernel.requests import mark
from sim.vocab import Lever, Shock


@inline
def _part(s, p, i, j, share):
    """Let department `i` lose the people who knew `j`: what they understood, agreed on, and were trusted with."""
    k = find_link(s, p, i, j)
    if k >= 0 and share > 0.0:
        touch(s, i, k)
        link = s.links[k]
        lever = s.departments[i]["lever"]
        link["trust"] = after_parting(link["trust"], share, lever[Lever.TRUST_BASELINE])
        link["understanding"] = left_with(link["understanding"], share, lever[Lever.KNOWLEDGE_BASE])
        link["synced"] -= share * link["synced"]


@routine
def on_shock(s, p, k):
    """Let shock `k` happen; a relationship is lost on both sides, since each knew the other's people."""
    shock = p.shocks[k]
    if shock["kind"] == Shock.PARTING:
        _part(s, p, shock["dept"], shock["other"], shock["amount"])
        _part(s, p, shock["other"], shock["dept"], shock["amount"])
    else:
        dept = s.departments[shock["dept"]]
        dept["staff"] = max(0, dept["staff"] + int(shock["amount"]))
        mark(s, shock["dept"])

"""Dated changes from outside: people who held a relationship leave, vacancies open and are filled, orders come in.

People whom an intervention brings come and go with it.
"""

from sim.kernel.demand import on_urgent_order
from sim.kernel.jit import routine
from sim.kernel.links import part
from sim.kernel.people import come_or_go, season
from sim.kernel.requests import mark
from sim.vocab import Shock


@routine
def on_shock(s, p, k, time):
    """Let shock `k` happen; a relationship is lost on both sides, since each knew the other's people."""
    shock = p.shocks[k]
    if shock["kind"] == Shock.PARTING:
        part(s, p, shock["dept"], shock["other"], shock["amount"])
        part(s, p, shock["other"], shock["dept"], shock["amount"])
    elif shock["kind"] == Shock.ORDER:
        on_urgent_order(s, p, shock["dept"], shock["id"], time)
    elif shock["switch"] < 0 or s.switches[shock["switch"]]["on"]:
        dept = s.departments[shock["dept"]]
        come_or_go(dept, int(shock["amount"]))
        season(s, p, shock["dept"])
        mark(s, shock["dept"])

"""Before a case ends: whoever finished the last step may go through it once more, and defects still go back."""

from sim.kernel.draws import NOBODY, NOWHERE, ZERO, uniform
from sim.kernel.flow import conclude
from sim.kernel.jit import inline, routine
from sim.kernel.mechanisms.inspection import acceptance_probability
from sim.kernel.repair import send_back
from sim.kernel.requests import ACCEPT
from sim.vocab import Lever, Purpose


@inline
def turns_up(s, defect, d):
    """Decide whether department `d` finds a defect when it accepts the case; once overlooked, it stays so."""
    lever = s.departments[d]["lever"]
    u = uniform(defect["luck"], NOWHERE, Purpose.ACCEPT, NOBODY, ZERO, ZERO)
    return u < acceptance_probability(lever[Lever.ACCEPTANCE], lever[Lever.DETECTION])


@routine
def accept(s, p, r, time):
    """Stage ACCEPT: look for what nobody has noticed; the first found is mended, and the next is looked for."""
    row = s.requests[r]
    before = NOBODY
    k = s.cases[row["case"]]["defects"]
    while k >= 0:
        defect = s.defects[k]
        if turns_up(s, defect, row["home"]):
            send_back(s, p, r, k, before, time)
            row["resume"] = ACCEPT
            return
        before = k
        k = defect["link"]
    conclude(s, p, r, time)

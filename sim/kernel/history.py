"""What is kept of a case when it is closed: its row in the history, and the lines of its ledger."""

from sim.kernel.cases import N_CASE_COUNTS, N_CASE_HOURS
from sim.kernel.jit import inline
from sim.kernel.pointers import lowest


@inline
def write_history(s, c):
    """Write down what is kept of case `c`."""
    case = s.cases[c]
    row = s.history[case["number"]]
    row["key"] = case["key"]
    row["arrival"] = case["arrival"]
    row["promise"] = case["promise"]
    row["target"] = case["target"]
    row["finish"] = case["finish"]
    row["complexity"] = case["complexity"]
    for k in range(N_CASE_HOURS):
        row["hours"][k] = case["hours"][k]
    row["process"] = case["process"]
    row["ordinal"] = case["ordinal"]
    for k in range(N_CASE_COUNTS):
        row["count"][k] = case["count"][k]
    row["frozen"] = case["frozen"]


@inline
def write_ledger(s, r):
    """Write down where the time of the case of request `r` went, as far as there is anything to say."""
    now = s.now[0]
    row = s.requests[r]
    spent = row["spent"]
    n = now["n_lines"]
    cells = row["cells"]
    while cells != 0:
        k = lowest(cells)
        cells &= cells - 1
        if spent[k] != 0.0:
            line = s.lines[n]
            line["case"] = s.cases[row["case"]]["number"]
            line["cell"] = k
            line["hours"] = spent[k]
            n += 1
    now["n_lines"] = n

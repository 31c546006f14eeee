"""The queue of a department: a sorted list for those who overtake nobody, and a pairing heap for the others.

Both run through the request rows themselves. Most requests are filed behind all others, which the list does at no cost;
the heap files in constant time and takes out the first or any other request in O(log n) amortized (Fredman, Sedgewick,
Sleator & Tarjan 1986; Iacono 2000). The key is static; equal keys go by order of filing.
"""

import numpy as np

from sim.kernel.jit import inline
from sim.kernel.mechanisms.service import hours_a_head
from sim.vocab import Kind

LISTED = np.int64(-2)
"""What stands for the first child of a request that is in the list."""


@inline
def before(q, a, b):
    """Tell whether request `a` is served before `b`."""
    x = q[a]
    y = q[b]
    return x["q_key"] < y["q_key"] or (x["q_key"] == y["q_key"] and x["q_seq"] < y["q_seq"])


@inline
def _meld(q, a, b):
    """Make the later of two roots the first child of the earlier; return the earlier."""
    if before(q, b, a):
        a, b = b, a
    child = q[a]["q_child"]
    q[b]["q_prev"] = a
    q[b]["q_next"] = child
    if child >= 0:
        q[child]["q_prev"] = b
    q[a]["q_child"] = b
    return a


@inline
def _meld_children(q, first):
    """Combine a list of siblings: pairs from the left, then the pairs from the right."""
    pairs = np.int64(-1)
    while first >= 0:
        a = first
        b = q[a]["q_next"]
        first = np.int64(-1)
        if b >= 0:
            first = q[b]["q_next"]
            q[a]["q_next"] = -1
            q[b]["q_next"] = -1
            a = _meld(q, a, b)
        q[a]["q_next"] = pairs
        pairs = a
    root = np.int64(-1)
    while pairs >= 0:
        a = pairs
        pairs = q[a]["q_next"]
        q[a]["q_next"] = -1
        root = a if root < 0 else _meld(q, root, a)
    if root >= 0:
        q[root]["q_prev"] = -1
    return root


@inline
def insert(s, d, r):
    """File request `r`, whose key is set, in the queue of department `d`."""
    row = s.requests[r]
    dept = s.departments[d]
    row["q_seq"] = s.now[0]["sequence"]
    s.now[0]["sequence"] += 1
    row["q_next"] = -1
    tail = dept["tail"]
    if tail < 0 or row["q_key"] >= s.requests[tail]["q_key"]:
        row["q_child"] = LISTED
        row["q_prev"] = tail
        if tail < 0:
            dept["head"] = r
        else:
            s.requests[tail]["q_next"] = r
        dept["tail"] = r
        if dept["work_from"] < 0:
            dept["work_from"] = r
    else:
        row["q_child"] = -1
        row["q_prev"] = -1
        root = dept["root"]
        dept["root"] = r if root < 0 else _meld(s.requests, root, r)
        dept["works"] += row["kind"] == Kind.WORK
    dept["waiting"] += 1
    dept["waiting_hours"] += row["work"] + row["extra"]


@inline
def _forget(s, d, r):
    dept = s.departments[d]
    dept["waiting"] -= 1
    dept["waiting_hours"] -= s.requests[r]["work"] + s.requests[r]["extra"]
    if dept["waiting"] == 0:
        dept["waiting_hours"] = 0.0  # no rounding is carried from one busy period to the next


@inline
def hours_ahead(s, d):
    """Return the open hours that the people of department `d` will need for what waits, at their skill and pace."""
    dept = s.departments[d]
    return hours_a_head(dept["waiting_hours"], dept["skill"], dept["productivity"], dept["staff"])


@inline
def _unlist(s, d, r):
    """Take a request out of the list."""
    q = s.requests
    dept = s.departments[d]
    left = q[r]["q_prev"]
    right = q[r]["q_next"]
    if dept["work_from"] == r:
        dept["work_from"] = right
    if left < 0:
        dept["head"] = right
    else:
        q[left]["q_next"] = right
    if right < 0:
        dept["tail"] = left
    else:
        q[right]["q_prev"] = left


@inline
def pop(s, d):
    """Take the first request out of the queue of department `d`, which must not be empty."""
    dept = s.departments[d]
    r = dept["head"]
    root = dept["root"]
    if root < 0 or (r >= 0 and before(s.requests, r, root)):
        _unlist(s, d, r)
    else:
        r = root
        dept["root"] = _meld_children(s.requests, s.requests[r]["q_child"])
        dept["works"] -= s.requests[r]["kind"] == Kind.WORK
    _forget(s, d, r)
    return r


@inline
def withdraw(s, d, r):
    """Take any request out of the queue of department `d`."""
    q = s.requests
    dept = s.departments[d]
    if q[r]["q_child"] == LISTED:
        _unlist(s, d, r)
        _forget(s, d, r)
        return
    dept["works"] -= q[r]["kind"] == Kind.WORK
    rest = _meld_children(q, q[r]["q_child"])
    if dept["root"] == r:
        dept["root"] = rest
    else:
        left = q[r]["q_prev"]
        right = q[r]["q_next"]
        if q[left]["q_child"] == r:
            q[left]["q_child"] = right
        else:
            q[left]["q_next"] = right
        if right >= 0:
            q[right]["q_prev"] = left
        if rest >= 0:
            dept["root"] = _meld(q, dept["root"], rest)
    _forget(s, d, r)


@inline
def first_listed_work(s, d):
    """Return the first step of a case in the list of department `d`, or -1; what comes before is not looked at again.

    The list grows at its end only, so what has been passed stays behind.
    """
    q = s.requests
    r = s.departments[d]["work_from"]
    while r >= 0 and q[r]["kind"] != Kind.WORK:
        r = q[r]["q_next"]
    s.departments[d]["work_from"] = r
    return r


@inline
def some(s, d):
    """Return where a walk through the queue of department `d` begins, or -1 where nobody waits."""
    dept = s.departments[d]
    return dept["head"] if dept["head"] >= 0 else dept["root"]


@inline
def following(s, d, r):
    """Return the request after `r` on a walk through its queue (in no particular order), or -1 at the end."""
    q = s.requests
    if q[r]["q_child"] == LISTED:
        return q[r]["q_next"] if q[r]["q_next"] >= 0 else s.departments[d]["root"]
    return q[r]["q_child"] if q[r]["q_child"] >= 0 else beyond(s, r)


@inline
def beyond(s, r):
    """Return the request of the heap after `r` on a walk that leaves out what comes after `r`, or -1 at the end."""
    q = s.requests
    while r >= 0 and q[r]["q_next"] < 0:
        left = q[r]["q_prev"]
        while left >= 0 and q[left]["q_child"] != r:
            r = left
            left = q[r]["q_prev"]
        r = left
    return q[r]["q_next"] if r >= 0 else -1

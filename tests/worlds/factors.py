"""Factors, and a design of each kind over them."""

from sim.experiments.axes import Axis

SWITCHES = [Axis(name, (False, True)) for name in ("raci", "standup", "kpi", "liaison", "okr", "board", "sop")]
"""Interventions that are there or not."""

LEVELED = [SWITCHES[0], Axis("minutes", (0, 15, 30))]
"""One of them, and a dose."""

MIXED = [*LEVELED, Axis("load", low=0.7, high=0.95), Axis("staff", low=3, high=9, whole=True, now=5)]
"""These, and two ranges."""

CASES = [
    ({"kind": "points", "points": [{"raci": True}, {"load": 0.8, "staff": 4}, {"minutes": 30}]}, MIXED),
    ({"kind": "full_factorial", "steps": 3}, MIXED),
    ({"kind": "fractional_factorial"}, SWITCHES),
    ({"kind": "fractional_factorial", "generator": "a b c ab -ac BC +abc"}, SWITCHES),
    ({"kind": "plackett_burman"}, [*SWITCHES, MIXED[2]]),
    ({"kind": "plackett_burman", "folded": True}, SWITCHES),
    ({"kind": "latin_hypercube", "points": 12}, MIXED),
    ({"kind": "latin_hypercube", "points": 5, "optimized": True}, MIXED[:3]),
    ({"kind": "latin_hypercube", "points": 6, "crossed": ["minutes", "raci"]}, MIXED),
    ({"kind": "sobol_sequence", "points": 8}, MIXED),
    ({"kind": "one_at_a_time"}, MIXED),
    ({"kind": "one_at_a_time", "steps": 4}, MIXED),
    ({"kind": "morris", "trajectories": 3}, MIXED),
    ({"kind": "morris", "trajectories": 3, "crossed": ["minutes"]}, MIXED),
    ({"kind": "sobol_indices", "samples": 4}, MIXED),
    ({"kind": "sobol_indices", "samples": 4, "together": ["load", "staff"], "crossed": ["raci"]}, MIXED),
    ({"kind": "dose_response", "factor": "minutes", "at": "raci"}, LEVELED),
]
"""A design as it is written, and its factors."""

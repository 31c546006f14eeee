"""Two desks that may send a task to each other, and an office behind them: an organization whose log is read."""

import sim


def desks(weeks=26.0, **levers):
    """Return it with some levers otherwise."""
    said = {
        "name": "desks",
        "horizon_weeks": weeks,
        "departments": {"north": {"staff": 4}, "south": {"staff": 4}, "office": {"staff": 3}},
        "processes": {
            "case": {
                "demand": {"per_week": 20},
                "steps": {
                    "take": {
                        "R": "north",
                        "contested_by": ["south"],
                        "work": 1.0,
                        "next": {"check": 0.7, "settle": 0.3},
                    },
                    "check": {"R": "office", "work": 0.5, "next": {"settle": 1.0}},
                    "settle": {"R": "south", "contested_by": ["north"], "work": 1.0, "next": {"end": 1.0}},
                },
            }
        },
        "levers": {"preset": "neutral", "misrouting": 0.5, "clarity": 0.3, "latency_spread": 1.2, **levers},
    }
    return sim.Scenario.model_validate(said)

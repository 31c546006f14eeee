"""A scenario whose words are made of what markup, signs, formats and formulas are made of."""

NASTY = r"[/red] [b]x[/b] [A] [link=http://x]y[/link] :smile: :x: {z} {0} $a_b$ <i>&amp;</i> \[u] %s __ '"
"""What markup, signs, formats and formulas are made of."""


def nasty(what: str) -> dict[str, str]:
    """Return words in both languages that say where they stand."""
    return {"en": f"{what} {NASTY}", "zh": f"{what} 词 {NASTY}"}


WORLD = {
    "name": "nasty",
    "title": nasty("title"),
    "description": nasty("description"),
    "departments": {
        "front": {
            "label": nasty("front"),
            "staff": 2,
            "kpis": [{"measures": "volume", "target": 20}],
            "pools": {"chief": {"label": nasty("chief"), "hours_per_week": 5}},
        },
        "back": {"label": nasty("back"), "staff": 4, "own_work": {"share": 0.3}},
    },
    "management": "front",
    "processes": {
        "job": {
            "label": nasty("process"),
            "demand": {"per_week": 10},
            "target_days": 10,
            "steps": {
                "sign": {"label": nasty("step"), "R": "front", "A": "front.chief", "C": ["back"], "work": 4.0},
                "make": {"R": "back", "I": ["front"], "work": 8.0},
            },
        }
    },
    "shocks": [{"kind": "surge", "week": 3, "process": "job"}],
    "measures": ["on_time_target", "kpi_front"],
    "horizon_weeks": 6,
    "warmup_weeks": 2,
    "compare": [
        {
            "label": nasty("first"),
            "with": ["raci", "shared_kpi", "shared_board", "daily_standup", "response_agreement"],
        },
        {"label": nasty("second"), "with": [{"kind": "custom", "name": NASTY[:80]}]},
    ],
}

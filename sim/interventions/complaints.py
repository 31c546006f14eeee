"""What people complain about, by root: from here a reader finds the interventions that may help."""

from typing import Literal, get_args

from sim.words import Text, words

_TEXTS = words("complaints")

Root = Literal["goals", "responsibility", "information", "trust"]
"""The four roots of trouble between departments."""

ROOTS: tuple[Root, ...] = get_args(Root)

COMPLAINTS: dict[str, Root] = {
    "own_numbers": "goals",
    "promises": "goals",
    "all_urgent": "goals",
    "scarce_people": "goals",
    "nobody_responsible": "responsibility",
    "waiting": "responsibility",
    "stuck": "responsibility",
    "heavy_procedures": "responsibility",
    "late_changes": "responsibility",
    "late_news": "information",
    "misread": "information",
    "unseen": "information",
    "goods_missing": "information",
    "same_again": "information",
    "routine": "information",
    "quarrels": "trust",
    "worst_expected": "trust",
    "one_person": "trust",
    "people_leave": "trust",
    "does_not_last": "trust",
}
"""Every complaint with its root; their words stand in ``complaints.toml`` by the same names."""


def complaint(name: str) -> Text:
    """Return a complaint as people say it."""
    said: Text = _TEXTS.COMPLAINTS[name]
    return said


def root(name: str) -> Text:
    """Return what is behind the complaints of a root."""
    said: Text = _TEXTS.ROOTS[name]
    return said

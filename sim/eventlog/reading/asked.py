"""What is asked of a reading: which columns are named, on which clock, and by whom people are grouped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from sim.spec.findings import TextError, shortened
from sim.spec.nearest import did_you_mean
from sim.words import words

texts = words("logread")


@dataclass(frozen=True)
class Asked:
    """What is not to be guessed.

    Attributes
    ----------
    columns
        Names of columns by what they are.
    groups
        The group of each resource.
    zone
        On whose clock people work.
    day_first
        What 3/7/2026 means.
    sheet
        Of a workbook.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] | None = None
    zone: str | None = None
    day_first: bool | None = None
    sheet: str | None = None


def check_zone(zone: str) -> None:
    """Refuse what is no time zone."""
    if not is_zone(zone):
        raise TextError(texts.NO_ZONE.format(found=shortened(zone), hint=did_you_mean(zone, _zones())))


def is_zone(zone: str) -> bool:
    """Tell whether the IANA knows a zone of this name."""
    try:
        ZoneInfo(zone)
    except (OSError, ValueError, KeyError):
        return False
    return bool(zone)


@cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))

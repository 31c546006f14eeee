"""What is on the screen of a scenario, decided once: measures, series, the week that is played, units and digits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from sim.report.numbers import unit_of
from sim.report.reasons import WORTH
from sim.scenario import Scenario
from sim.spec.measured import measure_specs, process_specs
from sim.spec.measures import MeasureSpec
from sim.study.reported import headline_measures
from sim.tables import TABLES, Column
from sim.vocab import LEDGER_PARTS, UNFINISHED
from sim.words import Text, words

_TERMS = words("terminal")

BIG = ("on_time_target", "lead_time_mean", "conflicts_per_100", "coordination_hours")
"""The big numbers, where an organization has them."""

SHOWN = 4
DAY = 24.0

PARTS = (*LEDGER_PARTS, UNFINISHED)
"""The parts of a ledger, in its order; closed hours are left out of all sums, and stand there for timelines."""

SERIES: tuple[Column, ...] = TABLES["timeline"].columns
"""What is shown week by week."""

DIGITS: Mapping[str, int] = {"share": 0, "days": 1, "hours": 1, "per week": 1}
"""Decimals of numbers, by unit; of all others, none."""


def measures_shown(scenario: Scenario) -> tuple[str, ...]:
    """Return the four measures on the screen: the first headline of the scenario, and the big ones.

    Where a big one is not to be had, or the headline is that of one process, the next headline stands in its place.
    """
    specs, headlines = specs_shown(scenario), headline_measures(scenario)
    dated = is_dated(scenario)
    first = next((name for name in headlines if name in specs), "")
    usual = [name for name in BIG if (dated or name != "on_time_target") and not first.startswith(f"{name}.")]
    return tuple(name for name in dict.fromkeys((first, *usual, *headlines, "trust")) if name in specs)[:SHOWN]


def is_dated(scenario: Scenario) -> bool:
    """Tell whether customers want any case by a date."""
    return any(one.target is not None for one in scenario.processes.values())


def series_shown(scenario: Scenario) -> tuple[Column, ...]:
    """Return what is told week by week; where nobody wants anything by a date, not how much of it is on time."""
    return tuple(one for one in SERIES if one.name != "on_time_target" or is_dated(scenario))


def specs_shown(scenario: Scenario) -> dict[str, MeasureSpec]:
    """Return every measure that may be on the screen, those of single processes included."""
    return measure_specs(scenario) | process_specs(scenario)


def in_hours(scenario: Scenario) -> bool:
    """Tell whether customers count in hours: the file says so of every date that they want."""
    dated = [one for one in scenario.processes.values() if one.target is not None]
    return bool(dated) and all(one.target_days is None for one in dated)


def in_days(spec: MeasureSpec, scenario: Scenario) -> bool:
    """Tell whether a measure in hours is shown in days: what lasts from arrival to finish, unless that is hours."""
    return spec.name.startswith("lead_time") and not in_hours(scenario)


def worth_naming(scenario: Scenario) -> float:
    """Return the hours below which no part of a case is worth naming."""
    return WORTH * scenario.pace


def hour_digits(scenario: Scenario) -> int:
    """Return how many decimals hours of a case have: none where half an hour is worth naming, two where a minute is."""
    return max(0, math.ceil(-math.log10(worth_naming(scenario) / WORTH) - 1e-9))


def factor(spec: MeasureSpec, scenario: Scenario) -> float:
    """Return by what a measure is multiplied to be shown in its unit."""
    if spec.unit == "share":
        return 100.0
    return 1.0 / DAY if in_days(spec, scenario) else 1.0


def units(spec: MeasureSpec, scenario: Scenario) -> tuple[Text, Text, int]:
    """Return the unit of a measure, that of its differences, and how many decimals it has."""
    if in_days(spec, scenario):
        return _TERMS.UNITS["days"], _TERMS.DIFFERENCE_UNITS["days"], DIGITS["days"]
    digits = DIGITS.get(spec.unit, 0)
    if spec.name.startswith("lead_time"):
        digits = max(digits, hour_digits(scenario))
    return unit_of(spec), unit_of(spec, difference=True), digits


def series_unit(column: Column) -> Text:
    """Return the unit of a series."""
    return _TERMS.UNITS[column.unit] if column.unit else Text("", "")


def series_factor(column: Column) -> float:
    """Return by what a series is multiplied to be shown in its unit."""
    return 100.0 if column.unit == "share" else 1.0


def plain(value: Any, digits: int) -> float | int | None:
    """Return a number rounded, whole where it is; None where it is not defined."""
    return None if value is None or not math.isfinite(value) else neat(value, digits)


def neat(value: float, digits: int = 6) -> float | int:
    """Return a number rounded, whole where it is."""
    found = round(float(value), digits)
    return int(found) if found == int(found) else found


def plains(values: Iterable[Any], digits: int) -> list[float | int | None]:
    """Return numbers rounded, as `plain` does."""
    return [plain(one, digits) for one in np.asarray(list(values), dtype=float).tolist()]


def places(names: Sequence[str]) -> dict[str, int]:
    """Return where each name stands."""
    return {name: place for place, name in enumerate(names)}


def played_index(scenario: Scenario) -> int:
    """Return the week that is played, counted from when counting begins: the one in the middle."""
    return int(scenario.horizon_weeks // 2)

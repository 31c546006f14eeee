"""The frame of a scenario: what all answers have in common, and the document of the page has in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from typing import Any

from sim.frames import KINDS
from sim.report.reasons import spelled
from sim.report.shown import OUTSIDE, outside_called
from sim.results import circumstances
from sim.scenario import Scenario
from sim.scenario.dealings import planned_traffic
from sim.scenario.outline import size_of
from sim.scenario.positions import positions_of
from sim.spec.base import text_of
from sim.spec.sites import called_at
from sim.vocab import WEEK
from sim.web.catalogue import bundles_of, catalogue_of, own_figures, switches_of
from sim.web.shown import (
    PARTS,
    hour_digits,
    in_hours,
    measures_shown,
    places,
    played_index,
    series_shown,
    series_unit,
    specs_shown,
    units,
    worth_naming,
)
from sim.words import LANGUAGES, Language, table, words

_TEXTS = words("catalogue")

VERSION = 1
"""Of the form of frames, answers and weeks."""

PAGE = ("page", "playing", "story")
"""The subjects of words that the page asks for by key."""


def frame_of(scenario: Scenario, number: int, seed: int) -> dict[str, Any]:
    """Return what all answers about a scenario have in common, as plain data.

    Parameters
    ----------
    scenario : Scenario
        The organization as it is.
    number : int
        The replication that is played.
    seed : int
        Chooses the luck.

    Examples
    --------
    >>> from sim.web.frame import frame_of
    >>> frame = frame_of(sim.load("order_delivery"), number=6, seed=1)
    >>> frame["played"], frame["departments"][0]["label"]["en"]
    ({'number': 6, 'week': 26, 'index': 25}, 'Sales')
    """
    index = played_index(scenario)
    return {
        "v": VERSION,
        "scenario": scenario.name,
        "title": text_of(scenario.title, scenario.name).by_language(),
        "people": size_of(scenario)[1],
        "played": {"number": number, "week": index + 1, "index": index},
        "weeks": {"horizon": int(scenario.horizon_weeks), "warmup": int(scenario.warmup_weeks)},
        "in_hours": in_hours(scenario),
        "hours": _hours(scenario),
        "calendar": _calendar(scenario),
        **_organization(scenario),
        "kinds": list(KINDS),
        "parts": list(PARTS),
        **_numbers(scenario),
        "switches": switches_of(scenario),
        "catalogue": catalogue_of(scenario),
        "bundles": bundles_of(scenario),
        "figures": own_figures(scenario),
        "words": {lang: {**words_of(lang), **_own_words(scenario, lang)} for lang in LANGUAGES},
        "manifest": manifest_of(scenario, seed),
    }


def _own_words(scenario: Scenario, lang: Language) -> dict[str, str]:
    """Return the words of the page that a scenario says otherwise: what it calls the time that passes outside."""
    outside = outside_called(scenario)
    return {} if outside is None else {f"LEDGER.{OUTSIDE}": outside.get(lang)}


def _hours(scenario: Scenario) -> dict[str, Any]:
    """Return how finely hours of a case are told, and from how many on they are worth naming."""
    worth = worth_naming(scenario)
    said = {lang: spelled(worth, lang) for lang in LANGUAGES}
    return {"digits": hour_digits(scenario), "worth": worth, "said": said}


def manifest_of(scenario: Scenario, seed: int) -> dict[str, Any]:
    """Return by what answers are told apart: the scenario, the version of the product, its kernel, and the luck."""
    return {
        "scenario": scenario.hash,
        "version": metadata.version("deptsim"),
        "kernel": circumstances()["kernel"],
        "seed": seed,
    }


def _organization(scenario: Scenario) -> dict[str, Any]:
    owners = scenario.pools()
    place = places(owners)
    where = positions_of(scenario)
    traffic = sorted(planned_traffic(scenario).items(), key=lambda one: -one[1])
    return {
        "departments": [{**_owner(scenario, name, place), "x": where[name].x, "y": where[name].y} for name in owners],
        "lines": [[place[one], place[other], round(weekly, 1)] for (one, other), weekly in traffic],
        "processes": [
            {"id": name, "label": text_of(one.label, name).by_language()} for name, one in scenario.processes.items()
        ],
    }


def _owner(scenario: Scenario, name: str, place: Mapping[str, int]) -> dict[str, Any]:
    home, _, pool = name.partition(".")
    department = scenario.departments[home]
    label = text_of(department.pools[pool].label, pool) if pool else called_at(department, name)
    parent, staff = (place[home], 1) if pool else (None, department.staff)
    return {"id": name, "label": label.by_language(), "parent": parent, "staff": staff}


def _numbers(scenario: Scenario) -> dict[str, Any]:
    specs = specs_shown(scenario)
    shown = []
    for name in measures_shown(scenario):
        unit, change, digits = units(specs[name], scenario)
        called = {"label": specs[name].label, "unit": unit, "delta_unit": change}
        told = {key: text.by_language() for key, text in called.items()}
        shown.append({"id": name, **told, "better": specs[name].better, "digits": digits})
    series = [
        {
            "id": one.name,
            "label": _TEXTS.SERIES[one.name].by_language(),
            "unit": series_unit(one).by_language(),
            "digits": 0 if one.unit else 1,
        }
        for one in series_shown(scenario)
    ]
    return {"measures": shown, "series": series}


def _calendar(scenario: Scenario) -> list[list[list[float]]]:
    """Return day by day the hours in which anybody is open."""
    shifts = sorted({shift for name in scenario.pools() for shift in scenario.shifts(name)})
    joined: list[list[float]] = []
    for begin, end in shifts:
        if joined and begin <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([begin, end])
    return [list(_of_day(joined, 24.0 * day)) for day in range(int(WEEK // 24))]


def _of_day(shifts: list[list[float]], midnight: float) -> Iterator[list[float]]:
    for begin, end in shifts:
        low, high = max(begin - midnight, 0.0), min(end - midnight, 24.0)
        if low < high:
            yield [low, high]


def words_of(lang: Language, subjects: Iterable[str] = PAGE) -> dict[str, str]:
    """Return words of the page by key, those of tables by table and key: ``LEDGER.touch``.

    Parameters
    ----------
    lang : {"en", "zh"}
        The language.
    subjects : iterable of str
        Of which subjects.
    """
    return {key: text for subject in subjects for key, text in _flat(table(subject, lang))}


def _flat(said: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in said.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value

"""What the figures of an organization are known to be as it is: those of a client, or those that running it found.

They change no run; who runs the file is told whether they hold.
"""

from collections.abc import Mapping
from typing import Annotated

from sim.scenario.notes import Notes
from sim.scenario.uncertain import Range, impossible
from sim.spec.base import Model, Table, number, whole
from sim.spec.findings import Path
from sim.spec.measures import MEASURES, PER_PROCESS, of_process
from sim.spec.organization import Organization
from sim.words import words

texts = words("uncertain")
WHAT = words("findings").WHAT


class Expectation(Model):
    """What is known of one measure of an organization as it is."""

    band: Range
    """The lowest and the highest value with which the file still describes this organization."""
    mean: Annotated[float, number(-1e9, 1e9)] | None = None
    """What running it found: the mean over replications."""
    interval: Range | None = None
    """The 95 % interval of that mean."""


class Expected(Model):
    """What is known of an organization as it is, before anything else is tried."""

    measures: Table[str, Expectation]
    """What is known, by measure."""
    replications: Annotated[int, whole(1, 1_000_000)] = 200
    """In how many replications means and intervals were found."""
    seed: Annotated[int, whole(0, 1_000_000_000)] = 1
    """The luck with which they were found."""


def check_expected(notes: Notes, expected: Expected | None, organization: Organization) -> None:
    """Note measures that do not exist here, and figures that contradict each other."""
    if expected is None:
        return
    known = _measures(organization)
    for name, one in expected.measures.items():
        path = ("expected", "measures", name)
        if notes.known(path, name, known, WHAT["measure"]):
            _check(notes, name, one, path)


def _check(notes: Notes, name: str, one: Expectation, path: Path) -> None:
    low, high = one.band
    if never := impossible(name, low, high):
        notes.error((*path, "band"), never)
    if one.mean is None:
        return
    if never := impossible(name, one.mean, one.mean):
        notes.error((*path, "mean"), never)
    if one.interval is not None and not one.interval[0] <= one.mean <= one.interval[1]:
        facts = {"low": one.interval[0], "high": one.interval[1], "mean": one.mean}
        notes.error((*path, "interval"), texts.WITHOUT_MEAN.format(**facts))
    if not low <= one.mean <= high:
        notes.warning((*path, "band"), texts.BAND_WITHOUT_MEAN.format(low=low, high=high, mean=one.mean))


def _measures(organization: Organization) -> Mapping[str, None]:
    """Return the names of all measures that an organization has."""
    names = dict.fromkeys(MEASURES)
    names |= {f"kpi_{name}": None for name, one in organization.departments.items() if one.kpis}
    if len(organization.processes) > 1:
        names |= dict.fromkeys(of_process(name, process) for name in PER_PROCESS for process in organization.processes)
    return names

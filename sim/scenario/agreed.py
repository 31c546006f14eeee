"""Figures that interventions agree on: two at once are refused where neither is stricter than the other.

That the worse of the two would change nothing is no way out: whoever agrees on both has to say which is meant.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.interventions import Custom, Edit, Intervention
from sim.scenario.notes import Notes
from sim.spec.findings import Path, listed, shown
from sim.spec.levers import LEVERS
from sim.spec.organization import Organization
from sim.vocab import WEEK
from sim.words import Text, words

texts = words("checks")

MOST = 5
"""So many departments are named before the rest is counted."""

MOMENT = 1e-6
"""Weeks that figures may overlap because decimals have been added up; levers are set once a day."""


@dataclass(frozen=True, slots=True, order=True)
class _Figure:
    """An agreed figure, from when to when it counts, and the places of its intervention and edit."""

    start: float
    end: float
    place: int
    edit: int
    toward: float


def check_agreed(
    notes: Notes,
    interventions: Sequence[Intervention],
    organization: Organization,
    path: Path,
    warmup: float,
    before: Sequence[Intervention] = (),
) -> None:
    """Note those that agree on another figure than one before them, of a lever of which no end is stricter."""
    every = (*before, *interventions)
    where: dict[tuple[str, _Figure, _Figure], list[str]] = {}
    for (lever, department), figures in _unruled(every, organization, warmup).items():
        if pair := _clash(figures):
            where.setdefault((lever, *pair), []).append(department)
    for (lever, one, other), departments in where.items():
        if other.place >= len(before):
            everywhere = len(departments) == len(organization.departments)
            here = "" if everywhere else texts.IN_DEPARTMENTS.format(names=listed(departments, MOST))
            first, second = (_agreed(figure, every[figure.place]) for figure in (one, other))
            facts = {"lever": lever, "one": first, "other": second, "where": here, "kind": LEVERS[lever].agreed.name}
            notes.error((*path, other.place - len(before)), texts.UNRULED.format(**facts))


def _agreed(figure: _Figure, intervention: Intervention) -> Text:
    who = intervention.kind
    if isinstance(intervention, Custom):
        who = texts.CUSTOM.format(name=shown(intervention.name))
    return texts.AGREED_BY.format(figure=shown(figure.toward), who=who)


def _unruled(
    interventions: Sequence[Intervention], organization: Organization, warmup: float
) -> dict[tuple[str, str], list[_Figure]]:
    """Return, by lever and department, the planned figures of levers that have no strict end."""
    found: dict[tuple[str, str], list[_Figure]] = {}
    for place, one in enumerate(interventions):
        for number, (edit, start, end) in enumerate(_planned(one, organization, warmup)):
            for department in edit.where or organization.staffed:
                figure = _Figure(start, end, place, number, edit.toward)
                found.setdefault((edit.lever, department), []).append(figure)
    return found


def _planned(
    intervention: Intervention, organization: Organization, warmup: float
) -> Iterator[tuple[Edit, float, float]]:
    """Yield figures without a rule, with their weeks of the run; what begins switched off is planned for no time."""
    if intervention.strength == 0.0 or not intervention.starts_on:
        return
    begin, stop = (hour / WEEK for hour in intervention.span(warmup))
    for edit in intervention.edits(organization):
        start = begin + edit.after_weeks
        end = min(stop, start + edit.weeks)
        if edit.agreed and LEVERS[edit.lever].agreed.strict is None and start < end:
            yield edit, start, end


def _clash(figures: Sequence[_Figure]) -> tuple[_Figure, _Figure] | None:
    """Return the first two different figures that count at the same time, in the order of the list."""
    lasting = None
    for one in sorted(figures):
        if lasting and lasting.toward != one.toward and one.start < lasting.end - MOMENT:
            first, second = sorted((lasting, one), key=lambda figure: (figure.place, figure.edit))
            return first, second
        if lasting is None or one.end > lasting.end:
            lasting = one
    return None

"""Warnings about interventions that find nothing to do here: they cost, and what they are for is missing."""

from collections.abc import Mapping, Sequence

from sim.interventions import Intervention
from sim.interventions.needs import Situation, acts, idle
from sim.scenario.notes import Notes
from sim.spec.findings import Path
from sim.words import Text, clauses, series, words

texts = words("checks")


def check_idle(notes: Notes, interventions: Sequence[Intervention], here: Situation, path: Path) -> None:
    """Note interventions of which nothing acts here, or not what they are mainly for, the first row of their table.

    That a board shows no milestones where there are none is no news. A lever that only stands where it is moved to is
    not worth a word by itself either: others may yet move it away.

    Parameters
    ----------
    notes : Notes
        Where findings are noted.
    interventions : sequence of Intervention
        Of an organization without errors, as they stand under `path`.
    here : Situation
        The organization, with these and all others in force.
    path : tuple
        The place of the list in the file.
    """
    for index, one in enumerate(interventions):
        if one.strength > 0.0 and one.edits(here.organization):
            found = idle(one, here)
            missing = {lever: why for lever, why in found.items() if lever != "contact" and here.lacking(lever)}
            if (set(found) - {"contact"} or (one.table and not found)) and not acts(one, here):
                parts = _parts(found) if found else texts.NOTHING_TO_MOVE
                notes.warning((*path, index), texts.IDLE.format(kind=one.kind, parts=parts))
            elif missing and (not one.table or one.table[0].lever in missing):
                notes.warning((*path, index), texts.PARTLY_IDLE.format(kind=one.kind, parts=_parts(missing)))


def _parts(found: Mapping[str, Text]) -> Text:
    """Return levers with the reason why they do nothing, those with the same reason together."""
    by_reason: dict[Text, list[str]] = {}
    for lever, why in found.items():
        by_reason.setdefault(why, []).append(lever)
    return clauses(texts.IDLE_LEVERS.format(levers=series(levers), why=why) for why, levers in by_reason.items())

"""What helps to choose: from a complaint to candidates, and what each costs, when it shows, and what it needs."""

from collections.abc import Iterator

from docs.costs import price
from docs.markdown import table
from docs.remedies import takes_hold
from docs.rows import lacks, manufacturer, usual
from sim.interventions import FAMILIES, INTERVENTIONS, Intervention, family_of
from sim.interventions.complaints import COMPLAINTS, ROOTS, complaint, root
from sim.interventions.needs import Situation, acts, needed
from sim.words import words

FAMILY_NAMES = words("catalogue").FAMILIES


def link(kind: str, cls: type[Intervention]) -> str:
    """Return a link to the section of an intervention, from the entrance."""
    return f"[{cls.label.en}](interventions/{family_of(cls)}.md#{kind})"


def by_complaint() -> str:
    """Return a table for each root of trouble: what people say, and what may help."""
    parts = []
    for name in ROOTS:
        told = [
            (f"{complaint(one).en}<br>{complaint(one).zh}", "<br>".join(_candidates(one)) or "nothing yet")
            for one, behind in COMPLAINTS.items()
            if behind == name
        ]
        parts += [
            f"### {root(name).en}, {root(name).zh}",
            table(("people say", "candidates, and what they cost"), told),
        ]
    return "\n\n".join(parts)


def _candidates(name: str) -> Iterator[str]:
    """Yield the interventions that answer a complaint: those with the best evidence first, those idle here last."""
    found = [(_acts_here(cls), kind, cls) for kind, cls in INTERVENTIONS.items() if name in cls.answers]
    for active, kind, cls in sorted(found, key=lambda one: (not one[0], -one[2].grade)):
        yield f"{link(kind, cls)}: {price(kind)}{'' if active else '; finds nothing to do there'}"


def _acts_here(cls: type[Intervention]) -> bool:
    """Say whether an intervention finds anything to do in the manufacturer from whom costs are taken."""
    one = usual(cls)
    here = manufacturer()
    return acts(one, Situation(here, (*here.interventions, one), here.shocks))


def overview() -> str:
    """Return the table of all interventions, family by family."""
    headings = ("intervention", "costs", "shows", "does nothing without", "evidence")
    parts = []
    for family in FAMILIES:
        told = [
            (f"{link(kind, cls)}<br>{cls.label.zh}, `{kind}`", price(kind), takes_hold(cls), needs(cls), _best(cls))
            for kind, cls in INTERVENTIONS.items()
            if family_of(cls) == family
        ]
        name = FAMILY_NAMES[family]
        parts += [f"### [{name.en}, {name.zh}](interventions/{family}.md)", table(headings, told)]
    return "\n\n".join(parts)


def _best(cls: type[Intervention]) -> str:
    return "" if cls.best_evidence is None else cls.best_evidence.grade


def needs(cls: type[Intervention]) -> str:
    """Return without what an intervention does nothing at all: only where each of its levers needs something."""
    refused = [need.expected.en for need in cls.needs]
    return "; ".join([*refused, *([] if _acts_anyway(cls) else [_any_of(cls)])])


def _acts_anyway(cls: type[Intervention]) -> bool:
    """Say whether an intervention does something everywhere: a lever that needs nothing, a meeting, people."""
    one = usual(cls)
    free = not cls.table or any(not lacks(row.lever, cls) for row in cls.table)
    decides = cls.reshape is not Intervention.reshape or cls.on_day is not Intervention.on_day
    return free or decides or bool(one.meetings(manufacturer()) or one.recruits(manufacturer()))


def _any_of(cls: type[Intervention]) -> str:
    """Return what each of its levers needs, of which one is enough; who has more has less as well."""
    each = {frozenset(lacks(row.lever, cls)): tuple(lacks(row.lever, cls)) for row in cls.table}
    least = [named for found, named in each.items() if not any(other < found for other in each)]
    return ", or ".join(" and ".join(needed(one).en for one in named) for named in least)

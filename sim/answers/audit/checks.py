"""What has to hold of a claim beyond its form: its organization is there, its figures go together."""

from __future__ import annotations

from collections.abc import Iterator

from sim.answers.audit.claims import Claim, Claims
from sim.answers.audit.sides import sides_of
from sim.experiments.measured import named_measure
from sim.spec.findings import Finding, Path, ScenarioError, TextError, listed
from sim.spec.nearest import did_you_mean
from sim.study.reported import all_specs
from sim.words import words

texts = words("audit")
unknown = words("alternatives")

CHANGES = ("after", "percent", "points")
"""How a change may be said; one of them."""

NEEDED = ("scenario", "with_", "measure")
"""What a claim has to say that is to be judged."""


def wrong_in(claims: Claims) -> Iterator[Finding]:
    """Yield everything that is wrong with claims."""
    for name, claim in claims.claims.items():
        path: Path = ("claims", name)
        found = list(_figures(claim)) if claim.judged else []
        if claim.judged and not found:
            found = list(_in_the_model(claim, claims))
        for one in found:
            yield Finding(one.text, (*path, *one.path), one.severity)


def _figures(claim: Claim) -> Iterator[Finding]:
    """Yield what of a claim does not go together, whatever its organization is."""
    for field in NEEDED:
        if not getattr(claim, field):
            yield Finding(texts.NEEDED.format(field=field.rstrip("_")))
    said = [name for name in CHANGES if getattr(claim, name) is not None]
    if len(said) != 1:
        yield Finding(texts.ONE_CHANGE.format(found=listed(said) if said else "–", known=listed(CHANGES)))
    if claim.after is not None and claim.before is None:
        yield Finding(texts.NO_BEFORE, ("after",))
    if claim.percent is not None and claim.percent <= -100.0:
        yield Finding(texts.ALL_GONE.format(found=claim.percent), ("percent",))


def _in_the_model(claim: Claim, claims: Claims) -> Iterator[Finding]:
    """Yield what cannot be in its organization."""
    try:
        now, then = sides_of(claim, claims.folder)
        measure = named_measure(claim.measure or "", claims.folder)
    except ScenarioError as error:
        for one in error.findings:
            yield one if one.line is None else Finding(one.as_text)
        return
    except TextError as error:
        yield Finding(error.text, ("measure",))
        return
    name = measure if isinstance(measure, str) else measure.name
    specs = all_specs([now.scenario], [] if isinstance(measure, str) else [measure])
    if name not in specs:
        facts = {"name": name, "hint": did_you_mean(name, specs), "known": listed(specs)}
        yield Finding(unknown.UNKNOWN_MEASURE.format(**facts), ("measure",))
        return
    yield from _share(claim, specs[name].unit)
    yield from _places(claim, {one.place for one in then.assumptions})


def _share(claim: Claim, unit: str) -> Iterator[Finding]:
    """Yield figures that a measure cannot have, and words that only go with shares."""
    if unit != "share":
        for field in ("points", "complement"):
            if getattr(claim, field):
                yield Finding(texts.ONLY_SHARES.format(field=field, unit=unit), (field,))
    for field in ("before", "after"):
        value = getattr(claim, field)
        if value is not None and not (0.0 <= value <= 1.0 if unit == "share" else value >= 0.0):
            yield Finding((texts.SHARE if unit == "share" else texts.NEGATIVE).format(found=value), (field,))
            return
    if claim.scale(unit) == "percent" and claim.before == 0.0:
        yield Finding(texts.FROM_NOTHING, ("before",))
    elif claim.change(unit) == 0.0:
        yield Finding(texts.NO_CHANGE)


def _places(claim: Claim, known: set[str]) -> Iterator[Finding]:
    for place in claim.ranges:
        if place not in known:
            yield Finding(texts.NO_PLACE.format(place=place, hint=did_you_mean(place, known)), ("ranges", place))

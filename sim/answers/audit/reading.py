"""Files of claims to claims, with every finding in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.answers.audit.checks import wrong_in
from sim.answers.audit.claims import Claim, Claims
from sim.answers.audit.places import SHIPPED, find_claims
from sim.scenario.files import read_text
from sim.scenario.yaml import Document, in_order, parse
from sim.spec.explain import findings_of
from sim.spec.findings import Finding, ScenarioError, errors
from sim.spec.nearest import did_you_mean
from sim.words import series, words

texts = words("audit")


def load_claims(asked: Claims | Mapping[str, Any] | str | Path | None = None) -> Claims:
    """Return claims from whatever stands for them: a file, what such a file says, or nothing for those shipped.

    Parameters
    ----------
    asked
        Claims, what their file would say, or its path; None for those that come with the product.

    Raises
    ------
    ScenarioError
        Where anything is wrong with them; every finding is one sentence.
    """
    claims: Claims | None
    if isinstance(asked, Claims):
        claims, findings = asked, list(wrong_in(asked))
    elif isinstance(asked, Mapping):
        claims, findings = _read(Document("<claims>", dict(asked), {}, ()), None)
    else:
        found = find_claims(asked or SHIPPED)
        claims, findings = _read(parse(read_text(found), found.file), found.folder)
    if claims is None or errors(findings):
        raise ScenarioError(errors(findings))
    return claims


def check_claims(name: str | Path) -> list[Finding]:
    """Return everything that is wrong with a file of claims; never raises for bad input."""
    try:
        found = find_claims(name)
        return _read(parse(read_text(found), found.file), found.folder)[1]
    except ScenarioError as error:
        return list(error.findings)


def chosen(claims: Claims, names: Iterable[str]) -> Mapping[str, Claim]:
    """Return the claims that are named, in the order of the file; all where none is.

    Raises
    ------
    ScenarioError
        Where one is not there.
    """
    asked = tuple(names)
    for name in asked:
        if name not in claims.claims:
            facts = {"name": name, "hint": did_you_mean(name, claims.claims), "known": series(claims.claims)}
            raise ScenarioError([Finding(texts.NO_SUCH_CLAIM.format(**facts))])
    return {name: one for name, one in claims.claims.items() if not asked or name in asked}


def _read(document: Document, folder: Path | None) -> tuple[Claims | None, list[Finding]]:
    """Return what a document says, where nothing is wrong with its form, and all findings in the order of the file."""
    try:
        claims = Claims.model_validate(document.data).found_in(folder)
    except ValidationError as error:
        found = findings_of(error, document.data, Claims)
        return None, in_order(dict.fromkeys([*document.findings, *found]), document)
    return claims, in_order(dict.fromkeys([*document.findings, *wrong_in(claims)]), document)

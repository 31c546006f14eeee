"""What the fields of models are for, in both languages; the words stand by the name of the model and of the field."""

from __future__ import annotations

from sim.words import Text, words

_FIELDS = words("fields")


def meaning_of(model: str, field: str) -> Text | None:
    """Return what a field of a model, or of the one it is made from, is for."""
    homes = (model, *(("Organization",) if model == "Scenario" else ("Intervention",)))
    return next((told[field] for home in homes if field in (told := _FIELDS.get(home, {}))), None)


def sentence_on(model: str, field: str) -> str:
    """Return the same as a sentence in English; nothing where there are no words."""
    told = meaning_of(model, field)
    return "" if told is None else f"{told.en[0].upper()}{told.en[1:]}."

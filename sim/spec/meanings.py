"""What the fields of files are for, in every language: written once, in the words, and not in the models."""

from sim.words import Text, words

_FIELDS = words("fields")


def meaning_of(model: str, field: str) -> Text | None:
    """Return what a field of a model, or of the one it is made from, is for.

    Parameters
    ----------
    model : str
        The name of a class, such as ``Department`` or ``Raci``.
    field : str
        What files call it.

    Returns
    -------
    Text or None
        The end of a sentence; None where there is no such field.

    Examples
    --------
    >>> from sim.spec.meanings import meaning_of
    >>> meaning_of("Raci", "upkeep_minutes").en
    'minutes a week per person'
    """
    homes = (model, "Organization" if model == "Scenario" else "Intervention")
    return next((told[field] for home in homes if field in (told := _FIELDS.get(home, {}))), None)


def sentence_about(model: str, field: str, lang: str = "en") -> str:
    """Return what a field is for as a sentence of its own; nothing where nothing is said."""
    told = meaning_of(model, field)
    said = told.get(lang) if told else ""
    return f"{said[0].upper()}{said[1:]}{'。' if lang == 'zh' else '.'}" if said else ""

"""What counts in a scenario: all that is said about the world and the run, and no words for people."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from sim.interventions import Intervention
from sim.interventions.own import described
from sim.spec.calendars import Calendar
from sim.spec.distributions import Work
from sim.words import Text

_WORDS = ("name", "title", "description", "outside", "label")
_FOUND = ("expected",)
"""What is known of its figures, which changes none of them."""
_WHERE_SAID = ("set_", "purse")
"""Fields that count only where they say something: scenarios that were known before by their hash are still."""


def hash_of(scenario: BaseModel) -> str:
    """Return the SHA-256 of what counts in a scenario, as 64 hex digits."""
    return hashlib.sha256(json.dumps(_content(scenario), ensure_ascii=False).encode()).hexdigest()


def _content(value: Any) -> Any:
    """Return what counts in a model: fields by name without words for people, mappings in their order."""
    if isinstance(value, Intervention):
        return described(value)
    if isinstance(value, Work | Calendar):
        return value.model_dump(mode="json")
    if isinstance(value, BaseModel):
        counts = [name for name in type(value).model_fields if name not in (*_WORDS, *_FOUND)]
        said = {name: getattr(value, name) for name in counts}
        return {name: _content(one) for name, one in said.items() if one or name not in _WHERE_SAID}
    if isinstance(value, Mapping):
        return [[key, _content(inner)] for key, inner in value.items()]
    if isinstance(value, tuple):
        return [_content(inner) for inner in value]
    return value.by_language() if isinstance(value, Text) else value

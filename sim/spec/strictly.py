"""Numbers, texts and truth values are what they look like: nothing is made a number that is none.

Pydantic would take ``true`` for 1, ``'2'`` for 2 and 4.0 for 4. Here one place changes that for every model, whatever
their fields say themselves; numbers of other libraries are made Python's own.
"""

from collections.abc import Mapping
from numbers import Real
from typing import Any

from pydantic_core import core_schema

_LEAVES = ("int", "float", "str", "bool")
_DATA = ("default", "metadata", "serialization", "expected", "function")
"""Parts of a schema that are no schemas."""


def own_number(value: Any) -> Any:
    """Return a number of another library as Python's own, anything else as it is."""
    if type(value) in (int, float, bool, str):
        return value
    if getattr(value, "ndim", None) == 0:  # numpy's numbers and truth values
        return value.item()
    return value if isinstance(value, bool) or not isinstance(value, Real) else float(value)


def strictly(schema: Any) -> Any:
    """Return a schema of pydantic in which every number, text and truth value is taken as it is."""
    if isinstance(schema, list):
        return [strictly(one) for one in schema]
    if isinstance(schema, tuple):
        return tuple(strictly(one) for one in schema)
    if not isinstance(schema, Mapping):
        return schema
    kind = schema.get("type")
    if kind in _LEAVES:
        return _strict(dict(schema), kind)
    if kind == "function-before" and schema["function"]["function"] is own_number:
        return schema
    return {key: value if key in _DATA else strictly(value) for key, value in schema.items()}


def _strict(leaf: Any, kind: Any) -> Any:
    leaf["strict"] = True
    return core_schema.no_info_before_validator_function(own_number, leaf) if kind in ("int", "float") else leaf

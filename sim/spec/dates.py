"""Dates as people write them: 2027-03-01, with an hour where one is meant: 2027-03-01 09:30."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema

from sim.spec.base import refuse
from sim.words import words

texts = words("findings")

DATE = r"^\d{4}-\d{2}-\d{2}$"
MOMENT = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2})?$"


def seems_date(written: object) -> bool:
    """Say whether something is written like a date, whether there is such a day or not."""
    return isinstance(written, str) and re.match(MOMENT, written, re.ASCII) is not None


def moment_of(written: object) -> dt.datetime | None:
    """Return the moment that a date names, midnight where it names no hour; None where it is none."""
    if isinstance(written, dt.datetime):
        return written.replace(tzinfo=None)
    if isinstance(written, dt.date):
        return dt.datetime.combine(written, dt.time())
    if not seems_date(written):
        return None
    try:
        return dt.datetime.fromisoformat(str(written))
    except ValueError:  # as the 30th of February
        return None


def _day(value: Any) -> Any:
    """Return a date without an hour in its written form."""
    moment = moment_of(value)
    if moment is None or moment.time() != dt.time():
        raise refuse(texts.DATE)
    return moment.date().isoformat()


Date = Annotated[str, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": DATE})]
"""A date without an hour, written 2027-03-01."""


class OrDate:
    """Tells editors that a date may stand for the number; reading a scenario makes a number of it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check the number that has been made of it."""
        return handler(source)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Allow a date beside the number."""
        return {"anyOf": [handler(schema), {"type": "string", "pattern": MOMENT}]}

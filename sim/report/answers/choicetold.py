"""What all that is told of a choice is made of: its tables, its measures, and what people call its bundles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sim.spec.measures import MEASURES, MeasureSpec
from sim.words import Text

if TYPE_CHECKING:
    from sim.answers.choice.choice import Choice


class ChoiceTold:
    """A choice as it is told in one language.

    Parameters
    ----------
    answer
        The choice, of which only the tables are read.
    lang
        ``en`` or ``zh``.
    """

    def __init__(self, answer: Choice, lang: str) -> None:
        self.tables, self.about, self.lang = answer.tables, answer.about, lang
        known = {str(row["measure"]): spec_of(row) for row in self.rows("measures")}
        self.specs: dict[str, MeasureSpec] = {**MEASURES, **known}
        self.main = self.specs[self.about["measure"]]
        self.names = {str(row["bundle"]): name_of(row) for row in self.rows("candidates")}

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the rows of a table."""
        found: list[Any] = self.tables[table].to_dict("records")
        return found

    def say(self, text: Text, **facts: Any) -> str:
        """Write a sentence."""
        return text.format(**facts).get(self.lang)


def spec_of(row: Mapping[str, Any]) -> MeasureSpec:
    """Return what a row of the table of measures tells of one."""
    own = Text(row["own_unit_en"], row["own_unit_zh"])
    label = Text(row["label_en"], row["label_zh"])
    return MeasureSpec(row["measure"], row["unit"], row["better"], label, Text("", ""), own_unit=own or None)


def name_of(row: Mapping[str, Any]) -> Text:
    """Return what people call what a row is about."""
    return Text(row["name_en"], row["name_zh"])
